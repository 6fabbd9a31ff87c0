"""Which driver writes to the terminal: ours, or Textual's own where ours cannot be built on it."""

import sys
from typing import TYPE_CHECKING

from newsreader import first_frame
from newsreader.tui.textual_internals import can_drive

if TYPE_CHECKING:
    from textual.driver import Driver


def quiet_driver() -> "type[Driver] | None":
    """Return the driver class for this system; None where Textual's own is to be used."""
    if sys.platform == "win32" or not (sys.__stdin__ and sys.__stdin__.isatty()):
        return None
    driver = quiet_linux_driver()
    if driver is None:
        first_frame.restore()  # Textual's own driver takes the terminal as it finds it
    return driver


def quiet_linux_driver() -> "type[Driver] | None":
    """Return our driver for Unix terminals; None if Textual lacks what it is built on."""
    try:
        from textual.drivers.linux_driver import LinuxDriver
    except ImportError:
        return None
    if not can_drive(LinuxDriver):
        return None
    from newsreader.tui.rendering.quiet_linux_driver import QuietLinuxDriver

    return QuietLinuxDriver
