"""Bring the catalogues in step with the sources: `python tools/catalogues.py`, then translate what is empty.

Needs Babel. The words come from the sources, from the help of the commands, and from those of Click's own messages that
this program can show. Every .po file is renewed and compiled to the .mo file that is shipped.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from inspect import cleandoc
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from newsreader.cli.main import program
from newsreader.i18n import LANGUAGES

SOURCES = Path(__file__).resolve().parents[1] / "src" / "newsreader"
TRANSLATIONS = tuple(code for code in LANGUAGES if code != "en")
_KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_WIDTH = 110
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
_LEFT_OUT = (b'"POT-', b'"PO-', b'"Report-', b'"Last-', b'"Language-Team', b'"Generated-')
_CLICK = (
    "Usage:",
    "Options",
    "Commands",
    "Error: {message}",
    "Try '{command} {option}' for help.",
    "Show this message and exit.",
    "Show the version and exit.",
    "default: {default}",
    "required",
    "Missing command.",
    "Missing argument",
    "Missing option",
    "Missing parameter",
    "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}",
    "No such option {name!r}.",
    "No such option: {name}",
    "No such command {name!r}.",
    "Option {name!r} does not take a value.",
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
)
_CLICK_PLURALS = (
    ("Did you mean {possibility}?", "(Possible options: {possibilities})"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)


def template() -> Catalog:
    """Return every message that the program can show, untranslated."""
    found = Catalog(project="newsreader", fuzzy=False)
    words = extract_from_dir(SOURCES, method_map=[("**.py", "python")], keywords=_KEYWORDS, comment_tags=("i18n:",))
    for file, line, message, comments, context in words:
        found.add(message, locations=[(Path(file).as_posix(), line)], auto_comments=comments, context=context)
    for text in _help_of(program):
        found.add(text, locations=[("cli", 1)], auto_comments=["Help of the command line; capitals stay."])
    for click_message in (*_CLICK, *_CLICK_PLURALS):
        found.add(click_message, auto_comments=["Click's own."])
    return found


def _help_of(command: click.Command) -> Iterator[str]:
    options = [each.help for each in command.params if isinstance(each, click.Option)]
    yield from (cleandoc(text) for text in (command.help, *options) if text)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _help_of(inner)


def place(language: str, suffix: str = ".po") -> Path:
    """Return where the catalogue of a language lies."""
    return SOURCES / "locale" / language / "LC_MESSAGES" / f"newsreader{suffix}"


def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language as it lies there; empty where there is none yet."""
    file = place(language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def renewed(language: str) -> Catalog:
    """Return the catalogue of a language with the messages of the program and no others, none of them guessed."""
    found = catalogue(language)
    found.update(template(), no_fuzzy_matching=True, update_header_comment=False)
    found.obsolete.clear()
    found.fuzzy = False
    found.project, found.version = "newsreader", ""
    found.header_comment = f"# The {found.locale.english_name if found.locale else language} messages of newsreader."
    found.creation_date = found.revision_date = _NO_DATE
    return found


def is_translated(message: Message) -> bool:
    """Say whether a message has words in every form."""
    return all(message.string) if isinstance(message.string, list | tuple) else bool(message.string)


def po_file(words: Catalog) -> bytes:
    """Return a catalogue as people edit it, without what changes from day to day."""
    stream = BytesIO()
    write_po(stream, words, width=_WIDTH, sort_by_file=True, include_lineno=False)
    kept = (line for line in stream.getvalue().splitlines(keepends=True) if not line.startswith(_LEFT_OUT))
    return b"".join(kept)


def mo_file(words: Catalog) -> bytes:
    """Return a catalogue as the program reads it."""
    words.creation_date = words.revision_date = _NO_DATE
    stream = BytesIO()
    write_mo(stream, words)
    return stream.getvalue()


def main() -> None:
    """Renew and compile every catalogue, and say how many messages wait for a translation."""
    for language in TRANSLATIONS:
        words = renewed(language)
        empty = sum(not is_translated(message) for message in words if message.id)
        place(language).parent.mkdir(parents=True, exist_ok=True)
        place(language).write_bytes(po_file(words))
        place(language, ".mo").write_bytes(mo_file(catalogue(language)))
        sys.stdout.write(f"{language}: {len(words)} messages, {empty} to translate\n")


if __name__ == "__main__":
    main()
