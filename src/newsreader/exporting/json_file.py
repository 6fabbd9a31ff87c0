"""Articles as JSON, for other programs: the blocks are those of `jsonform`."""

import json
from collections.abc import Sequence

from newsreader.annotations.web_annotations import annotation_to_json
from newsreader.exporting.edition import Edition, KeptState
from newsreader.jsonform import Json, article_to_json
from newsreader.library_values import Highlight
from newsreader.models import Article


def to_json(edition: Edition) -> str:
    """Return an object for one article, and an array of such objects for several."""
    values = [
        _json(article, edition.highlights.get(article.url, ()), edition.states.get(article.url))
        for article in edition.articles
    ]
    return json.dumps(values[0] if len(values) == 1 else values, ensure_ascii=False, indent=1)


def _json(article: Article, highlights: Sequence[Highlight], state: KeptState | None) -> Json:
    listed = {"highlights": [annotation_to_json(each) for each in highlights]} if highlights else {}
    return article_to_json(article) | {"word_count": article.word_count} | _state_json(state) | listed


def _state_json(state: KeptState | None) -> Json:
    if state is None:
        return {}
    saved = {"saved_at": state.saved_at.isoformat()} if state.saved_at is not None else {}
    return {"tags": list(state.tags), "read": state.is_read} | saved
