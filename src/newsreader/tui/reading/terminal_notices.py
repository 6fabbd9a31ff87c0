"""What the terminal itself shows: the unread count in its title; and that headlines have arrived."""

from typing import TYPE_CHECKING

from newsreader.i18n import ngettext
from newsreader.text import line
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState

if TYPE_CHECKING:
    from collections.abc import Callable

_KEEP_TITLE, _GIVE_TITLE_BACK = "\x1b[22;2t", "\x1b[23;2t"
_BELL = "\a"


class TerminalNotices:
    """Writes the title and the notices that the configuration asks for; nothing else."""

    def __init__(self, state: ReadingState, port: ReadingPort) -> None:
        self.state = state
        self.port = port
        self.write_to: Callable[[str], None] = lambda _: None
        self._title = ""
        self._unread_before: int | None = None

    def update(self) -> None:
        """Update the title, and notify when more is unread than before."""
        interface, unread = self.port.service.settings.interface, self.state.source_list.unread
        if interface.terminal_title:
            self._show_title(f"newsreader ({unread})" if unread else "newsreader")
        before, self._unread_before = self._unread_before, unread
        if before is not None and unread > before and interface.notify != "off" and self.state.progress is not None:
            self._say(interface.notify, unread - before)

    def end(self) -> None:
        """Give the terminal its own title back."""
        if self._title:
            self.write_to(_GIVE_TITLE_BACK)
            self._title = ""

    def _show_title(self, title: str) -> None:
        if title == self._title:
            return
        if not self._title:
            self.write_to(_KEEP_TITLE)
        self._title = title
        self.write_to(f"\x1b]2;{title}\x1b\\")

    def _say(self, how: str, count: int) -> None:
        words = ngettext("{count} new headline", "{count} new headlines", count).format(count=count)
        words = line(words, 200).replace(";", ",")
        notices = {
            "bell": _BELL,
            "osc9": f"\x1b]9;newsreader: {words}\x1b\\",
            "osc777": f"\x1b]777;notify;newsreader;{words}\x1b\\",
        }
        self.write_to(notices[how])
