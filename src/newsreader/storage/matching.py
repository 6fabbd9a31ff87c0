"""A query as SQL: what the index can answer goes to it whole, the rest are conditions; nothing typed becomes SQL."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from newsreader.moments import utc
from newsreader.passages import Marks, is_single, terms
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
from newsreader.urls import host_of
from newsreader.words import are_forms, likely_languages, sought_words, stem

_MOST_FORMS = 60  # of one word
_FEW_COMPLETIONS = 64  # of a beginning: sought one by one whatever is asked, else as SPELLED_OUT or as a beginning
SPELLED_OUT = 20_000  # completions that are sought one by one where the first hits are all that is asked for
_AT_ONCE = 64  # words that are in one parenthesis: SQLite copies those before whenever one is added
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_SLOTS = 8
_SHORTEST_SHARED = 3  # letters of a stem that its forms are taken to begin with
_LONGEST_ENDING = 4  # letters by which a form may be longer
_SHORTEST_TYPED = 3  # letters of a last word that is taken for the beginning of one


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query as SQL.

    Attributes:
        match: The query for the index; empty if it is not needed.
        source: FROM and WHERE; `w` is the index, `d` the documents, `s` their sites.
        numbers: FROM and WHERE for `w.rowid` alone: documents are looked up only if the query needs them.
        marks: The words that it finds.
        completions: How many words complete the prefix, for the broadest one if there are several; what is
            beyond `SPELLED_OUT` is not counted.
    """

    match: str
    source: str
    numbers: str
    parameters: dict[str, Any]
    marks: Marks
    completions: int


class Compiling:
    """Makes SQL of one query."""

    def __init__(self, connection: sqlite3.Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._parameters: dict[str, Any] = {}
        self._words: set[str] = set()
        self._typing: Term | None = None
        self._spelled_out = _FEW_COMPLETIONS
        self._completions = 0

    def compile(self, query: Query, *, typing: bool = False, spelled_out: int = _FEW_COMPLETIONS) -> Compiled:
        """Return the query as SQL; with `typing` its last word may be a prefix.

        A beginning that at most so many words have as are `spelled_out` is sought as these words. The index then finds
        the first hits in microseconds a word, where it gathers all hits of the beginning before it gives the first; to
        go through all of them takes it the longer the more words there are.
        """
        self._typing = _last_term(query) if typing else None
        self._spelled_out = spelled_out
        parts = query.queries if isinstance(query, And) else (query,)
        sought = [part for part in parts if _is_of_words(part)]
        wanted = [self._match(part) for part in sought if not isinstance(part, Not)]
        unwanted = [self._match(part.query) for part in sought if isinstance(part, Not)]
        others = [part for part in parts if part not in sought]
        match = numbers = ""
        if wanted:
            match = " AND ".join(f"({each})" for each in wanted)
            for each in unwanted:
                match = f"({match}) NOT ({each})"
            start = "FROM words AS w CROSS JOIN documents AS d ON d.id = w.rowid CROSS JOIN sites AS s ON s.id = d.site"
            conditions = [f"words MATCH {self._bound(match)}", *(f"w.rowid {bound}" for bound in self._bounds(parts))]
            numbers = f"FROM words AS w WHERE {' AND '.join(conditions)} AND w.rowid NOT IN (SELECT id FROM dead)"  # noqa: S608
            asked = [self._condition(part) for part in others if not isinstance(part, Before | After)]
            conditions += asked
        else:
            start = "FROM documents AS d CROSS JOIN sites AS s ON s.id = d.site"
            asked = [self._condition(part) for part in others]
            conditions = [*asked, *(f"NOT {self._in_index(each)}" for each in unwanted)]
        source = f"{start} WHERE {' AND '.join(conditions) or '1'}"
        return Compiled(
            match, source, source if asked else numbers, self._parameters, self._marks(query), self._completions
        )

    def _bound(self, value: object) -> str:
        name = f"p{len(self._parameters)}"
        self._parameters[name] = value
        return f":{name}"

    def _bounds(self, parts: Sequence[Query]) -> Iterator[str]:
        """Yield the bounds that times set on the numbers of the index, to limit what it looks at."""
        for part in parts:
            if isinstance(part, Before | After):
                yield self._number_bound(part)

    def _number_bound(self, part: Before | After) -> str:
        start = begins(part.when, self._now) or self._now
        number = int((utc(start) - _EPOCH).total_seconds() // 60) * _SLOTS
        return f"{'<' if isinstance(part, Before) else '>='} {self._bound(number)}"

    # --- words --------------------------------------------------------------------------------

    def _match(self, query: Query) -> str:
        """Return a query of only words in the index's syntax; every word is quoted, and has no quotes inside."""
        match query:
            case Term():
                return self._term(query)
            case Or(queries):
                return " OR ".join(f"({self._match(each)})" for each in queries)
            case And(queries):
                wanted = " AND ".join(f"({self._match(each)})" for each in queries if not isinstance(each, Not))
                for each in queries:
                    if isinstance(each, Not):
                        wanted = f"({wanted}) NOT ({self._match(each.query)})"
                return wanted
        raise AssertionError(query)

    def _term(self, term: Term) -> str:
        column = "{title} : " if term.in_title else ""
        sought = sought_words(term.text, open_ended=term.open_ended)
        if is_single(term):
            forms = _forms(self._connection, sought.words[0])
            if term is self._typing and len(sought.words[0]) >= _SHORTEST_TYPED:
                return column + self._starting_with(sought.words[0], forms)
            return column + _either(_quoted(word) for word in sorted(forms))
        if sought.open_ended and len(sought.words) == 1:
            return column + self._starting_with(sought.words[0], {sought.words[0]})
        words = " ".join(sought.words)
        return f"{column}{_quoted(words)}{' *' if sought.open_ended else ''}"

    def _starting_with(self, beginning: str, forms: set[str]) -> str:
        """Return a query for every word with this prefix, and some others."""
        words = _completions(self._connection, beginning)
        self._completions = max(self._completions, len(words))
        if len(words) <= min(self._spelled_out, SPELLED_OUT):
            return _either(_quoted(word) for word in sorted(words | forms))
        others = (word for word in forms if not word.startswith(beginning))
        return _either([f"{_quoted(beginning)} *", *(_quoted(word) for word in sorted(others))])

    def _in_index(self, match: str) -> str:
        return f"d.id IN (SELECT rowid FROM words WHERE words MATCH {self._bound(match)})"  # noqa: S608

    # --- everything else ----------------------------------------------------------------------

    def _condition(self, query: Query) -> str:
        match query:
            case Term():
                return self._in_index(self._match(query))
            case SourceTerm(name):
                return self._of_source(folded(name))
            case Tag(name):
                tags = "SELECT 1 FROM library.tags AS t WHERE t.story = d.story AND t.tag ="
                return f"EXISTS ({tags} {self._bound(name)})"
            case Language(code):
                return f"ifnull(d.language, '') = {self._bound(code)}"
            case Is(state):
                return _STATES[state]
            case Has(addition):
                return _ADDITIONS[addition]
            case Before() | After():
                return f"d.id {self._number_bound(query)}"
            case Not(inner):
                return f"NOT ({self._condition(inner)})"
            case And(queries):
                return "(" + (" AND ".join(self._condition(each) for each in queries) or "1") + ")"
            case Or(queries):
                return "(" + " OR ".join(self._condition(each) for each in queries) + ")"

    def _of_source(self, name: str) -> str:
        """Return the condition that a site, its host, or a source that has shown the story has this name."""
        like = "%" + name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        of_site = f"s.sought LIKE {self._bound(like)} ESCAPE '\\'"
        followed = self._connection.execute("SELECT story, url, title FROM library.sources WHERE removed_at IS NULL")
        keys = [key for key, url, title in followed if name in folded(f"{title}\n{host_of(url)}")]
        if not keys:
            return of_site
        shown = (
            "SELECT t.story FROM source_checks AS c JOIN source_stories AS shown ON shown.source = c.id"  # noqa: S608
            " JOIN stories AS t ON t.id = shown.story"
            f" WHERE c.source IN (SELECT value FROM json_each({self._bound(json.dumps(keys))}))"
        )
        return f"({of_site} OR d.story IN ({shown}))"

    def _marks(self, query: Query) -> Marks:
        words: set[str] = set()
        beginnings: list[str] = []
        runs: list[tuple[tuple[str, ...], bool]] = []
        for term in terms(query):
            sought = sought_words(term.text, open_ended=term.open_ended)
            if is_single(term):
                words |= _forms(self._connection, sought.words[0])
                if term is self._typing and len(sought.words[0]) >= _SHORTEST_TYPED:
                    beginnings.append(sought.words[0])
            elif len(sought.words) > 1:
                runs.append((sought.words, sought.open_ended))
            elif sought.open_ended:
                beginnings.append(sought.words[0])
            else:
                words.add(sought.words[0])
        return Marks(frozenset(words), tuple(beginnings), tuple(runs))


_SAVED = "EXISTS (SELECT 1 FROM library.saved AS k WHERE k.story = d.story AND k.removed_at IS NULL)"
_DOWNLOADED = "EXISTS (SELECT 1 FROM library.downloads AS k WHERE k.story = d.story AND k.forgotten_at IS NULL)"
_READ = "EXISTS (SELECT 1 FROM library.read_marks AS r WHERE r.story = d.story)"
_LATER = "EXISTS (SELECT 1 FROM library.later AS k WHERE k.story = d.story)"
_STATES = {
    State.READ: _READ,
    State.UNREAD: f"NOT {_READ}",
    State.SAVED: _SAVED,
    State.DOWNLOADED: _DOWNLOADED,
    State.LATER: _LATER,
}

_HIGHLIGHTED = "SELECT 1 FROM library.highlights AS k WHERE k.story = d.story"
_ADDITIONS = {
    Addition.HIGHLIGHT: f"EXISTS ({_HIGHLIGHTED})",
    Addition.NOTE: f"EXISTS ({_HIGHLIGHTED} AND k.note <> '')",
}


def marks_of(connection: sqlite3.Connection, query: Query, now: datetime) -> Marks:
    """Return the words that a query finds."""
    return Compiling(connection, now).compile(query).marks


def _is_of_words(query: Query) -> bool:
    """Whether the index alone can answer: words, and with them words that must not be there."""
    match query:
        case Term():
            return True
        case Not(inner):
            return _is_of_words(inner) and not isinstance(inner, Not)
        case Or(queries):
            return all(_is_of_words(each) and not isinstance(each, Not) for each in queries)
        case And(queries):
            wanted = [each for each in queries if not isinstance(each, Not)]
            return bool(wanted) and all(_is_of_words(each) for each in queries)
    return False


def _last_term(query: Query) -> Term | None:
    """Return the word at the end of what is being typed, if it is one in any form."""
    match query:
        case Term():
            return query if is_single(query) else None
        case And(queries) | Or(queries) if queries:
            return _last_term(queries[-1])
    return None


def _quoted(words: str) -> str:
    return f'"{words}"'


def _either(alternatives: Iterable[str]) -> str:
    """Return an "or" of conditions in small groups: SQLite needs quadratic time to parse a long one."""
    some = list(alternatives)
    while len(some) > 1:
        some = [f"({' OR '.join(some[n : n + _AT_ONCE])})" for n in range(0, len(some), _AT_ONCE)]
    return f"({some[0]})"


def _forms(connection: sqlite3.Connection, word: str) -> set[str]:
    """Return the words of the index that are forms of this one in its possible languages, and the word itself."""
    found = {word}
    languages = {language for (language,) in connection.execute("SELECT language FROM languages")}
    for language in likely_languages(word) & languages:
        its_stem = stem(word, language)
        first, last = _range(its_stem[: max(len(its_stem) - 1, _SHORTEST_SHARED)])
        rows = connection.execute(
            "SELECT word FROM vocabulary WHERE word >= ? AND word < ? AND length(word) <= ?",
            (first, last, max(len(word), len(its_stem)) + _LONGEST_ENDING),
        )
        found.update(other for (other,) in rows if are_forms(word, other, language))
    return set(sorted(found, key=lambda each: (each != word, len(each), each))[:_MOST_FORMS])


def _completions(connection: sqlite3.Connection, beginning: str) -> set[str]:
    """Return the words of the index with this prefix, at most `SPELLED_OUT` and one more."""
    rows = connection.execute(
        "SELECT word FROM vocabulary WHERE word >= ? AND word < ? LIMIT ?", (*_range(beginning), SPELLED_OUT + 1)
    )
    return {word for (word,) in rows}


def _range(beginning: str) -> tuple[str, str]:
    """Return the range of words with this prefix."""
    return beginning, beginning[:-1] + chr(min(ord(beginning[-1]) + 1, 0x10FFFF))
