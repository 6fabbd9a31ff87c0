"""What the service takes along and takes over: files of articles, OPML, lists of other programs."""

import base64
import json
from collections.abc import AsyncIterator
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.annotations.anchors import anchor_of
from newsreader.annotations.article_text import ArticleText
from newsreader.exporting.formats import ExportFormat
from newsreader.importing.reading import UnknownFormatError
from newsreader.library_values import HighlightColour, TextAnchor
from newsreader.models import Headline
from newsreader.service.errors import FileError, NothingToExportError
from newsreader.service.facade import NewsService
from newsreader.settings import Directories, Export, Settings
from newsreader.source_values import SourceKind, SourceSettings
from newsreader.storage.article_parts import SavedArticle, SavedPicture
from newsreader.writing import NoDirectoryError
from tests.exporting.editions import png
from tests.servers import Answer, SiteServer
from tests.test_service import lead_to
from tests.test_sources import feed, front
from tests.worker import shared_sandbox

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
WORDS = " ".join(["The harbour authority said that the second phase would begin in March."] * 12)
PAGE = (
    "<html lang='en'><head><title>Dredging: delayed</title></head><body><article><h1>Dredging: delayed</h1>"
    "<p>{words}</p><figure><img src='/dredger.png' width='800' height='600' alt='A dredger'>"
    "<figcaption>At work</figcaption></figure><p>{words}</p></article></body></html>"
)


@pytest.fixture
def directories(tmp_path: Path) -> Directories:
    return Directories(tmp_path / "data", tmp_path / "cache", tmp_path / "config")


@pytest.fixture
async def service(directories: Directories) -> AsyncIterator[NewsService]:
    async with NewsService(directories, Settings(), clock=lambda: NOW, sandbox=shared_sandbox()) as running:
        yield running


@pytest.fixture
def paper(site: SiteServer) -> SiteServer:
    site.routes["/story"] = Answer(PAGE.format(words=WORDS))
    site.routes["/dredger.png"] = Answer(png(), content_type="image/png")
    site.routes["/empty"] = Answer("<html><title>x</title></html>")
    return site


async def test_an_article_becomes_a_file_of_every_form(service: NewsService, paper: SiteServer, tmp_path: Path) -> None:
    article = await service.export.article(paper.url("/story"), typed=True)
    written = {
        file_format: await service.export.to_file([article], file_format, tmp_path) for file_format in ExportFormat
    }
    assert {path.name for path in written.values()} == {
        f"Dredging – delayed.{file_format.suffix}" for file_format in ExportFormat
    }
    assert written[ExportFormat.MARKDOWN].read_text().startswith("# Dredging: delayed\n")
    assert WORDS in written[ExportFormat.TEXT].read_text()
    assert json.loads(written[ExportFormat.JSON].read_text())["blocks"][0]["type"] == "paragraph"
    assert base64.b64encode(png()).decode() in written[ExportFormat.HTML].read_text()
    assert (
        png() in written[ExportFormat.EPUB].read_bytes()
        or b"pictures/001.png" in written[ExportFormat.EPUB].read_bytes()
    )
    again = await service.export.to_file([article], ExportFormat.MARKDOWN, tmp_path)
    assert again.name == "Dredging – delayed (2).md"


async def test_several_articles_become_one_file_named_by_the_day(
    service: NewsService, paper: SiteServer, tmp_path: Path
) -> None:
    article = await service.export.article(paper.url("/story"), typed=True)
    path = await service.export.to_file([article, article], ExportFormat.JSON, tmp_path)
    assert path.name.startswith("Articles of 2026-11-2")
    assert len(json.loads(path.read_text())) == 2
    named = await service.export.to_file([article, article], ExportFormat.TEXT, tmp_path / "paper.text")
    assert named == tmp_path / "paper.text"
    assert (
        await service.export.to_file([article], ExportFormat.TEXT, tmp_path / "paper.text")
    ).name == "paper (2).text"
    assert (await service.export.to_file([article], ExportFormat.TEXT, tmp_path / "paper")).name == "paper.txt"


@pytest.mark.parametrize("way", ["offline", "frugal"])
async def test_pictures_are_not_fetched_offline_and_in_frugal_mode(
    directories: Directories, paper: SiteServer, tmp_path: Path, way: str
) -> None:
    settings = Settings().with_frugal() if way == "frugal" else Settings()
    async with NewsService(directories, settings, clock=lambda: NOW, sandbox=shared_sandbox()) as service:
        article = await service.export.article(paper.url("/story"), typed=True)
        path = await service.export.to_file([article], ExportFormat.HTML, tmp_path, offline=way == "offline")
    assert "data:image" not in path.read_text()
    assert "At work" in path.read_text()
    assert "/dredger.png" not in [request.path for request in paper.requests]


async def test_saved_pictures_are_at_hand_offline(service: NewsService, paper: SiteServer, tmp_path: Path) -> None:
    url = paper.url("/story")
    opened = await service.pages.open(url, typed=True)
    library = await service.parts.stores.library()
    picture = SavedPicture(paper.url("/dredger.png"), "image/png", png())
    library.saved.save(SavedArticle(url, opened.page, (picture,), None, NOW))
    path = await service.export.to_file(
        [await service.export.article(url, offline=True)], ExportFormat.HTML, tmp_path, offline=True
    )
    assert base64.b64encode(png()).decode() in path.read_text()
    assert "/dredger.png" not in [request.path for request in paper.requests]


async def test_a_page_without_an_article_is_not_exported(service: NewsService, paper: SiteServer) -> None:
    with pytest.raises(NothingToExportError, match="no article"):
        await service.export.article(paper.url("/empty"), typed=True)


async def test_a_missing_directory_is_named(service: NewsService, paper: SiteServer, tmp_path: Path) -> None:
    article = await service.export.article(paper.url("/story"), typed=True)
    with pytest.raises(NoDirectoryError, match="missing"):
        await service.export.to_file([article], ExportFormat.TEXT, tmp_path / "missing" / "file.txt")


async def test_commands_get_articles_in_the_form_of_the_configuration(
    directories: Directories, paper: SiteServer
) -> None:
    for file_format, begins in (("markdown", "# Dredging"), ("text", "Dredging"), ("gemtext", "# Dredging")):
        settings = replace(Settings(), export=Export(pipe_format=file_format))
        async with NewsService(directories, settings, clock=lambda: NOW, sandbox=shared_sandbox()) as service:
            article = await service.export.article(paper.url("/story"), typed=True)
            done = await service.export.pipe(article, ["head", "-n", "1"])
        assert (done.status, done.output) == (0, f"{begins}: delayed\n")


# --- taking over ---


async def test_sources_go_out_as_opml_and_come_back(
    service: NewsService, directories: Directories, tmp_path: Path
) -> None:
    settings = SourceSettings(
        refresh_minutes=0, full_articles=False, pictures=False, lists=("Новини", 'a "b" & <c>'), use_rule=False,
        user_agent="tide/1", headers=(("X-Secret", "swordfish"),), keep_days=3, keep_megabytes=7,
    )  # fmt: skip
    assert all(getattr(settings, each.name) != each.default for each in fields(settings))
    await service.subscriptions.add("https://a.example/feed", "Порт", SourceKind.FEED, "Новини / Море")
    page = await service.subscriptions.add("https://b.example/", "B & C", SourceKind.PAGE)
    await service.subscriptions.edit(replace(page, settings=settings), before=page)
    await service.subscriptions.add("search:harbour title:sea", "harbour", SourceKind.SEARCH, "Море")
    path = await service.export.sources_to_file(tmp_path)
    assert path.name == "newsreader.opml"
    assert b"swordfish" not in path.read_bytes()
    assert path.read_bytes().count(b"xmlUrl=") == 1
    other = Directories(tmp_path / "other", directories.cache, directories.config)
    async with NewsService(other, Settings(), clock=lambda: NOW, sandbox=shared_sandbox()) as second:
        found = await second.imports.read(path)
        report = await second.imports.add(found)
        assert (report.form, report.sources, report.known_sources) == ("OPML", 3, 0)
        assert {(s.url, s.title, s.kind, s.group, s.settings) for s in await second.subscriptions.all()} == {
            ("https://a.example/feed", "Порт", SourceKind.FEED, "Новини / Море", SourceSettings()),
            ("https://b.example/", "B & C", SourceKind.PAGE, "", replace(settings, headers=())),
            ("search:harbour title:sea", "harbour", SourceKind.SEARCH, "Море", SourceSettings()),
        }
        again = await second.imports.add(found)
        assert (again.sources, again.known_sources) == (0, 3)
        await second.history.undo()  # all of them at once
        assert await second.subscriptions.all() == ()


async def test_a_source_taken_over_without_a_title_is_called_as_its_site_calls_it(
    service: NewsService, site: SiteServer, tmp_path: Path
) -> None:
    site.routes["/feed"], site.routes["/front"] = feed(2), front(3)
    file = tmp_path / "urls"
    file.write_text(
        f'{site.url("feed")}\n{site.url("front")}\n{site.url("feed?own")} "~Мої новини"\n', encoding="utf-8"
    )
    site.routes["/feed?own"] = feed(1)
    await service.imports.add(await service.imports.read(file))
    for _ in range(2):
        for source in await service.subscriptions.all():
            await service.sources.refresh(source)
        assert [(each.title, each.kind) for each in await service.subscriptions.all()] == [
            ("Стрічка гавані", SourceKind.FEED),
            ("Вісті гавані", SourceKind.PAGE),
            ("Мої новини", SourceKind.FEED),
        ]
    change = await service.history.undo()
    assert change is not None
    assert change.action == "import"  # what the sites said is not a change of the reader's


POCKET = (
    "title,url,time_added,tags,status\n"
    "One,https://a.example/1,1700000000,x|y,archive\n"
    "Два,https://a.example/2,1700000001,,unread\n"
    "Bad,mailto:x,1,,unread\n"
)


async def test_articles_are_saved_by_their_addresses_and_all_undone_at_once(
    service: NewsService, tmp_path: Path
) -> None:
    file = tmp_path / "pocket.csv"
    file.write_text(POCKET)
    found = await service.imports.read(file)
    report = await service.imports.add(found)
    assert (report.articles, report.known_articles, len(report.refused)) == (2, 0, 1)
    rows = await service.saved.rows()
    assert [(row.title, row.url, row.word_count) for row in rows] == [
        ("Два", "https://a.example/2", 0),
        ("One", "https://a.example/1", 0),
    ]
    assert rows[1].saved_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    library = await service.parts.stores.library()
    assert {row.url for row in library.saved.address_only()} == {row.url for row in rows}
    assert library.read_marks.which(["https://a.example/1", "https://a.example/2"]) == {"https://a.example/1"}
    assert library._database.read(lambda c: c.execute("SELECT tag, url FROM tags ORDER BY tag").fetchall()) == [
        ("x", "https://a.example/1"),
        ("y", "https://a.example/1"),
    ]
    assert (await service.imports.add(found)).known_articles == 2
    change = await service.history.undo()
    assert change is not None
    assert (change.action, set(change.urls)) == ("import", {"https://a.example/1", "https://a.example/2"})
    assert await service.saved.rows() == ()
    assert library.read_marks.which(["https://a.example/1"]) == frozenset()
    assert library._database.read(lambda c: c.execute("SELECT count(*) FROM tags").fetchone()) == (0,)


async def test_imported_articles_are_found_at_once(service: NewsService, tmp_path: Path) -> None:
    file = tmp_path / "pocket.csv"
    file.write_text(POCKET)
    await service.imports.add(await service.imports.read(file))
    await service.search.update_index(pause_s=0)
    assert [each.row.headline.url for each in await service.search.newest("два")] == ["https://a.example/2"]
    assert [each.row.headline.url for each in await service.search.newest("tag:x is:saved")] == ["https://a.example/1"]
    assert not (await service.search.newest("два"))[0].row.stored
    await service.history.undo()
    await service.search.update_index(pause_s=0)
    assert await service.search.newest("два") == ()


async def test_the_text_that_a_file_brings_is_kept_and_found(service: NewsService, tmp_path: Path) -> None:
    url = "https://gone.example/tide"
    file = tmp_path / "list.json"
    words = "".join(f"<p>The dredger reached the bend number {n} of the fairway on Friday.</p>" for n in range(9))
    entry = {"url": url, "title": "Фарватер & co", "is_archived": 0, "tags": ["sea"]}
    file.write_text(json.dumps([entry]))
    await service.imports.add(await service.imports.read(file))
    entry |= {"published_by": ["Ann\x1b[2J Reed"], "published_at": "2024-05-06T07:08:09Z"}
    file.write_text(json.dumps([entry | {"content": f"{words}<ul><li>A list</li></ul><script>x()</script>"}]))
    report = await service.imports.add(await service.imports.read(file))
    assert (report.articles, report.to_fetch) == (1, 0)
    assert not any("sync" in each for each in report.lines)
    opened = await service.pages.open(url, offline=True)
    assert opened.page.article is not None
    assert opened.page.article.title == "Фарватер & co"
    assert len(opened.page.article.blocks) == 10
    assert opened.page.article.authors == ("Ann Reed",)
    assert opened.page.article.published == datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    await service.search.update_index(pause_s=0)
    assert [each.row.headline.url for each in await service.search.newest("fairway")] == [url]
    assert await service.queue.to_download() == ()
    await service.history.undo()
    assert [row.word_count for row in await service.saved.rows()] == [0]


async def test_highlights_of_another_program_are_kept_and_found_in_the_text(
    service: NewsService, paper: SiteServer, tmp_path: Path
) -> None:
    url = paper.url("/story")
    file = tmp_path / "list.json"
    quote = "the second  phase would begin"
    annotation = {"quote": quote, "text": "ask the\x1b[2J port", "created_at": "2024-05-06T07:08:09Z"}
    file.write_text(json.dumps([{"url": url, "title": "Dredging", "is_archived": 0, "annotations": [annotation]}]))
    report = await service.imports.add(await service.imports.read(file))
    assert report.highlights == 1
    assert "1 highlight" in report.lines[0]
    assert (await service.imports.add(await service.imports.read(file))).highlights == 0  # they are there already
    opened = await service.pages.open(url, typed=True)
    assert opened.page.article is not None
    placed = await service.highlights.of_article(url, opened.page.article)
    assert placed is not None
    assert [(each.highlight.note, each.highlight.created_at) for each in placed.placed] == [
        ("ask the port", datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC))
    ]
    await service.history.undo()
    assert await service.highlights.all() == ()


async def test_an_article_saved_by_its_address_is_fetched_when_it_is_opened(
    service: NewsService, paper: SiteServer, tmp_path: Path
) -> None:
    url = paper.url("/story")
    file = tmp_path / "list.json"
    file.write_text(json.dumps([{"url": url, "title": "Dredging", "is_archived": 0}]))
    await service.imports.add(await service.imports.read(file))
    assert await service.pages.stored(url) is None
    assert not (await service.listings.rows([Headline("", url)]))[0].stored
    opened = await service.pages.open(url, typed=True)
    assert opened.page.article is not None
    assert (await service.listings.rows([Headline("", url)]))[0].stored


async def test_the_next_download_fetches_what_was_saved_by_its_address_and_keeps_when_it_was(
    service: NewsService, paper: SiteServer, tmp_path: Path
) -> None:
    url = paper.url("/story")
    file = tmp_path / "list.json"
    file.write_text(json.dumps([{"url": url, "title": "x", "is_archived": 0, "created_at": "2020-01-02T03:04:05Z"}]))
    await service.imports.add(await service.imports.read(file))
    lead_to(service, paper)
    await service.downloads.download(await service.queue.to_download(), lambda *_: None)
    row = (await service.saved.rows())[0]
    assert row.word_count > 100
    assert row.saved_at == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert await service.queue.to_download() == ()


async def test_what_was_saved_already_gets_the_tags_of_an_import_and_undoing_takes_only_these_back(
    service: NewsService, paper: SiteServer, tmp_path: Path
) -> None:
    url = paper.url("/story")
    await service.saved.save(url, typed=True)
    await service.tags.tag_story(url, ["own"])
    file = tmp_path / "list.json"
    file.write_text(json.dumps([{"url": url, "title": "x", "is_archived": 0, "tags": ["Sea", "own"]}]))
    found = await service.imports.read(file)
    report = await service.imports.add(found)
    assert (report.articles, report.known_articles) == (0, 1)
    assert await service.tags.of(url) == {"own", "sea"}
    await service.imports.add(found)  # which changes nothing, so that there is nothing of it to undo
    change = await service.history.undo()
    assert change is not None
    assert (change.action, change.urls) == ("import", (url,))
    assert await service.tags.of(url) == {"own"}
    assert [row.url for row in await service.saved.rows()] == [url]


async def test_undoing_an_import_takes_back_what_was_fetched_for_it_since_and_nothing_else(
    service: NewsService, paper: SiteServer, tmp_path: Path
) -> None:
    fetched, own = paper.url("/story"), paper.url("/other")
    paper.routes["/other"] = Answer(PAGE.format(words=WORDS))
    file = tmp_path / "list.json"
    file.write_text(json.dumps([{"url": url, "title": "x", "is_archived": 0} for url in (fetched, own)]))
    await service.imports.add(await service.imports.read(file))
    async with NewsService(
        service.directories, Settings(), clock=lambda: NOW, sandbox=shared_sandbox()
    ) as second:  # another run of the program
        await second.saved.save(own, typed=True)
        lead_to(second, paper)
        await second.downloads.download(await second.queue.to_download(), lambda *_: None)
    assert {row.url: row.word_count > 100 for row in await service.saved.rows()} == {fetched: True, own: True}
    change = await service.history.undo()
    assert change is not None
    assert change.action == "import"
    assert [row.url for row in await service.saved.rows()] == [own]


async def test_many_articles_are_taken_over_in_one_go(service: NewsService, tmp_path: Path) -> None:
    file = tmp_path / "pocket.csv"
    lines = [f"Story {n},https://a.example/{n},{1_600_000_000 + n},,unread" for n in range(3000)]
    file.write_text("title,url,time_added,tags,status\n" + "\n".join(lines))
    report = await service.imports.add(await service.imports.read(file))
    assert report.articles == 3000
    assert len(await service.saved.rows()) == 3000


async def test_a_file_that_is_none_is_named(service: NewsService, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="nothing-there"):
        await service.imports.read(tmp_path / "nothing-there")
    (tmp_path / "x").write_text("hello")
    with pytest.raises(UnknownFormatError):
        await service.imports.read(tmp_path / "x")


async def test_highlights_are_in_what_is_exported_and_make_a_notebook(
    service: NewsService, paper: SiteServer, tmp_path: Path
) -> None:
    url = paper.url("/story")
    article = await service.export.article(url, typed=True)
    text = ArticleText(article).text
    start = text.index("second phase")
    kept = await service.highlights.add(url, article.title, anchor_of(text, start, start + 12), note="ask about it")
    (found,) = await service.highlights.all("has:note ask")
    assert found == kept
    assert await service.highlights.all("tag:sea") == ()
    placed = await service.highlights.of_article(url, article)
    assert placed is not None
    assert text[placed.placed[0].start : placed.placed[0].end] == "second phase"
    for file_format, words in {
        ExportFormat.MARKDOWN: "<mark>second phase</mark>¹",
        ExportFormat.HTML: '<mark class="yellow">second phase</mark>¹',
        ExportFormat.TEXT: "▌second phase▐¹",
        ExportFormat.JSON: "urn:uuid:",
    }.items():
        path = await service.export.to_file([article], file_format, tmp_path)
        assert words in path.read_text(encoding="utf-8")
        assert "ask about it" in path.read_text(encoding="utf-8")
    assert b"ask about it" in await service.export.piped_format(article)
    notebook = await service.highlights.write([kept], "markdown", tmp_path / "notebook.md")
    assert "> second phase\n\nask about it" in notebook.read_text(encoding="utf-8")
    annotations = await service.highlights.write([kept], "json", tmp_path)
    assert json.loads(annotations.read_text(encoding="utf-8"))[0]["id"] == f"urn:uuid:{kept.id}"


async def test_highlights_that_are_lost_are_kept(service: NewsService, paper: SiteServer) -> None:
    url = paper.url("/story")
    article = await service.export.article(url, typed=True)
    await service.highlights.add(url, article.title, TextAnchor("No such words at all", "before ", " after", 3, 20))
    placed = await service.highlights.of_article(url, article)
    assert placed is not None
    assert (len(placed.placed), len(placed.lost)) == (0, 1)
    assert len(await service.highlights.all()) == 1


RICH = """<html lang="uk"><head><title>Порт</title><meta name="author" content="Олена Порт"></head><body><article>
<h1>Порт прокидається</h1><p>{words} Гавань <b>прокидається</b>, <i>і човни</i> виходять з
<a href="https://tide.example/x">припливом</a>.</p><h2>Пізніше</h2><ul><li>Один човен вийшов рано</li>
<li>Два човни вийшли пізно</li></ul><blockquote><p>{words}</p></blockquote><pre>first  line
  second</pre><figure><img src="/dredger.png" width="800" height="600" alt="Човен">
<figcaption>Човен у порту</figcaption>
</figure><table><tr><th>Місто</th><th>Тонни</th></tr><tr><td>Гавань</td><td>12</td></tr></table><p>{words}</p>
</article></body></html>"""


async def test_what_was_exported_as_json_is_imported_again_with_its_text_and_highlights(
    service: NewsService, paper: SiteServer, directories: Directories, tmp_path: Path
) -> None:
    paper.routes["/rich"] = Answer(RICH.format(words=WORDS))
    url = paper.url("/rich")
    await service.saved.save(url, typed=True)
    article = (await service.pages.open(url, offline=True)).page.article
    assert article is not None
    text = ArticleText(article)
    start = text.text.index("виходять з")
    anchor = anchor_of(text.text, start, start + len("виходять з припливом"))
    await service.highlights.add(url, article.title, anchor, HighlightColour.GREEN, "Коли?")
    await service.tags.replace(url, article.title, ["море", "порт"])
    await service.read_marks.mark(url)
    path = await service.export.to_file([await service.export.article(url)], ExportFormat.JSON, tmp_path / "port.json")
    elsewhere = Directories(*(tmp_path / f"{each.name} 2" for each in (directories.data, directories.cache, tmp_path)))
    async with NewsService(elsewhere, Settings(), clock=lambda: NOW, sandbox=shared_sandbox()) as other:
        report = await other.imports.add(await other.imports.read(path))
        assert report.lines == ["newsreader JSON: 1 article, 1 highlight, 1 not taken", report.lines[1]]
        assert report.refused[0].text == "language"
        taken = (await other.pages.open(url, offline=True)).page.article
        assert taken is not None
        assert (taken.title, taken.authors, taken.blocks) == (article.title, article.authors, article.blocks)
        [highlight] = await other.highlights.all()
        assert (highlight.anchor.exact, highlight.note) == ("виходять з припливом", "Коли?")
        assert highlight.colour is HighlightColour.GREEN
        [row] = await other.saved.articles()
        assert (sorted(row.tags), row.read, row.headline.published) == (["море", "порт"], True, NOW)


async def test_an_article_that_was_neither_saved_nor_read_nor_tagged_is_exported_as_such(
    service: NewsService, paper: SiteServer, tmp_path: Path
) -> None:
    article = await service.export.article(paper.url("/story"), typed=True)
    kept = json.loads((await service.export.to_file([article], ExportFormat.JSON, tmp_path)).read_text())
    assert (kept["tags"], kept["read"], "saved_at" in kept) == ([], False, False)
