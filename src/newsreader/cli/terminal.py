"""What the terminal can do, according to its environment and its answers to queries."""

import os
import re
import select
import shutil
import sys
import time
from collections.abc import Iterator, Mapping

from newsreader.i18n import N_
from newsreader.i18n import gettext as _
from newsreader.service.doctor import CheckResult, Health
from newsreader.text import line
from newsreader.tui.rendering.terminal import Colours, can_show_a_screen, take_in_colours
from newsreader.values import dataclass

# Whether it knows the mouse as we ask for it, whether it takes a picture as kitty does, and then what every terminal
# answers, so that nobody waits for what it does not understand.
_QUESTIONS = b"\x1b[?1006$p\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[c"
_LAST_ANSWER = re.compile(rb"\x1b\[\?([0-9;]*)c")
_MOUSE_ANSWER = re.compile(rb"\x1b\[\?1006;([0-9])\$y")
_SIXEL = "4"  # among the abilities of the last answer
_PATIENCE_S = 0.5
_SMALLEST = (40, 12)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a terminal answered; None if it did not."""

    kitty: bool | None = None
    sixel: bool | None = None
    mouse: bool | None = None


def understood(reply: bytes) -> Answers:
    """Return what the bytes mean that a terminal sent after the questions."""
    last = _LAST_ANSWER.search(reply)
    if last is None:
        return Answers()
    mouse = _MOUSE_ANSWER.search(reply)
    abilities = last[1].decode().split(";")
    return Answers(
        kitty=b"\x1b_Gi=31;OK" in reply, sixel=_SIXEL in abilities[1:], mouse=mouse[1] != b"0" if mouse else None
    )


def ask_terminal() -> Answers:
    """Ask the terminal what it can do; it has half a second."""
    if sys.platform == "win32" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Answers()
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    reply = b""
    try:
        tty.setcbreak(descriptor, termios.TCSAFLUSH)
        os.write(sys.stdout.fileno(), _QUESTIONS)
        end = time.monotonic() + _PATIENCE_S
        while _LAST_ANSWER.search(reply) is None and (left := end - time.monotonic()) > 0:
            ready, _writable, _failed = select.select([descriptor], [], [], left)
            if ready:
                reply += os.read(descriptor, 4096)
    finally:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)
    return understood(reply)


def check_terminal(environment: Mapping[str, str]) -> Iterator[CheckResult]:
    """Say what the terminal can show."""
    yield _charset()
    if not sys.stdout.isatty():
        text = _("The output isn't a terminal.")
        yield CheckResult(N_("terminal"), Health.UNKNOWN, text, _("Run this in the terminal in which you read."))
        return
    yield _kind(environment)
    yield _size()
    yield from _abilities(ask_terminal(), environment)


def _charset() -> CheckResult:
    encoding = (sys.stdout.encoding or "").lower().replace("_", "-")
    if encoding in ("utf-8", "utf8"):
        return CheckResult(N_("characters"), Health.OK, "UTF-8")
    text = _("The terminal's encoding is {encoding}: other characters are shown as ?.").format(
        encoding=line(encoding, 40) or "?"
    )
    return CheckResult(N_("characters"), Health.WARNING, text, _("Choose a locale with UTF-8, such as LANG=C.UTF-8."))


def _kind(environment: Mapping[str, str]) -> CheckResult:
    term = line(environment.get("TERM", ""), 60) or "?"
    if not can_show_a_screen(environment):
        text = _("TERM is {term}: no screen can be drawn.").format(term=term)
        advice = _("Set TERM to what your terminal is, such as xterm-256color; `newsreader read` needs none.")
        return CheckResult(N_("terminal"), Health.ERROR, text, advice)
    match take_in_colours(dict(environment)):
        case Colours.MANY | Colours.SOME:
            return CheckResult(N_("terminal"), Health.OK, _("{term}, with many colours").format(term=term))
        case Colours.FEW:
            text = _("{term}, with sixteen colours").format(term=term)
            advice = _(
                "If it has more, set COLORTERM=truecolor; the themes ansi-dark and ansi-light look best with few."
            )
            return CheckResult(N_("terminal"), Health.OK, text, advice)
        case Colours.NONE:
            return CheckResult(N_("terminal"), Health.OK, _("{term}, without colours").format(term=term))


def _size() -> CheckResult:
    columns, rows = shutil.get_terminal_size()
    text = _("{columns} columns, {rows} rows").format(columns=columns, rows=rows)
    if columns < _SMALLEST[0] or rows < _SMALLEST[1]:
        return CheckResult(
            N_("size"), Health.WARNING, text, _("From 80 columns on, list and article are side by side.")
        )
    return CheckResult(N_("size"), Health.OK, text)


def _abilities(answers: Answers, environment: Mapping[str, str]) -> Iterator[CheckResult]:
    if answers.kitty is None:
        yield CheckResult(N_("pictures"), Health.UNKNOWN, _("The terminal did not answer."))
        return
    ways = [name for name, can in (("Kitty", answers.kitty), ("Sixel", answers.sixel)) if can]
    if ways:
        yield CheckResult(N_("pictures"), Health.OK, ", ".join(ways))
    else:
        is_inside = bool(environment.get("TMUX") or environment.get("STY"))
        advice = _("tmux and screen don't pass pictures through; outside them they may work.") if is_inside else ""
        yield CheckResult(N_("pictures"), Health.OK, _("drawn with characters: neither Kitty nor Sixel"), advice)
    words = {True: _("understood"), False: _("not understood"), None: _("The terminal does not say.")}
    yield CheckResult(N_("mouse"), Health.UNKNOWN if answers.mouse is None else Health.OK, words[answers.mouse])
