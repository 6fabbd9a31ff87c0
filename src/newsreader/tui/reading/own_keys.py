"""The reader's own keys: several actions one after another, and a command about the current article."""

from collections.abc import Awaitable, Callable

from newsreader.i18n import N_, gettext
from newsreader.key_names import shown_key
from newsreader.keymap import ACTION, PROGRAM
from newsreader.own_commands import KeyCommand, filled
from newsreader.text import line
from newsreader.tui.keys import ActionOffer
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.target import ActionTarget

_RUNS = N_("run {command}")


class OwnKeys:
    """Runs what `[[bind]]` in the configuration defines."""

    def __init__(self, port: ReadingPort, target: ActionTarget, do: Callable[[str], Awaitable[None]]) -> None:
        """Take what an action is about, and how to do an action by its name."""
        self.port = port
        self.target = target
        self._do = do
        self.commands = port.service.settings.key_commands

    @says_errors
    async def run(self, number: int) -> None:
        """Do the actions of a key, then start its command."""
        command = self.commands[number]
        current = self.target.current()  # of what was on the screen when the key was pressed
        for name in command.do:
            await self._do(name)
        if not command.run:
            return
        url, title = current or ("", "")
        await self.port.service.desktop.start(filled(command.run, {"url": url, "title": title}))

    def offers(self) -> list[ActionOffer]:
        """Return what the keys do, for help and palette."""
        return [
            ActionOffer(f"own-{number}", f"screen.own_key({number})", _words(each), (shown_key(each.key),), PROGRAM)
            for number, each in enumerate(self.commands)
        ]


def _words(command: KeyCommand) -> str:
    if command.title:
        return line(command.title, 60)
    words = [gettext(ACTION[name].description) for name in command.do]
    if command.run:
        words.append(gettext(_RUNS).format(command=line(command.run[0], 40)))
    return ", ".join(words)
