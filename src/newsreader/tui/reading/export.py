"""What `e` and `|` do, and importing: articles taken along, lists of other programs taken over."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext, ngettext
from newsreader.models import Article
from newsreader.text import line
from newsreader.tui.box import ask
from newsreader.tui.input_queue import opens_box, release_input
from newsreader.tui.reading.sources import Following
from newsreader.tui.reading.state import View
from newsreader.tui.themes import palette_of

if TYPE_CHECKING:
    from newsreader.desktop import Piped
    from newsreader.exporting.forms import Form

_LONGEST_COMMAND = 60  # columns, as it is told


class Taking(Following):
    """Exports and pipes the article that is meant, and imports."""

    async def _article_of(self, url: str) -> Article:
        """Return the article at an address: as it is shown, if it is that."""
        if self.state.shown is not None and self.state.shown.url == url and self.state.shown.article is not None:
            return self.state.shown.article
        return await self._service.export.article(url)

    async def _tell_why(self, title: str, error: NewsreaderError) -> None:
        """Show an error whole: paths are longer than the line below."""
        from newsreader.tui.report_screen import ReportScreen

        self.unsay()
        palette = palette_of(self.app.current_theme)
        await ask(self.app, ReportScreen(title, [error.text, error.advice], palette))

    # --- exporting --------------------------------------------------------------------------------

    @opens_box
    async def _export(self, target: tuple[str, str] | None) -> None:
        """Ask what, in which form and where, and write it; the target is an address and a title."""
        from newsreader.tui.export_screen import ExportScreen, Offer, Scope

        rows = [row for section in self._pane.listing.sections for row in section.rows]
        stored = list(dict.fromkeys(row.headline.url for row in rows if row.stored))
        offers = []
        if target is not None:
            offers.append(Offer(Scope.ARTICLE, gettext("Export “{title}”").format(title=line(target[1], 80))))
        if len(stored) > 1:
            words = gettext("Export {stored} of {all} articles of the list, those that are stored here")
            offers.append(Offer(Scope.LIST, words.format(stored=len(stored), all=len({r.headline.url for r in rows}))))
        if not offers:
            self._say(gettext("There is no article to export."))
            return
        form, place = await self._last_export()
        wish = await ask(self.app, ExportScreen(offers, form, place, palette_of(self.app.current_theme)))
        if wish is None:
            return
        release_input()
        await self._remember_export(wish.form, wish.place)
        self._say(gettext("Exporting …"))
        try:
            articles: tuple[Article, ...]
            if wish.scope is Scope.ARTICLE and target is not None:
                articles = (await self._article_of(target[0]),)
            else:
                articles = await self._service.export.stored_articles(stored)
            path = await self._service.export.to_file(articles, wish.form, Path(wish.place or "."))
        except NewsreaderError as error:
            await self._tell_why(gettext("Nothing was written."), error)
            return
        count = len(articles)
        words = ngettext("{n} article written: {path}", "{n} articles written: {path}", count)
        self._say(line(words.format(n=count, path=path.name), 300))

    async def _last_export(self) -> "tuple[Form, str]":
        """Return form and place of the last export; those of the configuration before the first."""
        from newsreader.exporting.forms import Form

        export = self._service.settings.export
        kept: object = None
        with suppress(NewsreaderError):
            kept = await self._service.preferences.get("export")
        known = kept if isinstance(kept, dict) else {}
        form, place = str(known.get("format")), known.get("place")
        is_known = form in list(Form)
        return Form(form if is_known else export.format), place if isinstance(place, str) else self._usual_place()

    def _usual_place(self) -> str:
        return self._service.settings.export.directory or _with_tilde(Path.cwd())

    async def _remember_export(self, form: "Form", place: str) -> None:
        """Remember what was chosen; the usual place is not remembered, it may be another one the next time."""
        chosen = {"format": form.value} | ({"place": place} if place != self._usual_place() else {})
        with suppress(NewsreaderError):
            await self._service.preferences.save("export", chosen)

    # --- piping -----------------------------------------------------------------------------------

    @opens_box
    async def _pipe(self, target: tuple[str, str] | None) -> None:
        """Ask for a command, and give the article to it; the target is an address and a title."""
        from newsreader.desktop import command_words
        from newsreader.tui.line_screen import LineScreen

        if target is None:
            self._say(gettext("There is no article to pipe."))
            return
        question = gettext("Pipe “{title}” to a command").format(title=line(target[1], 80))
        known = await self._last_command()
        screen = LineScreen(question, "|", known, gettext("runs it"), palette_of(self.app.current_theme))
        typed = await ask(self.app, screen)
        if typed is None:
            return
        release_input()
        with suppress(NewsreaderError):
            await self._service.preferences.save("pipe", typed)
        try:
            command = command_words(typed)
            await self._give_to(command, await self._article_of(target[0]))
        except NewsreaderError as error:
            await self._tell_why(gettext("The article was not piped."), error)

    async def _last_command(self) -> str:
        """Return the last command that was typed; that of the configuration before the first."""
        import shlex

        with suppress(NewsreaderError):
            kept = await self._service.preferences.get("pipe")
            if isinstance(kept, str):
                return kept
        return shlex.join(self._service.settings.export.pipe_command or ())

    async def _give_to(self, command: list[str], article: Article) -> None:
        """Run a command with the terminal to itself; where that cannot be, apart from it, and show what it wrote."""
        from newsreader.tui.report_screen import ReportScreen

        try:
            body = await self._service.export.piped_form(article)
            with self.app.suspend():
                done = _run_in_terminal(command, body)
        except SuspendNotSupported:
            self._say(gettext("Running {command} …").format(command=_shown(command)))
            done = await self._service.export.pipe(article, command)
            if done.output.strip():
                palette = palette_of(self.app.current_theme)
                await ask(self.app, ReportScreen(_shown(command), done.output.splitlines(), palette))
        self._say(_ended(command, done))

    # --- importing --------------------------------------------------------------------------------

    @opens_box
    async def action_import(self) -> None:
        """Ask for a file of another program, take it over, and tell what became of it."""
        await self.import_lists()

    async def import_lists(self) -> bool:
        """Import from a file that is asked for, and show what came of it; say whether anything was taken."""
        from newsreader.tui.line_screen import LineScreen
        from newsreader.tui.report_screen import ReportScreen

        palette = palette_of(self.app.current_theme)
        question = gettext("Import: a file with OPML, newsboat's urls, Pocket, Instapaper, wallabag, bookmarks")
        known = await self._service.imports.likely_file()
        path = await ask(self.app, LineScreen(question, ">", known, gettext("imports it"), palette))
        if path is None:
            return False
        release_input()
        try:
            report = await self._service.imports.add(await self._service.imports.read(Path(_unquoted(path))))
        except NewsreaderError as error:
            await self._tell_why(gettext("Nothing was imported."), error)
            return False
        await ask(self.app, ReportScreen(gettext("Import"), report.lines, palette))
        self.renew_shelf()
        if report.sources:
            self.show_everything()
            self.action_refresh_all()
        elif report.articles:
            self.action_view(View.SAVED)
        return bool(report.sources or report.articles)


def _run_in_terminal(command: list[str], body: bytes) -> "Piped":
    """Run a command on the bare terminal, and wait there until the reader has seen what it wrote.

    The loop waits too: nothing of this program may be written while the terminal is another's.
    """
    from newsreader.desktop import pipe_in_terminal

    back = gettext("Enter goes back.")
    return pipe_in_terminal(command, body, lambda done: f"{_ended(command, done)} {back}")


def _with_tilde(path: Path) -> str:
    """Return a path as people write it: within their own directory with a tilde."""
    try:
        return str(Path("~", path.relative_to(Path.home())))
    except (ValueError, RuntimeError):  # it lies elsewhere, or nobody has a home
        return str(path)


def _shown(command: list[str]) -> str:
    import shlex

    return line(shlex.join(command), _LONGEST_COMMAND)


def _ended(command: list[str], done: "Piped") -> str:
    if done.status == 0:
        return gettext("{command} is done.").format(command=_shown(command))
    if done.status < 0:
        words = gettext("{command} was ended by signal {number}.")
        return words.format(command=_shown(command), number=-done.status)
    return gettext("{command} ended with status {number}.").format(command=_shown(command), number=done.status)


def _unquoted(path: str) -> str:
    """Return a path without the quotes that terminals put around a file that is dropped on them."""
    import shlex

    with suppress(ValueError):
        words = shlex.split(path)
        if len(words) == 1 and path[:1] in "'\"":
            return words[0]
    return path
