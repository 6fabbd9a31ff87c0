"""What comes with a story: its discussion, and files such as recordings."""

from functools import partial

from newsreader.exporting.about import comments_label, enclosure_details, enclosure_name
from newsreader.i18n import gettext
from newsreader.linear.articles import ArticleCommands
from newsreader.linear.desk import Desk, Entry
from newsreader.models import Comments, Enclosure
from newsreader.text import line


class ExtraCommands:
    """What the key for that does."""

    def __init__(self, desk: Desk, articles: ArticleCommands) -> None:
        self._desk = desk
        self._service = desk.service
        self._articles = articles

    async def action_discussion(self, *, words: str = "") -> None:
        """Open the discussion or the file that comes with the story; of several, print them with numbers."""
        del words
        comments, enclosures = self._found()
        entries: list[Entry] = []
        if comments is not None and comments.url is not None:
            label = comments_label(comments)
            entries.append((label, partial(self._articles.open, comments.url, label)))
        for each in enclosures:
            details = ", ".join(enclosure_details(each))
            name = enclosure_name(each) + (f", {details}" if details else "")
            entries.append((line(name, 300), partial(self._open_file, each)))
        if len(entries) == 1:
            await entries[0][1]()
        elif entries:
            self._desk.entries, self._desk.place = entries, "sources"
            self._desk.say_entries()
        elif comments is not None and comments.count is not None:
            self._desk.say(gettext("The comments are on the story's own page."))
        else:
            self._desk.say(gettext("No discussion and no files come with this."))

    def _found(self) -> tuple[Comments | None, tuple[Enclosure, ...]]:
        """Return the comments and files of the article, or of the chosen headline."""
        desk = self._desk
        article = desk.article.article if desk.place == "article" and desk.article is not None else None
        url = desk.article.url if article is not None and desk.article is not None else ""
        index = desk.listed.index_of(url) if url else desk.listed.cursor
        row = desk.listed.rows[index] if index is not None and index < len(desk.listed.rows) else None
        found = [each for each in (article, row.headline if row is not None else None) if each is not None]
        comments = next((each.comments for each in found if each.comments), None)
        return comments, next((each.enclosures for each in found if each.enclosures), ())

    async def _open_file(self, enclosure: Enclosure) -> None:
        opener = self._service.desktop.opener_of(enclosure)
        await self._service.desktop.open_beside(opener, enclosure)
        words = gettext("Opened {file} with {program}.")
        self._desk.say(words.format(file=enclosure_name(enclosure), program=line(opener.run[0], 80)))
