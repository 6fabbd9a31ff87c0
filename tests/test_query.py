"""What is typed into a search is understood, written back, and never more than words to the index."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsreader.passages import Marks, passage, terms
from newsreader.query import (
    EVERYTHING,
    Addition,
    After,
    And,
    Before,
    EmptyFilterError,
    Has,
    Is,
    Language,
    Not,
    Or,
    Query,
    QueryError,
    SourceTerm,
    State,
    Tag,
    Term,
    UnknownFilterError,
    parse,
    tag_name,
    write,
)
from newsreader.query_matching import Facts, matches
from newsreader.query_times import begins

NOW = datetime(2026, 11, 22, 14, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("", EVERYTHING),
        ("  ", EVERYTHING),
        ("harbour", Term("harbour")),
        ("harbour dredging", And((Term("harbour"), Term("dredging")))),
        ('"storm warning"', Term("storm warning", exact=True)),
        ('"storm warn"*', Term("storm warn", exact=True, open_ended=True)),
        ("harb*", Term("harb", open_ended=True)),
        ("-quota", Not(Term("quota"))),
        ("--quota", Term("quota")),
        ("ferry OR tunnel", Or((Term("ferry"), Term("tunnel")))),
        ("ferry or tunnel", And((Term("ferry"), Term("or"), Term("tunnel")))),
        ("night (ferry OR tunnel)", And((Term("night"), Or((Term("ferry"), Term("tunnel")))))),
        ("a b OR c", Or((And((Term("a"), Term("b"))), Term("c")))),
        ("-(a b)", Not(And((Term("a"), Term("b"))))),
        ("title:шторм", Term("шторм", in_title=True)),
        ('title:"storm warning"', Term("storm warning", exact=True, in_title=True)),
        ("title:stor*", Term("stor", open_ended=True, in_title=True)),
        ("source:vesti.example", SourceTerm("vesti.example")),
        ('source:"Harbour News"', SourceTerm("Harbour News")),
        ('tag:"Long  Read"', Tag("long read")),
        ("tag:#Harbour", Tag("harbour")),
        ("has:Note", Has(Addition.NOTE)),
        ("-has:highlight", Not(Has(Addition.HIGHLIGHT))),
        ("is:Unread", Is(State.UNREAD)),
        ("-is:read", Not(Is(State.READ))),
        ("lang:uk-UA", Language("uk")),
        ("before:2026-11", Before("2026-11")),
        ("after:7D", After("7d")),
        ("after:yesterday", After("yesterday")),
        ("14:30", Term("14:30")),
        ("https://harbour.example/a", Term("https://harbour.example/a")),
        ("north-east", Term("north-east")),
        ("п'ять", Term("п'ять")),
    ],
)
def test_what_is_typed_is_understood(typed: str, understood: Query) -> None:
    assert parse(typed) == understood


@pytest.mark.parametrize(
    ("unfinished", "understood"),
    [
        ('"storm warn', Term("storm warn", exact=True)),
        ("(ferry", Term("ferry")),
        ("ferry)", Term("ferry")),
        ("ferry OR", Term("ferry")),
        ("OR ferry", Term("ferry")),
        ("ferry -", Term("ferry")),
        ("-OR a", Term("a")),
        ("()", EVERYTHING),
        ("& — !", EVERYTHING),
        ("*", EVERYTHING),
        ("(((", EVERYTHING),
        ('""', EVERYTHING),
    ],
)
def test_what_is_not_finished_is_taken_as_far_as_it_goes(unfinished: str, understood: Query) -> None:
    assert parse(unfinished) == understood


@pytest.mark.parametrize(
    ("typed", "error", "message"),
    [
        ("is:red", QueryError, "is:unread"),
        ("before:soon", QueryError, "2026-11-01"),
        ("after:2026-13", QueryError, "yesterday"),
        ("lang:x", QueryError, "lang:uk"),
        ("tag:", EmptyFilterError, "tag:harbour"),
        ("source: bbc", EmptyFilterError, "source:bbc"),
        ("sorce:bbc", UnknownFilterError, "source:"),
    ],
)
def test_a_filter_says_what_it_takes(typed: str, error: type[QueryError], message: str) -> None:
    with pytest.raises(error) as raised:
        parse(typed)
    assert message in raised.value.advice


_words = st.text("abcйёґ東ก5", min_size=1, max_size=5)
_plain_terms = st.builds(Term, _words, open_ended=st.booleans(), in_title=st.booleans())
_quoted_terms = st.builds(
    Term,
    st.lists(st.text('aй"()*-:OR', min_size=1, max_size=4), min_size=1, max_size=3).map(lambda w: "x " + " ".join(w)),
    exact=st.just(True),
    open_ended=st.booleans(),
    in_title=st.booleans(),
)
_leaves = st.one_of(
    _plain_terms,
    _quoted_terms,
    st.builds(SourceTerm, st.sampled_from(["bbc", "Harbour News", 'the "Bell"', "a:b", "-x"])),
    st.builds(Tag, st.sampled_from(["later", "long read", "гавань"])),
    st.builds(Language, st.sampled_from(["uk", "en"])),
    st.builds(Is, st.sampled_from(State)),
    st.builds(Before, st.sampled_from(["2026-11-01", "2026", "7d"])),
    st.builds(After, st.sampled_from(["today", "2w"])),
)


def _several(kind: type[And] | type[Or], inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    others = inner.filter(lambda query: not isinstance(query, kind))
    return st.lists(others, min_size=2, max_size=3).map(lambda queries: kind(tuple(queries)))


_trees = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        _several(And, inner), _several(Or, inner), inner.filter(lambda query: not isinstance(query, Not)).map(Not)
    ),
    max_leaves=8,
)


@given(_trees)
def test_what_is_written_is_read_as_the_same(query: Query) -> None:
    assert parse(write(query)) == query


_SIGNS = st.text('ab0"()*-: OR\n\t\x1b[\x9b\u200b\u061c\u3164\u0301\ud83d\ufffe\u00a0', max_size=40)
_FILTERED = st.lists(st.one_of(st.sampled_from(["title:", "tag:", "source:", "lang:", "is:read", "-"]), _SIGNS)).map(
    "".join
)


@given(st.one_of(st.text(), _SIGNS, _FILTERED, st.text("(-", max_size=400)))
@example("0*\x1b")
@example('title:"a*\x1b"*\u200b')
def test_nothing_typed_breaks_the_search(typed: str) -> None:
    try:
        query = parse(typed)
    except QueryError as error:
        message = error.advice
    else:
        assert parse(write(query)) == query
        message = str(matches(query, Facts("Harbour", "The storm"), NOW))
    assert message


@pytest.mark.parametrize(
    ("when", "begin"),
    [
        ("2026-11-01", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026-11", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("today", datetime(2026, 11, 22, tzinfo=UTC)),
        ("yesterday", datetime(2026, 11, 21, tzinfo=UTC)),
        ("7d", NOW - timedelta(days=7)),
        ("12h", NOW - timedelta(hours=12)),
        ("2026-02-30", None),
        ("0000", None),
        ("9999y", None),
        ("soon", None),
    ],
)
def test_a_written_time_begins_somewhere(when: str, begin: datetime | None) -> None:
    assert begins(when, NOW) == begin


STORM = Facts(
    "Штормовое предупреждение снято",
    "Паромы вышли из гавани ещё до рассвета, порт работает.",
    ("Вести гавани", "vesti.example"),
    "ru",
    datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
    frozenset({"море"}),
    saved=True,
)
FERRY = Facts("The ferries' new winter timetable", "Five boats sail daily.", ("Harbour News",), "en")
UKRAINIAN = Facts("Пором вирушив із гавані", "П’ять човнів стоять біля причалу.", (), "uk")

NOTED = Facts("The ferries' new winter timetable", highlighted=True, noted=True)


@pytest.mark.parametrize(
    ("typed", "facts", "expected"),
    [
        ("гавань", STORM, True),  # another form of it is there
        ("ГАВАНЬЮ рассвет", STORM, True),
        ('"из гавани"', STORM, True),
        ('"гавани из"', STORM, False),
        ('"из гаван"*', STORM, True),
        ("еще", STORM, True),
        ("title:паром", STORM, False),
        ("title:предупрежд*", STORM, True),
        ("source:вести tag:море is:saved is:unread", STORM, True),
        ("-source:vesti", STORM, False),
        ("lang:ru after:2026-11-21 before:today", STORM, True),
        ("after:today", STORM, False),
        ("before:today", FERRY, False),
        ("after:2026", FERRY, False),
        ("ferry boat", FERRY, True),
        ("ferry -boats", FERRY, False),
        ("train OR sailing", FERRY, True),
        ("is:downloaded", FERRY, False),
        ("гавань", UKRAINIAN, True),
        ("п'ять", UKRAINIAN, True),
        ("порт", UKRAINIAN, False),
        ("", FERRY, True),
        ("has:highlight -has:note", NOTED, False),
        ("has:highlight has:note", NOTED, True),
        ("has:highlight", FERRY, False),
    ],
)
def test_a_query_asks_what_an_article_is(typed: str, facts: Facts, expected: bool) -> None:
    assert matches(parse(typed), facts, NOW) is expected


def test_only_what_may_be_there_is_marked() -> None:
    assert [term.text for term in terms(parse("a -b (c OR -d) -(e -f)"))] == ["a", "c", "f"]


def test_a_passage_shows_the_part_with_most_of_what_was_sought() -> None:
    text = (
        "The port was quiet. " * 30
        + "Then the storm came over the breakwater and the port was closed. "
        + "Calm. " * 50
    )
    found = passage(text, Marks(frozenset({"storm", "breakwater"})))
    assert [words for words, marked in found if marked] == ["storm", "breakwater"]
    assert found[0] == ("…", False)
    assert found[-1] == ("…", False)
    assert len("".join(words for words, _ in found)) <= 242


@pytest.mark.parametrize("word", ["storm", "absent"])
def test_a_dot_divides_what_a_passage_joins_from_lines_without_full_stops(word: str) -> None:
    found = passage("Calm before the storm\nJane Doe\nThe port is shut.\nShips wait.", Marks(frozenset({word})))
    words = "".join(words for words, _ in found)
    assert words == "Calm before the storm · Jane Doe · The port is shut. Ships wait."


def test_a_passage_without_a_match_is_the_beginning() -> None:
    assert passage("Calm  sea.", Marks(frozenset({"storm"}))) == (("Calm sea.", False),)
    assert passage("", Marks()) == ()


def test_runs_and_beginnings_are_marked_where_they_are() -> None:
    marks = Marks(frozenset(), ("harb",), ((("storm", "warn"), True), (("東京", "京都"), False)))
    text = "Harbours: a storm warning, no storm. 東京都"
    assert [text[start:end] for start, end in marks.ranges(text)] == ["Harbours", "storm warning", "東京都"]


@given(st.text(max_size=300), st.sampled_from(["a", "й", "東"]))
def test_a_passage_is_made_of_any_text(text: str, word: str) -> None:
    for words, _ in passage(text, Marks(frozenset({word}), (word,))):
        assert "\n" not in words


@given(st.text(max_size=30))
def test_a_tag_is_kept_in_one_form(text: str) -> None:
    assert tag_name(tag_name(text)) == tag_name(text)
