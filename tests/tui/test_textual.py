"""What is used of Textual that it does not promise: each name is there, and does what it is used for."""

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from rich.console import Console
from rich.style import Style
from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

import newsreader.tui
from newsreader.tui import textual_internals
from newsreader.tui.rendering.driver import quiet_linux_driver
from newsreader.tui.textual_internals import (
    ANSI_SEQUENCES_KEYS,
    FUNCTIONAL_KEYS,
    NEEDED,
    OVERRIDDEN,
    XTermParser,
    key_events,
    missing_names,
)

_TUI = Path(newsreader.tui.__file__).parent


def test_the_tables_of_keys_are_those_that_are_looked_up() -> None:
    assert FUNCTIONAL_KEYS["1B"] == "down"
    assert FUNCTIONAL_KEYS["27u"] == "escape"
    assert "\x1b[A" in ANSI_SEQUENCES_KEYS


def test_a_sequence_gives_its_keys() -> None:
    (key,) = key_events(XTermParser(), "\x1b[A")
    assert isinstance(key, events.Key)
    assert key.key == "up"
    (key,) = key_events(XTermParser(), "j", alt=True)
    assert key.key == "alt+j"


@pytest.mark.parametrize(("owner", "name"), OVERRIDDEN)
def test_what_is_overridden_is_there(owner: type, name: str) -> None:
    assert callable(getattr(owner, name))


def test_nothing_is_missing() -> None:
    assert missing_names() == []
    assert quiet_linux_driver() is not None


def test_what_textual_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(textual_internals, "ChopsUpdate")
    monkeypatch.setattr(textual_internals, "NEEDED", (*NEEDED, (Widget, "_is_gone")))
    assert missing_names() == ["textual._compositor.ChopsUpdate", "textual.widget.Widget._is_gone"]


@pytest.mark.parametrize("name", ["ANSI_SEQUENCES_KEYS", "FUNCTIONAL_KEYS", "IS_ITERM", "XTermParser"])
def test_without_the_names_of_its_parser_textuals_own_driver_is_used(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(textual_internals, name)
    assert missing_names() == []
    assert quiet_linux_driver() is None


def test_without_the_names_of_its_driver_textuals_own_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(LinuxDriver, "run_input_thread")
    assert quiet_linux_driver() is None


PRIVATE: tuple[tuple[object, str], ...] = (
    (App(), "_exception"),
    (App(), "_exit_renderables"),
    (App(), "_filters"),
    (App(), "_driver"),
    (App(), "_disable_tooltips"),
    (App(), "_disable_notifications"),
    (App, "_close_messages_no_wait"),
    (App, "_refresh_truecolor_filter"),
    (Screen(), "_bindings"),
    (Widget, "_check_refresh"),
    (XTermParser, "_sequence_to_key_events"),
    (Style(), "_attributes"),
    (Style(), "_set_attributes"),
    (Console(), "_color_system"),
)


@pytest.mark.parametrize(("owner", "name"), PRIVATE, ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_private_and_used_is_there(owner: object, name: str) -> None:
    assert hasattr(owner, name)


def test_every_private_name_is_used_in_one_file_and_tested() -> None:
    used = {
        node.attr
        for node in ast.walk(ast.parse(Path(textual_internals.__file__).read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__")
    }
    assert used == {
        name for _, name in (*PRIVATE, *OVERRIDDEN) if name not in {"_display", "_fatal_error", "_compositor_refresh"}
    }
    named = {name for _, name in (*PRIVATE, *OVERRIDDEN)} | {"_key_thread", "_file"}
    for path in _TUI.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name == "textual_internals.py":
            continue
        assert not re.search(r"(?:from|import) textual(?:\.\w+)*\._", text), path.name
        foreign = {
            node.attr
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Attribute) and node.attr in named and node.attr not in _defined_in(text)
        }
        assert not foreign, path.name


def _defined_in(text: str) -> set[str]:
    """Return the private names that a file defines: methods, and attributes of its own."""
    return set(re.findall(r"def (_\w+)\(", text)) | set(re.findall(r"self\.(_\w+)(?:: [^=\n]+)? = ", text))


def test_faults_pass_through_what_is_overridden() -> None:
    source = inspect.getsource(MessagePump._process_messages_loop)
    assert "await self._dispatch_message(message)" in source
    assert "_handle_exception(error)" in source


def test_parts_of_the_screen_are_held_and_never_looked_for() -> None:
    # A part that is looked for before it is there, or after it has gone, is an error.
    looked_for = re.compile(r"\.(?:query|query_one|query_exactly_one|get_child_by_\w+|get_widget_by_id)\(")
    for path in _TUI.rglob("*.py"):
        assert not looked_for.search(path.read_text(encoding="utf-8")), path.name


def test_boxes_are_opened_in_one_place() -> None:
    # Elsewhere they would be asked of keys that were typed ahead of them, or be closed twice.
    for path in _TUI.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert path.name == "box.py" or "push_screen" not in text, path.name
        assert path.name == "box.py" or not re.search(r"\((?:Modal)?Screen\[", text) or path.name == "screen.py", (
            path.name
        )


def own_widgets() -> list[type[MessagePump]]:
    """Return every part of the screen that is ours."""
    for module in pkgutil.walk_packages([str(_TUI)], "newsreader.tui."):
        importlib.import_module(module.name)
    found, waiting = [], [MessagePump]
    while waiting:
        waiting += (subclasses := waiting.pop().__subclasses__())
        found += [each for each in subclasses if each.__module__.startswith("newsreader.")]
    return found


def test_a_part_of_the_screen_has_one_ancestor_of_ours_at_most_and_no_handler_twice() -> None:
    widgets = own_widgets()
    assert len(widgets) > 20
    for widget in widgets:
        lineage = [each for each in widget.__mro__ if each.__module__.startswith("newsreader.")]
        assert len(lineage) <= 2, widget
        handlers = [name for each in lineage for name in vars(each) if re.match(r"_?on_", name)]
        assert len(handlers) == len(set(handlers)), widget


def test_every_wait_goes_by_the_scheduler() -> None:
    waits = re.compile(r"asyncio\.sleep\(|\.set_timer\(|\.set_interval\(")
    for path in _TUI.rglob("*.py"):
        assert path.name == "scheduler.py" or not waits.search(path.read_text(encoding="utf-8")), path.name


def test_no_handler_calls_that_of_its_base_class() -> None:
    # Textual runs the handlers of all base classes by itself: what they do would be done twice.
    twice = re.compile(r"super\(\)\._?on_(?!event\b)\w+\(")
    for path in _TUI.rglob("*.py"):
        assert not twice.search(path.read_text(encoding="utf-8")), path.name
