"""What a terminal sends, split into keys, pastes, clicks and reports.

Textual's parser takes a stream character by character: a report that it does not know becomes letters, which act as
commands, and one of an unexpected form raises an error in the thread that reads the keyboard. Here a sequence is taken
whole by its grammar (ECMA-48) first; one whose meaning is not known is dropped.
"""

import logging
import re
from collections.abc import Generator, Iterator, Sequence
from typing import Final

from textual import constants, events, messages
from textual.keys import Keys
from textual.message import Message

from newsreader.patterns import pattern
from newsreader.tui.textual_internals import ANSI_SEQUENCES_KEYS, FUNCTIONAL_KEYS, IS_ITERM, XTermParser, key_events

_log = logging.getLogger(__name__)

_ESCAPE: Final = "\x1b"
_PASTE_START, _PASTE_END = "\x1b[200~", "\x1b[201~"
_LONGEST_SEQUENCE = 64  # characters; no report that is understood is longer
_LONGEST_PASTE = 4_000_000  # characters; what is beyond is not kept
_LARGEST_SCREEN = 2000  # columns or rows

# A minus sign before a digit belongs to the number: the mouse may be left of the window, or above it.
_NUMBERS = r"(?:[0-?]|-(?=[0-9]))*"
_CONTROL_SEQUENCE = pattern(rf"\x1b\[(?:M[^\x1b]{{3}}|\[[A-E]|(?P<parameters>{_NUMBERS})[ -/]*(?P<final>[@-Z\\-~]))")
_UNFINISHED_CONTROL = pattern(rf"\x1b\[(?:M[^\x1b]{{0,2}}|\[?|{_NUMBERS}[ -/]*)\Z")
_PARAMETERS = pattern(rf"{_NUMBERS}[ -/]*")
# Strings of terminals begin like this; anything else after these letters was typed after Esc.
_STRING_START = pattern(r"\x1b(?:\][0-9lL]|P[0-9>!+=]|_G)")
_STRING_END = pattern(r"\x07|\x1b\\|\x1b(?=[^\\])|[\x18\x1a]")

_KEY_REPORT = pattern(
    r"\x1b\[(?P<code>\d{0,7})(?::[\d:]{0,16})?"
    r"(?:;(?P<modifiers>\d{0,4})(?::(?P<kind>\d?))?(?:;(?P<text>[\d:]{0,40}))?)?(?P<final>[u~ABCDEFHPQS])"
)
_RESIZE = pattern(r"\x1b\[48;(\d{1,5})(?::[\d:]*)?;(\d{1,5})(?::[\d:]*)?;(\d{1,6})(?::[\d:]*)?;(\d{1,6})(?::[\d:]*)?t")
_MODE = pattern(r"\x1b\[\?(\d{1,5});(\d)\$y")
_POSITION = pattern(r"\x1b\[(\d{1,5});(\d{1,5})R")
_MOUSE = pattern(r"\x1b\[<\d{1,4};-?\d{1,5};-?\d{1,5}[Mm]")
_RELEASE = "3"
_SHIFT, _LOCKS = 1, 64 | 128
_NOT_TYPED = ((0x7F, 0x9F), (0xD800, 0xDFFF), (0xE000, 0xF8FF))  # controls, surrogates, keys of the kitty protocol


class TerminalInput:
    """Turns what is read from a terminal into Textual's events."""

    def __init__(self) -> None:
        self._parser = XTermParser()
        self._rest = ""  # the beginning of a sequence
        self._pasted: list[str] | None = None  # while a paste comes in
        self._pasted_length = 0
        self._is_in_string = False  # of a report that nobody reads

    @property
    def is_pasting(self) -> bool:
        """Whether the end of a paste has yet to come."""
        return self._pasted is not None

    @property
    def is_unfinished(self) -> bool:
        """Whether something has started whose end has yet to come."""
        return bool(self._rest) or self._is_in_string or self.is_pasting

    def feed(self, chunk: str) -> Iterator[Message]:
        """Yield the events in what was read, together with what was left unfinished before."""
        text, self._rest = self._rest + chunk, ""
        at = 0
        while at < len(text):
            if self._pasted is not None:
                at = yield from self._take_paste(text, at)
            elif self._is_in_string:
                at = self._skip_string(text, at)
            elif text[at] != _ESCAPE:
                yield from self._keys(text[at])
                at += 1
            else:
                after = yield from self._take_sequence(text, at, is_alone=at == 0 and len(text) == 2 == len(chunk))
                if after == at:
                    self._rest = _shortened(text[at:])
                    return
                at = after

    def flush(self) -> Iterator[Message]:
        """Yield the unfinished beginning as keys: nothing more has come for a while."""
        rest, self._rest = self._rest, ""
        self._is_in_string = False
        if self._pasted is not None:
            self._pasted.append(rest)
            yield self._paste()
        elif rest in (_ESCAPE, "\x1b[", "\x1bO", "\x1bP", "\x1b]", "\x1b_"):
            yield from self._typed_after_escape(rest[1:])
        elif rest:
            _log.debug("dropped %r", rest)

    # --- pastes and strings -----------------------------------------------------------------------

    def _take_paste(self, text: str, at: int) -> Generator[Message, None, int]:
        """Keep what is pasted until its end; return where to continue."""
        assert self._pasted is not None
        end = text.find(_PASTE_END, at)
        if end < 0:
            partial = max((n for n in range(1, len(_PASTE_END)) if text.endswith(_PASTE_END[:n], at)), default=0)
            whole = len(text) - partial
            self._keep_pasted(text[at:whole])
            self._rest = text[whole:]
            return len(text)
        self._keep_pasted(text[at:end])
        yield self._paste()
        return end + len(_PASTE_END)

    def _keep_pasted(self, text: str) -> None:
        assert self._pasted is not None
        room = _LONGEST_PASTE - self._pasted_length
        self._pasted.append(text[: max(0, room)])
        self._pasted_length += len(text)

    def _paste(self) -> events.Paste:
        text, self._pasted, self._pasted_length = "".join(self._pasted or ()), None, 0
        return events.Paste(text.replace("\x00", ""))

    def _skip_string(self, text: str, at: int) -> int:
        found = _STRING_END.search(text, at)
        if found is None:
            if text.endswith(_ESCAPE):
                self._rest = _ESCAPE
            return len(text)
        self._is_in_string = False
        return found.start() if found.group() == _ESCAPE else found.end()

    # --- sequences --------------------------------------------------------------------------------

    def _take_sequence(self, text: str, at: int, *, is_alone: bool) -> Generator[Message, None, int]:
        """Yield the events of a sequence that begins with Esc; return where to continue, `at` if it is incomplete."""
        following = text[at + 1 : at + 2]
        if not following:
            return at
        if following == _ESCAPE:
            yield events.Key("escape", _ESCAPE)
            return at + 1
        if following == "[":
            return (yield from self._take_control_sequence(text, at))
        if following in "]P_":
            if len(text) == at + 2:
                return at
            if _STRING_START.match(text, at):
                self._is_in_string = True
                return at + 2
        elif following == "O":
            if len(text) == at + 2:
                return at
            if (sequence := text[at : at + 3]) in ANSI_SEQUENCES_KEYS:
                yield from self._keys(sequence)
                return at + 3
        yield from self._alternate(following) if is_alone else self._typed_after_escape(following)
        return at + 2

    def _take_control_sequence(self, text: str, at: int) -> Generator[Message, None, int]:
        found = _CONTROL_SEQUENCE.match(text, at)
        if found is None:
            if _UNFINISHED_CONTROL.match(text, at):
                return at
            if text[at + 2] != _ESCAPE and not _PARAMETERS.match(text, at + 2).group():  # type: ignore[union-attr]
                yield from self._typed_after_escape("[")
                return at + 2
            after = _PARAMETERS.match(text, at + 2).end()  # type: ignore[union-attr]
            _log.debug("dropped %r", text[at:after])
            return after
        sequence = found.group()
        if sequence == _PASTE_START:
            self._pasted = []
        elif found["final"] and not found["parameters"] and sequence not in ANSI_SEQUENCES_KEYS and len(sequence) == 3:
            if sequence == "\x1b[I":
                yield events.AppFocus()
            elif sequence == "\x1b[O":
                yield events.AppBlur()
            elif f"1{found['final']}" in FUNCTIONAL_KEYS:
                yield from self._keys(sequence)
            else:
                yield from self._typed_after_escape(sequence[1:])
        else:
            try:
                yield from self._meaning_of(sequence)
            except Exception:  # noqa: BLE001  (a report is never worth the keyboard)
                _log.exception("dropped %r", sequence)
        return found.end()

    def _meaning_of(self, sequence: str) -> Iterator[Message]:
        """Yield the events of a whole control sequence; none if it is unknown."""
        if len(sequence) > _LONGEST_SEQUENCE:
            return
        if _MOUSE.fullmatch(sequence):
            event = self._parser.parse_mouse_code(sequence)
            if event is not None:
                yield event
        elif resized := _RESIZE.fullmatch(sequence):
            yield from self._resized(*map(int, resized.groups()))
        elif mode := _MODE.fullmatch(sequence):
            yield from _mode_report(mode[1], int(mode[2]))
        elif position := _POSITION.fullmatch(sequence):
            yield events.CursorPosition(int(position[2]) - 1, int(position[1]) - 1)
        elif sequence in ANSI_SEQUENCES_KEYS:
            yield from self._keys(sequence)
        elif report := _KEY_REPORT.fullmatch(sequence):
            yield from self._reported_key(report)
        else:
            _log.debug("dropped %r", sequence)

    def _resized(self, rows: int, columns: int, height: int, width: int) -> Iterator[Message]:
        if not (0 < rows <= _LARGEST_SCREEN and 0 < columns <= _LARGEST_SCREEN):
            return
        event = events.Resize.from_dimensions((columns, rows), (width, height))
        if width and height:
            self._parser.terminal_size = (columns, rows)
            self._parser.terminal_pixel_size = (width, height)
            self._parser.mouse_pixels = True
        yield event

    def _reported_key(self, report: re.Match[str]) -> Iterator[Message]:
        """Yield the key of a report in the form of the kitty protocol; its release is no key."""
        final, text = report["final"], report["text"] or ""
        code = int(report["code"] or "1")
        is_known = f"{code}{final}" in FUNCTIONAL_KEYS or (final == "u" and _is_character(code))
        is_text_sound = all(_is_character(int(part)) for part in text.split(":") if part)
        if report["kind"] == _RELEASE or not is_known or not is_text_sound:
            return
        text = ":".join(part for part in text.split(":") if part)
        bits = max(1, int(report["modifiers"] or "1")) - 1
        if not text and final == "u" and f"{code}u" not in FUNCTIONAL_KEYS and not bits & ~(_SHIFT | _LOCKS):
            text = str(ord(chr(code).upper()[:1])) if bits & _SHIFT else str(code)
        yield from self._keys(f"\x1b[{code};{bits + 1 if bits else ''}{';' + text if text else ''}{final}")

    # --- keys -------------------------------------------------------------------------------------

    def _keys(self, sequence: str) -> Iterator[Message]:
        for event in key_events(self._parser, sequence):
            if event.key != Keys.Ignore and event.key:
                yield event

    def _typed_after_escape(self, characters: str) -> Iterator[Message]:
        yield events.Key("escape", _ESCAPE)
        for character in characters:
            yield from self._keys(character)

    def _alternate(self, character: str) -> Iterator[Message]:
        """Yield a key with Alt, which is Esc and the key where nothing is bound to it."""
        sequence = _ESCAPE + character
        if sequence in ANSI_SEQUENCES_KEYS and not isinstance(ANSI_SEQUENCES_KEYS[sequence], str):
            keys: Sequence[Message] = [*self._keys(sequence)]
        else:
            keys = key_events(self._parser, character, alt=True)
        for key in keys:
            key.typed_as = (events.Key("escape", _ESCAPE), *self._keys(character))  # type: ignore[attr-defined]
            yield key


def _is_character(code: int) -> bool:
    """Whether a number is that of a character that can be typed."""
    return 0x20 <= code <= 0x10FFFF and not any(first <= code <= last for first, last in _NOT_TYPED)


def _mode_report(mode: str, setting: int) -> Iterator[Message]:
    if mode == "2026" and setting > 0:
        yield messages.TerminalSupportsSynchronizedOutput()
    elif mode == "2048" and constants.SMOOTH_SCROLL and not IS_ITERM:
        yield messages.InBandWindowResize.from_setting_parameter(setting)


def _shortened(rest: str) -> str:
    """Return an unfinished sequence; of one too long to mean anything only its beginning and end."""
    return rest if len(rest) <= 2 * _LONGEST_SEQUENCE else rest[: _LONGEST_SEQUENCE + 2] + rest[-2:]
