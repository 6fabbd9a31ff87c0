"""The labels of lists, in markups in which words that are none are nearer, or the label is no plain heading."""

import pytest

from newsreader.extraction.document import parse_document
from newsreader.extraction.headlines.lists import find_headline_lists
from newsreader.models import ListKind

FRONT = "https://lantern.example/"
STORY = "https://lantern.example/town/2026/harbour-bridge-closed-until-spring.html"
TITLE = "Harbour bridge closed until spring"
TITLES = (
    "Council votes to keep the night ferry running",
    "Storm warning lifted along the northern coast",
    "School kitchens return to local farms next term",
    "Museum opens its first hall for printed maps",
)


def lists(main: str, url: str = FRONT) -> list[tuple[str | None, int]]:
    html = f"<html><body><header><a href='/'>The Lantern</a></header><main>{main}</main></body></html>"
    return [(one.label, len(one.headlines)) for one in find_headline_lists(parse_document(html, url)).lists]


def story(number: int, kind: str = "h3", box: str = "li", around: str = "") -> str:
    title = f"{TITLES[number % len(TITLES)]} {number if number >= len(TITLES) else ''}"
    link = f"<a href='/town/2026/story-{number}-of-the-day.html'>{title}</a>"
    return f"<{box}>{around}<{kind}>{link}</{kind}></{box}>"


def stories(first: int = 0, count: int = 4, kind: str = "h3", box: str = "li") -> str:
    return "".join(story(n, kind, box) for n in range(first, first + count))


def test_headings_that_unfold_the_panes_below_them_name_these() -> None:
    panes = "".join(
        f"<h3><a href='#'>{label}</a></h3><div><ol>{stories(first, kind='span')}</ol></div>"
        for label, first in (("All", 0), ("Town", 4), ("Sport", 8))
    )
    assert lists(f"<div><h2>Most read</h2>{panes}</div>") == [("All", 4), ("Town", 4), ("Sport", 4)]


def test_a_section_is_named_by_its_title_over_a_few_sentences_about_it() -> None:
    about = "<h1>Rivers</h1><p>How the rivers of the coast change, who looks after them"
    about += " and what all of that costs: reports from two valleys.</p>"
    assert lists(about + stories(box="div"), f"{FRONT}rivers") == [("Rivers", 4)]


def test_a_heading_over_a_long_sentence_about_a_section_names_the_list_below_it() -> None:
    about = (
        "How the rivers of the coast change, who looks after them, and what all of that costs: reports from valleys."
    )
    assert lists(f"<div><div><h2>Rivers</h2><p>{about}</p></div><ul>{stories()}</ul></div>") == [("Rivers", 4)]


def test_a_heading_beside_links_to_topics_of_its_section_names_the_list_below_them() -> None:
    topics = " ".join(f"<a href='/culture/{name.lower()}/'>{name}</a>" for name in ("Stage", "Music", "Film", "Dance"))
    head = f"<div><h2>Culture</h2>{topics}</div>"
    assert lists(f"<section>{head}<ul>{stories()}</ul></section>") == [("Culture", 4)]


def test_a_link_below_the_headline_of_one_item_of_many_is_no_story_of_the_list() -> None:
    below = "<a href='/town/2026/story-9-of-the-day.html'>How the fog of last winter came and went</a>"
    items = stories(0, 4) + story(5).replace("</li>", f"{below}</li>")
    assert lists(f"<ul>{items}</ul>") == [(None, 5)]


def test_a_linked_heading_over_a_line_that_names_the_list_is_no_name_of_it() -> None:
    linked = "<h2><a href='/series/long-way'>Long way home</a></h2>"
    assert lists(f"<div>{linked}<h4>Most read</h4>{stories(box='div')}</div>") == [("Most read", 4)]


@pytest.mark.parametrize(("lead", "shown"), [(0, []), (20, [(None, 1)])])
def test_a_lead_without_a_name_that_the_latest_news_begin_with_is_no_list_beside_them(
    lead: int, shown: list[tuple[str | None, int]]
) -> None:
    ticker = "".join(story(n, "span", around=f"<time>1{6 - n}:0{n}</time>") for n in range(6))
    first = story(lead, "h2", "div", "<img src=/1.jpg>")
    sport = f"<section><h3>Sport</h3><ul>{stories(8)}</ul></section>"
    page = f"{first}<section><h3>Latest news</h3><ul>{ticker}</ul></section>{sport}"
    assert lists(page) == [*shown, ("Latest news", 6), ("Sport", 4)]


def test_the_latest_of_something_without_times_is_no_stream_of_news() -> None:
    main = f"<section><h2>Latest adverts</h2><ul>{stories(0, 3)}</ul></section><h2>Town</h2><ul>{stories(5)}</ul>"
    found = find_headline_lists(parse_document(f"<html><body><main>{main}</main></body></html>", FRONT)).lists
    assert [(one.label, one.kind) for one in found] == [
        ("Latest adverts", ListKind.SECTION),
        ("Town", ListKind.SECTION),
    ]


def test_years_are_headings_in_an_archive() -> None:
    years = f"<h2>2026</h2><ul>{stories()}</ul><h2>2025</h2><ul>{stories(4)}</ul>"
    assert lists(f"<h1>Archive</h1>{years}", f"{FRONT}archive") == [("2026", 4), ("2025", 4)]


def test_a_short_list_in_a_row_of_like_ones_is_one_too() -> None:
    years = (
        ("2026", TITLES[:2]),
        ("2025", TITLES[2:]),
        ("2024", ("Three boats are still at sea", "No fish was sold this week")),
    )
    items = "".join(
        f"<h2>{year}</h2><ul>"
        + "".join(f"<li><a href='/log/{t.lower().replace(' ', '-')}-again/'>{t}</a></li>" for t in titles)
        + "</ul>"
        for year, titles in years
    )
    assert lists(f"<h1>Archive</h1>{items}", f"{FRONT}log") == [("2026", 2), ("2025", 2), ("2024", 2)]


def test_a_heading_of_two_links_and_a_word_between_is_one_label() -> None:
    head = "<h2><a href='/tests'>Tests</a> and <a href='/advice'>Advice</a></h2>"
    assert lists(f"<div>{head}<div>{stories(box='div')}</div></div>") == [("Tests and Advice", 4)]


@pytest.mark.parametrize(
    "drawing",
    ["<svg role=img><title>Weekend</title><path d='M0'/></svg>", "<svg aria-label=Weekend><path d='M0'/></svg>"],
)
def test_a_drawn_heading_says_the_text_of_the_drawing(drawing: str) -> None:
    head = f"<div><h2><a href='/weekend'>{drawing}</a></h2><ul><li><a href='/weekend/walks'>Walks</a></li></ul></div>"
    first = f"<section><div><h2>Town</h2></div><ul>{stories()}</ul></section>"
    second = f"<section>{head}<ul>{stories(4)}</ul></section>"
    assert lists(f"<div>{first}{second}</div>") == [("Town", 4), ("Weekend", 4)]


@pytest.mark.parametrize(
    ("kind", "address"), [("h2", "/series/the-long-way-home"), ("h3", "/town"), ("h2", "/town/2026")]
)
def test_the_linked_heading_of_a_section_is_no_story_however_its_address_looks(kind: str, address: str) -> None:
    head = f"<div><{kind}><a href='{address}'>The Long Way Home</a></{kind}></div>"
    body = f"<section><div><h2>Sport</h2></div>{stories(4, box='article')}</section>"
    body += f"<section>{head}{stories(box='article')}</section>"
    assert lists(f"<div>{body}</div>") == [("Sport", 4), ("The Long Way Home", 4)]


def test_a_topic_that_several_cards_share_is_no_story() -> None:
    topic = "<div><a href='/dossier/winter-of-the-year-2026-17'>Winter in the harbour</a></div>"
    cards = "".join(story(n, kind="h2", around=topic) for n in range(4))
    assert lists(f"<div><h2>Dossiers</h2><ul>{cards}</ul></div>") == [("Dossiers", 4)]


def test_the_source_in_a_card_with_further_stories_below_it_labels_none() -> None:
    cards = "".join(
        f"<li><div><p>Harbour News Agency</p>{story(n, box='div')}<ul>{stories(n + 1, 2, kind='span')}</ul></div></li>"
        for n in (0, 4, 8)
    )
    assert {label for label, _ in lists(f"<div><ul>{cards}</ul></div>")} == {None}


def test_what_is_pressed_is_no_label() -> None:
    button = "<div class='btnGoHome mt-3'>Press here for the front page</div>"
    assert lists(f"<div>{button}<ul>{stories()}</ul></div>") == [(None, 4)]


def test_topics_of_the_day_over_all_lists_label_none() -> None:
    strip = "<a href='/today'>All of today</a> <a href='/person/ada'><span>Focus</span><span>Ada Whitlow</span></a>"
    boxes = "".join(f"<div><div><div><div>{stories(first)}</div></div></div></div>" for first in (0, 4))
    assert {label for label, _ in lists(f"<div><div>{strip}</div><div>{boxes}</div></div>")} == {None}


def test_panes_of_one_story_each_are_lists_of_their_own() -> None:
    heads = "<ul><li><a href='#'>Film</a></li><li><a href='#'>Pictures</a></li></ul>"
    panes = "".join(f"<div>{story(n, box='div')}</div>" for n in range(2))
    assert lists(f"<section><h2>Watch</h2>{heads}<div>{panes}</div></section><ul>{stories(4)}</ul>")[:2] == [
        ("Film", 1),
        ("Pictures", 1),
    ]


def test_the_way_to_the_page_is_no_label() -> None:
    trail = f"<div class=crumb-header><a href='/'>Home</a> <b>Politics</b> <span>{TITLE[:24]}…</span></div>"
    text = f"<h1>{TITLE}</h1><p>{'Words of the article, one after another. ' * 20}</p>"
    main = f"{trail}<div><div>{text}</div><aside><div>{stories()}</div></aside></div>"
    assert lists(main, STORY) == [(None, 4)]


def test_two_lines_side_by_side_that_are_no_headings_label_no_list() -> None:
    editor = "<div><span>Edited by Ada Whitlow</span> <a href='/'>Back to the front page</a></div>"
    assert lists(f"<div>{editor}<ul>{stories()}</ul></div>") == [(None, 4)]


def test_a_picture_that_leads_to_a_story_names_no_list() -> None:
    picture = "<div><a href='/town/2026/story-0-of-the-day.html'><img alt='Gulls over the pier' src='/g.jpg'></a></div>"
    assert lists(f"<div>{picture}<ul>{stories()}</ul></div>") == [(None, 4)]


def test_a_menu_of_one_is_the_head_of_the_pane_below() -> None:
    head = "<ul class=menu0><li class=hover>Read in two days</li></ul>"
    assert lists(f"<div>{head}<div><ul>{stories()}</ul></div></div>") == [("Read in two days", 4)]


def test_heads_that_lead_away_and_are_as_many_as_the_panes_name_them() -> None:
    heads = "".join(
        f"<li><a href='/?tab={n}'>{label}</a></li>" for n, label in enumerate(("read", "discussed", "shared"))
    )
    panes = "".join(f"<div><div><ul>{stories(first)}</ul></div></div>" for first in (0, 4, 8))
    found = lists(f"<div><h2>The most…</h2><div><ul>{heads}</ul><div>{panes}</div></div></div>")
    assert found == [("read", 4), ("discussed", 4), ("shared", 4)]


def test_panes_are_of_the_kind_that_the_heading_over_their_heads_says() -> None:
    panes = "".join(
        f"<h3><a href='#'>{label}</a></h3><div><ol>{stories(first, kind='span')}</ol></div>"
        for label, first in (("Town", 0), ("Sport", 4))
    )
    html = f"<html><body><main><div><h2>Most read</h2>{panes}</div></main></body></html>"
    found = find_headline_lists(parse_document(html, FRONT)).lists
    assert [(one.label, one.kind) for one in found] == [("Town", ListKind.POPULAR), ("Sport", ListKind.POPULAR)]


def test_clocks_under_a_day_are_a_stream() -> None:
    rows = "".join(story(n, around=f"<time>1{n}:05</time>") for n in range(3, -1, -1))
    html = f"<html><body><main><div><h2>27 February 2026</h2><ul>{rows}</ul></div></main></body></html>"
    (found,) = find_headline_lists(parse_document(html, FRONT)).lists
    assert (found.label, found.kind) == ("27 February 2026", ListKind.LATEST)


def test_a_hidden_list_that_nothing_shows_is_none() -> None:
    hidden = f"<div hidden><h2>Draft</h2><ul>{stories(8)}</ul></div>"
    shown = "".join(
        f"<section><h2>{label}</h2><ul>{stories(n)}</ul></section>" for label, n in (("Town", 0), ("Sea", 4))
    )
    assert lists(f"{shown}{hidden}") == [("Town", 4), ("Sea", 4)]


def test_a_hidden_pane_of_tabs_is_a_list() -> None:
    heads = "<ul><li><a href='#a'>Town</a></li><li><a href='#b'>Sport</a></li></ul>"
    panes = f"<div id=a><ul>{stories()}</ul></div><div id=b hidden><ul>{stories(4)}</ul></div>"
    assert lists(f"<div>{heads}{panes}</div>") == [("Town", 4), ("Sport", 4)]


def test_a_label_of_letters_with_vowel_signs_between_is_one() -> None:
    assert lists(f"<section><h2>\u0e27\u0e34\u0e2a\u0e38\u0e02</h2><ul>{stories()}</ul></section>") == [
        ("\u0e27\u0e34\u0e2a\u0e38\u0e02", 4)
    ]


def test_stories_distinguished_by_a_key_are_not_below_one_another() -> None:
    cards = "".join(
        f"<article><h3><a href='/story.php?id={7000 + n}'>{title}</a></h3>{'<p>Ada</p>' if n else ''}</article>"
        for n, title in enumerate(TITLES)
    )
    assert lists(f"<section><div><h2>Town</h2></div>{cards}</section>") == [("Town", 4)]


def test_a_heading_right_over_a_list_names_it_whatever_its_words() -> None:
    assert lists(f"<section><header><h2>Services</h2></header><ul>{stories()}</ul></section>") == [("Services", 4)]


def test_two_topics_over_an_empty_box_and_the_lists_are_no_heads_of_panes() -> None:
    strip = "<div><a href='/today'>Today</a> <a href='/person/ada'>Ada Whitlow</a></div>"
    boxes = "".join(f"<div><div><ul>{stories(first)}</ul></div></div>" for first in (0, 4))
    found = lists(f"<div>{strip}<div class=banner></div><div>{boxes}</div></div>")
    assert {label for label, _ in found} == {None}


def test_the_column_that_a_page_begins_with_stays_first_though_it_is_a_stream() -> None:
    rows = "".join(story(n, kind="h2", around=f"<span>1{9 - n}:05</span>") for n in range(8))
    film = f"<div><h2>Films</h2><ul>{stories(20, 3)}</ul></div>"
    more = "".join(story(n, kind="h2", around=f"<span>1{17 - n}:40</span>") for n in range(8, 16))
    found = lists(f"<div><ul>{rows}</ul></div>{film}<section><h3>Latest</h3><ul>{more}</ul></section>")
    assert [label for label, _ in found] == [None, "Films", "Latest"]


def test_the_word_behind_a_clock_is_no_kicker() -> None:
    rows = "".join(story(n, around=f"<time>2{n}:00<span class=category> Uhr</span></time>") for n in range(3, -1, -1))
    document = parse_document(f"<html lang=de><body><main><ul>{rows}</ul></main></body></html>", FRONT)
    (found,) = find_headline_lists(document, language="de").lists
    assert {headline.kicker for headline in found.headlines} == {None}


def test_a_clock_without_a_zone_is_in_that_of_the_others() -> None:
    stamps = (
        "2026-02-27T13:05:00+01:00",
        "2026-02-27T12:05:00+01:00",
        "2026-02-27T11:05:00",
        "2026-02-27T10:05:00+01:00",
    )
    rows = "".join(story(n, around=f"<time datetime='{stamp}'>{stamp[11:16]}</time>") for n, stamp in enumerate(stamps))
    (found,) = find_headline_lists(
        parse_document(f"<html><body><main><ul>{rows}</ul></main></body></html>", FRONT)
    ).lists
    assert [headline.published and headline.published.isoformat() for headline in found.headlines] == [
        f"{stamp[:19]}+01:00" for stamp in stamps
    ]


_FOLLOW = "<a href='https://reader.example/lantern'>Follow the Lantern in your reader</a>"


@pytest.mark.parametrize(
    "above",
    [
        f"<h4>{_FOLLOW}</h4><p>Today</p>",
        f"<p><strong>{_FOLLOW}</strong></p><p>Today</p>",
        "<p><strong><a href='/about.html'>How we work</a></strong></p><p>Today</p>",
        "<h3>Should the town build a second pier?</h3><p>Yes — 40%</p><p>No — 60%</p><div>Today</div>",
        f"<h4>{_FOLLOW}</h4><h4>Today</h4>",
    ],
)
def test_the_words_right_over_a_list_name_it_rather_than_the_way_elsewhere_above_them(above: str) -> None:
    assert lists(f"<article><h1>{TITLE}</h1>{above}<ul>{stories(count=6)}</ul></article>", STORY) == [("Today", 6)]


def test_a_heading_that_leads_to_another_site_names_the_list_right_below_it() -> None:
    heading = "<h2><a href='https://bookmarks.example/lantern'>Bookmarked</a></h2>"
    assert lists(f"<div>{heading}<ul>{stories(count=6)}</ul></div>") == [("Bookmarked", 6)]
