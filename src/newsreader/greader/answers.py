"""Reading the API's responses: anything unexpected is an error, never an empty list."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from newsreader.greader.item_ids import item_id
from newsreader.greader.values import IdPage, ServerItem, Subscription
from newsreader.text import line, parse_json
from newsreader.urls import is_web_address, split_credentials

_LABEL = re.compile(r"user/[^/]+/label/(.+)", re.DOTALL)
_STATE = re.compile(r"user/[^/]+/state/com\.google/(read|starred)")
_TOKEN = re.compile(r"[\x21-\x7e]{1,4000}")
_MOST = 100_000  # of anything in one answer
_LATEST = 253_402_300_799  # seconds: the end of the year 9999


class WrongAnswerError(ValueError):
    """A response does not belong to this API: an HTML page, an incomplete response, something else."""


def login_token(body: bytes) -> str:
    """Return what identifies the reader in later requests.

    Raises:
        WrongAnswerError: there is none in the answer.
    """
    for text in body.decode("utf-8", "replace").splitlines():
        name, _, value = text.partition("=")
        if name.strip() == "Auth" and _TOKEN.fullmatch(value.strip()):
            return value.strip()
    raise WrongAnswerError


def edit_token(body: bytes) -> str:
    """Return what has to go with every change.

    Raises:
        WrongAnswerError: there is none in the answer.
    """
    text = body.decode("utf-8", "replace").strip()
    if not _TOKEN.fullmatch(text) or text.startswith("<"):
        raise WrongAnswerError
    return text


def new_stream(body: bytes) -> str | None:
    """Return the id of a subscription that was just made; None where nothing was found at its address.

    Raises:
        WrongAnswerError: it is no answer to that.
    """
    value = _value(body)
    if "streamId" not in value and "numResults" not in value:
        raise WrongAnswerError
    return _text(value, "streamId") or None


def check_done(body: bytes) -> None:
    """Check that a change was accepted.

    Raises:
        WrongAnswerError: it is something else.
    """
    if body.strip()[:2].upper() not in (b"OK", b""):
        raise WrongAnswerError


def subscriptions(body: bytes) -> tuple[Subscription, ...]:
    """Return the subscriptions, each once; those without a web address are left out.

    Raises:
        WrongAnswerError: it is not a list of them.
    """
    found: dict[str, Subscription] = {}
    for each in _dicts(_list(body, "subscriptions")):
        stream = _text(each, "id")
        url = _feed_address(each, stream)
        if not stream or url is None:
            continue
        title = line(html.unescape(_text(each, "title")), 120)
        found.setdefault(stream, Subscription(stream, title, url, _folder(each)))
    return tuple(found.values())


def item_ids(body: bytes) -> IdPage:
    """Return a part of a list of ids.

    Raises:
        WrongAnswerError: it is no such list, or holds what is no id.
    """
    value = _value(body)
    refs = value.get("itemRefs")
    if not isinstance(refs, list):
        raise WrongAnswerError
    ids = [item_id(each.get("id")) if isinstance(each, dict) else None for each in refs]
    if None in ids or len(ids) > _MOST:
        raise WrongAnswerError
    return IdPage(tuple(each for each in ids if each is not None), _continuation(value))


def items(body: bytes) -> tuple[ServerItem, ...]:
    """Return items, those left out that have no id.

    Raises:
        WrongAnswerError: it is not a list of items.
    """
    return tuple(item for each in _dicts(_list(body, "items")) if (item := _item(each)) is not None)


def _item(value: dict[str, Any]) -> ServerItem | None:
    known = item_id(value.get("id"))
    if known is None:
        return None
    origin = value.get("origin")
    states = {found[1] for each in _strings(value, "categories") if (found := _STATE.fullmatch(each))}
    return ServerItem(
        known,
        _text(origin, "streamId") if isinstance(origin, dict) else "",
        line(html.unescape(_text(value, "title"))),
        next(_links(value, "canonical", "alternate"), (None, ""))[0],
        max((_content(value, name) for name in ("content", "summary")), key=len),
        _time(value.get("published")),
        _crawled(value),
        line(html.unescape(_text(value, "author")), 100),
        "read" in states,
        "starred" in states,
        tuple(_links(value, "enclosure"))[:20],
    )


def _links(value: dict[str, Any], *names: str) -> Iterator[tuple[str, str]]:
    """Yield the web addresses of links, each with its media type."""
    for name in names:
        found = value.get(name)
        for each in _dicts(found) if isinstance(found, list) else ():
            href = html.unescape(_text(each, "href")).strip()
            if is_web_address(href):
                yield split_credentials(href)[0], line(_text(each, "type"), 100)


def _content(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    return _text(found, "content") if isinstance(found, dict) else ""


def _crawled(value: dict[str, Any]) -> int:
    """Return when the server saw an item, in microseconds: by its own clock, which marks of a whole list go by."""
    for name, factor in (("timestampUsec", 1), ("crawlTimeMsec", 1000)):
        text = str(value.get(name, ""))
        if text.isascii() and text.isdigit() and 0 < int(text[:20]) * factor < _LATEST * 1_000_000:
            return int(text[:20]) * factor
    at = _time(value.get("published"))
    return int(at.timestamp() * 1_000_000) if at is not None else 0


def _time(value: object) -> datetime | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 < float(str(value)) < _LATEST:
        return None
    return datetime.fromtimestamp(float(str(value)), UTC)


def _feed_address(value: dict[str, Any], stream: str) -> str | None:
    names = (_text(value, "url"), stream.removeprefix("feed/"), _text(value, "htmlUrl"))
    return next((split_credentials(each.strip())[0] for each in names if is_web_address(each.strip())), None)


def _folder(value: dict[str, Any]) -> str:
    categories = value.get("categories")
    for each in _dicts(categories) if isinstance(categories, list) else ():
        found = _LABEL.fullmatch(_text(each, "id"))
        if name := line(html.unescape(_text(each, "label")) or (found[1] if found else ""), 80):
            return name
    return ""


def _value(body: bytes) -> dict[str, Any]:
    try:
        value = parse_json(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise WrongAnswerError from error
    if not isinstance(value, dict):
        raise WrongAnswerError
    return value


def _list(body: bytes, name: str) -> list[Any]:
    found = _value(body).get(name)
    if not isinstance(found, list) or len(found) > _MOST:
        raise WrongAnswerError
    return found


def _dicts(values: list[Any]) -> Iterator[dict[str, Any]]:
    return (each for each in values if isinstance(each, dict))


def _strings(value: dict[str, Any], name: str) -> list[str]:
    found = value.get(name)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _text(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def _continuation(value: dict[str, Any]) -> str | None:
    found = value.get("continuation")
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) and str(found) else None
