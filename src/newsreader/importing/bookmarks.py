"""Bookmarks as every browser exports them; the lists that Pocket and Instapaper write as HTML are like them."""

from collections.abc import Mapping

from newsreader.i18n import gettext
from newsreader.importing.errors import BrokenFileError
from newsreader.importing.values import BETWEEN_GROUPS, Gathering, Imported, ImportedArticle, time_of
from newsreader.text import sound_references

_FORM = "HTML"
# Folders that are the browser's own, not the reader's.
_OWN_FOLDERS = ("personal_toolbar_folder", "unfiled_bookmarks_folder")
_READ = ("read archive", "archive")
_STATES = (*_READ, "unread", "")


def read_bookmarks(text: str) -> Imported:
    """Return the bookmarks as articles: the folders around one are its tags; feeds among them are sources.

    Raises:
        BrokenFileError: there is nothing in it.
    """
    from lxml import etree

    bookmarks = _Bookmarks()
    parser = etree.HTMLParser(target=bookmarks, huge_tree=False)
    try:
        parser.feed(sound_references(text).replace("\x00", ""))
        parser.close()
    except etree.LxmlError as error:
        raise BrokenFileError(form=_FORM, reason=gettext("it is no HTML")) from error
    return bookmarks.found.all()


class _Bookmarks:
    """What the parser tells its elements to: folders open and close around the links."""

    def __init__(self) -> None:
        self.found = Gathering("bookmarks")
        self._folders: list[str] = []
        self._named = ""  # the folder whose list comes next
        self._section = ""  # the heading above, in the lists of Pocket and Instapaper
        self._is_own = False
        self._words: list[str] | None = None
        self._link: dict[str, str] = {}

    def start(self, tag: str | bytes, attributes: Mapping[str | bytes, str | bytes]) -> None:
        named = {str(name).lower(): str(value) for name, value in attributes.items()}
        if tag == "dl":
            self._folders.append(self._named)
            self._named = ""
        elif tag in ("h1", "h3"):
            self._is_own = any(named.get(name, "").lower() == "true" for name in _OWN_FOLDERS)
            self._words = []
        elif tag == "a":
            self._link, self._words = named, []

    def data(self, data: str | bytes) -> None:
        if self._words is not None:
            self._words.append(str(data))

    def end(self, tag: str | bytes) -> None:
        words = "".join(self._words or ()).strip()
        if tag == "dl" and self._folders:
            self._folders.pop()
        elif tag == "h3" and self._words is not None:
            self._named = "" if self._is_own else words
        elif tag == "h1" and self._words is not None:
            self._section = words
        elif tag == "a" and self._words is not None:
            self._take(words)
        if tag in ("a", "h1", "h3"):
            self._words = None

    def comment(self, text: str | bytes) -> None:
        """Comments say nothing of bookmarks."""

    def close(self) -> None:
        """Nothing is left to do."""

    def _take(self, title: str) -> None:
        link = self._link
        folders = [folder for folder in self._folders if folder]
        if link.get("feedurl"):
            group = BETWEEN_GROUPS.join(folders)
            self.found.source(link["feedurl"], title, group, site_url=link.get("href", ""))
            return
        section = "" if self._folders else self._section.lower()
        tags = [*folders, *([] if section in _STATES else [self._section]), *link.get("tags", "").split(",")]
        time = time_of(link.get("add_date") or link.get("time_added"))
        article = ImportedArticle(link.get("href", ""), title, tuple(tags), time, is_read=section in _READ)
        self.found.article(article)
