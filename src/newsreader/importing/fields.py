"""The names of article fields in other programs, and how their values are read."""

import ast
import html
import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from newsreader.importing.highlight_fields import highlights_in
from newsreader.importing.values import ImportedArticle, time_in

STARRED = "starred"
_LONGEST_LIST = 10_000  # characters of a list of tags that is written as Python or JSON writes it

# By meaning: the names without case, blanks and punctuation; of several in an article the first counts that is
# understood.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "url": ("sourceurl", "givenurl", "resolvedurl", "url", "link", "href", "address", "uri", "pageurl", "canonical",
            "alternate"),
    "title": ("title", "giventitle", "resolvedtitle", "websitetitle", "pagetitle", "headline", "name"),
    "tags": ("tags", "labels", "tagnames", "documenttags", "tag", "label", "keywords"),
    "time": ("timeadded", "savedat", "saveddate", "dateadded", "addedat", "addedon", "created", "createdat", "adddate",
             "datecreated", "creationdate", "timestamp", "added", "createdon", "time", "date",
             "crawltimemsec", "timestampusec"),
    "state": ("status", "state", "location"),
    "folder": ("folder", "collection", "folderpath", "collectionname"),
    "read": ("isread", "read", "isarchived", "archived", "finished"),
    "unread": ("isunread", "unread", "toread"),
    "read_at": ("readat", "dateread", "timeread", "archivedat"),
    "content": ("content", "html", "htmlcontent", "summary"),
    "authors": ("authors", "author", "publishedby", "byline", "creator"),
    "highlights": ("highlights", "annotations", "selection", "quotes"),
    "published": ("publishedat", "published", "datepublished", "publisheddate", "publicationdate"),
}  # fmt: skip
_ROLES = {name: (role, rank) for role, names in _NAMES.items() for rank, name in enumerate(names)}
_READ_STATES = frozenset({"archive", "archived", "read", "done", "finished"})
_UNREAD_STATES = frozenset(
    {"unread", "active", "new", "later", "shortlist", "inbox", "reading", "queue", "queued", "feed", "succeeded"}
)
_YES = frozenset({"1", "true", "yes", "y", "x", "on"})
_NO = frozenset({"0", "false", "no", "n", "off", "-1"})
_NO_FOLDERS = frozenset({"", "unsorted", "unread", "archive"})  # states rather than folders
_MARKED_READ = "/state/com.google/read"
_MARKUP = re.compile(r"<[a-zA-Z/!]")


@dataclass(frozen=True, slots=True)
class ProgramFormat:
    """What is peculiar to the files of a program.

    Attributes:
        name: For people, not translated.
        separators: Of the tags in one text: the first of these that is in it.
        starred: The names of marks that the program shows as a list of their own; they become a tag.
        between_folders: What is between a folder and one in it; empty where names are never divided.
        read_codes: Values of the state that mean read.
        titled: The name of the field that is the title, where that is another elsewhere.
        marked: The name of the field with the article's marks: "user/-/label/Sea", "user/-/state/com.google/read".
        has_markup: Titles are written as in HTML: "Salt &amp; light".
        times: How times are written, for `strptime`, where that is neither ISO 8601 nor seconds.
    """

    name: str
    separators: str = "|;,"
    starred: tuple[str, ...] = ()
    between_folders: str = ""
    read_codes: tuple[str, ...] = ()
    titled: str = ""
    marked: str = ""
    has_markup: bool = False
    times: str = ""


@dataclass(slots=True)
class Fields:
    """The fields of one article, taken one after the other.

    Attributes:
        left: The names of those that hold something and were not taken, in their order.
    """

    format: ProgramFormat
    left: dict[str, Any] = field(default_factory=dict)

    def article_of(self, entry: Mapping[str, Any]) -> ImportedArticle | None:
        """Return what the fields say; None where none of them is an address. What is not taken is in `left` then."""
        self.left = {name: value for name, value in entry.items() if holds(value)}
        url = self._first("url", _address)
        if url is None:
            return None
        self._drop_repeated(url)
        title = self._first("title", _words) or self._titled() or ""
        title = html.unescape(title) if self.format.has_markup else title
        tags = list(self._first("tags", self._tags) or ())
        folder = self._first("folder", _words)
        tags += self._folders(folder) if folder else ()
        tags += [STARRED for name in self.format.starred if is_yes(self.left.get(name)) and self.left.pop(name)][:1]
        labels, is_marked_read = self._marks()
        added = self._first("time", self._time)
        content = self._first("content", _markup) or ""
        is_read = self._is_read(folder, entry) or is_marked_read
        authors = (content and self._first("authors", _names)) or ()
        published = self._first("published", self._time) if content else None
        highlights = self._first("highlights", highlights_in) or ()
        return ImportedArticle(url, title, (*tags, *labels), added, is_read, content, authors, published, highlights)

    def _first(self, role: str, understood: Any) -> Any:  # noqa: ANN401  (as the function has it)
        """Take the first field of a role whose value is understood, and return what it is; else None."""
        named = ((name, _ROLES.get(plain_name(name), ("", 0))) for name in self.left)
        for _, name in sorted((rank, name) for name, (found, rank) in named if found == role):
            value = understood(self.left[name])
            if value is not None:
                del self.left[name]
                return value
        return None

    def _drop_repeated(self, url: str) -> None:
        """Drop the fields that say once more which address was taken."""
        repeated = [name for name, value in self.left.items() if role_of(name) == "url" and _address(value) == url]
        for name in repeated:
            del self.left[name]

    def _marks(self) -> tuple[list[str], bool]:
        """Take the field with the article's marks; return the labels that the reader gave, and whether it was read."""
        marks = self.left.get(self.format.marked)
        if not isinstance(marks, list):
            return [], False
        del self.left[self.format.marked]
        found = [each.partition("/label/")[2] for each in marks if isinstance(each, str)]
        return [label for label in found if label], any(str(each).endswith(_MARKED_READ) for each in marks)

    def _time(self, value: object) -> datetime | None:
        if self.format.times and isinstance(value, str):
            with suppress(ValueError):
                return datetime.strptime(value.strip(), self.format.times).replace(tzinfo=UTC)
        return time_in(value)

    def _titled(self) -> str | None:
        """Take the field that only this program calls the title so, and return what it says."""
        title = _words(self.left.get(self.format.titled))
        if title is not None:
            del self.left[self.format.titled]
        return title

    def _is_read(self, folder: str | None, entry: Mapping[str, Any]) -> bool:
        """Return whether one of the fields says that the article was read; "unread" counts like no field."""
        states = [self._first("state", self._state), self._first("read", _flag), self._first("read_at", time_in)]
        self._first("unread", _flag)
        is_not_unread = any(role_of(name) == "unread" and _flag(value) is False for name, value in entry.items())
        return any(states) or is_not_unread or (folder or "").lower() == "archive"

    def _state(self, value: object) -> bool | None:
        text = str(value).strip().lower()
        if text in self.format.read_codes or text in _READ_STATES:
            return True
        return False if text in _UNREAD_STATES else None

    def _folders(self, folder: str) -> list[str]:
        if folder.lower() in _NO_FOLDERS:
            return []
        if folder.lower() == STARRED:
            return [STARRED]
        return folder.split(self.format.between_folders) if self.format.between_folders else [folder]

    def _tags(self, value: object) -> list[str] | None:
        """Return tags: a list of words or of objects with a name, an object of them, or one text."""
        if isinstance(value, Mapping):
            return [str(name) for name in value]
        if isinstance(value, str):
            value = _listed(value) or self._divided(value)
        if not isinstance(value, list):
            return None
        names = (_name_of(each) for each in value)
        return [name for name in names if name]

    def _divided(self, text: str) -> list[str]:
        text = text.strip()
        text = text[1:-1] if text[:1] == "[" and text[-1:] == "]" else text
        separator = next((sign for sign in self.format.separators if sign in text), ",")
        return text.split(separator)


def plain_name(name: str) -> str:
    """Return a name of a field without case, blanks and signs."""
    return "".join(sign for sign in name.lower() if sign.isalnum())


def role_of(name: str) -> str:
    """Return what a field of this name is; empty if it is nothing known."""
    return _ROLES.get(plain_name(name), ("", 0))[0]


def holds(value: object) -> bool:
    """Return whether a value is informative: None, empty values, "no" and 0 are not."""
    if isinstance(value, str):
        return value.strip().lower() not in {"", "[]", "{}", "null", "none", *_NO}
    return value not in (None, False, 0, [], {}, ())


def is_yes(value: object) -> bool:
    """Return whether a value is a mark that is set."""
    return _flag(value) is True


def _flag(value: object) -> bool | None:
    text = str(value).strip().lower()
    return True if text in _YES else False if text in _NO else None


def _words(value: object) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None


def _address(value: object) -> str | None:
    """Return an address: a text, or the first of a list of links."""
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        value = value[0].get("href")
    return _words(value)


def _markup(value: object) -> str | None:
    """Return the text of an article as HTML; None if it is none."""
    if isinstance(value, Mapping):
        value = value.get("content")
    return value if isinstance(value, str) and _MARKUP.search(value) else None


def _names(value: object) -> tuple[str, ...] | None:
    """Return the names of persons: a list of them, or one text."""
    names = value if isinstance(value, list) else [value]
    found = tuple(text for each in names if (text := _name_of(each)))
    return found or None


def _listed(text: str) -> list[Any] | None:
    """Return a list that was written as text, as JSON or Python does."""
    if text.lstrip()[:1] != "[" or len(text) > _LONGEST_LIST:
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text.strip())
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(value, list):
            return value
    return None


def _name_of(tag: object) -> str:
    if isinstance(tag, Mapping):
        tag = next((tag[key] for key in ("label", "name", "title", "tag", "slug") if isinstance(tag.get(key), str)), "")
    return tag.strip() if isinstance(tag, str) else ""


def known_format(
    names: Iterable[str], formats: Iterable[tuple[frozenset[str], ProgramFormat]], otherwise: ProgramFormat
) -> ProgramFormat:
    """Return the first format all of whose names are among these."""
    known = {plain_name(name) for name in names}
    return next((file_format for needed, file_format in formats if needed <= known), otherwise)
