"""`python -m newsreader`, and the console script."""

import os
import sys

from newsreader.cli import interrupts

_CLOCK = "NEWSREADER_NOW"  # sets the clock, for tests
_FOR_THE_COMMANDS = ("NEWSREADER_DEBUG_LOG", "_NEWSREADER_COMPLETE")  # what the environment may ask of them


def main() -> None:
    """Run the program; where nothing but its name was typed, past all that only the commands need."""
    interrupts.end_at_once()
    if _CLOCK in os.environ:
        _set_clock()
    if sys.argv[1:] or any(name in os.environ for name in _FOR_THE_COMMANDS):
        from newsreader.cli.main import main as run_command

        with interrupts.raised():
            run_command()
        return
    from newsreader.cli.showing import run_interface

    sys.exit(run_interface(()))


def _set_clock() -> None:
    from newsreader.errors import NewsreaderError
    from newsreader.service.clock import set_clock

    try:
        set_clock(os.environ)
    except NewsreaderError as error:
        sys.stderr.write(f"newsreader: {error.text}\n  {error.advice}\n")
        sys.exit(error.exit_status)


if __name__ == "__main__":
    main()
