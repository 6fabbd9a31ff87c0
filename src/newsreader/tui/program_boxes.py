"""The boxes of the program itself: an address, the commands."""

from contextlib import suppress
from typing import TYPE_CHECKING

from newsreader.errors import NewsreaderError
from newsreader.preference_values import names_of, with_latest
from newsreader.tui.input_queue import opens_box

if TYPE_CHECKING:
    from newsreader.tui.reading.screen import ReadingScreen

_USED_COMMANDS = 5  # of the palette are remembered


class ProgramBoxes:
    """Asks in boxes over the reading screen, and carries out the answers."""

    def __init__(self, reading: "ReadingScreen") -> None:
        self.port = reading.port
        self._reading = reading

    # --- an address -------------------------------------------------------------------------------

    @opens_box
    async def open_address(self, address: str = "") -> None:
        """Ask for an address over the reading screen; the box may already hold one."""
        await self.ask_address(is_first=False, address=address)

    async def ask_address(self, *, is_first: bool, address: str = "") -> None:
        """Ask for an address, and open it; at the very first start there is nothing to go back to."""
        from newsreader.tui.screens.address_screen import AddressScreen

        service, palette = self.port.service, self.port.palette
        box = AddressScreen(
            service.papers, palette, is_first=is_first, address=address, store_problem=service.store_problem
        )
        asked = await self.port.ask(box)
        if asked is None:
            return
        if asked.is_import:
            if not await self._reading.parts.export.import_lists() and is_first:
                await self.ask_address(is_first=True)
        elif asked.is_sample:
            self._reading.parts.opener.open_sample()
        else:
            self._reading.parts.opener.open_source(asked.address, typed=True)

    # --- commands ---------------------------------------------------------------------------------

    @opens_box
    async def offer_actions(self) -> None:
        """Offer every action that works here, and do the chosen one."""
        from newsreader.tui.screens.palette import ActionPalette

        parts = self._reading.parts
        offers = parts.actions.offers()
        used = await self._used_commands()
        box = ActionPalette(offers, self.port.palette, fitting=parts.status.fitting_actions(), used=used)
        action = await self.port.ask(box)
        if action is None:
            return
        name = next(offer.name for offer in offers if offer.action == action)
        self.port.change_preference("commands", lambda kept: with_latest(kept, name, _USED_COMMANDS))
        await self.port.app.run_action(action, self._reading)

    async def _used_commands(self) -> list[str]:
        """Return the names of the actions that were chosen from the palette last, the latest first."""
        with suppress(NewsreaderError):
            return names_of(await self.port.service.preferences.get("commands"))
        return []
