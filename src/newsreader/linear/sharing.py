"""What takes an article out of the program, and what brings things in: copied, piped, exported, imported."""

from pathlib import Path

from newsreader.desktop import command_words
from newsreader.errors import NewsreaderError
from newsreader.files import at_home
from newsreader.i18n import gettext, ngettext
from newsreader.linear.desk import Desk
from newsreader.text import clean, line
from newsreader.tui.outcome_words import command_ended
from newsreader.urls import shown


class SharingCommands:
    """What the keys for that do; the words typed behind a key come as `words`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._service = desk.service

    async def action_copy_link(self, *, words: str = "") -> None:
        """Print the address of the article, and copy it where there is a desktop."""
        del words
        target = self._desk.target()
        if target is not None:
            await self._service.desktop.copy(target[0])
            self._desk.say(shown(target[0]))

    async def action_copy_title(self, *, words: str = "") -> None:
        """Print the title of the article, and copy it where there is a desktop."""
        del words
        target = self._desk.target()
        if target is not None:
            await self._service.desktop.copy(line(target[1], 2000))
            self._desk.say(target[1])

    async def action_copy_article(self, *, words: str = "") -> None:
        """Copy the article as Markdown; where there is no desktop, print it."""
        from newsreader.exporting.markdown import to_markdown

        del words
        target = self._desk.target()
        if target is None:
            return
        text = to_markdown(await self._service.export.article(target[0]))
        if await self._service.desktop.copy(text):
            self._desk.say(gettext("Article copied as Markdown."))
        else:
            self._desk.console.say(clean(text))

    async def action_open_in_browser(self, *, words: str = "") -> None:
        """Open the article in the browser."""
        del words
        target = self._desk.target()
        if target is not None:
            await self._service.desktop.open_in_browser(target[0])
            self._desk.say(gettext("Opened in the browser."))

    async def action_export(self, *, words: str = "") -> None:
        """Write the article to a file, in the format of the file's ending."""
        from newsreader.exporting.formats import format_named, format_of_suffix, missing_pictures

        target = self._desk.target()
        if target is None:
            return
        name = words or await self._desk.asked(gettext("File"))
        if not name:
            return
        place = at_home(name)
        file_format = format_of_suffix(place.suffix) or format_named(self._service.settings.export.format)
        article = await self._service.export.article(target[0])
        edition = await self._service.export.edition([article], file_format)
        path = await self._service.export.write(edition, file_format, place)
        count = 1
        written = ngettext("{n} article written: {path}", "{n} articles written: {path}", count)
        said = (written.format(n=count, path=line(str(path), 300)), missing_pictures(edition, file_format))
        self._desk.say(" · ".join(filter(None, said)))

    async def action_pipe(self, *, words: str = "") -> None:
        """Give the article to a command, and print what that prints."""
        target = self._desk.target()
        if target is None:
            return
        typed = words or await self._command()
        if not typed:
            return
        command = command_words(typed)
        await self._service.preferences.save("pipe", typed)
        done = await self._service.export.pipe(await self._service.export.article(target[0]), command)
        if done.output.strip():
            self._desk.console.say(clean(done.output).rstrip("\n"))
        self._desk.say(command_ended(command, done))

    async def _command(self) -> str:
        """Return the command that is typed; the last one again where nothing is."""
        kept = await self._service.preferences.get("pipe")
        known = kept if isinstance(kept, str) else ""
        question = gettext("Command; Enter alone: {command}").format(command=known) if known else gettext("Command")
        return await self._desk.asked(question) or known

    async def action_import(self, *, words: str = "") -> None:
        """Import sources and articles of another program from a file."""
        path = words or await self._desk.asked(gettext("File with OPML, newsboat's urls, or another program's export"))
        if not path:
            return
        try:
            report = await self._service.imports.add(await self._service.imports.read(Path(path)))
        except NewsreaderError as error:
            self._desk.say(gettext("Nothing was imported."))
            self._desk.say_error(error)
            return
        self._desk.console.say(*(line(each, 1000) for each in report.lines))
