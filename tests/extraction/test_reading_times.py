"""How long an article takes to read is no time at which it was published, and a name beside it no standfirst."""

from datetime import UTC, datetime

import pytest

from newsreader.models import Article
from tests.extraction.reading import article_in

NOW = datetime(2026, 5, 9, 12, 0, tzinfo=UTC)
DECLARED = '<meta property="article:published_time" content="2026-05-02T07:30:00+00:00">'
TITLE = "Die letzte Seilfähre bekommt ein neues Seil"
TEXT = (
    "Das Seil der letzten Fähre über die Leine hat nach vierunddreißig Jahren ausgedient, und das neue kam am Montag "
    "auf einer Rolle, für die das Dorftor zu schmal war.",
    "Zwölf Männer und eine Fährfrau brauchten einen ganzen Tag, um es ans andere Ufer zu bringen, weil der Fluss nach "
    "dem Regen der letzten Woche doppelt so breit war.",
    "Am Abend fuhr als Erste die älteste Einwohnerin hinüber, die schon das vorige Seil eingeweiht hatte, damals mit "
    "ihrem Fahrrad und einem Huhn im Korb.",
)


def article_of(above: str, head: str = "", language: str = "de") -> Article:
    text = "".join(f"<p>{words}</p>" for words in TEXT)
    page = f"<html lang={language}><head><meta charset=utf-8><title>{TITLE}</title>{head}</head><body><main><article>"
    page += f"<h1>{TITLE}</h1>{above}{text}</article></main></body></html>"
    return article_in(page, "https://bote.example/2/seil", NOW)


@pytest.mark.parametrize(
    "line", ["5 min", "5 Min.", "7 minutes", "4 мин", "6 хв", "3분", "8分钟", "۵ دقیقه", "5 dk", "Ute Brand | 5 min"]
)
@pytest.mark.parametrize(("head", "day"), [("", None), (DECLARED, datetime(2026, 5, 2, 7, 30, tzinfo=UTC))])
def test_minutes_alone_are_no_time_of_an_article(line: str, head: str, day: datetime | None) -> None:
    article = article_of(f"<div class=meta><span>{line}</span></div>", head)
    assert article.published == day
    assert article.lead is None


@pytest.mark.parametrize(
    "line", ["vor 5 Min.", "5 minutes ago", "5 мин назад", "5分前", "5분 전", "5 perce", "il y a 5 min"]
)
def test_minutes_that_count_back_are(line: str) -> None:
    assert article_of(f"<div class=meta><span>{line}</span></div>").published == datetime(
        2026, 5, 9, 11, 55, tzinfo=UTC
    )


@pytest.mark.parametrize("line", ["مریم رستمی | ۵ دقیقه", "Мария Павлова | 5 минут", "Ute Brand · 5 minutes"])
def test_a_name_with_the_minutes_is_no_standfirst(line: str) -> None:
    assert article_of(f"<div class=author>{line}</div>").lead is None
