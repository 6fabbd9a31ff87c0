"""The program as a whole: its commands, its language, its exit statuses."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import cleandoc
from pathlib import Path
from typing import Any

import click

from newsreader.cli.command_table import CommandTable
from newsreader.cli.first_word import openable_address
from newsreader.cli.interrupts import INTERRUPTED, ending_signal, interrupt_on_signals
from newsreader.cli.output import complain, lost_letters, output_failure, remember_failures
from newsreader.cli.running import check_decoded
from newsreader.cli.showing import choose_language, leave, report_broken_log
from newsreader.cli.streams import open_closed_streams
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext as _
from newsreader.i18n import ngettext
from newsreader.settings import Directories, load_settings
from newsreader.writing import error_for_reader, write_error


class ClosedPipeError(Exception):
    """Whoever reads standard output has had enough; `reason` is what the system said."""

    def __init__(self, reason: BrokenPipeError) -> None:
        self.reason = reason
        super().__init__(reason)


@contextmanager
def past_click() -> Iterator[None]:
    """Pass a broken pipe through Click, which would end the program with status 1."""
    try:
        yield
    except BrokenPipeError as error:
        raise ClosedPipeError(error) from error


class AddressGroup(click.Group):
    """A group whose first word may be an address: a command name wins, then an existing file, else it is an address."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401  (as Click has it)
    ) -> click.Context:
        """Return the context as Click does; `--help` is printed here."""
        with past_click():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  (as Click has it)
        """Run the command."""
        with past_click():
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the named command, or `open` with the addresses that the words name."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            for word in args:
                check_decoded(word)
            try:
                words = [word if word.startswith("-") else openable_address(word, self.commands) for word in args]
                return "open", self.get_command(ctx, "open"), words
            except NewsreaderError as error:
                complain(error.text, error.advice)
                sys.exit(error.exit_status)
        return super().resolve_command(ctx, args)


_commands = CommandTable()


@click.group(
    cls=AddressGroup,
    commands=_commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="newsreader", message="newsreader %(version)s")
@click.option(
    "--debug-log",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="NEWSREADER_DEBUG_LOG",
    metavar="FILE",
    help="Write what the program does to the end of FILE; passwords are left out.",
)
@click.option("--linear/--screen", default=None, help="Plain lines, for screen readers; or the screen.")
@click.pass_context
def program(ctx: click.Context, debug_log: Path | None = None, linear: bool | None = None) -> None:
    """Read news in the terminal: newsreader [ADDRESS ...].

    ADDRESS is any news page, section, front page or feed; without one the program opens where you were.
    """
    del linear  # which `open` and `demo` ask the context for
    if debug_log is not None:
        from newsreader.debuglog import log_to

        try:
            log_to(debug_log, os.environ)
        except OSError as error:
            failure = write_error(error, debug_log)
            complain(failure.text, failure.advice)
            sys.exit(failure.exit_status)
    if ctx.invoked_subcommand is None:
        ctx.invoke(_commands["open"])


def speak() -> None:
    """Choose the language, of the help too: what the configuration names, else what the locale asks for."""
    settings, _problems = load_settings(Directories.default().config / "config.toml")
    if choose_language(settings) != "en":
        translate_help(program)
        _commands.prepare_with(translate_help)
        for module in [each for name, each in sys.modules.items() if name.startswith("click.")]:
            # Click asks the environment for a language, and the system for a catalogue.
            vars(module).update(
                {name: ours for name, ours in (("_", _), ("ngettext", ngettext)) if name in vars(module)}
            )


def translate_help(command: click.Command) -> None:
    """Put the help of a command, of its options and of the commands in it into the chosen language.

    The program's own commands are translated when they are imported.
    """
    if command.help:
        command.help = _(cleandoc(command.help))
    if command.short_help:
        command.short_help = _(command.short_help)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = _(parameter.help)
    if isinstance(command, click.Group) and command is not program:
        for inner in command.commands.values():
            translate_help(inner)


def main() -> None:
    """Run the command line; the exit statuses are those of README."""
    logging.getLogger("newsreader").addHandler(logging.NullHandler())  # nothing of it goes to stderr
    open_closed_streams()
    remember_failures()
    interrupt_on_signals()
    status = _status()
    report_broken_log()
    if (charset := lost_letters()) is not None:
        words = _("Characters that {encoding} lacks were printed as ?.").format(encoding=charset)
        complain(words, _("Choose a locale with UTF-8, such as LANG=C.UTF-8."))
    if status == INTERRUPTED and (number := ending_signal()) is not None:
        words = _("The system ended this command before it was done ({signal}).").format(signal=number.name)
        complain(words, _("What was stored until then is kept. Run the command again for the rest."))
        leave(128 + number)
    if status == INTERRUPTED:  # a thread may still wait for a file, but nobody waits for the thread
        leave(INTERRUPTED)
    sys.exit(status)


def _status() -> int | str | None:
    """Run the command line, and return what the program ends with."""
    try:
        speak()
        if "_NEWSREADER_COMPLETE" in os.environ:
            from newsreader.cli.shell import complete

            return _status_of_output(output_failure(), complete(program))
        program.main(standalone_mode=False)
    except SystemExit as ending:
        return _status_of_output(output_failure(), ending.code)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  (the last resort)
        failure = error.reason if isinstance(error, ClosedPipeError) else output_failure()
        if failure is None:
            known = error_for_reader(error, "the command line")
            complain(known.text, known.advice)
            return known.exit_status
        return _status_of_output(failure, None)
    return _status_of_output(output_failure(), 0)


def _status_of_output(failure: OSError | None, status: int | str | None) -> int | str | None:
    """Return the status, or the one for unwritable standard output."""
    if failure is None:
        return status
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # where what is still to be written goes
    if isinstance(failure, BrokenPipeError):  # the reader of the pipe has had enough
        return 0
    problem = write_error(failure, Path("stdout"))
    complain(problem.text, problem.advice)
    return problem.exit_status
