"""The language in which one searches: text to a tree and back, and what a tree says of an article; pure.

    harbour dredging        both words, in any of their forms and any order
    "storm warning"         exactly these words, one after another
    harb*                   words that begin so
    -quota                  without this word
    ferry OR tunnel         either; (ferry OR tunnel) night
    title:storm             in the title
    source:harbour          of a source, a site or a host with this in its name
    tag:"long read"         with this tag
    is:unread               also is:read, is:saved, is:downloaded, is:later
    lang:uk                 in this language
    before:2026-11-01       also 2026-11, 2026, 7d, 2w, 6m, 1y, today, yesterday
    after:7d                from then on

Whatever is typed can be read: what is not finished yet (a quote, a parenthesis, an OR) is taken as far as it goes. Only
a filter that is given something it does not know is refused.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from difflib import get_close_matches
from enum import StrEnum

from newsreader.errors import NewsreaderError
from newsreader.i18n import N_
from newsreader.text import clean, folded, line
from newsreader.values import dataclass
from newsreader.words import (
    SoughtWords,
    Token,
    are_forms,
    base_language,
    found_at,
    has_stems,
    language_of,
    likely_languages,
    places_of,
    sought_words,
    tokens,
    tokens_in_place,
)

LONGEST = 1000  # characters of a query that are read
_DEEPEST = 20  # parentheses within one another


class State(StrEnum):
    """What an article is to the reader."""

    UNREAD = "unread"
    READ = "read"
    SAVED = "saved"
    DOWNLOADED = "downloaded"
    LATER = "later"  # to be read later


@dataclass(frozen=True, slots=True)
class Term:
    """Words that have to be there.

    Attributes:
        exact: As they are written, one after another; else in any form, and several only where a sign parts them.
        open_ended: The last word is only the beginning of one.
        in_title: They have to be in the title.
    """

    text: str
    exact: bool = False
    open_ended: bool = False
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class SourceTerm:
    """A part of the name of a source, a site or a host."""

    name: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the reader's."""

    name: str


@dataclass(frozen=True, slots=True)
class Language:
    """A language code such as "uk"."""

    code: str


@dataclass(frozen=True, slots=True)
class Is:
    """What it has to be to the reader."""

    state: State


@dataclass(frozen=True, slots=True)
class Before:
    """It is older than the beginning of a time, as written: "2026-11", "7d"."""

    when: str


@dataclass(frozen=True, slots=True)
class After:
    """It is of that time or younger."""

    when: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    query: "Query"


@dataclass(frozen=True, slots=True)
class And:
    """All of them, two or more; none at all is everything."""

    queries: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """One of them at least; two or more."""

    queries: "tuple[Query, ...]"


Query = Term | SourceTerm | Tag | Language | Is | Before | After | Not | And | Or
EVERYTHING = And(())


class QueryError(NewsreaderError):
    """A filter was given what it does not know."""

    message = N_("{filter} does not accept “{given}”.")
    hint = N_("It accepts {allowed}.")
    kind = "query"
    exit_status = 2


class UnknownFilterError(QueryError):
    """There is no such filter."""

    message = N_("There is no filter “{filter}”.")
    hint = N_("The filters are {allowed}.")
    kind = "query-filter"


class EmptyFilterError(QueryError):
    """Nothing is behind a filter."""

    message = N_("{filter} needs something after it.")
    kind = "query-empty"


_FILTERS = ("title", "source", "tag", "lang", "is", "before", "after")
_EXAMPLES = {
    "title": "title:storm, title:\"storm warning\"",
    "source": "source:bbc, source:vesti.example",
    "tag": "tag:harbour, tag:\"long read\"",
    "lang": "lang:uk, lang:en",
    "is": "is:unread, is:read, is:saved, is:downloaded, is:later",
    "before": "before:2026-11-01, before:2026-11, before:7d, before:yesterday",
    "after": "after:2026-11-01, after:2026-11, after:7d, after:yesterday",
}  # fmt: skip

# A quote within quotes is written twice. A quote that is not closed continues to the end.
_QUOTED = r'"(?:[^"]|"")*(?:"|$)'
_LEXEMES = re.compile(
    rf'(?P<open>\()|(?P<close>\))|(?P<minus>-+)(?=[^\s)])|(?P<filter>[A-Za-z]+):(?P<value>{_QUOTED}|[^\s"()]*)(?P<star>\*?)'
    rf'|(?P<quoted>{_QUOTED})(?P<ending>\*?)|(?P<word>[^\s"()]+)'
)


def parse(text: str) -> Query:
    """Return what a text asks for; `EVERYTHING` where it asks for nothing.

    Raises:
        QueryError: a filter is unknown, or was given what it cannot take; the hint says what it can.
    """
    return _Parser(clean(text[:LONGEST])).parse()  # before it is read: what goes may be behind a sign that counts


class _Parser:
    """Reads lexemes one after another."""

    def __init__(self, text: str) -> None:
        self._lexemes = list(_LEXEMES.finditer(text))
        self._next = 0

    def parse(self) -> Query:
        found: list[Query] = []
        while self._next < len(self._lexemes):
            found += [query] if (query := self._either(0)) is not None else []
            self._next += 1  # a parenthesis that nothing opened
        return _all(found) or EVERYTHING

    def _peek(self) -> re.Match[str] | None:
        return self._lexemes[self._next] if self._next < len(self._lexemes) else None

    def _either(self, depth: int) -> Query | None:
        """Read alternatives, up to a closing parenthesis or the end."""
        groups: list[list[Query]] = [[]]
        while (lexeme := self._peek()) is not None and lexeme["close"] is None:
            if lexeme["word"] == "OR":
                self._next += 1
                groups.append([])
                continue
            query = self._one(depth)
            if query is not None:
                groups[-1].append(query)
        alternatives = [query for group in groups if (query := _all(group)) is not None]
        flat = [each for query in alternatives for each in (query.queries if isinstance(query, Or) else (query,))]
        return Or(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None

    def _one(self, depth: int) -> Query | None:
        lexeme = self._lexemes[self._next]
        self._next += 1
        if lexeme["minus"]:
            following = self._peek()
            if following is None or following["close"] is not None or following["word"] == "OR":
                return None
            query = self._one(depth)
            return query if query is None or len(lexeme["minus"]) % 2 == 0 else _opposite(query)
        if lexeme["open"]:
            if depth >= _DEEPEST:
                return None
            query = self._either(depth + 1)
            self._next += self._peek() is not None
            return query
        if lexeme["filter"]:
            return _filtered(lexeme)
        if lexeme["quoted"] is not None:
            return _term(_unquoted(lexeme["quoted"]), exact=True, open_ended=bool(lexeme["ending"]))
        return _plain(lexeme["word"])


def _all(queries: Iterable[Query]) -> Query | None:
    flat = [each for query in queries for each in (query.queries if isinstance(query, And) else (query,))]
    return And(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def _opposite(query: Query) -> Query:
    return query.query if isinstance(query, Not) else Not(query)


def _unquoted(quoted: str) -> str:
    return quoted[1:].removesuffix('"').replace('""', '"') if not _is_open(quoted) else quoted[1:].replace('""', '"')


def _is_open(quoted: str) -> bool:
    """Whether a quote was not closed: it ends with an even number of quotes, those of its words."""
    return len(quoted) == 1 or (len(quoted) - 1 - len(quoted[1:].rstrip('"'))) % 2 == 0


def _term(text: str, *, exact: bool = False, open_ended: bool = False, in_title: bool = False) -> Term | None:
    """Return the term of some words; None if there is no letter and no figure in them."""
    words = " ".join(line(text, LONGEST).split())
    return Term(words, exact, open_ended, in_title) if sought_words(words).words else None


def _plain(word: str, *, in_title: bool = False) -> Term | None:
    bare = word.rstrip("*")
    return _term(bare, open_ended=bare != word, in_title=in_title)


def _filtered(lexeme: re.Match[str]) -> Query | None:
    """Return what `name:value` asks for; a word with a colon in it where no filter can be meant."""
    name, value = lexeme["filter"].lower(), lexeme["value"]
    if name not in _FILTERS:
        near = get_close_matches(name, _FILTERS, n=1, cutoff=0.75) if value else []
        if near and not value.startswith("/"):
            raise UnknownFilterError(filter=f"{name}:", allowed=", ".join(f"{each}:" for each in _FILTERS))
        if value.startswith('"'):
            return _term(f"{lexeme['filter']}:{_unquoted(value)}", exact=True, open_ended=bool(lexeme["star"]))
        return _plain(f"{lexeme['filter']}:{value}{lexeme['star']}")
    quoted = value.startswith('"')
    given = " ".join(line(_unquoted(value) if quoted else value, LONGEST).split())
    if not given.rstrip("*"):
        raise EmptyFilterError(filter=f"{name}:", allowed=_EXAMPLES[name])
    match name:
        case "title" if quoted:
            return _term(given, exact=True, open_ended=bool(lexeme["star"]), in_title=True)
        case "title":
            return _plain(given + lexeme["star"], in_title=True)
        case "source":
            return SourceTerm(given)
        case "tag":
            if not tag_name(given).rstrip("*"):
                raise EmptyFilterError(filter="tag:", allowed=_EXAMPLES[name])
            return Tag(tag_name(given))
        case "lang" if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*", given):
            return Language(base_language(given) or given)
        case "is" if given.lower() in set(State):
            return Is(State(given.lower()))
        case "before" if _is_time(given):
            return Before(given.lower())
        case "after" if _is_time(given):
            return After(given.lower())
    raise QueryError(filter=f"{name}:", given=line(given, 60), allowed=_EXAMPLES[name])


def tag_name(text: str) -> str:
    """Return a tag as it is kept: lower-case, one line, without a sign in front."""
    return line(text.replace('"', " ").lower(), 60).lstrip("# ").strip()


# --- writing ------------------------------------------------------------------------------------------


def write(query: Query) -> str:
    """Return a text that `parse` makes the same tree of."""
    match query:
        case Term(text, _, open_ended, in_title):
            before, after = "title:" if in_title else "", "*" if open_ended else ""
            plain = f"{before}{text}{after}"
            return plain if _reads_as(plain, query) else f"{before}{_quote(text)}{after}"
        case SourceTerm(name):
            return f"source:{_value(name)}"
        case Tag(name):
            return f"tag:{_value(name)}"
        case Language(code):
            return f"lang:{code}"
        case Is(state):
            return f"is:{state}"
        case Before(when):
            return f"before:{when}"
        case After(when):
            return f"after:{when}"
        case Not(inner):
            return f"-{_within(inner)}"
        case And(queries):
            return " ".join(_within(each) if isinstance(each, Or | And) else write(each) for each in queries)
        case Or(queries):
            return " OR ".join(f"({write(each)})" if isinstance(each, Or) else write(each) for each in queries)


def _within(query: Query) -> str:
    return f"({write(query)})" if isinstance(query, And | Or) else write(query)


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _reads_as(text: str, query: Query) -> bool:
    try:
        return parse(text) == query
    except QueryError:
        return False


def _value(text: str) -> str:
    return text if re.fullmatch(r'[^\s"()*]+', text) else _quote(text)


# --- times ----------------------------------------------------------------------------------------

_UNITS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30, "y": 365}
_AGO = re.compile(r"(\d{1,4})([hdwmy])", re.IGNORECASE | re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", re.ASCII)


def _is_time(text: str) -> bool:
    return begins(text, datetime(2026, 11, 22)) is not None  # noqa: DTZ001  (which day it is does not matter)


def begins(when: str, now: datetime) -> datetime | None:
    """Return when a written time begins, in the zone of `now`; None if it is none."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    days = {"today": 0, "yesterday": 1}.get(when.lower())
    if days is not None:
        return midnight - timedelta(days=days)
    if (ago := _AGO.fullmatch(when)) is not None:
        since = timedelta(days=int(ago[1]) * _UNITS[ago[2].lower()])
        return now - since if since < timedelta(days=365 * 1000) else None
    if (date := _DATE.fullmatch(when)) is not None:
        try:
            return midnight.replace(year=int(date[1]), month=int(date[2] or 1), day=int(date[3] or 1))
        except ValueError:
            return None
    return None


# --- what a tree says of an article ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a headline, or of an article.

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


def matches(query: Query, facts: Facts, now: datetime) -> bool:
    """Return whether an article is what the query asks for; an unknown time is neither before nor after anything."""
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


# --- what is to be marked ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Marks:
    """The words that a query finds, as they are compared.

    Attributes:
        words: Single words, in every form that counts.
        beginnings: Of words.
        runs: Words that count only one after another; the last of a pair with True is a beginning.
    """

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    runs: tuple[tuple[tuple[str, ...], bool], ...] = ()

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where the words are in a text, in order; adjoining places are one."""
        places = places_of(text, self.words, self.beginnings)
        if self.runs:
            found = list(tokens_in_place(text))
            for words, open_ended in self.runs:
                places += _run_places(found, words, open_ended=open_ended)
        return _joined(sorted(places))


def terms(query: Query, *, wanted: bool = True) -> Iterator[Term]:
    """Yield the terms that an article has to have, or may have; none that it must not have."""
    match query:
        case Term() if wanted:
            yield query
        case Not(inner):
            yield from terms(inner, wanted=not wanted)
        case And(queries) | Or(queries):
            for each in queries:
                yield from terms(each, wanted=wanted)


def completing_last_word(query: Query) -> Query:
    """Return a query whose last word, where it is one in any form, is only the beginning of one."""
    match query:
        case Term() if is_single(query):
            return replace(query, open_ended=True)
        case And(queries) | Or(queries) if queries:
            return replace(query, queries=(*queries[:-1], completing_last_word(queries[-1])))
    return query


def is_single(term: Term) -> bool:
    """Return whether a term is one whole word, to be found in any of its forms."""
    sought = sought_words(term.text, open_ended=term.open_ended)
    return not term.exact and not sought.open_ended and len(sought.words) == 1


def _run_places(found: list[Token], words: tuple[str, ...], *, open_ended: bool) -> Iterator[tuple[int, int]]:
    count = len(words)
    for number in range(len(found) - count + 1):
        run = [token.text for token in found[number : number + count]]
        ends_well = run[-1].startswith(words[-1]) if open_ended else run[-1] == words[-1]
        if ends_well and tuple(run[:-1]) == words[:-1]:
            yield found[number].start, found[number + count - 1].end


def _joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


_AROUND = 60  # characters before the first marked word
_LONGEST_PASSAGE = 240


def passage(text: str, marks: Marks, longest: int = _LONGEST_PASSAGE) -> tuple[tuple[str, bool], ...]:
    """Return the part of a text that shows most of what was sought, as runs of words, marked or not; one line.

    Where nothing sought is in the text, its beginning, unmarked.
    """
    places = marks.places(text)
    if not places:
        words = line(text[: longest * 2], longest)
        return ((words, False),) if words else ()
    start, end = _window(text, _densest(places, longest), longest)
    pieces: list[tuple[str, bool]] = [("…", False)] if start > 0 else []
    at = start
    for first, last in places:
        if first < start or last > end:
            continue
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    pieces.append((text[at:end], False))
    if end < len(text):
        pieces.append(("…", False))
    return tuple((each, marked) for words, marked in pieces if (each := re.sub(r"\s+", " ", words)))


def _densest(places: list[tuple[int, int]], longest: int) -> int:
    """Return where the part begins that holds most of the places, each different one counting."""
    room = longest - _AROUND
    best, best_count, last = 0, 0, 0
    for number, (start, _) in enumerate(places):
        last = max(last, number)
        while last + 1 < len(places) and places[last + 1][1] <= start + room:
            last += 1
        if last - number + 1 > best_count:
            best, best_count = number, last - number + 1
    return places[best][0]


def _window(text: str, first: int, longest: int) -> tuple[int, int]:
    """Return a part of the text around a place, from and to a space if one is near."""
    start = max(0, first - _AROUND)
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + longest)
    if end < len(text):
        space = text.rfind(" ", first, end)
        end = space if space > first + longest // 3 else end
    return start, end
