"""The list as it was left on the screen, in a small file: the next start shows it before it opens any store.

The length of a list makes no difference: only the rows around those in view are stored.
"""

import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from newsreader.files import read_file
from newsreader.jsonform import headline_from_json, headline_list_from_json, headline_list_to_json, headline_to_json
from newsreader.models import Headline, ListedHeadline
from newsreader.screen_snapshot import KeptSection, ScreenSnapshot, SourceLine

_SHOWN = ("read", "saved", "stored", "failed", "queued", "new", "later", "source", "percent", "tags", "hidden")
_USUAL = ListedHeadline(Headline("", ""))
_FORM = 4  # of the file; another one is left alone and written over


def write_screen(path: Path, screen: ScreenSnapshot) -> None:
    """Store the screen, replacing the one before.

    Raises:
        OSError: it cannot be written; the one before it is still there.
    """
    value = {name: getattr(screen, name) for name in ScreenSnapshot.__dataclass_fields__} | {
        "form": _FORM,
        "fetched_at": screen.fetched_at.isoformat() if screen.fetched_at else None,
        "sections": [_section_to_json(section) for section in screen.sections],
        "source_lines": [[each.is_listed, each.pieces] for each in screen.source_lines],
    }
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise


def screen_file(directory: Path) -> Path:
    """Return where the last screen is kept, in the directory of the cache."""
    return directory / "screen.json"


def read_screen(path: Path) -> ScreenSnapshot | None:
    """Return the screen as it was left; None where none is kept, or another version of the program kept it."""
    try:
        value = json.loads(read_file(path))
        if value.pop("form") != _FORM:
            return None
        fetched_at = value["fetched_at"]
        more = {
            "sections": tuple(_section_from_json(section) for section in value["sections"]),
            "arrangement": tuple(value["arrangement"]),
            "source_lines": tuple(_source_line_from_json(*each) for each in value.get("source_lines", ())),
            "fetched_at": datetime.fromisoformat(fetched_at) if fetched_at else None,
        }
        return ScreenSnapshot(**(value | more))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _source_line_from_json(is_listed: Any, pieces: Any) -> SourceLine:  # noqa: ANN401  (whatever JSON can hold)
    return SourceLine(bool(is_listed), tuple((str(words), str(ink), bool(bold)) for words, ink, bold in pieces))


def _section_to_json(section: KeptSection) -> dict[str, Any]:
    rows = [[index, *_row_to_json(row)] for index, row in section.rows.items()]
    same = {url: [*map(_row_to_json, others)] for url, others in section.same_story.items()}
    source = headline_list_to_json(section.source) if section.source is not None else None
    return {
        "label": section.label, "count": section.count, "folded": section.folded, "source": source, "rows": rows,
        "same_story": same, "hidden": section.hidden, "goes_on": section.goes_on,
    }  # fmt: skip


def _row_to_json(row: ListedHeadline) -> list[Any]:
    """Return a headline, and what is shown of it besides, where that is not as usual."""
    values = {name: getattr(row, name) for name in _SHOWN}
    marks = {name: value for name, value in values.items() if value != getattr(_USUAL, name)}
    return [headline_to_json(row.headline), marks | ({"tags": sorted(row.tags)} if row.tags else {})]


def _row_from_json(headline: Any, marks: Any) -> ListedHeadline:  # noqa: ANN401  (whatever JSON can hold)
    return ListedHeadline(headline_from_json(headline), **(marks | {"tags": frozenset(marks.get("tags", ()))}))


def _section_from_json(value: Any) -> KeptSection:  # noqa: ANN401  (whatever JSON can hold)
    rows = {
        index: _row_from_json(headline, marks)
        for index, headline, marks in value["rows"]
        if 0 <= index < value["count"]
    }
    source = headline_list_from_json(value["source"]) if value["source"] else None
    same = {url: tuple(_row_from_json(*other) for other in others) for url, others in value["same_story"].items()}
    return KeptSection(
        value["label"], value["count"], rows, value["folded"], source, same, value["hidden"], value["goes_on"]
    )
