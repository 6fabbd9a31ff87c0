"""What an action is about: the article that is read, or the headline under the cursor."""

from newsreader.i18n import gettext
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.state import ReadingState


class ActionTarget:
    """Finds the story that an action is about."""

    def __init__(self, state: ReadingState, panes: ReadingLayout) -> None:
        self.state = state
        self.panes = panes

    def number(self) -> int:
        """Return the number of the row whose article is shown; of the cursor's where none of them is."""
        number = self.listed_number()
        return number if number is not None else self.panes.headlines.cursor

    def listed_number(self) -> int | None:
        """Return the number of the row whose article is shown, or is on its way; None if no row has it."""
        listing = self.panes.headlines.listing
        url = (
            self.state.loading[0]
            if self.state.loading
            else self.state.shown.url
            if self.state.shown is not None
            else None
        )
        if self.state.trail and not self.state.loading:
            url = self.state.trail[0].shown.url
        row = listing.find(url)
        if row is None and not self.state.trail and not self.state.loading and self.state.article is not None:
            row = listing.find(self.state.article.url)  # the page calls itself so, whatever led to it
        return listing.number_of(row) if row is not None else None

    def is_beside_list(self) -> bool:
        """Return whether what is shown has no row, so that the headline under the cursor comes next."""
        is_free = self.state.loading is None or self.state.loading[0] == self.state.address  # a source is on its way
        return is_free and self.listed_number() is None and self.panes.headlines.headline is not None

    def current(self) -> tuple[str, str] | None:
        """Return address and title of what an action is about: the article, or the headline under the cursor."""
        is_read_from_here = (
            self.state.shown is not None
            and (self.state.shown.article is not None or self.state.shown.failed)
            and self.panes.headlines.cursor == self.listed_number()
        )
        if self.panes.in_article or self.state.is_alone or is_read_from_here:
            if self.state.loading is not None:
                return self.state.loading
            if self.state.shown is not None:
                return self.state.shown.url, self.state.shown.title
        headline = self.panes.headlines.headline
        if headline is not None:
            return headline.headline.url, headline.headline.title
        return (self.state.shown.url, self.state.shown.title) if self.state.shown is not None else None

    def story(self) -> tuple[str, str] | None:
        """Return address and title of the article or headline that an action is about; None if it is only a page.

        A page that is shown for its lists is not what a reader means to keep, tag or queue on the label of a list, or
        in a view that is empty.
        """
        target, shown = self.current(), self.state.shown
        if target is None or shown is None or target[0] != shown.url or shown.article is not None or shown.failed:
            return target
        is_meant = self.panes.in_article or self.state.loading == target
        return target if is_meant or self.state.listed.find(target[0]) is not None else None

    def said_without_story(self) -> str:
        """Return the message where there is none."""
        return gettext("Choose a headline or open an article first.")
