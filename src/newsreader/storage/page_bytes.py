"""The bytes stored for a page."""

import json

from newsreader.jsonform import page_to_json
from newsreader.memoised import memoised_by_identity
from newsreader.models import Page


@memoised_by_identity(12)  # what is downloaded goes into the cache, and then into the library
def page_bytes(page: Page) -> bytes:
    """Return a page as JSON in UTF-8."""
    return json.dumps(page_to_json(page), ensure_ascii=False).encode("utf-8", "replace")
