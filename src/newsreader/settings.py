"""What the reader sets in `config.toml`, and where files are.

A setting is declared once, as a field with its default, what is allowed and what it does. The checks, the commented
file of `default_config` and the table of `settings_reference` are made from that. The program never writes
`config.toml` uninvited; what is chosen in the interface lives in the library.
"""

import difflib
import os
from collections.abc import Mapping
from dataclasses import Field, field, fields, replace
from pathlib import Path
from typing import Any, cast

import platformdirs

from newsreader.exporting.formats import FOR_COMMANDS, ExportFormat
from newsreader.files import absolute, at_home, read_file
from newsreader.i18n import N_, gettext, system_reason
from newsreader.keymap import PRESETS, check_bindings
from newsreader.models import Problem
from newsreader.openers import Opener
from newsreader.own_commands import EventCommand, KeyCommand
from newsreader.passwords import PasswordCommand
from newsreader.setting_kinds import (
    KEYS,
    OPENERS,
    Between,
    Declaration,
    Like,
    OneOf,
    SomeOf,
    TrueOrFalse,
    Words,
    setting,
)
from newsreader.setting_problems import (
    BROKEN,
    MISSPELT,
    OUTSIDE,
    UNKNOWN_SECTION,
    UNKNOWN_SETTING,
    UNREADABLE,
    WRONG_VALUE,
    place_in_file,
    problem_of,
)
from newsreader.settings_tables import (
    BIND,
    ON,
    PASSWORDS,
    checked_binds,
    checked_events,
    checked_openers,
    checked_passwords,
    shown_value,
)
from newsreader.values import dataclass


@dataclass(frozen=True, slots=True)
class Directories:
    """Where this program's files are.

    Attributes:
        data: What is the reader's own: the library and its backups.
        cache: What can be fetched again.
        config: `config.toml`.
    """

    data: Path
    cache: Path
    config: Path

    @classmethod
    def default(cls) -> "Directories":
        """Return the platform's own; NEWSREADER_DATA_DIR, NEWSREADER_CACHE_DIR and NEWSREADER_CONFIG_DIR win."""
        own = platformdirs.PlatformDirs("newsreader", appauthor=False)
        return cls(
            data=_directory("NEWSREADER_DATA_DIR", own.user_data_path),
            cache=_directory("NEWSREADER_CACHE_DIR", own.user_cache_path),
            config=_directory("NEWSREADER_CONFIG_DIR", own.user_config_path),
        )


def _directory(variable: str, default: Path) -> Path:
    named = os.environ.get(variable, "").strip()
    return absolute(at_home(named)) if named else default


# Our own themes, and those that come with Textual; which of them is dark is the interface's to know.
OWN_THEMES = ("ink", "paper", "harbour", "mist", "coal", "snow")
LIST_COLUMNS = ("time", "marks", "views", "source")
GRAPHICS = ("auto", "kitty", "sixel", "blocks")
OTHER_THEMES = (
    "ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light", "catppuccin-frappe", "catppuccin-latte",
    "catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki", "gruvbox", "monokai", "nord", "rose-pine",
    "rose-pine-dawn", "rose-pine-moon", "solarized-dark", "solarized-light", "textual-dark", "textual-light",
    "tokyo-night",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How articles are shown."""

    width: int = setting(72, Between(20, 200), N_("Maximum width of the text of an article, in columns."))
    theme: str = setting(
        "ink",
        OneOf((*OWN_THEMES, *OTHER_THEMES)),
        N_("Initial colours; a choice made in the program wins."),
    )
    frugal: bool = setting(
        False, TrueOrFalse(), N_("Use less data: no pictures, and nothing is fetched before it is asked for.")
    )
    hyphenate: bool = setting(True, TrueOrFalse(), N_("Hyphenate long words at the ends of lines."))
    justify: bool = setting(False, TrueOrFalse(), N_("Justify the text, as a newspaper does."))
    graphics: str = setting(
        "auto",
        OneOf(GRAPHICS),
        N_("How pictures are drawn; by default the terminal's name decides."),
    )
    mark_read: str = setting(
        "opened",
        OneOf(("opened", "end", "never")),
        N_("When an article counts as read: when you open it, when you reach its end, or only when you mark it."),
    )
    plain: bool = setting(
        False,
        TrueOrFalse(),
        N_("Let `read` print plain text for screen readers: no lines drawn, the links at the end."),
    )


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """How pages are fetched."""

    timeout: float = setting(
        20.0, Between(1, 300, is_whole=False), N_("Seconds that a page may take, redirects included.")
    )
    proxy: str | None = setting(
        cast("str | None", None),
        Like(
            r"(?:https?|socks5h?)://[^\s/]+/?",
            N_("an address that begins with http://, https://, socks5:// or socks5h://"),
        ),
        N_("Proxy for every page; without it the environment's (HTTPS_PROXY, ALL_PROXY, NO_PROXY) is used."),
        type_=str,
        example="socks5://127.0.0.1:9050",
    )
    user_agent: str | None = setting(
        cast("str | None", None),
        Like(r"[\x20-\x7e]{1,200}", N_("up to 200 plain ASCII characters")),
        N_("The user agent that is sent to sites."),
        type_=str,
        example="newsreader",
    )
    respect_metered: bool = setting(
        True, TrueOrFalse(), N_("Be frugal on a connection that the system calls metered, such as a phone's.")
    )


@dataclass(frozen=True, slots=True)
class SourceDefaults:
    """How sources are refreshed."""

    refresh_minutes: int = setting(
        60,
        Between(0, 100_000),
        N_("Minutes after which a source is refreshed automatically while the program is open; 0 for never."),
    )


@dataclass(frozen=True, slots=True)
class CacheLimits:
    """How long and how much of what was merely opened is kept; saved articles do not count."""

    max_age_days: int = setting(90, Between(1, 36_500), N_("Days after which a stored page is forgotten."))
    max_size_mb: int = setting(500, Between(1, 1_000_000), N_("Megabytes that stored pages and pictures may take up."))


@dataclass(frozen=True, slots=True)
class Offline:
    """What `sync` and `D` download, and how long and how much of it is kept; saved articles do not count."""

    articles: int = setting(
        50,
        Between(0, 10_000),
        N_("Articles that `newsreader sync` downloads from one source at most, the newest first."),
    )
    pictures: bool = setting(True, TrueOrFalse(), N_("Download the pictures of articles too."))
    max_age_days: int = setting(
        30, Between(1, 36_500), N_("Days after which a downloaded article is forgotten; older ones are not downloaded.")
    )
    max_size_mb: int = setting(500, Between(1, 1_000_000), N_("Megabytes that downloaded articles may take up."))


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """How accounts at servers of feeds are read."""

    star: str = setting(
        "saved",
        OneOf(("saved", "later")),
        N_("What a star on an account's server means here: a saved article, or one to read later."),
    )
    follow: str = setting(
        "ask",
        OneOf(("ask", "here", "server")),
        N_("Whether the server of an account also follows a feed that you follow here; by default you are asked."),
    )
    unfollow: str = setting(
        "ask",
        OneOf(("ask", "here", "server")),
        N_("Whether a source of an account that you remove also ends on its server; by default you are asked."),
    )


@dataclass(frozen=True, slots=True)
class Interface:
    """How the program speaks."""

    language: str | None = setting(
        cast("str | None", None),
        Like(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}", N_('the code of a language, such as "uk"')),
        N_("Language of the messages; without it the system's."),
        type_=str,
        example="uk",
    )
    key_preset: str = setting("default", OneOf(tuple(PRESETS)), N_("A preset of keys; those under [keys] override it."))
    list_columns: tuple[str, ...] = setting(
        LIST_COLUMNS,
        SomeOf(LIST_COLUMNS),
        N_("What is shown beside a headline in the list; views and source only where they have room."),
        type_=list,
    )
    terminal_title: bool = setting(
        False, TrueOrFalse(), N_("Show the number of unread headlines in the terminal's title.")
    )
    notify: str = setting(
        "off",
        OneOf(("off", "bell", "osc9", "osc777")),
        N_("How new headlines are announced: the terminal's bell, or a desktop notification (OSC 9 or 777)."),
    )
    linear: bool = setting(
        False,
        TrueOrFalse(),
        N_("Show the program as plain lines, for screen readers, as `newsreader --linear` does."),
    )
    reduced_motion: bool = setting(
        False, TrueOrFalse(), N_("Nothing on the screen moves by itself: no animation, waits counted in whole seconds.")
    )


@dataclass(frozen=True, slots=True)
class Export:
    """How articles are taken along."""

    format: str = setting(
        "markdown",
        OneOf(tuple(each.value for each in ExportFormat)),
        N_("Initial format of exported files; a choice made in the program wins."),
    )
    directory: str | None = setting(
        cast("str | None", None),
        Like(r"[^\x00-\x1f\x7f]{1,4000}", N_("a directory")),
        N_("Where exported files go; without it the directory that the program was started in."),
        type_=str,
        example="~/Documents",
    )
    pipe_command: tuple[str, ...] | None = setting(
        cast("tuple[str, ...] | None", None),
        Words(),
        N_("Command that an article is piped to, if no other is typed; no shell is used."),
        type_=list,
        example=["less"],
    )
    pipe_format: str = setting(
        "markdown", OneOf(FOR_COMMANDS), N_("Format in which commands get an article on their standard input.")
    )


@dataclass(frozen=True, slots=True)
class AloudSettings:
    """How articles are read aloud."""

    run: tuple[str, ...] | None = setting(
        cast("tuple[str, ...] | None", None),
        Words(),
        N_("Command that reads aloud each sentence on its standard input; else speech-dispatcher does."),
        type_=list,
        example=["espeak-ng", "-v", "{language}"],
    )
    rate: int = setting(
        0,
        Between(-100, 100),
        N_("Speed of reading aloud, from -100 to 100; a command of your own sets its speed itself."),
    )
    voice: str | None = setting(
        cast("str | None", None),
        Like(r"[^\x00-\x1f\x7f]{1,200}", N_("the name of a voice")),
        N_("The voice to read aloud with; by default, one for the article's language."),
        type_=str,
        example="English (Great Britain)",
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set.

    Attributes:
        keys: Keys by the name of their action, in place of its default ones; the keymap knows the names.
        event_commands: The reader's own commands for what happens.
        from_file: The full names of the settings that the file sets.
        key_commands: What keys of the reader's own do.
        openers: Programs for what items of feeds bring, the first that fits counts.
        passwords: Commands that print the reader's passwords, each for one host.
    """

    reading: ReadingSettings = field(default_factory=ReadingSettings)
    network: NetworkSettings = field(default_factory=NetworkSettings)
    sources: SourceDefaults = field(default_factory=SourceDefaults)
    cache: CacheLimits = field(default_factory=CacheLimits)
    offline: Offline = field(default_factory=Offline)
    accounts: AccountSettings = field(default_factory=AccountSettings)
    interface: Interface = field(default_factory=Interface)
    export: Export = field(default_factory=Export)
    aloud: AloudSettings = field(default_factory=AloudSettings)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    openers: tuple[Opener, ...] = ()
    event_commands: tuple[EventCommand, ...] = ()
    key_commands: tuple[KeyCommand, ...] = ()
    passwords: tuple[PasswordCommand, ...] = ()
    from_file: frozenset[str] = field(default=frozenset(), compare=False)

    def with_frugal(self) -> "Settings":
        """Return the same settings in frugal mode."""
        return replace(self, reading=replace(self.reading, frugal=True))


_SECTIONS: dict[str, Any] = {
    "reading": ReadingSettings,
    "network": NetworkSettings,
    "sources": SourceDefaults,
    "cache": CacheLimits,
    "offline": Offline,
    "accounts": AccountSettings,
    "interface": Interface,
    "export": Export,
    "aloud": AloudSettings,
}


def _declaration(section: str, declared: Field[Any]) -> Declaration:
    return Declaration(section, declared.name, default=declared.default, **declared.metadata)


DECLARATIONS: tuple[Declaration, ...] = tuple(
    _declaration(section, declared) for section, kind in _SECTIONS.items() for declared in fields(kind)
)


def load_settings(path: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings of a file and what is wrong in it; what is right applies, the rest stays at its default.

    A missing file is no problem. One that is not TOML is left out entirely.
    """
    try:
        text = read_file(path).decode()
        import tomllib  # most readers have no such file

        tables = tomllib.loads(text.removeprefix("\ufeff"))
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        return Settings(), (problem_of(UNREADABLE, path, reason=system_reason(error.strerror or type(error).__name__)),)
    except UnicodeDecodeError as error:
        place = error.object.count(b"\n", 0, error.start) + 1
        return Settings(), (problem_of(BROKEN, path, line=str(place), reason=gettext("not UTF-8")),)
    except (ValueError, RecursionError) as error:  # a number with very many digits is not a TOMLDecodeError
        place, reason = place_in_file(text, error)
        return Settings(), (problem_of(BROKEN, path, line=str(place), reason=reason),)
    return _checked(tables, path)


def _checked(tables: Mapping[str, object], path: Path) -> tuple[Settings, tuple[Problem, ...]]:
    problems: list[Problem] = []
    sections: dict[str, Any] = {}
    from_file: set[str] = set()
    for name, table in tables.items():
        if name == OPENERS:
            sections[name], wrong = checked_openers(table, path)
            problems += wrong
        elif name == PASSWORDS:
            sections[name], wrong = checked_passwords(table, path)
            problems += wrong
        elif name == ON:
            sections["event_commands"], wrong = checked_events(table, path)
            problems += wrong
        elif name == BIND:
            sections["key_commands"], wrong = checked_binds(table, path)
            problems += wrong
        elif name not in _SECTIONS and name != KEYS:
            problems.append(_unknown_table(name, table, path))
        elif not isinstance(table, dict):
            problems.append(problem_of(OUTSIDE, path, name=name, allowed=f"[{name}]"))
        elif name == KEYS:
            sections[name], wrong = _checked_keys(table, path)
            problems += wrong
        else:
            values, wrong = _checked_section(name, table, path)
            sections[name] = _SECTIONS[name](**values)
            from_file |= {f"{name}.{each}" for each in values}
            problems += wrong
    settings = Settings(**sections, from_file=frozenset(from_file))
    return settings, (*problems, *check_bindings(settings.keys, settings.interface.key_preset)[1])


def _unknown_table(name: str, table: object, path: Path) -> Problem:
    if isinstance(table, dict):
        known = ", ".join(f"[{section}]" for section in (*_SECTIONS, KEYS))
        return problem_of(UNKNOWN_SECTION, path, name=name, allowed=known)
    home = next((d.section for d in DECLARATIONS if d.name == name), next(iter(_SECTIONS)))
    return problem_of(OUTSIDE, path, name=name, allowed=f"[{home}]")


def _checked_section(section: str, table: Mapping[str, object], path: Path) -> tuple[dict[str, object], list[Problem]]:
    declared = {d.name: d for d in DECLARATIONS if d.section == section}
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for name, value in table.items():
        declaration = declared.get(name)
        if declaration is None:
            problems.append(_unknown_setting(f"{section}.{name}", name, tuple(declared), path))
        elif not is_allowed(declaration, value):
            words = {"name": declaration.full_name, "value": shown_value(value), "allowed": declaration.allowed.words}
            problems.append(problem_of(WRONG_VALUE, path, **words))
        else:
            values[name] = _value(declaration, value)
    return values, problems


def _unknown_setting(full_name: str, name: str, known: tuple[str, ...], path: Path) -> Problem:
    near = difflib.get_close_matches(name[:50], known, n=1)
    if near:
        return problem_of(MISSPELT, path, name=full_name, allowed=near[0])
    return problem_of(UNKNOWN_SETTING, path, name=full_name, allowed=", ".join(known))


def value_of(settings: Settings, declaration: Declaration) -> object:
    """Return the value of a setting."""
    return getattr(getattr(settings, declaration.section), declaration.name)


def with_value(settings: Settings, declaration: Declaration, value: object) -> Settings:
    """Return the settings with another value of one of them, which has to be allowed."""
    section = replace(getattr(settings, declaration.section), **{declaration.name: _value(declaration, value)})
    return replace(settings, **{declaration.section: section})


def is_allowed(declaration: Declaration, value: object) -> bool:
    """Return whether a value is of the right type and allowed."""
    kinds = (int, float) if declaration.type is float else (declaration.type,)
    is_right_type = isinstance(value, kinds) and (declaration.type is bool or not isinstance(value, bool))
    return is_right_type and declaration.allowed.allows(value)


def _value(declaration: Declaration, value: object) -> object:
    if declaration.default is None and value in ("", []):
        return None
    if isinstance(value, list):
        return tuple(value)
    return float(cast("float", value)) if declaration.type is float else value


def _checked_keys(table: Mapping[str, object], path: Path) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """Return keys by action; whether the actions exist and no key is given twice is asked of the keymap later."""
    keys: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for action, value in table.items():
        named = [value] if isinstance(value, str) else value
        if isinstance(named, list) and all(isinstance(key, str) and key.strip() for key in named):
            keys[action] = tuple(key.strip() if len(key) > 1 else key for key in named)
        else:
            allowed = gettext('a list of keys such as ["j", "down", "ctrl+n"]')
            words = {"name": f"{KEYS}.{action}", "value": shown_value(value), "allowed": allowed}
            problems.append(problem_of(WRONG_VALUE, path, **words))
    return keys, problems
