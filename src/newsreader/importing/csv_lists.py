"""Lists of articles as comma-separated values, as Pocket and Instapaper export them."""

import csv
import io
from collections.abc import Mapping

from newsreader.i18n import N_
from newsreader.importing.values import Gathering, Imported, ImportedArticle, time_in
from newsreader.text import parse_json

_BROKEN = N_("the line cannot be read")
_FOLDERS_OF_ALL = ("", "unread", "archive", "starred")  # of Instapaper: states rather than folders
_STARRED = "starred"


def is_csv(beginning: str) -> bool:
    """Say whether the first line names columns, one of which holds addresses."""
    return "url" in _columns(beginning.partition("\n")[0])


def read_csv(text: str) -> Imported:
    """Return the articles of the lines below the names of the columns."""
    first, _, rest = text.lstrip("\ufeff\r\n").partition("\n")
    columns = _columns(first)
    found = Gathering(_form(columns))
    rows = csv.reader(io.StringIO(rest, newline=""), delimiter=_delimiter(first))
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return found.all()
        except csv.Error:
            found.refuse("", _BROKEN, rows.line_num + 1)
            continue
        if any(row):
            found.article(_article(dict(zip(columns, row, strict=False))), rows.line_num + 1)


def _delimiter(first: str) -> str:
    return ";" if first.count(";") > first.count(",") else ","


def _columns(first: str) -> list[str]:
    names = first.strip().split(_delimiter(first))
    return [name.strip().strip('"').lower() for name in names]


def _form(columns: list[str]) -> str:
    if "time_added" in columns:
        return "Pocket CSV"
    return "Instapaper CSV" if "folder" in columns or "selection" in columns else "CSV"


def _article(row: Mapping[str, str]) -> ImportedArticle:
    folder = row.get("folder", "").strip()
    tags = _tags(row.get("tags", ""))
    if folder.lower() not in _FOLDERS_OF_ALL:
        tags.append(folder)
    if folder.lower() == _STARRED:
        tags.append(_STARRED)
    time = row.get("time_added") or row.get("timestamp") or row.get("created")
    is_read = "archive" in (row.get("status", "").strip().lower(), folder.lower())
    return ImportedArticle(row.get("url", ""), row.get("title", ""), tuple(tags), time_in(time), is_read)


def _tags(text: str) -> list[str]:
    """Return tags as Pocket joins them, with bars, or as Instapaper does, as JSON; or between commas."""
    if text.lstrip().startswith("["):
        try:
            value = parse_json(text)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, list):
            return [tag for tag in value if isinstance(tag, str)]
    return text.split("|" if "|" in text else ",")
