"""Exporting, piping and importing."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from newsreader.errors import NewsreaderError
from newsreader.files import absolute, with_tilde
from newsreader.i18n import gettext, ngettext
from newsreader.models import Article
from newsreader.text import line
from newsreader.tui.input_queue import opens_box, release_input
from newsreader.tui.outcome_words import command_ended, shown_command
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.refresh import RefreshActions
from newsreader.tui.reading.sources import SourcePaneController
from newsreader.tui.reading.state import ReadingState, View
from newsreader.tui.reading.target import ActionTarget

if TYPE_CHECKING:
    from newsreader.desktop import Piped
    from newsreader.exporting.formats import ExportFormat


class ExportActions:
    """Exports the current article, pipes it, and imports."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        target: ActionTarget,
        sources: SourcePaneController,
        refreshing: RefreshActions,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.target = target
        self.sources = sources
        self.refreshing = refreshing
        self._service = port.service

    async def _article_of(self, url: str) -> Article:
        """Return the article at an address: as it is shown, if it is on the screen."""
        if self.state.shown is not None and self.state.shown.url == url and self.state.shown.article is not None:
            return self.state.shown.article
        return await self._service.export.article(url)

    async def _show_error(self, title: str, error: NewsreaderError) -> None:
        """Show an error in full: paths are longer than the footer."""
        from newsreader.tui.screens.report_screen import ReportScreen

        self.port.unsay()
        palette = self.port.palette
        await self.port.ask(ReportScreen(title, [error.text, error.advice], palette))

    # --- exporting -----------------------------------------------------------------------------------

    def action_export(self) -> None:
        """Write the article, or those of the list, to a file."""
        self._export(self.target.story())

    @opens_box
    async def _export(self, target: tuple[str, str] | None) -> None:
        """Ask what, in which format and where, and write it; the target is an address and a title."""
        from newsreader.exporting.formats import missing_pictures
        from newsreader.tui.screens.export_screen import ExportOffer, ExportScreen, Scope

        rows = [row for section in self.panes.headlines.listing.sections for row in section.rows]
        stored = list(dict.fromkeys(row.headline.url for row in rows if row.stored))
        offers = []
        if target is not None:
            offers.append(ExportOffer(Scope.ARTICLE, gettext("Export “{title}”").format(title=line(target[1], 80))))
        if len(stored) > 1:
            words = gettext("Export {stored} of {all} articles of the list, those that are stored here")
            offers.append(
                ExportOffer(Scope.LIST, words.format(stored=len(stored), all=len({r.headline.url for r in rows})))
            )
        if not offers:
            self.port.say(gettext("There is no article to export."))
            return
        file_format, place = await self._last_export()
        wish = await self.port.ask(ExportScreen(offers, file_format, place, self.port.palette))
        if wish is None:
            return
        release_input()
        await self._remember_export(wish.file_format, wish.place)
        self.port.say(gettext("Exporting …"))
        try:
            articles: tuple[Article, ...]
            if wish.scope is Scope.ARTICLE and target is not None:
                articles = (await self._article_of(target[0]),)
            else:
                articles = await self._service.export.stored_articles(stored)
            edition = await self._service.export.edition(articles, wish.file_format)
            path = await self._service.export.write(edition, wish.file_format, Path(wish.place or "."))
        except NewsreaderError as error:
            await self._show_error(gettext("Nothing was written."), error)
            return
        count = len(articles)
        words = ngettext("{n} article written: {path}", "{n} articles written: {path}", count)
        said = (words.format(n=count, path=path.name), missing_pictures(edition, wish.file_format))
        self.port.say(line(" · ".join(filter(None, said)), 300))

    async def _last_export(self) -> "tuple[ExportFormat, str]":
        """Return format and path of the last export; before the first, those of the configuration."""
        from newsreader.exporting.formats import ExportFormat, format_named

        export = self._service.settings.export
        kept: object = None
        with suppress(NewsreaderError):
            kept = await self._service.preferences.get("export")
        known = kept if isinstance(kept, dict) else {}
        file_format, place = str(known.get("format")), known.get("place")
        is_known = file_format in list(ExportFormat)
        return format_named(file_format if is_known else export.format), place if isinstance(
            place, str
        ) else self._usual_place()

    def _usual_place(self) -> str:
        """Return the usual directory, written so that a name typed after it is that of a file in it."""
        place = self._service.settings.export.directory or with_tilde(absolute(""))
        return place if place.endswith(os.sep) else place + os.sep

    async def _remember_export(self, file_format: "ExportFormat", place: str) -> None:
        """Remember what was chosen, except the default path, which may differ the next time."""
        chosen = {"format": file_format.value} | ({"place": place} if place != self._usual_place() else {})
        with suppress(NewsreaderError):
            await self._service.preferences.save("export", chosen)

    # --- piping --------------------------------------------------------------------------------------

    def action_pipe(self) -> None:
        """Give the article to a command."""
        self._pipe(self.target.story())

    @opens_box
    async def _pipe(self, target: tuple[str, str] | None) -> None:
        """Ask for a command, and give the article to it; the target is an address and a title."""
        from newsreader.desktop import command_words
        from newsreader.tui.screens.line_screen import LineScreen

        if target is None:
            self.port.say(gettext("There is no article to pipe."))
            return
        question = gettext("Pipe “{title}” to a command").format(title=line(target[1], 80))
        known = await self._last_command()
        screen = LineScreen(question, "|", known, gettext("runs it"), self.port.palette)
        typed = await self.port.ask(screen)
        if typed is None:
            return
        release_input()
        with suppress(NewsreaderError):
            await self._service.preferences.save("pipe", typed)
        try:
            command = command_words(typed)
            await self._give_to(command, await self._article_of(target[0]))
        except NewsreaderError as error:
            await self._show_error(gettext("The article was not piped."), error)

    async def _last_command(self) -> str:
        """Return the last command that was typed; before the first, that of the configuration."""
        import shlex

        with suppress(NewsreaderError):
            kept = await self._service.preferences.get("pipe")
            if isinstance(kept, str):
                return kept
        return shlex.join(self._service.settings.export.pipe_command or ())

    async def _give_to(self, command: list[str], article: Article) -> None:
        """Run a command that has the terminal to itself; if it cannot, in the background, and show its output."""
        from newsreader.tui.screens.report_screen import ReportScreen

        try:
            body = await self._service.export.piped_format(article)
            with self.port.suspend():
                done = _run_in_terminal(command, body)
        except SuspendNotSupported:
            self.port.say(gettext("Running {command} …").format(command=shown_command(command)))
            done = await self._service.export.pipe(article, command)
            if done.output.strip():
                palette = self.port.palette
                await self.port.ask(ReportScreen(shown_command(command), done.output.splitlines(), palette))
        self.port.say(command_ended(command, done))

    # --- importing -----------------------------------------------------------------------------------

    @opens_box
    async def action_import(self) -> None:
        """Ask for a file of another program, import it, and show the result."""
        await self.import_lists()

    async def import_lists(self) -> bool:
        """Ask for a file, import it, and show the result; return whether anything was imported."""
        from newsreader.tui.screens.line_screen import LineScreen
        from newsreader.tui.screens.report_screen import ReportScreen

        palette = self.port.palette
        question = gettext("Import: a file with OPML, newsboat's urls, Pocket, Instapaper, wallabag, bookmarks")
        known = await self._service.imports.likely_file()
        path = await self.port.ask(LineScreen(question, ">", known, gettext("imports it"), palette))
        if path is None:
            return False
        release_input()
        try:
            report = await self._service.imports.add(await self._service.imports.read(Path(_unquoted(path))))
        except NewsreaderError as error:
            await self._show_error(gettext("Nothing was imported."), error)
            return False
        await self.port.ask(ReportScreen(gettext("Import"), report.lines, palette))
        self.sources.renew()
        if report.sources:
            self.sources.show_everything()
            self.refreshing.action_refresh_all()
        elif report.articles:
            self.sources.action_view(View.SAVED)
        return bool(report.sources or report.articles)


def _run_in_terminal(command: list[str], body: bytes) -> "Piped":
    """Run a command on the bare terminal, and wait until the reader has seen its output.

    The event loop waits too: this program may write nothing while the terminal belongs to another.
    """
    from newsreader.desktop import pipe_in_terminal

    back = gettext("Enter goes back.")
    return pipe_in_terminal(command, body, lambda done: f"{command_ended(command, done)} {back}")


def _unquoted(path: str) -> str:
    """Return a path without the quotes that terminals put around a dropped file."""
    import shlex

    with suppress(ValueError):
        words = shlex.split(path)
        if len(words) == 1 and path[:1] in "'\"":
            return words[0]
    return path
