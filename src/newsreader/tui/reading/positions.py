"""Where the reader is in the article: written down when they rest, and read is what they have read to its end."""

from newsreader.tui.reading.opener import Opening
from newsreader.tui.scheduler import Scheduled, scheduler_of

_REST_S = 2.0  # on the same lines


class Places(Opening):
    """Follows the reader through an article, and through the list."""

    _list_rest_timer: Scheduled | None = None

    def on_headline_pane_moved(self) -> None:
        """Remember the place in the list once the reader rests there: a crash does not lose it."""
        if self._list_rest_timer is not None:
            self._list_rest_timer.stop()
        self._list_rest_timer = scheduler_of(self).call_after(self, _REST_S, self._remember)

    def on_article_view_scrolled(self) -> None:
        """Tell the new position, and remember it once the reader rests there."""
        self._tell()
        if self._rest_timer is not None:
            self._rest_timer.stop()
        self._rest_timer = scheduler_of(self).call_after(self, _REST_S, self._rest)
        if not self._article_view.fits:
            self._note_end()

    def _rest(self) -> None:
        """The reader rests: an article that needs no scrolling is read by that."""
        self._note_end()
        self._keep_this_place()

    def _keep_this_place(self) -> None:
        if (place := self._place_shown()) is not None:
            self._write_place(place)

    def _note_end(self) -> None:
        """Mark the article read if its end is in view, once: what the reader says of it afterwards stands."""
        shown, view = self.state.shown, self._article_view
        is_read_here = shown is not None and shown.article is not None and view.notice is None and view.display
        if is_read_here and shown is not None and self.state.seen_end != shown.url and view.is_at_end:
            self.state.seen_end = shown.url
            self._note_read(shown.url)

    def _leave_forward(self) -> None:
        """Go on from the article: if all of it was in view, it is read."""
        if self._article_view.fits:
            self._note_end()
