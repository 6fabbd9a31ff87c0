"""What is used of Textual that it does not promise: each name is there, and does what it is used for."""

import inspect
import re
from pathlib import Path

import pytest
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.message_pump import MessagePump

import newsreader.tui

_TUI = Path(newsreader.tui.__file__).parent


def test_the_tables_of_keys_are_those_that_are_looked_up() -> None:
    assert FUNCTIONAL_KEYS["1B"] == "down"
    assert FUNCTIONAL_KEYS["27u"] == "escape"
    assert "\x1b[A" in ANSI_SEQUENCES_KEYS


def test_a_sequence_gives_its_keys() -> None:
    (key,) = XTermParser()._sequence_to_key_events("\x1b[A")
    assert isinstance(key, events.Key)
    assert key.key == "up"
    (key,) = XTermParser()._sequence_to_key_events("j", alt=True)
    assert key.key == "alt+j"


@pytest.mark.parametrize(("owner", "name"), [(MessagePump, "_dispatch_message"), (App, "_handle_exception")])
def test_what_is_overridden_is_there(owner: type, name: str) -> None:
    assert callable(getattr(owner, name))


def test_faults_pass_through_what_is_overridden() -> None:
    source = inspect.getsource(MessagePump._process_messages_loop)
    assert "await self._dispatch_message(message)" in source
    assert "_handle_exception(error)" in source


def test_parts_of_the_screen_are_held_and_never_looked_for() -> None:
    # A part that is looked for before it is there, or after it has gone, is an error.
    looked_for = re.compile(r"\.(?:query|query_one|query_exactly_one|get_child_by_\w+|get_widget_by_id)\(")
    for path in _TUI.glob("*.py"):
        assert not looked_for.search(path.read_text(encoding="utf-8")), path.name


def test_boxes_are_opened_in_one_place() -> None:
    # Elsewhere they would be asked of keys that were typed ahead of them, or be closed twice.
    for path in _TUI.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert path.name == "box.py" or "push_screen" not in text, path.name
        assert path.name == "box.py" or not re.search(r"\((?:Modal)?Screen\[", text) or path.name == "frame.py", (
            path.name
        )


def test_no_handler_calls_that_of_its_base_class() -> None:
    # Textual runs the handlers of all base classes by itself: what they do would be done twice.
    twice = re.compile(r"super\(\)\._?on_(?!event\b)\w+\(")
    for path in _TUI.glob("*.py"):
        assert not twice.search(path.read_text(encoding="utf-8")), path.name
