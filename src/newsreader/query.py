"""The query language: text to a tree and back; pure.

    harbour dredging        both words, in any of their forms and any order
    "storm warning"         exactly these words, one after another
    harb*                   words that begin so
    -quota                  without this word
    ferry OR tunnel         either; (ferry OR tunnel) night
    title:storm             in the title
    source:harbour          of a source, a site or a host with this in its name
    tag:"long read"         with this tag
    is:unread               also is:read, is:saved, is:downloaded, is:later
    has:note                also has:highlight
    lang:uk                 in this language
    before:2026-11-01       also 2026-11, 2026, 7d, 2w, 6m, 1y, today, yesterday
    after:7d                from then on

Whatever is typed can be read: what is not finished yet (a quote, a parenthesis, an OR) is taken as far as it goes. Only
a filter that is given something it does not know is refused.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum

from newsreader.errors import NewsreaderError
from newsreader.i18n import N_
from newsreader.query_times import is_time
from newsreader.text import clean, line
from newsreader.values import dataclass
from newsreader.words import (
    base_language,
    sought_words,
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


class Addition(StrEnum):
    """What a reader adds to an article."""

    HIGHLIGHT = "highlight"
    NOTE = "note"


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
class Has:
    """What the reader has to have added to it."""

    addition: Addition


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


Query = Term | SourceTerm | Tag | Language | Is | Has | Before | After | Not | And | Or
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


_FILTERS = ("title", "source", "tag", "lang", "is", "has", "before", "after")
_EXAMPLES = {
    "title": "title:storm, title:\"storm warning\"",
    "source": "source:bbc, source:vesti.example",
    "tag": "tag:harbour, tag:\"long read\"",
    "lang": "lang:uk, lang:en",
    "is": "is:unread, is:read, is:saved, is:downloaded, is:later",
    "has": "has:highlight, has:note",
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
    """Return the query of a text; `EVERYTHING` if it is empty.

    Raises:
        QueryError: a filter is unknown, or was given what it cannot take; the hint says what it can.
    """
    return _Parser(clean(text[:LONGEST])).parse()  # before it is read: what goes may be behind a sign that counts


def asks_for_nothing(text: str) -> bool:
    """Return whether a text names nothing to look for, as one of blanks and brackets alone."""
    return parse(text) == EVERYTHING


def asks_what_reader_did(query: Query) -> bool:
    """Return whether the reader changes what a query finds: by reading, saving, tagging, highlighting."""
    match query:
        case Tag() | Is() | Has():
            return True
        case Not(inner):
            return asks_what_reader_did(inner)
        case And(queries) | Or(queries):
            return any(map(asks_what_reader_did, queries))
        case _:
            return False


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
        case "has" if given.lower() in set(Addition):
            return Has(Addition(given.lower()))
        case "before" if is_time(given):
            return Before(given.lower())
        case "after" if is_time(given):
            return After(given.lower())
    raise QueryError(filter=f"{name}:", given=line(given, 60), allowed=_EXAMPLES[name])


def tag_name(text: str) -> str:
    """Return a tag as it is kept: lower-case, one line, without a sign in front."""
    return line(text.replace('"', " ").lower(), 60).lstrip("# ").strip()


def write(query: Query) -> str:
    """Return a text that `parse` turns into the same tree."""
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
        case Has(addition):
            return f"has:{addition}"
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
