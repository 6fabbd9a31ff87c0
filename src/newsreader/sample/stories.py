"""The paper's words: the stories under `texts/`, their order and facts in `paper.toml`."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from importlib import resources

from newsreader.models import (
    Block,
    Cell,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Span,
    Spans,
    Table,
)

LANGUAGES = ("en", "uk", "ru")
PAGE_BREAK = "\n\n----\n\n"

_RECORD = re.compile(r"^=== (\S+)\n", re.MULTILINE)
_INLINE = re.compile(r"\*\*([^*]+)\*\*|\*([^*]+)\*|`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)")
_ITEM = re.compile(r"( *)(-|\d+\.) (.*)")

Link = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class SampleStory:
    """One story in one language.

    Attributes:
        key: What its translations have in common.
        number: The number in its address.
        ago: How long before the paper was printed it was published; below zero, it is published later.
        picture: The name of the picture that stands for it; None if it has none.
        wall: "consent" or "paywall" where the page keeps its words back.
        source: Its body in the notation of `blocks_of`; `PAGE_BREAK` divides its pages.
    """

    key: str
    language: str
    section: str
    number: int
    title: str
    lead: str | None
    authors: tuple[str, ...]
    ago: timedelta
    views: int
    picture: str | None
    wall: str | None
    source: str

    @property
    def pages(self) -> tuple[str, ...]:
        """The body's source, page by page."""
        return tuple(self.source.split(PAGE_BREAK))

    @property
    def path(self) -> str:
        """Where the story is below the paper's address."""
        return f"/{self.language}/{self.section}/{self.number}-{self.key}.html"


@dataclass(frozen=True, slots=True)
class SamplePaper:
    """All that is printed.

    Attributes:
        words: Language to name to the words around the stories.
        stories: Language to its stories, newest first.
    """

    sections: tuple[str, ...]
    words: Mapping[str, dict[str, str]]
    stories: Mapping[str, tuple[SampleStory, ...]]

    def story(self, language: str, key: str) -> SampleStory | None:
        """Return the story of that name, if there is one in that language."""
        return next((story for story in self.stories[language] if story.key == key), None)


@lru_cache(maxsize=1)
def sample_paper() -> SamplePaper:
    """Return the paper, read once from the files beside this module."""
    folder = resources.files("newsreader.sample")
    facts = tomllib.loads((folder / "paper.toml").read_text("utf-8"))
    stories = {}
    for language in LANGUAGES:
        records = _records(language)
        names = facts["names"][language]
        stories[language] = tuple(
            _story(fact, 5200 - index, language, records[fact["key"]], names)
            for index, fact in enumerate(facts["story"])
        )
    return SamplePaper(sections=tuple(facts["sections"]), words=facts["words"], stories=stories)


def _records(language: str) -> dict[str, str]:
    records: dict[str, str] = {}
    for text in (resources.files("newsreader.sample") / "texts").iterdir():
        if text.name.endswith(f".{language}.txt"):
            parts = _RECORD.split(text.read_text("utf-8"))
            records.update(zip(parts[1::2], parts[2::2], strict=True))
    return records


def _story(fact: Mapping[str, str], number: int, language: str, record: str, names: Mapping[str, str]) -> SampleStory:
    head, _, body = record.strip("\n").partition("\n\n")
    said = dict(row.split(": ", 1) for row in head.split("\n"))
    return SampleStory(
        key=fact["key"],
        language=language,
        section=fact["section"],
        number=number,
        title=said["title"],
        lead=said.get("lead"),
        authors=tuple(names[author] for author in fact.get("authors", ())),
        ago=timedelta(minutes=int(fact["ago"])),
        views=int(fact["views"]),
        picture=fact.get("picture"),
        wall=fact.get("wall"),
        source=body,
    )


def blocks_of(source: str, link: Link, picture: Link) -> tuple[Block, ...]:
    """Return the blocks that a source in the paper's small notation stands for.

    Blocks are parted by blank lines: `## heading`, `> quote` with `> — source` last, `- item` and `1. item` (two
    spaces further in for a nested list), `| cell | cell |` with the header first, four spaces before preformatted
    lines, `![picture] alt | caption | credit`; anything else is a paragraph. Inside: `**strong**`, `*emphasis*`,
    `` `code` ``, `[words](target)`.

    Args:
        source: One page of a story.
        link: From a target to its address.
        picture: From a picture's name to its address.
    """
    return tuple(_block(chunk, link, picture) for chunk in re.split(r"\n{2,}", source.strip("\n")))


def _block(chunk: str, link: Link, picture: Link) -> Block:
    rows = chunk.split("\n")
    first = rows[0]
    if first.startswith("#"):
        marks, _, words = first.partition(" ")
        return Heading(_spans(words, link), len(marks))
    if first.startswith("> "):
        return _quote([row[2:] for row in rows], link)
    if first.startswith("|"):
        return _table(rows, link)
    if first.startswith("    "):
        return Preformatted("\n".join(row[4:] for row in rows))
    if first.startswith("!["):
        return _figure(first, link, picture)
    if _ITEM.fullmatch(first):
        return _list(rows, link)
    return Paragraph(_spans(" ".join(rows), link))


def _spans(words: str, link: Link) -> Spans:
    return tuple(_runs(words, link))


def _runs(words: str, link: Link) -> Iterator[Span]:
    end = 0
    for match in _INLINE.finditer(words):
        if match.start() > end:
            yield Span(words[end : match.start()])
        strong, emphasis, code, label, target = match.groups()
        if strong:
            yield Span(strong, strong=True)
        elif emphasis:
            yield Span(emphasis, emphasis=True)
        elif code:
            yield Span(code, code=True)
        else:
            yield Span(label, href=link(target))
        end = match.end()
    if end < len(words):
        yield Span(words[end:])


def _quote(rows: list[str], link: Link) -> Quote:
    source = rows.pop().removeprefix("— ") if rows[-1].startswith("— ") else None
    return Quote(tuple(Paragraph(_spans(row, link)) for row in rows), source)


def _table(rows: list[str], link: Link) -> Table:
    caption = rows.pop()[2:] if rows[-1].startswith("= ") else None
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return Table(
        tuple(tuple(Cell(_spans(cell, link), header=index == 0) for cell in row) for index, row in enumerate(cells)),
        caption,
    )


def _figure(row: str, link: Link, picture: Link) -> Figure:
    name, _, words = row[2:].partition("] ")
    alt, caption, credit = (part.strip() for part in words.split("|"))
    return Figure(picture(name), alt, _spans(caption, link), credit)


def _list(rows: list[str], link: Link) -> ListBlock:
    """Return the list that the rows, all at one depth or deeper, make; a deeper run belongs to the item before it."""
    depth = len(rows[0]) - len(rows[0].lstrip(" "))
    items: list[list[str]] = []
    for row in rows:
        if len(row) - len(row.lstrip(" ")) > depth:
            items[-1].append(row)
        else:
            items.append([row])
    marks = [_ITEM.fullmatch(item[0]) for item in items]
    texts = [mark.group(3) if mark else item[0] for mark, item in zip(marks, items, strict=True)]
    mark = marks[0].group(2) if marks[0] else "-"
    return ListBlock(
        tuple(
            (Paragraph(_spans(text, link)), *((_list(item[1:], link),) if item[1:] else ()))
            for text, item in zip(texts, items, strict=True)
        ),
        ordered=mark != "-",
        start=1 if mark == "-" else int(mark.rstrip(".")),
    )
