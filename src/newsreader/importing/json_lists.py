"""Lists of articles as JSON, as wallabag exports them (https://doc.wallabag.org/en/user/import/wallabagv2.html)."""

import json
from collections.abc import Mapping

from newsreader.i18n import N_, gettext
from newsreader.importing.errors import BrokenFileError
from newsreader.importing.values import Gathering, Imported, ImportedArticle, time_in
from newsreader.text import parse_json

_NO_ENTRY = N_("it is no article")
_STARRED = "starred"


def read_json(text: str) -> Imported:
    """Return the articles of an array of entries, or of an answer of wallabag's interface that holds one.

    Raises:
        BrokenFileError: it is no JSON, or holds no entries.
    """
    try:
        value = parse_json(text)
    except ValueError as error:
        raise BrokenFileError(form="JSON", reason=gettext("it is no JSON")) from error
    except RecursionError as error:
        raise BrokenFileError(form="JSON", reason=gettext("too deeply nested")) from error
    entries = _entries(value)
    if entries is None:
        raise BrokenFileError(form="JSON", reason=gettext("it holds no list of articles"))
    is_wallabag = any(isinstance(entry, dict) and "is_archived" in entry for entry in entries)
    found = Gathering("wallabag JSON" if is_wallabag else "JSON")
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, dict) and isinstance(entry.get("url"), str):
            found.article(_article(entry))
        else:
            found.refuse(f"{number}: {json.dumps(entry, ensure_ascii=False)[:100]}", _NO_ENTRY)
    return found.all()


def _entries(value: object) -> list[object] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        inner = value.get("_embedded")
        items = inner.get("items") if isinstance(inner, dict) else value.get("items")
        if isinstance(items, list):
            return items
        return [value] if isinstance(value.get("url"), str) else None
    return None


def _article(entry: Mapping[str, object]) -> ImportedArticle:
    title = entry.get("title")
    tags = _tags(entry.get("tags"))
    if entry.get("is_starred") in (1, True, "1"):
        tags.append(_STARRED)
    return ImportedArticle(
        str(entry["url"]),
        title if isinstance(title, str) else "",
        tuple(tags),
        time_in(entry.get("created_at") or entry.get("added_at")),
        entry.get("is_archived") in (1, True, "1"),
    )


def _tags(value: object) -> list[str]:
    """Return the tags, which are words or objects with a label."""
    found = [tag.get("label") if isinstance(tag, dict) else tag for tag in value] if isinstance(value, list) else []
    return [tag for tag in found if isinstance(tag, str)]
