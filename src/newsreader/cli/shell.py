"""`completion`: scripts for shells, and what they are answered."""

from contextlib import redirect_stderr
from io import StringIO
from typing import Any

import click
from click.shell_completion import CompletionItem, FishComplete, ZshComplete, add_completion_class

from newsreader.errors import NewsreaderError

_WRONG_USAGE = 2


@click.command(short_help="Print the completion script for SHELL.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for SHELL; README says where it goes."""
    from click.shell_completion import get_completion_class

    use_whole_descriptions()
    found = get_completion_class(shell)
    assert found is not None
    program = click.get_current_context().find_root().command
    click.echo(found(program, {}, "newsreader", "_NEWSREADER_COMPLETE").source())


class WholeFishComplete(FishComplete):
    """Completion for fish: a description continues after its first comma, where Click's script cuts it."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')

    def format_completion(self, item: CompletionItem) -> str:
        """Return an answer in one line."""
        return super().format_completion(_in_one_line(item))


class WholeZshComplete(ZshComplete):
    """Completion for zsh: a description of several lines is one, or each of its lines would be taken for an answer."""

    def format_completion(self, item: CompletionItem) -> str:
        """Return an answer in its three lines."""
        return super().format_completion(_in_one_line(item))


def use_whole_descriptions() -> None:
    """Have Click answer fish and zsh with whole descriptions, and bash with whole words."""
    from newsreader.cli.bash_completion import WholeBashComplete

    add_completion_class(WholeBashComplete)
    add_completion_class(WholeFishComplete)
    add_completion_class(WholeZshComplete)


def complete(program: click.Command) -> int | str | None:
    """Answer a shell, and return the exit status; errors would be written into the line that is being typed."""
    use_whole_descriptions()
    try:
        with redirect_stderr(StringIO()):
            program.main(standalone_mode=False)
    except SystemExit as ending:
        return ending.code
    except (click.ClickException, NewsreaderError, KeyError, ValueError):  # no command, or not even words
        return _WRONG_USAGE
    return 0


def _in_one_line(item: CompletionItem) -> CompletionItem:
    about: Any = " ".join(item.help.split()) if item.help else item.help
    return CompletionItem(item.value, item.type, about)
