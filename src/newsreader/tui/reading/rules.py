"""Rules by query: making and removing them."""

from typing import TYPE_CHECKING

from newsreader.i18n import gettext
from newsreader.models import ListedHeadline
from newsreader.tui.change_queue import change
from newsreader.tui.held_part import in_worker
from newsreader.tui.input_queue import opens_box
from newsreader.tui.keys import hint_key
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.lists import ListingUpdater
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.state import ReadingState
from newsreader.tui.reading.target import ActionTarget
from newsreader.urls import host_of

if TYPE_CHECKING:
    from newsreader.library_values import QueryRule, RuleAction
    from newsreader.query_matching import Facts

_COUNTED = 1000  # headlines among which the matches of a rule are counted


class RuleActions:
    """Makes rules, and removes them."""

    def __init__(
        self, state: ReadingState, port: ReadingPort, panes: ReadingLayout, lists: ListingUpdater, target: ActionTarget
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.lists = lists
        self.target = target
        self._service = port.service

    @opens_box
    async def action_rule(self, action: "RuleAction") -> None:
        """Make a rule, starting from the current headline or article."""
        from newsreader.tui.screens.rule_screen import RuleScreen

        palette = self.port.palette
        wanted = await self.port.ask(RuleScreen(action, self._suggested_query(), self._count, palette))
        if wanted is not None:
            self._make_rule(action, wanted.query, wanted.tag)

    @change
    @says_errors
    async def _make_rule(self, action: "RuleAction", query: str, tag: str) -> None:
        await self._service.rules.add(action, query, tag)
        await self.lists.take_again()
        self.port.note_change()  # hidden headlines do not count as unread
        self.port.say(gettext("The rule is saved; {key} to undo.").format(key=hint_key("undo", self.port.bindings)))

    @opens_box
    async def action_rules(self) -> None:
        """Show the rules."""
        from newsreader.tui.screens.rule_screen import RulesScreen

        rules = await self._service.rules.all()
        palette = self.port.palette
        await self.port.ask(RulesScreen(rules, palette, self._remove_rule, self._copy_rules))

    @change
    @says_errors
    async def _remove_rule(self, rule: "QueryRule") -> None:
        await self._service.rules.remove(rule.id)
        await self.lists.take_again()
        self.port.note_change()  # hidden headlines do not count as unread
        self.port.say(
            gettext("The rule is gone; {key} brings it back.").format(key=hint_key("undo", self.port.bindings))
        )

    @in_worker(group="rules-copied")
    async def _copy_rules(self) -> None:
        self.port.copy(await self._service.rules.export())
        self.port.say(gettext("Rules copied as lines of JSON, which can be imported on another computer."))

    def _suggested_query(self) -> str:
        target = self.target.current()
        if target is None:
            return ""
        url, title = target
        words = [word for word in title.split() if len(word) > 3 and word.isalpha()]
        source = host_of(self.state.address or url)
        return f"source:{source} title:{words[0].lower()}" if words else f"source:{source}"

    def _count(self, text: str) -> int:
        """Return how many of the headlines of the source a query finds."""
        from newsreader.query import EVERYTHING, parse
        from newsreader.query_matching import matches

        query = parse(text)
        if query == EVERYTHING:
            return 0
        now = self.port.now()
        rows = [row for section in self.state.listing.sections for row in (*section.rows, *section.hidden)][:_COUNTED]
        return sum(matches(query, self._facts(row), now) for row in rows)

    def _facts(self, row: ListedHeadline) -> "Facts":
        from newsreader.query_matching import Facts

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
            row.later,
            row.highlighted,
            row.noted,
        )
