"""What the service tells the front ends, beside the values of `models`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """A suggestion for the first start."""

    title: str
    url: str


PAPERS = (
    Paper("Вести", "https://vesti-ua.net/"),
    Paper("Українська правда", "https://www.pravda.com.ua/"),
    Paper("Суспільне Новини", "https://suspilne.media/"),
    Paper("BBC News", "https://www.bbc.com/news"),
    Paper("The Guardian", "https://www.theguardian.com/international"),
    Paper("Deutsche Welle", "https://www.dw.com/"),
    Paper("Tagesschau", "https://www.tagesschau.de/"),
    Paper("Le Monde", "https://www.lemonde.fr/"),
    Paper("El País", "https://elpais.com/"),
    Paper("Gazeta Wyborcza", "https://wyborcza.pl/"),
    Paper("NHK World", "https://www3.nhk.or.jp/nhkworld/"),
    Paper("Hacker News", "https://news.ycombinator.com/"),
    Paper("LWN", "https://lwn.net/"),
)


@dataclass(frozen=True, slots=True)
class Session:
    """Where the reader was, for the next start.

    Attributes:
        address: The page whose lists are on the left.
        article: The address of the article on the right, if one is open.
        view: "all" or "saved".
        top: The first line of the article on the screen.
        is_sample: The address is one of the sample newspaper, which has to be served first.
        in_article: The reader was in the article, not in the list.
    """

    address: str | None = None
    article: str | None = None
    view: str = "all"
    top: int = 0
    is_sample: bool = False
    in_article: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """What `save` did: the article as kept, and how many of its pictures could be had."""

    url: str
    title: str
    pictures: int
    pictures_named: int
