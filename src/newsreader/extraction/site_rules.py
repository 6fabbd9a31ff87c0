"""A reader's rule for a site: describing the element chosen on one page, and finding it on another."""

from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.document import Document
from newsreader.site_rules import RuleStep, SiteRule
from newsreader.text import line
from newsreader.urls import host_of

_MOST_STEPS = 6
_MOST_NAMES = 8
_LONGEST_NAME = 40
# Elements that have the names of the chosen one and are looked at further, those of most text first.
_MOST_LOOKED_AT = 64
_ALIKE = 0.5
_LAST_POSITION = 500


def rule_for(document: Document, element: Element) -> SiteRule:
    """Return the rule that describes the element and its ancestors, by nothing specific to this one page."""
    path = [
        each for each in (element, *element.iterancestors()) if each is not document.body and each in document.order
    ]
    steps = [_step(each) for each in reversed(path[:_MOST_STEPS])]
    return SiteRule(host_of(document.url), tuple(steps), document.url)


def matched(document: Document, rule: SiteRule) -> Element | None:
    """Return the element of the page that the rule describes; None if there is none like it."""
    if not rule.steps:
        return None
    wanted = rule.steps[-1]
    alike = [
        (likeness, document.text_length[element], element)
        for element in document.order
        if element.tag == wanted.tag
        and element is not document.body
        and document.text_length[element]
        and (likeness := _likeness(wanted.names, _names(element))) >= _ALIKE
    ]
    alike.sort(key=lambda found: found[:2], reverse=True)
    best: Element | None = None
    best_score = 0.0
    for likeness, _, element in alike[:_MOST_LOOKED_AT]:
        around = _share_of_steps(rule.steps[:-1], element)
        score = 2 * likeness + around + _share_of_positions(rule.steps, element)
        if around >= _ALIKE and score > best_score:
            best, best_score = element, score
    return best


def _share_of_steps(steps: Sequence[RuleStep], element: Element) -> float:
    """Return how many of the steps are among the element's ancestors, in order: 1.0 for all of them."""
    if not steps:
        return 1.0
    found = 0
    ancestors = [(str(each.tag), _names(each)) for each in _nearest(element, 2 * _MOST_STEPS)]
    start = 0
    for step in reversed(steps):
        for number in range(start, len(ancestors)):
            tag, names = ancestors[number]
            if tag == step.tag and _likeness(step.names, names) >= _ALIKE:
                found, start = found + 1, number + 1
                break
    return found / len(steps)


def _share_of_positions(steps: Sequence[RuleStep], element: Element) -> float:
    """Return how many of the positions are those in the rule, which distinguishes blocks with the same names."""
    way = (element, *_nearest(element, len(steps) - 1))
    same = sum(_position(each) == step.position for each, step in zip(way, reversed(steps), strict=False))
    return same / len(steps)


def _nearest(element: Element, most: int) -> Iterator[Element]:
    return islice(element.iterancestors(), most)


def _step(element: Element) -> RuleStep:
    return RuleStep(str(element.tag), _names(element), _position(element))


def _position(element: Element) -> int:
    """Return its number among siblings of the same tag, from 1, counting no further than needed."""
    before = element.itersiblings(str(element.tag), preceding=True)
    return 1 + sum(1 for _ in islice(before, _LAST_POSITION))


def _names(element: Element) -> tuple[str, ...]:
    """Return id, classes, role and itemprop as in a selector, without those with a digit: they belong to one page."""
    names = [f"#{name}" for name in (element.get("id") or "").split()[:1]]
    names += [f".{name}" for name in (element.get("class") or "")[:1000].split()]
    names += [f"[{key}={element.get(key)}]" for key in ("role", "itemprop") if element.get(key)]
    plain = (line(name, _LONGEST_NAME + 1) for name in names if not any(map(str.isdigit, name)))
    return tuple([name for name in plain if len(name) <= _LONGEST_NAME][:_MOST_NAMES])


def _likeness(wanted: Sequence[str], names: Sequence[str]) -> float:
    """Return how much two sets of names have in common, from 0 to 1; a half where only one of them is empty."""
    one, other = set(wanted), set(names)
    if not one:
        return 0.5 if other else 1.0
    return len(one & other) / len(one | other)
