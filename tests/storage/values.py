"""What the storage tests keep: a page, its answer, pictures, and a clock that they set."""

from datetime import UTC, datetime, timedelta

from newsreader.models import (
    Article,
    Comments,
    Figure,
    Headline,
    HeadlineList,
    ListKind,
    Page,
    Paragraph,
    Problem,
    Response,
    Span,
)
from newsreader.storage.article_parts import SavedArticle, SavedPicture

URL = "https://harbour.example/news/dredging"
START = datetime(2026, 11, 22, 14, 4, 5, 678901, tzinfo=UTC)


class Clock:
    """A clock that stays where it is until it is moved."""

    def __init__(self, start: datetime = START) -> None:
        self.time = start

    def __call__(self) -> datetime:
        return self.time

    def move(self, **step: float) -> None:
        self.time += timedelta(**step)


def response(url: str = URL, body: bytes = b"<p>The harbour</p>" * 50, fetched_at: datetime = START) -> Response:
    return Response(url, url, 200, "text/html; charset=utf-8", body, '"tag"', None, fetched_at)


def page(url: str = URL, words: str = "The harbour authority said «так».", title: str = "Dredging delayed") -> Page:
    return Page(
        url,
        title,
        "Harbour News",
        "en",
        Article(
            url,
            title,
            (
                Paragraph((Span(words), Span("here", href="https://harbour.example/a"))),
                Figure("https://p.example/1.png"),
            ),
            lead="Second phase waits",
            authors=("Jane Doe",),
            published=datetime(2026, 11, 22, 14, 2),  # noqa: DTZ001  (a page's local time)
            translations={"uk": "https://harbour.example/uk/dredging"},
        ),
        (HeadlineList("Latest", ListKind.LATEST, headlines(2)),),
        problem=Problem("paywall", "Only the beginning is here: {words}.", "", (("words", "12"),)),
    )


KICKERS = ("Harbour", None)
COMMENTS = (Comments(12, "https://harbour.example/talk"), Comments(3), None)


def headlines(count: int, start: int = 0) -> tuple[Headline, ...]:
    return tuple(
        Headline(
            f"Story {n}",
            f"https://harbour.example/news/{n}",
            "A summary",
            "14:02",
            START,
            n * 100,
            None,
            KICKERS[n % 2],
            COMMENTS[n % 3],
        )
        for n in range(start, start + count)
    )


def saved_article(url: str = URL, words: str = "The harbour authority said.", at: datetime = START) -> SavedArticle:
    pictures = (
        SavedPicture("https://p.example/1.png", "image/png", bytes(range(256)) * 40),
        SavedPicture("https://p.example/2.png", "image/png", b"\x00\xff" * 3000),
    )
    return SavedArticle(url, page(url, words), pictures, response(url), at)
