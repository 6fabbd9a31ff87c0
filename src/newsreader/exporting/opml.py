"""Sources as OPML 2.0, for other feed readers and for a computer to come (http://opml.org/spec2.opml)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from html import escape

from newsreader.text import line

_BETWEEN_GROUPS = " / "


@dataclass(frozen=True, slots=True)
class Outline:
    """A source as the list names it.

    Attributes:
        group: Nested ones are written "News / Europe"; empty where it is in none.
        site_url: The page that a feed is of.
    """

    url: str
    title: str = ""
    group: str = ""
    site_url: str | None = None


@dataclass(slots=True)
class _Group:
    sources: list[Outline] = field(default_factory=list)
    groups: dict[str, "_Group"] = field(default_factory=dict)


def to_opml(outlines: Iterable[Outline], title: str, made_at: datetime) -> bytes:
    """Return the sources as a document; those of a group stand in it, in the order in which they come."""
    whole = _Group()
    for outline in outlines:
        group = whole
        for name in filter(None, map(line, outline.group.split(_BETWEEN_GROUPS))):
            group = group.groups.setdefault(name, _Group())
        group.sources.append(outline)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "<head>",
        f"<title>{escape(line(title))}</title>",
        f"<dateCreated>{made_at:%a, %d %b %Y %H:%M:%S} GMT</dateCreated>",
        "</head>",
        "<body>",
        *_lines(whole),
        "</body>",
        "</opml>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _lines(group: _Group) -> Iterable[str]:
    yield from map(_source, group.sources)
    for name, inner in group.groups.items():
        yield f'<outline text="{escape(name)}">'
        yield from _lines(inner)
        yield "</outline>"


def _source(outline: Outline) -> str:
    title = escape(line(outline.title) or line(outline.url))
    site = f' htmlUrl="{escape(line(outline.site_url, 3000))}"' if outline.site_url else ""
    return f'<outline type="rss" text="{title}" title="{title}" xmlUrl="{escape(line(outline.url, 3000))}"{site}/>'
