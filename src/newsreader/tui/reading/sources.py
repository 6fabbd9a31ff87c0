"""What the reader follows: the pane of sources, and what is unread of all of them."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from textual.worker import Worker

from newsreader.computing import run_in_daemon_thread
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.preference_values import names_of, with_name
from newsreader.service.values import SavedSession
from newsreader.source_values import Source, SourceKind
from newsreader.text import line
from newsreader.tui.held_part import in_worker
from newsreader.tui.reading.articles import ArticleOpener
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.list_turns import CHOSEN, ListTurns
from newsreader.tui.reading.opener import SourceOpener
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.river import RiverController
from newsreader.tui.reading.state import KEPT_VIEWS, ReadingState, View
from newsreader.tui.reading.views import ListViews
from newsreader.tui.widgets.headline_list import Listing
from newsreader.tui.widgets.headline_section import Section, each_story_once, with_former
from newsreader.tui.widgets.source_list import Entry, EntryTarget, SourceList, why_failed

_MOST_TAGS = 20  # in the pane; those that most stories have
_FOLDED_GROUPS = "folded-groups"  # the preference
_MANY = 20  # unread headlines of a source; only a part of them may be listed


class SourcePaneController:
    """Keeps the pane of sources up to date, and lists what is chosen in it."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        views: ListViews,
        articles: ArticleOpener,
        opener: SourceOpener,
        river: RiverController,
        turns: ListTurns,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.views = views
        self.articles = articles
        self.opener = opener
        self.river = river
        self.turns = turns
        self._service = port.service
        self._reloading = asyncio.Lock()
        self._folded: frozenset[str] | None = None  # the groups that are folded away, once that is known

    @in_worker(exclusive=True, group="source_list")
    async def renew(self) -> None:
        """Load the sources and their states."""
        await self.reload()

    async def reload(self) -> None:
        """Read the sources, and show them; after those that are being read already, so that the newest are shown."""
        async with self._reloading:
            await self._reload()

    async def _reload(self) -> None:
        service = self._service
        sources = await service.subscriptions.all()
        states = await service.subscriptions.states()
        saved, reading = await service.saved.counts()
        later = await service.later.count()
        tags = tuple(
            Entry(EntryTarget.OTHER, f"#{line(each.tag, 60)}", each.tag, each.count)
            for each in await service.tags.all()
        )
        others = ((gettext("Tags"), tags[:_MOST_TAGS]),) if tags else ()
        key = self.port.key_of("add-source")
        folded = await self._folded_groups()
        source_list = SourceList(
            sources, states, saved, reading, later, others=others, now=service.now(), add_key=key, folded=folded
        )
        if not self.state.source_list.sources:
            self.show_source_list(source_list)  # at once; the first count by the rules takes a while
        states = await service.unread_counts.states()
        self.show_source_list(replace(source_list, states=states, folded=await self._folded_groups()))

    def when_known(self, act: Callable[[], object]) -> None:
        """Do something that depends on the sources; right after a start as soon as they are read: keys wait for it."""
        if self.state.source_list.states is not None:
            act()
        else:
            self.turns.keep_keys_for(self._act_when_known(act))

    @in_worker(group="sources-known")
    @says_errors
    async def _act_when_known(self, act: Callable[[], object]) -> None:
        async with self._reloading:
            if self.state.source_list.states is None:
                await self._reload()
        act()

    async def _folded_groups(self) -> frozenset[str]:
        """Return the groups that the reader has folded away."""
        if self._folded is None:
            kept: object = None
            with suppress(NewsreaderError):
                kept = await self._service.preferences.get(_FOLDED_GROUPS)
            self._folded = frozenset(names_of(kept))
        return self._folded

    def fold_group(self, group: str) -> None:
        """Fold a group of sources away, or unfold it, and remember that."""
        self._folded = self.state.source_list.folded ^ {group}
        self.show_source_list(replace(self.state.source_list, folded=self._folded))
        is_folded = group in self._folded
        self.port.change_preference(_FOLDED_GROUPS, lambda kept: with_name(kept, group, is_in=is_folded))

    def show_source_list(self, source_list: SourceList) -> None:
        """Show sources as they are now."""
        had_none, unread = not self.state.source_list.sources, self.state.unread_of_all
        self.state.source_list = source_list
        if self.state.view is View.EVERYTHING and self.state.unread_of_all != unread:
            self.views.show_how_to_read()  # it says how much is unread
        self.point_at_current()
        if had_none == bool(source_list.sources):
            self.panes.arrange()
        self.port.show()

    def point_if_elsewhere(self) -> None:
        """Show in the pane of sources what is listed now, where it shows something else."""
        if not self.panes.sources.is_pointing_at(self.current_entry()):
            self.panes.sources.show(self.state.source_list, self.current_entry())

    def point_at_current(self) -> None:
        """Show the source list, and in it what is listed now."""
        self.panes.sources.show(self.state.source_list, self.current_entry())

    def current_entry(self) -> Entry | None:
        """Return what the list shows now."""
        if self.state.view is View.EVERYTHING:
            return Entry(EntryTarget.UNREAD, "")
        if self.state.view is View.RIVER:
            return Entry(EntryTarget.RIVER, "")
        if self.state.view is View.GIVEN:
            return None
        if self.state.view in (View.ALL, View.UNREAD):
            source = self.state.followed
            return (
                Entry(EntryTarget.SOURCE, source.title, str(source.id), source=source) if source is not None else None
            )
        return Entry(EntryTarget(self.state.view.value), "")

    # --- listing -------------------------------------------------------------------------------------

    def show_entry(self, entry: Entry) -> None:
        """List what an entry of the pane leads to."""
        match entry.place:
            case EntryTarget.UNREAD:
                self.turns.keep_keys_for(self.show_everything())
            case EntryTarget.RIVER:
                self.turns.keep_keys_for(self.river.show())
            case EntryTarget.SAVED | EntryTarget.READING | EntryTarget.LATER | EntryTarget.HISTORY:
                self.action_view(entry.place.value)
            case EntryTarget.SOURCE if entry.source is not None and entry.source.kind is not SourceKind.SEARCH:
                self.turns.keep_keys_for(self.open(entry.source), is_given_up_by_close=False)
            case _:
                self._show_other_entry(entry)
        self.panes.to_list()

    def _show_other_entry(self, entry: Entry) -> None:
        """List something other than a source or a view, such as a tag or a saved search."""
        from newsreader.query import Tag, write

        url = entry.source.url if entry.source is not None else f"search:{write(Tag(entry.key))}"
        self.turns.keep_keys_for(self.opener.open_source(url, typed=True), is_given_up_by_close=False)

    def open(self, source: Source, *, reads_unread: int = 0) -> Worker[None]:
        """Show a source from the store at once, and ask its site; read its first unread headline, or its last, too.

        Args:
            source: What is shown.
            reads_unread: 1 to read its first unread headline as soon as it is listed, -1 its last.
        """
        state = self.state.source_list.state(source)
        opening = self.opener.open_source(source.url, reads_unread=reads_unread)
        self.point_at_current()
        if state.problem is not None:
            self.port.say(why_failed(state, self._service.now()), is_failure=True)
        return opening

    @in_worker(exclusive=True, group=CHOSEN)
    async def show_everything(self, *, keep: bool = False, keeps_position: bool = False) -> None:
        """List what is unread, source by source; `keep` what is listed already, or its position alone."""
        await self.port.changes.caught_up()
        since = self.state.marked.begin(are_made=self.port.changes.are_made)
        former = (
            {each.origin: each for each in self.state.other_listing.sections if each.origin is not None} if keep else {}
        )
        sections: list[Section] = []
        for source, rows in await self._service.listings.unread_of_sources():
            before = former.pop(source.id, None) or Section("", ())
            label = title = line(source.title, 80)
            unread = self.state.source_list.state(source).unread
            if unread > len(rows) >= _MANY:
                label = gettext("{title}: the newest of {count}").format(title=label, count=unread)
            sections.append(
                Section(label, with_former(rows, before.rows), folded=before.folded, origin=source.id, title=title)
            )
        sections += former.values()
        empty = gettext("Everything is read.")
        if not self.state.source_list.sources:
            key = self.port.key_of("add-source")
            empty = gettext("No sources yet: {key} follows the page you are reading.").format(key=key)
        arranged = await run_in_daemon_thread(lambda: each_story_once([section.arranged() for section in sections]))
        listing = self.state.marked.marked(Listing(arranged, empty), since)
        if not keep:
            self.state.view = View.EVERYTHING
        if keep or keeps_position:
            self.state.other_listing = listing
            self.panes.headlines.show(listing)
            self.port.show()
        else:
            self.panes.headlines.filtering.sought = ""
            self.views.show(listing)
        self.views.show_how_to_read()
        self.point_at_current()

    @property
    def source_at_cursor(self) -> Source | None:
        """The source that a headline among all unread ones is of."""
        row = self.panes.headlines.row
        headline = self.panes.headlines.headline
        if headline is not None and headline.source:
            names = (headline.source, headline.source.rpartition(" +")[0])
            return next((each for each in self.state.source_list.sources if each.title in names), None)
        origin = self.panes.headlines.listing.sections[row.section].origin if row is not None else None
        return next((each for each in self.state.source_list.sources if each.id == origin), None)

    def action_view(self, name: str) -> None:
        """Show a view: this source's headlines, all or unread; or what is saved, read now, put aside, opened."""
        source = self.source_at_cursor
        pane = self.panes.headlines
        pane.filtering.sought = ""
        self.turns.begin()
        if source is not None and name in (View.ALL, View.UNREAD):
            self.turns.keep_keys_for(self.open(source), is_given_up_by_close=False)
            self.state.view = View(name)  # as which its headlines are shown when they come
        elif self.state.view is View.GIVEN and name == View.ALL:
            self.opener.open_source(
                self.state.given.get(self.panes.headlines.listing.label_over(self.panes.headlines.row) or "", ""),
                typed=True,
            )
        elif name == View.RIVER:
            self.turns.keep_keys_for(self.river.show())
        elif name in KEPT_VIEWS:
            self.turns.keep_keys_for(self.views.show_kept(View(name)))
        elif name in (View.ALL, View.UNREAD) and self.state.source is None and self.state.address is None:
            self.turns.keep_keys_for(self.show_everything())  # no source is there whose headlines could be meant
        elif name == View.UNREAD:
            self.views.show_unread()
        elif self.state.view is not View.ALL or pane.filtering.whole is not pane.listing:
            self.state.view = View.ALL
            is_listed = self.state.shown is not None and self.state.listing.find(self.state.shown.url) is not None
            url = self.state.shown.url if is_listed and self.state.shown is not None else self.state.chosen_in_all
            self.panes.headlines.show(self.state.listing, cursor_url=url)
            shown, opened = self.state.shown, self.state.source
            is_page_shown = shown is not None and shown.article is None and not shown.failed
            if is_page_shown and opened is not None and opened.page.article is None and self.state.loading is None:
                self.opener.show_nothing_found(opened)  # in place of how to read from the other list
        self.panes.to_list()

    def action_show_arrived(self) -> None:
        """Go to the headlines that arrived last, the first of them first; of all sources as one list, to its top."""
        if self.state.view not in (View.ALL, View.EVERYTHING, View.RIVER):
            self.action_view("all")
        pane = self.panes.headlines
        is_on_one = pane.headline is not None and pane.headline.new and not pane.headline.read
        number = pane.listing.next_new(pane.cursor if is_on_one else -1)
        if number is None and self.state.view is View.RIVER:
            number = pane.listing.step(-1, 1)
        if number is None:
            self.port.say(gettext("No new headlines have arrived."))
            return
        self.panes.to_list()
        pane.go(number)

    # --- the last time -------------------------------------------------------------------------------

    def restore(self, session: SavedSession) -> None:
        """Show what was shown when the program ended."""
        self._restore_source(session)
        if session.view == View.EVERYTHING:
            if session.address is None and session.article:
                self.articles.open(session.article, "", top=session.top)
            self.show_everything(keeps_position=self.state.last is not None)
            self.state.last = None
        elif session.view == View.RIVER:
            if session.address is None and session.article:
                self.articles.open(session.article, "", top=session.top)
            is_left, self.state.last = self.state.last is not None, None
            self.river.show(keep=is_left)

    def _restore_source(self, session: SavedSession) -> None:
        """Show the source that was listed; the list may be on the screen already."""
        if self.state.last is not None and (self.state.last.address, self.state.last.view) != (
            session.address or "",
            session.view,
        ):
            self.state.last = None  # another instance has ended since
        view = self.state.view
        if session.address is not None:
            is_of_the_web = session.address.startswith(("http://", "https://"))
            is_typed = bool(session.asked) or not is_of_the_web
            self.opener.open_source(session.asked or session.address, typed=is_typed, session=session)
        if self.state.last is not None:
            self.state.view = view  # as the reader may have changed it by now
        elif session.view == View.UNREAD:
            self.state.view = View.UNREAD
        if session.view in KEPT_VIEWS and (self.state.last is None or view in KEPT_VIEWS):
            self.views.show_kept(View(session.view))

    def forget_last(self) -> None:
        """Forget what was on the screen when the program last ended."""
        if self.state.last is not None:
            self.state.last, self.state.address, self.state.view = None, None, View.ALL
            self.state.listing = self.state.other_listing = Listing()
            self.panes.headlines.show(self.state.listing, from_top=True)
            self.port.show()
