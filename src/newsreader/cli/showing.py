"""Showing the interface, from start to end, without importing what only commands need."""

import asyncio
import contextlib
import gc
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from newsreader.cli import interrupts
from newsreader.cli.output import REPLACING, complain
from newsreader.cli.streams import open_closed_streams
from newsreader.errors import NewsreaderError
from newsreader.first_frame import forget_frame, frame_file, renew_frame, write_frame
from newsreader.i18n import environment_language, use_language
from newsreader.i18n import gettext as _
from newsreader.service.clock import utc_now
from newsreader.service.facade import NewsService
from newsreader.service.state_files import state_files
from newsreader.settings import Directories, Settings, load_settings
from newsreader.tui.rendering.terminal import Colours, can_show_a_screen, take_in_colours
from newsreader.urls import normalise_url

if TYPE_CHECKING:
    from newsreader.tui.app import NewsreaderApp

_CARE_S = 20 * 3600
_TURN_S = 0.001  # of a thread while others wait: a key goes through three, each of which would wait for 5 ms otherwise


def choose_language(settings: Settings) -> str:
    """Choose the language and return it: what the configuration names, else what the locale asks for."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Characters that the terminal's charset lacks are no reason to stop.
            stream.reconfigure(errors=REPLACING if stream is sys.stdout else "replace")
    return use_language(settings.interface.language or environment_language(os.environ))


def report_broken_log() -> None:
    """Report that the debug log could not be written completely, if so."""
    log = sys.modules.get("newsreader.debuglog")  # else none was asked for
    if log is not None and (broken := log.broken_log()) is not None:
        from newsreader.writing import write_error

        failure = write_error(broken[1], broken[0])
        complain(failure.text, failure.advice)


def leave(status: int) -> NoReturn:
    """End the process at once, after everything is closed: the interpreter would free a long list row by row."""
    logging.shutdown()
    report_broken_log()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # the terminal is gone
            stream.flush()
    os._exit(status)


def check_addresses(addresses: Sequence[str]) -> int:
    """Say of the first address that is none what is wrong with it, and return the exit status for it; 0 if all are."""
    for address in addresses:
        try:
            if not address.startswith("file:"):
                normalise_url(address)
        except NewsreaderError as error:
            complain(error.text, error.advice)
            return error.exit_status
    return 0


def run_interface(addresses: Sequence[str], *, sample: bool = False, frugal: bool = False) -> int:
    """Show the interface, with the pages at some addresses, and end with its exit status.

    Where it cannot be shown, return the exit status that says so.
    """
    gc.disable()  # until the first paint: what is made before it stays, so that looking for garbage finds none
    sys.setswitchinterval(_TURN_S)
    logging.getLogger("newsreader").addHandler(logging.NullHandler())  # nothing goes to stderr
    open_closed_streams()
    directories = Directories.default()
    settings, problems = load_settings(directories.config / "config.toml")
    choose_language(settings)
    status = check_addresses(addresses)
    if status:
        return status
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        complain(_("The interface needs a terminal."), _("For a pipe, use: newsreader read ADDRESS, or --linear."))
        return 2
    if not can_show_a_screen(os.environ):
        complain(
            _("This terminal cannot show the interface: TERM is {name}.").format(name=os.environ["TERM"]),
            _("Use: newsreader --linear; or set TERM to what the terminal is, such as xterm-256color."),
        )
        return 2
    colours = take_in_colours(os.environ)  # before Textual looks

    # What comes a moment after the first paint of a change is not kept waiting for two sixtieths of a second.
    os.environ.setdefault("TEXTUAL_FPS", "1000")
    from newsreader.tui.textual_internals import missing_names

    if missing := missing_names():
        complain(
            _("The interface cannot be shown: the installed Textual lacks {names}.").format(names=", ".join(missing)),
            _("Install newsreader again, with the version of Textual that it needs; or use: newsreader read ADDRESS."),
        )
        return 1
    from newsreader.tui.app import NewsreaderApp

    service = NewsService(directories, settings.with_frugal() if frugal else settings)
    app = NewsreaderApp(
        service,
        addresses[0] if addresses else None,
        others=addresses[1:],
        sample=sample,
        problems=problems,
        has_few_colours=colours is Colours.FEW,
        has_256_colours=colours is Colours.SOME,
    )
    end = partial(end_process, app, directories)
    app.end.way_out = lambda status: (
        end if status or app.end.is_cut_short or not is_more_to_do(directories, settings) else None
    )
    with interrupts.raised():
        app.run()
    say_what_was_cut(app)
    if not app.return_code:
        asyncio.run(keep_in_order(directories, settings))
        end_with_devices(directories, settings, lambda: keep_first_frame(app, directories))
    keep_first_frame(app, directories)
    leave(app.return_code or 0)


def end_process(app: "NewsreaderApp", directories: Directories, status: int) -> NoReturn:
    """End the process, everything being closed; the next start shows the list as it is now."""
    sys.stdout, sys.stderr = sys.__stdout__ or sys.stdout, sys.__stderr__ or sys.stderr  # Textual still has them
    say_what_was_cut(app)
    keep_first_frame(app, directories)
    leave(status)


def say_what_was_cut(app: "NewsreaderApp") -> None:
    """Print how the last changes ended, once the terminal is the reader's again: no screen has shown it."""
    for words in app.change_queue.farewell:
        complain(words)
    if app.end.is_cut_short:
        complain(
            _("Your last changes may not have been kept: the library was in use by another program for too long."),
            _("Check that they are there, and make them again if not."),
        )


def is_more_to_do(directories: Directories, settings: Settings) -> bool:
    """Return whether anything is to be done at the end once the terminal is the reader's again."""
    from newsreader.service.last_exchange import may_exchange

    return is_care_due(directories) or may_exchange(directories, settings, utc_now)


def end_with_devices(directories: Directories, settings: Settings, at_end: Callable[[], None] = lambda: None) -> None:
    """Send the other devices what they lack, if that is a matter of a moment, and say so if it is not.

    The process ends here where something is still waited for, after `at_end`.
    """
    from newsreader.service.last_exchange import LastExchange, exchange_at_end

    outcome = asyncio.run(exchange_at_end(directories, settings, utc_now))
    if outcome is not LastExchange.DONE:
        complain(_("Your latest changes reach your other devices next time."))
    if outcome is LastExchange.CUT:
        at_end()
        leave(0)


def keep_first_frame(app: "NewsreaderApp", directories: Directories) -> None:
    """Keep what the next start shows first, once nothing is written to the stores any more."""
    session, path = app.session, frame_file(directories.cache)
    is_utf_8 = (getattr(sys.__stderr__, "encoding", None) or "").lower().replace("_", "-") == "utf-8"
    with contextlib.suppress(OSError, ValueError, IndexError):  # the next start shows the list a moment later
        if not is_utf_8:
            forget_frame(path)
        elif session is None:
            return
        elif session.keeps_first_frame:
            renew_frame(path)
        elif session.first_frame is not None:
            write_frame(path, session.first_frame, (*state_files(directories), *_program_files()))


def _program_files() -> tuple[str, ...]:
    """Return files that another version of the program, of Textual or of the zone's rules has replaced."""
    modules = (sys.modules.get(name) for name in ("textual", "rich", "newsreader.tui.app"))
    return (*(file for module in modules if (file := getattr(module, "__file__", None))), "/etc/localtime")


def _care_stamp(directories: Directories) -> Path:
    return directories.cache / "cared-for"


def is_care_due(directories: Directories) -> bool:
    """Return whether the stores have not been looked after for a day."""
    with contextlib.suppress(OSError):
        return abs(utc_now().timestamp() - _care_stamp(directories).stat().st_mtime) >= _CARE_S
    return True


async def keep_in_order(directories: Directories, settings: Settings) -> None:
    """Prune old data and back up the library, once a day, when the reader has the terminal again."""
    if not is_care_due(directories):
        return
    stamp, now_s = _care_stamp(directories), utc_now().timestamp()
    async with NewsService(directories, settings) as service:
        await service.maintenance.run()
    with contextlib.suppress(OSError):  # it is pruned the next time
        stamp.touch()
        os.utime(stamp, (now_s, now_s))  # by the one clock, which need not be that of the disk
