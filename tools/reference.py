"""Write the reference pages again from the declarations that the program itself uses: `python tools/reference.py`.

`docs/configuration.md` comes from the settings, `docs/keys.md` from the keymap, `docs/commands.md` and the manual page
`docs/newsreader.1` from the command line. Nothing in them is written by hand.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import cleandoc
from pathlib import Path

import click

from newsreader.cli.main import program
from newsreader.i18n import use_language
from newsreader.key_names import shown_key
from newsreader.keymap import ACTIONS, PRESETS, Action, preset_bindings
from newsreader.settings import DECLARATIONS
from newsreader.settings_reference import settings_reference

DOCS = Path(__file__).resolve().parents[1] / "docs"
EXAMPLES = "\b\n"  # Click's own sign for lines that stay as they are
EXIT_STATUSES = (
    (0, "done, also if there is nothing to list or refresh, or the reader of the output closed it early"),
    (1, "doctor found a problem, or the program itself failed"),
    (2, "wrong usage: an unknown command, option or address; or the interface has no terminal"),
    (
        3,
        "not fetched, and there is no copy; not saved (remove); or a file, or the output, could not be read or written",
    ),
    (
        4,
        "nothing found: no article, list, source, tag, rule or backup, nothing to undo; or an unknown file format",
    ),
    (5, "a store cannot be used or is damaged; it is never treated as empty"),
    (6, "another sync, or another catalogue, is being made"),
    (130, "interrupted; 143 or 129, ended by the system (SIGTERM, SIGHUP)"),
)
_MADE = "<!-- Made by tools/reference.py from the program's own declarations. -->\n"


@dataclass(frozen=True, slots=True)
class Command:
    """A command as its help describes it.

    Attributes:
        usage: Its name and what may follow it.
        text: Paragraphs of words, unwrapped; of examples, which begin with `EXAMPLES`, the lines as they are.
        options: Pairs of an option as it is written and what it does.
    """

    usage: str
    text: tuple[str, ...]
    options: tuple[tuple[str, str], ...]


def commands() -> Iterator[Command]:
    """Yield every command in the order of the alphabet, groups before what is in them."""
    context = click.Context(program, info_name="newsreader")
    yield from _commands(program, context)


def _commands(command: click.Command, context: click.Context) -> Iterator[Command]:
    records = (each.get_help_record(context) for each in command.params if isinstance(each, click.Option))
    options = tuple((written, words) for written, words in filter(None, records) if written != "-h, --help")
    pieces = [piece for piece in command.collect_usage_pieces(context) if options or piece != "[OPTIONS]"]
    usage = " ".join((context.command_path, *pieces))
    text = tuple(_paragraph(part) for part in cleandoc(command.help or "").split("\n\n"))
    yield Command(usage, text, options)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                yield from _commands(inner, click.Context(inner, info_name=name, parent=context))


def _paragraph(text: str) -> str:
    return text if text.startswith(EXAMPLES) else " ".join(text.split())


# --- Markdown -----------------------------------------------------------------------------------

_BEFORE_SETTINGS = """\
The program needs no configuration and never writes one by itself. `newsreader config` prints where it would be,
`newsreader config edit` opens it (starting with every setting commented out), `newsreader config default` prints that.
An unknown name or invalid value is reported at the start, with what is allowed; the rest applies.

What you choose in the program itself (theme, text width, site rules) is kept in the library and overrides the file.
"""
_AFTER_SETTINGS = """\
A `[keys]` table gives actions other keys, as in `next-article = ["J", "ctrl+n"]`; [keys.md](keys.md) names them.

An `[[openers]]` table names a program for the files that come with a story, by their media type or by their address;
there may be several, and the first that fits counts. The address replaces `{url}`; the words are handed
over as they are, and no shell takes part. With `terminal = true` the program has the terminal to itself until it ends.

```toml
[[openers]]
match = "audio/*"
run = ["mpv", "--no-video", "{url}"]
terminal = true

[[openers]]
match = "https://video.example/*"
run = ["yt-dlp", "{url}"]
```

Without one for a file, of the programs that are installed mpv plays recordings and films (else yt-dlp downloads them),
feh shows pictures, and `xdg-open` or `open` opens the rest.

## Settings in the program

`:` *settings* shows every setting with its value, and whether that is the default, is from this file, or was changed
there. `Enter` changes it, `Delete` gives it its default again. Changes are kept in the library and apply at once; what
this file says wins, and the program says so. Of `reading.theme`, `reading.width` and `reading.justify` this file says
only what they are at first: what you choose in the program wins, until `Delete`.

## Commands for what happens, and keys of your own

An `[[on]]` table names a command that is run for each new headline of a source (`"new"`; none at a source's first
check), for each article that is saved (`"saved"`), or once at the end of a sync (`"sync-done"`). `query` is a search
that the headline has to match.

```toml
[[on]]
event = "new"
query = "title:storm"
run = ["notify-send", "{title}"]
```

`run` is a program and its words, and no shell takes part: `{title}`, `{url}`, `{source}`, `{event}` and `{count}` are
replaced in them, once, whatever a title holds; one that begins with `-` gets a space before it, so that it is no
option of the program. The same comes as a line of JSON on the standard input. A command is
ended after 10 seconds, and one page runs each command for 20 headlines at most. `newsreader events` lists them;
`newsreader events new --title "A storm is near"` prints what would be run, and runs nothing.

A `[[bind]]` table gives a key several actions, a command about the article or headline, or both; it wins over the
key's own action. `?` lists such keys.

```toml
[[bind]]
key = "ctrl+x"
do = ["save", "next-article"]
run = ["mpv", "{url}"]
title = "save, listen, next"
```

`terminal_title = true` under `[interface]` shows how much is unread in the terminal's title; `notify = "bell"`,
`"osc9"` or `"osc777"` says by the terminal that a refresh has brought headlines.
"""


def configuration_page() -> str:
    """Return the settings as a page."""
    return f"{_MADE}\n# Configuration\n\n{_BEFORE_SETTINGS}\n{settings_reference()}\n{_AFTER_SETTINGS}"


def _actions_by_group() -> dict[str, list[Action]]:
    """Return the actions under their groups, each group once, in the order in which they come."""
    groups: dict[str, list[Action]] = {}
    for action in ACTIONS:
        groups.setdefault(action.group, []).append(action)
    return groups


def keys_page() -> str:
    """Return the actions with their keys in every preset as a page."""
    presets = {name: preset_bindings(name) for name in PRESETS}
    lines = [
        _MADE,
        "# Keys\n",
        "The name in the last column is what the configuration calls an action. Letter keys work in a Cyrillic, Greek",
        "or Hebrew keyboard layout by their place. `?` in the program lists those that work where you are, as they are",
        "bound.",
    ]
    for group, actions in _actions_by_group().items():
        lines += [
            "",
            f"## {group}",
            "",
            f"| {' | '.join(presets)} | what it does | action |",
            "|---" * (len(presets) + 2) + "|",
        ]
        for action in actions:
            keys = (" ".join(_code(shown_key(key)) for key in bound[action.name]) or "–" for bound in presets.values())
            lines.append(f"| {' | '.join(keys)} | {action.description} | `{action.name}` |")
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """Return the command line as a page."""
    lines = [_MADE, "# Commands"]
    for command in commands():
        lines += ["", f"## {_words(command.usage)}", "", "```sh", command.usage, "```", ""]
        lines += ["\n\n".join(_as_markdown(text) for text in command.text)]
        if command.options:
            lines += ["", "| option | what it does |", "|---|---|"]
            lines += [f"| {_code(written)} | {_cell(words)} |" for written, words in command.options]
    lines += ["", "## Exit statuses", "", "The highest, of several addresses.", "", exit_table().rstrip()]
    return "\n".join(lines) + "\n"


def exit_table() -> str:
    """Return the exit statuses as a table of Markdown, as README has it too."""
    rows = [f"| {status} | {words} |" for status, words in EXIT_STATUSES]
    return "\n".join(["| status | meaning |", "|---|---|", *rows]) + "\n"


def _as_markdown(text: str) -> str:
    return f"```\n{text.removeprefix(EXAMPLES)}\n```" if text.startswith(EXAMPLES) else text


def _words(usage: str) -> str:
    return " ".join(word for word in usage.split() if word.islower() and word[0].isalpha())


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else "`" + text.replace("|", "\\|") + "`"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


# --- the manual page ----------------------------------------------------------------------------

_BEFORE_COMMANDS = """\
.TH NEWSREADER 1 "" "newsreader" "User Commands"
.SH NAME
newsreader \\- read any news page in the terminal, online and off
.SH SYNOPSIS
.B newsreader
.RI [ ADDRESS ]
.br
.B newsreader
.I COMMAND
.RI [ ARGUMENT ...]
.SH DESCRIPTION
.B newsreader
shows the page at
.IR ADDRESS ,
which may be any article, section, front page or feed, or the path of an HTML file.
The article is shown without everything around it, the page's own lists of headlines are beside it,
and what was opened can be read again without a network. Without an address the program opens where you were.
A command name wins over a file, and a file over an address;
.B newsreader open
forces an address. Without a scheme https is tried first.
.SH KEYS
.B ?
lists the keys that work where you are, and
.B :
every command by name.
.B q
goes back one level and quits from the list.
Any key can be bound again under [keys] in
.IR config.toml .
"""
_AFTER_COMMANDS = """\
.SH ENVIRONMENT
.TP
.BR NEWSREADER_DATA_DIR ", " NEWSREADER_CACHE_DIR ", " NEWSREADER_CONFIG_DIR
directories in place of the platform's own
.TP
.BR HTTPS_PROXY ", " HTTP_PROXY ", " ALL_PROXY ", " NO_PROXY
proxies, as curl reads them
.TP
.B NO_COLOR
no colours
.TP
.BR LC_ALL ", " LC_MESSAGES ", " LANG
the language of the messages
.SH FILES
.TP
.I ~/.local/share/newsreader/library.db
what is yours: sources, saved articles, marks, tags; copied into
.I backups
beside it once a day
.TP
.I ~/.cache/newsreader/cache.db
what can be fetched again; it can be deleted at any time
.TP
.I ~/.config/newsreader/config.toml
your configuration, if you write one
.SH EXAMPLES
.nf
newsreader bbc.com/news
newsreader read --format markdown https://example.com/story > story.md
newsreader headlines --format json example.com
.fi
"""


_QUOTE = "\\(dq"
_IN_CONFIGURATION = """\
The program needs no configuration. What
.I config.toml
can set is below;
.B :
.I settings
shows it in the program, with each value and where it comes from, and changes it.
Besides, [keys] binds keys, [[bind]] gives a key several actions or a command, [[on]] runs a command when headlines
arrive, an article is saved or a sync is done, and [[openers]] names programs for files."""


def _exit_section() -> str:
    lines = [".SH EXIT STATUS", "The highest, of several addresses."]
    for status, words in EXIT_STATUSES:
        lines += [".TP", str(status), words]
    return "\n".join(lines) + "\n"


def _keys_section() -> str:
    """Return the default keys of every action that has one."""
    lines = []
    for group, actions in _actions_by_group().items():
        lines.append(f".SS {_roff(group)}")
        for action in actions:
            if action.keys:
                keys = ", ".join(shown_key(key) for key in action.keys)
                lines += [".TP", f'.B "{_roff(keys).replace(chr(34), _QUOTE)}"', _roff(action.description)]
    return "\n".join(lines) + "\n.SH OPTIONS\n"


def _settings_section() -> str:
    """Return what can be set in `config.toml`."""
    lines = [".SH CONFIGURATION", _IN_CONFIGURATION]
    for each in DECLARATIONS:
        default = "not set" if each.default is None else json.dumps(each.default)
        words = f"{each.description} Default: {default}; allowed: {each.allowed.words}."
        lines += [".TP", f".B {_roff(each.full_name)}", _roff(words)]
    return "\n".join(lines) + "\n"


def manual_page() -> str:
    """Return the manual page, as man(7) writes it."""
    lines: list[str] = [_keys_section().rstrip()]
    for command in commands():
        if command.usage.startswith("newsreader ["):  # the program itself is above
            lines += [
                line for written, words in command.options for line in (".TP", f".B {_roff(written)}", _roff(words))
            ]
            lines.append(".SH COMMANDS")
            continue
        lines += [".TP", f".B {_roff(command.usage)}", "\n.sp\n".join(_as_roff(text) for text in command.text)]
        for written, words in command.options:
            lines += [".RS", ".TP", f".B {_roff(written)}", _roff(words), ".RE"]
    return _BEFORE_COMMANDS + "\n".join(lines) + "\n" + _settings_section() + _exit_section() + _AFTER_COMMANDS


def _as_roff(text: str) -> str:
    if text.startswith(EXAMPLES):
        return "\n".join((".nf", *(_roff(each) for each in text.removeprefix(EXAMPLES).splitlines()), ".fi"))
    return _roff(text)


def _roff(text: str) -> str:
    text = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    text = re.sub(r"[^\x00-\x7f]", lambda found: f"\\[u{ord(found[0]):04X}]", text)
    return re.sub(r"^(?=[.'])", r"\\&", text)


PAGES = {
    "configuration.md": configuration_page,
    "keys.md": keys_page,
    "commands.md": commands_page,
    "newsreader.1": manual_page,
}


def main() -> None:
    """Write every page."""
    use_language("en")
    DOCS.mkdir(exist_ok=True)
    for name, made in PAGES.items():
        (DOCS / name).write_text(made(), encoding="utf-8")
        sys.stdout.write(f"docs/{name}\n")


if __name__ == "__main__":
    main()
