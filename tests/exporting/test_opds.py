"""The catalogue of a folder of books: valid Atom, every book once, and links that stay in the folder."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from newsreader.exporting.opds import PER_PAGE, Book, BookKind, book_from_json, book_to_json, catalogue_files
from tests.exporting.editions import HOSTILE

AT = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
ID = "urn:uuid:4fd3f6c2-9f0e-4c3e-9f7e-0d2c8a6b1e11"
ATOM = "{http://www.w3.org/2005/Atom}"
_RULES = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))

texts = st.text(max_size=40) | st.just(HOSTILE)
books = st.builds(
    lambda kind, number, **more: Book(
        kind, f"book {number}.epub", made_at=AT - timedelta(hours=number), size_bytes=number, version="1", **more
    ),
    st.sampled_from(BookKind),
    st.integers(0, 10**6),
    title=texts,
    source=st.sampled_from(["", "https://a.example/?a=<b>&c=[1]", "file:///x", "javascript:alert(1)"]),
    summary=texts,
    language=texts,
    authors=st.lists(texts, max_size=2).map(tuple),
)


def numbered(count: int) -> list[Book]:
    return [
        Book(BookKind.SAVED, f"{n:04}.epub", f"Book {n}", AT - timedelta(hours=n), 1000 + n, "1") for n in range(count)
    ]


@settings(deadline=None, max_examples=60)
@given(st.lists(books, max_size=4, unique_by=lambda book: book.path))
def test_whatever_the_books_are_called_the_catalogue_is_valid_atom(some: list[Book]) -> None:
    files = catalogue_files(some, ID)
    listed: list[str] = []
    for name, body in files.items():
        if not name.endswith(".atom"):
            continue
        feed = etree.fromstring(body)
        etree.strip_elements(feed, "{http://purl.org/dc/terms/}language", with_tail=False)  # of no rule of Atom's
        assert _RULES.validate(feed), _RULES.error_log
        ids = [each.text for each in feed.iter(f"{ATOM}id")]
        assert len(set(ids)) == len(ids)
        for link in feed.iter(f"{ATOM}link"):
            if link.get("rel") == "alternate":
                assert str(link.get("href")).startswith("https://")
            elif link.get("rel") == "http://opds-spec.org/acquisition":
                assert link.get("type") == "application/epub+zip"
                listed.append(unquote(str(link.get("href"))))
            else:
                assert link.get("href") in files
    assert sorted(listed) == sorted(book.path for book in some)
    assert "<script" not in files["index.html"].decode().lower()


def test_long_lists_go_on_in_further_files() -> None:
    files = catalogue_files(numbered(2 * PER_PAGE + 1), ID)
    names = [name for name in files if name.startswith("saved")]
    assert names == ["saved.atom", "saved-2.atom", "saved-3.atom"]
    first, last = etree.fromstring(files["saved.atom"]), etree.fromstring(files["saved-3.atom"])
    assert len(first.findall(f"{ATOM}entry")) == PER_PAGE
    assert first.findtext(f"{ATOM}entry/{ATOM}title") == "Book 0"  # the newest
    assert [link.get("href") for link in first.iter(f"{ATOM}link") if link.get("rel") == "next"] == ["saved-2.atom"]
    assert [link.get("href") for link in last.iter(f"{ATOM}link") if link.get("rel") == "next"] == []
    assert len(last.findall(f"{ATOM}entry")) == 1


def test_the_same_books_give_the_same_bytes() -> None:
    some = numbered(7)
    assert catalogue_files(some, ID) == catalogue_files(some[::-1], ID)


@given(books)
def test_a_book_is_read_back_as_it_was(book: Book) -> None:
    assert book_from_json(book_to_json(book)) == book


@pytest.mark.parametrize(
    "change",
    [
        {"name": "../../x.epub"},
        {"name": ".hidden.epub"},
        {"name": "x\\y.epub"},
        {"name": "notes.txt"},
        {"name": None},
        {"name": "\ud800.epub"},
        {"made_at": "2026-11-25T06:30:00"},
        {"made_at": "yesterday"},
        {"kind": "others"},
        {"title": 3},
        {"authors": None},
    ],
)
def test_what_is_no_book_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        book_from_json(book_to_json(numbered(1)[0]) | change)
