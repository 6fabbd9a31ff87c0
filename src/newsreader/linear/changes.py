"""Commands that change something: save, later, read, tag, follow, undo; and those that export an article."""

from newsreader.i18n import gettext, ngettext
from newsreader.linear.desk import Desk
from newsreader.linear.lists import ListCommands
from newsreader.models import Headline
from newsreader.service.undo_messages import earlier_message, undo_message
from newsreader.tui import wording


class ChangeCommands:
    """What the keys that change something do; the words typed behind a key come as `words`."""

    def __init__(self, desk: Desk, lists: ListCommands) -> None:
        self._desk = desk
        self._service = desk.service
        self._lists = lists

    async def action_save(self, *, words: str = "") -> None:
        """Save the article for good, or remove it again."""
        del words
        target = self._desk.target()
        if target is None:
            return
        kept = await self._desk.waited_for(self._service.saved.toggle(target[0]), "", gettext("Saving …"))
        self._desk.update([target[0]], saved=kept is not None)
        if kept is None:
            self._desk.say(gettext("No longer saved; {key} saves it again.").format(key=self._desk.key("save")))
        else:
            self._desk.say(wording.saved_words(kept.pictures, kept.pictures_named))

    async def action_later(self, *, words: str = "") -> None:
        """Put the article into Later, or take it out."""
        del words
        target = self._desk.target()
        if target is None:
            return
        url, title = target
        is_new = bool(await self._service.later.add([Headline(title, url)]))
        if not is_new:
            await self._service.later.remove([url])
        self._desk.update([url], later=is_new)
        self._desk.say(gettext("In Later.") if is_new else gettext("No longer in Later."))

    async def action_toggle_read(self, *, words: str = "") -> None:
        """Mark the article read, or unread; in the list, go to the next headline."""
        del words
        desk = self._desk
        target = desk.target()
        if target is None:
            return
        is_read = await self._service.read_marks.toggle(target[0])
        desk.update([target[0]], read=is_read)
        desk.say(gettext("Marked read.") if is_read else gettext("Marked unread."))
        if desk.place == "list":
            await self._lists.move(1)

    async def action_mark_part_read(self, part: str, *, words: str = "") -> None:
        """Mark what is above the chosen headline read, or below it, or all of its section."""
        del words
        listed = self._desk.listed
        match part:
            case "above":
                rows = listed.rows[: listed.cursor]
            case "below":
                rows = listed.rows[listed.cursor + 1 :]
            case _:
                rows = list(listed.section_around(listed.cursor)) if listed.rows else []
        await self._mark([row.headline.url for row in rows if not row.read])

    async def action_mark_source_read(self, *, words: str = "") -> None:
        """Mark everything read that the list is of, listed already or not."""
        del words
        urls = [row.headline.url for row in self._desk.whole_list.rows if not row.read]
        now = self._service.now()
        sources = await self._desk.sources_listed()
        if not sources:
            await self._mark(urls)
            return
        count = await self._service.read_marks.mark_sources(sources, urls, until=now)
        self._desk.update(urls, read=True)
        self._say_marked(count)

    async def _mark(self, urls: list[str]) -> None:
        if not urls:
            self._desk.say(gettext("They are all read already."))
            return
        await self._service.read_marks.mark_all(urls)
        self._desk.update(urls, read=True, later=False)
        self._say_marked(len(urls))

    def _say_marked(self, count: int) -> None:
        words = ngettext(
            "{count} headline marked read; {key} to undo.", "{count} headlines marked read; {key} to undo.", count
        )
        self._desk.say(words.format(count=count, key=self._desk.key("undo")))

    async def action_undo(self, *, words: str = "") -> None:
        """Take back the last change."""
        del words
        earlier = await self._service.history.earlier()
        if earlier is not None:
            time = wording.day_and_clock(earlier.changed_at, self._service.now())
            self._desk.say(earlier_message(earlier, self._desk.key("undo"), time))
            return
        undone = await self._service.history.undo()
        if undone is None:
            self._desk.say(gettext("Nothing to undo."))
            return
        for row in await self._service.listings.rows([Headline(url, url) for url in undone.urls]):
            self._desk.update(
                [row.headline.url], read=row.read, saved=row.saved, stored=row.stored, later=row.later, tags=row.tags
            )
        self._desk.say(undo_message(undone))

    async def action_tags(self, *, words: str = "") -> None:
        """Give the article tags, or take those away that have a minus before them; without words, ask."""
        target = self._desk.target()
        if target is None:
            return
        url, title = target
        if not words:
            now = ", ".join(sorted(await self._service.tags.of(url)))
            self._desk.say(gettext("Tags: {tags}").format(tags=now) if now else gettext("No tags."))
            words = await self._desk.asked(gettext("Tags, separated by commas; -tag removes"))
        names = [name.strip() for name in words.split(",") if name.strip(" -")]
        if not names:
            return
        added = [name for name in names if not name.startswith("-")]
        removed = [name[1:].strip() for name in names if name.startswith("-")]
        tags = await self._service.tags.change(url, title, add=added, remove=removed)
        self._desk.update([url], tags=tags)
        said = gettext("Tags: {tags}; {key} to undo.") if tags else gettext("All tags removed; {key} to undo.")
        self._desk.say(said.format(tags=", ".join(sorted(tags)), key=self._desk.key("undo")))

    async def action_add_source(self, *, words: str = "") -> None:
        """Follow the page that is listed."""
        del words
        desk = self._desk
        if desk.source is None or not desk.address:
            desk.say(gettext("Open a page or a feed first; then you can follow it."))
            return
        followed = await desk.followed()
        if followed is not None:
            desk.say(gettext("You already follow {title}.").format(title=followed.title))
            return
        source = await self._service.sources.follow(desk.address, desk.source)
        words = gettext("Following {title}; {key} to undo.")
        desk.say(words.format(title=source.title, key=desk.key("undo")))

    async def action_search(self, *, words: str = "") -> None:
        """Search everything stored for some words, what has come since the last search too."""
        words = words or await self._desk.asked(gettext("Search"))
        if words:
            indexing = gettext("Preparing the search …")
            await self._desk.waited_for(self._service.search.update_index(), "", indexing)
            await self._lists.open_page(f"search:{words}", typed=True)
