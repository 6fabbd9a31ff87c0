"""A catalogue of books as static files: OPDS 1.2, which is Atom, and a page for browsers.

https://specs.opds.io/opds-1.2. Its links are relative, so that any web server may serve the folder, under any address.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from newsreader.exporting.about import date_of
from newsreader.exporting.html_blocks import proper_address
from newsreader.i18n import gettext
from newsreader.moments import local, utc
from newsreader.text import line

ROOT = "catalogue.atom"
PAGE = "index.html"
GENERATOR = "newsreader catalogue"
PER_PAGE = 100  # books of one file: e-readers take long to read a large one
_LONGEST = 3000
_NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
_ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
_EPUB = "application/epub+zip"


class BookKind(StrEnum):
    """The parts of the catalogue; their values are the names of their folders and files."""

    EDITIONS = "editions"
    SAVED = "saved"

    @property
    def label(self) -> str:
        """What the reader calls it."""
        return gettext("Editions") if self is BookKind.EDITIONS else gettext("Saved articles")


@dataclass(frozen=True, slots=True)
class Book:
    """A book of the catalogue.

    Attributes:
        name: Of its file, in the folder of its kind.
        made_at: Aware: of the edition, or when the article was saved.
        version: Of its content; another one for another content.
        source: The address of the article; empty for an edition.
        summary: A sentence about it; may be empty.
    """

    kind: BookKind
    name: str
    title: str
    made_at: datetime
    size_bytes: int
    version: str
    source: str = ""
    summary: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where it is in the catalogue's folder."""
        return f"{self.kind}/{self.name}"


def book_to_json(book: Book) -> dict[str, Any]:
    """Return a book as a JSON value."""
    return {
        "kind": book.kind.value,
        "name": book.name,
        "title": book.title,
        "made_at": book.made_at.isoformat(),
        "size_bytes": book.size_bytes,
        "version": book.version,
        "source": book.source,
        "summary": book.summary,
        "language": book.language,
        "authors": list(book.authors),
    }


def book_from_json(value: Any) -> Book:  # noqa: ANN401  (whatever a file holds)
    """Return the book of its JSON form.

    Raises:
        ValueError, TypeError, KeyError: it is none, or its name could lead out of its folder.
    """
    name, made_at = value["name"], datetime.fromisoformat(value["made_at"])
    texts = [value[key] for key in ("title", "version", "source", "summary", "language")]
    if not isinstance(name, str) or "/" in name or "\\" in name or name.startswith(".") or not name.endswith(".epub"):
        raise ValueError(name)
    if made_at.tzinfo is None or not all(isinstance(text, str) for text in texts):
        raise ValueError(texts)
    title, version, source, summary, language = texts
    f"{name}{version}".encode()  # a lone surrogate is no text
    authors = tuple(map(str, value["authors"]))
    kind, size = BookKind(value["kind"]), int(value["size_bytes"])
    return Book(kind, name, title, made_at, size, version, source, summary, language, authors)


def catalogue_files(books: Iterable[Book], identifier: str) -> dict[str, bytes]:
    """Return the files that list the books, by their names: the newest first of each kind.

    The same books give the same bytes. `identifier` is a URN that no other catalogue has.
    """
    newest = sorted(books, key=lambda book: (book.made_at, book.name), reverse=True)
    lists = {kind: [book for book in newest if book.kind is kind] for kind in BookKind}
    files = {ROOT: _root(lists, identifier), PAGE: _page(lists)}
    for kind, some in lists.items():
        pages = [some[start : start + PER_PAGE] for start in range(0, len(some), PER_PAGE)] or [[]]
        for number, page in enumerate(pages, 1):
            files[list_file(kind, number)] = _list(kind, page, identifier, number, len(pages))
    return {name: text.encode("utf-8", "replace") for name, text in files.items()}


def list_file(kind: BookKind, number: int) -> str:
    """Return the name of the file that lists books of a kind; the first is number 1."""
    return f"{kind}.atom" if number == 1 else f"{kind}-{number}.atom"


# --- Atom ---


def _root(lists: dict[BookKind, list[Book]], identifier: str) -> str:
    entries = [
        "<entry>\n"
        f"<title>{escape(kind.label)}</title>\n<id>{_id(identifier, kind)}</id>\n"
        f"<updated>{_updated(books)}</updated>\n"
        f'<content type="text">{escape(_count(books))}</content>\n'
        f"{_link('subsection', list_file(kind, 1), _ACQUISITION)}\n</entry>"
        for kind, books in lists.items()
    ]
    everything = [book for books in lists.values() for book in books]
    return _feed("newsreader", identifier, _updated(everything), [_link("self", ROOT, _NAVIGATION)], entries)


def _count(books: Sequence[Book]) -> str:
    return gettext("Books: {n}").format(n=len(books))


def _list(kind: BookKind, books: Sequence[Book], identifier: str, number: int, count: int) -> str:
    links = [
        _link("self", list_file(kind, number), _ACQUISITION),
        _link("up", ROOT, _NAVIGATION),
        *([_link("first", list_file(kind, 1), _ACQUISITION)] if count > 1 else []),
        *([_link("previous", list_file(kind, number - 1), _ACQUISITION)] if number > 1 else []),
        *([_link("next", list_file(kind, number + 1), _ACQUISITION)] if number < count else []),
    ]
    entries = [_entry(book, identifier) for book in books]
    return _feed(kind.label, _id(identifier, f"{kind}/{number}"), _updated(books), links, entries)


def _feed(title: str, identifier: str, updated: str, links: Iterable[str], entries: Iterable[str]) -> str:
    head = [
        f"<title>{escape(title)}</title>",
        f"<id>{identifier}</id>",
        f"<updated>{updated}</updated>",
        f"<generator>{GENERATOR}</generator>",
        "<author><name>newsreader</name></author>",
        _link("start", ROOT, _NAVIGATION),
        *links,
    ]
    body = "\n".join((*head, *entries))
    spaces = 'xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/terms/"'
    return f'<?xml version="1.0" encoding="utf-8"?>\n<feed {spaces}>\n{body}\n</feed>\n'


def _entry(book: Book, identifier: str) -> str:
    at = _moment(book.made_at)
    source = proper_address(book.source) if book.source else ""
    fields = [
        f"<title>{escape(line(book.title, _LONGEST) or book.name)}</title>",
        f"<id>{_id(identifier, f'{book.path}#{book.version}')}</id>",
        f"<updated>{at}</updated>",
        *(f"<author><name>{escape(name)}</name></author>" for author in book.authors if (name := line(author))),
        *([f"<dc:language>{escape(line(book.language))}</dc:language>"] if book.language else []),
        *([f'<summary type="text">{escape(line(book.summary, _LONGEST))}</summary>'] if book.summary else []),
        _link("http://opds-spec.org/acquisition", quote(book.path), _EPUB, length=str(book.size_bytes)),
        *([_link("alternate", source, "text/html")] if source else []),
    ]
    return "<entry>\n" + "\n".join(fields) + "\n</entry>"


def _link(relation: str, address: str, kind: str, **more: str) -> str:
    values = {"rel": relation, "href": address, "type": kind, **more}
    return "<link" + "".join(f" {name}={quoteattr(value)}" for name, value in values.items()) + "/>"


def _id(identifier: str, part: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{identifier} {part}')}"


def _updated(books: Iterable[Book]) -> str:
    return _moment(max((book.made_at for book in books), default=datetime(2000, 1, 1, tzinfo=UTC)))


def _moment(moment: datetime) -> str:
    return utc(moment).isoformat(timespec="seconds")


# --- for browsers ---


def _page(lists: dict[BookKind, list[Book]]) -> str:
    """Return a page that lists the newest books: the browsers of e-readers download from it."""
    listed = "\n".join(
        f"<h2>{escape(kind.label)}</h2>\n<ul>\n" + "\n".join(map(_listed, books[:PER_PAGE])) + "\n</ul>"
        for kind, books in lists.items()
        if books
    )
    return (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8"><title>newsreader</title>\n'
        f'<meta name="generator" content="{GENERATOR}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<link rel="alternate" type="application/atom+xml;profile=opds-catalog" href="{ROOT}">\n'
        f"</head>\n<body>\n<h1>newsreader</h1>\n{listed}\n</body>\n</html>\n"
    )


def _listed(book: Book) -> str:
    title = escape(line(book.title, _LONGEST) or book.name)
    size = f"{book.size_bytes / 1_000_000:.1f} MB" if book.size_bytes >= 1_000_000 else f"{book.size_bytes // 1000} kB"
    about = f"{date_of(local(book.made_at))} · {size}"
    return f"<li><a href={quoteattr(quote(book.path))}>{title}</a> <small>{about}</small></li>"
