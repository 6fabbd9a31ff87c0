"""Questions and answers after or within a text: each a heading that asks, and the text that answers."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice, takewhile

from lxml.etree import _Element as Element

from newsreader.extraction.article.furniture import is_question
from newsreader.extraction.document import row_name, up_from
from newsreader.extraction.fragments import HEADINGS, Fragment

_LEAST = 2  # questions in a row
_LEAST_ANSWER = 40  # characters of all answers to one
_MOST_PARTS = 30  # paragraphs and items of one answer
_ASKS = HEADINGS | {"summary", "dt", "button"}


def answered_questions(fragments: Sequence[Fragment]) -> Iterator[list[Fragment]]:
    """Yield two or more questions in a row with their answers, the heading over them first."""
    index = 0
    while index < len(fragments):
        run, questions = _run_from(fragments, index)
        if questions >= _LEAST:
            over = fragments[index - 1 : index]
            is_heading = any(each.tag in HEADINGS - {"h1"} and each.link_share == 0 for each in over)
            yield [*over, *run] if is_heading else run
        index += max(1, len(run))


def _run_from(fragments: Sequence[Fragment], index: int) -> tuple[list[Fragment], int]:
    """Return the run of similar questions that begins at an index, with their answers, and how many there are."""
    answers: list[tuple[Fragment, list[Fragment]]] = []
    form = _form(fragments[index])
    while form is not None and index < len(fragments) and _form(fragments[index]) == form:
        question = fragments[index]
        answer = list(_answer(fragments, index + 1))
        if sum(fragment.length for fragment in answer) < _LEAST_ANSWER or not any(
            fragment.is_sentence for fragment in answer
        ):
            break
        answers.append((question, answer))
        index += 1 + len(answer)
    if len(answers) >= _LEAST:
        answers[-1] = (
            answers[-1][0],
            _without_rest(*answers[-1], {each.tag for _, one in answers[:-1] for each in one}),
        )
    return [each for question, answer in answers for each in (question, *answer)], len(answers)


def _without_rest(question: Fragment, answer: list[Fragment], tags: Collection[str]) -> list[Fragment]:
    """Return the last answer without what is below its box and of another form than the other answers."""
    inside = set(answer[0].element.iterancestors())
    box = next((up for up in question.element.iterancestors() if up in inside), question.element)
    return list(takewhile(lambda each: each.tag in tags or box in set(each.element.iterancestors()), answer))


def _form(fragment: Fragment) -> tuple[str, ...] | None:
    """Return the form of what asks; None if nothing does."""
    if not is_question(fragment) or fragment.link_share > 0 or fragment.is_beside_list:
        return None
    for element in up_from(fragment.element, 3):
        if (element.tag in _ASKS and element.tag != "h1") or element.get("role") == "button":
            parent = element.getparent()
            around = "" if parent is None else f"{parent.tag} {_first_name(parent)}"
            return str(element.tag), element.get("class") or "", around
    return None


def _first_name(box: Element) -> str:
    """Return the first class name of a box, which the open one of a row shares with those that are closed."""
    return next(iter((row_name(box) or "").split()), "")


def _answer(fragments: Sequence[Fragment], index: int) -> Iterator[Fragment]:
    """Yield the text up to the next heading, or to a fragment that is all link."""
    for fragment in islice(fragments, index, index + _MOST_PARTS):
        if (
            fragment.tag in HEADINGS
            or _form(fragment) is not None
            or fragment.link_share > 0.5
            or fragment.is_beside_list
        ):
            return
        yield fragment
