"""A heading of the text that was not taken with it, though those of the other sections were."""

from collections import Counter

from newsreader.extraction.article.choice import Choice
from newsreader.extraction.fragments import HEADINGS, Fragment

_LEAST_ALIKE = 3
_LONGEST = 120  # letters


def keep_like_headings(choice: Choice) -> None:
    """Keep a heading right between words of the text, if three that are made like it are kept: it is of their row."""
    kept = Counter(map(_form, (each for each in choice.kept() if each.tag in HEADINGS)))
    for above, fragment, below in zip(choice.fragments, choice.fragments[1:], choice.fragments[2:], strict=False):
        if fragment.kept or fragment.reason or fragment.tag not in HEADINGS or not (above.kept and below.kept):
            continue
        is_plain = fragment.link_share == 0 and fragment.length <= _LONGEST and not fragment.is_beside_list
        is_over_text = above.tag not in HEADINGS and below.is_prose and below.tag not in HEADINGS
        if is_plain and is_over_text and kept[_form(fragment)] >= _LEAST_ALIKE:
            choice.keep(fragment, "like other headings")
            choice.sure.add(fragment.index)


def _form(fragment: Fragment) -> tuple[str, str]:
    return fragment.tag, fragment.element.get("class") or ""
