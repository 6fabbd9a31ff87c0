"""Questions and their answers behind or within a text: each a heading that asks, and what is said to it."""

from collections.abc import Iterator, Sequence
from itertools import islice

from newsreader.extraction.article.furniture import is_question
from newsreader.extraction.fragments import HEADINGS, Scrap

_LEAST = 2  # questions in a row
_LEAST_ANSWER = 40  # characters of all that is said to one
_MOST_PARTS = 30  # paragraphs and items of one answer
_ASKS = HEADINGS | {"summary", "dt", "button"}


def answered_questions(scraps: Sequence[Scrap]) -> Iterator[Scrap]:
    """Yield two or more questions in a row with their answers, and the heading over them."""
    place = 0
    while place < len(scraps):
        run, questions = _run_from(scraps, place)
        if questions >= _LEAST:
            over = scraps[place - 1] if place else None
            if over is not None and over.tag in HEADINGS - {"h1"} and over.link_share == 0:
                yield over
            yield from run
        place += max(1, len(run))


def _run_from(scraps: Sequence[Scrap], place: int) -> tuple[list[Scrap], int]:
    """Return the questions of one form that begin at a place, with their answers, and how many they are."""
    run: list[Scrap] = []
    questions = 0
    form = _form(scraps[place])
    while form is not None and place < len(scraps) and _form(scraps[place]) == form:
        question = scraps[place]
        answer = list(_answer(scraps, place + 1))
        if sum(scrap.length for scrap in answer) < _LEAST_ANSWER or not any(scrap.is_sentence for scrap in answer):
            break
        run += [question, *answer]
        questions += 1
        place += 1 + len(answer)
    return run, questions


def _form(scrap: Scrap) -> tuple[str, ...] | None:
    """Return the form of what asks; None where nothing does."""
    if not is_question(scrap) or scrap.link_share > 0 or scrap.is_beside_list:
        return None
    for element in islice((scrap.element, *scrap.element.iterancestors()), 3):
        if element.tag in _ASKS and element.tag != "h1":
            parent = element.getparent()
            around = "" if parent is None else f"{parent.tag} {parent.get('class')}"
            return str(element.tag), element.get("class") or "", around
    return None


def _answer(scraps: Sequence[Scrap], place: int) -> Iterator[Scrap]:
    """Yield what is said up to the next heading, or to something that is all link."""
    for scrap in islice(scraps, place, place + _MOST_PARTS):
        if scrap.tag in HEADINGS or _form(scrap) is not None or scrap.link_share > 0.5 or scrap.is_beside_list:
            return
        yield scrap
