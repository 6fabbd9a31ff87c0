"""`completion`: scripts for shells."""

import click


@click.command(short_help="Print the completion script for SHELL.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for SHELL; README says where it goes."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    program = click.get_current_context().find_root().command
    click.echo(found(program, {}, "newsreader", "_NEWSREADER_COMPLETE").source())
