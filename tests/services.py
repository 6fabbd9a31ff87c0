"""What tests of the service share: its directories, the time at which they begin, an article that sites serve."""

from datetime import UTC, datetime
from pathlib import Path

from newsreader.settings import Directories
from tests.servers import Answer

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PIXEL = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\5"
    b"\0\1\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82"
)
WORDS = (
    "The ferry to the outer islands ran again on Tuesday, after a week in which the storm had kept it at berth. {n}",
    "Its master said that the swell beyond the breakwater was still two metres high, and that he would watch it. {n}",
    "The islanders had bread for four days when the boat came in; the baker had counted the sacks twice. {n}",
)


def article(title: str, *, number: int = 1, head: str = "", body: str = "") -> Answer:
    paragraphs = "".join(f"<p>{words.format(n=f'({title}, part {number})')}</p>" for words in WORDS)
    return Answer(
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body><main><article><h1>{title}</h1>{paragraphs}{body}</article></main></body></html>",
        headers=(("ETag", f'"{title}-{number}"'),),
    )


def directories(home: Path) -> Directories:
    return Directories(data=home / "data", cache=home / "cache", config=home / "config")
