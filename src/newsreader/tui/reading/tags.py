"""What `t` does, and the rules by query: both change what is known of the headlines in front of the reader."""

from typing import TYPE_CHECKING

from textual import work

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.models import ListedHeadline
from newsreader.text import line
from newsreader.tui import wording
from newsreader.tui.box import ask
from newsreader.tui.change_queue import change, queue_of
from newsreader.tui.input_queue import opens_box
from newsreader.tui.keys import hint_key
from newsreader.tui.reading.layout import Frame
from newsreader.tui.reading.opener import Opening
from newsreader.tui.themes import palette_of
from newsreader.urls import host_of

if TYPE_CHECKING:
    from newsreader.query import Facts
    from newsreader.storage.tagging import QueryRule, RuleAction

_COUNTED = 1000  # headlines of which it is told how many a rule finds


class Tagging(Opening):
    """Gives tags; makes rules, and takes them out."""

    def _target(self) -> tuple[str, str] | None:
        """Return address and title of what an action is about."""
        raise NotImplementedError

    @opens_box
    async def action_tags(self) -> None:
        """Give the story tags, or take them away."""
        target = self._target()
        if target is None:
            return
        from newsreader.tui.tags_screen import TagsScreen

        url, title = target
        try:
            async with queue_of(self).turn():
                before, known = await self._service.tags.of(url), await self._service.tags.all()
            palette = palette_of(self.app.current_theme)
            wanted = await ask(self.app, TagsScreen(title, before, known, palette))
            if wanted is None or wanted == before:
                return
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
            return
        self._change_tags(url, title, wanted - before, before - wanted)

    @change
    async def _change_tags(self, url: str, title: str, added: frozenset[str], removed: frozenset[str]) -> None:
        try:
            wanted = await self._service.tags.change(url, title, add=added, remove=removed)
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
            return
        self.show_tags(url, wanted)
        self.post_message(Frame.Changed())
        words = gettext("Tags: {tags}. {key} undoes it.") if wanted else gettext("No tags any more; {key} undoes it.")
        tags = ", ".join(sorted(wanted))
        self._say(words.format(tags=line(tags, 200), key=hint_key("undo", self._keys)))

    def show_tags(self, url: str, tags: frozenset[str]) -> None:
        """Show what tags a story has, in the list and above its article."""
        self._change_marks(url, tags=tags)
        if self.state.shown is not None and self.state.shown.url == url:
            self._article_view.set_tags(tags)

    def action_similar(self) -> None:
        """Show those of other sites that tell the story of the headline."""
        if not self._pane.unfold_kin():
            self._say(gettext("No other site is known to tell this story."))

    # --- rules ------------------------------------------------------------------------------------

    @opens_box
    async def action_make_rule(self, action: "RuleAction") -> None:
        """Make a rule, beginning with what is in front of the reader."""
        from newsreader.tui.rule_screen import RuleScreen

        palette = palette_of(self.app.current_theme)
        wanted = await ask(self.app, RuleScreen(action, self._suggested_query(), self._count, palette))
        if wanted is not None:
            self._make_rule(action, wanted.query, wanted.tag)

    @change
    async def _make_rule(self, action: "RuleAction", query: str, tag: str) -> None:
        try:
            await self._service.rules.add(action, query, tag)
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
            return
        await self.list_anew()
        self.post_message(Frame.Changed())  # what is hidden does not count as unread
        self._say(gettext("The rule is made; {key} undoes it.").format(key=hint_key("undo", self._keys)))

    @opens_box
    async def action_rules(self) -> None:
        """Show the rules."""
        from newsreader.tui.rule_screen import RulesScreen

        rules = await self._service.rules.all()
        palette = palette_of(self.app.current_theme)
        await ask(self.app, RulesScreen(rules, palette, self._remove_rule, self._copy_rules))

    @change
    async def _remove_rule(self, rule: "QueryRule") -> None:
        try:
            await self._service.rules.remove(rule.id)
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
            return
        await self.list_anew()
        self.post_message(Frame.Changed())  # what is hidden does not count as unread
        self._say(gettext("The rule is gone; {key} brings it back.").format(key=hint_key("undo", self._keys)))

    @work(group="rules-copied")
    async def _copy_rules(self) -> None:
        self.app.copy_to_clipboard(await self._service.rules.export())
        self._say(gettext("Rules copied; `newsreader rules import` takes them in."))

    async def list_anew(self) -> None:
        """List the headlines of the source again, as the rules are now."""
        if self.state.source is not None:
            await self._take_lists(self.state.source, from_top=False)

    def _suggested_query(self) -> str:
        target = self._target()
        if target is None:
            return ""
        url, title = target
        words = [word for word in title.split() if len(word) > 3 and word.isalpha()]
        source = host_of(self.state.address or url)
        return f"source:{source} title:{words[0].lower()}" if words else f"source:{source}"

    def _count(self, text: str) -> int:
        """Return how many of the headlines of the source a query finds."""
        from newsreader.query import EVERYTHING, matches, parse

        query = parse(text)
        if query == EVERYTHING:
            return 0
        now = wording.local(self._service.now())
        rows = [row for section in self.state.listing.sections for row in (*section.rows, *section.hidden)][:_COUNTED]
        return sum(matches(query, self._facts(row), now) for row in rows)

    def _facts(self, row: ListedHeadline) -> "Facts":
        from newsreader.query import Facts

        headline = row.headline
        page = self.state.source.page if self.state.source is not None else None
        names = (host_of(headline.url), *((page.site_name or "", host_of(page.url)) if page is not None else ()))
        language = page.language if page is not None else None
        return Facts(
            headline.title,
            headline.summary or "",
            names,
            language,
            headline.published,
            row.tags,
            row.read,
            row.saved,
            row.stored,
        )
