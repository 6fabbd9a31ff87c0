"""What a page prints twice: a paragraph, such as its lead, a call with its link, or the whole text."""

from itertools import islice, pairwise

from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.fragment_facts import is_within
from newsreader.extraction.document import name_words, up_from
from newsreader.extraction.fragments import Fragment, comparison_key

_SHORTEST_FIRST, _FEWEST_OTHERS = 60, 3  # letters, paragraphs
_MOST_AGAIN = 0.7  # of what follows
_SHORTEST_PULLED, _NEAR, _LEVELS_OF_PULLED = 12, 6, 4  # letters, fragments, elements
_SHORTEST_QUOTED, _LONGEST_NAME = 25, 80  # letters
_PARAGRAPHS_OF_TEXT = frozenset(("li", "td", "th", "pre"))
_BOTH_SIDES, _LEAST_OF_NOTE = 2, 120  # lines, letters
_LONGEST_CALL, _MARKS = 300, frozenset(("em", "i", "b", "strong"))  # letters


def drop_repetitions(choice: Choice) -> None:
    """Drop a paragraph that is there already, word for word, such as a lead printed again.

    One between short lines that are there already too is of a text in which the same items come again, such as a plan.
    """
    kept = choice.kept()
    keys = [comparison_key(fragment.text) for fragment in kept]
    notes = [_is_of_note(fragment, key) for fragment, key in zip(kept, keys, strict=True)]
    leads = {key for key, fragment in zip(keys, kept, strict=True) if fragment.is_lead}
    seen: set[str] = set()
    for place, words in enumerate(keys):
        around = [other for other in (place - 1, place + 1) if 0 <= other < len(keys)]
        is_of_plan = len(around) == _BOTH_SIDES and all(keys[other] in seen and not notes[other] for other in around)
        if words in seen and (words in leads or (notes[place] and not is_of_plan)):
            choice.drop(kept[place], "repetition")
        seen.add(words)


def drop_pull_quotes(choice: Choice) -> None:
    """Drop a box that by its name shows words of the text in large letters, where a paragraph near has all of them."""
    kept = choice.kept()
    for place, fragment in enumerate(kept):
        words = comparison_key(fragment.text)
        if fragment.tag in _PARAGRAPHS_OF_TEXT or not len(words) >= _SHORTEST_PULLED or not _is_pulled(fragment):
            continue
        near = kept[max(0, place - _NEAR) : place + _NEAR + 1]
        if any(other is not fragment and other.is_prose and words in comparison_key(other.text) for other in near):
            choice.drop(fragment, "pulled from the text")
            for said in kept[place + 1 : place + 2]:  # who said it
                if _is_below_in_quotation(fragment, said):
                    choice.drop(said, "pulled from the text")


def _is_below_in_quotation(quotation: Fragment, said: Fragment) -> bool:
    """Return whether a few words are in the same quotation as others above them: whose words these are."""
    box = next(quotation.element.iterancestors("blockquote"), None)
    is_short = said.length < _LONGEST_NAME and not said.is_sentence
    return is_short and box is not None and any(up is box for up in (said.element, *said.element.iterancestors()))


def _is_pulled(fragment: Fragment) -> bool:
    """Return whether the name of a fragment's box, or of one near around it, is that of a pull quote."""
    boxes = up_from(fragment.element, _LEVELS_OF_PULLED)
    names = (name_words(box) for box in boxes)
    if is_within(fragment, "blockquote") and len(comparison_key(fragment.text)) >= _SHORTEST_QUOTED:
        return True
    return any("pullquote" in each or ("pull", "quote") in pairwise(each) for each in names)


def _is_of_note(fragment: Fragment, words: str) -> bool:
    """Return whether a line is too long to be in a text twice by chance."""
    is_paragraph = fragment.is_sentence and fragment.tag not in ("li", "td", "th", "pre")
    return is_paragraph and len(words) >= _LEAST_OF_NOTE


def drop_second_printing(choice: Choice) -> None:
    """Drop the text that is there once more, from its beginning on, as where a page has one for small screens."""
    kept = choice.kept()
    keys = [comparison_key(fragment.text) for fragment in kept]
    begin = set(islice((key for key in keys if len(key) >= _SHORTEST_FIRST), _FEWEST_OTHERS))
    first: dict[str, int] = {}
    places = ((place, first.setdefault(key, place)) for place, key in enumerate(keys) if key in begin)
    second = next((place for place, before in places if place - before >= _FEWEST_OTHERS), None)
    if second is None:
        return
    known = set(keys[:second])
    again = [fragment for fragment, key in zip(kept[second:], keys[second:], strict=True) if key in known]
    behind = sum(fragment.length for fragment in kept[second:])
    is_whole = len(known.intersection(keys[second:])) >= _FEWEST_OTHERS
    if is_whole and sum(fragment.length for fragment in again) >= _MOST_AGAIN * behind:
        for fragment in again:
            choice.drop(fragment, "printed again")


def drop_repeated_calls(choice: Choice) -> None:
    """Drop lines in italics or the like, with a link in them, that are printed more than once with the same link."""
    calls: dict[tuple[str, str], list[Fragment]] = {}
    for fragment in choice.fragments:
        is_line = fragment.tag == "p" and fragment.length <= _LONGEST_CALL
        if is_line and fragment.link_share > 0 and _is_all_marked(fragment):
            target = next((link.get("href") or "" for link in fragment.element.iter("a")), "")
            calls.setdefault((comparison_key(fragment.text), target), []).append(fragment)
    for printed in calls.values():
        if len(printed) > 1:
            for fragment in filter(lambda each: each.kept, printed):
                choice.drop(fragment, "a call printed again")


def _is_all_marked(fragment: Fragment) -> bool:
    """Return whether all words of a line are in italics or bold, in whichever elements."""
    owners = {owner for text, owner in fragment.pieces if text.strip()}
    return all(any(up.tag in _MARKS for up in up_from(owner, 3)) for owner in owners)
