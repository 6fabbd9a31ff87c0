"""`help` and `version`: the options of these names, for those who type them as commands."""

from importlib.metadata import version

import click

from newsreader.cli.completing import command_names
from newsreader.i18n import gettext as _
from newsreader.text import line


@click.command("help", short_help="Show this help, or that of COMMAND.")
@click.argument("names", nargs=-1, metavar="[COMMAND]...", shell_complete=command_names)
def show_help(names: tuple[str, ...]) -> None:
    """Show the help of the program, or of COMMAND, as --help does."""
    context = click.get_current_context().find_root()
    for name in names:
        group = context.command
        if not isinstance(group, click.Group):
            context.fail(
                _("{command} has no command {name}.").format(command=context.command_path, name=line(name, 80))
            )
        _name, command, _rest = click.Group.resolve_command(group, context, [name])
        if command is None:  # only while a shell completes words
            return
        context = click.Context(command, info_name=name, parent=context, **command.context_settings)
    click.echo(context.get_help())


@click.command("version", short_help="Print the version.")
def show_version() -> None:
    """Print the version, as --version does."""
    click.echo(f"newsreader {version('newsreader')}")
