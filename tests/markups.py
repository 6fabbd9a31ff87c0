"""One article and one headline list of the sample newspaper, in the many markups that such a page comes in.

Everything that varies here is invisible to a reader, so what is expected of the extraction does not vary at all.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from html import escape
from itertools import product

from newsreader.models import ListBlock, Paragraph, Quote, block_texts, plain
from newsreader.sample.edition import SampleEdition, views_text
from newsreader.sample.stories import LANGUAGES, SampleStory, sample_paper

BASE = "http://tide.example"
FETCHED_AT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
PUBLISHED = datetime(2026, 11, 22, 12, 57)  # noqa: DTZ001  the page does not give its zone
LIST_LENGTH = 38
TODAY = 30  # that many of them
_OTHER = {"ru": "uk", "uk": "ru", "en": "uk"}


class Place(StrEnum):
    """Where the headline list is."""

    BEFORE = "before"
    AFTER = "after"
    SIDEBAR = "sidebar"
    INSIDE = "inside"  # in one container with the article


class Rows(StrEnum):
    """How the items of the list are wrapped."""

    WRAPPED = "wrapped"
    LINKED = "linked"  # time and count inside the link
    FLAT = "flat"  # time, link and count as bare siblings


class Tags(StrEnum):
    """What the page is built of."""

    SEMANTIC = "semantic"
    DIVS = "divs"
    TABLES = "tables"


class Classes(StrEnum):
    """What class names its elements have."""

    NAMED = "named"
    HASHED = "hashed"
    NONE = "none"


class Charset(StrEnum):
    """The encoding of its words; only a `<meta>` names it."""

    UTF_8 = "utf-8"
    WINDOWS_1251 = "windows-1251"


@dataclass(frozen=True, slots=True)
class Item:
    """A headline as the list must give it."""

    title: str
    url: str
    time_text: str | None
    published: datetime | None
    views: int | None


@dataclass(frozen=True, slots=True)
class Expected:
    """What a reader sees on the page, whatever its markup."""

    title: str
    lead: str
    authors: tuple[str, ...]
    published: datetime
    language: str
    translations: dict[str, str]
    paragraphs: tuple[str, ...]
    label: str
    headlines: tuple[Item, ...]
    more_url: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One markup of the page."""

    language: str
    place: Place
    rows: Rows
    tags: Tags
    classes: Classes
    charset: Charset

    def __str__(self) -> str:
        """Return the name of the variant for a test's output."""
        return "-".join((self.language, self.place, self.rows, self.tags, self.classes, self.charset))


# Each markup comes in one of the charsets, by turns: the same words are in both, once they are decoded.
VARIANTS = tuple(
    Variant(*values, tuple(Charset)[number % 2])
    for number, values in enumerate(product(LANGUAGES, Place, Rows, Tags, Classes))
)


def page_url(language: str) -> str:
    """Return the address of the page in that language."""
    return BASE + _story(language).path


def page(variant: Variant) -> bytes:
    """Return the page in that markup."""
    return _Builder(variant).document().encode(variant.charset, "xmlcharrefreplace")


def expected(language: str) -> Expected:
    """Return what every variant in that language holds."""
    story = _story(language)
    other = _OTHER[language]
    return Expected(
        title=story.title,
        lead=story.lead or "",
        authors=story.authors,
        published=PUBLISHED,
        language=language,
        translations={other: page_url(other)},
        paragraphs=tuple(_paragraphs(language)),
        label=sample_paper().words[language]["latest"],
        headlines=tuple(_items(language)),
        more_url=f"{BASE}/{language}/lastnews/",
    )


# --- the words --------------------------------------------------------------------------------


def _edition() -> SampleEdition:
    return SampleEdition(sample_paper(), FETCHED_AT, FETCHED_AT, BASE)


def _story(language: str) -> SampleStory:
    story = sample_paper().story(language, "dredging")
    assert story is not None
    return story


def _paragraphs(language: str) -> Iterator[str]:
    """Yield the story's words as paragraphs alone; the second begins with the words of the lead."""
    carried = ""
    for block in _edition().blocks(_story(language)):
        if isinstance(block, Quote):
            yield f"«{''.join(block_texts(block))}» — {block.source}."
        elif isinstance(block, ListBlock):
            yield carried + " " + " ".join(block_texts(block))
        elif isinstance(block, Paragraph):
            carried = plain(block.spans)
            if not carried.endswith(":"):
                yield carried


def _items(language: str) -> Iterator[Item]:
    """Yield the headlines: from 18:18 down to 09:07, and on with 17:58 of the day before."""
    stories = [story for story in _edition().stories(language) if story.key != "dredging"][:LIST_LENGTH]
    moment = datetime.combine(FETCHED_AT.date(), time(18, 18))
    for index, story in enumerate(stories):
        if index == TODAY:
            moment = datetime.combine(FETCHED_AT.date() - timedelta(days=1), time(17, 58))
        yield Item(story.title, BASE + story.path, f"{moment:%H:%M}", moment, story.views)
        moment -= timedelta(minutes=19)


# --- the markup -------------------------------------------------------------------------------

_SEMANTIC = {
    "header": "header",
    "menu": "nav",
    "column": "main",
    "full": "article",
    "descr": "p",
    "info": "div",
    "sidebar": "aside",
    "lenta": "section",
    "label": "h3",
    "item": "li",
    "time": "time",
    "footer": "footer",
}
_INLINE = frozenset({"time", "name", "count"})


@dataclass
class _Builder:
    variant: Variant
    words: dict[str, str] = field(init=False)
    wanted: Expected = field(init=False)

    def __post_init__(self) -> None:
        self.words = sample_paper().words[self.variant.language]
        self.wanted = expected(self.variant.language)

    def document(self) -> str:
        return (
            f'<!DOCTYPE html><html lang="{self.variant.language}"><head>{self._head()}</head><body>'
            f"{self._top()}{self._middle()}{self._footer()}</body></html>"
        )

    def _class(self, name: str) -> str:
        match self.variant.classes:
            case Classes.NAMED:
                return f' class="short-{name}"'
            case Classes.HASHED:
                return f' class="css-{zlib.crc32(name.encode()):x}"'
            case _:
                return ""

    def _box(self, name: str, *inner: str) -> str:
        words = "".join(inner)
        if name in _INLINE:
            tag = "time" if name == "time" and self.variant.tags is Tags.SEMANTIC else "span"
            return f"<{tag}{self._class(name)}>{words}</{tag}>"
        if self.variant.tags is Tags.TABLES:
            return f'<table width="100%"><tr><td{self._class(name)}>{words}</td></tr></table>'
        tag = _SEMANTIC.get(name, "div") if self.variant.tags is Tags.SEMANTIC else "div"
        return f"<{tag}{self._class(name)}>{words}</{tag}>"

    def _link(self, name: str, href: str, words: str) -> str:
        return f'<a{self._class(name)} href="{escape(href)}">{words}</a>'

    # around the article

    def _head(self) -> str:
        language, wanted = self.variant.language, self.wanted
        charset = f'<meta charset="{self.variant.charset}">'
        if self.variant.charset is Charset.WINDOWS_1251:
            charset = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
        head = f"{charset}<title>{escape(wanted.title)} - {escape(self.words['paper'])}</title>"
        if self.variant.tags is Tags.TABLES:  # an old site: the link in the text alone leads to the translation
            return head
        (other, translation), *_ = wanted.translations.items()
        return (
            f'{head}<link rel="canonical" href="{page_url(language)}">'
            f'<link rel="alternate" hreflang="{other}" href="{translation}"><meta property="og:type" content="article">'
        )

    def _top(self) -> str:
        language = self.variant.language
        sections = sample_paper().sections
        links = [self._link("link", f"{BASE}/{language}/{name}/", self.words[name]) for name in sections]
        if self.variant.tags is Tags.TABLES:
            return self._box("header", " | ".join(links))
        return self._box("header", self._box("menu", f"<ul>{''.join(f'<li>{link}</li>' for link in links)}</ul>"))

    def _footer(self) -> str:
        return self._box("footer", f"<p>{self.words['cookies']}</p>")

    def _middle(self) -> str:
        listing = self._listing()
        if self.variant.place is Place.INSIDE:
            return self._columns(self._box("full", *self._article(), *self._junk(), *listing))
        article = self._box("column", self._box("full", *self._article()), *self._junk())
        if self.variant.place is Place.SIDEBAR:
            return self._columns(article, self._box("sidebar", *listing))
        block = self._box("block", *listing)
        return self._columns(block, article) if self.variant.place is Place.BEFORE else self._columns(article, block)

    def _columns(self, *columns: str) -> str:
        if self.variant.tags is not Tags.TABLES:
            return self._box("wrap", *columns)
        if self.variant.place is Place.AFTER:
            rows = "".join(f"<tr><td>{column}</td></tr>" for column in columns)
        else:
            rows = "<tr>" + "".join(f'<td valign="top">{column}</td>' for column in columns) + "</tr>"
        return f'<table width="1000" align="center">{rows}</table>'

    def _junk(self) -> list[str]:
        language = self.variant.language
        answers = [
            f'<label><input type="radio" name="v">{answer}</label>' for answer in self.words["poll_answers"].split(", ")
        ]
        end = "<br>" if self.variant.tags is Tags.TABLES else ""
        return [
            self._link("trust", f"{BASE}/{language}/about.html", self.words["trust"]) + end,
            self._link("gnews", "https://messenger.invalid/tide", self.words["follow"]) + end,
            f'<form{self._class("poll")} action="/vote"><p>{self.words["poll"]}</p>{"".join(answers)}'
            f"<button>{self.words['poll_button']}</button></form>",
        ]

    # the article

    def _article(self) -> list[str]:
        wanted = self.wanted
        (other, translation), *_ = wanted.translations.items()
        author = self._link("author", f"{BASE}/{self.variant.language}/author/1", wanted.authors[0])
        picture = f'<img src="/uploads/posts/wreck.jpg" alt="{escape(wanted.title)}">'
        return [
            f"<h1{self._class('title')}>{escape(wanted.title)}</h1>",
            self._box("descr", escape(wanted.lead)),
            self._box("info", f"{wanted.published:%d-%m-%Y, %H:%M} / {self.words['author']} {author}"),
            self._box("lang", "/" + self._link("version", translation, self.words[f"read_in_{other}"])),
            self._box("picture", picture, self._box("count", views_text(1100, self.variant.language))),
            self._text(),
        ]

    def _text(self) -> str:
        paragraphs = [escape(paragraph, quote=False) for paragraph in self.wanted.paragraphs]
        if self.variant.tags is Tags.TABLES:
            text = "".join(f"{paragraph}<br><br>" for paragraph in paragraphs)
        else:
            text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        return text if self.variant.place is Place.INSIDE else self._box("text", text)

    # the list

    def _listing(self) -> list[str]:
        label = self._box("label", self.words["latest"])
        if self.variant.tags is Tags.TABLES:
            label = f"<b{self._class('label')}>{self.words['latest']}</b><br>"
        more = self._link("more", self.wanted.more_url, self.words["more"])
        rows = "".join(self._row(item) for item in self.wanted.headlines)
        if self.variant.rows is Rows.FLAT and self.variant.place is Place.INSIDE:
            return [label, rows, more]
        if self.variant.tags is Tags.TABLES and self.variant.rows is not Rows.FLAT:
            return [label, f"<table{self._class('lenta')}>{rows}</table>", more]
        if self.variant.tags is Tags.SEMANTIC and self.variant.rows is not Rows.FLAT:
            return [label, f"<ul{self._class('lenta')}>{rows}</ul>", more]
        return [label, self._box("lenta", rows), more]

    def _row(self, item: Item) -> str:
        title, views = escape(item.title, quote=False), views_text(item.views or 0, self.variant.language)
        if self.variant.rows is Rows.LINKED:
            words = self._box("time", item.time_text or "") + self._box("name", title) + self._box("count", views)
            return self._wrapped(self._link("news", item.url, words))
        link = self._link("news", item.url, title)
        if self.variant.rows is Rows.FLAT:
            if self.variant.tags is Tags.SEMANTIC:
                return self._box("time", item.time_text or "") + link + self._box("count", views)
            return f"{item.time_text} {link} {views}<br>"
        return self._wrapped(self._box("time", item.time_text or ""), link, self._box("count", views))

    def _wrapped(self, *parts: str) -> str:
        if self.variant.tags is Tags.TABLES:
            return "<tr>" + "".join(f"<td>{part}</td>" for part in parts) + "</tr>"
        if self.variant.rows is Rows.LINKED and self.variant.tags is Tags.DIVS:
            return "".join(parts)
        return self._box("item", *parts)
