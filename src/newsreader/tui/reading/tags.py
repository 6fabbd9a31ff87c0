"""Tags of stories, and the same story from other sites."""

from newsreader.i18n import gettext, ngettext
from newsreader.models import Headline
from newsreader.text import line
from newsreader.tui.change_queue import change
from newsreader.tui.input_queue import opens_box
from newsreader.tui.keys import hint_key
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.presenter import ArticlePresenter
from newsreader.tui.reading.state import ReadingState
from newsreader.tui.reading.target import ActionTarget


class TagActions:
    """Adds tags, and removes them."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        presenter: ArticlePresenter,
        target: ActionTarget,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.presenter = presenter
        self.target = target
        self._service = port.service

    @opens_box
    @says_errors
    async def change_of_all(self, headlines: list[Headline]) -> None:
        """Add tags to several stories, or remove them; the box shows the tags that all of them have."""
        from newsreader.tui.screens.tags_screen import TagsScreen

        async with self.port.changes.turn():
            rows, known = await self._service.listings.rows(headlines), await self._service.tags.all()
        before = frozenset.intersection(*(row.tags for row in rows))
        title = ngettext("{count} selected", "{count} selected", len(headlines)).format(count=len(headlines))
        wanted = await self.port.ask(TagsScreen(title, before, known, self.port.palette))
        if wanted is None or wanted == before:
            return
        self._change_tags_of_all(headlines, wanted - before, before - wanted)

    @change
    @says_errors
    async def _change_tags_of_all(
        self, headlines: list[Headline], added: frozenset[str], removed: frozenset[str]
    ) -> None:
        tags = await self._service.tags.change_all(headlines, add=added, remove=removed)
        for url, names in tags.items():
            self.presenter.show_tags(url, names)
        self.port.note_change()
        words = ngettext(
            "Tags of {count} headline changed; {key} to undo.",
            "Tags of {count} headlines changed; {key} to undo.",
            len(tags),
        )
        self.port.say(words.format(count=len(tags), key=hint_key("undo", self.port.bindings)))

    @opens_box
    @says_errors
    async def edit(self) -> None:
        """Add tags to the story, or remove them."""
        target = self.target.story()
        if target is None:
            self.port.say(self.target.said_without_story())
            return
        from newsreader.tui.screens.tags_screen import TagsScreen

        url, title = target
        async with self.port.changes.turn():
            before, known = await self._service.tags.of(url), await self._service.tags.all()
        palette = self.port.palette
        wanted = await self.port.ask(TagsScreen(title, before, known, palette))
        if wanted is None or wanted == before:
            return
        self._change_tags(url, title, wanted - before, before - wanted)

    @change
    @says_errors
    async def _change_tags(self, url: str, title: str, added: frozenset[str], removed: frozenset[str]) -> None:
        wanted = await self._service.tags.change(url, title, add=added, remove=removed)
        self.presenter.show_tags(url, wanted)
        self.port.note_change()
        words = gettext("Tags: {tags}; {key} to undo.") if wanted else gettext("All tags removed; {key} to undo.")
        tags = ", ".join(sorted(wanted))
        self.port.say(words.format(tags=line(tags, 200), key=hint_key("undo", self.port.bindings)))

    def action_similar(self) -> None:
        """Show the same story from other sites."""
        if not self.panes.headlines.unfold_same_story():
            self.port.say(gettext("No other coverage found."))
