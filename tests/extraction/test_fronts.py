"""Front pages in random markups: what each row says is what a reader sees."""

from collections.abc import Iterator

from newsreader.extraction.page import parse_page
from newsreader.models import Headline
from tests.fronts import FETCHED_AT, Front, front

SEEDS = range(100, 130)
FLOOR = 0.98


def found_on(page: Front) -> dict[str, list[tuple[str | None, Headline]]]:
    found: dict[str, list[tuple[str | None, Headline]]] = {}
    for each in parse_page(page.html.encode(), page.url, "text/html; charset=utf-8", FETCHED_AT).headline_lists:
        for headline in each.headlines:
            found.setdefault(headline.url, []).append((each.label, headline))
    return found


def judged(page: Front) -> Iterator[tuple[str, bool]]:
    """Yield, for every row, what is found and whether that is right."""
    found = found_on(page)
    rows = {row.url for row in page.rows}
    yield from (("story", url in rows) for url in found)
    for row in page.rows:
        message = found.get(row.url, [])
        days = {headline.published.date().isoformat() if headline.published else None for _, headline in message}
        yield "title", any(headline.title == row.title for _, headline in message)
        yield "label", any(label == row.label for label, _ in message)
        yield "day", row.day in days
        if row.kicker:
            yield "kicker", any(headline.kicker == row.kicker for _, headline in message)
        if row.comments:
            counts = {headline.comments.count for _, headline in message if headline.comments}
            yield "comments", row.comments in counts


def shares(pages: Iterator[Front]) -> dict[str, float]:
    """Return what share of the rows is right in each respect."""
    right: dict[str, list[bool]] = {}
    for page in pages:
        for what, is_right in judged(page):
            right.setdefault(what, []).append(is_right)
    return {what: sum(values) / len(values) for what, values in right.items()}


def test_rows_of_front_pages_say_what_a_reader_sees_whatever_the_markup() -> None:
    measured = shares(front(seed) for seed in SEEDS)
    assert set(measured) == {"story", "title", "label", "day", "kicker", "comments"}
    assert min(measured.values()) >= FLOOR, measured
