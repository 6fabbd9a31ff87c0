"""`config`: where the configuration lies, and its editing."""

import sys
from pathlib import Path

import click

from newsreader.cli.running import complain, configured
from newsreader.i18n import gettext as _
from newsreader.settings import Directories, default_config


def config_file() -> Path:
    """Return where the configuration lies, or would lie."""
    return Directories.default().config / "config.toml"


def write_default(path: Path) -> bool:
    """Write the commented default configuration, unless there is one; say whether it was written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(default_config())
    except FileExistsError:
        return False
    return True


@click.group(invoke_without_command=True)
@click.pass_context
def config(ctx: click.Context) -> None:
    """Print where the configuration lies; see also its commands."""
    if ctx.invoked_subcommand is None:
        click.echo(str(config_file()))


@config.command("default")
def config_default() -> None:
    """Print a configuration that sets nothing, with a comment on everything that can be set."""
    click.echo(default_config(), nl=False)


@config.command("edit")
def config_edit() -> None:
    """Open the configuration in your editor; where there is none yet, begin with the commented default."""
    try:
        write_default(config_file())
    except OSError as error:
        complain(_("Could not write {path}: {reason}.").format(path=config_file(), reason=error.strerror))
        sys.exit(1)
    click.edit(filename=str(config_file()))
    configured()  # says what is wrong in it
