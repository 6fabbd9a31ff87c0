"""What the service returns to the front ends, beside the values of `models`."""

from datetime import datetime

from newsreader.models import ListedHeadline, Problem
from newsreader.source_values import Source
from newsreader.values import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """A suggestion for the first start.

    Attributes:
        language: The code of the language that it is written in.
    """

    title: str
    url: str
    language: str = "en"


PAPERS = (
    Paper("Вести", "https://vesti-ua.net/", "ru"),
    Paper("Українська правда", "https://www.pravda.com.ua/", "uk"),
    Paper("Суспільне Новини", "https://suspilne.media/", "uk"),
    Paper("BBC News", "https://www.bbc.com/news"),
    Paper("The Guardian", "https://www.theguardian.com/international"),
    Paper("Deutsche Welle", "https://www.dw.com/", "de"),
    Paper("Tagesschau", "https://www.tagesschau.de/", "de"),
    Paper("Le Monde", "https://www.lemonde.fr/", "fr"),
    Paper("El País", "https://elpais.com/", "es"),
    Paper("Gazeta Wyborcza", "https://wyborcza.pl/", "pl"),
    Paper("NHK World", "https://www3.nhk.or.jp/nhkworld/"),
    Paper("Hacker News", "https://news.ycombinator.com/"),
    Paper("LWN", "https://lwn.net/"),
)


def papers_for(language: str) -> tuple[Paper, ...]:
    """Return the suggestions, those in a language first."""
    return tuple(sorted(PAPERS, key=lambda paper: paper.language != language))


@dataclass(frozen=True, slots=True)
class SavedSession:
    """Where the reader was, for the next start.

    Attributes:
        address: The page whose lists are on the left.
        article: The address of the article on the right, if one is open.
        view: Which headlines the list shows: "all", "unread", "saved", "reading", or "everything" unread.
        top: The first line of the article on the screen.
        is_sample: The address is one of the sample newspaper, which has to be served first.
        in_article: The reader was in the article, not in the list.
        alone: Nothing but the article was shown.
        faulty: What was shown when something in the program failed, which is not reopened at the next start.
        asked: What the reader typed for the address, where its page has not come yet: it is requested again as typed.
    """

    address: str | None = None
    article: str | None = None
    view: str = "all"
    top: int = 0
    is_sample: bool = False
    in_article: bool = False
    alone: bool = False
    faulty: str | None = None
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What `save` did: the article as kept, and how many of its pictures could be fetched."""

    url: str
    title: str
    pictures: int
    pictures_named: int


@dataclass(frozen=True, slots=True)
class ToDownload:
    """An article that is wanted whole.

    Attributes:
        source: The address of the list that it is in; None if it was requested on its own.
        pictures: They are wanted too.
        is_saved: It is a saved article whose text has not been fetched yet.
    """

    url: str
    title: str
    source: str | None = None
    pictures: bool = True
    is_saved: bool = False


@dataclass(frozen=True, slots=True)
class Downloaded:
    """An article is here now, whole; `pictures` of the `pictures_named` could be fetched."""

    asked: ToDownload
    title: str
    pictures: int
    pictures_named: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class NotDownloaded:
    """An article could not be fetched; where it will be tried again, `is_later` says so."""

    asked: ToDownload
    problem: Problem
    is_later: bool = False


@dataclass(frozen=True, slots=True)
class Resting:
    """All remaining jobs wait for a host that asked to be left alone until then."""

    host: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A source was refreshed; if that failed, `problem` says why, and what it showed is still here."""

    source: Source
    unread: int
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Planned:
    """How many sources will be refreshed, or articles downloaded, from now on."""

    sources: int = 0
    articles: int = 0


DownloadStep = Downloaded | NotDownloaded | Resting
SyncStep = Planned | Refreshed | DownloadStep


@dataclass(frozen=True, slots=True)
class DownloadReport:
    """The result of a download.

    Attributes:
        pictures_missing: How many pictures of the downloaded articles could not be fetched.
        later: How many wait for the next run: their hosts ask for it, or a limit was reached.
        is_full: The limit on the size was reached.
        problem: Why everything ended early, such as that there is no network.
    """

    downloaded: int = 0
    failed: int = 0
    later: int = 0
    size_bytes: int = 0
    pictures_missing: int = 0
    is_full: bool = False
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Something that a search found.

    Attributes:
        title_marks: Where the words of the search are in the title, as pairs of start and end.
        passage: The part of its text that matches the search, as runs of words, marked or not; empty if it was
            not asked for, or only the headline is known.
    """

    row: ListedHeadline
    site_name: str
    language: str | None
    title_marks: tuple[tuple[int, int], ...] = ()
    passage: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class SyncReport:
    """The result of a sync: sources refreshed and failed, and the articles."""

    refreshed: int
    not_refreshed: int
    articles: DownloadReport
