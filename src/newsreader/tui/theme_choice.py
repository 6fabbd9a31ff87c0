"""Which theme is shown: the reader's choice, or another if the terminal lacks its colours."""

from typing import TYPE_CHECKING, Any

from newsreader.i18n import gettext
from newsreader.tui.input_queue import opens_box
from newsreader.tui.rendering.themes import PLAIN_THEME

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from newsreader.tui.reading.port import ReadingPort
    from newsreader.tui.reading.screen import ReadingScreen


class ThemeChoice:
    """Chooses among the themes of the program.

    Attributes:
        elsewhere: The chosen theme, which is shown in other terminals; empty if it is shown here.
    """

    def __init__(self, app: "App[Any]", reading: "Callable[[], ReadingScreen]", *, has_few_colours: bool) -> None:
        """Take the program, and how to find its reading screen, which it gets later."""
        self.elsewhere = ""
        self._app = app
        self._reading = reading
        self._has_few_colours = has_few_colours

    @property
    def port(self) -> "ReadingPort":
        """The way to the reading screen."""
        return self._reading().port

    def shown_for(self, name: str) -> str:
        """Return the theme to show for the one that was chosen."""
        self.elsewhere = "" if self._can_show(name) else name
        return PLAIN_THEME if self.elsewhere else name

    def _can_show(self, name: str) -> bool:
        """Whether the terminal has the colours of a theme."""
        if self._app.no_color:
            return name == PLAIN_THEME
        return self._app.available_themes[name].ansi or not self._has_few_colours

    def take_up(self, name: object) -> None:
        """Show the theme that was chosen, that of the last screen mostly; the theme of the settings where none was."""
        if not isinstance(name, str) or name not in self._app.available_themes:
            self.take_back()
            return
        if self._can_show(name):
            self._app.theme = name
        else:
            self._reading().state.theme_elsewhere = name

    def take_back(self) -> None:
        """Show the theme of the settings again; whoever calls this forgets what was chosen."""
        self._app.theme = self.shown_for(self.port.service.settings.reading.theme)
        self._reading().state.theme_elsewhere = self.elsewhere

    def choose(self) -> None:
        """Offer the themes, each shown on the screen behind; only the chosen one is kept."""
        if self._app.no_color:
            self.port.say(gettext("NO_COLOR is set: everything is shown without colours."))
        else:
            self._ask()

    @opens_box
    async def _ask(self) -> None:
        from newsreader.tui.screens.theme_screen import ThemeScreen

        before = self._app.theme
        chosen = await self.port.ask(
            ThemeScreen([*filter(self._can_show, self._app.available_themes)], self.port.palette)
        )
        self._app.theme = chosen or before
        if chosen is not None:
            self._reading().state.theme_elsewhere = ""
            self.port.set_preference("theme", chosen)
