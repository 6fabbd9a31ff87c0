"""Times in rows of lists: in brackets, as "just now", before a teaser; and what stands there and is none."""

from datetime import UTC, datetime

import pytest

from newsreader.extraction.document import parse_document
from newsreader.extraction.headlines.lists import find_headline_lists
from newsreader.extraction.times.time_words import find_time, is_time
from newsreader.models import Headline

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
POLISH = (
    "Rada portu odkłada głosowanie",
    "Pszczelarze boją się słabego roku",
    "Czynsze spadają trzeci miesiąc",
    "Piekarz ukarany za wczorajszy chleb",
)


def headlines(rows: str, language: str = "pl") -> list[Headline]:
    html = f"<!DOCTYPE html><html lang='{language}'><body><main>{rows}</main></body></html>"
    found = find_headline_lists(parse_document(html, "https://przystan.example/"), NOW, language).lists
    return [headline for one in found for headline in one.headlines]


def row(number: int, before: str = "", after: str = "") -> str:
    return f"<div>{before}<h3><a href='/news/{7100 + 41 * number}.html'>{POLISH[number]}</a></h3>{after}</div>"


@pytest.mark.parametrize(
    ("said", "time"),
    [("[11-24 13:20]", "11-24 13:20"), ("(11-24 13:20)", "11-24 13:20"), ("24 Nov 2026 (Tue)", "24 Nov 2026 (Tue)")],
)
def test_a_time_has_no_half_of_a_pair_of_brackets(said: str, time: str) -> None:
    found = find_time(said)
    assert found is not None
    assert found.text == time


@pytest.mark.parametrize(
    "said", ["Zojuist", "Soeben", "Az önce", "たった今", "刚刚", "Przed chwilą", "2 மணி நேரத்திற்கு முன்", "5 ಗಂಟೆಗಳ ಹಿಂದೆ"]
)
def test_words_for_now_and_ago_are_times(said: str) -> None:
    assert is_time(said)


@pytest.mark.parametrize("said", ["Zojuist geopend", "Soeben erschienen: der Hafen", "+0.01%", "(0.07%)", "3.5 %"])
def test_words_that_say_more_and_shares_are_no_times(said: str) -> None:
    assert not is_time(said)


def test_the_date_before_a_dash_at_the_head_of_each_teaser_is_the_time() -> None:
    said = "— … słowa wokół znalezionego miejsca, a potem jeszcze kilka, które urywają się …"
    rows = "".join(row(n, after=f"<div>2026-11-{20 - n} {said}</div>") for n in range(4))
    assert [one.published and one.published.day for one in headlines(rows)] == [20, 19, 18, 17]


def test_a_place_before_a_dash_or_the_date_of_a_single_teaser_is_no_time() -> None:
    said = "– Rada zebrała się wieczorem w starej hali portowej i mówiła trzy godziny."
    rows = "".join(row(n, after=f"<p>{'GDYNIA' if n else '20.11.2026'} {said}</p>") for n in range(4))
    assert [one.published for one in headlines(rows)] == [None] * 4


def test_small_letters_on_a_line_above_the_headline_are_its_kicker() -> None:
    links = "".join(
        f"<div><h2><a href='/news/{7100 + n}.html'><small>{kicker}</small><br>{POLISH[n]}</a></h2></div>"
        for n, kicker in enumerate(("Transport", "Gospodarka", "Felieton"))
    )
    assert [(one.title, one.kicker) for one in headlines(links)] == list(
        zip(POLISH[:3], ("Transport", "Gospodarka", "Felieton"), strict=True)
    )
    behind = "".join(
        f"<div><h2><a href='/news/{7100 + n}.html'>{POLISH[n]}<br><small>Felieton</small></a></h2></div>"
        for n in range(3)
    )
    assert [(one.title, one.kicker) for one in headlines(behind)] == [(title, None) for title in POLISH[:3]]


def test_the_words_of_a_button_with_a_picture_are_no_kicker() -> None:
    button = "<div class='button play'><span class='button__label'>ikona</span><svg><path d='M1 1'/></svg></div>"
    rubrics = ("Rozmowa", "Reportaż", "Wideo")
    rows = "".join(row(n, f"{button}<span class='rubric'>{rubrics[n]}</span>") for n in range(3))
    assert [one.kicker for one in headlines(rows)] == list(rubrics)
    pills = "".join(row(n, f"<span class='btn label'>{rubrics[n]}</span>") for n in range(3))
    assert [one.kicker for one in headlines(pills)] == list(rubrics)
