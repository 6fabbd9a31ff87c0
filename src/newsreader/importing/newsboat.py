"""The `urls` file of newsboat (and newsbeuter, boat): an address a line, its tags behind it."""

import re
from collections.abc import Iterator

from newsreader.i18n import N_
from newsreader.importing.values import NO_ADDRESS, Gathering, Imported, ImportedCommand, web_address

_BARE = re.compile(r'[^\s"]+')
_QUOTED = re.compile(r'(?:\\.|[^"\\])*', re.DOTALL)  # up to the quote that ends it, or the end of the line
_BEGINNING = re.compile(r'"?(?:https?://|feed:|file:|exec:|filter:|query:)', re.IGNORECASE)
_FILTER = re.compile(r"\A(.{1,4000}?):((?:https?|feed)://.{1,4000})", re.IGNORECASE)
_LONGEST_LINE = 10_000
_REFUSED = {
    "query": N_("searches have another syntax here"),
    "file": N_("it is a file on this computer"),
}
_OTHER_TAG = N_("a source has one group here, the first of its tags")
_HIDDEN = N_("sources are not hidden here")
_NO_LINE = N_("the line does not start with an address")


def is_newsboat(beginning: str) -> bool:
    """Return whether the first line with something in it begins with an address as newsboat writes it."""
    first = next(_lines(beginning), None)
    return first is not None and _BEGINNING.match(first[1]) is not None


def read_newsboat(text: str) -> Imported:
    """Return the sources: "~Title" is what one is called, the first of the other tags its group."""
    found = Gathering("newsboat")
    for number, each in _lines(text):
        words = _words(each[:_LONGEST_LINE])
        address = words[0] if words else ""
        kind = address.partition(":")[0].lower()
        if kind in ("exec", "filter"):
            _take_command(address, words[1:], number, found)
        elif kind in _REFUSED:
            found.refuse(address, _REFUSED[kind], number)
        elif not _BEGINNING.match(address):
            found.refuse(each.strip(), _NO_LINE, number)
        else:
            _take(address, words[1:], number, found)
    return found.all()


def _words(text: str) -> list[str]:
    """Return the words of a line; within quotes a space is none, and what is behind a backslash is itself."""
    words: list[str] = []
    place = 0
    while place < len(text):
        if text[place] == '"':
            quoted = _QUOTED.match(text, place + 1)
            assert quoted is not None
            words.append(re.sub(r"\\(.)", r"\1", quoted[0]))
            place = quoted.end() + 1
        elif plain_name := _BARE.match(text, place):
            words.append(plain_name[0])
            place = plain_name.end()
        else:
            place += 1
    return words


def _take_command(address: str, tags: list[str], number: int, found: Gathering) -> None:
    """Note "exec:COMMAND" and "filter:COMMAND:ADDRESS"."""
    kind, _, text = address.partition(":")
    url = None
    if kind.lower() == "filter":
        parts = _FILTER.fullmatch(text)
        url = web_address(parts[2]) if parts else None
        if parts is None or url is None:
            found.refuse(address, NO_ADDRESS, number)
            return
        text = parts[1]
    title, groups = _called(tags)
    found.command(ImportedCommand(text, title, groups[0] if groups else "", url, number))


def _called(tags: list[str]) -> tuple[str, list[str]]:
    title = next((tag[1:] for tag in tags if tag.startswith("~")), "")
    return title, [tag for tag in tags if tag and tag[0] not in "~!"]


def _take(address: str, tags: list[str], number: int, found: Gathering) -> None:
    title, groups = _called(tags)
    found.source(address, title, groups[0] if groups else "", place=number)
    for tag in tags:
        if tag.startswith("!"):
            found.refuse(f"{address} {tag}", _HIDDEN, number)
        elif tag in groups[1:]:
            found.refuse(f"{address} {tag}", _OTHER_TAG, number)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, with their numbers."""
    for number, each in enumerate(text.splitlines(), 1):
        if each.strip() and not each.lstrip().startswith("#"):
            yield number, each.strip()
