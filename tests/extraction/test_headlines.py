"""Headline lists: what is a story, what is found about it, and what stays cheap."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.extraction.document import parse_document
from newsreader.extraction.headlines import links
from newsreader.extraction.headlines.links import link_to, site_of
from newsreader.extraction.headlines.lists import FoundLists, find_headline_lists
from newsreader.extraction.headlines.words import (
    Mark,
    asks_readers,
    is_number,
    kind_of_label,
    marks,
    names_a_list,
    names_no_list,
    promises_more,
    says_more,
    word_count,
)
from newsreader.extraction.times.time_words import find_time, is_time
from newsreader.models import HeadlineList, ListKind

URL = "https://paper.example/town/2024/harbour-bridge-closed-until-spring.html"
FETCHED = datetime(2024, 9, 2, 19, 0, tzinfo=UTC)
TITLES = (
    "Council votes to keep the night ferry running",
    "Storm warning lifted along the northern coast",
    "School kitchens return to local farms next term",
    "Museum opens its first hall for printed maps",
    "Old tram depot finds a buyer after twelve years",
)
ARTICLE = f"<h1>Harbour bridge closed</h1><p>{'Words of the article, one after another. ' * 20}</p>"


def found_in(body: str, url: str = URL) -> FoundLists:
    return find_headline_lists(parse_document(f"<html><body>{body}</body></html>", url), FETCHED, "en")


def address(number: int) -> str:
    return f"/town/2024/story-number-{number}-of-the-day.html"


def listed(*items: str, label: str = "Latest news") -> str:
    return f"<h3>{label}</h3><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def stories(texts: tuple[str, ...] = TITLES) -> list[str]:
    return [f'<a href="{address(n)}">{text}</a>' for n, text in enumerate(texts)]


def only_list(body: str, url: str = URL) -> HeadlineList:
    (found,) = found_in(body, url).lists
    return found


# --- what is a story --------------------------------------------------------------------------


def test_a_labelled_list_is_found_with_its_titles_and_addresses() -> None:
    found = only_list(ARTICLE + listed(*stories()))
    assert (found.label, found.kind) == ("Latest news", ListKind.LATEST)
    assert tuple(headline.title for headline in found.headlines) == TITLES
    assert found.headlines[0].url == "https://paper.example/town/2024/story-number-0-of-the-day.html"


def test_a_page_without_links_has_no_lists() -> None:
    assert found_in("<p>Nothing here.</p>") == FoundLists()
    assert found_in("") == FoundLists()


def test_the_page_itself_is_an_item_of_its_list_and_a_way_to_share_it_is_none() -> None:
    own = f'<a href="{URL}#top">Harbour bridge closed until spring</a>'
    shared = f'<a href="{URL}?share=1">Send this story to your friends now</a>'
    found = only_list(ARTICLE + listed(own, *stories(), shared)).headlines
    assert [headline.title for headline in found] == ["Harbour bridge closed until spring", *TITLES]


def test_a_story_is_listed_once_whatever_its_address_looks_like() -> None:
    again = f'<a href="https://www.paper.example{address(1)}?utm_source=list#top">{TITLES[1]}</a>'
    assert len(only_list(ARTICLE + listed(*stories(), again)).headlines) == len(TITLES)


def test_links_in_sentences_are_no_headlines() -> None:
    sentence = "<p>The second bridge, as {} says at length, was carried off by the ice in a single night.</p>"
    assert found_in(ARTICLE + "".join(sentence.format(story) for story in stories())).lists == ()


def test_adverts_marked_as_such_are_left_out() -> None:
    adverts = [
        f'<a rel="sponsored" href="https://shop{n}.example/offer?to=7">Owners of old roofs should read this {n}</a>'
        for n in range(5)
    ]
    assert found_in(ARTICLE + listed(*adverts, label="From around")).lists == ()


def test_an_unfilled_template_is_no_story() -> None:
    template = '<a href="{{ item.url }}">{{ item.title }} and {{ item.kicker }} in words</a>'
    assert found_in(ARTICLE + listed(template)).lists == ()


@pytest.mark.parametrize("label", ["Latest news", "Последние новости", "Aktuelle Meldungen", "آخر الأخبار", "最新消息"])
def test_lists_come_in_the_order_of_interest(label: str) -> None:
    second = [f'<a href="/town/2024/another-{n}-of-the-stories.html">{text} again</a>' for n, text in enumerate(TITLES)]
    page = (
        ARTICLE + f"<div>{listed(*second, label='Related stories')}</div><div>{listed(*stories(), label=label)}</div>"
    )
    assert [found.kind for found in found_in(page).lists] == [ListKind.LATEST, ListKind.RELATED]


def test_a_short_headline_between_others_that_are_built_alike_is_one() -> None:
    short = "<a href='/town/2024/ferries.html'>Ferries</a>"
    items = [short, *stories()[:3], short.replace("ferries", "eels").replace("Ferries", "Eels sold"), *stories()[3:]]
    found = only_list(ARTICLE + listed(*items))
    assert [headline.title for headline in found.headlines] == [
        "Ferries", *TITLES[:3], "Eels sold", *TITLES[3:],
    ]  # fmt: skip
    topics = [*items, "<a href='/topics'>Topics</a>", "<b>Ferries</b>"]
    assert len(only_list(ARTICLE + listed(*topics)).headlines) == len(items)


def test_names_among_which_a_few_are_long_are_a_menu() -> None:
    names = ("Ferries", "Eels", "Weather", "Tides", "Boats", "Harbour fees", "Pilots", "Maps")
    long = ("Getting a berth for the summer", "Where to leave your old nets", "Who may fish from the quay")
    menu = "".join(f"<li><a href='/{name.lower().replace(' ', '-')}'>{name}</a></li>" for name in (*names, *long))
    assert found_in(f"{ARTICLE}<div><h3>The harbour</h3><ul>{menu}</ul></div>").lists == ()


def test_a_list_without_a_label_is_of_the_page_itself_where_that_is_no_story() -> None:
    grid = f"<div>{''.join(f'<div><h3>{story}</h3></div>' for story in stories())}</div>"
    assert only_list(f"<h1>The Paper</h1>{grid}", "https://paper.example/").kind is ListKind.SECTION
    assert only_list(f"<div>{ARTICLE}</div><div>{grid}</div>").kind is ListKind.OTHER


def test_what_is_under_labels_is_not_shown_again_without_one() -> None:
    body = (
        ARTICLE
        + f"<div>{listed(*stories())}</div><main><ul>{''.join(f'<li>{s}</li>' for s in stories()[:3])}</ul></main>"
    )
    assert [found.label for found in found_in(body).lists] == ["Latest news"]


def test_an_index_without_anything_of_stories_is_no_list() -> None:
    names = ("Letters to the editor", "The town in old pictures", "Weather for the coast", "Boats bought and sold")
    index = "".join(f"<li><a href='/{name.lower().replace(' ', '-')}'>{name}</a></li>" for name in names)
    assert found_in(f"<h1>The Paper</h1><h3>Opinions</h3><ul>{index}</ul>", "https://paper.example/").lists == ()


@pytest.mark.parametrize(("label", "is_found"), [("Latest news", True), ("Services", False)])
def test_a_footer_holds_stories_only_under_a_label_that_promises_them(label: str, is_found: bool) -> None:
    plain = [f"<a href='/harbour-{n}-of-the-town'>{title}</a>" for n, title in enumerate(TITLES)]
    body = f"{ARTICLE}<footer>{listed(*plain, label=label)}</footer>"
    assert bool(found_in(body).lists) is is_found


def test_a_publisher_is_at_home_under_the_domains_of_other_countries() -> None:
    items = [f"<a href='https://paper.co.uk/news/6300{n}'>{title}</a>" for n, title in enumerate(TITLES[:3])]
    body = f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
    at = "https://paper.com/news/explainers-6315"
    assert len(only_list(f"<div>{ARTICLE}</div><div>{body}</div>", f"{at}9607").headlines) == 3
    assert not found_in(f"<div>{ARTICLE}</div><div>{body}</div>", "https://journal.com/news/explainers-63159607").lists


def test_short_lines_of_syllables_say_enough() -> None:
    titles = (
        "밤배를 계속 다니게 하기로 결정",
        "북쪽 바다의 폭풍 경보가 풀려",
        "학교 급식 다시 동네 농장에서",
        "지도 박물관 첫 전시실 문 열어",
    )
    items = [f"<a href='/n/view.html?idx=1017{n}'>{title}</a>" for n, title in enumerate(titles)]
    found = only_list(ARTICLE + listed(*items, label="집중 분석"), "https://paper.example/n/view.html?idx=8576")
    assert tuple(headline.title for headline in found.headlines) == titles


# --- labels -----------------------------------------------------------------------------------


def labels_of(body: str) -> list[str | None]:
    return [found.label for found in found_in(f"<div>{ARTICLE}</div>{body}").lists]


def test_the_lists_of_sister_sites_are_each_under_its_own_sign() -> None:
    def of(site: str) -> str:
        items = "".join(
            f"<figure><a href='https://{site}/a/{n}000'><img src='/{n}.jpg'></a><a href='https://{site}/a/{n}000'>{title}"
            "</a></figure>"
            for n, title in enumerate(TITLES[:4])
        )
        return f"<article><a href='https://{site}'><img alt='{site} logo' src='/l.png'></a>{items}</article>"

    assert labels_of(f"<div>{of('kitchen.example')}{of('garden.example')}</div>") == [
        "kitchen.example",
        "garden.example",
    ]


def test_the_parts_of_a_section_are_under_its_heading() -> None:
    rows = [f"<article><h3>{story}</h3></article>" for story in stories()]
    body = f"<div><section><div><h2>Highlights</h2><ol><li>{rows[0]}</li><li>{rows[1]}</li></ol></div><div><div><ol>"
    body += (
        "".join(f"<li>{row}</li>" for row in rows[2:])
        + f"</ol></div></div></section></div><p>{'More words. ' * 90}</p>"
    )
    (found,) = found_in(ARTICLE + body).lists
    assert (found.label, len(found.headlines)) == ("Highlights", 5)


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("<h2>In depth: <a href='/sea/ferry'>The night ferry</a></h2>", "In depth: The night ferry"),
        ("<h2>Latest news</h2><div><a href='/'><img alt='The Paper' src='/l.png'></a></div>", "Latest news"),
        ("<p class=head><img alt='Harbour logo' src='/h.png'></p>", "Harbour"),
        ("<p><img alt='harbour-at-night-M' src='/h.png'></p>", None),
        ("<h2>Home</h2>", None),
        ("<h3>The quay at night (Image: The Paper)</h3>", None),
        (f"<h3>{TITLES[1]}</h3>", None),
    ],
)
def test_a_label_is_what_a_reader_sees_over_the_list(head: str, label: str | None) -> None:
    assert labels_of(f"<div>{head}<ul>{''.join(f'<li>{story}</li>' for story in stories())}</ul></div>") == [label]


def test_a_kicker_in_the_first_card_is_no_label_under_a_heading() -> None:
    first = f"<div><h4>Of the day</h4><div><div><h5>Ada Whitlow</h5></div><div>{stories()[0]}</div></div></div>"
    rest = "".join(f"<div><div><div>{story}</div></div></div>" for story in stories()[1:])
    assert labels_of(f"<section><div>{first}{rest}</div></section>") == ["Of the day"]


def test_an_item_that_is_a_promise_is_no_label() -> None:
    promise = "<a href='/trend/ferry'>Latest news of the ferry</a>"
    rows = "".join(f"<li class=item>{item}</li>" for item in (promise, *stories()))
    assert labels_of(f"<section><p><img alt='Harbour' src='/h.png'></p><ul>{rows}</ul></section>") == ["Harbour"]


# --- what is found about it ----------------------------------------------------------------------


def test_times_that_jump_back_up_are_of_the_day_before() -> None:
    clocks = ("18:18", "09:07", "17:58", "16:30", "08:00")
    items = [f"<b>{clock}</b> {story}" for clock, story in zip(clocks, stories(), strict=True)]
    found = only_list(ARTICLE + listed(*items))
    assert [headline.time_text for headline in found.headlines] == list(clocks)
    days = [headline.published.day for headline in found.headlines if headline.published]
    assert days == [2, 2, 1, 1, 1]


def test_views_are_numbers_and_comments_are_not_views() -> None:
    items = [
        f'{story} <i class="comments">{n}</i> <span class="views">1.{n}k</span>' for n, story in enumerate(stories(), 1)
    ]
    assert [headline.views for headline in only_list(ARTICLE + listed(*items)).headlines] == [
        1100,
        1200,
        1300,
        1400,
        1500,
    ]


@pytest.mark.parametrize(
    ("form", "views"),
    [("{}回閲覧", 4310), ("{}回視聴", 4310), ("浏览{}次", 4310), ("조회 {}회", 4310), ("再生時間{}秒", None)],
)
def test_a_count_right_before_its_counter_is_whole(form: str, views: int | None) -> None:
    items = (f"{story} <span>{form.format(4309 + n)}</span>" for n, story in enumerate(stories(), 1))
    assert only_list(ARTICLE + listed(*items)).headlines[0].views == views


def test_ranks_are_no_views() -> None:
    items = [f"<em>{n}</em> {story}" for n, story in enumerate(stories(), 1)]
    found = only_list(ARTICLE + listed(*items, label="Most read"))
    assert [headline.views for headline in found.headlines] == [None] * len(TITLES)
    assert [headline.title for headline in found.headlines] == list(TITLES)


def test_the_length_of_a_video_is_no_time() -> None:
    items = [
        f'<a href="{address(n)}"><img src="/{n}.jpg"><span class="duration">0{n}:12</span></a>{story}'
        for n, story in enumerate(stories())
    ]
    found = only_list(ARTICLE + listed(*items))
    assert [headline.time_text for headline in found.headlines] == [None] * len(TITLES)
    assert found.headlines[1].image == "https://paper.example/1.jpg"


@pytest.mark.parametrize("lengths", [("8 Min.", "3 Min.", "12 Min.", "5 Min.", "9 Min."), ("4 min",) * 5])
def test_minutes_that_do_not_run_like_ages_are_lengths(lengths: tuple[str, ...]) -> None:
    items = [f"{story} <span>{length}</span>" for story, length in zip(stories(), lengths, strict=True)][:-1]
    assert {headline.time_text for headline in only_list(ARTICLE + listed(*items)).headlines} == {None}


def test_minutes_that_grow_down_the_list_are_ages() -> None:
    ages = ("2 min", "9 min", "31 min", "48 min", "55 min")
    items = [f"{story} <span>{age}</span>" for story, age in zip(stories(), ages, strict=True)]
    assert tuple(headline.time_text for headline in only_list(ARTICLE + listed(*items)).headlines) == ages


@pytest.mark.parametrize(
    ("clocks", "are_times"),
    [(("0:48", "1:50", "0:45", "0:30", "0:55"), False), (("17:35", "17:07", "16:53", "9:15", "7:40"), True)],
)
def test_clocks_of_videos_are_times_only_where_they_fall(clocks: tuple[str, ...], are_times: bool) -> None:
    items = [
        f'<a href="/video/the-long-day-in-the-harbour-{n}000.html">{title}</a> <span>{clock}</span>'
        for n, (title, clock) in enumerate(zip(TITLES, clocks, strict=True))
    ]
    found = only_list(ARTICLE + listed(*items))
    assert tuple(h.time_text for h in found.headlines) == (clocks if are_times else (None,) * 5)


@pytest.mark.parametrize(
    "invitation",
    [
        "Subscribe now",
        "Next article",
        "Jetzt abonnieren",
        "Подпишитесь на рассылку порта",
        "Crane driver (m/f/d) for the northern quay wanted",
    ],
)
def test_what_asks_something_of_the_reader_is_no_headline(invitation: str) -> None:
    body = ARTICLE + listed(*stories(), f'<a href="{address(9)}">{invitation}</a>')
    assert [headline.title for headline in only_list(body).headlines] == list(TITLES)


def test_people_named_in_a_list_are_no_headlines() -> None:
    items = [f'{story} <a href="/writers/ada-may-whitlow-{n}">Ada May Whitlow</a>' for n, story in enumerate(stories())]
    body = ARTICLE + listed(*items, '<a href="/writers/ada-may-whitlow">Ada May Whitlow</a>')
    assert [headline.title for headline in only_list(body).headlines] == list(TITLES)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("<span>Town</span><span>{title}</span>", "Town {title}"),
        ("<span class=kicker>Town</span><span>{title}</span>", "{title}"),
        ("<b>F</b><b>irst, {title}</b>", "First, {title}"),
    ],
)
def test_a_kicker_that_only_style_sets_apart_is_a_word_of_its_own_or_none(heading: str, title: str) -> None:
    items = [
        f"<a href='{address(n)}'><h4>{heading.format(title=text)}</h4></a><p>Of the day</p>"
        for n, text in enumerate(TITLES)
    ]
    found = only_list(f"<div>{ARTICLE}</div><div>{listed(*items)}</div>")
    assert found.headlines[0].title == title.format(title=TITLES[0])
    assert found.label == "Latest news"


def test_a_summary_is_apart_from_the_title() -> None:
    teaser = "The boats will run every twenty minutes until midnight, as they did before the bridge was built."
    items = [f"<h4>{story}</h4><p>{teaser}</p>" for story in stories()]
    assert only_list(ARTICLE + listed(*items)).headlines[0].summary == teaser


@pytest.mark.parametrize(
    "before",
    [
        '<span>09:12</span> | <a href="/harbour/">Harbour</a><br>',
        '<span>Yesterday, 19:35</span> | <span><a href="/harbour/">Harbour</a></span> | ',
        "| ",
        '<a href="/harbour/">Гавань</a> · ',
    ],
)
def test_a_summary_begins_with_its_own_words(before: str) -> None:
    teaser = "The boats will run every twenty minutes until midnight, as they did before the bridge was built."
    items = [f"<h4>{story}</h4><p>{before}{teaser}</p>" for story in stories()]
    assert only_list(ARTICLE + listed(*items)).headlines[0].summary == teaser


def test_a_summary_keeps_a_time_that_its_sentence_begins_with() -> None:
    teaser = "At 09:12 <b>the ferry</b> left the harbour with forty passengers, an hour later than the timetable says."
    items = [f"<h4>{story}</h4><p>{teaser}</p>" for story in stories()]
    assert (only_list(ARTICLE + listed(*items)).headlines[0].summary or "").startswith("At 09:12 the ferry left")


def test_more_of_a_list_is_where_the_page_says() -> None:
    more = '<div><a href="/town/latest?page=2">Больше новостей</a></div>'
    assert (
        only_list(ARTICLE + f"<div>{listed(*stories())}{more}</div>").more_url
        == "https://paper.example/town/latest?page=2"
    )


def test_a_label_is_that_of_the_tab_which_shows_the_list() -> None:
    others = [f'<a href="/town/2024/other-{n}-of-the-many.html">{text} once more</a>' for n, text in enumerate(TITLES)]
    panes = "".join(
        f'<div id="{name}"><ul>{"".join(f"<li>{story}</li>" for story in inside)}</ul></div>'
        for name, inside in (("a", stories()), ("b", others))
    )
    heads = '<ul><li><a href="#a">Latest</a></li><li><a href="#b">Most read</a></li></ul>'
    found = found_in(f"{ARTICLE}<div>{heads}<div>{panes}</div></div>").lists
    assert [(one.label, one.kind) for one in found] == [("Latest", ListKind.LATEST), ("Most read", ListKind.POPULAR)]


def test_a_list_that_a_page_shows_twice_is_shown_once() -> None:
    again = f"<div><p>{'Words of the article go on. ' * 10}</p>{listed(*stories(), label='Most read')}</div>"
    assert only_list(ARTICLE + again + again).label == "Most read"


def test_slides_of_a_carousel_are_one_list() -> None:
    slides = "".join(
        f'<div class="item {"active" if n == 0 else ""}"><ul>{"".join(f"<li>{s}</li>" for s in inside)}</ul></div>'
        for n, inside in enumerate((stories()[:2], stories()[2:4], stories()[4:]))
    )
    found = only_list(f'{ARTICLE}<div><h3>Most read</h3><div class="slides">{slides}</div></div>')
    assert (found.label, len(found.headlines)) == ("Most read", len(TITLES))


def test_what_is_taken_from_the_article_holds_little_beside_the_titles() -> None:
    document = parse_document(f"<html><body>{ARTICLE}{listed(*stories())}</body></html>", URL)
    found = find_headline_lists(document, FETCHED, "en")
    *rows, label = found.nodes
    assert all(document.text_length[node] <= len(title) + 250 for node, title in zip(rows, TITLES, strict=True))
    assert "".join(map(str, label.itertext())) == found.lists[0].label


def test_a_number_behind_the_headline_counts_and_one_before_it_ranks() -> None:
    behind = [f'<a href="{address(n)}">{text}</a> <i class="num">{n * 31}</i>' for n, text in enumerate(TITLES, 1)]
    before = [f'<i class="num">{n * 31}</i> <a href="{address(n)}">{text}</a>' for n, text in enumerate(TITLES, 1)]
    assert [headline.views for headline in only_list(ARTICLE + listed(*behind)).headlines] == [31, 62, 93, 124, 155]
    assert {headline.views for headline in only_list(ARTICLE + listed(*before)).headlines} == {None}


@pytest.mark.parametrize("sign", ["👁 ", "👁️", "👀 "])
@pytest.mark.parametrize(
    "row", ['{time} <a href="{url}">{title}</a> {count}', '<a href="{url}">{time} {title} {count}</a>']
)
def test_an_eye_before_a_number_counts_views(sign: str, row: str) -> None:
    rows = [
        row.format(
            time=f"<b>1{n}:30</b>", url=address(n), title=f"<span>{text}</span>", count=f"<span>{sign}{n * 31}</span>"
        )
        for n, text in enumerate(TITLES, 1)
    ]
    found = only_list(ARTICLE + listed(*rows)).headlines
    assert [(each.title, each.views) for each in found] == [(text, n * 31) for n, text in enumerate(TITLES, 1)]


@pytest.mark.parametrize("label", ["<h3>Latest news</h3>", "<div><b>Today</b></div>"])
def test_in_a_flat_list_time_and_count_belong_to_the_headline_before_them(label: str) -> None:
    flat = "".join(
        f'<a href="{address(n)}">{text}</a><b>1{n}:30</b><i>{n * 40}</i>' for n, text in enumerate(TITLES, 1)
    )
    found = only_list(f"{ARTICLE}{label}<div>{flat}</div>").headlines
    assert [(headline.time_text, headline.views) for headline in found] == [
        (f"1{n}:30", n * 40) for n in range(1, len(TITLES) + 1)
    ]


@pytest.mark.parametrize("row", ["{time}{count}{link}", "{count}{time}{link}", "{time}{link}{count}"])
def test_the_ends_of_a_flat_list_say_which_headline_a_time_and_a_count_belong_to(row: str) -> None:
    flat = "".join(
        row.format(time=f"<b>1{n}:30</b>", count=f"<i>{n * 40}</i>", link=f'<a href="{address(n)}">{text}</a>')
        for n, text in enumerate(TITLES, 1)
    )
    found = only_list(f"{ARTICLE}<h3>Latest news</h3><div>{flat}</div>").headlines
    assert [(headline.time_text, headline.views) for headline in found] == [
        (f"1{n}:30", n * 40) for n in range(1, len(TITLES) + 1)
    ]


def test_a_link_to_the_page_in_another_language_is_no_headline() -> None:
    link = '<div><a href="/pl/news/2026/11/5197-poglebianie-portu.html">Czytaj po polsku</a></div>'
    assert [headline.title for headline in only_list(f"{link}{ARTICLE}{listed(*stories())}").headlines] == list(TITLES)


def test_control_characters_never_leave() -> None:
    items = [
        f'<time>1{n}:00\u009d</time> <a href="{address(n)}">\u202eTurned \u200b{text}</a>'
        for n, text in enumerate(TITLES)
    ]
    found = only_list(ARTICLE + listed(*items, label="Latest\u009b31m news"))
    shown = [found.label or "", *(f"{headline.title}{headline.time_text}" for headline in found.headlines)]
    assert all(text.isprintable() for text in shown)


# --- addresses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "is_story"),
    [
        ("/2024/09/02/council-votes-to-keep-the-ferry", True),
        ("/news/418273.html", True),
        ("/index.php?newsid=41827", True),
        ("/новости/паром-остаётся-на-всю-зиму-123456", True),
        ("/", False),
        ("/politics/", False),
        ("/tag/ferry-and-bridge-and-harbour", False),
        ("/author/ada-whitlow-of-the-town", False),
        ("/people/ada-may-whitlow", False),
        ("/people/2024/09/02/ada-may-whitlow-leaves-the-town", True),
        ("https://www.facebook.com/sharer/sharer.php?u=https://paper.example/a-b-c-d", False),
    ],
)
def test_addresses_of_stories_look_like_it(href: str, is_story: bool) -> None:
    link = link_to(href, URL)
    assert link is not None
    assert (link.points > 0) is is_story


@pytest.mark.parametrize(
    "href", ["", "#top", "javascript:void(0)", "mailto:a@b.example", "/a/picture.jpg", "http://[bad"]
)
def test_what_is_no_page_is_no_link(href: str) -> None:
    assert link_to(href, URL) is None


@given(st.from_regex(r"(https?://(www\.)?[a-z]{1,8}\.example)?(/[A-Za-z0-9._%~-]{0,12}){1,4}/?", fullmatch=True))
def test_addresses_without_a_parser_come_out_as_with_one(href: str) -> None:
    simple = links._resolved_simply(href, URL)
    assert simple is None or simple == links._resolved(href, URL)


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.paper.example", "paper.example"),
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("oren.mk.ru", "mk.ru"),
        ("a.b.com.ua", "b.com.ua"),
    ],
)
def test_a_site_is_the_registered_domain(host: str, site: str) -> None:
    assert site_of(host) == site


# --- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("18:18", "18:18"),
        ("вчера, 17:58", "вчера, 17:58"),
        ("vor 5 Min.", "vor 5 Min."),
        ("2 hours ago", "2 hours ago"),
        ("Published: 22:10, 20 March 2021", "22:10, 20 March 2021"),
        ("Politics | 12:45", "12:45"),
        ("Par Jean Dupont - 12 mai 2020", "12 mai 2020"),
        ("3小时前", "3小时前"),
        ("10월 25일", "10월 25일"),
        ("25 ต.ค. 2567", "25 ต.ค. 2567"),
        ("قبل 12 دقيقة", "قبل 12 دقيقة"),
        ("२ घंटे पहले", "२ घंटे पहले"),
        ("hier à 12:05", "hier à 12:05"),
        ("il y a 2 semaines", "il y a 2 semaines"),
        ("28.04.2023 20:14 01:02", "28.04.2023 20:14"),
        ("28.04.2023 17:37Uhr 01", "28.04.2023 17:37Uhr"),
        ("21 mins ago11:48", "21 mins ago"),
        ("14h261", "14h"),
        ("5d3494", "5d"),
        ("16 hours ago on", "16 hours ago"),
        ("692 um 21:02", "21:02"),
        ("Sie hier", None),
        ("01:32 min", None),
        ("10 Wochen", None),
        ("May", None),
        ("33", None),
        ("1.2k", None),
        ("5 things to know before the vote", None),
    ],
)
def test_times_are_cut_out_of_lines(text: str, time: str | None) -> None:
    found = find_time(text)
    assert (found.text if found else None) == time


def test_a_line_that_mentions_a_time_is_not_one() -> None:
    assert is_time("today, 12:30")
    assert not is_time("The ferry leaves at 12:30 from the northern pier")


@pytest.mark.parametrize(
    ("names", "mark"),
    [
        ("main-nav", Mark.NAVIGATION),
        ("topMenu", Mark.NAVIGATION),
        ("mostRead-list_2", Mark.LIST),
        ("entry_title", Mark.TITLE),
        ("post-views2", Mark.VIEWS),
    ],
)
def test_class_names_say_what_a_part_is(names: str, mark: Mark) -> None:
    assert mark in marks(names)


@pytest.mark.parametrize("names", ["css-1ad2x", "nav-featured", "sc-9d2ad", "x", ""])
def test_hashed_names_say_nothing(names: str) -> None:
    assert marks(names).isdisjoint({Mark.ADVERT, Mark.NAVIGATION, Mark.TAGS})


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Последние новости", ListKind.LATEST),
        ("Mest läst", ListKind.POPULAR),
        ("Related", ListKind.RELATED),
        ("Читайте также", ListKind.RELATED),
        ("الأكثر قراءة", ListKind.POPULAR),
        ("関連記事", ListKind.RELATED),
        ("Häufig gelesen", ListKind.POPULAR),
        ("Most discussed", ListKind.POPULAR),
        ("Cрочно", ListKind.LATEST),  # a Latin C
        ("Neue Nachrichten", ListKind.LATEST),
        ("Newsticker", ListKind.LATEST),
        ("Read more", ListKind.RELATED),
        ("Must read", ListKind.OTHER),
        ("Harbour", None),
        ("Sonst noch", None),
        ("Multimedia", None),
    ],
)
def test_labels_show_the_kind_of_a_list(label: str, kind: ListKind | None) -> None:
    assert kind_of_label(label) == kind
    assert names_a_list(label) is (kind is not None)


def test_labels_of_other_things_are_known() -> None:
    assert names_no_list("Sponsored")
    assert names_no_list("Комментарии")
    assert not names_no_list("Harbour")


@pytest.mark.parametrize(
    "text", ["Больше новостей", "Load more", "Next »", "Mehr", "もっと見る", "المزيد", "More news ↓"]
)
def test_the_link_to_more_is_recognised_by_its_words(text: str) -> None:
    assert says_more(text)
    assert not says_more(f"{text} than the town has ever seen before")


def test_a_title_that_leads_on_is_distinguished_from_a_headline() -> None:
    assert promises_more("Zobrazit dalších 145 zpráv")
    assert promises_more("Mehr von Ada Whitlow")
    assert not promises_more("Mehrere Boote liegen fest")


def test_words_spelt_out_without_spaces_are_longer_than_those_of_characters() -> None:
    assert word_count("สมชาย ใจดี") < 3 < word_count("港口渡轮整夜运行")


def test_words_are_counted_in_every_script() -> None:
    assert word_count("The night ferry stays") == 4
    assert word_count("市议会保留夜间渡轮") > 3
    assert word_count("") == 0


@pytest.mark.parametrize(
    ("text", "is_count"), [("1 234", True), ("(12)", True), ("2,4 тыс.", True), ("12:30", False), ("a1", False)]
)
def test_counters_are_numbers_alone(text: str, is_count: bool) -> None:
    assert is_number(text) is is_count


# --- what stays cheap -------------------------------------------------------------------------

MANY = 5_000


@pytest.mark.parametrize(
    "shape",
    [
        "<li><b>12:30</b> <a href='/n/2024/story-{n}-of-the-day.html'>Story {n} of the whole long day</a> 33</li>",
        "12:30 <a href='/n/2024/story-{n}-of-the-day.html'>Story {n} of the whole long day</a> 33<br>",
        "some words <a href='/n/2024/story-{n}-of-the-day.html'>Story {n} of the whole long day</a>",
    ],
    ids=["list", "flat", "prose"],
)
def test_thousands_of_links_in_one_place_are_read(shape: str) -> None:
    found = found_in("<h1>Story</h1><div>" + "".join(shape.format(n=n) for n in range(MANY)) + "</div>")
    assert sum(len(one.headlines) for one in found.lists) in (0, MANY)


@pytest.mark.parametrize("tag", ["div", "span", "li", "b", "a href=/x"])
def test_deep_trees_are_read(tag: str) -> None:
    name = tag.partition(" ")[0]
    link = '<a href="/n/2024/story-of-the-day-and-night.html">Story of the whole long day</a>'
    found_in(f"<{tag}>" * 3000 + link + f"</{name}>" * 3000)


@pytest.mark.parametrize(
    "trigger", [" ", "-", ".", "1", "1 ", "1:", "12:30 ", "a", "a-", "A", "(", "»", "/", "&", "年", "ago ", "more "]
)
def test_a_megabyte_of_one_thing_is_judged_at_once(trigger: str) -> None:
    flood = trigger * (1_000_000 // len(trigger))
    lines = (
        find_time, is_time, is_number, kind_of_label, names_no_list, says_more, promises_more, asks_readers, word_count,
        marks,
    )  # fmt: skip
    for judged in lines:
        judged(flood)
    link_to("/" + flood, URL)
    link = f'<a class="{flood[:100_000]}" href="/a-b-c-d-{flood[:1000]}">{flood} words and words</a>'
    found_in(f"<p>{flood}</p><h3>{flood}</h3>{link}")
