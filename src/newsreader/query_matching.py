"""Whether a headline or an article matches a query."""

from datetime import datetime

from newsreader.query import (
    Addition,
    After,
    And,
    Before,
    Has,
    Is,
    Language,
    Not,
    Or,
    Query,
    SourceTerm,
    State,
    Tag,
    Term,
)
from newsreader.query_times import begins
from newsreader.text import folded
from newsreader.values import dataclass
from newsreader.words import (
    SoughtWords,
    are_forms,
    base_language,
    found_at,
    has_stems,
    language_of,
    likely_languages,
    sought_words,
    tokens,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about a headline or an article.

    Attributes:
        names: Of its source, its site and its host.
        published: In the zone that the reader lives in; None if it is not known.
    """

    title: str
    text: str = ""
    names: tuple[str, ...] = ()
    language: str | None = None
    published: datetime | None = None
    tags: frozenset[str] = frozenset()
    read: bool = False
    saved: bool = False
    downloaded: bool = False
    later: bool = False
    highlighted: bool = False
    noted: bool = False


def matches(query: Query, facts: Facts, now: datetime) -> bool:
    """Return whether an article matches the query; an unknown time is neither before nor after anything."""
    match query:
        case Term(in_title=in_title):
            return _has_term(query, facts.title, facts) or (not in_title and _has_term(query, facts.text, facts))
        case SourceTerm(name):
            return any(folded(name) in folded(each) for each in facts.names)
        case Tag(name):
            return name in facts.tags
        case Language(code):
            return base_language(facts.language) == code
        case Is(state):
            return {
                State.UNREAD: not facts.read,
                State.READ: facts.read,
                State.SAVED: facts.saved,
                State.DOWNLOADED: facts.downloaded,
                State.LATER: facts.later,
            }[state]
        case Has(addition):
            return facts.noted if addition is Addition.NOTE else facts.highlighted
        case Before(when):
            return (order := _since(facts.published, when, now)) is not None and order < 0
        case After(when):
            return (order := _since(facts.published, when, now)) is not None and order >= 0
        case Not(inner):
            return not matches(inner, facts, now)
        case And(queries):
            return all(matches(each, facts, now) for each in queries)
        case Or(queries):
            return any(matches(each, facts, now) for each in queries)


def _since(published: datetime | None, when: str, now: datetime) -> float | None:
    """Return the seconds from the beginning of a time to a publication; a naive one is taken to be in our zone."""
    start = begins(when, now)
    if published is None or start is None:
        return None
    if published.tzinfo is None or start.tzinfo is None:
        return (published.replace(tzinfo=None) - start.replace(tzinfo=None)).total_seconds()
    return (published - start).total_seconds()


def _has_term(term: Term, text: str, facts: Facts) -> bool:
    sought = sought_words(term.text, open_ended=term.open_ended)
    words = list(tokens(text))
    if term.exact or sought.open_ended or len(sought.words) > 1:
        return _has_run(words, sought)
    language = language_of(text, facts.language)
    return any(word == sought.words[0] or _are_forms(sought.words[0], word, language) for word in words)


def _has_run(words: list[str], sought: SoughtWords) -> bool:
    if not sought.open_ended:
        return found_at(words, sought.words) >= 0
    *first, last = sought.words
    count = len(first)
    return any(words[n + count].startswith(last) and words[n : n + count] == first for n in range(len(words) - count))


def _are_forms(sought: str, word: str, language: str | None) -> bool:
    return (
        language is not None
        and has_stems(language)
        and language in likely_languages(sought)
        and are_forms(sought, word, language)
    )
