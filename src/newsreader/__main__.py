"""`python -m newsreader`, and the console script."""

import os
import sys
import time

from newsreader import first_frame

_CLOCK = "NEWSREADER_NOW"  # sets the clock, for tests
_FOR_THE_COMMANDS = ("NEWSREADER_DEBUG_LOG", "_NEWSREADER_COMPLETE")  # what the environment may ask of them


def main() -> None:
    """Run the program; if only its name was typed, skip everything that only commands need."""
    is_for_the_commands = bool(sys.argv[1:]) or any(name in os.environ for name in _FOR_THE_COMMANDS)
    first_frame.note_environment()
    try:
        now_s = _set_clock() if _CLOCK in os.environ else time.time()
        if not is_for_the_commands:
            first_frame.paint(now_s)
        _run(is_for_the_commands)
    finally:
        first_frame.restore()


def _run(is_for_the_commands: bool) -> None:
    from newsreader.cli import interrupts

    interrupts.end_at_once()
    if is_for_the_commands:
        from newsreader.cli.main import main as run_command

        with interrupts.raised():
            run_command()
        return
    from newsreader.cli.bare_name import run_as_configured

    sys.exit(run_as_configured())


def _set_clock() -> float:
    """Set the clock of this process as the environment asks, and return the time, in seconds since 1970."""
    from newsreader.errors import NewsreaderError
    from newsreader.service.clock import set_clock, utc_now

    try:
        set_clock(os.environ)
    except NewsreaderError as error:
        sys.stderr.write(f"newsreader: {error.text}\n  {error.advice}\n")
        sys.exit(error.exit_status)
    return utc_now().timestamp()


if __name__ == "__main__":
    main()
