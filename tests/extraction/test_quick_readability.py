"""Readability's steps for less time take what its own take."""

import copy
from pathlib import Path
from typing import Any

import pytest
from benchmarks.measure import pages
from lxml.etree import _Element as Element
from readability import Document as Readability

from newsreader.extraction.article.pruning import Strictness, pruned
from newsreader.extraction.article.quick_readability import QuickReadability
from newsreader.extraction.document import parse_document

PAGES = [body.decode() for _, body, _, _ in pages(Path(__file__).parent / "off_news_pages")]
SMALL = (
    "<div>words <b>and</b> more<br>of <i>them</i><p>a paragraph, with commas, of some length</p>rest <img> end</div>",
    "<div class=comment><pre>code</pre></div><div class='sidebar'><article>a story, kept</article></div>",
    "<div><div><span>only <em>words</em>, no blocks at all in here</span></div> tail <a href=/x>link</a></div>",
    "<p>" + "word " * 60 + "\u3000" * 254 + "</p><p>" + "w" * 254 + " \u3000" * 128 + "end" + "\u00a0" * 255 + "w</p>",
    "<p>" + " \n\t ".join(["white   space"] * 9) + "\u00a0" * 300 + "</p><p>" + "\u00a0 " * 200 + "end</p>",
)


def taken(maker: type[Any], tree: Element) -> tuple[str, list[str]]:
    """Return the words that are taken, and the tags of what holds them."""

    class OnTree(maker):  # type: ignore[misc]
        def _parse(self, _: object) -> Element:
            return copy.deepcopy(tree)

        def get_clean_html(self) -> str:
            return "".join(self.html.itertext())

    reader = OnTree("")
    return reader.summary(html_partial=True), [element.tag for element in reader.html.iter()]


@pytest.mark.parametrize("markup", [*PAGES, *SMALL])
@pytest.mark.parametrize("strictness", [Strictness.STRICT, Strictness.EVERYTHING])
def test_the_same_is_taken(markup: str, strictness: Strictness) -> None:
    tree = pruned(parse_document(markup, "https://site.example/"), frozenset(), strictness).tree
    assert taken(QuickReadability, tree) == taken(Readability, tree)
