import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from newsreader.extraction.document import parse_document
from newsreader.extraction.metadata.reader import Metadata, read_metadata
from newsreader.models import FeedLink
from tests.growth import assert_linear

FETCHED = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
HERE = "https://town.example/news/1204-harbour-dredging.html"
BODY = (
    "<p>The harbour authority said on Thursday that the second phase of the dredging would begin in March, and that the"
    " eastern breakwater was to be surveyed before the ships come back from the winter moorings.</p>"
)


def read(
    head: str = "", body: str = "", *, url: str = HERE, lang: str = "en", fetched: datetime | None = FETCHED
) -> Metadata:
    page = f'<html lang="{lang}"><head>{head}</head><body>{body}{BODY * 4}</body></html>'
    return read_metadata(parse_document(page, url), fetched)


def linked(**values: object) -> str:
    values = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(values)}</script>'


def local(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


# --- titles -------------------------------------------------------------------------------------

TOP = "<h1>Harbour</h1>"
HERALD = {"@type": "Organization", "name": "Town Herald"}
SITE = '<meta property="og:site_name" content="Town Herald">'
TITLE = "Harbour dredging delayed to March"


@pytest.mark.parametrize(
    ("window", "shown", "below"),
    [
        (
            "5 best lamps a harbour needs in 2026-2030",
            "Top 5 Lamps That a Harbour Needs in 2026",
            "5 best lamps a harbour needs",
        ),
        ("Was ist ein Seezeichen? Arten + Farben", "Was ist denn ein Seezeichen?", "Was ist ein Seezeichen?"),
    ],
)
def test_the_only_heading_of_the_first_rank_above_the_text_is_the_title(window: str, shown: str, below: str) -> None:
    page = f"<h1>{shown}</h1>{BODY}<h2>{below}</h2>{BODY}"
    assert read(f"<title>{window}</title><meta property='og:title' content='{window}'>", page).title == shown


def test_the_name_of_an_office_above_the_text_is_no_title_for_a_word_that_it_shares_with_it() -> None:
    title = "Ferry talks begin in Varnholm"
    page = f"<h1>Varnholm Parish Council Online</h1><div class=headline>{title}</div>{BODY}"
    assert read(f"<title>{title} - Varnholm Parish Council Pages</title>", page).title == title


def test_a_section_behind_a_dash_is_no_title_where_the_head_names_it_without() -> None:
    title = "장동혁, 항구 준설 3월로\xa0연기… 어민들 '기다리겠다'"
    head = f"<title>{title.replace(chr(160), ' ')}-사회</title><meta property='og:title' content=\"{title}-사회\">"
    assert read(f'{head}<meta name="twitter:title" content="{title}">').title == title


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", f"<h1>{TITLE}</h1>"),
        (f"<title>{TITLE} - Town Herald</title>", f"<h1>{TITLE}</h1>"),
        (f"<title>{TITLE} | News | Town Herald</title>", f"<h1>Town Herald</h1><h1>{TITLE}</h1><h1>Most read</h1>"),
        (
            f'<meta property="og:title" content="{TITLE} | Town Herald">' + SITE,
            "",
        ),
        (
            f'<meta property="og:title" content="Town Herald: news of the town"><title>{TITLE}</title>',
            f"<h1>{TITLE}</h1>",
        ),
        (f"<title>Town Herald | {TITLE}</title>" + linked(headline=TITLE), ""),
        (f"<title>{TITLE}：town</title>", ""),
        (f"<title>{TITLE} — town.example</title>", ""),
        ('<meta property="og:title" content="Harbour dredging delayed…">', f"<h1>{TITLE}</h1>"),
        ("<title>Harbour | Town</title>", "<h1> Harbour\n dredging <em>delayed</em> to\u00a0March </h1>"),
        (linked(headline="Harbour dredging delayed to March &amp; April"[:33]), ""),
    ],
)
def test_the_title_is_shown_without_the_sites_name(head: str, body: str) -> None:
    assert read(head, body).title == TITLE


def test_a_title_with_dashes_of_its_own_stays_whole() -> None:
    title = "Storm - third this year - closes the port"
    assert read(f"<title>{title} - Town Herald</title>", f"<h1>{title}</h1>").title == title
    assert read(f'<meta property="og:title" content="{title}">').title == title


OTHER = "Ten things that every skipper asks"
SEARCHED = f'<title>{OTHER} - Town Herald</title><meta property="og:title" content="{OTHER}">'
LOGO = "<header><div class=branding><h1><a href='/'>Kai &amp; Mole</a></h1></div></header>"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (SEARCHED, f"<article><h1>{TITLE}</h1>{BODY}</article>"),  # written for search engines
        (f"<title>{TITLE} - Kai</title>", f"{LOGO}<main><h2>{TITLE}</h2>{BODY}</main>"),
        (f"<title>{TITLE}</title>", f"<div hidden><h1>{OTHER}</h1></div><h2>{TITLE}</h2>{BODY}"),
        (f"<title>{TITLE}</title>", f"<aside><h1>{OTHER}</h1></aside><div class=t>{TITLE}</div>{BODY}"),
        (f"<title>{TITLE}</title>", f"<div class=newsletter><h1>{OTHER}</h1></div><h3>{TITLE}</h3>{BODY}"),
        (f"<title>{TITLE}</title>", f"<h1>{TITLE}</h1>{BODY * 4}<h1>{OTHER}</h1>"),
        (f"<title>{TITLE}</title>", f"<h1><a href='/other-story'>{OTHER}</a></h1><h1>{TITLE}</h1>{BODY}"),
        (f'<meta property="og:title" content="{TITLE}">', f"<h1><span>Port</span><span>{TITLE}</span></h1>{BODY}"),
        (f'<meta property="og:title" content="{TITLE}">', f"<h2>{TITLE} <small>/ Dec 2026</small></h2>{BODY}"),
        (SITE + SEARCHED, f"<h1>{TITLE} | Town Herald</h1>{BODY}"),
        (f"<title>{TITLE}</title>", f"<h1>94</h1><h1>{TITLE}<svg><desc>A crane</desc></svg></h1>{BODY}<h1>94</h1>"),
    ],
)
def test_the_title_is_the_headline_that_the_browser_shows(head: str, body: str) -> None:
    assert read(head, body).title == TITLE


@pytest.mark.parametrize("tag", ["div", "b", "td", "font"])
def test_a_title_that_is_no_heading_is_known_by_what_the_page_shows(tag: str) -> None:
    title = "Harbour dredging - delayed to March"
    body = f"<table><tr><td><a href='/x'>{title}</a></td></tr><tr><td><{tag}>{title}</{tag}></td></tr></table>"
    assert read(f"<title>{title} - Neuigkeiten</title>", body).title == title


@pytest.mark.parametrize(
    ("window", "line"),
    [
        ("Town Herald", f"<font size=5><b>{TITLE}</b></font><br>22.11.2026 | Jane Doe<br>"),
        ("Town Herald", f"<p align=center><b>{TITLE}</b></p><p>By Jane Doe</p>"),
        ("Town Herald", f"<div class=titre>{TITLE}<br><small>By Jane Doe, 22 November 2026</small></div>"),
        (f"Town Herald :: {TITLE}", f"<h1><a href='/'>Town Herald</a></h1><h2>{TITLE}</h2>"),
        ("Dredging of the harbour delayed", f"<p><b>{TITLE}</b></p>"),
    ],
)
def test_where_nothing_marks_the_title_it_is_the_line_set_large_above_the_text(window: str, line: str) -> None:
    lines = "<br><br>".join([BODY.removeprefix("<p>").removesuffix("</p>")] * 4)
    page = f"<html lang=en><head><title>{window}</title></head><body><div>{line}{lines}</div></body></html>"
    assert read_metadata(parse_document(page, "https://herald.example/?id=77"), FETCHED).title == TITLE


def test_a_topic_above_the_title_in_one_heading_is_not_the_titles() -> None:
    heading = f"<h1><span>On the quay</span><span>{TITLE} and the herring wait</span></h1>"
    assert read(f"<title>{TITLE} - Kai</title>", heading).title == f"{TITLE} and the herring wait"


def test_a_page_without_a_title_has_none() -> None:
    assert read().title is None


# --- authors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        (linked(author={"@type": "Person", "name": "Jane Doe"}), "", ("Jane Doe",)),
        (linked(author=[{"name": "Jane Doe (jd)"}, {"name": "John Roe "}]), "", ("Jane Doe", "John Roe")),
        (linked(author="By Jane Doe and John Roe"), "", ("Jane Doe", "John Roe")),
        (linked(author={"name": ["Jane Doe", "John Roe"]}), "", ("Jane Doe", "John Roe")),
        ('<meta name="author" content="Jane Doe, Political Editor">', "", ("Jane Doe",)),
        ('<meta name="author" content="Jane Doe; John Roe">', "", ("Jane Doe", "John Roe")),
        ('<meta property="article:author" content="https://social.example/jane">', "<p>By Jane Doe</p>", ("Jane Doe",)),
        ("", TOP + "<div>25-10-2026, 12:57 / Автор: <a href='/author/1'>Иван Петренко</a></div>", ("Иван Петренко",)),
        ("", TOP + "<div>25-10-2026, 12:57 / Автор: Иван Петренко</div>", ("Иван Петренко",)),
        ("", TOP + "<p class=byline>By <b>Jane Doe</b>, Harbour Correspondent</p>", ("Jane Doe",)),
        ("", TOP + "<p>Von Jana Weiß und Karl-Heinz Öhler</p>", ("Jana Weiß", "Karl-Heinz Öhler")),
        ("", TOP + "<div>Jane Doe | 22 Nov 2026</div>", ("Jane Doe",)),
        ("", TOP + "<p>作者：王小明</p>", ("王小明",)),
        ("", TOP + "<figure><img src=a.jpg><figcaption class=author>Photo: Ann Lens</figcaption></figure>", ()),
        ('<meta name="author" content="Foto: Ann Lens">', "", ()),
        ('<meta name="author" content="Jane Doe, photo: Ann Lens">', "", ("Jane Doe",)),
        ('<meta name="author" content="Jane Doe, Town Herald">' + SITE, "", ("Jane Doe",)),
        (linked(author={"@type": "Organization", "name": "Coast News Agency"}), "", ("Coast News Agency",)),
        (linked(author=HERALD), TOP + "<p>By Jane Doe</p>", ("Jane Doe",)),
        (linked(author=[HERALD, {"name": "Jane Doe"}]) + SITE, "", ("Jane Doe",)),
        (linked(author={"@type": "Person", "name": None}), "", ()),
        ("", TOP + "<i itemprop=author itemscope><meta itemprop=name content='Jane Doe'></i>", ("Jane Doe",)),
        ("", TOP + "<p class=byline>Jane Doe in New York</p>", ("Jane Doe",)),
        ("", TOP + "<p>Text: Jane Doe Foto: Ann Lens</p>", ("Jane Doe",)),
        ("", TOP + "<p>Oprac. Jagoda Brzoza</p>", ("Jagoda Brzoza",)),
        ("", TOP + "<p>Jane Doe</p><p>Translated by Ann Lens</p><p>22 Nov 2026</p>", ("Jane Doe",)),
        ('<meta name="author" content="admin@town.example">', "", ()),
    ],
)
def test_authors_are_persons_names(head: str, body: str, authors: tuple[str, ...]) -> None:
    assert read(head, body).authors == authors


def test_names_of_other_stories_are_not_taken_for_the_authors() -> None:
    teasers = (
        "<aside><div class=author>By Other Person</div></aside>"
        "<div class=comments><b class=author>Some Reader</b></div>"
    )
    assert read("", TOP + teasers).authors == ()


# --- times --------------------------------------------------------------------------------------

KYIV = timezone(timedelta(hours=2))
MOMENT = datetime(2026, 11, 22, 14, 2, tzinfo=KYIV)


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (linked(datePublished="2026-11-22T14:02:00+02:00"), "", datetime(2026, 11, 22, 14, 2, tzinfo=KYIV)),
        ('<meta property="article:published_time" content="2026-11-22T12:02:00Z">', "", MOMENT),
        ('<meta itemprop="datePublished" content="2026-11-22T14:02">', "", local(2026, 11, 22, 14, 2)),
        ("", TOP + "<time datetime='2026-11-22T14:02+02:00'>yesterday</time>", MOMENT),
        ("", "<h1>Harbour</h1><div>25-10-2026, 12:57 / Автор: Иван Петренко</div>", local(2026, 10, 25, 12, 57)),
        ("", TOP + "<div>Updated 23.11.2026 09:00 | Published 22.11.2026 14:02</div>", local(2026, 11, 22, 14, 2)),
        (
            linked(datePublished="2026-11-22"),
            TOP + "<p>22 November 2026, 14:02</p>",
            local(2026, 11, 22, 14, 2),
        ),
        (
            linked(datePublished="2026-11-22T14:02:00"),
            TOP + "<time datetime='2026-11-22T14:02+02:00'>x</time>",
            MOMENT,
        ),
        (linked(datePublished="not yet"), "", None),
        (linked(datePublished="2099-01-01T00:00:00Z"), "", None),
    ],
)
def test_the_time_of_publishing_is_the_most_exact_one_of_the_page(
    head: str, body: str, published: datetime | None
) -> None:
    found = read(head, body).published
    assert found == published
    assert (found and found.tzinfo is None) == (published and published.tzinfo is None)


def test_the_times_of_other_stories_are_not_taken_for_the_articles() -> None:
    link = "<a href='/x'>Ministers agree on fishing quotas at night</a>"
    for row in (
        f"<li><time>13:40</time> {link}</li>",
        f"<time>13:40</time>{link}",
        f"<div>{link}<time>13:40</time></div>",
    ):
        found = read("", f"<aside>{row * 9}</aside>{TOP}<div>22-11-2026, 12:57</div><aside>{row * 9}</aside>")
        assert found.published == local(2026, 11, 22, 12, 57)


CARD = "<article><a href='/other'>Ministers agree on fishing quotas</a><span>1/5/2024 9:57 AM</span></article>"


@pytest.mark.parametrize(
    "head",
    [
        f"{TOP}<div><div><svg><use href='#c'></use></svg> Nov 22, 2026 </div><div>4 min read</div></div>",
        f"<div><div>Nov 22, 2026</div><div>4 min read</div></div>{TOP}",
        f"{TOP}<div>Coast Daily <span>11/22/2026</span> Jane Doe</div>",
        f"{TOP}<div><i>Updated</i> <b>23.11.2026</b> · <i>Published</i> <b>22.11.2026</b></div>",
        f"{TOP}<div>Published: 22 November 2026 · Last updated: 23 November 2026</div>",
        f"<header>{TOP}<b>2026年11月22日</b> 4 分</header>",
        f"{TOP}<div>11/22/2026 10:00</div>{BODY}{CARD * 6}",
        f"{CARD * 3}{TOP}<div>11/22/2026 10:00</div>{BODY}",
        f"<meta property='article:published_time' content='1970-01-01T00:00:00Z'>{TOP}<time>22 Nov 2026</time>",
        f"<meta property='article:published_time' content='2026-06-24T10:00:00Z'>{TOP}<div>Nov 22, 2026</div>",
    ],
)
def test_the_day_is_the_one_beside_the_headline(head: str) -> None:
    found = read("", head).published
    assert found is not None
    assert found.date().isoformat() == "2026-11-22"


@pytest.mark.parametrize(
    "line",
    [
        "<b>22.11.2026</b> | <b>14:02</b>",
        "<b>14:02</b> <b>22 November 2026</b>",
        "<b>Sunday 22 November 2026</b> · <b>2.02pm</b>",
        "<abbr class='published' title='2026-11-22T14:02:00'>2:02</abbr>",
    ],
)
def test_the_clock_beside_the_day_is_the_times(line: str) -> None:
    assert read("", f"{TOP}<div>{line}</div>").published == local(2026, 11, 22, 14, 2)


def test_the_day_of_a_change_is_not_that_of_publishing() -> None:
    head = linked(datePublished="2026-03-04", dateModified="2026-11-22")
    found = read(head, f"{TOP}<div>November 22, 2026</div>")
    assert found.published == local(2026, 3, 4)
    assert found.updated == local(2026, 11, 22)


def test_a_relative_time_near_the_heading_counts_from_the_fetch() -> None:
    assert read("", "<h1>Harbour</h1><span>vor 3 Stunden</span>", lang="de").published == FETCHED - timedelta(hours=3)


def test_the_clocks_of_a_list_are_not_the_articles_time() -> None:
    clocks = "".join(f"<div><b>1{n}:30</b> <a href=/n/{n}>Story {n} of the day</a></div>" for n in range(9))
    assert read("<title>Harbour</title>", clocks).published is None


def test_a_day_in_the_address_is_better_than_none() -> None:
    assert read(url="https://town.example/2026/11/22/harbour.html").published == local(2026, 11, 22)


def test_a_change_is_shown_only_where_it_came_later() -> None:
    first, later = "2026-11-22T14:02:00Z", "2026-11-22T18:00:00Z"
    assert read(linked(datePublished=first, dateModified=later)).updated == datetime(2026, 11, 22, 18, tzinfo=UTC)
    assert read(linked(datePublished=first, dateModified=first)).updated is None
    assert read(linked(datePublished=later, dateModified=first)).updated is None
    shown = read("", TOP + "<p>Published 22.11.2026 14:02</p><p>Updated: 22.11.2026 18:00</p>")
    assert (shown.published, shown.updated) == (local(2026, 11, 22, 14, 2), local(2026, 11, 22, 18))


def test_reading_leaves_the_page_as_it_is() -> None:
    document = parse_document(
        f"<html><head><title>Harbour</title></head><body>{BODY * 3}<i>2026-11-22</i></body>", HERE
    )
    before = etree.tostring(document.root)
    metadata = read_metadata(document, FETCHED)
    assert metadata.published == local(2026, 11, 22)
    assert not metadata.authors
    assert etree.tostring(document.root) == before


# --- language, translations ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<html lang="uk-UA"><p>Портове управління повідомило, що їхні роботи почнуться в березні.</p>', "uk-UA"),
        ('<html lang="en"><p>Портове управління повідомило, що їхні роботи почнуться в березні, пізніше.</p>', "uk"),
        ('<html lang="uk"><p>Жители просят открыть дорогу к маяку хотя бы по выходным, пишут эти газеты.</p>', "ru"),
        ("<html><p>Жители просят открыть дорогу к маяку хотя бы по выходным, пишут эти газеты.</p>", "ru"),
        ('<html><meta property="og:locale" content="de_DE"><p>Die Straße zum Turm bleibt zu.</p>', "de-DE"),
        ("<html><p>Die Straße zum Leuchtturm bleibt auch für Fußgänger noch nicht frei, und das ist so.</p>", "de"),
        ("<html><p>住民は週末に灯台への道を開けるよう求めている。</p>", "ja"),
        ("<html><p>居民要求在周末开放通往灯塔的道路，港务局尚未答复。</p>", "zh"),
        ("<html><p>أعلنت سلطة الميناء يوم الخميس أن المرحلة الثانية ستبدأ في مارس</p>", "ar"),
        ("<html></html>", None),
        ('<html lang="ua"></html>', "uk"),
        ('<html lang="{{lang}}"></html>', None),
    ],
)
def test_the_language_is_the_one_that_the_page_says_unless_its_letters_are_of_another(
    html: str, language: str | None
) -> None:
    assert read_metadata(parse_document(html, HERE), None).language == language


def test_translations_come_from_the_head_and_from_links_to_be_read() -> None:
    head = (
        '<link rel="alternate" hreflang="en" href="/news/1204-harbour-dredging.html">'
        '<link rel="alternate" hreflang="x-default" href="/">'
        '<link rel="alternate" hreflang="uk" href="/uk/news/1204-port.html">'
        '<link rel="alternate" hreflang="de" href="https://town.example/">'
    )
    body = "<a href='/fr/1204-port'>Lire en français</a> <a href='/fr/'>Français</a>"
    body += "<a href='/ru/news/1204-port.html'>РУС</a>"
    assert read(head, body).translations == {
        "uk": "https://town.example/uk/news/1204-port.html",
        "fr": "https://town.example/fr/1204-port",
        "ru": "https://town.example/ru/news/1204-port.html",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Читати українською", "uk"),
        ("Читать на русском", "ru"),
        ("Read in English", "en"),
        ("Read this article in Polish", "pl"),
        ("Auf Deutsch lesen", "de"),
        ("Leer en español", "es"),
        ("阅读中文版", None),
        ("Українська версія статті", "uk"),
    ],
)
def test_a_link_that_offers_another_language_is_a_translation(text: str, code: str | None) -> None:
    found = read("", f"<a href='/other/story-9'>{text}</a>", lang="ga").translations
    assert found == ({code: "https://town.example/other/story-9"} if code else {})


@pytest.mark.parametrize(
    "text",
    [
        "Learn English",
        "English weather",
        "Русская кухня",
        "How to read",
        "Polish ships",
        "English",
        "In English",
        "English version",
    ],
)
def test_a_link_that_names_a_language_is_no_translation_by_that_alone(text: str) -> None:
    assert read("", f"<a href='/other/story'>{text}</a>", lang="ga").translations == {}


# --- onward -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "link", "onward"),
    [
        ("https://town.example/story", "<a href='/story?page=2'>2</a>", "https://town.example/story?page=2"),
        (
            "https://town.example/m/b42.html",
            "<a href='b42_page_2.html'>Next Page</a>",
            "https://town.example/m/b42_page_2.html",
        ),
        ("https://town.example/story", "<a href='/story-part-2'>Next</a>", None),
        (
            "https://town.example/story?page=2",
            "<a href='/story'>1</a><a href='/story?page=3'>Next</a>",
            "https://town.example/story?page=3",
        ),
        ("https://town.example/story.html", "<a href='story-2.html'>Weiter</a>", "https://town.example/story-2.html"),
        ("https://town.example/a/story/", "<a rel=next href='/a/story/2/'>»</a>", "https://town.example/a/story/2/"),
        (
            "https://town.example/a/story/",
            "<a href='/a/story/seite-2'>nächste Seite</a>",
            "https://town.example/a/story/seite-2",
        ),
        ("https://town.example/story", "<a rel=next href='/another-story'>Another story</a>", None),
        ("https://town.example/story", "<a href='/story?page=3'>3</a><a href='/story?page=2#comments'>2</a>", None),
        ("https://town.example/", "<a href='/2'>2</a>", None),
        ("https://town.example/story-12", "<a href='/story-13'>Next</a>", None),
        ("https://town.example/tower", "<a rel=next href='/tower-2'>Tower</a>", None),
        ("https://town.example/story-12", "<a href='/story-12/2'>2</a>", "https://town.example/story-12/2"),
        ("https://town.example/story-2", "<a href=story>1</a><a href=story-3>3</a>", "https://town.example/story-3"),
        (
            "https://town.example/story?id=9&page=2",
            "<a href='?id=9&page=3'>3</a>",
            "https://town.example/story?id=9&page=3",
        ),
    ],
)
def test_an_article_continues_only_at_its_own_next_page(url: str, link: str, onward: str | None) -> None:
    assert read("", link, url=url).next_url == onward


def test_feeds_and_plainer_versions_are_named() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml">'
        '<link rel="alternate" type="application/atom+xml" title="News" href="/news.xml">'
        '<link rel="amphtml" href="/amp/1204"><link rel="canonical" href="/news/1204">'
        '<meta property="og:image" content="/tower.jpg">'
    )
    found = read(head, "<a href='/print/1204'>Print</a>")
    assert found.feeds == (
        FeedLink("https://town.example/news.xml", "News"),
        FeedLink("https://town.example/comments.xml", "Comments"),
    )
    assert found.alternatives == ("https://town.example/amp/1204", "https://town.example/print/1204")
    assert found.canonical == "https://town.example/news/1204"
    assert found.image == "https://town.example/tower.jpg"


def test_another_sites_canonical_address_is_not_believed() -> None:
    assert read('<link rel="canonical" href="https://other.example/news/1204">').canonical is None
    assert read('<link rel="canonical" href="https://town.example/">').canonical is None


# --- whatever comes -----------------------------------------------------------------------------


def test_words_of_the_page_cannot_steer_a_terminal() -> None:
    evil = "&#27;]52;c;cm0=&#7;Jane&#27;[31m Doe&#8238;"
    found = read(
        f'<meta property="og:title" content="{evil}"><meta name="author" content="{evil}">', f"<h1>{evil}</h1>"
    )
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or c == "\u202e" for c in repr(found))
    assert found.authors == ("Jane Doe",)


names = st.sampled_from(
    ["datePublished", "author", "headline", "publisher", "image", "@type", "@graph", "dateModified", "url"]
)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.sampled_from(["NewsArticle", "2026-11-22", "http://x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(json_values, st.text(max_size=60))
def test_no_json_and_no_markup_make_it_fail(value: object, text: str) -> None:
    head = f'<script type="application/ld+json">{json.dumps(value)}</script>'
    read(head + linked(author=value, datePublished=value, publisher=value, image=value, inLanguage=value), text)


@pytest.mark.parametrize(
    "bit",
    [
        "a",
        " ",
        "| ",
        "- ",
        ", ",
        "by ",
        "(",
        "Автор: ",
        "Jane ",
        "22 Nov ",
        "1",
        "/",
        "and ",
        "作者：",
        "[",
        "•",
        "von Jana ",
    ],
)
def test_a_megabyte_of_anything_takes_no_longer_than_its_length(bit: str) -> None:
    def look(size: int) -> None:
        much = bit * (size // len(bit))
        read(
            f'<title>{much}</title><meta property="og:title" content="{much}"><meta name="author" content="{much}">'
            + linked(headline=much, author=much, datePublished=much),
            f"<h1>{much}</h1><p class=byline>{much}</p><a href='/2?page={much}'>{much}</a>",
            url=HERE + "?" + "9" * (size // 100),
        )

    assert_linear(look)


def test_many_links_and_elements_take_no_longer_than_their_number() -> None:
    def look(count: int) -> None:
        read("", "".join(f"<a href='/n/{n}' rel=author>Jane Doe {n}</a>" for n in range(count)))
        read("", "<time>22 Nov 2026</time>" * count + "<h1>Harbour</h1>" * (count // 4))

    assert_linear(look, 20_000)


def test_the_time_of_the_first_story_is_the_articles_where_a_list_of_others_gives_theirs_too() -> None:
    own = '<time itemprop="datePublished" datetime="2026-11-22T14:02+02:00">Harbour news</time>'
    others = "".join(
        f'<li><h3><a href="/s/{day}">Story of day {day}</a></h3>'
        f'<meta itemprop="datePublished" content="2026-11-{day}T16:00:31Z"></li>'
        for day in (20, 19)
    )
    text = "<p>" + "The harbour is going to be dredged in March, said the authority on Thursday. " * 8 + "</p>"
    body = f"<main><h1>Harbour dredging put off to March</h1>{own}{text}</main><ul>{others}</ul>"
    assert read("", body).published == datetime(2026, 11, 22, 14, 2, tzinfo=KYIV)
    kept = '<meta itemprop="datePublished" content="2026-11-22T14:02:00+02:00">'
    body = f"<main><h1>Harbour dredging put off to March</h1>{kept}{text}</main><ul>{others}</ul>"
    assert read("", body).published == datetime(2026, 11, 22, 14, 2, tzinfo=KYIV)
