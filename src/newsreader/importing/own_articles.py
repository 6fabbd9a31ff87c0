"""Articles that this program has exported as JSON, with their blocks and with highlights as annotations."""

from collections.abc import Mapping
from html import escape
from typing import Any

from newsreader.exporting.html import picture_html
from newsreader.exporting.html_blocks import blocks_html
from newsreader.jsonform import block_from_json
from newsreader.models import Block

_UNSOUND = (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError)
_COUNTED = "word_count"  # which the text says by itself


def with_own_text(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an entry with its blocks as HTML, and its annotations as other programs write highlights.

    An entry of another program, or one whose blocks are not sound, is returned as it is.
    """
    blocks = entry.get("blocks")
    if not isinstance(blocks, list) or not blocks or "content" in entry:
        return entry
    try:
        content = blocks_html(_read(blocks), picture_html)
    except _UNSOUND:
        return entry
    lead = entry.get("lead")
    if isinstance(lead, str):
        content = f"<p>{escape(lead)}</p>\n{content}"
    left = {name: value for name, value in entry.items() if name not in ("blocks", "lead", _COUNTED)}
    annotations = entry.get("highlights")
    if isinstance(annotations, list):
        left["highlights"] = [_highlight(each) for each in annotations]
    return left | {"content": content}


def _read(blocks: list[Any]) -> list[Block]:
    return [block_from_json(each) for each in blocks]


def _highlight(annotation: Any) -> Any:  # noqa: ANN401  (it may be anything)
    """Return an annotation of the web as an object with its words, note, time and colour."""
    try:
        target = annotation["target"]
        quote = next(each["exact"] for each in target["selector"] if each["type"] == "TextQuoteSelector")
        note = annotation.get("body", {}).get("value", "")
        return {"quote": quote, "note": note, "created": annotation.get("created"), "color": target.get("styleClass")}
    except (*_UNSOUND, StopIteration):
        return annotation
