"""Pictures that are used as labels of lists."""

import re
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.headlines.heading_texts import can_be_label, said_of_picture, tidied_label
from newsreader.extraction.headlines.tree import Tree, one_line
from newsreader.extraction.headlines.words import reading_width

_LOGO = re.compile(r"(?<!\w)(?:logo(?:type)?|логотип)(?!\w)", re.IGNORECASE)
_FILE_NAME = re.compile(r"\A(?:\S*_\S*|\S*\.(?:jpe?g|png|gif|webp|svg)|[^\s-]+(?:-[^\s-]+){2,})", re.IGNORECASE)
_POINTS_OF_STORY = 1.5


def picture_name(tree: Tree, element: Element) -> str:
    """Return the text of a picture used as a label (the logo of a sister paper); empty if there is none."""
    for picture in islice(element.iter("img", "svg"), 2):
        said = said_of_picture(picture)
        if _leads_elsewhere(tree, picture) or _is_banner(tree, picture, said):
            continue
        name = tidied_label(one_line(_LOGO.sub(" ", said)))
        if reading_width(name) >= 3 and len(name) <= 40 and can_be_label(name) and not _FILE_NAME.fullmatch(name):
            return name
    return ""


def _is_banner(tree: Tree, picture: Element, said: str) -> bool:
    """Return whether a picture says what the whole page is called, before the first words of it."""
    names = (tree.document.title, *tree.document.meta.get("og:site_name", []))
    if one_line(said).casefold() not in {one_line(name).casefold() for name in names if name}:
        return False
    first = next((each for each in tree.body.iter() if each in tree.order and tree.own_text(each).strip()), None)
    return first is not None and tree.order.get(picture, tree.order[first]) < tree.order[first]


def _leads_elsewhere(tree: Tree, picture: Element) -> bool:
    """Return whether a picture is the logo of the page's own site, or a story's."""
    around = next(picture.iterancestors("a"), None)
    link = tree.link_at(around) if around is not None else None
    if link is None:
        return False
    is_home = not link.segments and tree.me is not None and link.site == tree.me.site
    return is_home or link.points >= _POINTS_OF_STORY
