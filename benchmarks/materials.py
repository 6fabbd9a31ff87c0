"""What the random pages are made of: a story, everything that a site puts around it, and what a reader is to get."""

import random
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from newsreader.models import Heading, Paragraph, plain
from newsreader.sample.edition import SampleEdition
from newsreader.sample.stories import SampleStory, sample_paper

FETCHED_AT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
_WORDS = Path(__file__).with_name("materials.toml")
# How a count of thousands is written.
_THOUSAND = {"ru": "{}т", "uk": "{}т", "en": "{}k", "de": "{} Tsd.", "tr": "{} B"}
_LEAST_HEADLINES = 6


@dataclass(frozen=True, slots=True)
class Row:
    """A headline of the list: its clock as shown, and its count of views."""

    title: str
    url: str
    clock: str
    views: int


@dataclass(frozen=True, slots=True)
class Material:
    """One story and its surroundings, as words.

    Attributes:
        base: The site's address, without a slash at its end.
        published: As the page shows it, without a zone.
        text: Paragraphs and headings of the body in order, each with "p" or "h".
        other: The language of the translation, its address, and the words of the link to it.
        views: The count of views as shown.
        words: Furniture: site, trust, follow, poll, answers, vote, cookies, accept, label, more, share, tags, …
    """

    language: str
    base: str
    url: str
    title: str
    lead: str
    author: str
    published: datetime
    text: tuple[tuple[str, str], ...]
    other: tuple[str, str, str]
    views: str
    rows: tuple[Row, ...]
    more_url: str
    words: dict[str, Any]


@cache
def _toml() -> dict[str, Any]:
    return tomllib.loads(_WORDS.read_text("utf-8"))


def draw_material(chance: random.Random) -> Material:
    """Return a story drawn at random, with words around it drawn one by one."""
    stories = [*_toml()["story"], *_sample_stories()]
    story = chance.choice(stories)
    language = story["language"]
    furniture = _toml()["furniture"]
    words = {
        name: chance.choice(value) if isinstance(value, list) and name not in ("answers", "sign_up") else value
        for name, value in furniture[language].items()
    }
    number = chance.randrange(len(furniture[language]["poll"]))
    words["poll"], words["answers"] = furniture[language]["poll"][number], furniture[language]["answers"][number]
    words["label"] = words["latest"]
    other = chance.choice([name for name in furniture if name != language])
    base = "https://news.example"
    serial = chance.randrange(20_000, 400_000)
    path = chance.choice(("/news/{}-story.html", "/{}-a-story-of-the-day.html", "/2026/11/story-{}/", "/world/{}.html"))
    published = datetime(2026, 11, 22, 12, 57) - timedelta(minutes=chance.randrange(60 * 24 * 700))  # noqa: DTZ001
    thousand = _THOUSAND.get(language, "{}k")
    return Material(
        language=language,
        base=base,
        url=base + path.format(serial),
        title=story["title"],
        lead=story["lead"],
        author=story["author"],
        published=published,
        text=tuple(story.get("text") or (("p", words) for words in story["paragraphs"])),
        other=(other, f"{base}/{other}{path.format(serial)}", furniture[other]["read_in"]),
        views=chance.choice((thousand.format("1.1"), "872", "12 405", "63")),
        rows=tuple(_rows(chance, language, story["title"], base)),
        more_url=f"{base}/lastnews/",
        words=words,
    )


def _rows(chance: random.Random, language: str, own: str, base: str) -> list[Row]:
    """Return headlines with falling clocks, the last of them of the day before."""
    titles = [title for title in _headlines(language) if title != own]
    chance.shuffle(titles)
    count = chance.randint(min(_LEAST_HEADLINES, len(titles)), min(len(titles), 24))
    moment = datetime(2026, 11, 22, 18, chance.randrange(30))  # noqa: DTZ001
    rows = []
    for index, title in enumerate(titles[:count]):
        views = chance.choice((31, 88, 145, 202, 604, 1100))
        rows.append(Row(title, f"{base}/news/{5000 + 13 * index}-a-story.html", f"{moment:%H:%M}", views))
        moment -= timedelta(minutes=chance.randint(11, 58))
    return rows


@cache
def _headlines(language: str) -> tuple[str, ...]:
    if language in _toml()["headlines"]:
        return tuple(_toml()["headlines"][language])
    return tuple(story.title for story in sample_paper().stories[language])


@cache
def _sample_stories() -> list[dict[str, Any]]:
    """Return the stories of the sample newspaper that are paragraphs and headings alone, or nearly."""
    found = []
    paper = sample_paper()
    edition = SampleEdition(paper, FETCHED_AT, FETCHED_AT, "https://news.example")
    for language, stories in paper.stories.items():
        for story in stories:
            text = _plain_text(edition, story)
            if story.lead and story.authors and story.wall is None and len(text) >= 3:
                found.append(
                    {"language": language, "title": story.title, "lead": story.lead, "author": story.authors[0]}
                    | {"text": text}
                )
    return found


def _plain_text(edition: SampleEdition, story: SampleStory) -> list[tuple[str, str]]:
    """Return paragraphs, and the headings that are followed by one."""
    text: list[tuple[str, str]] = []
    for block in edition.blocks(story):
        if isinstance(block, Paragraph) and not plain(block.spans).endswith(":"):
            text.append(("p", plain(block.spans)))
        elif isinstance(block, Heading):
            if text and text[-1][0] == "h":
                text.pop()
            text.append(("h", plain(block.spans)))
    while text and text[-1][0] == "h":
        text.pop()
    return text
