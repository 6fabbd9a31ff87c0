"""Lists of articles as JSON, as programs for reading later and for bookmarks export them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from newsreader.i18n import N_, gettext
from newsreader.importing.errors import BrokenFileError
from newsreader.importing.fields import Fields, ProgramFormat, known_format, role_of
from newsreader.importing.own_articles import with_own_text
from newsreader.importing.values import Gathering, Imported
from newsreader.text import parse_json

_NO_ENTRY = N_("it isn't an article")
_DEEPEST = 12  # lists within lists: folders within folders
_LOOKED_AT = 200  # entries, by whose names the format is known
_ARTICLES = ProgramFormat("JSON")
_FORMATS = (
    (frozenset({"blocks", "wordcount"}), ProgramFormat("newsreader JSON")),
    (frozenset({"ismarked"}), ProgramFormat("Readeck JSON")),
    (frozenset({"readprogress", "labels"}), ProgramFormat("Readeck JSON")),
    (frozenset({"isarchived", "tagnames"}), ProgramFormat("linkding JSON")),
    (frozenset({"isarchived"}), ProgramFormat("wallabag JSON", starred=("is_starred",))),
    (frozenset({"isstarred"}), ProgramFormat("wallabag JSON", starred=("is_starred",))),
    (frozenset({"savedat", "readingprogress", "slug"}), ProgramFormat("Omnivore JSON")),
    (frozenset({"savedat", "labels"}), ProgramFormat("Omnivore JSON")),
    (frozenset({"savedat", "sourceurl"}), ProgramFormat("Readwise Reader JSON")),
    (frozenset({"savedat", "location"}), ProgramFormat("Readwise Reader JSON")),
    (frozenset({"tagnames"}), ProgramFormat("linkding JSON")),
    (frozenset({"content", "archived", "createdat"}), ProgramFormat("Karakeep (Hoarder) JSON")),
    (frozenset({"hascontent", "excerpt"}), ProgramFormat("Shiori JSON")),
    (frozenset({"href", "toread"}), ProgramFormat("Pinboard JSON", separators=" ", titled="description")),
    (frozenset({"link", "excerpt", "cover"}), ProgramFormat("Raindrop JSON")),
    (frozenset({"resolvedurl"}), ProgramFormat("Pocket JSON", read_codes=("1",))),
    (frozenset({"addedat", "starred"}), ProgramFormat("GoodLinks JSON")),
    (frozenset({"canonical", "origin"}), ProgramFormat("Google Reader JSON", marked="categories", has_markup=True)),
    (frozenset({"alternate", "origin"}), ProgramFormat("Google Reader JSON", marked="categories", has_markup=True)),
    (frozenset({"extractedcontenturl"}), ProgramFormat("Feedbin JSON")),
    (frozenset({"dateadded", "typecode"}), ProgramFormat("Firefox JSON")),
    (frozenset({"dateadded", "guid"}), ProgramFormat("Chromium JSON")),
)


def read_json(text: str) -> Imported:
    """Return the articles of whatever list the file holds; fields that are not taken are named.

    Raises:
        BrokenFileError: it isn't JSON, or holds no entries.
    """
    try:
        value = parse_json(text)
    except ValueError as error:
        raise BrokenFileError(format="JSON", reason=gettext("it isn't JSON")) from error
    except RecursionError as error:
        raise BrokenFileError(format="JSON", reason=gettext("too deeply nested")) from error
    entries = list(_entries(value, (), _DEEPEST))
    if not entries and not isinstance(value, list):
        raise BrokenFileError(format="JSON", reason=gettext("it holds no list of articles"))
    names = {name for entry, _ in entries[:_LOOKED_AT] if isinstance(entry, Mapping) for name in entry}
    file_format = known_format(names, _FORMATS, _ARTICLES)
    found = Gathering(file_format.name)
    fields = Fields(file_format)
    for number, (entry, folders) in enumerate(entries, 1):
        article = fields.article_of(with_own_text(_flat(entry))) if isinstance(entry, Mapping) else None
        if article is None:
            found.refuse(f"{number}: {json.dumps(entry, ensure_ascii=False)[:100]}", _NO_ENTRY)
            continue
        found.article(article.with_tags(folders))
        found.left_out(fields.left)
    return found.all()


def _entries(value: object, folders: tuple[str, ...], depth: int) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Yield what may be articles, with the names of the lists around them that the reader gave."""
    if isinstance(value, Mapping):
        if _has_address(value):
            yield value, folders
            return
        is_own = depth == _DEEPEST or "root" in value  # the file as a whole, or a folder that a browser made
        named = (value[key] for key in ("name", "title") if isinstance(value.get(key), str))
        name = "" if is_own else next(named, "")
        inner = [each for each in value.values() if _is_list_of_objects(each)]
        inner += [list(each.values()) for each in value.values() if _is_object_of_objects(each)]
        inner += [each for each in (value.get("_embedded"),) if isinstance(each, Mapping)]
        inner += _folders_of_chromium(value)
        for each in inner if depth else ():
            yield from _entries(each, (*folders, name) if name else folders, depth - 1)
    elif isinstance(value, list):
        for each in value:
            if _is_folder(each, depth):
                yield from _entries(each, folders, depth - 1)
            else:
                yield each, folders


def _has_address(entry: Mapping[str, Any]) -> bool:
    content = entry.get("content")
    names = [*entry, *(content if isinstance(content, Mapping) else ())]
    return "url" in map(role_of, names)


def _is_folder(value: object, depth: int) -> bool:
    """Return whether a value is no article itself and holds some."""
    if not isinstance(value, Mapping) or _has_address(value) or not depth:
        return False
    inner = (each for found in value.values() if isinstance(found, list) for each in found)
    return any(isinstance(each, Mapping) and (_has_address(each) or _is_folder(each, depth - 1)) for each in inner)


def _folders_of_chromium(value: Mapping[str, Any]) -> list[list[Any]]:
    """Return what is in the folders that a browser made, where a file has them as Chromium's "Bookmarks" does."""
    roots = value.get("roots")
    folders = roots.values() if isinstance(roots, Mapping) else ()
    children = [each.get("children") for each in folders if isinstance(each, Mapping)]
    return [each for each in children if isinstance(each, list)]


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(each, Mapping) for each in value)


def _is_object_of_objects(value: object) -> bool:
    """Return whether a value is an object of articles under their numbers, as Pocket's interface has it."""
    return isinstance(value, Mapping) and any(
        isinstance(each, Mapping) and _has_address(each) for each in value.values()
    )


def _flat(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an entry, with those of what it calls its content, as Karakeep has it."""
    content = entry.get("content")
    if not isinstance(content, Mapping):
        return dict(entry)
    outer = {name: value for name, value in entry.items() if name != "content"}
    return {**outer, **{f"content.{name}" if outer.get(name) else name: each for name, each in content.items()}}
