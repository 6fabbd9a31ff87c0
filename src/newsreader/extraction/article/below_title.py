"""Text right below the title, of which readability took only what follows: an interview that is folded, a list."""

from collections.abc import Sequence

from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.fragment_facts import class_of_text, is_call, is_of_a_figure, says_title
from newsreader.extraction.article.furniture import is_furniture
from newsreader.extraction.article.section_headings import is_teaser
from newsreader.extraction.fragments import Fragment

_LEAST_PARAGRAPH, _LEAST_TEXT = 100, 800  # characters; more than a standfirst and a caption have
_MOST_LINKED = 0.2  # of a paragraph
_MOST_LINKED_BETWEEN = 0.5  # of what is between the paragraphs


def keep_below_title(choice: Choice) -> None:
    """Keep the paragraphs between the title and the text: a page's story is what begins below its title."""
    kept = choice.kept()
    if not kept:
        return
    first = kept[0].index
    title = next((each.index for each in reversed(choice.fragments[:first]) if _is_title(choice, each)), None)
    if title is None:
        return
    left_out = [each for each in choice.fragments[title + 1 : first] if _is_paragraph(choice, each)]
    is_much = len(left_out) > 1 and sum(each.length for each in left_out) >= _LEAST_TEXT
    if not is_much and not (left_out and _have_class_of_text(left_out, kept)):
        return
    for fragment in choice.fragments[left_out[0].index : first]:
        if fragment.link_share < _MOST_LINKED_BETWEEN and not fragment.is_beside_list:
            choice.keep(fragment, "below the title")


def _is_title(choice: Choice, fragment: Fragment) -> bool:
    return fragment.tag == "h1" or says_title(fragment, choice.clues.named_titles)


def _have_class_of_text(paragraphs: Sequence[Fragment], text: Sequence[Fragment]) -> bool:
    names = class_of_text(text)
    return names != "" and all(each.element.get("class") == names for each in paragraphs)


def _is_paragraph(choice: Choice, fragment: Fragment) -> bool:
    if not fragment.is_sentence or fragment.length < _LEAST_PARAGRAPH or fragment.link_share >= _MOST_LINKED:
        return False
    if is_furniture(fragment) or is_call(fragment) or is_of_a_figure(fragment.element):
        return False
    return not is_teaser(fragment, choice.fragments, choice.document)
