"""What class names say of words beside pictures: that they are a caption, or who took the picture."""

from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.document import name_words, whole_text
from newsreader.extraction.phrases import words
from newsreader.extraction.punctuation import SENTENCE_ENDS

CAPTION_NAMES = words("bildunterschrift caption captions cutline legend legende")
CREDIT_NAMES = words("attribution contributor copyright credit credits photographer")
CREDIT_NAMES_IN_BOX = CREDIT_NAMES | words("agency author byline distributor source")
"""In the box of a picture; elsewhere the last are of who wrote the story."""
PICTURE_NAMES = words("figure hmedia image photo picture")
_LEVELS_NEAR = 2
_SHOWN = (
    "img", "amp-img", "picture", "figure", "video", "audio", "iframe", "canvas", "svg", "table", "object", "embed",
)  # fmt: skip


def is_caption_of_nothing(paragraph: Element) -> bool:
    """Return whether a sentence is named as a caption, and nothing near it is a picture, a film or a table."""
    names = name_words(paragraph)
    if CAPTION_NAMES.isdisjoint(names) or not CREDIT_NAMES.isdisjoint(names):
        return False
    if not whole_text(paragraph).rstrip().endswith(SENTENCE_ENDS):
        return False
    near = islice(paragraph.iterancestors(), _LEVELS_NEAR)
    return not any(next(box.iter(*_SHOWN), None) is not None for box in near)
