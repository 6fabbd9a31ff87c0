"""Headers as they are given on the command line."""

import click

from newsreader.i18n import gettext as _
from newsreader.request_headers import may_be_header
from newsreader.text import line


def header_of(text: str) -> tuple[str, str]:
    """Return the name and the value of a header that is given as NAME:VALUE."""
    name, colon, value = text.partition(":")
    if not colon or not may_be_header(name.strip(), value.strip()):
        raise click.UsageError(_("The header {header} cannot be sent.").format(header=line(name, 60)))
    return name.strip(), value.strip()
