"""The catalogues are sound, and no word of the program was left unmarked.

A message that waits for its translation is English meanwhile and fails nothing here: a release is what asks for all of
them (`python -m tools.catalogues --check`).
"""

import ast
import gettext as stdlib_gettext
import importlib
import io
import json
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from tools.catalogues import ROOT, SOURCES, TRANSLATIONS, catalogue, is_translated, place, shortcomings, template
from tools.gettext_files import LOCALE, compile_changed, compiled

import newsreader
from newsreader import i18n
from newsreader.errors import NewsreaderError
from newsreader.exporting.formats import ExportFormat
from newsreader.i18n import decimal, environment_language, gettext, locale_language, ngettext, use_language
from newsreader.key_names import shown_key
from newsreader.keymap import ACTIONS, PRESETS, check_bindings, preset_bindings
from newsreader.models import Article, Page, Paragraph, Problem, Span
from newsreader.service.values import PAPERS, papers_for
from newsreader.settings import GRAPHICS, OTHER_THEMES, OWN_THEMES, load_settings
from newsreader.settings_reference import default_config, settings_reference
from newsreader.tui import wording
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.setting_values import settings_file
from newsreader.tui.widgets import notice
from newsreader.typesetting.head import typeset_head
from tests.e2e.test_interface import start
from tests.pseudo import Pseudo, latin
from tests.starting import COMMAND
from tests.tui.fake_service import FakeService
from tests.tui.hand_scheduler import HandScheduler
from tests.tui.newspaper import address
from tests.tui.seeing import press, running, seen, settled
from tests.waiting import LONG_S

_PLACEHOLDER = re.compile(r"\{(\w*)(?:![rs])?[^{}]*\}")
_KEYS = {"Enter", "Backspace", "Tab", "Esc", "PgDn", "PgUp", "Home", "End", "Ins", "Del"}  # as they are on the keys


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


def forms(message: Message) -> list[str]:
    return [str(form) for form in message.string] if isinstance(message.string, list | tuple) else [str(message.string)]


def originals(message: Message) -> list[str]:
    return [str(form) for form in message.id] if isinstance(message.id, list | tuple) else [str(message.id)]


def messages(words: Catalog) -> list[Message]:
    return [message for message in words if message.id]


def names_in(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


# --- the catalogues -----------------------------------------------------------------------------


def translated(language: str) -> list[Message]:
    return [message for message in messages(catalogue(language)) if is_translated(message)]


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_most_messages_are_translated_each_in_every_form_and_none_is_a_guess(language: str) -> None:
    words = catalogue(language)
    assert len(translated(language)) > 0.8 * len(messages(words))
    assert [message.id for message in messages(words) if message.fuzzy] == []
    assert [each.id for each in messages(words) if any(forms(each)) != all(forms(each))] == []
    assert not words.obsolete
    assert {len(forms(message)) for message in messages(words) if message.pluralizable} == {3}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_message_is_a_copy_of_the_english_one_but_the_names_on_keys(language: str) -> None:
    copied = {form for each in messages(catalogue(language)) for form in forms(each) if form in originals(each)}
    assert copied <= _KEYS


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_translations_keep_the_placeholders(language: str) -> None:
    for message in translated(language):
        wanted = [names_in(text) for text in originals(message)]
        assert all(names_in(form) in wanted for form in forms(message)), message.id


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_translations_end_and_are_spaced_as_the_english_does(language: str) -> None:
    for message in translated(language):
        if message.context or message.id == " with {kept} of {named} pictures":  # joined to the sentence by a semicolon
            continue
        for form in forms(message):
            last = originals(message)[0][-1]
            assert (form[-1] == last) or not {form[-1], last} & set(".:… "), form
            assert form == form.strip()
            assert "  " not in form


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_what_the_program_reads_is_the_catalogue_and_english_where_it_has_no_words(language: str) -> None:
    beside = place(language).with_suffix(".mo").read_bytes()
    assert beside == compiled(place(language))
    words = stdlib_gettext.GNUTranslations(io.BytesIO(beside))
    for message in messages(catalogue(language)):
        one, *more = originals(message)
        wanted = forms(message) if is_translated(message) else originals(message)
        if message.context:
            assert [words.pgettext(message.context, one)] == wanted
        elif more:
            assert {words.ngettext(one, more[0], count) for count in (1, 2, 5)} == set(wanted)
        else:
            assert [words.gettext(one)] == wanted


def test_a_catalogue_is_compiled_again_when_it_has_changed_and_only_then(tmp_path: Path) -> None:
    source = tmp_path / LOCALE / "uk" / "LC_MESSAGES" / "newsreader.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8"\n\nmsgid "Sea"\nmsgstr "Море"\n')
    made = source.with_suffix(".mo")
    assert compile_changed(tmp_path) == [made]
    assert compile_changed(tmp_path) == []
    source.write_text(source.read_text().replace("Море", "Мор"))
    os.utime(source, ns=(0, made.stat().st_mtime_ns + 1))
    assert compile_changed(tmp_path) == [made]
    assert stdlib_gettext.GNUTranslations(io.BytesIO(made.read_bytes())).gettext("Sea") == "Мор"
    assert [file.name for file in made.parent.iterdir() if file not in (made, source)] == []


def test_a_tree_whose_catalogues_were_never_compiled_speaks_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_DOMAIN", "nothing")
    i18n._catalogue.cache_clear()
    use_language("uk")
    said = gettext("Cancel"), ngettext("{count} day", "{count} days", 2), i18n.pgettext("decimal sign", ".")
    i18n._catalogue.cache_clear()
    assert said == ("Cancel", "{count} days", ".")


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_what_a_release_lacks_is_named(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = deepcopy(known_template())
    whole.add("A sentence that nobody has translated.")
    whole.add(("{count} boat", "{count} boats"))
    monkeypatch.setattr("tools.catalogues.template", lambda: whole)
    named = shortcomings(language)
    assert "not in the catalogue: A sentence that nobody has translated." in named
    assert "not in the catalogue: {count} boat" in named


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_letters_are_those_of_the_language(language: str) -> None:
    foreign = {"uk": "ёъыэ", "ru": "іїєґ’"}[language]
    for message in messages(catalogue(language)):
        for form in forms(message):
            assert not set(form.lower()) & set(foreign), form
            assert not re.search(r"[a-z][а-яёіїєґ]|[а-яёіїєґ][a-z]", form, re.IGNORECASE), form


# --- choosing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_one_thing_has_one_word(language: str) -> None:
    """A tag is "мітка" or "метка", nothing is printed on paper, and screen readers have one name."""
    others = {
        "uk": r"\bтег|друк|\bчитач\w* екрана|екранн\w+ доступ|\w'\w",
        "ru": r"\bтег|печата|экранн\w+ (?:диктор|доступ)",
    }
    words = [form for message in messages(catalogue(language)) for form in forms(message)]
    assert [
        text for text in words if re.search(others[language], re.sub(r"\{.*?\}|`.*?`", "", text), re.IGNORECASE)
    ] == []


@pytest.mark.parametrize(
    ("code", "used"),
    [("uk", "uk"), ("uk_UA.UTF-8", "uk"), ("ru-RU", "ru"), ("RU", "ru"), ("de", "en"), ("", "en"), ("../uk", "en")],
)
def test_a_language_without_a_catalogue_is_english(code: str, used: str) -> None:
    assert use_language(code) == used
    assert (gettext("Cancel") == "Cancel") == (used == "en")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "uk_UA.UTF-8"}, "uk"),
        ({"LANG": "uk_UA.UTF-8", "LC_MESSAGES": "ru_RU"}, "ru"),
        ({"LANG": "uk_UA.UTF-8", "LC_MESSAGES": "ru_RU", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "uk_UA.UTF-8", "LC_ALL": ""}, "uk"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:ru:uk"}, "ru"),
        ({"LANG": "uk_UA.UTF-8", "LANGUAGE": "en"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "uk"}, "en"),
        ({"LC_ALL": "POSIX", "LANG": "uk_UA"}, "en"),
        ({"LANGUAGE": "uk"}, "en"),
        ({"LANG": "fr_FR"}, "en"),
        ({"LANG": "ru_UA@variant"}, "ru"),
    ],
)
def test_the_locale_chooses_as_gettext_has_it(environment: dict[str, str], language: str) -> None:
    assert environment_language(environment) == language


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 day", "2 days", "5 days", "11 days", "21 days", "22 days"]),
        ("uk", ["1 день", "2 дні", "5 днів", "11 днів", "21 день", "22 дні"]),
        ("ru", ["1 день", "2 дня", "5 дней", "11 дней", "21 день", "22 дня"]),
    ],
)
def test_counts_have_the_forms_of_the_language(language: str, said: list[str]) -> None:
    use_language(language)
    counts = (1, 2, 5, 11, 21, 22)
    assert [ngettext("{count} day", "{count} days", n).format(count=n) for n in counts] == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Friday, 20 Nov", "1.2k views", "7 new headlines arrived", "now", "2.5")),
        ("uk", ("п’ятниця, 20 листопада", "1,2 тис. переглядів", "Надійшло 7 нових заголовків", "щойно", "2,5")),
        ("ru", ("пятница, 20 ноября", "1,2 тыс. просмотров", "Поступило 7 новых заголовков", "только что", "2,5")),
    ],
)
def test_dates_and_counts_are_shown_as_the_language_does(language: str, said: tuple[str, ...]) -> None:
    use_language(language)
    today = datetime(2026, 11, 22).date()  # noqa: DTZ001  (only the day counts)
    new = ngettext("{count} new headline arrived", "{count} new headlines arrived", 7).format(count=7)
    day = wording.day_name(today - timedelta(days=2), today)
    assert (day, wording.views(1240), new, wording.age(3), decimal("2.5")) == said


def test_an_empty_message_stays_empty() -> None:
    use_language("uk")
    assert gettext("") == ""


# --- the command line ---------------------------------------------------------------------------


def run(*arguments: str, **environment: str) -> str:
    """Run the installed command and return all that it printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    done = subprocess.run(
        [str(COMMAND), *arguments],
        capture_output=True,
        encoding="utf-8",
        env=kept | {"PYTHONUTF8": "1"} | environment,
        timeout=LONG_S,
        check=False,
    )
    return done.stdout + done.stderr


def test_the_configuration_wins_over_the_locale(own_directories: Path) -> None:
    config = own_directories / "config" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[interface]\nlanguage = "uk"\n')
    assert run("--help", LANG="ru_RU.UTF-8").startswith("Використання: newsreader")
    config.write_text('[interface]\nlanguage = "en"\n')
    assert run("--help", LANG="ru_RU.UTF-8").startswith("Usage: newsreader")


def test_errors_speak_the_language_of_the_locale() -> None:
    assert "копії немає" in run("read", "--offline", "town.example", LANG="uk_UA.UTF-8")
    assert "Не указан аргумент" in run("read", LANG="ru_RU.UTF-8")
    assert "Missing argument" in run("read", LANG="de_DE.UTF-8")


def test_the_interface_speaks_the_language_of_the_locale() -> None:
    with start(LC_ALL="uk_UA.UTF-8") as terminal:
        terminal.wait_for("Прочитати сторінку новин:", "Ctrl+Q вийти")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


# --- words that were not marked -----------------------------------------------------------------


@cache
def trees() -> list[tuple[Path, ast.Module]]:
    return [(file, ast.parse(file.read_text())) for file in sorted(SOURCES.rglob("*.py"))]


@cache
def known_template() -> Catalog:
    return template()


@cache
def known_messages() -> frozenset[str]:
    return frozenset(text for message in messages(known_template()) for text in originals(message))


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def test_marked_messages_are_where_the_extractor_finds_them() -> None:
    """Not in an f-string, which is one word to it before Python 3.12, and not put together."""
    marked = {"_", "N_", "gettext", "ngettext", "pgettext"}
    known = known_messages()
    for file, tree in trees():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node) in marked):
            texts = [each for each in call.args if isinstance(each, ast.Constant | ast.JoinedStr)]
            for text in texts[1:] if name_of(call) == "pgettext" else texts:
                assert isinstance(text, ast.Constant), (file, call.lineno)
                assert text.value in known, (file, call.lineno)


def test_what_is_said_on_the_screen_was_marked() -> None:
    """Literal words as the first argument of what shows words."""
    showing = {"complain", "says", "_say", "say", "Notice", "Choice", "Part", "_said", "styled"}
    for file, tree in trees():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node) in showing):
            for given in call.args[:1]:
                parts = given.values if isinstance(given, ast.JoinedStr) else [given]
                words = "".join(str(each.value) for each in parts if isinstance(each, ast.Constant))
                assert not re.search(r"[A-Za-z]{2}", words.replace("newsreader", "")), (file, call.lineno, words)


def test_the_words_of_every_error_are_marked() -> None:
    for module in pkgutil.walk_packages(newsreader.__path__, "newsreader."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    known = known_messages()
    waiting = [NewsreaderError]
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        if error.__module__.startswith("newsreader."):
            assert error.message in known, error
            assert not error.hint or error.hint in known, error


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> Pseudo:
    words = Pseudo()
    monkeypatch.setattr(i18n, "_catalogue", lambda code: words)
    return words


ARTICLE = Article(
    "https://town.example/harbour",
    "Гавань",
    (Paragraph((Span("Слово. " * 400),)),),
    authors=("А", "Б", "В", "Г", "Д"),
    published=datetime(2026, 5, 3, 14, 2, tzinfo=UTC),
    updated=datetime(2026, 6, 4, 14, 2, tzinfo=UTC),
)


@pytest.mark.usefixtures("pseudo")
def test_the_head_of_an_article_has_no_unmarked_word() -> None:
    for month in range(1, 13):
        day = datetime(2026, month, 3, 14, 2, tzinfo=UTC)
        head = "\n".join(row.text for row in typeset_head(ARTICLE, 60))
        assert latin(head, "town.example") == []
        assert latin(wording.day(day)) == []
        assert latin(wording.day_name(day.date(), day.date() + timedelta(days=40))) == []


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("wording_of", [wording.age, lambda seconds: wording.views(int(seconds))])
def test_ages_and_counts_have_no_unmarked_word(wording_of: Callable[[float], str]) -> None:
    assert [latin(wording_of(10.0**power)) for power in range(8)] == [[]] * 8


@pytest.mark.usefixtures("pseudo")
def test_keys_and_what_they_do_have_no_unmarked_word() -> None:
    for action in ACTIONS:
        assert latin(gettext(action.description) + gettext(action.group)) == []
        assert latin(" ".join(map(shown_key, action.keys)), "Ctrl", "Shift", "F1") == []
    _, problems = check_bindings({"dwon": ("j",), "down": ("foo",), "up": ("k", "escape"), "read": ("k",)})
    for problem in problems:
        assert latin(problem.message + problem.advice, *dict(problem.parameters).values()) == []
    assert problems


@pytest.mark.usefixtures("pseudo")
def test_the_configuration_has_no_unmarked_word(tmp_path: Path) -> None:
    comments = [row for row in default_config().splitlines() if row.startswith("# ") and " = " not in row]
    assert (
        latin(
            re.sub(r"\"[^\"]*\"", "", "\n".join(comments)),  # what is between quotation marks is typed as it is
            "[[openers]]",
            "[[on]]",
            "[[bind]]",
            "[[passwords]]",
            *OWN_THEMES,
            *OTHER_THEMES,
            *PRESETS,
            *GRAPHICS,
            *ExportFormat,
        )
        == []
    )
    assert latin(re.sub(r"`[^`]*`|\"[^\"]*\"", "", settings_reference())) == []
    file = tmp_path / "config.toml"
    for wrong in (
        "[reading]\nwidht = 3\n[x]\ny = 1\n[network]\ntimeout = 'x'\n[keys]\nj = 3\n",
        "width = 3\n",
        "=",
        "\xff",
    ):
        file.write_bytes(wrong.encode("latin-1"))
        _, problems = load_settings(file)
        assert problems
        for problem in problems:
            values = (value for name, value in problem.parameters if name != "reason")  # the TOML parser's own
            own = ("reason",) if problem.kind == "config-broken" else ()
            reasons = [value for name, value in problem.parameters if name in own]
            assert latin(problem.message + problem.advice, *values, *reasons) == []


@pytest.mark.usefixtures("pseudo")
def test_notices_have_no_unmarked_word() -> None:
    error = NewsreaderError()
    page = Page("https://town.example/", "Гавань")
    problem = Problem("empty", "{x}", "", (("x", "…"),))
    said = (
        notice.loading("", 1, "town.example"),
        notice.loading("Гавань", 1, "town.example"),
        notice.loading("Гавань", 4, "town.example"),
        notice.failure(error, "https://town.example/", what=""),
        notice.nothing_found(replace(page, problem=problem), page.url, preset_bindings(), has_lists=False),
        notice.nothing_found(page, page.url, preset_bindings(), has_lists=True),
        notice.nothing_found(page, page.url, preset_bindings(), has_lists=False),
        notice.nothing_found(replace(page, links=9, link_blocks=2), page.url, preset_bindings(), has_lists=False),
    )
    for each in said:
        words = [piece[0] for row in each.with_details_turned().lines(60) for piece in row.pieces]
        assert latin(" ".join(words), "https", "town.example", "Esc", "Enter", "empty", "error") == []


@pytest.mark.parametrize(
    ("keys", "ours"),
    [
        ((), ()),
        (("enter",), ("ru", "uk")),
        (("3",), ()),
        (("2", "s", "U"), ()),
        (("enter", "slash", "г"), ("ru", "uk")),
        (("enter", "slash", "г", "а", "enter"), ("ru", "uk")),
        (("slash", "г", "а", "enter"), ()),
        (("enter", "u"), ("ru", "uk")),
        (("enter", "f"), ("ru", "auk")),
        (("enter", "x"), ("ru", "uk")),
        (("enter", "z", "Y"), ("ru", "uk", "Markdown")),
        (("question_mark",), ("Shift",)),
        (("ctrl+p",), ()),
        (("ctrl+l",), ("vesti-ua.net", "pravda.com.ua", "bbc.com", "BBC News", "lemonde.fr", "Le Monde", "www.")),
    ],
)
@pytest.mark.usefixtures("pseudo")
async def test_the_screen_has_no_unmarked_word(keys: tuple[str, ...], ours: tuple[str, ...]) -> None:
    async with running(FakeService(), size=(140, 50)) as pilot:
        await press(pilot, *keys)
        assert latin(seen(pilot), "newsreader", "vesti.example", "https", "Ctrl", *ours) == []


@pytest.mark.usefixtures("pseudo")
async def test_themes_and_problems_have_no_unmarked_word(pseudo: Pseudo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSREADER_CONFIG_DIR", "/c")
    _, problems = check_bindings({"dwon": ("j",), "save": ("nokey",)})
    app = NewsreaderApp(FakeService(), "vesti.example", problems=problems)
    async with app.run_test(size=(140, 60)) as pilot:
        await settled(pilot)
        ours = ("dwon", "down", "read-on", "download", "save", "nokey", settings_file(), "vesti.example")
        assert latin(seen(pilot), *ours, "newsreader", "ctrl+d", "pagedown", "f1", "Ctrl") == []
        assert pseudo.gettext("continues") in seen(pilot)
        await press(pilot, "escape")
        app.search_themes()
        await settled(pilot)
        assert "harbour" in seen(pilot)
        assert latin(seen(pilot), *OWN_THEMES, *OTHER_THEMES, "vesti.example") == []


@pytest.mark.usefixtures("pseudo")
async def test_a_wait_has_no_unmarked_word() -> None:
    scheduler = HandScheduler()
    service = FakeService()
    service.hold(address("quota"))
    async with running(service, size=(140, 50), scheduler=scheduler) as pilot:
        await press(pilot, "j", "enter")
        for _ in range(40):
            if "Esc" in seen(pilot):
                break
            scheduler.advance(1)
            await pilot.pause()
        assert "vesti.example" in seen(pilot)
        assert latin(seen(pilot), "vesti.example", "Esc") == []


@pytest.mark.usefixtures("pseudo")
async def test_a_failure_on_the_screen_has_no_unmarked_word() -> None:
    service = FakeService()
    service.refusing.add(address("harbour"))
    service.offline_since = service.now()
    async with running(service, size=(140, 50)) as pilot:
        await press(pilot, "enter")
        assert latin(seen(pilot), "vesti.example", "Enter", "Ctrl") == []


_PSEUDO_COMMANDS = """
import json, os, sys
from newsreader import i18n
from newsreader.cli.main import main
from tests.pseudo import Pseudo
words = Pseudo()
i18n._catalogue = lambda code: words
for arguments in json.loads(sys.argv[1]):
    reading, writing = os.pipe()
    if not os.fork():
        os.dup2(writing, 1)
        os.dup2(writing, 2)
        sys.argv = ["newsreader", *arguments]
        try:
            main()
        finally:
            sys.stdout.flush()
            os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as said:
        print(json.dumps(said.read()), flush=True)
    os.wait()
"""


# What is quoted, typed, or a place; options and their choices; the words that stand for arguments; the commands.
_NOT_TRANSLATED = (
    r"'[^']*'|`[^`]*`|\[[^]]*[|=][^]]*\]|https?://\S+|/\S*|--?[a-z]+|\b[A-Z]{2,}\b|<=x<=|\b(text|bash|zsh|fish)\b"
)
_COMMANDS = r"(?m)newsreader( (read|save|cache|completion|info))*|^  (cache|[a-z]+)  |cache.db"
_WRITTEN = (
    "--help",
    *(f"{command} --help" for command in ("read", "save", "cache", "completion")),
    "read",
    "read --formta x y",
    "read --format",
    "read --format rtf y",
    "read --width 3 y",
    "read --offline town.example",
    "cache x",
    "cache info",
    "cache info y",
    "remove town.example",
    "headlines не..адреса",
    "open town.example",
)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="programs are forked here")
def test_the_command_line_has_no_unmarked_word() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PSEUDO_COMMANDS, json.dumps([words.split() for words in _WRITTEN])],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"LC_ALL": "uk_UA.UTF-8", "PYTHONUTF8": "1", "NO_COLOR": "1"},
        cwd=ROOT,
        timeout=LONG_S,
        check=True,
    )
    said = dict(zip(_WRITTEN, map(json.loads, done.stdout.splitlines()), strict=True))
    assert all(said.values())
    unmarked = {each: latin(re.sub(_COMMANDS, " ", re.sub(_NOT_TRANSLATED, " ", said[each]))) for each in _WRITTEN}
    assert {each: words for each, words in unmarked.items() if words} == {}


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "de"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "uk_UA.UTF-8"}, "uk"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "pt_BR:de"}, "pt"),
    ],
)
def test_the_language_of_the_locale_is_known_without_a_catalogue(environment: dict[str, str], language: str) -> None:
    assert locale_language(environment) == language
    papers = papers_for(language)
    assert sorted(papers, key=lambda paper: paper.language != language) == list(papers)
    assert set(papers) == set(PAPERS)
