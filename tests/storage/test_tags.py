"""Tags and rules are kept, undone, and never taken for those of another story."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.library_values import QueryRule, TagCount
from newsreader.one_change import as_one_change, new_change
from newsreader.storage.library import Library
from newsreader.storage.tagging import learn_alias, same_story
from tests.storage.values import Clock, saved_article

FERRY, STORM = "https://harbour.example/ferry", "https://harbour.example/storm"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library.open(tmp_path / "library.db", now=Clock())) as library:
        yield library


def test_a_story_has_its_tags_under_every_address(library: Library) -> None:
    assert library.tags.replace(FERRY, "The ferry", {"sea", "long read"})
    assert library.tags.of([FERRY + "?utm_source=x", STORM]) == {
        FERRY + "?utm_source=x": frozenset({"sea", "long read"})
    }
    assert not library.tags.replace(FERRY + "#top", "The ferry", {"long read", "sea"})


def test_tags_are_counted_and_their_stories_listed(library: Library) -> None:
    library.tags.replace(FERRY, "The ferry", {"sea"})
    library.tags.replace(STORM, "The storm", {"sea", "wind"})
    assert library.tags.counts() == (TagCount("sea", 2), TagCount("wind", 1))
    assert {(story.url, story.title) for story in library.tags.stories("sea")} == {
        (FERRY, "The ferry"),
        (STORM, "The storm"),
    }
    assert library.tags.stories("none") == ()


def test_a_change_of_tags_is_undone(library: Library) -> None:
    library.tags.replace(FERRY, "The ferry", {"sea"})
    library.tags.replace(FERRY, "The ferry", {"wind"})
    change = library.undo_log.undo()
    assert change is not None
    assert (change.action, change.urls, change.title) == ("tags", (FERRY,), "The ferry")
    assert library.tags.of([FERRY]) == {FERRY: frozenset({"sea"})}
    library.undo_log.undo()
    assert library.tags.counts() == ()


def test_a_rule_is_kept_once_and_undone(library: Library) -> None:
    rule = library.query_rules.add(QueryRule(0, "hide", "title:quota"))
    assert rule is not None
    assert library.query_rules.add(QueryRule(0, "hide", "title:quota")) is None
    assert library.query_rules.all() == (rule,)
    assert library.query_rules.remove(rule.id)
    assert not library.query_rules.remove(rule.id)
    assert library.query_rules.all() == ()
    library.undo_log.undo()
    assert library.query_rules.all() == (rule,)
    library.undo_log.undo()
    assert library.query_rules.all() == ()


def test_a_rule_is_followed_once_with_a_story(library: Library) -> None:
    rule = library.query_rules.add(QueryRule(0, "tag", "ferry", "sea"))
    assert rule is not None
    assert library.query_rules.not_yet_applied(rule.id, [FERRY, STORM]) == {FERRY, STORM}
    library.query_rules.apply(rule, [(FERRY, "The ferry")])
    assert library.query_rules.not_yet_applied(rule.id, [FERRY, STORM]) == {STORM}
    assert library.tags.of([FERRY]) == {FERRY: frozenset({"sea"})}


def test_addresses_of_one_story_are_the_same_whichever_way_they_were_learnt(library: Library) -> None:
    def work(connection: object) -> dict[str, frozenset[str]]:
        learn_alias(connection, "a", "b")  # type: ignore[arg-type]
        learn_alias(connection, "b", "c")  # type: ignore[arg-type]
        learn_alias(connection, "d", "a")  # type: ignore[arg-type]
        learn_alias(connection, "c", "c")  # type: ignore[arg-type]
        return same_story(connection, ["a", "c", "d", "z"])  # type: ignore[arg-type]

    found = library.database.write(work)
    everyone = frozenset({"a", "b", "c", "d"})
    assert found == {"a": everyone, "c": everyone, "d": everyone}


def test_a_read_mark_holds_for_every_address_of_a_story(library: Library) -> None:
    short, main, other = "https://l.example/x1", FERRY, "https://lamp.example/ferry"
    library.read_marks.mark(short, True)
    library.stories.learn_alias(short, main)
    library.stories.learn_alias(other, main)
    library.stories.learn_alias(main, main + "?utm_source=x")
    assert library.read_marks.which([short, main, other, STORM]) == {short, main, other}
    library.read_marks.mark(other, False)
    assert library.read_marks.which([short, main, other]) == frozenset()
    library.undo_log.undo()
    assert library.read_marks.which([main]) == {main}


def test_undoing_a_change_of_tags_leaves_those_that_came_since(library: Library) -> None:
    library.tags.replace(FERRY, "The ferry", {"sea", "boats"})
    library.tags.replace(FERRY, "The ferry", {"sea", "wind"})
    with closing(Library.open(library.path, now=Clock())) as other:
        other.tags.change(FERRY, "The ferry", add={"later"}, remove={"sea"})
    library.undo_log.undo()
    assert library.tags.of([FERRY]) == {FERRY: frozenset({"boats", "later"})}


def test_tags_are_added_and_taken_away_beside_the_others(library: Library) -> None:
    library.tags.replace(FERRY, "The ferry", {"sea"})
    assert library.tags.change(FERRY, "The ferry", add={"wind"}, remove={"none"}) == {"sea", "wind"}
    assert library.tags.change(FERRY, "The ferry", add={"wind"}) == {"sea", "wind"}
    assert library.tags.change(FERRY, "The ferry", remove={"sea"}) == {"wind"}
    for _ in range(3):  # what changed nothing is no change
        library.undo_log.undo()
    assert library.undo_log.undo() is None
    assert library.tags.counts() == ()


def test_a_mark_is_turned_under_whichever_address(library: Library) -> None:
    library.stories.learn_alias("https://l.example/x1", FERRY)
    assert library.read_marks.toggle(FERRY) is True
    assert library.read_marks.toggle("https://l.example/x1") is False
    assert library.read_marks.which([FERRY, "https://l.example/x1"]) == frozenset()
    library.undo_log.undo()
    assert library.read_marks.which([FERRY]) == {FERRY}


def test_an_article_is_taken_out_under_whichever_of_its_addresses_it_was_saved(library: Library) -> None:
    short = "https://l.example/x1"
    library.saved.save(saved_article(FERRY))
    library.saved.save(saved_article(short))
    library.stories.learn_alias(short, FERRY)
    assert library.saved.which([FERRY, short]) == {FERRY, short}
    assert library.saved.remove(short)
    assert library.saved.rows() == ()
    assert not library.saved.remove(FERRY)
    library.undo_log.undo()
    assert {row.url for row in library.saved.rows()} == {FERRY, short}


def test_changes_made_as_one_are_undone_as_one_and_no_other_with_them(library: Library) -> None:
    selected = new_change()
    with as_one_change(selected):
        library.tags.replace(FERRY, "The ferry", {"sea"})
    library.later.add([(STORM, "The storm")])
    with as_one_change(selected):
        library.read_marks.mark(STORM, True)
    undone = library.undo_log.undo()
    assert undone is not None
    assert (undone.parts, set(undone.urls), undone.marks) == (2, {FERRY, STORM}, ((STORM, False),))
    assert library.tags.counts() == ()
    assert not library.read_marks.which([STORM])
    assert library.later.count() == 1
    undone = library.undo_log.undo()
    assert undone is not None
    assert (undone.action, undone.parts) == ("later", 1)
    assert library.undo_log.undo() is None
