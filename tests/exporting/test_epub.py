"""The book that articles become: by epubcheck where it is installed, and by what can be checked without it."""

import io
import posixpath
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from newsreader.exporting.edition import Edition, EditionSection
from newsreader.exporting.epub import to_epub
from newsreader.models import Article, Figure, Heading, Headline, Preformatted, Span
from tests.exporting.editions import (
    ALL,
    ARABIC,
    ENGLISH,
    GIF,
    HOSTILE,
    MADE,
    MODERN,
    OTHER,
    PICTURE,
    STRANGE,
    UKRAINIAN,
    edition,
    paragraph,
    png,
)

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
XML = "{http://www.w3.org/XML/1998/namespace}"


class Book:
    """A book, opened as an e-reader does it; every part of it has to be well-formed."""

    def __init__(self, packed: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(packed))
        assert self.archive.testzip() is None
        self.names = self.archive.namelist()
        self.package = self.tree("EPUB/package.opf")
        self.items = list(self.package.iter(f"{OPF}item"))

    def tree(self, name: str) -> etree._Element:
        return etree.fromstring(self.archive.read(name), etree.XMLParser(resolve_entities=False, load_dtd=False))

    def pages(self) -> dict[str, etree._Element]:
        return {name: self.tree(name) for name in self.names if name.endswith(".xhtml")}

    def words_of(self, name: str) -> str:
        return "".join(str(text) for text in self.tree(f"EPUB/{name}").itertext())


def attributes(page: etree._Element, name: str) -> list[str]:
    return [str(value) for each in page.iter("*") if (value := each.get(name)) is not None]


def check_structure(packed: bytes) -> Book:
    """Check what EPUB 3.2 requires, as far as the files show it, and return the book."""
    book = Book(packed)
    first = book.archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert book.archive.read("mimetype") == b"application/epub+zip"
    container = book.tree("META-INF/container.xml")
    assert [each.get("full-path") for each in container.iter("{*}rootfile")] == ["EPUB/package.opf"]
    listed = [f"EPUB/{item.get('href')}" for item in book.items]
    assert len(set(listed)) == len(listed)
    assert set(listed) == set(book.names) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    identifiers = [each.get("id") for each in book.package.iter() if each.get("id")]
    assert len(set(identifiers)) == len(identifiers)
    spine = [each.get("idref") for each in book.package.iter(f"{OPF}itemref")]
    assert len(set(spine)) == len(spine)
    assert set(spine) <= set(identifiers)
    assert [item.get("href") for item in book.items if item.get("properties") == "nav"] == ["nav.xhtml"]
    for name, page in book.pages().items():
        ids = [each.get("id") for each in page.iter() if each.get("id")]
        assert len(set(ids)) == len(ids)
        for attribute in ("href", "src"):
            for address in attributes(page, attribute):
                is_link = attribute == "href" and address.startswith(("http://", "https://"))
                assert is_link or posixpath.join(posixpath.dirname(name), address) in book.names, address
        assert not page.xpath("//*[local-name()='script' or local-name()='style']|//@*[starts-with(name(), 'on')]")
    return book


def epubcheck_command() -> list[str] | None:
    """Return how epubcheck is started here; None if it is not installed. Debian installs it as a bare archive."""
    found = shutil.which("epubcheck")
    if found is None:
        return None
    if not Path(found).read_bytes().startswith(b"PK"):
        return [found]
    return ["java", "-jar", found] if shutil.which("java") else None


SECTIONS = (
    EditionSection("Harbour News", 2, (Headline("Lost at sea", "https://a.example/?a=1&b=[2]", summary="Not here."),)),
    EditionSection("مرسى", 1),
    EditionSection("Only headlines", 0, (Headline(HOSTILE, "javascript:alert(1)", summary=HOSTILE),)),
    EditionSection(HOSTILE, 2),
)


def test_books_are_valid(tmp_path: Path) -> None:
    check_validity(to_epub(edition(*ALL)), tmp_path)


def test_books_in_sections_are_valid(tmp_path: Path) -> None:
    check_validity(to_epub(replace(edition(*ALL), sections=SECTIONS)), tmp_path)


def test_sections_come_before_their_articles_and_above_them_in_the_contents() -> None:
    book = check_structure(to_epub(replace(edition(*ALL), sections=SECTIONS)))
    spine = [str(each.get("idref")) for each in book.package.iter(f"{OPF}itemref")]
    assert spine[2:] == [
        "section-1", "article-1", "article-2", "section-2", "article-3", "section-3", "section-4", "article-4",
        "article-5",
    ]  # fmt: skip
    nav = book.tree("EPUB/nav.xhtml")
    (top,) = nav.findall(f".//{XHTML}nav/{XHTML}ol")
    names = [str(item.findtext(f"{XHTML}a")) for item in top.findall(f"{XHTML}li")]
    assert names[:3] == ["Harbour News", "مرسى", "Only headlines"]
    assert [len(item.findall(f"{XHTML}ol/{XHTML}li")) for item in top.findall(f"{XHTML}li")] == [2, 1, 0, 2]
    points = book.tree("EPUB/toc.ncx").find(f"{NCX}navMap")
    assert points is not None
    assert [len(point.findall(f"{NCX}navPoint")) for point in points.findall(f"{NCX}navPoint")] == [2, 1, 0, 2]


def test_what_is_missing_is_said_with_where_it_is() -> None:
    book = check_structure(to_epub(replace(edition(*ALL), sections=SECTIONS)))
    page = book.tree("EPUB/section-001.xhtml")
    assert "Not downloaded" in book.words_of("section-001.xhtml")
    assert "Lost at sea" in book.words_of("section-001.xhtml")
    assert "https://a.example/?a=1&b=%5B2%5D" in attributes(page, "href")
    assert "Not downloaded" not in book.words_of("section-002.xhtml")
    assert "2 headlines without their articles" in book.words_of("title.xhtml")
    assert "alert" not in " ".join(attributes(book.tree("EPUB/section-003.xhtml"), "href"))


def check_validity(packed: bytes, tmp_path: Path) -> None:
    """Have epubcheck look at a book, where it is installed."""
    check_structure(packed)
    command = epubcheck_command()
    if command is not None:
        path = tmp_path / "book.epub"
        path.write_bytes(packed)
        done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False, timeout=240)
        assert done.returncode == 0, done.stderr
        assert "0 fatals / 0 errors / 0 warnings" in done.stdout


WORDS = st.text(max_size=30) | st.just(HOSTILE)
BLOCKS = st.lists(
    st.builds(paragraph, WORDS, st.sampled_from([None, "https://a.example/?q=[1]&b#c%", "https://[::1]/", "http://[x"]))
    | st.builds(lambda words, level: Heading((Span(words),), level), WORDS, st.integers(-2, 9))
    | st.builds(Preformatted, WORDS, st.none())
    | st.builds(lambda url, alt: Figure(url, alt, (Span(alt),)), st.sampled_from([PICTURE, OTHER, "x", ""]), WORDS),
    max_size=4,
).map(tuple)
ARTICLES = st.builds(
    Article,
    st.sampled_from(["https://a.example/", "", "file:///x", "https://a.example/?a=<b>&c"]),
    WORDS,
    BLOCKS,
    lead=st.none() | WORDS,
    authors=st.lists(WORDS, max_size=2).map(tuple),
    published=st.none() | st.datetimes(),
    site_name=st.none() | WORDS,
    language=st.none() | WORDS | st.just("sr-Latn"),
)


@settings(max_examples=60)
@given(st.lists(ARTICLES, min_size=1, max_size=3), WORDS)
def test_whatever_the_words_are_the_book_is_well_formed(articles: list[Article], title: str) -> None:
    check_structure(to_epub(Edition(title, tuple(articles), MADE, {PICTURE: png(), OTHER: GIF}, "uk")))


def test_the_same_edition_gives_the_same_bytes_and_another_one_is_another_book() -> None:
    assert to_epub(edition()) == to_epub(edition())
    names = {Book(to_epub(each)).package.findtext(f".//{DC}identifier") for each in (edition(), edition(ENGLISH))}
    assert len(names) == 2


def test_a_book_has_its_articles_in_order_and_in_both_tables_of_contents() -> None:
    book = check_structure(to_epub(edition(UKRAINIAN, ENGLISH)))
    nav = [(str(a.text), a.get("href")) for a in book.tree("EPUB/nav.xhtml").iter(f"{XHTML}a")]
    assert nav == [(UKRAINIAN.title, "article-001.xhtml"), (ENGLISH.title, "article-002.xhtml")]
    ncx = book.tree("EPUB/toc.ncx")
    labels = [point.findtext(f"{NCX}navLabel/{NCX}text") for point in ncx.iter(f"{NCX}navPoint")]
    assert labels == [UKRAINIAN.title, ENGLISH.title]
    assert "2 articles" in book.words_of("title.xhtml")
    assert "The paper of Wednesday" in book.words_of("title.xhtml")


def test_every_article_has_its_own_language_and_direction() -> None:
    book = check_structure(to_epub(edition(ENGLISH, ARABIC, STRANGE)))
    roots = [book.tree(f"EPUB/article-{number:03}.xhtml") for number in (1, 2, 3)]
    assert [(root.get("lang"), root.get(f"{XML}lang"), root.get("dir")) for root in roots] == [
        ("en", "en", "ltr"),
        ("ar", "ar", "rtl"),
        (None, None, "ltr"),
    ]
    assert [each.text for each in book.package.iter(f"{DC}language")] == ["en", "ar"]


def test_the_metadata_of_one_article_are_those_of_the_book() -> None:
    book = check_structure(to_epub(edition(ENGLISH, title=ENGLISH.title)))
    message = {
        name: [e.text for e in book.package.iter(f"{DC}{name}")] for name in ("title", "creator", "publisher", "source")
    }
    assert message == {
        "title": [ENGLISH.title],
        "creator": ["Jane Doe", "John Roe"],
        "publisher": ["Harbour News"],
        "source": [ENGLISH.url],
    }


def test_a_picture_is_kept_once_and_one_that_no_book_may_hold_leaves_its_caption() -> None:
    book = check_structure(to_epub(edition(ENGLISH, UKRAINIAN)))
    pictures = [item for item in book.items if str(item.get("media-type")).startswith("image/")]
    assert [(item.get("href"), item.get("properties")) for item in pictures] == [
        ("pictures/001.png", "cover-image"),
        ("pictures/002.gif", None),
    ]
    assert book.archive.read("EPUB/pictures/001.png") == png()
    first = book.tree("EPUB/article-001.xhtml")
    assert [each.get("src") for each in first.iter(f"{XHTML}img")] == ["pictures/001.png", "pictures/002.gif"]
    assert MODERN in attributes(first, "href")
    assert "The new quay" in book.words_of("article-001.xhtml")
    assert "A caption that stays" in book.words_of("article-001.xhtml")


def test_hostile_words_stay_words_in_a_book() -> None:
    book = check_structure(to_epub(edition(STRANGE, title=HOSTILE)))
    assert "<script>alert(1)</script>" in book.words_of("article-001.xhtml")
    assert "\u202e" not in book.words_of("article-001.xhtml")


def test_a_large_article_becomes_a_book_without_ado() -> None:
    for unit in ("<", "&", "]]>", " ", "я "):
        large = replace(ENGLISH, title=unit * 50_000, blocks=(paragraph(unit * 200_000), Preformatted(unit * 200_000)))
        assert to_epub(edition(large))
