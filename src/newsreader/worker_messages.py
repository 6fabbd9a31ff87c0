"""The messages between the program and its worker: their frames, and pages split into pieces for them."""

import io
import json
import struct
from collections.abc import Iterable, Iterator
from typing import IO, Any

from newsreader.jsonform import (
    Json,
    page_from_json,
    page_to_json,
)
from newsreader.login_form import LoginForm
from newsreader.models import Page

_LENGTH = struct.Struct(">I")
_LONG_LINE = 8 * 1024


class TooLongError(ValueError):
    """A message is longer than any can be."""


def send_message(pipe: IO[bytes], message: bytes) -> None:
    """Write one message, its length before it."""
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes], limit: int) -> bytes:
    """Return the next message; raises EOFError where there is no whole one."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    if length > limit:
        raise TooLongError
    message = pipe.read(length)
    if len(message) < length:
        raise EOFError
    return message


def packed_pieces(pieces: Iterable[Json]) -> bytes:
    """Return an answer in pieces as bytes: lines of JSON, each a list of some of them, none long to read."""
    lines: list[list[str]] = [[]]
    room = _LONG_LINE
    for piece in map(json.dumps, pieces):
        if room < len(piece) and lines[-1]:
            lines.append([])
            room = _LONG_LINE
        lines[-1].append(piece)
        room -= len(piece)
    return "\n".join(f"[{','.join(line)}]" for line in lines).encode("ascii")


def unpacked_pieces(message: bytes) -> Iterator[Any]:
    """Yield the pieces of an answer; raises ValueError or TypeError where it is none."""
    for line in io.StringIO(message.decode("ascii")):
        yield from json.loads(line)


def lines_of(page: Page) -> Iterator[Json]:
    """Yield the page piece by piece: what it is, then its blocks and headlines one by one."""
    whole = page_to_json(page)
    article = whole["article"]
    blocks = article.pop("blocks") if article else []
    lists = whole.pop("headline_lists")
    yield whole
    yield from ({"block": block} for block in blocks)
    for one in lists:
        headlines = one.pop("headlines")
        yield {"list": one}
        yield from ({"headline": headline} for headline in headlines)


def page_of(lines: Iterator[Any]) -> Page:
    """Return the page that `lines_of` took to pieces."""
    whole = next(lines)
    blocks: list[Json] = []
    lists: list[Json] = []
    for piece in lines:
        if "block" in piece:
            blocks.append(piece["block"])
        elif "list" in piece:
            lists.append(piece["list"] | {"headlines": []})
        else:
            lists[-1]["headlines"].append(piece["headline"])
    if whole["article"]:
        whole["article"]["blocks"] = blocks
    return page_from_json(whole | {"headline_lists": lists})


def login_form_of(lines: Iterator[Any]) -> LoginForm | None:
    """Return the form of a worker's answer; None where the page has none."""
    form = next(lines, None)
    if form is None:
        return None
    user = form["user_field"]
    given = tuple((str(name), str(value)) for name, value in form["given"])
    return LoginForm(str(form["action"]), None if user is None else str(user), str(form["password_field"]), given)
