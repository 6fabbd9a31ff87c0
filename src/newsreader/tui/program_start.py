"""How the program starts: with what was asked for, with what was shown last, or with a question."""

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.list_layout import ORDERS_PREFERENCE
from newsreader.models import Problem
from newsreader.preference_values import names_of
from newsreader.tui.input_queue import opens_box
from newsreader.tui.reading.list_columns import PREFERENCE, columns_of
from newsreader.tui.reading.opener import FAILED_ADDRESS
from newsreader.tui.reading.state import OF_ALL_SOURCES
from newsreader.urls import shown
from newsreader.values import dataclass

if TYPE_CHECKING:
    from newsreader.tui.program_boxes import ProgramBoxes
    from newsreader.tui.reading.screen import ReadingScreen
    from newsreader.tui.theme_choice import ThemeChoice


@dataclass(frozen=True, slots=True)
class StartWish:
    """What the reader asked for on the command line.

    Attributes:
        address: The page to show; None for what was shown last.
        others: Addresses of pages whose lists are shown below those of the first address.
        sample: Show the sample newspaper.
        problems: What is wrong in the configuration, to be said first.
    """

    address: str | None = None
    others: Sequence[str] = ()
    sample: bool = False
    problems: Sequence[Problem] = ()


class ProgramStart:
    """Opens what is to be read first, once the screen has been drawn."""

    def __init__(self, wish: StartWish, reading: "ReadingScreen", themes: "ThemeChoice", boxes: "ProgramBoxes") -> None:
        self.port = reading.port
        self._wish = wish
        self._reading = reading
        self._themes = themes
        self._boxes = boxes

    @opens_box
    async def open_first(self) -> None:
        """Open what was asked for; else what was shown last; at the very first start, ask for an address."""
        if self._wish.problems:
            from newsreader.tui.screens.problems_screen import ProblemsScreen
            from newsreader.tui.setting_values import settings_file

            await self.port.ask(ProblemsScreen(self._wish.problems, settings_file(), self.port.palette))
        if self._wish.sample:
            self._reading.parts.opener.open_sample()
            return
        if self._wish.address is not None and self._wish.others:
            self._reading.parts.several.open((self._wish.address, *self._wish.others))
            return
        if self._wish.address is not None:
            self._reading.parts.opener.open_source(self._wish.address, typed=True)
            return
        session = None
        with suppress(NewsreaderError):
            session = await self.port.service.session.last()
        if session is not None and session.faulty is not None:
            words = gettext("Not reopened, because something failed there: {address}")
            self.port.say(words.format(address=shown(session.faulty)))
        if session is not None and session.address is None and session.view not in OF_ALL_SOURCES:
            self._reading.parts.sources.forget_last()
        if session is not None and (session.address is not None or session.view in OF_ALL_SOURCES):
            self._reading.parts.sources.restore(session)
        elif not await self._open_sources():
            is_first = session is None or session.faulty is None
            self._reading.state.began_in_box = is_first
            await self._boxes.ask_address(is_first=is_first, address=await self._failed_address())

    async def _failed_address(self) -> str:
        """Return the address that was typed at an earlier start and led nowhere; empty if none did."""
        with suppress(NewsreaderError):
            kept = await self.port.service.preferences.get(FAILED_ADDRESS)
            if isinstance(kept, str):
                return kept
        return ""

    async def _open_sources(self) -> bool:
        """Show what is unread in all sources, else the first source; False if there is none."""
        sources = await self.port.service.subscriptions.all()
        if not sources:
            return False
        states = await self.port.service.subscriptions.states()
        if any(state.unread for state in states.values()):
            self._reading.parts.sources.show_everything()
        else:
            self._reading.parts.sources.open(sources[0])
        return True

    async def take_up_preferences(self) -> None:
        """Apply what the reader chose before: theme, width, pictures."""
        await self.port.service.own_settings.apply()
        with suppress(NewsreaderError):
            self._themes.take_up(await self.port.service.preferences.get("theme"))
            measure = await self.port.service.preferences.get("measure")
            if isinstance(measure, int):
                self.port.app.call_after_refresh(self._reading.parts.panes.article.set_measure, measure)
            orders = await self.port.service.preferences.get(ORDERS_PREFERENCE)
            hides_read = await self.port.service.preferences.get("hide-read")
            self._reading.parts.lists.take_up_arrangements(orders, hides_read=hides_read is True)
            compact = await self.port.service.preferences.get("compact-views")
            if compact is not None:
                self._reading.state.compact_views = set(names_of(compact))
            self._reading.state.columns = columns_of(await self.port.service.preferences.get(PREFERENCE))
            divider = await self.port.service.preferences.get("divider")
            if isinstance(divider, int) and 0 < divider < 100:
                self._reading.state.divider = divider
                self.port.app.call_after_refresh(self._reading.parts.panes.arrange)
            justified = await self.port.service.preferences.get("justify")
            if isinstance(justified, bool):
                self.port.app.call_after_refresh(self._reading.parts.panes.article.set_justified, justified)
            self.port.app.call_after_refresh(
                self._reading.parts.pictures.take_up_figures, await self.port.service.preferences.get("figures")
            )
