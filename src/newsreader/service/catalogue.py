"""A folder of books with a catalogue (OPDS): editions and saved articles, for any program that serves or syncs files.

Files appear and change whole, and nothing is listed that is not there: books are written first, then the list of what
is the program's own, then the catalogue; books that are dropped go last. What else is in the folder is left alone.
"""

import asyncio
import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from newsreader.errors import NewsreaderError
from newsreader.exporting.edition import Edition
from newsreader.exporting.file_names import file_name
from newsreader.exporting.formats import ExportFormat, exported
from newsreader.exporting.opds import GENERATOR, Book, BookKind, book_from_json, book_to_json, catalogue_files
from newsreader.files import at_home, read_file
from newsreader.i18n import N_, ngettext
from newsreader.models import Article
from newsreader.service.editions import MadeEdition
from newsreader.service.export import Exporter
from newsreader.service.saved import SavedArticles
from newsreader.settings import Directories
from newsreader.storage.lock import alone
from newsreader.storage.saved import SavedRow
from newsreader.text import line
from newsreader.urls import story_key
from newsreader.values import dataclass
from newsreader.writing import NoDirectoryError, write_error, write_new, write_over

_LIST = ".newsreader-catalogue.json"
_LARGEST_LIST = 64 * 1024 * 1024
_VERSION = 1
_GENERATOR_WITHIN = 2000  # bytes of a file of the catalogue
_SUMMARY_TITLES = 5


class ForeignFileError(NewsreaderError):
    """The folder holds a file that the catalogue would replace, and that is not the catalogue's."""

    message = N_("{path} is not a file of this catalogue.")
    hint = N_("Name an empty directory for the catalogue.")
    kind = "catalogue-foreign-file"
    exit_status = 2


class DamagedCatalogueError(NewsreaderError):
    """The list of the catalogue's books cannot be read."""

    message = N_("{path} cannot be read: it is damaged, or of a newer version.")
    hint = N_("Name another directory, or delete this file and the books beside it: the catalogue is made again.")
    kind = "catalogue-damaged"
    exit_status = 3


class CatalogueRunningError(NewsreaderError):
    """Another program is writing a catalogue."""

    message = N_("Another newsreader is writing a catalogue just now.")
    hint = N_("Try again in a moment.")
    kind = "catalogue-running"
    exit_status = 6


@dataclass(frozen=True, slots=True)
class CatalogueReport:
    """The result of updating a catalogue.

    Attributes:
        path: Of the file to give to e-readers.
        editions: How many editions it lists.
        saved: How many saved articles it lists.
        added: How many books were written.
        removed: How many books were deleted.
        address_only: How many saved articles are missing because their text has not been fetched yet.
    """

    path: Path
    editions: int
    saved: int
    added: int
    removed: int
    address_only: int


@dataclass(slots=True)
class _Folder:
    """The folder of a catalogue while it is being updated, with the books that it lists by their paths."""

    path: Path
    identifier: str
    books: dict[str, Book]

    def write_list(self) -> None:
        """Write the list of the catalogue's own books.

        Raises:
            WriteError: it cannot be written.
        """
        books = [book_to_json(self.books[path]) for path in sorted(self.books)]
        value = {"version": _VERSION, "id": self.identifier, "books": books}
        write_over(self.path / _LIST, json.dumps(value, ensure_ascii=False, indent=1).encode())

    def add_edition(self, edition: Edition) -> None:
        """Write an edition as a new book.

        Raises:
            WriteError: it cannot be written.
        """
        body = exported(edition, ExportFormat.EPUB)
        path = write_new(self.path / BookKind.EDITIONS, lambda number: file_name(edition.title, "epub", number), body)
        book = Book(
            BookKind.EDITIONS, path.name, edition.title, edition.made_at, len(body), "1",
            summary=_summary_of(edition), language=edition.language,
        )  # fmt: skip
        self.books[book.path] = book

    def add_saved(self, row: SavedRow, edition: Edition) -> None:
        """Write a saved article as a book, replacing the one made of it before.

        Raises:
            WriteError: it cannot be written.
        """
        article, body = edition.articles[0], exported(edition, ExportFormat.EPUB)
        digest = hashlib.sha256(story_key(row.url).encode("utf-8", "replace")).hexdigest()[:8]
        name = file_name(line(article.title, 300) or row.title, f"{digest}.epub")
        write_over(self.path / BookKind.SAVED / name, body)
        book = Book(
            BookKind.SAVED, name, line(article.title, 300) or line(row.title, 300), row.saved_at, len(body),
            _version_of(row), row.url, _lead_of(article), article.language or "", article.authors,
        )  # fmt: skip
        self.books[book.path] = book

    def has(self, book: Book) -> bool:
        """Return whether a book of the list exists as it was written."""
        try:
            return (self.path / book.path).stat().st_size == book.size_bytes
        except OSError:
            return False

    def publish(self, dropped: Iterable[Book]) -> None:
        """Write the catalogue without some of its books, then delete these.

        Raises:
            WriteError: something cannot be written or deleted; what is listed is there all the same.
        """
        gone = list(dropped)
        self.write_list()
        for book in gone:
            del self.books[book.path]
        files = catalogue_files(self.books.values(), self.identifier)
        for name, body in sorted(files.items(), reverse=True):  # what other files name comes before them
            write_over(self.path / name, body)
        for path in self.path.glob("*.atom"):
            if path.name not in files and _is_own(path):
                _delete(path)
        for book in gone:
            _delete(self.path / book.path)
        self.write_list()


class Catalogue:
    """Keeps folders of books up to date."""

    def __init__(
        self, directories: Directories, saved: SavedArticles, export: Exporter, now: Callable[[], datetime]
    ) -> None:
        self._directories = directories
        self._saved = saved
        self._export = export
        self._now = now

    async def update(
        self,
        place: Path,
        made: MadeEdition | None,
        *,
        keep: timedelta,
        on_book: Callable[[int, int], object] = lambda _done, _all: None,
    ) -> CatalogueReport:
        """Add an edition and the saved articles to the catalogue of a folder, and remove what is old.

        Args:
            place: The folder; it is made where only itself is missing.
            made: The new edition, if there is one.
            keep: For how long editions stay. The newest one always does.
            on_book: Called after every saved article that had to be written, with how many there are of how many.

        Raises:
            CatalogueRunningError: another program is updating it.
            ForeignFileError, DamagedCatalogueError: the folder holds something else.
            StoreError: the library cannot be read; nothing is changed.
            WriteError: something cannot be written.
        """
        rows = await self._saved.rows()
        with alone(self._directories.data / "catalogue.lock") as is_alone:
            if not is_alone:
                raise CatalogueRunningError()
            folder = await asyncio.to_thread(_opened, place)
            if made is not None:
                await asyncio.to_thread(folder.add_edition, made.edition)
            texts = [row for row in rows if row.word_count or row.picture_count]
            added = await self._add_saved(folder, texts, on_book)
            limit = self._now() - keep
            dropped = _dropped(folder, {_version_key(row) for row in texts}, limit)
            await asyncio.to_thread(folder.publish, dropped)
        counts = {kind: sum(book.kind is kind for book in folder.books.values()) for kind in BookKind}
        return CatalogueReport(
            folder.path / "catalogue.atom", counts[BookKind.EDITIONS], counts[BookKind.SAVED],
            added + (made is not None), len(dropped), len(rows) - len(texts),
        )  # fmt: skip

    async def _add_saved(self, folder: _Folder, rows: list[SavedRow], on_book: Callable[[int, int], object]) -> int:
        """Write the saved articles that the folder lacks; return how many they were."""
        listed = {(book.source, book.version): book for book in folder.books.values() if book.kind is BookKind.SAVED}
        there = await asyncio.to_thread(lambda: {key for key, book in listed.items() if folder.has(book)})
        missing = [row for row in rows if _version_key(row) not in there]
        added = 0
        for number, row in enumerate(missing, 1):
            article = await self._export.stored_article(row.url)
            if article is not None:
                edition = await self._export.edition([article], ExportFormat.EPUB, offline=True)
                made = replace(edition, made_at=row.saved_at)
                await asyncio.to_thread(folder.add_saved, row, made)
                added += 1
            on_book(number, len(missing))
        return added


def _opened(path: Path) -> _Folder:
    """Return the folder of a catalogue, after making its subfolders.

    Raises:
        NoDirectoryError, WriteError: it cannot be made.
        ForeignFileError, DamagedCatalogueError: it holds something else.
    """
    path = at_home(path)
    folder = _Folder(path, f"urn:uuid:{uuid4()}", {})
    try:
        path.mkdir(exist_ok=True)
        body = read_file(path / _LIST, _LARGEST_LIST)
    except FileExistsError:
        raise NoDirectoryError(path=line(str(path), 500)) from None
    except FileNotFoundError:
        if not path.is_dir():
            raise NoDirectoryError(path=line(str(path), 500)) from None
    except OSError as error:
        raise write_error(error, path / _LIST) from error
    else:
        folder = _listed(path, body)
    for name in catalogue_files((), folder.identifier):
        if (path / name).exists() and not _is_own(path / name):
            raise ForeignFileError(path=line(str(path / name), 500))
    for kind in BookKind:
        try:
            (path / kind).mkdir(exist_ok=True)
        except OSError as error:
            raise write_error(error, path / kind) from error
    return folder


def _listed(path: Path, body: bytes) -> _Folder:
    """Return the folder as its list has it.

    Raises:
        DamagedCatalogueError: it is no such list.
    """
    try:
        value = json.loads(body)
        if value["version"] != _VERSION:
            raise ValueError(value["version"])
        books = [book_from_json(each) for each in value["books"]]
        identifier = UUID(value["id"].removeprefix("urn:uuid:")).urn
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedCatalogueError(path=line(str(path / _LIST), 500)) from error
    return _Folder(path, identifier, {book.path: book for book in books})


def _dropped(folder: _Folder, saved: set[tuple[str, str]], limit: datetime) -> list[Book]:
    """Return the books to delete: old editions, and articles no longer saved, or saved again since."""
    editions = [book for book in folder.books.values() if book.kind is BookKind.EDITIONS]
    newest = max(editions, key=lambda book: book.made_at, default=None)
    return [
        book
        for book in folder.books.values()
        if (
            book.made_at < limit and book is not newest
            if book.kind is BookKind.EDITIONS
            else (book.source, book.version) not in saved
        )
    ]


def _is_own(path: Path) -> bool:
    with suppress(OSError):
        return GENERATOR.encode() in read_file(path, _GENERATOR_WITHIN)
    return False


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise write_error(error, path) from error


def _version_of(row: SavedRow) -> str:
    return f"{row.saved_at.isoformat()} {row.word_count} {row.picture_count}"


def _version_key(row: SavedRow) -> tuple[str, str]:
    return row.url, _version_of(row)


def _lead_of(article: Article) -> str:
    return line(article.lead or "", 1000)


def _summary_of(edition: Edition) -> str:
    """Return the number of articles in an edition, and the names of its sections."""
    count = len(edition.articles)
    words = ngettext("{n} article", "{n} articles", count).format(n=count)
    titles = [line(section.title, 80) for section in edition.sections[:_SUMMARY_TITLES]]
    return ": ".join([words, ", ".join(titles)] if titles else [words])
