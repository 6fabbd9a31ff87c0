"""The worker process: extraction and pictures with limits on memory and time, called over its standard input.

What is slow to import is imported only here.
"""

import contextlib
import json
import math
import os
import queue
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import IO

from newsreader.jsonform import (
    Json,
    candidate_to_json,
    site_rule_from_json,
)
from newsreader.pictures import (
    NoPictureError,
    PictureBox,
    PictureProtocol,
    raster_to_json,
    to_raster,
)
from newsreader.worker_messages import lines_of, packed_pieces, receive, send_message

LONGEST_MESSAGE = 128 * 1024 * 1024
_LONGEST_TRACE = 20_000
NO_MEMORY, NO_PICTURE = "memory", "picture"


def _parse_page(arguments: Json, body: bytes) -> Iterator[Json]:
    from newsreader.extraction.page import parse_entry_page, parse_page

    if entry := arguments.get("entry"):
        url, content_type, fetched_at = _place_and_time(arguments)
        page = parse_entry_page(body, url, entry, content_type, fetched_at)
        if page.article is None or page.url.partition("#")[2]:  # else it is a page like others, with rules like others
            return lines_of(page)
    given = (arguments.get("rule"), arguments.get("list_rule"))
    rule, list_rule = (site_rule_from_json(each) if each else None for each in given)
    hints = tuple((name, value) for name, value in arguments.get("hints", ()))
    return lines_of(parse_page(body, *_place_and_time(arguments), rule, list_rule, hints=hints))


def _whole_page(arguments: Json, body: bytes) -> Iterator[Json]:
    from newsreader.extraction.page import whole_page

    has_pictures = bool(arguments.get("has_pictures"))
    return lines_of(whole_page(body, *_place_and_time(arguments), has_pictures=has_pictures))


def _candidates(arguments: Json, body: bytes) -> Iterator[Json]:
    from newsreader.extraction.page import candidates

    return map(candidate_to_json, candidates(body, *_place_and_time(arguments), arguments.get("purpose", "article")))


def _login_form(arguments: Json, body: bytes) -> Iterator[Json]:
    from newsreader.extraction.login_forms import login_form

    url, content_type, _ = _place_and_time(arguments)
    form = login_form(body, url, content_type)
    return iter(()) if form is None else iter([asdict(form)])


def _raster(arguments: Json, body: bytes) -> Iterator[Json]:
    box = PictureBox(**{**arguments, "protocol": PictureProtocol(arguments["protocol"])})
    return map(dict, raster_to_json(to_raster(body, box)))


def _place_and_time(arguments: Json) -> tuple[str, str | None, datetime]:
    return arguments["url"], arguments["content_type"], datetime.fromisoformat(arguments["fetched_at"])


_FUNCTIONS: dict[str, Callable[[Json, bytes], Iterator[Json]]] = {
    "parse_page": _parse_page,
    "whole_page": _whole_page,
    "candidates": _candidates,
    "login_form": _login_form,
    "raster": _raster,
}
"""What the worker can do, by name; each gives the lines of its answer."""
_WARMING = b"<html><title>Tide</title><body><article><h1>Tide</h1><p>%s</p></article>" % (b"The harbour wakes. " * 40)


def _worked(call: Json, body: bytes) -> bytes:
    """Return the answer to a call: a line that says whether it is refused, then those of its result."""
    try:
        return packed_pieces([{"refusal": None}, *_FUNCTIONS[call["function"]](call["arguments"], body)])
    except MemoryError:
        return _refusal(NO_MEMORY)
    except NoPictureError as error:
        return _refusal(NO_PICTURE, reason=str(error)[:300])
    except Exception as error:  # noqa: BLE001  (whatever a page brings about is an answer, not an end)
        if "memory alloc" in str(error).lower():  # how lxml says it
            return _refusal(NO_MEMORY)
        trace = "".join(traceback.format_exception(error))[-_LONGEST_TRACE:]
        return _refusal("fault", reason=f"{type(error).__name__}: {error}"[:300], trace=trace)


def _refusal(kind: str, **words: str) -> bytes:
    return packed_pieces([{"refusal": kind, **words}])


def _limit(memory_bytes: int) -> None:
    """Take what the worker does not need from it, where the platform can."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    with contextlib.suppress(OSError):
        os.nice(5)  # the screen goes first


def _limit_time(seconds: float) -> None:
    """Let the system end this process after so much more work, to the second above."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = math.ceil(used.ru_utime + used.ru_stime + seconds)
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Return standard input and output for this module alone; what a library prints goes nowhere."""
    pipes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return pipes


def warm_up() -> None:
    """Do a small page, which imports all that is slow to import."""
    arguments = {"url": "https://tide.example/", "content_type": "text/html", "fetched_at": "2026-01-01T00:00:00+00:00"}
    _worked({"function": "parse_page", "arguments": arguments}, _WARMING)


def _work(memory_bytes: int, deadline_s: float) -> None:
    """Be the worker, until standard input ends: that of the program has ended then, even if by a kill."""
    calls, answers = _own_pipes()
    waiting: queue.SimpleQueue[tuple[Json, bytes]] = queue.SimpleQueue()

    def read() -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                waiting.put((json.loads(receive(calls, LONGEST_MESSAGE)), receive(calls, LONGEST_MESSAGE)))
        os._exit(0)  # even in the midst of a page

    threading.Thread(target=read, daemon=True).start()
    _limit(memory_bytes)
    warm_up()
    send_message(answers, b"ready")
    while True:
        call, body = waiting.get()
        _limit_time(deadline_s)
        answer = _worked(call, body)
        del call, body
        send_message(answers, answer)


if __name__ == "__main__":
    _work(int(sys.argv[1]), float(sys.argv[2]))
