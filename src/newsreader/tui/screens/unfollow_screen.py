"""Whether a source that is removed ends on the server of its account too."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from newsreader.i18n import gettext
from newsreader.key_names import latin_key, shown_key
from newsreader.source_values import Source
from newsreader.text import line
from newsreader.tui.box import BoxScreen, ask, title_line
from newsreader.tui.rendering.themes import Palette
from newsreader.tui.screens.hint_line import ClosingLine
from newsreader.urls import host_of

if TYPE_CHECKING:
    from newsreader.tui.ports import ReadingService


class UnfollowScreen(BoxScreen[bool]):
    """Asks; answers whether the source ends on the server too, and with nothing if it is to stay."""

    DEFAULT_CSS = """
    UnfollowScreen > Vertical { width: 64; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("enter", "dismiss(True)", show=False, priority=True),
    ]

    def __init__(self, title: str, host: str, palette: Palette) -> None:
        super().__init__()
        self._words = gettext("{title} comes from {host}. Unsubscribe there too?").format(title=title, host=host)
        self._palette = palette

    def compose(self) -> ComposeResult:
        """Yield the box: the question, and the keys that answer it."""
        pairs = (
            (shown_key("enter"), gettext("there too")),
            ("d", gettext("only here")),
            (shown_key("escape"), gettext("keeps it")),
        )
        with Vertical():
            yield title_line(self._words, self._palette, is_apart=False)
        yield ClosingLine(pairs, self._palette)

    def on_key(self, event: events.Key) -> None:
        """Take the letter by its place on the keyboard."""
        if latin_key(event.key) in ("d", "delete"):
            event.stop()
            self.dismiss(False)


async def ask_to_remove(
    app: App[Any], service: "ReadingService", source: Source, palette: Palette
) -> Callable[[], Awaitable[object]] | None:
    """Return what removes a source, as the reader wants it where it comes from an account; None if it is to stay."""
    remove = partial(service.subscriptions.remove, source)
    account = await service.accounts.changes.server_of(source)
    if account is None:
        return remove
    title, host = line(source.title, 80), line(host_of(account.url), 60)
    is_for_server = await ask(app, UnfollowScreen(title, host, palette))
    if is_for_server is None:
        return None

    async def remove_here() -> None:
        await service.accounts.changes.keep_there(source)
        await remove()

    return remove if is_for_server else remove_here
