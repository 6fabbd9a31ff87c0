"""The points that sum a story up, in a list right below its title."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.choice import Choice
from newsreader.extraction.document import name_words, up_from
from newsreader.extraction.fragments import Fragment, comparison_key

KEY_POINT = "a key point"
"""Why an item of such a list is kept."""

_FEWEST, _MOST = 2, 7  # points
_SHORTEST, _LONGEST, _LEAST_BLANKS = 20, 250, 3  # letters of a point, blanks in it
_FARTHEST = 4  # fragments below the title
_OF_PAGE = phrases.OF_AUTHORS | phrases.words("breadcrumb breadcrumbs date info menu meta nav share social tags tools")
_LEVELS, _LEVELS_OF_ITEM = 2, 3


def key_points(choice: Choice) -> Iterator[Fragment]:
    """Yield the items of a list without links that is right below the title, in what frames the text."""
    first = next((fragment.index for fragment in choice.fragments if fragment.kept), 0)
    titles = [each.index for each in choice.fragments[:first] if _is_title(choice, each)]
    if not titles:
        return
    above = choice.fragments[titles[-1] + 1 : first]
    head = next((item for each in above[:_FARTHEST] if (item := _item_of(each)) is not None), None)
    box = None if head is None else head.getparent()
    points = [each for each in above if (item := _item_of(each)) is not None and item.getparent() is box]
    if box is None or choice.frame not in choice.paths.of(points[0]):
        return
    while points and points[-1].link_share > 0:  # what the site offers below its points
        points.pop()
    links = choice.document.link_length.get(box, 0)
    length = sum(len(each.text) for each in points)
    is_all = abs(choice.document.text_length.get(box, 0) - links - length) <= len(points)
    names = {name for each in up_from(box, _LEVELS) for name in name_words(each)}
    if is_all and _FEWEST <= len(points) <= _MOST and names.isdisjoint(_OF_PAGE) and all(map(_is_point, points)):
        yield from points


def _is_title(choice: Choice, fragment: Fragment) -> bool:
    return fragment.tag == "h1" and comparison_key(fragment.text) in choice.clues.titles


def _item_of(fragment: Fragment) -> Element | None:
    """Return the item of a list that a line is, or is in."""
    around = up_from(fragment.element, _LEVELS_OF_ITEM)
    return next((each for each in around if each.tag == "li"), None)


def _is_point(fragment: Fragment) -> bool:
    """Return whether an item of a list says something, and neither leads somewhere nor dates the page."""
    if fragment.link_share > 0 or not _SHORTEST <= fragment.length <= _LONGEST:
        return False
    has_words = fragment.text.count(" ") >= _LEAST_BLANKS or not fragment.text.isascii()
    return has_words and (fragment.is_sentence or not phrases.LOOKS_DATED.search(fragment.text))
