"""What a row says beside its headline, in forms that need a second look: dates in parts, badges without blanks."""

import pytest

from newsreader.extraction.times.dates import parse_time
from newsreader.extraction.times.time_words import find_time, is_time
from newsreader.models import Headline
from tests.extraction.lamp import FETCHED, TITLES, headlines


def address(number: int) -> str:
    return f"/town/{TITLES[number].lower().replace(' ', '-')}-{900 + number}/"


def link(number: int, inside: str = "{t}") -> str:
    return f"<a href='{address(number)}'>{inside.format(t=TITLES[number])}</a>"


def days(found: tuple[Headline, ...]) -> list[int | None]:
    return [one.published.day if one.published else None for one in found]


def test_a_date_and_a_subject_before_each_story_are_its_own_not_those_of_the_story_before() -> None:
    rows = "".join(
        f"<dt>2027年5月{6 - n}日 <span class=cat>{subject}</span></dt><dd>{link(n)}</dd>"
        for n, subject in enumerate(("Town", "Land", "School", "Music"))
    )
    assert days(headlines(f"<h2>News</h2><dl>{rows}</dl>")) == [6, 5, 4, 3]


def test_a_date_after_each_story_stays_with_it_where_a_day_is_above_the_list() -> None:
    rows = "".join(f"<dt>{link(n)}</dt><dd>{6 - n} May 2027</dd>" for n in range(4))
    assert days(headlines(f"<h2>News</h2><p>Today</p><dl>{rows}</dl>")) == [6, 5, 4, 3]


@pytest.mark.parametrize(
    "form",
    [
        "<p class=box><b>{d}</b><i>May</i><u>2027</u></p>",
        "<p class=box><b>{d}</b><i>May</i></p>",
        "<p class=box><i>May</i><b>{d}</b><u>2027</u></p>",
    ],
)
def test_a_box_with_the_day_the_month_and_the_year_in_parts_is_a_date(form: str) -> None:
    rows = "".join(f"<div>{form.format(d=f'{6 - n:02}')}<h3>{link(n)}</h3></div>" for n in range(4))
    assert days(headlines(f"<h2>News</h2>{rows}")) == [6, 5, 4, 3]


def test_a_number_and_a_subject_that_is_a_month_elsewhere_are_no_date_without_a_box_of_their_own() -> None:
    rows = "".join(
        f"<div><p><b>{n + 3}</b> comments on <i>Mar</i> stories</p><h3>{link(n)}</h3></div>" for n in range(4)
    )
    assert days(headlines(f"<h2>News</h2>{rows}")) == [None] * 4


@pytest.mark.parametrize("name", ["data-published", "data-created-at", "data-date-iso", "data-ts"])
def test_a_time_in_an_attribute_dates_its_story(name: str) -> None:
    rows = "".join(f"<div {name}='{1809561600 - n * 86400}'><h3>{link(n)}</h3></div>" for n in range(4))
    assert [one.published and one.published.isoformat()[:10] for one in headlines(rows)] == [
        f"2027-05-0{6 - n}" for n in range(4)
    ]


def test_a_badge_that_only_style_sets_off_is_no_part_of_the_headline() -> None:
    badges = ("Live", "EXCLUSIVE", "Watch", "Opinion")
    rows = "".join(f"<div><h3>{link(n, f'<span class=pill>{badges[n]}</span>{{t}}')}</h3></div>" for n in range(4))
    found = headlines(rows)
    assert [one.title for one in found] == list(TITLES)
    assert [one.kicker for one in found] == list(badges)


@pytest.mark.parametrize(
    "first", ["<span class=x>Live</span>stream", "<em>Live</em>Nation", "<span class=x>Harbour</span>Fest"]
)
def test_a_marked_part_of_a_word_stays_in_the_headline(first: str) -> None:
    rows = "".join(f"<div><h3>{link(n, first + ' {t}')}</h3></div>" for n in range(4))
    word = first.replace("<span class=x>", "").replace("</span>", "").replace("<em>", "").replace("</em>", "")
    assert [one.title for one in headlines(rows)] == [f"{word} {title}" for title in TITLES]


@pytest.mark.parametrize(
    "said",
    [
        "अभी-अभी",
        "방금 전",
        "ką tik",
        "tikko",
        "äsja",
        "هم‌اکنون",
        "ابھی ابھی",
        "এইমাত্র",
        "hace unos segundos",
        "пре неколико секунди",
    ],
)
def test_words_for_just_now_in_many_languages_are_the_moment_of_the_fetch(said: str) -> None:
    assert is_time(said)
    assert parse_time(said, FETCHED) == FETCHED


@pytest.mark.parametrize(
    ("said", "hours", "language"),
    [("1 tim sedan", 1, "sv"), ("pre 3 sat", 3, "sr"), ("pred 2 ure", 2, "sl"), ("2 ora fa", 2, "it")],
)
def test_units_that_are_words_elsewhere_are_units_beside_ago(said: str, hours: int, language: str) -> None:
    assert is_time(said)
    moment = parse_time(said, FETCHED, language)
    assert moment is not None
    assert (FETCHED - moment).total_seconds() == hours * 3600


@pytest.mark.parametrize("said", ["7 Tim", "Tim sedan", "Sat 3", "Jetzt neu", "Just now open"])
def test_the_same_words_without_ago_are_no_times(said: str) -> None:
    found = find_time(said)
    assert found is None or not found.alone


def test_decimals_of_a_column_are_no_clocks_and_no_days() -> None:
    rows = "".join(
        f"<div><b class=n>{said}</b><h3>{link(n)}</h3></div>"
        for n, said in enumerate(("0.45", "1.75", "3.14", "12.90"))
    )
    assert [(one.time_text, one.published) for one in headlines(rows)] == [(None, None)] * 4
    clocks = "".join(
        f"<div><b class=n>{said}</b><h3>{link(n)}</h3></div>" for n, said in enumerate(("9.45", "8.30", "7.14", "0.45"))
    )
    assert [one.time_text for one in headlines(clocks)] == ["9.45", "8.30", "7.14", "0.45"]
    marked = "".join(
        f"<div><b class=t>{clock}</b><i class=n>{n + 1}.75</i><h3>{link(n)}</h3></div>"
        for n, clock in enumerate(("9.45", "8.30", "7.14", "0.45"))
    )
    assert [one.time_text for one in headlines(marked)] == ["9.45", "8.30", "7.14", "0.45"]


BADGES = ("Live", "EXCLUSIVE", "Watch", "Opinion")


@pytest.mark.parametrize(
    "form", ["{t}<span class=pill>{b}</span>", "<i class=pill>{b}</i>{t}", "<span class=pill>{b}</span> | {t}"]
)
def test_a_badge_is_no_part_of_the_headline_wherever_it_is(form: str) -> None:
    rows = "".join(f"<div><h3>{link(n, form.replace('{b}', BADGES[n]))}</h3></div>" for n in range(4))
    found = headlines(rows)
    assert [(one.title, one.kicker) for one in found] == list(zip(TITLES, BADGES, strict=True))


def test_a_plus_that_only_marks_a_story_is_no_part_of_the_headline() -> None:
    rows = "".join(f"<div><h3>{link(n, '<span class=plus>+</span>{t}')}</h3></div>" for n in range(4))
    assert [(one.title, one.kicker) for one in headlines(rows)] == [(title, None) for title in TITLES]


@pytest.mark.parametrize("last", [" <span class=x>Live</span>", "<em>Live</em>", "<span class=x>stream</span>"])
def test_a_last_word_that_is_marked_stays_in_the_headline(last: str) -> None:
    rows = "".join(f"<div><h3>{link(n, '{t}' + last)}</h3></div>" for n in range(4))
    word = last.replace("<span class=x>", "").replace("</span>", "").replace("<em>", "").replace("</em>", "")
    assert [one.title for one in headlines(rows)] == [title + word for title in TITLES]


def test_a_day_that_several_rows_of_a_table_have_in_common_is_that_of_each() -> None:
    cells = ("<td rowspan=2>6 May 2027</td>", "", "<td rowspan=2>5 May 2027</td>", "")
    rows = "".join(f"<tr>{cells[n]}<td>{link(n)}</td></tr>" for n in range(4))
    assert days(headlines(f"<h2>News</h2><table>{rows}</table>")) == [6, 6, 5, 5]
    short = rows.replace("rowspan=2>6 May 2027", ">6 May 2027")
    assert days(headlines(f"<h2>News</h2><table>{short}</table>")) == [6, None, 5, 5]


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", ("26/04/2027", "19/04/2027", "05/04/2027", "04/03/2027"), ["26.4", "19.4", "5.4", "4.3"]),
        ("en", ("04/26/2027", "04/19/2027", "04/05/2027", "03/04/2027"), ["26.4", "19.4", "5.4", "4.3"]),
        (
            "de",
            ("04/26/2027 10:30", "04/19/2027 09:00", "04/05/2027", "03/04/2027"),
            ["26.4", "19.4", "5.4", "4.3"],
        ),
        ("en", ("04/05/2027", "04/03/2027", "03/02/2027", "02/01/2027"), ["5.4", "3.4", "2.3", "1.2"]),
    ],
)
def test_a_date_that_can_be_read_in_one_way_only_shows_how_the_others_are_read(
    language: str, said: tuple[str, ...], meant: list[str]
) -> None:
    rows = "".join(f"<tr><td>{said[n]}</td><td>{link(n)}</td></tr>" for n in range(4))
    found = headlines(f"<h2>News</h2><table>{rows}</table>", language)
    assert [f"{one.published.day}.{one.published.month}" if one.published else None for one in found] == meant


def test_words_over_the_headline_in_a_caption_are_its_kicker_and_those_of_the_picture_are_not() -> None:
    subjects = ("Town", "Land", "Music", "School")
    rows = "".join(
        f"<figure><img src='/{n}.jpg' alt=''><figcaption><span>{subject}</span>{link(n)}</figcaption></figure>"
        for n, subject in enumerate(subjects)
    )
    assert [one.kicker for one in headlines(rows)] == list(subjects)
    captions = "".join(
        f"<div><figure><img src='/{n}.jpg'><figcaption><i>{subject}</i></figcaption></figure>{link(n)}</div>"
        for n, subject in enumerate(subjects)
    )
    assert [one.kicker for one in headlines(captions)] == [None] * 4


@pytest.mark.parametrize(("length", "ages"), [("02:31", "hours ago"), ("24:15", "hours ago"), ("41:07", "May 2027")])
def test_the_length_of_a_recording_is_not_the_time_beside_it(length: str, ages: str) -> None:
    rows = "".join(
        f"<div><a href='{address(n)}'><span class=len>{length}</span><strong>{TITLES[n]}</strong></a>"
        f"<span>{n + 2} {ages}</span></div>"
        for n in range(4)
    )
    assert [one.time_text for one in headlines(f"<h2>News</h2>{rows}")] == [f"{n + 2} {ages}" for n in range(4)]


def test_a_day_in_a_box_and_votes_are_no_views() -> None:
    boxes = "".join(
        f"<div><p class=box><b>{6 - n}</b><i>May</i><u>2027</u></p><h3>{link(n)}</h3></div>" for n in range(4)
    )
    votes = "".join(f"<li><div class=voters><a href='/login'>{14 * n + 8}</a></div>{link(n)}</li>" for n in range(4))
    for rows in (boxes, f"<ol>{votes}</ol>"):
        assert [one.views for one in headlines(f"<h2>News</h2>{rows}")] == [None] * 4
