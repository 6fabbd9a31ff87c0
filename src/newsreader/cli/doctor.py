"""`doctor`: whether everything is in order, and what to do where it is not."""

import os
import sys

import click

from newsreader.cli.output import print_json
from newsreader.cli.running import Run, terminal_width, typed_address, with_optional_library
from newsreader.cli.terminal import check_terminal
from newsreader.i18n import N_
from newsreader.i18n import gettext as _
from newsreader.service.doctor import CheckResult, Health
from newsreader.settings import load_settings
from newsreader.text import line

NOT_IN_ORDER = 1
_COLOURS = {Health.OK: "green", Health.WARNING: "yellow", Health.ERROR: "red", Health.UNKNOWN: None}


@click.command(short_help="Check stores, terminal and network.")
@click.argument("address", required=False)
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@with_optional_library
async def doctor(run: Run, address: str | None, output_format: str) -> None:
    """Check directories, stores, backups, terminal and network, and say what to do about each.

    The site at ADDRESS is asked to try the network; without it the first of your sources is.
    """
    path = run.service.directories.config / "config.toml"
    _settings, problems = load_settings(path)
    found = [
        *(CheckResult(N_("configuration"), Health.WARNING, each.message, each.advice) for each in problems),
        *await run.service.doctor.check(typed_address(address) if address else None),
        *check_terminal(os.environ),
    ]
    if any(finding.health is Health.ERROR for finding in found):
        run.status = NOT_IN_ORDER
    for finding in found:
        if output_format == "json":
            value = {
                "about": finding.about,
                "health": finding.health.value,
                "text": finding.text,
                "advice": finding.advice,
            }
            print_json(value, run.stream)
        else:
            click.echo(_as_text(finding), file=run.stream)
    if output_format == "text":
        click.echo(_summary(found), file=run.stream)


def _as_text(finding: CheckResult) -> str:
    words = {Health.OK: _("ok"), Health.WARNING: _("note"), Health.ERROR: _("ERROR"), Health.UNKNOWN: "?"}
    room = max(map(len, words.values()))
    mark = click.style(words[finding.health].ljust(room), fg=_COLOURS[finding.health])
    indent = " " * (room + 1 + 15)
    text = _wrapped(line(finding.text, 1000), indent)
    advice = f"\n{indent}{_wrapped(line(finding.advice, 1000), indent)}" if finding.advice else ""
    return f"{mark} {line(_(finding.about), 40):14} {text}{advice}"


def _wrapped(text: str, indent: str) -> str:
    if not sys.stdout.isatty():
        return text
    from newsreader.typesetting.wrapping import wrap

    room = max(20, terminal_width() - len(indent))
    return f"\n{indent}".join(text[found.start : found.end] for found in wrap(text, room))


def _summary(found: list[CheckResult]) -> str:
    errors = sum(finding.health is Health.ERROR for finding in found)
    notes = sum(finding.health is Health.WARNING for finding in found)
    if errors:
        return _("Problems: {count}.").format(count=errors)
    return _("Everything is in order; notes: {count}.").format(count=notes) if notes else _("Everything is in order.")
