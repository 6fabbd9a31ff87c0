"""The files that come with an item of a feed: recordings, films, pictures, documents."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from newsreader.extraction.feed_items import FeedItem, FoundEnclosure
from newsreader.models import Enclosure
from newsreader.text import line
from newsreader.urls import absolute

_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}")
_EXTENSION = re.compile(r"\.([a-z0-9]{2,5})$")
_TYPES = {
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "m4b": "audio/mp4", "aac": "audio/aac", "oga": "audio/ogg",
    "ogg": "audio/ogg", "opus": "audio/ogg", "flac": "audio/flac", "wav": "audio/wav", "mp4": "video/mp4",
    "m4v": "video/mp4", "mov": "video/quicktime", "webm": "video/webm", "mkv": "video/x-matroska", "ogv": "video/ogg",
    "avi": "video/x-msvideo", "mpg": "video/mpeg", "mpeg": "video/mpeg", "m3u8": "application/vnd.apple.mpegurl",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
    "avif": "image/avif", "svg": "image/svg+xml", "pdf": "application/pdf", "epub": "application/epub+zip",
    "zip": "application/zip", "torrent": "application/x-bittorrent", "srt": "application/x-subrip", "txt": "text/plain",
}  # fmt: skip
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,6}):(\d{1,2})(?:[.,]\d{1,9})?")
_PERIOD = re.compile(r"pt(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})(?:\.\d{1,9})?s)?", re.IGNORECASE)
_SECONDS = re.compile(r"(\d{1,9})(?:\.\d{1,9})?(?:\s?s(?:ec)?)?", re.IGNORECASE)


def enclosures_of(item: FeedItem) -> tuple[Enclosure, ...]:
    """Return the files of an item, each address once with all that is known about it."""
    found: dict[str, Enclosure] = {}
    for enclosure in _read(item.enclosures):
        known = found.get(enclosure.url)
        found[enclosure.url] = enclosure if known is None else _both(known, enclosure)
    duration = seconds_of(item.duration)
    if duration is not None:
        played = next((e for e in found.values() if e.duration_s is None and _may_play(e)), None)
        if played is not None and not any(e.duration_s for e in found.values()):
            found[played.url] = replace(played, duration_s=duration)
    return tuple(found.values())


def _read(enclosures: list[FoundEnclosure]) -> Iterator[Enclosure]:
    for each in enclosures:
        url = absolute(html.unescape(each.href) if "&" in each.href else each.href, each.base)
        if url is not None:
            duration, title = seconds_of(each.duration), line(each.title) or None
            yield Enclosure(url, _type(each, url), _size(each.size), duration, title)


def _type(enclosure: FoundEnclosure, url: str) -> str | None:
    said = enclosure.type.partition(";")[0].strip().lower()
    if _TYPE.fullmatch(said) and said not in ("application/octet-stream", "binary/octet-stream"):
        return said
    extension = _EXTENSION.search(url.partition("#")[0].partition("?")[0].lower())
    by_name = _TYPES.get(extension[1]) if extension else None
    return by_name or (said if _TYPE.fullmatch(said) else None)


def _size(text: str) -> int | None:
    digits = text.strip().replace(",", "")
    return int(digits) or None if digits.isdecimal() and digits.isascii() and len(digits) <= 15 else None


def seconds_of(text: str) -> int | None:
    """Return the seconds in "1:02:03", "62:03", "3723" or "PT1H2M3S"; None for 0 and for anything else."""
    text = text.strip()
    if found := _CLOCK.fullmatch(text):
        return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]) or None
    if found := _SECONDS.fullmatch(text):
        return int(found[1]) or None
    if found := _PERIOD.fullmatch(text):
        return int(found[1] or 0) * 3600 + int(found[2] or 0) * 60 + int(found[3] or 0) or None
    return None


def _may_play(enclosure: Enclosure) -> bool:
    return enclosure.type is None or enclosure.type.startswith(("audio/", "video/"))


def _both(one: Enclosure, other: Enclosure) -> Enclosure:
    return Enclosure(
        one.url,
        one.type or other.type,
        one.size_bytes or other.size_bytes,
        one.duration_s or other.duration_s,
        one.title or other.title,
    )
