#!/usr/bin/env python3
# ruff: noqa: D102  (Textual calls these by their names)
"""Bare Textual applications, for benchmarks/tui.py to compare with: bare.py hello | options COUNT WIDTH | swap FILE."""

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """The least that a Textual program can be; a key changes its words."""

    def compose(self) -> ComposeResult:
        yield Static("HELLO-MARK")

    def key_j(self) -> None:
        self.query_one(Static).update("HANDLED-MARK")

    def key_q(self) -> None:
        self.exit()


def options(count: int, width: int) -> App[None]:
    """Return an application with Textual's own list of as many titles, at the left of the screen."""
    from benchmarks.stores import title
    from textual.widgets import OptionList

    class Options(App[None]):
        CSS = f"OptionList {{ width: {width}; height: 1fr; border: none; padding: 0; }}"

        def compose(self) -> ComposeResult:
            yield OptionList(*(title(number) for number in range(count)), markup=False)

        def key_j(self) -> None:
            self.query_one(OptionList).action_cursor_down()

        def key_q(self) -> None:
            self.exit()

    return Options()


def swap(path: Path) -> App[None]:
    """Return an application of one view whose lines are swapped for those of a file, and back."""
    from rich.segment import Segment
    from textual.geometry import Size
    from textual.scroll_view import ScrollView
    from textual.strip import Strip

    class Lines(ScrollView, can_focus=True):
        lines: tuple[str, ...] = ("SWAP-READY",)

        def show(self, lines: tuple[str, ...]) -> None:
            self.lines = lines
            self.virtual_size = Size(self.size.width, len(lines))
            self.scroll_to(y=0, animate=False, immediate=True)
            self.refresh()

        def render_line(self, y: int) -> Strip:
            y += self.scroll_offset.y
            text = self.lines[y] if y < len(self.lines) else ""
            return Strip([Segment(text)]).adjust_cell_length(self.size.width)

    class Swap(App[None]):
        def compose(self) -> ComposeResult:
            yield Lines()

        def key_enter(self) -> None:
            self.query_one(Lines).show(tuple(path.read_text("utf-8").split("\n")))

        def key_q(self) -> None:
            self.query_one(Lines).show(("SWAP-READY",))

    return Swap()


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parent.parent))
    match sys.argv[1:]:
        case ["options", count, width]:
            options(int(count), int(width)).run()
        case ["swap", path]:
            swap(Path(path)).run()
        case _:
            Hello().run()
