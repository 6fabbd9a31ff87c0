"""Archives: what a heading that is a year or a month adds to the dates of the stories below it."""

import pytest

from newsreader.extraction.page import parse_page
from newsreader.models import Headline
from tests.extraction.lamp import FETCHED, TITLES, lists


def headlines(heading: str, before: tuple[str, ...], language: str = "en") -> tuple[Headline, ...]:
    rows = "".join(
        f"<li><span>{said}</span> <a href='/town/{title.lower().replace(' ', '-')}/'>{title}</a></li>"
        for said, title in zip(before, TITLES, strict=True)
    )
    (found,) = lists(f"<h2>{heading}</h2><ul>{rows}</ul>", language, "https://lamp.example/archive")
    assert found.label == heading
    return found.headlines


def days(found: tuple[Headline, ...]) -> list[str | None]:
    return [one.published.date().isoformat() if one.published else None for one in found]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("28 Nov", "17 Nov", "Feb 3", "Jan 1")),
        ("de", ("28. November", "17.11.", "3. Feb.", "1.1.")),
        ("en", ("11-28", "11-17", "02-03", "01-01")),
    ],
)
def test_days_below_a_year_are_of_that_year(language: str, said: tuple[str, ...]) -> None:
    assert days(headlines("2024", said, language)) == ["2024-11-28", "2024-11-17", "2024-02-03", "2024-01-01"]


def test_a_day_that_would_lie_ahead_in_the_year_above_it_is_of_the_year_before() -> None:
    assert days(headlines("2027", ("5 May", "1 Mar", "30 Dec", "12 Dec")))[2:] == ["2026-12-30", "2026-12-12"]


def test_whole_dates_and_ages_below_a_year_are_as_they_are() -> None:
    said = ("28 Nov 2023", "17 Nov 2023", "3 Feb 2023", "1 Jan 2023")
    assert days(headlines("2024", said)) == ["2023-11-28", "2023-11-17", "2023-02-03", "2023-01-01"]
    assert days(headlines("2024", ("2 hours ago",) * 4)) == ["2027-05-06"] * 4


@pytest.mark.parametrize(("heading", "sign"), [("November 2025", ""), ("November 2025", "."), ("2025年11月", "日")])
def test_the_numbers_of_an_archive_of_a_month_are_its_days(heading: str, sign: str) -> None:
    found = headlines(heading, tuple(f"{number}{sign}" for number in (28, 17, 17, 3)))
    assert days(found) == ["2025-11-28", "2025-11-17", "2025-11-17", "2025-11-03"]
    assert [one.views for one in found] == [None] * 4


@pytest.mark.parametrize(
    ("heading", "numbers"),
    [("November 2025", (1, 2, 3, 4)), ("November 2025", (17, 28, 3, 9)), ("Most read", (28, 17, 9, 3))],
)
def test_ranks_counts_and_numbers_below_other_headings_are_no_days(heading: str, numbers: tuple[int, ...]) -> None:
    assert days(headlines(heading, tuple(map(str, numbers)))) == [None] * 4


def lists_of(main: str) -> list[str | None]:
    page = f"<html lang=en><title>The Lamp</title><body><nav><a href='/'>Home</a></nav>{main}</body></html>"
    found = parse_page(page.encode(), "https://lamp.example/archive", "text/html; charset=utf-8", FETCHED)
    return [one.label for one in found.headline_lists]


def test_a_page_that_calls_itself_an_archive_lists_stories_and_a_box_with_its_months_does_not() -> None:
    rows = "".join(
        f"<li>{6 - n} May 2027 <a href='/p/{t[:6].strip().lower()}'>{t}</a></li>" for n, t in enumerate(TITLES)
    )
    assert lists_of(f"<main><h1>Archive</h1><ul>{rows}</ul></main>") == ["Archive"]
    months = "".join(
        f"<li><a href='/2027/{n}'>{name} 2027</a> (4)</li>" for n, name in enumerate(("May", "April", "March"))
    )
    assert lists_of(f"<aside><h3>Archive</h3><ul>{months}</ul></aside>") == []
    assert lists_of(f"<main><h1>Archive</h1><ul>{months}</ul></main>") == []
