"""Lists of articles as comma-separated values, as programs for reading later and for bookmarks export them."""

import csv
import io

from newsreader.i18n import N_
from newsreader.importing.fields import Fields, ProgramFormat, known_format, plain_name, role_of
from newsreader.importing.values import Gathering, Imported

_BROKEN = N_("the line cannot be read")
_LARGEST_CELL = 64 * 1024 * 1024  # the text of a whole article, with its pictures
_ARTICLES = ProgramFormat("CSV")
_FORMATS = (
    (frozenset({"timeadded"}), ProgramFormat("Pocket CSV", separators="|", read_codes=("1",))),
    (frozenset({"selection", "folder"}), ProgramFormat("Instapaper CSV")),
    (frozenset({"excerpt", "cover"}), ProgramFormat("Raindrop CSV", between_folders="/")),
    (frozenset({"highlights", "favorite"}), ProgramFormat("Raindrop CSV", between_folders="/")),
    (frozenset({"documenttags"}), ProgramFormat("Readwise Reader CSV")),
    (frozenset({"readingprogress", "location"}), ProgramFormat("Readwise Reader CSV")),
    (frozenset({"inqueue", "url"}), ProgramFormat("Matter CSV", separators=";")),
    (frozenset({"highlightcount", "lastinteractiondate"}), ProgramFormat("Matter CSV", separators=";")),
    (frozenset({"savedat", "labels"}), ProgramFormat("Omnivore CSV")),
    (frozenset({"created", "labels"}), ProgramFormat("Readeck CSV")),
    (frozenset({"mimetype", "creationdate"}), ProgramFormat("wallabag CSV", separators=",", times="%d/%m/%Y %H:%M:%S")),
    (frozenset({"folder", "timestamp"}), ProgramFormat("Instapaper CSV")),
)


def is_csv(beginning: str) -> bool:
    """Return whether the first line names columns, one of which holds addresses."""
    return "url" in map(role_of, _columns(beginning.partition("\n")[0]))


def read_csv(text: str) -> Imported:
    """Return the articles of the lines below the names of the columns; columns that are not taken are named."""
    first, _, rest = text.lstrip("\ufeff\r\n").partition("\n")
    columns = _columns(first)
    file_format = known_format(columns, _FORMATS, _ARTICLES)
    found = Gathering(file_format.name)
    csv.field_size_limit(_LARGEST_CELL)
    rows = csv.reader(io.StringIO(rest, newline=""), delimiter=_delimiter(first))
    fields = Fields(file_format)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return found.all()
        except csv.Error:
            found.refuse("", _BROKEN, rows.line_num + 1)
            continue
        if any(row):
            _take(found, fields, dict(zip(columns, row, strict=False)), rows.line_num + 1)


def _take(found: Gathering, fields: Fields, row: dict[str, str], place: int) -> None:
    article = fields.article_of(row)
    if article is None:
        found.refuse_address(", ".join(filter(None, row.values())), place)
        return
    found.article(article, place)
    found.left_out(fields.left)


def _delimiter(first: str) -> str:
    return max(",;\t", key=first.count)


def _columns(first: str) -> list[str]:
    """Return the names of the columns; none if the line cannot be one of names."""
    if "://" in first:
        return []
    try:
        names = next(csv.reader([first.strip()], delimiter=_delimiter(first)), [])
    except csv.Error:
        return []
    return [name.strip() if plain_name(name) else "" for name in names]
