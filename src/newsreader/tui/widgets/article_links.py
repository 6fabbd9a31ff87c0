"""The links in view: the chosen one, and the letters shown on them."""

from collections.abc import Callable

from newsreader.tui.widgets.hints import hint_labels
from newsreader.typesetting.lines import TypesetLine

_LINE = 1000  # a link's number is that of its line times this, and its place in it


class LinkCursor:
    """Chooses links, by step and by letter."""

    def __init__(
        self,
        line: Callable[[int], TypesetLine | None],
        lines_in_view: Callable[[], range],
        redraw: Callable[[], object],
    ) -> None:
        self._line = line
        self._lines_in_view = lines_in_view
        self._redraw = redraw
        self._chosen: int | None = None
        self._hints: dict[int, str] = {}
        self._typed = ""  # of the letters of a hint

    def choose(self, by: int) -> bool:
        """Choose the next or previous link in view; False if there is none in that direction."""
        seen = self._in_view()
        if not seen:
            return False
        if self._chosen not in seen:
            self._chosen = seen[0] if by > 0 else seen[-1]
        else:
            following = seen.index(self._chosen) + by
            if not 0 <= following < len(seen):
                return False
            self._chosen = seen[following]
        self._redraw()
        return True

    def leave(self) -> bool:
        """Clear the chosen link; False if there was none."""
        if self._chosen is None:
            return False
        self._chosen = None
        self._redraw()
        return True

    def drop(self) -> None:
        """Clear the chosen link: something else is shown."""
        self._chosen = None

    @property
    def address(self) -> str | None:
        """Where the chosen link leads."""
        return self._address(self._chosen) if self._chosen is not None else None

    def place_in(self, y: int) -> int | None:
        """Return which part of a line is the chosen link."""
        return self._chosen % _LINE if self._chosen is not None and self._chosen // _LINE == y else None

    # --- letters ----------------------------------------------------------------------------------

    def show_hints(self) -> dict[str, str]:
        """Show letters on every link in view, and return the addresses by their letters."""
        links = self._in_view()
        self._hints, self._typed = dict(zip(links, hint_labels(len(links)), strict=True)), ""
        self._redraw()
        return {letters: address for link, letters in self._hints.items() if (address := self._address(link))}

    def narrow_hints(self, typed: str) -> None:
        """Keep only the letters that begin with what is typed so far."""
        self._typed = typed
        self._redraw()

    def hide_hints(self) -> None:
        """Hide the letters."""
        self._hints, self._typed = {}, ""
        self._redraw()

    def letters_on(self, y: int, place: int) -> str:
        """Return the letters shown on a part of a line."""
        letters = self._hints.get(y * _LINE + place, "")
        return letters if letters.startswith(self._typed) else ""

    # --- links ------------------------------------------------------------------------------------

    def _in_view(self) -> list[int]:
        """Return the links in view, each by its number."""
        found: list[int] = []
        last_href: str | None = None
        for y in self._lines_in_view():
            set_line = self._line(y)
            for number, segment in enumerate(set_line.segments if set_line else ()):
                if segment.href and segment.href != last_href:
                    found.append(y * _LINE + number)
                last_href = segment.href
        return found

    def _address(self, link: int) -> str | None:
        set_line = self._line(link // _LINE)
        segments = set_line.segments if set_line else ()
        return segments[link % _LINE].href if link % _LINE < len(segments) else None
