"""Sources as OPML 2.0, for other feed readers and for a computer to come (http://opml.org/spec2.opml)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape

from newsreader.commands import is_command_address
from newsreader.jsonform import source_settings_to_json
from newsreader.source_values import SourceKind, SourceSettings
from newsreader.text import clean, line

NAMESPACE = "urn:newsreader:opml"
"""Of the attributes that no other reader of feeds knows: a source's settings, and the words of a saved search."""
_BETWEEN_GROUPS = " / "
_DEFAULT = SourceSettings()


@dataclass(frozen=True, slots=True)
class Outline:
    """A source as the list names it.

    Attributes:
        group: Nested ones are written "News / Europe"; empty if it is in none.
        site_url: The page that a feed is of.
        kind: Other readers are given the address of a feed only as that of a feed.
        settings: Those that are not as by default are written; headers are not, for they may be secret.
    """

    url: str
    title: str = ""
    group: str = ""
    site_url: str | None = None
    kind: SourceKind = SourceKind.FEED
    settings: SourceSettings = _DEFAULT


@dataclass(slots=True)
class _Group:
    sources: list[Outline] = field(default_factory=list)
    groups: dict[str, "_Group"] = field(default_factory=dict)


def to_opml(outlines: Iterable[Outline], title: str, made_at: datetime) -> bytes:
    """Return the sources as a document; those of a group are in it, in the order in which they come."""
    whole = _Group()
    for outline in outlines:
        group = whole
        for name in filter(None, map(line, outline.group.split(_BETWEEN_GROUPS))):
            group = group.groups.setdefault(name, _Group())
        group.sources.append(outline)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:newsreader="{NAMESPACE}">',
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
    yield from (_source(each) for each in group.sources if not is_command_address(each.url))
    for name, inner in group.groups.items():
        yield f'<outline text="{escape(name)}">'
        yield from _lines(inner)
        yield "</outline>"


def _source(outline: Outline) -> str:
    title = line(outline.title) or line(outline.url)
    attributes = {"type": "rss", "text": title, "title": title}
    match outline.kind:
        case SourceKind.FEED:
            attributes |= {"xmlUrl": outline.url, "htmlUrl": outline.site_url or ""}
        case SourceKind.PAGE:
            attributes |= {"type": "link", "url": outline.url}
        case SourceKind.SEARCH:
            attributes |= {"type": "search", "newsreader:search": outline.url}
    settings = source_settings_to_json(replace(outline.settings, headers=()))
    if settings:
        attributes["newsreader:settings"] = json.dumps(settings, ensure_ascii=False)
    written = (f'{name}="{escape(_one_line(value))}"' for name, value in attributes.items() if value)
    return f"<outline {' '.join(written)}/>"


def _one_line(text: str) -> str:
    """Return a value whole, as one line that XML can hold."""
    return " ".join(clean(text).split())
