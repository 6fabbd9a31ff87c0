"""The reader's other programs: browser, clipboard, commands to pipe to; whether the connection is metered.

All by argument list, never through a shell.
"""

import asyncio
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread, current_thread, main_thread

from newsreader.errors import NewsreaderError
from newsreader.i18n import N_, gettext, system_reason
from newsreader.openers import Opener, opener_for
from newsreader.processes import end_process
from newsreader.text import clean, line
from newsreader.urls import is_web_address, shown

_BROWSER_S = 1.0  # in which a program that finds no browser says so
_UNLOCK_S = 60.0  # in which the reader unlocks the keyring
_MOST_OUTPUT = 256 * 1024  # bytes; the rest is read and dropped


class BrowserError(NewsreaderError):
    """No browser could be started."""

    message = N_("Could not open {address} in a browser: {reason}.")
    hint = N_("Copy the link with y, or name a browser in the environment variable BROWSER.")
    kind = "no-browser"


def browser_command(url: str) -> list[str]:
    """Return the program and its arguments that open this address.

    Raises:
        BrowserError: the address is not http(s), or no browser is known here.
    """
    if not is_web_address(url) or any(c.isspace() or ord(c) < 32 for c in url):
        raise BrowserError(address=shown(url), reason=gettext("it isn't a web address"))
    for choice in os.environ.get("BROWSER", "").split(os.pathsep):
        words = shlex.split(choice)
        if words and shutil.which(words[0]):
            if any("%s" in word for word in words):
                return [word.replace("%s", url) for word in words]
            return [*words, url]
    programs = ("open",) if sys.platform == "darwin" else ("xdg-open", "wslview", "gio open", "sensible-browser")
    for program in programs:
        words = program.split()
        if shutil.which(words[0]):
            return [*words, url]
    raise BrowserError(address=shown(url), reason=gettext("no browser was found"))


async def open_in_browser(url: str) -> None:
    """Start the reader's browser with this address; its output goes nowhere, and it outlives this program.

    Wait a moment for it: a program that only looks for a browser soon ends, and reports whether it found one.

    Raises:
        BrowserError: the address is not http(s), no browser is known here, or none started.
    """
    await _start_beside(browser_command(url), _of_address(url, BrowserError))


class OpenerError(NewsreaderError):
    """No program could be started for a file."""

    message = N_("Could not open {address}: {reason}.")
    hint = N_("Name a program for it under [[openers]] in config.toml.")
    kind = "no-opener"


class KeyCommandError(NewsreaderError):
    """A command that the reader gave a key failed."""

    message = N_("The command {program} failed: {reason}.")
    hint = N_("Run it in a terminal to see why; it is in config.toml under [[bind]].")
    kind = "key-command"


def opener_of(url: str, type_: str | None, openers: Sequence[Opener]) -> Opener:
    """Return the program for a file that an item of a feed brings.

    Raises:
        OpenerError: the address is not http(s), or none is named and none of the usual ones is installed.
    """
    found = opener_for(url, type_, openers, lambda program: shutil.which(program) is not None)
    if found is None:
        is_web = is_web_address(url) and url.isprintable()
        reason = gettext("no program for it was found") if is_web else gettext("it isn't a web address")
        raise OpenerError(address=shown(url), reason=reason)
    return found


async def open_beside(opener: Opener, url: str) -> None:
    """Start a program with a file; its output goes nowhere, and it outlives this program.

    Raises:
        OpenerError: it did not start, or ended at once in failure.
    """
    await _start_beside(opener.words(url), _of_address(url, OpenerError))


async def start_beside(words: list[str]) -> None:
    """Start a command of the reader's own; its output goes nowhere, and it outlives this program.

    Raises:
        KeyCommandError: it did not start, or ended at once in failure.
    """

    def failure(program: str, reason: str, status: int) -> NewsreaderError:
        ended = gettext("it ended with status {status}").format(status=status)
        return KeyCommandError(program=program, reason=reason or ended)

    await _start_beside(words, failure)


_Failure = Callable[[str, str, int], NewsreaderError]  # of a program, why it did not start, else its exit status


def _of_address(url: str, kind: type[NewsreaderError]) -> _Failure:
    """Return how it is reported that a program did not open an address."""

    def failure(program: str, reason: str, status: int) -> NewsreaderError:
        del status
        return kind(address=shown(url), reason=reason or gettext("{program} could not open it").format(program=program))

    return failure


async def _start_beside(command: list[str], failure: _Failure) -> None:
    program = line(Path(command[0]).name, 80)
    try:
        browser = await asyncio.to_thread(_started, command)
    except OSError as error:
        reason = system_reason(error.strerror) if error.strerror else gettext("it did not start")
        raise failure(program, reason, 0) from error
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[int] = loop.create_future()

    def report(status: int) -> None:
        if not ended.done():
            ended.set_result(status)

    def wait() -> None:  # to its end, so that no dead process is left behind
        status = browser.wait()
        with suppress(RuntimeError):  # this program has ended before it
            loop.call_soon_threadsafe(report, status)

    Thread(target=wait, name="browser", daemon=True).start()
    await asyncio.wait({ended}, timeout=_BROWSER_S)
    if ended.done() and ended.result() != 0:
        raise failure(program, "", ended.result())


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(  # noqa: S603  (a list of arguments; the address among them is one of the web)
        command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
    )


# --- commands to pipe to ------------------------------------------------------------------------


class PipeError(NewsreaderError):
    """A command could not be started."""

    message = N_("Could not start {command}: {reason}.")
    hint = N_("Write the command as in a terminal, such as: less -R. No shell is used.")
    kind = "no-command"


@dataclass(frozen=True, slots=True)
class Piped:
    """What happened to a command.

    Attributes:
        status: Its exit status; negative if a signal ended it.
        output: What it wrote, errors included, cleaned; only the beginning if it is long.
    """

    status: int
    output: str = ""


def command_words(text: str) -> list[str]:
    """Return a typed command as a list of words, respecting quotes.

    Raises:
        PipeError: there is none, or a quote is not closed.
    """
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise PipeError(command=line(text, 80), reason=gettext("a quote in it does not end")) from error
    if not words:
        raise PipeError(command="…", reason=gettext("there is no command"))
    return words


async def pipe(command: Sequence[str], body: bytes) -> Piped:
    """Run a command with something on its standard input, away from the terminal, and return what it wrote.

    A command that does not read all of it has not failed. Cancelling ends the command and what it started.

    Raises:
        PipeError: it could not be started.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise _not_started(command, error) from error
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        _, output = await asyncio.gather(_fed(process.stdin, body), _beginning(process.stdout))
        status = await process.wait()
    finally:
        if process.returncode is None:
            await end_process(process)
    return Piped(status, clean(output.decode(errors="replace")))


async def _fed(stream: asyncio.StreamWriter, body: bytes) -> None:
    with suppress(BrokenPipeError, ConnectionResetError):  # it has had enough
        stream.write(body)
        await stream.drain()
    stream.close()
    with suppress(BrokenPipeError, ConnectionResetError):
        await stream.wait_closed()


async def _beginning(stream: asyncio.StreamReader) -> bytes:
    output = bytearray()
    while piece := await stream.read(65536):
        output += piece[: _MOST_OUTPUT - len(output)]
    return bytes(output)


def pipe_in_terminal(command: Sequence[str], body: bytes, farewell: Callable[[Piped], str] | None = None) -> Piped:
    """Run a command that has the terminal to itself, with something on its standard input; wait for its end.

    With a `farewell`, its words are written then, and Enter is waited for.

    Raises:
        PipeError: it could not be started.
    """
    with _signals_left_to_the_command():
        try:
            done = subprocess.run(list(command), input=body, check=False)  # noqa: S603  (the reader's own command)
        except (OSError, ValueError) as error:
            raise _not_started(command, error) from error
        piped = Piped(done.returncode)
        if farewell is not None:
            with suppress(EOFError):
                input(line(farewell(piped)) + " ")
    return piped


def run_in_terminal(command: Sequence[str]) -> Piped:
    """Run a command that has the terminal to itself, keys included; wait for its end.

    Raises:
        PipeError: it could not be started.
    """
    with _signals_left_to_the_command():
        try:
            done = subprocess.run(list(command), check=False)  # noqa: S603  (words alone, by the reader's own choice)
        except (OSError, ValueError) as error:
            raise _not_started(command, error) from error
    return Piped(done.returncode)


# --- the editor ---------------------------------------------------------------------------------


class EditorError(NewsreaderError):
    """No editor could be used."""

    message = N_("The editor {command} could not be used: {reason}.")
    hint = N_("Name an editor in the environment variable EDITOR, or write in the box.")
    kind = "no-editor"


class FileEditorError(EditorError):
    """No editor could be used for a file of the reader's."""

    hint = N_("Name an editor in the environment variable EDITOR.")


def editor_command() -> list[str]:
    """Return the reader's editor with its arguments: as VISUAL or EDITOR name it, else one that is installed.

    Raises:
        EditorError: there is none.
    """
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(name, ""))
        except ValueError as error:
            reason = gettext("{name} cannot be read as a command").format(name=name)
            raise EditorError(command=line(os.environ[name], 80), reason=reason) from error
        if words:
            return words
    found = next((each for each in ("editor", "nano", "vi", "notepad.exe") if shutil.which(each)), None)
    if found is None:
        raise EditorError(command="vi", reason=gettext("it isn't a command"))
    return [found]


def edited(text: str) -> str:
    """Let the reader edit a text in their editor, which has the terminal to itself; return the result.

    Raises:
        EditorError: it could not be started, failed, or left nothing readable.
    """
    command = editor_command()
    try:
        with TemporaryDirectory(prefix="newsreader-") as directory:
            file = Path(directory) / "note.txt"
            file.write_text(f"{text}\n" if text else "", encoding="utf-8")
            _edit(command, file)
            with file.open("rb") as stream:
                return clean(stream.read(_MOST_OUTPUT).decode("utf-8", "replace")).strip()
    except OSError as error:
        named = line(shlex.join(command), 80)
        raise EditorError(command=named, reason=system_reason(error.strerror or "")) from error


def edit_file(path: Path) -> None:
    """Let the reader edit a file in their editor, which has the terminal to itself.

    Raises:
        FileEditorError: it could not be started, or failed.
    """
    try:
        _edit(editor_command(), path)
    except EditorError as error:
        raise FileEditorError(**error.parameters) from error


def _edit(command: list[str], path: Path) -> None:
    named = line(shlex.join(command), 80)
    try:
        status = run_in_terminal([*command, str(path)]).status
    except PipeError as error:
        raise EditorError(command=named, reason=str(error.parameters["reason"])) from error
    if status:
        raise EditorError(command=named, reason=gettext("it ended with status {status}").format(status=status))


@contextmanager
def _signals_left_to_the_command() -> Iterator[None]:
    """Let Ctrl+C end only the command, and delay signals that end this program until the command has ended.

    A handler that does nothing is, unlike ignoring, not inherited by the command; an event loop would take what wakes
    it up for its own.
    """
    if current_thread() is not main_thread():
        yield
        return
    late: list[int] = []
    wakes = signal.set_wakeup_fd(-1)
    before = {signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None)}
    for number in (signal.SIGTERM, signal.SIGHUP):
        before[number] = signal.signal(number, lambda number, _: late.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(wakes)
        for each in late:
            os.kill(os.getpid(), each)


def _not_started(command: Sequence[str], error: Exception) -> PipeError:
    words = getattr(error, "strerror", None)
    reason = system_reason(words) if words else gettext("it isn't a command")
    return PipeError(command=line(shlex.join(command), 80), reason=line(reason))


# --- the clipboard ------------------------------------------------------------------------------

_CLIPBOARD_S = 2.0


def clipboard_command() -> list[str] | None:
    """Return the program that copies its input to the clipboard of this desktop; None if there is none.

    Over SSH the desktop is not the one that the reader sits at.
    """
    if os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"):
        return None
    programs: list[list[str]] = []
    if sys.platform == "darwin":
        programs.append(["pbcopy"])
    if os.environ.get("WAYLAND_DISPLAY"):
        programs.append(["wl-copy"])
    if os.environ.get("DISPLAY"):
        programs += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    if os.environ.get("WSL_DISTRO_NAME"):
        programs.append(["clip.exe"])
    return next((words for words in programs if shutil.which(words[0])), None)


async def copy_to_clipboard(text: str) -> bool:
    """Copy text to the clipboard by a program of this desktop; return whether one accepted it."""
    command = clipboard_command()
    return command is not None and await asyncio.to_thread(_taken, command, text.encode("utf-8", "replace"))


def _taken(command: list[str], words: bytes) -> bool:
    nowhere = subprocess.DEVNULL
    try:
        # Such programs keep running to serve the clipboard, so their output is discarded, and nothing waits for them.
        done = subprocess.run(  # noqa: S603, PLW1510  (a list of arguments, none of them from outside)
            command, input=words, stdout=nowhere, stderr=nowhere, timeout=_CLIPBOARD_S, start_new_session=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


# --- the connection -----------------------------------------------------------------------------

_METERED = (
    "busctl", "--system", "get-property", "org.freedesktop.NetworkManager", "/org/freedesktop/NetworkManager",
    "org.freedesktop.NetworkManager", "Metered",
)  # fmt: skip
_YES = ("u 1", "u 3")  # NM_METERED_YES, NM_METERED_GUESS_YES
_ANSWER_S = 2.0


async def is_metered() -> bool:
    """Return whether the system considers the connection metered; False if that is unknown.

    NetworkManager knows this, from the reader's setting or, for a phone's connection, by itself.
    """
    return shutil.which(_METERED[0]) is not None and await asyncio.to_thread(_answered_yes)


def _answered_yes() -> bool:
    nowhere = subprocess.DEVNULL
    try:
        done = subprocess.run(  # noqa: S603  (a list of constants)
            _METERED, stdin=nowhere, stdout=subprocess.PIPE, stderr=nowhere, timeout=_ANSWER_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.stdout.decode("ascii", "replace").strip() in _YES


# --- secrets ------------------------------------------------------------------------------------


def keyring_secret(program: str) -> bytes | None:
    """Return the secret that the desktop's keyring holds for a browser; None if there is none."""
    if shutil.which("secret-tool") is None:
        return None
    nowhere = subprocess.DEVNULL
    command = ["secret-tool", "lookup", "application", program]
    try:
        done = subprocess.run(  # noqa: S603  (a list of constants)
            command, stdin=nowhere, stdout=subprocess.PIPE, stderr=nowhere, timeout=_UNLOCK_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None
