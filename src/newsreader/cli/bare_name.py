"""The program started by its name alone: as the interface, or as plain lines where the configuration asks for them."""

from newsreader import first_frame
from newsreader.cli import interrupts
from newsreader.cli.showing import run_interface
from newsreader.settings import Directories, load_settings


def run_as_configured() -> int:
    """Show the program where the reader was, as the interface or as plain lines; end with, or return, its status."""
    settings, _problems = load_settings(Directories.default().config / "config.toml")
    if not settings.interface.linear:
        return run_interface(())
    first_frame.restore()
    from newsreader.cli.lines import run_lines

    with interrupts.raised():
        return run_lines(())
