"""From an address of the paper to its page; pure."""

import re
from datetime import datetime
from importlib import resources

from newsreader.sample import feeds, pages
from newsreader.sample.edition import SampleEdition
from newsreader.sample.pictures import picture
from newsreader.sample.stories import LANGUAGES, sample_paper
from newsreader.sample.templates import Markup

HTML = "text/html; charset=utf-8"
Answer = tuple[int, str, bytes]

_STORY = re.compile(r"([a-z]+)/(\d+)-([a-z0-9-]+)\.html(?:\?page=([1-9]))?")
_LATEST = re.compile(r"latest/(?:([1-9])/)?")
_PICTURE = re.compile(r"/pictures/([a-z]+)(-320)?\.png")
_PLAIN_PAGES = {
    "about.html": "about",
    "contacts.html": "contacts",
    "advertising.html": "advertising",
    "privacy.html": "privacy",
    "authors/": "authors",
    "subscribe.html": "subscribe",
}


def render_page(path: str, now: datetime, base_url: str, printed: datetime | None = None) -> Answer:
    """Return status, content type and body of the paper's page at a path (with its query).

    Args:
        path: Begins with a slash.
        now: What "yesterday" is counted from; aware. Times are shown in its zone.
        base_url: Where the paper is, such as "http://127.0.0.1:8000/".
        printed: What the stories' times count from; `now` where it is not given.
    """
    edition = SampleEdition(sample_paper(), printed or now, now, base_url.rstrip("/"))
    drawn = _PICTURE.fullmatch(path)
    if drawn:
        return _picture(edition, drawn.group(1), 320 if drawn.group(2) else 640)
    if path == "/style.css":
        style = resources.files("newsreader.sample") / "style.css"
        return 200, "text/css; charset=utf-8", style.read_bytes()
    language, _, rest = path.removeprefix("/").partition("/")
    if language not in LANGUAGES:
        language, rest = "en", "" if path == "/" else "?"
    return _page(edition, language, rest)


def last_change(now: datetime, printed: datetime) -> datetime:
    """Return when the pages became what they are: printed, joined by a later story, or read on a new day."""
    edition = SampleEdition(sample_paper(), printed, now, "")
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    later = max(edition.published(edition.stories(language)[0]) for language in LANGUAGES)
    return max(printed, midnight, later)


def _page(edition: SampleEdition, language: str, rest: str) -> Answer:
    if rest == "rss.xml":
        return 200, "application/rss+xml; charset=utf-8", feeds.rss(edition, language).encode()
    if rest == "atom.xml":
        return 200, "application/atom+xml; charset=utf-8", feeds.atom(edition, language).encode()
    page = _html(edition, language, rest)
    if page is None:
        return 404, HTML, pages.lost_page(edition, language).encode()
    return 200, HTML, page.encode()


def _html(edition: SampleEdition, language: str, rest: str) -> Markup | None:
    if not rest:
        return pages.front_page(edition, language)
    if rest.removesuffix("/") in edition.paper.sections:
        return pages.section_page(edition, language, rest.removesuffix("/"))
    if rest in _PLAIN_PAGES:
        return pages.plain_page(edition, language, _PLAIN_PAGES[rest])
    latest = _LATEST.fullmatch(rest)
    if latest:
        return pages.latest_page(edition, language, int(latest.group(1) or 1))
    return _story(edition, language, rest)


def _story(edition: SampleEdition, language: str, rest: str) -> Markup | None:
    match = _STORY.fullmatch(rest)
    story = edition.paper.story(language, match.group(3)) if match else None
    if match is None or story is None or edition.published(story) > edition.now:
        return None
    page = int(match.group(4) or 1)
    return pages.article_page(edition, story, page) if page <= len(story.pages) else None


def _picture(edition: SampleEdition, name: str, width: int) -> Answer:
    drawn = picture(name, width)
    if drawn is None:
        return 404, HTML, pages.lost_page(edition, "en").encode()
    return 200, "image/png", drawn
