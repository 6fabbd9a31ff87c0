"""What a page says about its article beside the text: title, authors, times, language, pictures, further pages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import linked_data
from newsreader.extraction.document import Document
from newsreader.extraction.fragments import comparison_key
from newsreader.extraction.home_links import leads_home
from newsreader.extraction.metadata.bylines import read_authors
from newsreader.extraction.metadata.languages import language_of
from newsreader.extraction.metadata.page_header import PageHeader, ShortLink, find_page_header, short_links, words_of
from newsreader.extraction.metadata.pagination import read_alternatives, read_canonical, read_feeds, read_next_url
from newsreader.extraction.metadata.published import read_published_dates
from newsreader.extraction.metadata.titles import read_title
from newsreader.extraction.metadata.translations import read_translations
from newsreader.models import FeedLink
from newsreader.text import line
from newsreader.urls import absolute, host_of

_PICTURES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "image")
_LANGUAGES = ("content-language", "og:locale", "language", "dc.language", "dcterms.language", "inlanguage")
_SITE_NAMES = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "al:ios:app_name",
    "publisher",
    "dc.publisher",
)
_MOST_WORDS = 8  # more of them are no name of a site
_MOST_BEFORE_LOGO = 40  # links
_NO_NAME = re.compile(r"https?://|^@|[{}]|^[\w-]+\.[\w.-]+/")


@dataclass(frozen=True)
class Metadata:
    """Facts of the page and its article; those that only an article needs are looked for when they are asked for.

    Attributes:
        title: Without the site's name.
        language: A BCP 47 code.
    """

    title: str | None
    site_name: str | None
    language: str | None
    _document: Document
    _items: list[linked_data.Object]
    _sites: frozenset[str]
    _heading: Element | None
    _fetched_at: datetime | None

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """Persons if the page names any; else the agency or the desk that it names."""
        return read_authors(self._document, self._items, self._header, self._sites)

    @property
    def published(self) -> datetime | None:
        """Aware where the page states its zone, else the page's local time."""
        return self._dates[0]

    @property
    def updated(self) -> datetime | None:
        """Only where it is later than `published`."""
        return self._dates[1]

    @property
    def image(self) -> str | None:
        """The address of the picture that stands for the page."""
        said = [text for name in _PICTURES for text in self._document.meta.get(name, ())[:1]]
        for value in linked_data.values(self._items, "image", "thumbnailUrl"):
            address = value.get("url") if isinstance(value, dict) else value
            if isinstance(address, str):
                said.append(address)
        return next((url for text in said[:8] if (url := absolute(text, self._document.base))), None)

    @property
    def translations(self) -> Mapping[str, str]:
        """Language code to absolute address; not the page's own language."""
        return read_translations(self._document, self._links, self.language)

    @property
    def next_url(self) -> str | None:
        """Where the article continues."""
        return read_next_url(self._document, self._links)

    @property
    def canonical(self) -> str | None:
        """The page's own address as it gives it, if it is of the same site."""
        return read_canonical(self._document)

    @cached_property
    def alternatives(self) -> tuple[str, ...]:
        """AMP and print addresses."""
        return read_alternatives(self._document, self._links)

    @cached_property
    def feeds(self) -> tuple[FeedLink, ...]:
        """The feeds that the page names."""
        return read_feeds(self._document)

    @cached_property
    def _links(self) -> list[ShortLink]:
        return short_links(self._document)

    @cached_property
    def _header(self) -> PageHeader:
        return find_page_header(self._document, self.title, self._heading)

    @cached_property
    def _dates(self) -> tuple[datetime | None, datetime | None]:
        return read_published_dates(self._document, self._items, self._header, self._fetched_at, self.language)


def read_metadata(document: Document, fetched_at: datetime | None) -> Metadata:
    """Return what the page says about its article; what it does not say is None or empty.

    Args:
        document: The page; it is left as it is.
        fetched_at: What relative times count from; aware. Without it they stay unknown.
    """
    items = linked_data.articles(document)
    site_name = read_site_name(document, items)
    sites = _names_of_site(document, items, site_name)
    title = read_title(document, items, sites)
    return Metadata(
        title=title.text,
        site_name=site_name,
        language=read_language(document, items),
        _document=document,
        _items=items,
        _sites=sites,
        _heading=title.heading,
        _fetched_at=fetched_at,
    )


def read_language(document: Document, items: list[linked_data.Object]) -> str | None:
    """Return the page's language: the one it names, unless its letters belong to another; else a guess."""
    root = document.root
    said = [root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("xml:lang")]
    said += [document.body.get("lang"), *(text for name in _LANGUAGES for text in document.meta.get(name, ())[:1])]
    said.append(linked_data.first(items, "inLanguage"))
    return language_of(said, _sample(document))


def _sample(document: Document) -> str:
    """Return some of the page's words: its title and description, its first paragraphs."""
    texts = [document.title, *document.meta.get("description", ())[:1]]
    length = 0
    for paragraph in document.body.iter("p"):
        if document.text_length.get(paragraph, 0) > 80:
            texts.append(words_of(paragraph, 800))
            length += len(texts[-1])
            if length > 1500:
                break
    if length < 100:
        texts += islice((line(element.text, 400) for element in document.order if element.text), 60)
    return " ".join(texts)


def read_site_name(document: Document, items: list[linked_data.Object]) -> str | None:
    """Return the name of the site as it calls itself."""
    said = [text for name in _SITE_NAMES[:2] for text in document.meta.get(name, ())[:1]]
    said += [linked_data.words(item.get("publisher")) or "" for item in items[:2]]
    said += [linked_data.words(item) or "" for item in document.json_ld if linked_data.types(item) & {"website"}]
    said += [text for name in _SITE_NAMES[2:] for text in document.meta.get(name, ())[:1]]
    return next((text for text in map(line, said) if 1 < len(text) <= 80 and not _NO_NAME.search(text)), None)


def _names_of_site(document: Document, items: list[linked_data.Object], site_name: str | None) -> frozenset[str]:
    """Return every name of the site, including its host and the words in that."""
    host = host_of(document.url)
    names = [site_name, host, *(part for part in host.split(".")[:-1] if len(part) > 3), host.partition(".")[0]]
    names += [text for name in _SITE_NAMES for text in document.meta.get(name, ())]
    names += [_name_of_logo(document)]
    names += [text.removeprefix("@") for text in document.meta.get("twitter:site", ())]
    names += [
        linked_data.words(value) for value in linked_data.values(items, "publisher", "sourceOrganization", "isPartOf")
    ]
    kinds = {"website", "organization", "newsmediaorganization"}
    names += [linked_data.words(item) for item in document.json_ld if linked_data.types(item) & kinds]
    return frozenset(
        name
        for name in names
        if name and len(comparison_key(name)) > 1 and len(name) <= 60 and name.count(" ") < _MOST_WORDS
    )


def _name_of_logo(document: Document) -> str | None:
    """Return what the replacement text of the first picture that leads to the site's home says."""
    for link in islice(document.body.iter("a"), _MOST_BEFORE_LOGO):
        picture = next(link.iter("img"), None)
        if picture is not None and leads_home(link, document):
            return line(picture.get("alt") or "", 80) or None
    return None
