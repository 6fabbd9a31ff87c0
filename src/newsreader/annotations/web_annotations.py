"""Highlights as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), for other programs."""

from typing import Any

from newsreader.library_values import Highlight

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def annotation_to_json(highlight: Highlight) -> dict[str, Any]:
    """Return a highlight as an annotation; its colour is the class of the style of its target."""
    anchor = highlight.anchor
    body = {"type": "TextualBody", "value": highlight.note, "format": "text/plain", "purpose": "commenting"}
    return {
        "@context": CONTEXT,
        "id": f"urn:uuid:{highlight.id}",
        "type": "Annotation",
        "motivation": "commenting" if highlight.note else "highlighting",
        "created": highlight.created_at.isoformat(timespec="seconds"),
        "modified": highlight.changed_at.isoformat(timespec="seconds"),
        **({"body": body} if highlight.note else {}),
        "target": {
            "source": highlight.url,
            "title": highlight.title,
            "styleClass": highlight.colour.value,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": anchor.exact,
                    "prefix": anchor.prefix,
                    "suffix": anchor.suffix,
                },
                {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end},
            ],
        },
    }
