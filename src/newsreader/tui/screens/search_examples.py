"""The language of searches, taught by examples below the empty box; pure."""

from textual.content import Content

from newsreader.i18n import N_, gettext
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.widgets.headline_list import wrapped

_EXAMPLES = (
    ("harbour dredging", N_("both words, in any form")),
    ('"storm warning"', N_("exactly these words")),
    ("harb*  -quota", N_("a beginning; without a word")),
    ("ferry OR tunnel", N_("either")),
    ("title:storm", N_("in the title")),
    ("source:bbc", N_("of a source, or a site")),
    ("tag:later", N_("with your tag")),
    ("is:unread", N_("also is:read, is:saved, is:downloaded, is:later")),
    ("has:note", N_("with a note of yours; also has:highlight")),
    ("lang:uk", N_("in this language")),
    ("after:7d", N_("since then; also 2026-11-01, yesterday")),
    ("before:2026-11", N_("until then")),
)


def search_examples(palette: Palette, width: int) -> Content:
    """Return each example with what it finds, in a width."""
    first = max(len(example) for example, _ in _EXAMPLES) + 3
    rows = []
    for example, words in _EXAMPLES:
        explained = f"\n{' ' * first}".join(wrapped(gettext(words), max(10, width - first), 3))
        rows.append(Content.assemble((example.ljust(first), hue(palette.text)), (explained, hue(palette.muted))))
    return Content("\n").join(rows)
