"""A whole stored article: the page, the original response and the pictures, each a part with a checksum."""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsreader.jsonform import page_from_json
from newsreader.models import Page, Response
from newsreader.storage.columns import from_text, to_text, without_credentials
from newsreader.storage.compression import compressed, packed
from newsreader.storage.page_bytes import page_bytes
from newsreader.urls import shown

UNREADABLE = (zlib.error, ValueError, KeyError, TypeError, AttributeError)
Part = tuple[str, int, str, bytes]  # part, number, head, content


@dataclass(frozen=True, slots=True)
class SavedPicture:
    """A picture of a saved article; `url` is the one that the article's figure names."""

    url: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class SavedArticle:
    """An article as the reader keeps it.

    Attributes:
        pictures: Those that could be fetched.
        response: The original response; None if it was not available.
        saved_at: Aware, UTC.
        damaged: When read back: what can no longer be read, in words; the rest is verified.
    """

    url: str
    page: Page
    pictures: tuple[SavedPicture, ...]
    response: Response | None
    saved_at: datetime
    damaged: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The article's title, else the page's, else its address."""
        article = self.page.article
        return (article.title if article else None) or self.page.title or shown(self.url)


def parts_of(article: SavedArticle) -> list[Part]:
    """Return the parts of an article to be written."""
    parts: list[Part] = [("page", 0, "{}", packed(page_bytes(article.page), None))]
    if article.response is not None:
        parts.append(("response", 0, _response_head(article.response), compressed(article.response.body)))
    for number, picture in enumerate(article.pictures):
        head = json.dumps({"url": without_credentials(picture.url), "content_type": picture.content_type})
        parts.append(("picture", number, head, picture.body))
    return parts


def _response_head(response: Response) -> str:
    head: dict[str, Any] = {
        "url": without_credentials(response.url),
        "final_url": without_credentials(response.final_url),
        "status": response.status,
        "content_type": response.content_type,
        "etag": response.etag,
        "last_modified": response.last_modified,
        "fetched_at": to_text(response.fetched_at),
    }
    if response.hints:
        head["hints"] = response.hints
    if response.is_damaged:
        head["is_damaged"] = True
    return json.dumps(head)


def page_of(content: bytes) -> Page:
    """Return the page from its part's content; raises one of `UNREADABLE` if it is not one."""
    return page_from_json(json.loads(zlib.decompress(content)))


def response_of(head: Mapping[str, Any], content: bytes) -> Response:
    """Return the response from its part; raises one of `UNREADABLE` if it is not one."""
    hints = tuple((str(name), str(value)) for name, value in head.get("hints", ()))
    body, fetched_at = zlib.decompress(content), from_text(head["fetched_at"])
    return Response(**{**head, "body": body, "fetched_at": fetched_at, "hints": hints})


def picture_of(head: Mapping[str, Any], content: bytes) -> SavedPicture:
    """Return the picture from its part; raises one of `UNREADABLE` if it is not one."""
    return SavedPicture(head["url"], head["content_type"], content)


def checksum(head: str, content: bytes) -> bytes:
    """Return the checksum stored with a part, to be compared on reading."""
    digest = hashlib.sha256(head.encode())
    digest.update(content)
    return digest.digest()


def put_parts(connection: sqlite3.Connection, table: str, number: int, parts: list[Part]) -> None:
    """Write the parts of an article; `table` is "saved" or "download"."""
    connection.executemany(
        f"INSERT INTO {table}_parts ({table}, part, number, head, content, sha256)"  # noqa: S608
        " VALUES (?, ?, ?, ?, ?, ?)",
        [(number, *part, checksum(part[2], part[3])) for part in parts],
    )


def sound_part(connection: sqlite3.Connection, table: str, part_id: int) -> tuple[dict[str, Any], bytes]:
    """Return the head and the content of a part.

    Raises:
        ValueError: they are not what was stored.
    """
    head, content, kept = connection.execute(
        f"SELECT head, content, sha256 FROM {table}_parts WHERE id = ?",  # noqa: S608
        (part_id,),
    ).fetchone()
    if checksum(head, content) != kept:
        raise ValueError("the checksum differs")
    return json.loads(head), content


def sound_picture(connection: sqlite3.Connection, table: str, url: str) -> SavedPicture | None:
    """Return a picture that was stored with some article; None if there is no undamaged one."""
    rows = connection.execute(
        f"SELECT id FROM {table}_parts WHERE part = 'picture' AND json_extract(head, '$.url') = ?",  # noqa: S608
        (url,),
    ).fetchall()
    for (part_id,) in rows:
        try:
            return picture_of(*sound_part(connection, table, part_id))
        except UNREADABLE:  # another article may have a sound one
            continue
    return None
