"""`config`: where the configuration is, and its editing."""

import sys
from pathlib import Path

import click

from newsreader.cli.output import complain, print_path
from newsreader.cli.running import configured
from newsreader.desktop import EditorError, edit_file
from newsreader.settings import Directories
from newsreader.settings_reference import default_config
from newsreader.writing import WriteError, write_error, write_unless_there


def config_file() -> Path:
    """Return where the configuration is, or would be."""
    return Directories.default().config / "config.toml"


def write_default(path: Path) -> bool:
    """Write the commented default configuration, unless there is one; return whether it was written.

    Raises:
        WriteError: it could not be written; nothing of it is left behind.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(error, path) from error
    return write_unless_there(path, default_config().encode())


@click.group(invoke_without_command=True, short_help="Print where the configuration is, or edit it.")
@click.pass_context
def config(ctx: click.Context) -> None:
    """Print where the configuration is; see also its commands."""
    if ctx.invoked_subcommand is None:
        print_path(config_file())


@config.command("default", short_help="Print every setting with a comment.")
def config_default() -> None:
    """Print a configuration that sets nothing, with a comment on everything that can be set."""
    click.echo(default_config(), nl=False)


@config.command("edit", short_help="Open the configuration in your editor.")
def config_edit() -> None:
    """Open the configuration in your editor; where there is none yet, begin with the commented default."""
    try:
        write_default(config_file())
        edit_file(config_file())
    except (WriteError, EditorError) as error:
        complain(error.text, error.advice)
        sys.exit(error.exit_status)
    configured()  # says what is wrong in it
