"""The address box: the first thing a new reader sees, and the way to any other page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.key_names import shown_key
from newsreader.models import Problem
from newsreader.service.values import Paper
from newsreader.text import line
from newsreader.tui.box import SHORT, BoxScreen
from newsreader.tui.line_input import AddressInput
from newsreader.tui.pasted import address_in
from newsreader.tui.rendering.themes import Ink, Palette, hue, palette_of
from newsreader.tui.widgets.bars import Bar, BarLine, Part
from newsreader.urls import host_of, normalise_url

_LINES_AROUND = 12  # those of the bars, the box and the words, with the air around them
_GREETING_LINES = 3
_FEWEST_PAPERS_HIDDEN = 4  # where more would have no room, the greeting gives its own up


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader wants to open: an address as typed, or the sample newspaper; or to import instead."""

    address: str = ""
    is_sample: bool = False
    is_import: bool = False


class AddressScreen(BoxScreen[Asked]):
    """Letters typed go to the box; the arrows choose one of the papers below it."""

    DEFAULT_CSS = """
    AddressScreen { background: $background; }
    AddressScreen > Vertical {
        height: 1fr; align-horizontal: center; max-width: 100%; padding: 0; background: $background;
    }
    AddressScreen > Vertical > Vertical { padding: 1 3; width: 72; max-width: 100%; background: $background; }
    AddressScreen Static { background: $background; }
    AddressScreen AddressInput, AddressScreen AddressInput:focus {
        border: round $accent; background: $background; margin: 1 0; padding: 0 1; height: 3;
    }
    AddressScreen #problem { display: none; margin-bottom: 1; }
    AddressScreen #papers { height: 1fr; margin-top: 1; }
    """
    takes_whole_screen = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("down,tab", "choose(1)", show=False, priority=True),
        Binding("up,shift+tab", "choose(-1)", show=False, priority=True),
    ]

    def __init__(
        self,
        papers: Sequence[Paper],
        palette: Palette,
        *,
        is_first: bool,
        address: str = "",
        store_problem: Problem | None = None,
    ) -> None:
        """Offer the papers.

        Args:
            papers: Which.
            palette: The colours.
            is_first: There is nothing to go back to, and the reader is greeted.
            address: In the box at the beginning.
            store_problem: Why what is stored may not be seen, which nothing else on the screen says.
        """
        super().__init__()
        self._header, self._footer = Bar(palette, id="header"), Bar(palette, id="footer")
        self._column = Vertical()
        self._greeting = Static("", id="greeting")
        self._invitation, self._problem = Static("", id="invitation"), Static("", id="problem")
        self._about, self._list = Static("", id="explanation"), Static("", id="papers")
        self._box = AddressInput(address, placeholder="https://", id="address", select_on_focus=False)
        self._papers = papers
        self._palette = palette
        self._is_first = is_first
        self._store_problem = store_problem if is_first else None
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """Yield the box and what is around it."""
        yield self._header
        with Vertical(), self._column:
            if self._is_first:
                yield self._greeting
            yield self._invitation
            yield self._box
            yield self._problem
            yield self._about
            yield self._list
        yield self._footer

    def on_mount(self) -> None:
        """Show the papers."""
        state = gettext("no sources yet") if self._is_first and self._store_problem is None else ""
        self._header.show(
            BarLine((Part("newsreader", Ink.STRONG, True, 0),), (Part(state, weight=1),) if state else ())
        )
        self.app.theme_changed_signal.subscribe(self, lambda _: self._restyle())
        self._restyle()
        self._show_store_problem()

    def _show_store_problem(self) -> None:
        problem = self._store_problem
        self._problem.display = problem is not None
        if problem is not None:
            self._say_problem(problem.message, problem.advice)

    def _show_keys(self, *, can_choose: bool) -> None:
        hints = [Part(gettext("open"), key=shown_key("enter"), weight=4, action="screen.submit")]
        if can_choose:
            hints.append(Part(gettext("choose"), key="↑ ↓", weight=3, action="screen.choose(1)"))
        if not self._is_first:
            hints.append(Part(gettext("back"), key=shown_key("escape"), weight=2, action="screen.close"))
        quit_part = Part(gettext("quit"), key=shown_key("ctrl+q"), weight=5, action="app.quit")
        self._footer.show(BarLine(tuple(hints), (), (quit_part,)))

    def on_resize(self, event: events.Resize) -> None:
        """Show as many papers as there is room for, a little above the middle where they leave some of it."""
        free = event.size.height - _LINES_AROUND - len(self._all_offers()) - _GREETING_LINES * self._is_first
        above, is_short = max(0, free * 2 // 5), event.size.height < SHORT
        self._column.styles.padding = (0, 1) if is_short else (1 + above, 3, 1, 3)
        self._invitation.display = not is_short
        self._greeting.display = free >= -_FEWEST_PAPERS_HIDDEN
        self._invite()
        self.call_after_refresh(self._show_papers)

    def _invite(self) -> None:
        """Ask for an address; greet in the same line where there is no room for more."""
        invitation = self._said(gettext("Read a news page:"), "strong", bold=True)
        if self._is_first and not self._greeting.display:
            greeting = self._said(gettext("Welcome to newsreader."), "accent", bold=True)
            invitation = Content(" ").join([greeting, invitation])
        self._invitation.update(invitation)

    def _restyle(self) -> None:
        self._palette = palette_of(self.app.current_theme)
        for bar in (self._header, self._footer):
            bar.restyle(self._palette)
        self._invite()
        self._about.update(self._explanation())
        greeting = self._said(gettext("Welcome to newsreader."), "accent", bold=True)
        purpose = self._said(gettext("It reads any news site in the terminal: quietly, and offline too."), "text")
        self._greeting.update(Content("\n").join([greeting, purpose, Content("")]))
        self._show_papers()

    # --- what can be chosen -----------------------------------------------------------------------

    @property
    def _typed(self) -> str:
        return self._box.value.strip()

    def _is_address_typed(self) -> bool:
        try:
            normalise_url(self._typed)
        except NewsreaderError:
            return False
        return True

    def _offers(self) -> list[tuple[str, str, Asked]]:
        """Return those of what is offered that have what is typed."""
        sought = self._typed.casefold().removeprefix("https://").removeprefix("http://")
        return [offer for offer in self._all_offers() if sought in offer[0].casefold() or sought in offer[1].casefold()]

    def _all_offers(self) -> list[tuple[str, str, Asked]]:
        """Return what is offered below the box: a title, a remark, and what choosing it asks for."""
        offers = [(gettext("Sample newspaper"), gettext("no network needed"), Asked(is_sample=True))]
        offers += [(host_of(paper.url), paper.title, Asked(paper.url)) for paper in self._papers]
        offers.append((gettext("Import …"), gettext("OPML, newsboat urls"), Asked(is_import=True)))
        return offers

    def _show_papers(self) -> None:
        offers = self._offers()
        self._show_keys(can_choose=bool(offers))
        self._chosen = min(max(self._chosen, -1 if self._is_address_typed() else 0), len(offers) - 1)
        palette = self._palette
        room = max((cell_len(name) for name, _, _ in offers), default=0) + 3
        rows = []
        for number in self._in_view(offers):
            name, remark, _ = offers[number]
            is_chosen = number == self._chosen
            gap = " " * (room - cell_len(name))
            rows.append(
                Content.assemble(
                    ("> " if is_chosen else "  ", _style(palette.accent, bold=True)),
                    (line(name, 60), _style(palette.strong if is_chosen else palette.text, bold=is_chosen)),
                    gap,
                    (line(remark, 60), _style(palette.muted)),
                )
            )
        self._list.update(Content("\n").join(rows))

    def _in_view(self, offers: Sequence[tuple[str, str, Asked]]) -> list[int]:
        """Return which of the papers are shown: those around the chosen one, if there is no room for all.

        What comes last, importing, always is: nobody would look for it below a list of papers.
        """
        height = self._list.size.height or len(offers)
        kept = [len(offers) - 1] if offers and offers[-1][2].is_import else []
        count, room = len(offers) - len(kept), max(1, height - len(kept))
        first = max(0, min(self._chosen - room // 2, count - room))
        return [*range(first, min(first + room, count)), *kept][:height]

    def _said(self, words: str, ink: str, *, bold: bool = False) -> Content:
        return Content.styled(words, _style(getattr(self._palette, ink), bold=bold))

    def _explanation(self) -> Content:
        return Content("\n").join(
            [
                self._said(gettext("Any address works: front page, section, article, feed."), "muted"),
                self._said(gettext("Enter opens it. There is nothing to configure."), "muted"),
            ]
        )

    # --- events -----------------------------------------------------------------------------------

    def on_input_changed(self) -> None:
        """Filter the papers by what is typed; an address is meant by itself, so none of them is chosen then."""
        self._chosen = -1 if self._is_address_typed() else 0
        self._show_store_problem()
        self._show_papers()

    def on_input_submitted(self) -> None:
        """Open the chosen paper, or what was typed."""
        offers = self._offers()
        if 0 <= self._chosen < len(offers):
            self.dismiss(offers[self._chosen][2])
            return
        try:
            normalise_url(self._typed)
        except NewsreaderError as error:
            if len(offers) == 1:  # a word that names one paper is enough
                self.dismiss(offers[0][2])
                return
            address = address_in(self._typed) if " " in self._typed else ""
            if not address:  # not even among other words
                self._complain(error)
                return
            self.dismiss(Asked(address))
            return
        self.dismiss(Asked(self._typed))

    def _complain(self, error: NewsreaderError) -> None:
        self._say_problem(error.text, error.advice)
        self._problem.display = True

    def _say_problem(self, message: str, advice: str) -> None:
        self._problem.update(self._said(f"{line(message, 200)} {line(advice, 200)}", "accent"))

    def on_click(self, event: events.Click) -> None:
        """Open the paper under the pointer."""
        papers = self._list
        offers = self._offers()
        shown = self._in_view(offers)
        row = event.screen_y - papers.region.y
        if 0 <= row < min(len(shown), papers.region.height):
            self.dismiss(offers[shown[row]][2])

    def action_submit(self) -> None:
        """Open what is chosen or typed."""
        self.on_input_submitted()

    def action_choose(self, by: int) -> None:
        """Choose another paper."""
        self._chosen += by
        self._show_papers()

    def action_close(self) -> None:
        """Go back to what was read; at the very first start there is nothing to go back to."""
        if not self._is_first:
            self.dismiss(None)

    def on_bar_pressed(self, event: Bar.Pressed) -> None:
        """Do what was clicked in the footer."""
        self.call_later(self.run_action, event.action)


def _style(colour: str, *, bold: bool = False) -> str:
    return f"bold {hue(colour)}" if bold else hue(colour)
