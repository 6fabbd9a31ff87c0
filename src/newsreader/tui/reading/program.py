"""What the keys of the program itself do: help, commands, theme, another address, quitting."""

from collections.abc import Callable

from newsreader.tui.input_queue import opens_box
from newsreader.tui.keys import ActionOffer
from newsreader.tui.reading.port import ReadingPort


class ProgramActions:
    """Opens what is over the reading screen, and ends the program.

    Attributes:
        ask_address: Shows the box for an address, with words in it; the program says how.
        offers: Return what can be done as things are.
        fitting: Return the names of the actions that fit the moment best.
        failed_address: Return the address, as typed, of the page that couldn't be fetched; empty if one is shown.
    """

    def __init__(
        self,
        port: ReadingPort,
        offers: Callable[[], list[ActionOffer]],
        fitting: Callable[[], tuple[str, ...]],
        failed_address: Callable[[], str],
    ) -> None:
        self.port = port
        self.offers = offers
        self.fitting = fitting
        self.failed_address = failed_address
        self.ask_address: Callable[[str], object] = lambda _: None

    def action_open_address(self) -> None:
        """Ask for an address; one that has just failed is in the box to be corrected."""
        self.ask_address(self.failed_address())

    @opens_box
    async def action_help(self) -> None:
        """Show the keys that work here, and do what is clicked."""
        from newsreader.tui.screens.help_screen import HelpScreen

        action = await self.port.ask(HelpScreen(self.offers(), self.port.palette, self.fitting()))
        if action is not None:
            await self.port.app.run_action(action, self.port.screen)

    async def action_commands(self) -> None:
        """Offer every command."""
        await self.port.app.run_action("command_palette")

    async def action_theme(self) -> None:
        """Offer the themes."""
        await self.port.app.run_action("change_theme")

    async def action_redraw(self) -> None:
        """Write the whole screen again: something else may have written to the terminal."""
        await self.port.app.run_action("redraw")

    async def action_suspend(self) -> None:
        """Suspend the program, and return to the shell."""
        await self.port.app.run_action("suspend_process")

    async def action_quit(self) -> None:
        """End the program."""
        await self.port.app.run_action("quit")
