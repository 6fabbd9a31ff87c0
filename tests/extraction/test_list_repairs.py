"""Lists whose heads, titles, times or addresses stand in less usual markup."""

from datetime import UTC, datetime

import pytest

from newsreader.extraction.decoding import decode
from newsreader.extraction.page import parse_page
from newsreader.models import HeadlineList

URL = "https://quay.example/"
STORY = "https://quay.example/news/4099-a-story-of-the-quay"
NOW = datetime(2026, 5, 12, 12, tzinfo=UTC)
TITLES = ["The night ferry leaves from another quay", "Bakers ask for a cheaper kind of flour", "A bell is cast for us"]
OTHERS = ["Two swans hold up the morning traffic", "The old mill sells its last sack", "Night school opens in the hall"]


def lists_in(body: str, title: str = "Quay", url: str = URL) -> tuple[HeadlineList, ...]:
    page = f"<html lang=en><title>{title}</title><body>{body}</body></html>"
    return parse_page(page.encode(), url, fetched_at=NOW).headline_lists


def rows(titles: list[str], form: str = "<li><a href='/news/{}-a-story'>{}</a></li>", first: int = 4100) -> str:
    return "".join(form.format(first + number, title) for number, title in enumerate(titles))


@pytest.mark.parametrize(
    "form",
    [
        "<div><div><span>{}</span><span>{}</span></div><div><div><ul>{}</ul></div><div><ul>{}</ul></div></div></div>",
        "<aside><div><h3>{}</h3><h3>{}</h3></div><div class=p><ul>{}</ul></div><div class=p><ul>{}</ul></div></aside>",
    ],
    ids=["words side by side", "headings side by side"],
)
def test_heads_in_one_row_name_the_panes_below_in_their_order(form: str) -> None:
    found = lists_in(form.format("Most read", "Most shared", rows(TITLES), rows(OTHERS, first=5200)))
    assert {each.label: [h.title for h in each.headlines] for each in found} == {
        "Most read": TITLES,
        "Most shared": OTHERS,
    }


@pytest.mark.parametrize(
    "form",
    [
        "<div><a href='/news/{}-a-story'><h3>{}</h3></a><a href='/news/{}-a-story'><p>{}</p></a></div>",
        "<a href='/news/{}-a-story'><h3>{}</h3><p>{}</p></a>",
    ],
    ids=["two links", "one link"],
)
def test_where_all_headings_are_names_the_other_line_is_the_headline(form: str) -> None:
    names = ["Ida Marsh", "Tom Bellwether", "Una Stone"]
    cards = ""
    for number, (name, title) in enumerate(zip(names, TITLES, strict=True)):
        cards += form.format(
            *([number + 410, name, number + 410, title] if "</a><a" in form else [number + 410, name, title])
        )
    (found,) = lists_in(f"<section><h2>Opinion</h2>{cards}</section>")
    assert [headline.title for headline in found.headlines] == TITLES


def test_stories_that_differ_in_a_key_that_elsewhere_says_where_a_reader_is_from_are_several() -> None:
    links = rows(TITLES, "<p><a href='/view?from={}'>{}</a></p>", first=1)
    (found,) = lists_in(links)
    assert [headline.url for headline in found.headlines] == [f"{URL}view?from={n}" for n in (1, 2, 3)]


def test_links_to_one_story_from_several_places_of_a_page_are_one() -> None:
    story = "<h3><a href='/news/4100-a-story?from=title'>The night ferry leaves from another quay</a></h3>"
    story += (
        "<p><a href='/news/4100-a-story?from=text'>It does so for the third time this week, and nobody knows</a></p>"
    )
    story += "<a href='/news/4100-a-story?from=more'>All about the ferry</a>"
    found = lists_in(
        f"<article>{story}</article><article>{rows(OTHERS[:1], '<h3><a href=/news/{}-a-story>{}</a></h3>')}</article>"
    )
    assert sum("4100" in headline.url for each in found for headline in each.headlines) <= 2


def test_days_on_lines_of_their_own_date_the_clocks_below_them() -> None:
    form = "<p>{} <a href='/news/{}-a-story'>{}</a></p>"
    times = iter(("19:40", "08:15", "22:10", "07:05"))
    lines = [form.format(next(times), 4100 + n, title) for n, title in enumerate([*TITLES[:2], *OTHERS[:2]])]
    body = f"<div><div>3 May 2026</div>{lines[0]}{lines[1]}<div>2 May 2026</div>{lines[2]}{lines[3]}</div>"
    days = [h.published.day for each in lists_in(body) for h in each.headlines if h.published]
    assert days == [3, 3, 2, 2]


def test_a_time_for_programs_outweighs_yesterday() -> None:
    body = rows(
        TITLES, "<li><a href='/news/{}-a-story'>{}</a> <time datetime='2026-05-09T09:00Z'>Yesterday</time></li>"
    )
    (found,) = lists_in(f"<ul>{body}</ul>".replace("09:00Z", "09:01Z", 1))
    assert [h.published and h.published.day for h in found.headlines] == [9, 9, 9]


def test_thousands_in_words_are_views_in_every_language_that_has_a_word_for_them() -> None:
    form = "<li><a href='/news/{}-a-story'>{}</a> <span>2,1 mil visualizações</span></li>"
    (found,) = lists_in(f"<ul>{rows(TITLES, form)}</ul>")
    assert [headline.views for headline in found.headlines] == [2100] * 3


def test_what_is_left_behind_a_kicker_begins_with_a_word() -> None:
    (found,) = lists_in(
        f"<ul>{rows(TITLES, '<li><a href=/news/{}-a-story><span class=rubric>View</span>. {}</a></li>')}</ul>"
    )
    assert [headline.title for headline in found.headlines] == TITLES


def test_bold_words_before_a_line_break_are_the_headline_of_the_link_below() -> None:
    form = "<tr><td><b>{1}</b><br>The rest of it is told below.<br><a href='/read?id={0}'>Read more</a></td></tr>"
    (found,) = lists_in(f"<table>{rows(TITLES, form)}</table>")
    assert [headline.title for headline in found.headlines] == TITLES


def test_the_name_of_the_site_and_what_it_says_of_itself_is_no_label() -> None:
    cards = rows(TITLES, "<article><h3><a href='/news/{}-a-story'>{}</a></h3></article>")
    (found,) = lists_in(f"<div><b>The Quay</b> – a paper of the water</div><div>{cards}</div>", "The Quay | News")
    assert found.label is None


@pytest.mark.parametrize(
    ("language", "codec", "words"),
    [
        ("fr", "cp1252", "déjà à la mairie, près du port"),
        ("tr", "cp1254", "Bir vapur daha, şimdi değil, ışık yandığında"),
    ],
)
def test_a_few_letters_are_read_in_the_code_of_the_pages_language(language: str, codec: str, words: str) -> None:
    body = f"<html lang={language}><meta charset=utf-8><p>{words}</p></html>".encode(codec)
    assert words in decode(body, "text/html; charset=utf-8")


def test_a_name_too_short_for_a_headline_does_not_keep_the_others_from_being_names() -> None:
    form = "<div><a href='/news/{}-a-story'><h2>{}</h2><span>{}</span></a></div>"
    names, titles = ["Ida Marsh", "Ivo Fen", "Una Stone", "Tom Bell"], [*TITLES, OTHERS[0]]
    cards = "".join(form.format(n, *both) for n, both in enumerate(zip(names, titles, strict=True), start=4100))
    (found,) = lists_in(f"<section>{cards}</section>")
    assert [headline.title for headline in found.headlines] == titles


def test_days_that_are_terms_over_several_items_date_them() -> None:
    form = "<dt><b>{} May 2026</b></dt>{}"
    items = [
        rows(each[:2], "<dd><a href='/news/{}-a-story'>{}</a></dd>", first)
        for each, first in ((TITLES, 41), (OTHERS, 52))
    ]
    found = lists_in(f"<dl>{form.format(11, items[0])}{form.format(10, items[1])}</dl>".replace("/news/", "/news/2026"))
    assert [(each.label, [h.published and h.published.day for h in each.headlines]) for each in found] == [
        ("11 May 2026", [11, 11]),
        ("10 May 2026", [10, 10]),
    ]


def test_a_notice_of_an_advertisement_does_not_divide_a_list() -> None:
    halves = (f"<ul class=l>{rows(each[:2], first=first)}</ul>" for each, first in ((TITLES, 4100), (OTHERS, 5200)))
    (found,) = lists_in(f"<div><h2>Inland</h2>{'<div><span>Advertisement</span></div>'.join(halves)}</div>")
    assert (found.label, len(found.headlines)) == ("Inland", 4)


def test_links_below_the_headings_of_items_that_lead_to_other_kinds_of_pages_are_topics() -> None:
    topics = ["Weather and the changing coast", "Schools of the upper valley", "Old crafts and their people"]
    form = "<li><h3><a href='/2026/05/{}-a-story-of-ours'>{}</a></h3><p><a href='/matters/{}'>{}</a></p></li>"
    items = "".join(form.format(4100 + n, TITLES[n], n, topics[n]) for n in range(3))
    (found,) = lists_in(f"<ul>{items}</ul>")
    assert [headline.title for headline in found.headlines] == TITLES


def test_an_age_between_a_host_and_a_name_in_one_line_is_the_storys() -> None:
    line = "<div><span>flour.example</span> sent 2 hours ago by <a href='/user/lo'>lo</a></div>"
    form = f"<li><a href='/news/{{}}-a-story'>{{}}</a>{line}</li>"
    (found,) = lists_in(f"<ol>{rows(TITLES, form)}</ol>")
    assert [headline.time_text for headline in found.headlines] == ["2 hours ago"] * 3


@pytest.mark.parametrize(
    "above",
    [
        "<div>Tuesday, 12 May 2026</div><div>+14° and a little rain</div>",
        "<div><span>Tuesday, 12 May 2026</span><b>Quay</b><a href='/login'>Sign in</a></div>",
    ],
    ids=["day and weather", "day, name and sign-in"],
)
def test_the_day_at_the_top_of_a_page_is_no_label(above: str) -> None:
    cards = rows(TITLES, "<li><a href='/news/{}-a-story'><h3>{}</h3></a></li>")
    (found,) = lists_in(f"{above}<ul>{cards}</ul>")
    assert found.label is None


def test_a_day_right_over_a_list_is_its_label() -> None:
    (found,) = lists_in(f"<main><p>Our paper</p><h2>11 May 2026</h2><ul>{rows(TITLES)}</ul></main>")
    assert found.label == "11 May 2026"


def test_a_second_pane_of_short_titles_is_known_by_its_addresses() -> None:
    short = ["Mist holds the morning boats", "A baker bakes for all", "Snow comes early to us"]
    long = [f"{title} of the old town" for title in TITLES]
    panes = f"<td><ul>{rows(long)}</ul></td><td><ul>{rows(short, first=5200)}</ul></td>".replace("/news", "/2026/05")
    found = lists_in(f"<table><tr><th>Read</th><th>Discussed</th></tr><tr>{panes}</tr></table>")
    assert {each.label: [h.title for h in each.headlines] for each in found} == {"Read": long, "Discussed": short}


def test_a_date_for_programs_outweighs_yesterday_without_a_clock_too() -> None:
    body = rows(
        TITLES, "<li><a href='/news/{0}-a-story'>{1}</a> <time datetime='2026-05-0{0}'>Yesterday</time></li>", 1
    )
    (found,) = lists_in(f"<ul>{body}</ul>".replace("/news/", "/news/2026"))
    assert [h.published and h.published.day for h in found.headlines] == [1, 2, 3]


@pytest.mark.parametrize(
    "form",
    [
        "<p><a href='/news/{}-a-story'>{}</a><br><small>3 points sent by somebody 2 hours ago, 5 comments</small></p>",
        "<tr><td><a href='/news/{}-a-story'>{}</a></td></tr><tr><td>3 points by somebody, 2 hours ago or so</td></tr>",
    ],
    ids=["in the card", "in the next row"],
)
def test_an_age_among_other_words_counts_where_every_story_has_one(form: str) -> None:
    (found,) = lists_in(f"<table>{rows(TITLES, form)}</table>" if form.startswith("<tr") else rows(TITLES, form))
    assert [headline.time_text for headline in found.headlines] == ["2 hours ago"] * 3


def test_heads_and_panes_in_one_row_pair_off() -> None:
    heads = "<x-tab>Most read</x-tab><x-tab>Most shared</x-tab>"
    panes = f"<x-pane><ul>{rows(TITLES)}</ul></x-pane><x-pane><ul>{rows(OTHERS, first=5200)}</ul></x-pane>"
    found = lists_in(f"<x-tabs>{heads}{panes}</x-tabs>".replace("/news", "/2026/05"))
    assert {each.label: [h.title for h in each.headlines] for each in found} == {
        "Most read": TITLES,
        "Most shared": OTHERS,
    }


@pytest.mark.parametrize(
    "form",
    [
        "<li><strong>{1}</strong> <a href='/news/{0}-a-story'>Read more</a></li>",
        "<li><h2>{1}</h2><a href='/news/{0}-a-story'><span class=visually-hidden>Open the page</span></a></li>",
    ],
    ids=["bold before the link", "heading before a link whose words are out of sight"],
)
def test_words_before_a_link_that_says_nothing_are_its_headline(form: str) -> None:
    (found,) = lists_in(f"<ul>{rows(TITLES, form)}</ul>")
    assert [headline.title for headline in found.headlines] == TITLES


_STORY = "".join(
    f"<p>The ferry left the quay at {hour} with all who had waited, said the skipper, and came back before the tide "
    "had turned, because the pilots had asked for it in the morning.</p>"
    for hour in ("six", "eight", "ten", "noon")
)


def labels_in(inner: str) -> list[str | None]:
    page = (
        f"<html lang=en><head><title>The ferry</title></head><body><main><article><h1>The ferry is on time</h1>{_STORY}"
        f"</article></main>{inner}</body></html>"
    )
    found = parse_page(page.encode(), "https://quay.example/2026/11/the-ferry-is-on-time", "text/html; charset=utf-8")
    return [each.label for each in found.headline_lists]


def test_the_days_of_a_calendar_are_no_ranks_of_stories() -> None:
    cells = "".join(
        f"<td><a href='/2025/12/{day:02}/' aria-label='Posts published on December {day}, 2025'>{day}</a></td>"
        for day in range(1, 15)
    )
    rows = cells.replace("</td><td><a href='/2025/12/08/'", "</td></tr><tr><td><a href='/2025/12/08/'")
    calendar = f"<aside><table class=calendar><caption>December 2025</caption><tr>{rows}</tr></table></aside>"
    assert labels_in(calendar) == []


def test_a_sentence_over_links_of_the_site_is_no_label_below_a_heading_that_names_no_list() -> None:
    names = (
        "The standards and practices of the quay and its coast",
        "Who we are and how we work at the quay each day",
        "Corrections and clarifications of what we have written",
        "Send the newsroom a tip about what should be written",
    )
    links = "".join(f"<li><a href='/news/{n}-a-longer-page-1.{n}'>{name}</a></li>" for n, name in enumerate(names))
    author = "<h2>About the author</h2><p>Ada Quill</p><p>With files from the agency and Olaf Reed of the coast</p>"
    assert labels_in(f"<section>{author}<ul>{links}</ul></section>") == []


def test_a_whole_headline_in_the_folder_of_the_others_stays_in_their_list() -> None:
    links = [
        ("2291-night-ferry-quay", TITLES[0]),
        ("2292-cheaper-kind-flour", TITLES[1]),
        ("2293-bell-is-cast", TITLES[2]),
    ]
    links += [("2294-two-swans-hold", OTHERS[0]), ("sack", OTHERS[1]), ("2296-school-opens-hall", OTHERS[2])]
    items = "".join(f"<li><a href='/blog/22/{address}.html'>{title}</a></li>" for address, title in links)
    (found,) = lists_in(f"<main><h1>Quay</h1></main><aside><h3>Latest</h3><ul>{items}</ul></aside>")
    assert [headline.title for headline in found.headlines] == [title for _, title in links]


def test_teasers_with_pictures_in_a_wide_menu_are_not_lost_for_short_addresses() -> None:
    form = "<li><a href='/2026/05/{}'><span><img src='/{}.jpg'></span><h4>{}</h4></a></li>"
    addresses = ["night-ferry-another-quay", "una-stone", "bell-is-cast-for-us"]
    items = "".join(form.format(address, address, title) for address, title in zip(addresses, TITLES, strict=True))
    beat = f"<li><h3><a href='/category/town/'>Town</a></h3><ul>{items}</ul></li>"
    menu = f"<nav id=global-nav><ul><li><h2><a href='/all/'>All</a></h2><ul class=subnav>{beat}</ul></li></ul></nav>"
    found = lists_in(f"{menu}<main><h1>Quay</h1></main>")
    assert TITLES in [[headline.title for headline in each.headlines] for each in found]


def test_words_beside_an_advertisement_are_no_label() -> None:
    sold = "<div><span class=who>Presented by</span><div class=ad id=ad-7></div></div>"
    (found,) = lists_in(f"<main><h1>Quay</h1></main>{sold}<ul>{rows(TITLES)}</ul>")
    assert found.label is None


def test_a_date_in_the_link_of_a_category_is_no_part_of_the_kicker() -> None:
    form = "<div class=card><a class=card-label href='/town'>Town<div class=when>2026/05/1{}</div></a>"
    form += "<a class=card-title href='/news/41{}-a-story'>{}</a></div>"
    cards = "".join(form.format(number, number, title) for number, title in enumerate(TITLES))
    (found,) = lists_in(f"<section><h2>Latest</h2>{cards}</section>")
    assert {headline.kicker for headline in found.headlines} <= {"Town", None}
    assert all(headline.published is not None for headline in found.headlines)


def test_the_caption_of_a_row_of_pictures_is_no_headline() -> None:
    picture = "<a href='/news/4100-a-story-of-the-quay?slide=1'><img src='/quay.jpg' alt='The quay'></a>"
    box = f"<div class=gallery>{picture}<h3>1 of 2. {TITLES[0]} of the town.</h3></div>"
    assert lists_in(f"<h1>Quay opens</h1><p>May 12, 2026</p>{box}<p>{OTHERS[0]}.</p>", url=STORY) == ()


@pytest.mark.parametrize(
    "line",
    [
        "<p>Oh, the ferry. <a href='/news/4100-a-story-of-the-quay'>It truly is a wonder of the coast</a>.</p>",
        "<p><em>[More on <a href='/news/4100-a-story-of-the-quay'>how our paper counted all its readers</a>.]</em></p>",
    ],
)
def test_a_link_in_a_short_paragraph_is_no_list(line: str) -> None:
    text = "".join(
        f"<p>{title}, and that is what everybody in the town speaks of in these days of May.</p>" for title in OTHERS
    )
    assert lists_in(f"<article><h1>Quay</h1>{line}{text}</article>", url=STORY) == ()


def test_the_way_to_more_below_a_heading_does_not_name_the_list() -> None:
    head = "<div class=group><h2 class=head__title>Told by our harbour</h2></div>"
    items = rows(TITLES, "<li class=post><p class=when>May 1, 2026</p><h3><a href='/news/{}-a-story'>{}</a></h3></li>")
    more = "<div class=head__cta><a href='/blog/' class=head__title-text>See more articles</a></div>"
    (found,) = lists_in(f"<main><h1>Quay</h1></main><div>{head}{more}<div class=query><ul>{items}</ul></div></div>")
    assert found.label == "Told by our harbour"
