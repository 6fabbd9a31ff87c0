"""Tags are given and rules followed, over real stores and a real site."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsreader.cli.main import program
from newsreader.models import Headline, HeadlineList, ListKind, Opened, Page
from newsreader.query import QueryError
from newsreader.service.errors import EmptyRuleError, NoQueryRuleError, NoRuleLineError, NoTagError, SameRuleError
from newsreader.service.facade import NewsService
from newsreader.settings import Settings
from newsreader.source_values import SourceKind
from tests.servers import Answer, SiteServer
from tests.services import article, directories
from tests.storage.values import Clock
from tests.test_sources import feed
from tests.worker import shared_sandbox

TITLES = ("Fishing quota agreed", "Storm warning lifted", "Quotas for herring", "Museum reopens")


def opened(service: NewsService, site: str = "https://harbour.example/") -> Opened:
    headlines = tuple(Headline(title, f"{site}{n}") for n, title in enumerate(TITLES))
    page = Page(
        site, "Harbour", "Harbour News", "en", headline_lists=(HeadlineList("News", ListKind.LATEST, headlines),)
    )
    return Opened(page, service.now())


async def listed(
    service: NewsService, site: str = "https://harbour.example/"
) -> dict[str, tuple[bool, frozenset[str]]]:
    ((_, rows),) = await service.listings.of_page(opened(service, site))
    return {row.headline.title: (row.hidden, row.tags) for row in rows}


async def test_a_rule_hides_what_it_finds_and_loses_nothing(service: NewsService) -> None:
    rule = await service.rules.add("hide", "title:quota source:harbour")
    found = await listed(service)
    assert {title for title, (hidden, _) in found.items() if hidden} == {"Fishing quota agreed", "Quotas for herring"}
    assert set(found) == set(TITLES)
    await service.rules.remove(rule.id)
    assert not any(hidden for hidden, _ in (await listed(service)).values())
    await service.history.undo()
    assert [each.query for each in await service.rules.all()] == ["title:quota source:harbour"]


async def test_a_rule_knows_a_source_by_the_title_that_the_reader_gave_it(service: NewsService) -> None:
    await service.subscriptions.add("https://harbour.example/", "Гавань", SourceKind.PAGE)
    await service.rules.add("hide", "source:гавань")
    assert all(hidden for hidden, _ in (await listed(service)).values())


async def test_a_rule_tags_once_and_what_is_taken_back_stays_so(service: NewsService) -> None:
    await service.rules.add("tag", "storm", "Weather")
    assert (await listed(service))["Storm warning lifted"] == (False, frozenset({"weather"}))
    await service.tags.replace("https://harbour.example/1", "Storm warning lifted", ())
    assert (await listed(service))["Storm warning lifted"] == (False, frozenset())


async def test_a_rule_saves_what_it_finds(service: NewsService, site: SiteServer) -> None:
    site.routes["/1"] = article("Storm warning lifted")
    await service.pages.open(site.url("1"), typed=True)  # the reader has been on this host
    await service.rules.add("save", "storm")
    await listed(service, site.url(""))
    await service.rules.finish_saving()
    assert [row.title for row in await service.saved.rows()] == ["Storm warning lifted"]
    await service.saved.remove(site.url("1"))
    await listed(service, site.url(""))
    await service.rules.finish_saving()
    assert await service.saved.rows() == ()


async def test_a_rule_is_followed_with_the_text_of_an_article_that_is_stored(
    service: NewsService, site: SiteServer
) -> None:
    site.routes["/ferry"] = article("The ferry runs again")
    await service.rules.add("tag", "breakwater", "sea")
    await service.pages.open(site.url("ferry"), typed=True)
    assert await service.tags.of(site.url("ferry")) == {"sea"}


async def test_a_rule_marks_read_once_and_what_is_marked_unread_stays_so(service: NewsService) -> None:
    await service.rules.add("read", "quota")
    ((_, rows),) = await service.listings.of_page(opened(service))
    assert {row.headline.title for row in rows if row.read} == {"Fishing quota agreed", "Quotas for herring"}
    await service.read_marks.mark("https://harbour.example/0", False)
    ((_, rows),) = await service.listings.of_page(opened(service))
    assert {row.headline.title for row in rows if row.read} == {"Quotas for herring"}


async def test_what_a_rule_marks_read_does_not_count_as_unread(service: NewsService, site: SiteServer) -> None:
    site.routes["/news"] = feed(3)
    source = await service.sources.add(site.url("news"))
    before = (await service.unread_counts.states())[source.id].unread
    await service.rules.add("read", "source:127.0.0.1")
    await service.sources.refresh(source)
    assert before == 3
    assert (await service.unread_counts.states())[source.id].unread == 0


@pytest.mark.parametrize("rule", ["tag:dull", "-(tag:keep OR -tag:dull)", "is:later", "source:127 is:later"])
async def test_what_a_rule_hides_is_counted_again_once_the_reader_changes_what_it_finds(
    service: NewsService, site: SiteServer, rule: str
) -> None:
    site.routes["/news"] = feed(3)
    source = await service.sources.add(site.url("news"))
    await service.rules.add("hide", rule)
    assert (await service.unread_counts.states())[source.id].unread == 3
    ((_, rows),) = await service.listings.unread_of_sources()
    headline = rows[0].headline
    await service.tags.change(headline.url, headline.title, add=["dull"])
    await service.later.add([headline])
    assert (await service.unread_counts.states())[source.id].unread == 2
    await service.history.undo()
    await service.history.undo()
    assert (await service.unread_counts.states())[source.id].unread == 3


async def test_rules_that_mean_nothing_are_refused(service: NewsService) -> None:
    with pytest.raises(EmptyRuleError):
        await service.rules.add("hide", " & ")
    with pytest.raises(EmptyRuleError):
        await service.rules.add("tag", "storm")
    with pytest.raises(QueryError):
        await service.rules.add("hide", "is:green")
    await service.rules.add("hide", "storm")
    with pytest.raises(SameRuleError):
        await service.rules.add("hide", " storm ")
    with pytest.raises(NoQueryRuleError):
        await service.rules.remove(99)


async def test_rules_are_exported_and_taken_in_again(service: NewsService) -> None:
    await service.rules.add("tag", 'storm -"no storm"', "weather")
    first = await service.rules.add("hide", "lang:de")
    text = await service.rules.export()
    await service.rules.remove(first.id)
    with pytest.raises(SameRuleError):
        await service.rules.import_line(text.splitlines()[0])
    await service.rules.import_line(text.splitlines()[1])
    assert await service.rules.export() == text
    for wrong in ("", "[]", '{"action": "burn", "query": "x"}', "1"):
        with pytest.raises(NoRuleLineError):
            await service.rules.import_line(wrong)


async def test_saved_articles_are_filtered_by_tags_and_by_a_search(service: NewsService, site: SiteServer) -> None:
    for name, title in (("a", "The ferry runs again"), ("b", "A storm passed")):
        site.routes[f"/{name}"] = article(title)
        await service.saved.save(site.url(name), typed=True)
    await service.tags.tag_story(site.url("a"), ["Sea", " long  read "])
    assert [row.title for row in await service.saved.rows(tags=["sea", "long read"])] == ["The ferry runs again"]
    assert [row.title for row in await service.saved.rows(query="title:storm")] == ["A storm passed"]
    assert await service.saved.rows(tags=["sea"], query="title:storm") == ()
    assert [row.title for row in await service.saved.rows(query="tag:sea OR title:tunnel")] == ["The ferry runs again"]
    assert [each.title for each in await service.tags.stories("sea")] == ["The ferry runs again"]
    await service.tags.tag_story(site.url("a"), ["sea"], remove=True)
    assert await service.tags.of(site.url("a")) == {"long read"}
    with pytest.raises(NoTagError):
        await service.tags.stories("sea")


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(program, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_the_commands_give_tags_and_keep_rules(own_directories: Path, tmp_path: Path) -> None:
    url = "https://harbour.example/1"
    assert run("tag", url, "Sea", "long read,calm")[:2] == (0, "calm, long read, sea\n")
    assert run("tag", url, "calm", "--remove")[1] == "long read, sea\n"
    assert run("tag")[1].split() == ["1", "long", "read", "1", "sea"]
    assert url.removeprefix("https://") in run("tag", "--list", "sea")[1]
    assert run("tag", "--list", "none")[0] == 4
    assert run("saved", "--tag", "sea")[0] == 4
    assert run("rules", "add", "hide", "title:quota", "-herring")[1] == "  1  hide: title:quota -herring\n"
    assert run("rules", "add", "tag", "storm", "--tag", "Weather")[1] == "  2  tag with weather: storm\n"
    assert run("rules", "add", "hide", "title:quota", "-herring")[0] == 2
    exported = run("rules", "export")[1]
    assert [json.loads(each)["action"] for each in exported.splitlines()] == ["hide", "tag"]
    assert run("rules")[1].splitlines() == ["  1  hide: title:quota -herring", "  2  tag with weather: storm"]
    assert run("rules", "remove", "1")[0] == 0
    assert run("rules", "remove", "1")[0] == 4
    file = tmp_path / "rules.jsonl"
    file.write_text(exported, encoding="utf-8")
    status, out, _ = run("rules", "import", str(file))
    assert (status, out) == (0, "  3  hide: title:quota -herring\n")
    file.write_bytes(f"\ufeff\n{exported}?".encode("utf-16"))
    status, out, message = run("rules", "import", str(file))
    assert (status, out) == (2, "")
    assert "newsreader: line 4: This isn't a rule: ?" in message
    file.write_bytes(bytes(range(256)))
    assert run("rules", "import", str(file))[0] == 2
    refused = ["[" * 200_000, '{"action": "hide", "query": null}', '{"action": "hide", "query": 5}', '["hide", "x"]']
    for each in (*refused, '{"action": "tag", "query": "x", "tag": ["a"]}', '{"action": ["hide"], "query": "x"}'):
        file.write_text(each, encoding="utf-8")
        status, out, message = run("rules", "import", str(file))
        assert (status, out) == (2, "")
        assert "This isn't a rule" in message


def test_saved_articles_are_exported_by_their_tags_and_by_a_search(site: SiteServer, tmp_path: Path) -> None:
    for name, title in (("ferry", "The ferry runs again"), ("storm", "Storm warning lifted")):
        site.routes[f"/{name}"] = article(title)
        run("save", site.url(name))
        run("tag", site.url(name), "sea", *([name] if name == "ferry" else []))

    def exported(*arguments: str) -> list[str]:
        status, out, _ = run("export", "--offline", *arguments, "-o", f"{tmp_path}/", "--format", "text")
        assert status == 0
        return [Path(each).stem.partition(" (")[0] for each in out.splitlines()]

    assert exported("--tag", "sea") == exported("--saved") == ["Storm warning lifted", "The ferry runs again"]
    assert exported("--tag", "sea", "--tag", "Ferry") == ["The ferry runs again"]
    assert exported("--saved", "--tag", "sea", "--query", "title:storm") == ["Storm warning lifted"]
    assert exported("--query", "title:ferry OR title:storm") == exported("--saved")
    status, _, message = run("export", "--tag", "ferry", "--query", "title:storm", "-o", f"{tmp_path}/")
    assert (status, "No saved article matches." in message) == (4, True)
    assert run("export", "--query", "after:never", "-o", f"{tmp_path}/")[0] == 2


async def test_closing_gives_up_what_a_rule_is_saving(own_directories: Path, site: SiteServer, clock: Clock) -> None:
    async with NewsService(directories(own_directories), Settings(), clock=clock, sandbox=shared_sandbox()) as service:
        await service.rules.add("save", "storm")
        await listed(service, site.url(""))
    await asyncio.sleep(0)
    async with NewsService(directories(own_directories), Settings(), clock=clock, sandbox=shared_sandbox()) as service:
        assert await service.saved.rows() == ()


async def test_an_address_and_the_one_that_its_article_names_are_one_story(
    service: NewsService, site: SiteServer
) -> None:
    head = f'<link rel="canonical" href="{site.url("news/ferry")}">'
    site.routes["/x1"] = article("The ferry runs again", head=head)
    await service.pages.open(site.url("x1"), typed=True)
    await service.read_marks.mark(site.url("x1"))
    rows = await service.listings.rows(
        [Headline("The ferry", site.url("news/ferry")), Headline("Other", site.url("other"))]
    )
    assert [row.read for row in rows] == [True, False]


async def test_rules_hold_for_what_is_unread_of_the_sources(service: NewsService, site: SiteServer) -> None:
    items = "".join(
        f'<li><time>1{n}:0{n}</time> <a href="/news/{n}">{title} after long talks in the harbour</a></li>'
        for n, title in enumerate((*TITLES, *(f"{title} once more" for title in TITLES)))
    )
    site.routes["/"] = Answer(
        f"<!doctype html><html lang=en><head><title>Harbour</title></head>"
        f"<body><main><h2>Latest news</h2><ul>{items}</ul></main></body></html>"
    )
    await service.sources.add(site.url(""))
    await service.rules.add("hide", "title:museum")
    ((_, rows),) = await service.listings.unread_of_sources()
    assert [row.headline.title.split()[0] for row in rows if row.hidden] == ["Museum", "Museum"]


@pytest.mark.parametrize(
    "words",
    [
        "search from:gazette",
        "mark read from:gazette",
        "saved --query from:gazette",
        "highlights from:gazette",
        "export --saved --query from:gazette -o -",
    ],
)
def test_where_a_query_finds_nothing_it_is_said_where_queries_are_explained(words: str) -> None:
    status, out, message = run(*words.split())
    assert (status, out) == (4, "")
    assert "`newsreader help search`" in message
