"""The catalogues as people edit them (.po) and as the program reads them (.mo): the second are made from the first.

Needs Babel and nothing of the program: it is used while the program is being installed, too.
"""

import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

LOCALE = Path("src") / "newsreader" / "locale"  # from the root of the project
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def po_files(root: Path) -> list[Path]:
    """Return the catalogues of a project, in the order of their languages."""
    return sorted((root / LOCALE).glob("*/LC_MESSAGES/*.po"))


def compiled(po_file: Path) -> bytes:
    """Return what the program reads in place of a catalogue; messages without a translation are left out of it."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with po_file.open("rb") as stream:
        words = read_po(stream, locale=po_file.parents[1].name, abort_invalid=True)
    words.creation_date = words.revision_date = _NO_DATE
    result = BytesIO()
    write_mo(result, words)
    return result.getvalue()


def compile_changed(root: Path) -> list[Path]:
    """Write the .mo file beside every .po file that is newer than it, and return those that were written.

    Each file appears whole: another process may read it meanwhile.
    """
    written = []
    for po_file in po_files(root):
        mo_file = po_file.with_suffix(".mo")
        if not mo_file.exists() or mo_file.stat().st_mtime_ns < po_file.stat().st_mtime_ns:
            part = mo_file.with_suffix(f".{os.getpid()}.part")
            part.write_bytes(compiled(po_file))
            part.replace(mo_file)
            written.append(mo_file)
    return written
