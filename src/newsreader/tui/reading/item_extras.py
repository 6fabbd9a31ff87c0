"""What `c` does: the discussion of the story, and the files that its feed brought with it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.models import Comments, Enclosure
from newsreader.text import line
from newsreader.tui.box import ask
from newsreader.tui.input_queue import opens_box, release_input
from newsreader.tui.reading.opener import Opening
from newsreader.tui.themes import palette_of

if TYPE_CHECKING:
    from newsreader.typesetting.layout import Link


class ItemExtras(Opening):
    """Opens the discussion in place, and files in the reader's other programs."""

    def _target(self) -> tuple[str, str] | None:
        """Return address and title of what an action is about."""
        raise NotImplementedError

    @opens_box
    async def action_discussion(self) -> None:
        """Open what the item brings; where it is several things, the one that is chosen from a list."""
        from newsreader.tui.links_screen import LinksScreen, Wish

        comments, enclosures = self._extras()
        links = _links_to(comments, enclosures)
        if not links:
            count = comments.count if comments else None
            no_page = gettext("The comments are on the story's own page.")
            self._say(gettext("No discussion and no files come with this.") if count is None else no_page)
            return
        wish, link = Wish.FOLLOW, links[0]
        if len(links) > 1:
            words = gettext("What comes with the story: / filters it")
            answer = await ask(self.app, LinksScreen(links, palette_of(self.app.current_theme), words))
            if answer is None:
                return
            wish, link = answer
        enclosure = next((each for each in enclosures if each.url == link.href), None)
        if wish is Wish.COPY:
            self.app.copy_to_clipboard(line(link.href, 2000))
            self._say(gettext("Link copied: {address}").format(address=line(link.href, 200)))
        elif wish is Wish.BROWSE:
            self._browse(link.href)
        elif enclosure is None:
            self._to_article()
            self._follow(link.href)
        else:
            await self._open_enclosure(enclosure)

    def _extras(self) -> tuple[Comments | None, tuple[Enclosure, ...]]:
        """Return the comments and the files of what is read, or of the headline under the cursor."""
        target = self._target()
        row = self._pane.headline
        headline = row.headline if row is not None and target is not None and row.headline.url == target[0] else None
        shown = (
            self.state.shown
            if self.state.shown is not None and target is not None and self.state.shown.url == target[0]
            else None
        )
        article = shown.article if shown is not None else None
        found = [each for each in (article, headline) if each is not None]
        comments = next((each.comments for each in found if each.comments), None)
        return comments, next((each.enclosures for each in found if each.enclosures), ())

    async def _open_enclosure(self, enclosure: Enclosure) -> None:
        release_input()
        try:
            opener = self._service.desktop.opener_of(enclosure)
            name = line(opener.run[0], 80)
            self._say(gettext("Opening {file} with {program} …").format(file=_name(enclosure), program=name))
            if opener.terminal:
                try:
                    from newsreader.desktop import run_in_terminal

                    with self.app.suspend():
                        run_in_terminal(opener.words(enclosure.url))
                except SuspendNotSupported:
                    await self._service.desktop.open_beside(opener, enclosure)
            else:
                await self._service.desktop.open_beside(opener, enclosure)
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
        else:
            self._say(gettext("Opened {file} with {program}.").format(file=_name(enclosure), program=name))


def _name(enclosure: Enclosure) -> str:
    from newsreader.exporting.about import enclosure_name

    return enclosure_name(enclosure)


def _links_to(comments: Comments | None, enclosures: Sequence[Enclosure]) -> "list[Link]":
    from newsreader.exporting.about import comments_label, enclosure_details, enclosure_name
    from newsreader.typesetting.layout import Link

    links = []
    if comments is not None and comments.url is not None:
        links.append(Link(comments.url, comments_label(comments), 0))
    for each in enclosures:
        details = ", ".join(enclosure_details(each))
        links.append(Link(each.url, enclosure_name(each) + (f" ({details})" if details else ""), 0))
    return links
