"""Bookmarks as browsers and bookmark services export them; the lists that Pocket and Instapaper write are like them."""

from collections.abc import Mapping

from newsreader.i18n import gettext
from newsreader.importing.errors import BrokenFileError
from newsreader.importing.fields import holds, plain_name
from newsreader.importing.values import BETWEEN_GROUPS, Gathering, Imported, ImportedArticle, time_of
from newsreader.text import sound_references

_FORMAT = "HTML"
# Folders that are the browser's own, not the reader's: by attribute, or, of Safari, by identity or name.
_OWN_FOLDERS = ("personal_toolbar_folder", "unfiled_bookmarks_folder")
_SAFARI_FOLDERS = frozenset({"favorites", "favourites", "bookmarks menu", "bookmarks bar", "reading list"})
_READ = ("read archive", "archive")
_STATES = (*_READ, "unread", "")
_TAKEN = frozenset({"href", "feedurl", "tags", "adddate", "timeadded", "toread", "unread"})
# What browsers note for themselves, or what is the same for every link of a program.
_TECHNICAL = frozenset(
    {"icon", "iconuri", "lastmodified", "lastvisit", "lastvisited", "lastcharset", "id", "class", "style", "target",
     "rel", "datacover", "modified", "visited", "feed"}
)  # fmt: skip
_NOTES = "DD"
# By what one attribute of a link, or the title of the page, shows.
_PROGRAMS = (
    ("datacover", "Raindrop bookmarks"),
    ("dataimportant", "Raindrop bookmarks"),
    ("timeadded", "Pocket HTML"),
    ("iconuri", "Firefox bookmarks"),
    ("lastcharset", "Firefox bookmarks"),
)
_TITLES = (
    ("instapaper", "Instapaper HTML"),
    ("pocket", "Pocket HTML"),
    ("pinboard", "Pinboard bookmarks"),
    ("raindrop", "Raindrop bookmarks"),
    ("shiori", "Shiori bookmarks"),
    ("linkding", "linkding bookmarks"),
)


def read_bookmarks(text: str) -> Imported:
    """Return the bookmarks as articles: the folders around one are its tags; feeds among them are sources.

    Raises:
        BrokenFileError: there is nothing in it.
    """
    from lxml import etree

    bookmarks = _Bookmarks()
    parser = etree.HTMLParser(target=bookmarks, huge_tree=False)
    try:
        parser.feed(sound_references(text.replace("\x00", "")))
        parser.close()
    except etree.LxmlError as error:
        raise BrokenFileError(format=_FORMAT, reason=gettext("it isn't HTML")) from error
    return bookmarks.all()


class _Bookmarks:
    """What the parser calls with its elements: folders open and close around the links."""

    def __init__(self) -> None:
        self._found = Gathering("bookmarks")
        self._folders: list[str] = []
        self._named = ""  # the folder whose list comes next
        self._section = ""  # the heading above, in the lists of Pocket and Instapaper
        self._is_own = False
        self._is_note = False  # what is being read are notes below a link
        self._words: list[str] | None = None
        self._link: dict[str, str] = {}
        self._title = ""
        self._attributes: set[str] = set()  # of all links
        self._is_safari = False
        self._has_folders = False

    def start(self, tag: str | bytes, attributes: Mapping[str | bytes, str | bytes]) -> None:
        self._take_notes()
        named = {str(name).lower(): str(value) for name, value in attributes.items()}
        if tag == "dl":
            self._folders.append(self._named)
            self._named = ""
        elif tag in ("h1", "h3"):
            self._is_own = any(named.get(name, "").lower() == "true" for name in _OWN_FOLDERS)
            self._note_safari(str(tag), named)
            self._words = []
        elif tag == "a":
            self._link, self._words = named, []
        elif tag in ("dd", "title"):
            self._words = []
            self._is_note = tag == "dd"

    def data(self, data: str | bytes) -> None:
        if self._words is not None:
            self._words.append(str(data))

    def end(self, tag: str | bytes) -> None:
        words = "".join(self._words or ()).strip()
        if tag == "dl" and self._folders:
            self._folders.pop()
        elif tag == "h3" and self._words is not None:
            is_own = self._is_own or (self._is_safari and words.lower() in _SAFARI_FOLDERS)
            self._named = "" if is_own else words
            self._has_folders = True
        elif tag == "h1" and self._words is not None:
            self._section = words
        elif tag == "a" and self._words is not None:
            self._take(words)
        elif tag == "title":
            self._title = self._title or words.lower()
        elif tag == "dd":
            self._take_notes()
        if tag in ("a", "h1", "h3", "title"):
            self._words = None

    def comment(self, text: str | bytes) -> None:
        """Ignore comments."""

    def close(self) -> None:
        """Do nothing at the end."""

    def all(self) -> Imported:
        """Return what was found, and which program wrote it."""
        self._found.form = self._program()
        return self._found.all()

    def _program(self) -> str:
        recognised = [name for words, name in _TITLES if words in self._title]
        recognised += [name for attribute, name in _PROGRAMS if attribute in self._attributes]
        if self._is_safari:
            recognised.append("Safari bookmarks")
        if {"toread", "private"} <= self._attributes:
            recognised.append("linkding bookmarks" if "lastmodified" in self._attributes else "Pinboard bookmarks")
        if {"adddate", "lastmodified", "tags"} == self._attributes - {"href"} and not self._has_folders:
            recognised.append("Shiori bookmarks")
        return next(iter(recognised), self._found.form)

    def _note_safari(self, tag: str, named: Mapping[str, str]) -> None:
        """Safari folds its folders, and gives no time for anything."""
        is_safari = named.get("id", "").lower().startswith("com.apple.")
        self._is_safari |= is_safari or (tag == "h3" and "folded" in named and "add_date" not in named)
        self._is_own |= is_safari

    def _take_notes(self) -> None:
        """Name the words below a link, which no element ends for certain."""
        if self._is_note and "".join(self._words or ()).strip():
            self._found.left_out([_NOTES])
        if self._is_note:
            self._words, self._is_note = None, False

    def _take(self, title: str) -> None:
        link, self._link = self._link, {}
        self._attributes.update(map(plain_name, link))
        folders = [folder for folder in self._folders if folder]
        if link.get("feedurl"):
            group = BETWEEN_GROUPS.join(folders)
            self._found.source(link["feedurl"], title, group, site_url=link.get("href", ""))
            return
        section = "" if self._folders else self._section.lower()
        tags = [*folders, *([] if section in _STATES else [self._section]), *link.get("tags", "").split(",")]
        time = time_of(link.get("add_date") or link.get("time_added"))
        is_read = section in _READ or link.get("toread", link.get("unread", "")).lower() in ("0", "no", "false")
        self._found.article(ImportedArticle(link.get("href", ""), title, tuple(tags), time, is_read))
        left = [name for name, value in link.items() if plain_name(name) not in _TAKEN | _TECHNICAL and holds(value)]
        self._found.left_out(left)
