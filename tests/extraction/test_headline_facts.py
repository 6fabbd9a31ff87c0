"""What stands beside a headline: which numbers are views, which words are kickers, which lists are copies."""

from collections.abc import Sequence

import pytest

from newsreader.extraction.page import parse_page
from newsreader.models import Headline
from tests.extraction.lamp import FETCHED, headlines, lists
from tests.extraction.lamp import TITLES as FIRST

TITLES = (*FIRST, "The old mill is sold to its last miller")
COUNTS = (17, 240, 3, 88, 61)


def rows(form: str, titles: Sequence[str] = TITLES) -> str:
    return "".join(
        form.format(t=title, a=f"/town/{title.lower().replace(' ', '-')}-{900 + n}/", n=count)
        for n, (title, count) in enumerate(zip(titles, COUNTS, strict=False))
    )


def comments(found: Sequence[Headline]) -> list[int | None]:
    return [each.comments.count if each.comments else None for each in found]


@pytest.mark.parametrize(
    "form",
    [
        "<li><a href='{a}'>{t}</a> <span>({n})</span></li>",
        "<li><a href='{a}'>{t}</a><svg><use xlink:href='/all.svg#icon-comment'></use></svg><span>{n}</span></li>",
        "<li><a href='{a}'>{t}</a><div><svg><use href='/all.svg#comments'></use></svg><p><b>{n}</b></p></div></li>",
    ],
)
def test_numbers_in_brackets_or_beside_the_drawing_of_a_comment_count_comments(form: str) -> None:
    found = headlines(f"<ul>{rows(form)}</ul>")
    assert [each.views for each in found] == [None] * 5
    assert comments(found) == list(COUNTS)


def test_bare_numbers_beside_headlines_are_still_views() -> None:
    assert [each.views for each in headlines(f"<ul>{rows('<li><a href={a}>{t}</a> <i>{n}</i></li>')}</ul>")] == list(
        COUNTS
    )


def test_the_head_of_a_column_says_what_its_numbers_count() -> None:
    heads = "<tr><th>Topic</th><th>Replies</th><th>Seen</th></tr>"
    form = "<tr><td><a href='{a}'>{t}</a></td><td>{n}</td><td></td></tr>"
    assert [each.views for each in headlines(f"<table>{heads}{rows(form)}</table>")] == [None] * 5


def test_the_year_of_a_date_in_parts_is_no_count() -> None:
    form = "<li><a href='{a}'>{t}</a><p class=date><span>3 May</span><span> 2027</span><span>, 9:15</span></p></li>"
    found = headlines(f"<ul>{rows(form)}</ul>")
    assert [each.views for each in found] == [None] * 5
    assert {str(each.published) for each in found} == {"2027-05-03 09:15:00"}


@pytest.mark.parametrize("separator", [":", " |", " /", " –"])
@pytest.mark.parametrize(
    "form",
    [
        "<article><h3><a href='{{a}}'><span class=kicker>Town {{n}}{0}</span> <span>{{t}}</span></a></h3></article>",
        "<article><p class=kicker>Town {{n}}{0}</p><h3><a href='{{a}}'>{{t}}</a></h3></article>",
        "<article><p class=x1>Town {{n}}{0}</p><h3><a href='{{a}}'>{{t}}</a></h3></article>",
    ],
)
def test_a_kicker_ends_before_its_separator(form: str, separator: str) -> None:
    found = headlines(rows(form.format(separator)))
    assert [(each.kicker, each.title) for each in found] == [
        (f"Town {n}", title) for n, title in zip(COUNTS, TITLES, strict=True)
    ]


def test_the_parts_of_a_kicker_keep_a_space_between_them() -> None:
    form = (
        "<article><p class=kicker><span>Live:</span><span>Flood {n}</span></p><h3><a href='{a}'>{t}</a></h3></article>"
    )
    assert headlines(rows(form))[0].kicker == "Live: Flood 17"


def test_words_above_few_headlines_of_a_list_are_kickers() -> None:
    bare = "<li><a href='{a}'>{t}</a></li>"
    marked = "<li><span class=x7>Section {n}</span> <a href='{a}'>{t}</a></li>"
    titles = [*TITLES, *(f"{title} again" for title in TITLES)]
    items = [rows(marked if n % 3 == 0 else bare, [title]) for n, title in enumerate(titles)]
    many = "".join(item.replace("Section 17", f"Section {n}") for n, item in enumerate(items))
    found = headlines(f"<ul>{many}</ul>")
    assert [each.kicker for each in found] == [f"Section {n}" if n % 3 == 0 else None for n in range(10)]


def test_the_words_above_a_lead_are_its_kicker_where_other_lists_have_such_words() -> None:
    form = "<article><div class=x7>Subject {n}</div><h3><a href='{a}'>{t}</a></h3></article>"
    lead = "<div><div class=x7>Harbour</div><h2><a href='/town/a-new-pier-for-the-old-harbour-77/'>{}</a></h2></div>"
    title = "A new pier for the old harbour"
    text = f"{lead.format(title)}<section><h2>Town</h2>{rows(form)}</section>"
    kickers = {each.title: each.kicker for found in lists(text) for each in found.headlines}
    assert kickers[title] == "Harbour"


def test_the_words_above_a_lead_are_nothing_where_no_other_headline_has_such_words() -> None:
    lead = "<div><div class=x8>Edit</div><h2><a href='/town/a-new-pier-for-the-old-harbour-77/'>{}</a></h2></div>"
    title = "A new pier for the old harbour"
    form = "<article><h3><a href='{a}'>{t}</a></h3></article>"
    text = f"{lead.format(title)}<section><h2>Town</h2>{rows(form)}</section>"
    assert {each.kicker for found in lists(text) for each in found.headlines} == {None}


@pytest.mark.parametrize("label_is_last", [False, True])
def test_a_list_that_is_there_twice_for_two_widths_of_screen_is_shown_once(label_is_last: bool) -> None:
    form = "<div class=card><a href='{a}'><img src='/{n}.jpg' alt=''></a><div class=t><a href='{a}'>{t}</a></div></div>"
    wide, narrow = (f"<div class={name}>{rows(form)}</div>" for name in ("wide", "narrow"))
    label = "<h2>Culture</h2>"
    text = f"{wide}<section>{label}{narrow}</section>" if label_is_last else f"<section>{label}{wide}{narrow}</section>"
    assert [(each.label, len(each.headlines)) for each in lists(text)] == [("Culture", 5)]


def test_lists_of_the_same_stories_under_two_labels_stay_two() -> None:
    form = "<li><a href='{a}'>{t}</a></li>"
    text = f"<section><h2>Newest</h2><ul>{rows(form)}</ul></section>"
    text += f"<section><h2>Most read</h2><ul>{rows(form)}</ul></section>"
    assert [each.label for each in lists(text)] == ["Newest", "Most read"]


def test_a_linked_teaser_is_not_taken_for_its_shorter_headline() -> None:
    teaser = "It was a long day for all {{n}} who were there. More will follow."
    form = f"<li><a href='{{a}}'>{{t}}</a> <a href='{{a}}'>{teaser}</a></li>"
    titles = ("Storks nest on the school", "A choir sings till morning", "Bread is dearer once more")
    assert [each.title for each in headlines(f"<h2>News</h2><ul>{rows(form, titles)}</ul>")] == list(titles)


@pytest.mark.parametrize(
    ("form", "time"),
    [
        ("<li><a href='{a}'>{t} <em>{n} minutes ago</em></a></li>", "17 minutes ago"),
        ("<li><a href='{a}'>{n} minutes ago {t}</a></li>", "17 minutes ago"),
        ("<li><a href='{a}'>{t} – 5 May 2027</a></li>", "5 May 2027"),
    ],
)
def test_the_times_that_most_headlines_begin_or_end_with_are_no_part_of_them(form: str, time: str) -> None:
    found = headlines(f"<ul>{rows(form)}</ul>")
    assert [each.title for each in found] == list(TITLES)
    assert found[0].time_text == time


@pytest.mark.parametrize(
    "titles",
    [
        (
            "5 minutes in the cold: how a diver lived",
            "10 days at sea with the herring fleet",
            "24 hours in a lighthouse",
        ),
        ("The storm that came 100 years ago", "How the old bridge fell 50 years ago", "The king drowned 300 years ago"),
        ("The mill that burned down 3 years ago", "A ferry sank here 12 years ago", "The flood began 20 years ago"),
    ],
    ids=["first words", "history", "years"],
)
def test_times_that_the_stories_are_about_stay_in_their_headlines(titles: tuple[str, ...]) -> None:
    text = f"<h2>History</h2><ul>{rows('<li><a href={a}>{t}</a></li>', titles)}</ul>"
    assert [each.title for each in headlines(text)] == list(titles)


def test_the_day_of_an_issue_stays_where_nothing_else_distinguishes_its_headlines() -> None:
    titles = tuple(f"The letter of the town for {day} May 2027" for day in (5, 4, 3))
    assert [each.title for each in headlines(f"<ul>{rows('<li><a href={a}>{t}</a></li>', titles)}</ul>")] == list(
        titles
    )


def test_numbers_that_begin_most_headlines_stay_in_them() -> None:
    numbered = (
        "9/11 remembered in the old harbour",
        "24/7 bakery opens beside the mill",
        "3/4 of the town votes again",
    )
    titles = (*numbered, "The pier is open again to walkers")
    assert [each.title for each in headlines(f"<ul>{rows('<li><a href={a}>{t}</a></li>', titles)}</ul>")] == list(
        titles
    )


def test_numbers_that_run_down_are_those_of_a_board_and_no_counts() -> None:
    form = "<tr><td>{n}</td><td><a href='{a}'>{t}</a></td></tr>"
    items = (
        rows(form, [title]).replace("<td>17</td>", f"<td>{311 - n}</td>").replace("-900/", f"-{900 + n}/")
        for n, title in enumerate(TITLES)
    )
    assert [each.views for each in headlines(f"<table>{''.join(items)}</table>")] == [None] * 5


def test_an_age_whose_time_is_in_its_title_is_no_count() -> None:
    form = "<li><a href='{a}'>{t}</a> <span title='2027-05-06 11:30:00'>30m</span></li>"
    assert [each.views for each in headlines(f"<ul>{rows(form)}</ul>")] == [None] * 5


def test_minutes_and_seconds_are_no_clocks_where_some_are_too_long_for_one() -> None:
    lengths = ("41:20", "11:35", "43:33", "09:10", "58:01")
    form = "<li><a href='{a}'>{t}</a> <span>{l}</span></li>"
    items = (rows(form.replace("{l}", length), [title]) for title, length in zip(TITLES, lengths, strict=True))
    assert [each.time_text for each in headlines(f"<ul>{''.join(items)}</ul>")] == [None] * 5


@pytest.mark.parametrize(
    "before",
    [
        "<div><span>Elmsford</span> <b>+7°</b> <a href='/weather/'>Outlook</a></div>",
        "<div>USD 41.20 EUR 44.85</div>",
        "<div><p>A town on a river</p></div>",
    ],
)
def test_words_before_the_main_part_of_a_page_are_no_label(before: str) -> None:
    form = "<article><h3><a href='{a}'>{t}</a></h3></article>"
    html = f"<html lang=en><body><nav><a href='/'>The Lamp</a></nav>{before}<main><div>{rows(form)}</div></main></body>"
    page = parse_page(html.encode(), "https://lamp.example/", "text/html; charset=utf-8", FETCHED)
    assert [each.label for each in page.headline_lists] == [None]


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("<div><img src='/labels/1.gif' alt='健康'></div>", "健康"),
        ("<ul class=heads><li class=active><a href='#'>Region</a></li></ul>", "Region"),
    ],
)
def test_a_short_word_in_a_picture_and_a_single_tab_are_labels(head: str, label: str) -> None:
    form = "<li><a href='{a}'>{t}</a></li>"
    assert [each.label for each in lists(f"<section>{head}<ul>{rows(form)}</ul></section>")] == [label]
