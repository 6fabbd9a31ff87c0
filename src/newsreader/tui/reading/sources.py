"""What the reader follows: the pane of sources, what is unread of all of them, refreshing, keeping and editing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from newsreader.computing import computed
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext, ngettext
from newsreader.models import Opened, Source, SourceKind, SourceState
from newsreader.service.values import Session
from newsreader.text import line
from newsreader.tui import notice
from newsreader.tui.box import ask
from newsreader.tui.change_queue import change
from newsreader.tui.input_queue import opens_box
from newsreader.tui.listing import Listing, Section, each_story_once
from newsreader.tui.reading.layout import Frame
from newsreader.tui.reading.opener import Opening
from newsreader.tui.reading.state import View
from newsreader.tui.scheduler import scheduler_of
from newsreader.tui.shelf import Entry, Place, Shelf, why_failed
from newsreader.tui.source_pane import SourcePane
from newsreader.tui.themes import palette_of
from newsreader.urls import split_credentials, story_key

if TYPE_CHECKING:
    from newsreader.service.feed_offer import FeedOffer

_MOST_TAGS = 20  # in the pane; those that most stories have
_OFFER_S = 20.0  # what is proposed stays to be read
_OFFLINE_AGAIN_S = 900.0  # after which a source that is due is tried again where there is no network
_MANY = 20  # unread headlines of a source, of which a part only may be listed
_SOON_S = 2.0  # after the start: what the reader asked for comes first


class Following(Opening):
    """Keeps the pane of sources true, and does what the reader wants with sources."""

    _offer: "tuple[Source, FeedOffer] | None" = None  # a feed that tells more than the page before the reader

    # --- the pane ---------------------------------------------------------------------------------

    def begin(self) -> None:
        """Bring in the sources, and refresh those that are due once the reader has what they asked for."""
        self.renew_shelf()
        scheduler_of(self).call_after(self, _SOON_S, self._refresh_when_due)

    def on_frame_changed(self) -> None:
        """Count anew."""
        self.renew_shelf()

    @work(exclusive=True, group="shelf")
    async def renew_shelf(self) -> None:
        """Ask what the sources are and how they stand."""
        await self._take_shelf()

    async def _take_shelf(self) -> None:
        service = self._service
        sources = await service.subscriptions.all()
        states = await service.subscriptions.states()
        saved, reading = await service.saved.counts()
        tags = tuple(
            Entry(Place.OTHER, f"#{line(each.tag, 60)}", each.tag, each.count) for each in await service.tags.all()
        )
        others = ((gettext("Tags"), tags[:_MOST_TAGS]),) if tags else ()
        key = self.key_of("add-source")
        shelf = Shelf(sources, states, saved, reading, others=others, now=service.now(), add_key=key)
        if not self.state.shelf.sources:
            self._show_shelf(shelf)  # at once; the first count by the rules takes a while
        self._show_shelf(replace(shelf, states=await service.unread_counts.states()))

    def _show_shelf(self, shelf: Shelf) -> None:
        had_none = not self.state.shelf.sources
        self.state.shelf = shelf
        self._point_at_current()
        if had_none == bool(shelf.sources):
            self._arrange()
        self._tell()

    def _tell(self) -> None:
        """Bring everything that tells of what is shown up to date, the pane of sources with it."""
        super()._tell()
        if not self._source_pane.is_pointing_at(self._current_entry()):
            self._source_pane.show(self.state.shelf, self._current_entry())

    def _point_at_current(self) -> None:
        """Show the shelf, and in it what is listed now."""
        self._source_pane.show(self.state.shelf, self._current_entry())

    def _current_entry(self) -> Entry | None:
        """Return what the list shows now."""
        if self.state.view is View.EVERYTHING:
            return Entry(Place.UNREAD, "")
        if self.state.view in (View.ALL, View.UNREAD):
            source = self._followed
            return Entry(Place.SOURCE, source.title, str(source.id), source=source) if source is not None else None
        return Entry(Place(self.state.view.value), "")

    @property
    def _followed(self) -> Source | None:
        """The source whose page is before the reader."""
        return self._followed_at(self.state.address)

    def _followed_at(self, address: str | None) -> Source | None:
        if address is None:
            return None
        key = story_key(split_credentials(address)[0])
        return next((each for each in self.state.shelf.sources if story_key(each.url) == key), None)

    @property
    def _is_followed(self) -> bool:
        return self._followed is not None

    def _site(self) -> str:
        """Return what the list is called: the source's title, where it is one."""
        if self.state.view is View.EVERYTHING:
            return gettext("All unread")
        source = self._followed
        return source.title if source is not None else super()._site()

    def on_source_pane_chosen(self, message: SourcePane.Chosen) -> None:
        """List what was chosen."""
        self.show_entry(message.entry)

    def on_source_pane_touched(self) -> None:
        """A click into the pane goes there."""
        self._to_sources()

    def show_entry(self, entry: Entry) -> None:
        """List what an entry of the pane leads to."""
        match entry.place:
            case Place.UNREAD:
                self.show_everything()
            case Place.SAVED | Place.READING:
                self.action_view(entry.place.value)
            case Place.SOURCE if entry.source is not None and entry.source.kind is not SourceKind.SEARCH:
                self.open_followed(entry.source)
            case _:
                self.show_other_entry(entry)
        self._to_list()

    def action_view(self, name: str) -> None:
        """Show another view; the screen says which there are."""
        raise NotImplementedError

    def show_other_entry(self, entry: Entry) -> None:
        """List what is neither a source nor a view, such as a tag or a saved search."""
        from newsreader.query import Tag, write

        url = entry.source.url if entry.source is not None else f"search:{write(Tag(entry.key))}"
        self.open_source(url, typed=True)

    def open_followed(self, source: Source) -> None:
        """Show a source from the store at once, and ask its site."""
        state = self.state.shelf.state(source)
        self.open_source(source.url)
        self._point_at_current()
        if state.problem is not None:
            self._say(why_failed(state, self._service.now()))

    def restore(self, session: Session) -> None:
        """Show what was shown when the program ended."""
        super().restore(session)
        if session.view == View.EVERYTHING:
            if session.address is None and session.article:
                self._open_article(session.article, "", top=session.top)
            self.show_everything(keeps_place=self.state.last is not None)
            self.state.last = None

    # --- what is unread of all sources ------------------------------------------------------------

    @work(exclusive=True, group="view")
    async def show_everything(self, *, keep: bool = False, keeps_place: bool = False) -> None:
        """List what is unread, source by source; `keep` what is listed already, or its place alone."""
        former = (
            {each.origin: each for each in self.state.other_listing.sections if each.origin is not None} if keep else {}
        )
        sections: list[Section] = []
        for source, rows in await self._service.listings.unread_of_sources():
            known = {row.headline.url for row in rows}
            before = former.pop(source.id, None) or Section("", ())
            kept = (row for row in before.rows if row.headline.url not in known)
            label, unread = line(source.title, 80), self.state.shelf.state(source).unread
            if unread > len(rows) >= _MANY:
                label = gettext("{title}: the newest of {count}").format(title=label, count=unread)
            sections.append(Section(label, (*rows, *kept), folded=before.folded, origin=source.id))
        sections += former.values()
        empty = gettext("Everything is read.")
        if not self.state.shelf.sources:
            key = self.key_of("add-source")
            empty = gettext("There are no sources yet: {key} keeps the page before you as one.").format(key=key)
        arranged = await computed(lambda: each_story_once([section.arranged() for section in sections]))
        listing = Listing(arranged, empty)
        is_reading = self.state.shown is not None and (self.state.shown.article is not None or self.state.shown.failed)
        if not is_reading and self.state.loading is None:
            self._article_view.show_notice(notice.unread(listing.count, len(listing.sections), self._keys))
        if keep:
            self.state.other_listing = listing
            self._pane.show(listing)
            self._tell()
            return
        self.state.view = View.EVERYTHING
        if keeps_place:
            self.state.other_listing = listing
            self._pane.show(listing)
            self._tell()
        else:
            self._pane.sought = ""
            self._show_other(listing)
        self._point_at_current()

    @property
    def _source_at_cursor(self) -> Source | None:
        """The source that a headline among all unread ones is of."""
        row = self._pane.row
        origin = self._pane.listing.sections[row.section].origin if row is not None else None
        return next((each for each in self.state.shelf.sources if each.id == origin), None)

    # --- refreshing -------------------------------------------------------------------------------

    def action_refresh_all(self) -> None:
        """Refresh every source."""
        if self.state.progress is None:
            self._refresh_sources()

    @work(exclusive=True, group="refresh-all")
    async def _refresh_sources(self, *, only_due: bool = False) -> None:
        service = self._service
        sources = await (service.sources.due() if only_due else service.subscriptions.all())
        sources = tuple(each for each in sources if each.kind is not SourceKind.SEARCH)
        if not sources:
            if not only_due:
                key = self.key_of("add-source")
                words = gettext("There are no sources yet: {key} keeps the page before you as one.")
                self._say(words.format(key=key))
            return
        before = self.state.shelf.unread
        failed: list[Source] = []

        def told(done: int, count: int, source: Source, state: SourceState) -> None:
            self.state.progress = (done, count)
            failed.extend([source] if state.problem is not None else [])
            self._show_shelf(self.state.shelf.with_state(source, state))

        self.state.progress = (0, len(sources))
        self._tell()
        try:
            await service.sources.refresh_all(sources, told)
        finally:
            self.state.progress = None
            self._tell()
        await self._take_shelf()
        if not service.online:
            if not only_due:
                self._say(gettext("There is no network: the sources are as they were."))
        elif not only_due or self.state.shelf.unread > before:
            self._say(_refreshed(len(sources), max(0, self.state.shelf.unread - before), failed))
        await self._renew_what_is_listed(sources)
        self._refresh_when_due()

    async def _renew_what_is_listed(self, refreshed: Sequence[Source]) -> None:
        """Bring what came in into the list; neither the cursor nor what is being read moves."""
        if self.state.view is View.EVERYTHING:
            self.show_everything(keep=True)
        elif self._followed in refreshed and self.state.address is not None and self.state.source is not None:
            copy = await self._copy_of(self.state.address)
            if copy is not None and copy.fetched_at > self.state.source.fetched_at:
                words = self.state.flash
                await self._renew_source(copy)
                if words:
                    self._say(words)

    def _cancel_refreshing_all(self) -> bool:
        """Stop refreshing every source; False where that is not being done."""
        if self.state.progress is None:
            return False
        done, count = self.state.progress
        self.workers.cancel_group(self, "refresh-all")
        self.state.progress = None
        self.renew_shelf()
        self._say(gettext("Stopped: {done} of {count} sources are refreshed.").format(done=done, count=count))
        return True

    @work(exclusive=True, group="due")
    async def _refresh_when_due(self) -> None:
        """Refresh what is due now, and wake when the next source will be, not before."""
        if self._due_timer is not None:
            self._due_timer.stop()
            self._due_timer = None
        due = await self._service.sources.next_due()
        if due is None or self.state.progress is not None:
            return
        wait = (due - self._service.now()).total_seconds()
        if wait > 0 or not self._service.online:
            wait = max(wait, 1 if self._service.online else _OFFLINE_AGAIN_S)
            self._due_timer = scheduler_of(self).call_after(self, wait, self._wake)
        else:
            self._refresh_sources(only_due=True)

    def _wake(self) -> None:
        if self._service.online:
            self._refresh_when_due()
        else:
            self._refresh_sources(only_due=True)  # the network may be there again

    # --- keeping and editing ----------------------------------------------------------------------

    def action_add_source(self) -> None:
        """Keep the page or feed before the reader as a source; or take the feed that was proposed in place of it."""
        if self.state.address is None or self.state.source is None:
            self._say(gettext("Open a page or a feed first; then it can be kept as a source."))
            return
        followed, offer = self._followed, self._offer
        if followed is not None and offer is not None and offer[0].id == followed.id:
            self._take_feed(*offer)
            return
        if followed is not None:
            self._say(gettext("{title} is a source already.").format(title=followed.title))
            return
        self._keep_source(self.state.asked if "@" in self.state.asked else self.state.address, self.state.source)

    @change
    async def _keep_source(self, address: str, opened: Opened) -> None:
        """Keep a page as a source; once, however often that was asked for."""
        if (followed := self._followed_at(address)) is not None:
            self._say(gettext("{title} is a source already.").format(title=followed.title))
            return
        try:
            source = await self._service.sources.follow(address, opened)
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
            return
        await self._take_shelf()
        key = self.key_of("undo")
        self._say(gettext("{title} is a source now; {key} undoes it.").format(title=source.title, key=key))
        self._compare_feed(source)

    async def follow_anew(self, source: Source) -> None:
        """Show the source that was before the reader where it has another address by now."""
        await self._take_shelf()
        now = next((each for each in self.state.shelf.sources if each.id == source.id), None)
        if now is not None and now.url != source.url:
            words = self.state.flash
            self.open_followed(now)
            self._say(words)

    @work(exclusive=True, group="compare")
    async def _compare_feed(self, source: Source) -> None:
        """Propose the site's feed where it tells more than the page."""
        if self.state.source is None:
            return
        offer = await self._service.sources.better_feed(source, self.state.source.page)
        if offer is not None and self._followed == source:
            self._offer = (source, offer)
            self._say(proposal(offer, self.key_of("add-source")), seconds=_OFFER_S)

    @change
    async def _take_feed(self, source: Source, offer: "FeedOffer") -> None:
        self._offer = None
        try:
            feed = await self._service.sources.use_feed(source, offer)
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
            return
        await self._take_shelf()
        self.open_followed(feed)
        self._say(gettext("The feed is followed now; {key} undoes it.").format(key=self.key_of("undo")))

    def action_mark_source_read(self) -> None:
        """Mark what is listed read, or the source under the cursor of the pane of sources."""
        entry = self._source_pane.row if self._in_sources else None
        source = entry.source if isinstance(entry, Entry) else None
        if source is None and (self.state.view in (View.ALL, View.UNREAD)):
            source = self._followed
        is_listed = not self._in_sources or source == self._followed
        urls = []
        if is_listed:
            urls = [row.headline.url for section in self.state.listed.sections for row in section.told if not row.read]
        self._mark_all_read(source, urls, is_listed=is_listed)

    @change
    async def _mark_all_read(self, source: Source | None, urls: list[str], *, is_listed: bool) -> None:
        try:
            if source is not None:
                count = await self._service.read_marks.mark_source(source, urls)
            else:
                count = await self._service.read_marks.mark_all(urls)
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
            return
        if is_listed:
            self._change_all_marks(frozenset(urls), read=True)
        if self.state.view is View.EVERYTHING and source is not None:
            self.show_everything()
        if count:
            words = ngettext(
                "{count} headline marked read; {key} undoes it.",
                "{count} headlines marked read; {key} undoes it.",
                count,
            )
            self._say(words.format(count=count, key=self.key_of("undo")))
        else:
            self._say(gettext("Everything is read."))
        self.post_message(Frame.Changed())

    @opens_box
    async def action_edit_sources(self) -> None:
        """Show the sources in a box, to list one of them or to change them."""
        from newsreader.tui.sources_screen import SourcesScreen

        screen = SourcesScreen(
            self._service, self.state.shelf, self._current_entry(), palette_of(self.app.current_theme), self._keys
        )
        entry = await ask(self.app, screen)
        await self._take_shelf()
        if entry is not None:
            self.show_entry(entry)
        elif screen.has_changed and self.state.view is View.EVERYTHING:
            self.show_everything(keep=True)


def _refreshed(count: int, new: int, failed: Sequence[Source]) -> str:
    """Return what is said when sources have been refreshed."""
    parts = [
        ngettext("{count} source refreshed", "{count} sources refreshed", count - len(failed)).format(
            count=count - len(failed)
        ),
        ngettext("{count} more unread", "{count} more unread", new).format(count=new)
        if new
        else gettext("nothing new"),
    ]
    if failed:
        names = ", ".join(each.title for each in failed[:3]) + ("…" if len(failed) > 3 else "")
        parts.append(
            ngettext("{count} failed: {names}", "{count} failed: {names}", len(failed)).format(
                count=len(failed), names=names
            )
        )
    return line(" · ".join(parts), 300)


def proposal(offer: "FeedOffer", key: str) -> str:
    """Return in one line why a feed is the better way to follow a page, and the key that takes it."""
    if offer.count == offer.page_count:
        count = ngettext("{count} headline", "{count} headlines", offer.count)
    else:
        count = ngettext(
            "{count} headline in place of {page_count}", "{count} headlines in place of {page_count}", offer.count
        )
    gains = [
        count.format(count=offer.count, page_count=offer.page_count),
        *([gettext("with their times")] if offer.gives_times else []),
        *([gettext("with whole texts")] if offer.gives_texts else []),
    ]
    words = gettext("Its feed has more: {gains}. {key} follows the feed instead.")
    return line(words.format(gains=", ".join(gains), key=key), 300)
