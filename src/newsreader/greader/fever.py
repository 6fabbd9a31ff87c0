"""Reading what a server with the Fever API says; whatever is not what was asked for is an error, as in `answers`."""

import html
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from newsreader.greader.answers import WrongAnswerError
from newsreader.greader.item_ids import item_id
from newsreader.greader.values import ServerItem, Subscription
from newsreader.text import line, parse_json
from newsreader.urls import is_web_address, split_credentials

_MOST = 100_000  # of anything in one answer
_LATEST = 253_402_300_799  # seconds: the end of the year 9999


def authorised(body: bytes) -> Mapping[str, Any] | None:
    """Return the answer to somebody who has logged in; None to one who has not.

    Raises:
        WrongAnswerError: it is no answer of this API.
    """
    try:
        value = parse_json(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise WrongAnswerError from error
    if not isinstance(value, dict) or "api_version" not in value or "auth" not in value:
        raise WrongAnswerError
    return value if str(value["auth"]) == "1" else None


def subscriptions(feeds: Mapping[str, Any], groups: Mapping[str, Any]) -> tuple[Subscription, ...]:
    """Return the subscriptions, each with the first of its groups; those without a web address are left out.

    Raises:
        WrongAnswerError: one is no list.
    """
    titles = {
        str(each.get("id")): line(html.unescape(str(each.get("title", ""))), 80) for each in _dicts(groups, "groups")
    }
    folders: dict[str, str] = {}
    for each in _dicts(groups, "feeds_groups"):
        for feed in str(each.get("feed_ids", "")).split(","):
            folders.setdefault(feed.strip(), titles.get(str(each.get("group_id")), ""))
    found: dict[str, Subscription] = {}
    for each in _dicts(feeds, "feeds"):
        url = next(
            (text for name in ("url", "site_url") if is_web_address(text := str(each.get(name, "")).strip())), None
        )
        stream = str(each.get("id", ""))
        if stream and url is not None:
            title = line(html.unescape(str(each.get("title", ""))), 120)
            found.setdefault(stream, Subscription(stream, title, split_credentials(url)[0], folders.get(stream, "")))
    return tuple(found.values())


def ids(value: Mapping[str, Any], name: str) -> frozenset[str]:
    """Return the ids of a list, which is one text with commas.

    Raises:
        WrongAnswerError: it is no such list, or holds what is no id.
    """
    text = value.get(name)
    if not isinstance(text, str):
        raise WrongAnswerError
    found = [item_id(each.strip()) if each.strip().isdigit() else None for each in text.split(",") if each.strip()]
    if None in found:
        raise WrongAnswerError
    return frozenset(each for each in found if each is not None)


def number_of(known: str) -> str:
    """Return an id as the server knows it, of one as `ids` returns it."""
    return str(int(known, 16))


def items(value: Mapping[str, Any]) -> tuple[ServerItem, ...]:
    """Return items, those left out that have no id.

    Raises:
        WrongAnswerError: it is no list of items.
    """
    return tuple(item for each in _dicts(value, "items") if (item := _item(each)) is not None)


def _item(value: Mapping[str, Any]) -> ServerItem | None:
    known = item_id(value.get("id"))
    if known is None:
        return None
    url = html.unescape(str(value.get("url") or "")).strip()
    at = _time(value.get("created_on_time"))
    return ServerItem(
        known,
        str(value.get("feed_id", "")),
        line(html.unescape(str(value.get("title") or ""))),
        split_credentials(url)[0] if is_web_address(url) else None,
        str(value.get("html") or ""),
        at,
        int(at.timestamp() * 1_000_000) if at is not None else 0,
        line(html.unescape(str(value.get("author") or "")), 100),
        str(value.get("is_read")) == "1",
        str(value.get("is_saved")) == "1",
    )


def _time(value: object) -> datetime | None:
    text = str(value)
    if not (text.isascii() and text.isdigit() and 0 < int(text[:20]) < _LATEST):
        return None
    return datetime.fromtimestamp(int(text), UTC)


def _dicts(value: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    found = value.get(name)
    if not isinstance(found, list) or len(found) > _MOST:
        raise WrongAnswerError
    return (each for each in found if isinstance(each, dict))
