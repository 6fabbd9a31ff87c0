"""Bring the catalogues in step with the sources: `python -m tools.catalogues`, then translate what is empty.

Needs Babel. The words come from the sources, from the help of the commands, and from those of Click's own messages that
this program can show. Every .po file is renewed, and compiled to the .mo file beside it, which is not committed.

`--compile` does no more than compile what has changed. `--check` changes nothing: it names what a release must not
lack, messages without a translation or with one that was guessed, and those that the program does not have any more.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from inspect import cleandoc
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from tools.gettext_files import LOCALE, compile_changed

from newsreader.cli.main import program
from newsreader.i18n import LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "newsreader"
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
    yield from (cleandoc(text) for text in (command.help, command.short_help, *options) if text)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _help_of(inner)


def place(language: str) -> Path:
    """Return where the catalogue of a language is."""
    return ROOT / LOCALE / language / "LC_MESSAGES" / "newsreader.po"


def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language as it is there; empty if there is none yet."""
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
    """Return whether a message has words in every form."""
    return all(message.string) if isinstance(message.string, list | tuple) else bool(message.string)


def po_file(words: Catalog) -> bytes:
    """Return a catalogue as people edit it, without what changes from day to day."""
    stream = BytesIO()
    write_po(stream, words, width=_WIDTH, sort_by_file=True, include_lineno=False)
    kept = (line for line in stream.getvalue().splitlines(keepends=True) if not line.startswith(_LEFT_OUT))
    return b"".join(kept)


def shortcomings(language: str) -> list[str]:
    """Return what a release lacks in a language, a line each; the test suite of every day lets it pass."""

    def keys(words: Catalog) -> set[tuple[str, str]]:
        return {(message.context or "", _first(message)) for message in words if message.id}

    words, wanted = catalogue(language), keys(template())
    held = keys(words)
    lines = [f"not in the catalogue: {text}" for _, text in sorted(wanted - held)]
    lines += [f"not in the program: {text}" for _, text in sorted(held - wanted)]
    lines += [f"without a translation: {_first(each)}" for each in words if each.id and not is_translated(each)]
    return lines + [f"a guess: {_first(each)}" for each in words if each.id and each.fuzzy]


def _first(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, list | tuple) else message.id)


def _renew() -> None:
    for language in TRANSLATIONS:
        words = renewed(language)
        empty = sum(not is_translated(message) for message in words if message.id)
        place(language).parent.mkdir(parents=True, exist_ok=True)
        place(language).write_bytes(po_file(words))
        sys.stdout.write(f"{language}: {len(words)} messages, {empty} to translate\n")


def _check() -> bool:
    found = [(language, line) for language in TRANSLATIONS for line in shortcomings(language)]
    sys.stdout.write("".join(f"{language}: {line}\n" for language, line in found))
    return not found


def main() -> int:
    """Renew and compile the catalogues, or do the part of it that was asked for; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--compile", action="store_true", help="only compile what has changed")
    part.add_argument("--check", action="store_true", help="only name what a release must not lack")
    asked = parser.parse_args()
    if asked.check:
        return 0 if _check() else 1
    if not asked.compile:
        _renew()
    for file in compile_changed(ROOT):
        sys.stdout.write(f"compiled {file.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
