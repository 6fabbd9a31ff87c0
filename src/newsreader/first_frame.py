"""The list as the interface will show it first, painted before anything else is imported.

When the interface ends, it keeps what its next start shows first: the lines of the screen, ready to be written. At
that start they are on the terminal at once, while Textual is still being imported, and Textual's own first paint then
finds the same cells. What is kept holds for one terminal (its size, colours, language) and for the stores as they
were: where anything else is so now, nothing is painted. Keys wait in the terminal meanwhile.

Every import here delays the list, so that there are nearly none.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from _typeshed import StrPath

_HEAD = b"newsreader first frame 1"
_LARGEST = 1 << 20  # bytes of the file
_VARIABLES = frozenset(
    {
        "TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS", "LINES", "LANG", "LANGUAGE", "TZ",
        "TERM_PROGRAM", "WT_SESSION", "ESCDELAY",
    }
)  # fmt: skip
_FAMILIES = ("LC_", "TEXTUAL", "PYTHON", "WCWIDTH")
_ENTER = b"\x1b[?1049h\x1b[?25l\x1b[?7l"
_LEAVE = b"\x1b[0m\x1b[?7h\x1b[?1049l\x1b[?25h"
_INTERRUPTED = 130


class FirstLines:
    """The lines of the screen, for as long as they are true.

    Attributes:
        since_s: From when on they are, in seconds since 1970.
        until_s: When they are no more.
        heads: The first line, each with when it is to be replaced by the next.
        lines: The others.
    """

    __slots__ = ("heads", "lines", "since_s", "until_s")

    def __init__(
        self, since_s: float, until_s: float, heads: "Sequence[tuple[float, str]]", lines: "Sequence[str]"
    ) -> None:
        self.since_s, self.until_s, self.heads, self.lines = since_s, until_s, heads, lines


class FirstFrame:
    """What the next start shows first, in a terminal of some size.

    Attributes:
        days: The lines, for some days to come.
    """

    __slots__ = ("columns", "days", "rows")

    def __init__(self, columns: int, rows: int, days: "Sequence[FirstLines]") -> None:
        self.columns, self.rows, self.days = columns, rows, days


class _Taken:
    """What was done to the terminal, to be taken back."""

    def __init__(self) -> None:
        self.environment = b""  # as it was when the program started
        self.attributes: list[Any] | None = None  # of the terminal, before; None while it is not ours
        self.lines: list[str] = []  # that are on the screen
        self.size = (0, 0)


_taken = _Taken()


# --- the file -----------------------------------------------------------------------------------


def frame_file(cache: "StrPath") -> str:
    """Return where the frame is kept, in the directory of the cache."""
    return os.path.join(cache, "first-frame")  # noqa: PTH118  (pathlib takes as long to import as all of this)


def cache_directory() -> str:
    """Return the directory of the cache, as `Directories.default` finds it with more imports."""
    named = os.environ.get("NEWSREADER_CACHE_DIR", "").strip()
    if named:
        return os.path.abspath(os.path.expanduser(named))  # noqa: PTH100, PTH111
    base = "~/Library/Caches" if sys.platform == "darwin" else os.environ.get("XDG_CACHE_HOME", "").strip()
    return os.path.join(os.path.expanduser(base or "~/.cache"), "newsreader")  # noqa: PTH111, PTH118


def note_environment() -> None:
    """Note what the environment says of the terminal and the language, before the program adds to it."""
    _taken.environment = _environment()


def _environment() -> bytes:
    values = [
        f"{name}={value}"
        for name, value in os.environ.items()
        if name in _VARIABLES or name.startswith(_FAMILIES)
    ]  # fmt: skip
    return os.fsencode("\x1f".join(sorted(values)).replace("\n", "\x1e"))


def _state_of(path: bytes) -> bytes:
    """Return what is another once a file has been written to; that of a file that is empty is that of none."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return b"-"
    return b"%d %d %d" % (found.st_size, found.st_mtime_ns, found.st_ino) if found.st_size else b"-"


def write_frame(path: "StrPath", frame: FirstFrame, files: "Iterable[StrPath]") -> None:
    """Keep a frame, which holds for as long as these files are as they are now.

    Raises:
        OSError: it cannot be written.
    """
    named = [os.fsencode(file) for file in (__file__, *files)]
    named = [name for name in named if b"\n" not in name]
    text = [_HEAD, b"%d %d" % (frame.columns, frame.rows), _taken.environment, b"%d" % len(named)]
    text += [b"%b\t%b" % (_state_of(name), name) for name in named]
    for day in frame.days:
        text.append(b"%d %d %d %d" % (day.since_s, day.until_s, len(day.heads), len(day.lines)))
        text += [b"%d %b" % (until_s, _encoded(head)) for until_s, head in day.heads]
        text += [_encoded(line) for line in day.lines]
    text.append(b"end")
    _write_file(path, text)


def renew_frame(path: "StrPath") -> None:
    """Have a frame, which was painted at this start, hold for its files as they are now.

    Raises:
        OSError, ValueError, IndexError: there is none.
    """
    with open(path, "rb") as file:  # noqa: PTH123
        text = file.read(_LARGEST).split(b"\n")
    for at in range(4, 4 + int(text[3])):
        name = text[at].partition(b"\t")[2]
        text[at] = b"%b\t%b" % (_state_of(name), name)
    _write_file(path, text)


def _write_file(path: "StrPath", text: "Sequence[bytes]") -> None:
    new = f"{os.fspath(path)}.{os.getpid()}"
    try:
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123
            file.write(b"\n".join(text))
        os.replace(new, path)  # noqa: PTH105
    except OSError:
        forget_frame(new)
        raise


def forget_frame(path: "StrPath") -> None:
    """Delete a frame, where there is one."""
    try:
        os.unlink(path)  # noqa: PTH108
    except FileNotFoundError:
        return


def _encoded(line: str) -> bytes:
    return line.encode("utf-8", "replace").replace(b"\n", b" ")


def read_frame(path: "StrPath", size: tuple[int, int], now_s: float) -> list[str] | None:
    """Return the lines to paint; None where nothing is kept that is true here and now.

    Raises:
        OSError, ValueError, IndexError: there is none, or it is none of ours.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    with open(os.open(path, flags), "rb") as file:  # noqa: PTH123
        found = os.fstat(file.fileno())
        if found.st_uid != os.geteuid() or found.st_mode & 0o170077 != 0o100000 or found.st_size > _LARGEST:
            return None  # another's, or one that others may write to
        text = file.read(_LARGEST).split(b"\n")
    if text[:3] != [_HEAD, b"%d %d" % size, _taken.environment] or text[-1] != b"end":
        return None
    at = 4 + int(text[3])
    for state, _, name in (each.partition(b"\t") for each in text[4:at]):
        if _state_of(name) != state:
            return None
    while at < len(text) - 1:
        since_s, until_s, heads, lines = map(int, text[at].split(b" "))
        first = at + 1
        at = first + heads + lines
        if since_s <= now_s < until_s:
            head = next(head for until, _, head in (each.partition(b" ") for each in text[first : first + heads])
                        if now_s < int(until))  # fmt: skip
            return [line.decode() for line in (head, *text[first + heads : at])]
    return None


# --- the terminal -------------------------------------------------------------------------------


def paint(now_s: float) -> None:
    """Show the list as the interface will show it first, where that is known; else leave the terminal alone."""
    if sys.platform == "win32" or not all(map(os.isatty, (0, 1, 2))):
        return
    try:
        columns, rows = os.get_terminal_size(1)
        size = columns, rows
        lines = read_frame(frame_file(cache_directory()), size, now_s)
        if lines is None or len(lines) != size[1] or os.tcgetpgrp(0) != os.getpgrp():
            return
    except (OSError, ValueError, IndexError, StopIteration):
        return  # nothing is kept: the list comes a moment later
    _take(lines, size)


def _take(lines: list[str], size: tuple[int, int]) -> None:
    """Take the terminal as the interface will, and write the lines; signals give it back."""
    import termios
    from _signal import SIG_DFL, SIGHUP, SIGINT, SIGTERM, getsignal, signal  # type: ignore[import-not-found]

    try:
        before = termios.tcgetattr(0)
    except termios.error:
        return
    ours = [*before[:6], [*before[6]]]
    ours[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    ours[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    ours[6][termios.VMIN], ours[6][termios.VTIME] = 1, 0
    ours[6][termios.VSUSP] = ours[6][termios.VQUIT] = b"\x00"  # as keys they wait for the interface
    _taken.attributes, _taken.lines, _taken.size = before, lines, size
    for number in (SIGHUP, SIGTERM, SIGINT):
        if getsignal(number) is (_default_interrupt() if number == SIGINT else SIG_DFL):
            signal(number, _end)
    try:
        termios.tcsetattr(0, termios.TCSANOW, ours)
        _write(_ENTER + "".join(f"\x1b[{y}H{line}" for y, line in enumerate(lines, 1)).encode())
    except (OSError, termios.error):
        restore()


def _default_interrupt() -> object:
    from _signal import default_int_handler

    return default_int_handler


def _write(text: bytes) -> None:
    while text:
        text = text[os.write(2, text) :]


def _end(number: int, frame: object) -> None:
    """End by a signal, the terminal being as it was."""
    del frame
    from _signal import SIG_DFL, SIGINT, signal

    restore()
    if number == SIGINT:
        os._exit(_INTERRUPTED)
    signal(number, SIG_DFL)
    os.kill(os.getpid(), number)


def restore() -> None:
    """Leave the terminal as it was, unless the interface has it, or nothing was painted."""
    before, _taken.attributes, _taken.lines = _taken.attributes, None, []
    if before is None:
        return
    import termios

    try:
        _write(_LEAVE)
        termios.tcsetattr(0, termios.TCSANOW, before)
    except (OSError, termios.error):
        return  # the terminal is gone


def is_painted() -> bool:
    """Return whether the terminal is taken, and shows the lines."""
    return _taken.attributes is not None


def was_painted() -> bool:
    """Return whether this start has painted the lines, as they were true then."""
    return bool(_taken.lines)


def hand_over() -> "list[Any] | None":
    """Leave the terminal to the interface, which gives it back; return its attributes as they were before."""
    before, _taken.attributes = _taken.attributes, None
    return before


def painted_lines() -> tuple[tuple[int, int], list[str]]:
    """Return what was painted: the size of the screen, and its lines; none where nothing was."""
    return _taken.size, _taken.lines
