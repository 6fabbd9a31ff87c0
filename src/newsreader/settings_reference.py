"""The configuration written out: the file that names every setting, and the table of the documentation."""

import json
from collections.abc import Iterator

from newsreader.i18n import gettext
from newsreader.setting_kinds import KEYS, OPENERS, Declaration
from newsreader.settings import DECLARATIONS


def default_config() -> str:
    """Return a `config.toml` that sets nothing and shows everything, each setting with its default behind a `#`."""
    return "\n".join(_default_lines()) + "\n"


def _default_lines() -> Iterator[str]:
    yield "# " + gettext("Settings of newsreader. Take the # away from a line to change it.")
    section = ""
    for declaration in DECLARATIONS:
        if declaration.section != section:
            section = declaration.section
            yield f"\n[{section}]"
        yield f"# {gettext(declaration.description)}"
        yield "# " + gettext("Allowed:") + f" {declaration.allowed.words}"
        yield f"# {declaration.name} = {_example(declaration)}"
    yield f"\n[{KEYS}]"
    yield "# " + gettext("Keys of an action, in place of its default ones; the help (?) names the actions.")
    yield '# next-article = ["J", "ctrl+n"]'
    yield "\n# " + gettext("A program for what items of feeds bring, by media type or address; no shell is used.")
    yield f"#   [[{OPENERS}]]"
    yield '#   match = "audio/*"'
    yield '#   run = ["mpv", "{url}"]'
    yield "#   terminal = true"
    yield "\n# " + gettext("A command that prints your password for a host; run without a shell.")
    yield "#   [[passwords]]"
    yield '#   host = "reader.example"'
    yield '#   user = "ada"'
    yield '#   password_command = ["pass", "show", "reader.example"]'
    yield "\n# " + gettext("A command for each new headline, saved article, or end of a sync; run without a shell.")
    yield "#   [[on]]"
    yield '#   event = "new"      # "new", "saved" or "sync-done"'
    yield '#   query = "storm"'
    yield '#   run = ["notify-send", "{title}"]'
    yield "\n# " + gettext("A key for several actions, or for a command.")
    yield "#   [[bind]]"
    yield '#   key = "ctrl+x"'
    yield '#   do = ["save", "next-article"]'
    yield '#   run = ["mpv", "{url}"]'


def _example(declaration: Declaration) -> str:
    return json.dumps(declaration.example if declaration.default is None else declaration.default)


def settings_reference() -> str:
    """Return every setting as a Markdown table, for the documentation."""
    rows = [
        "| {} | {} | {} | {} |".format(
            gettext("Setting"), gettext("Default"), gettext("Allowed"), gettext("What it does")
        ),
        "|---|---|---|---|",
    ]
    for declaration in DECLARATIONS:
        default = f"`{json.dumps(declaration.default)}`" if declaration.default is not None else gettext("not set")
        cells = (f"`{declaration.full_name}`", default, declaration.allowed.words, gettext(declaration.description))
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"
