"""Headlines of different sites about the same story are recognised by their titles, in any script."""

import random
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.stories import ComparedHeadline, same_stories

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def are_one(one: str, other: str) -> bool:
    return same_stories([ComparedHeadline(one, "a.example"), ComparedHeadline(other, "b.example")]) == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harbour dredging delayed to March after shells found", "Harbour dredging delayed until March: shells found"),
        ("Углубление гавани отложено до марта: нашли снаряды", "Углубление гавани отложили до марта, найдены снаряды"),
        ("Пороми до островів знову ходять після шторму", "Після шторму пороми знову ходять до островів"),
        ("嵐の後、島へのフェリーが運航を再開", "嵐の後、島へのフェリーが運航再開へ"),
        ("Ставка осталась на уровне 3,5 процента годовых", "Ставка осталась на уровне 3,5 процента годовых — банк"),
        ("The mayor of Ostmere resigns over the budget", "Mayor of Ostmere resigns over budget, says Reuters"),
        ("У Києві знову відкрили міст через річку", "Київ знову відкрили міст через річку"),
        ("Harbour Dredging Delayed To March After Shells Found", "Harbour dredging delayed to March: shells found"),
    ],
)
def test_near_identical_titles_are_one_story(one: str, other: str) -> None:
    assert are_one(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harbour dredging delayed to March after shells found", "Harbour museum reopens in March after the flood"),
        ("Ставка осталась на уровне 3,5 процента годовых", "Ставка осталась на уровне 4 процентов годовых"),
        ("Storm warning", "Storm warning"),  # too short to compare
        ("Morning briefing", "Evening briefing"),
        ("Министры согласовали рыболовные квоты", "Министры не согласовали бюджет порта"),
        ("", ""),
        ("The mayor of Ostmere resigns over the budget", "The mayor of Westmere resigns over the budget"),
        ("Ferry from Skarne to Ostmere cancelled by the storm", "Ferry from Skarne to Lindholm cancelled by the storm"),
        ("Ostmere mayor resigns after the vote", "Westmere mayor resigns after the vote"),
        ("Mayor Of Ostmere Resigns After The Vote", "Mayor Of Westmere Resigns After The Vote"),
        ("Мэр Одессы подал в отставку после голосования", "Мэр Полтавы подал в отставку после голосования"),
        ("Bürgermeister von Ostmere tritt nach der Wahl zurück", "Bürgermeister von Kiel tritt nach der Wahl zurück"),
    ],
)
def test_others_stay_apart(one: str, other: str) -> None:
    assert not are_one(one, other)


def test_headlines_of_one_site_are_never_one_story() -> None:
    title = "Harbour dredging delayed to March after shells found"
    assert same_stories([ComparedHeadline(title, "a"), ComparedHeadline(title, "a")]) == []
    assert same_stories(
        [
            ComparedHeadline(title, "a"),
            ComparedHeadline(title, "b"),
            ComparedHeadline(title, "b"),
            ComparedHeadline(title, "c"),
        ]
    ) == [(0, 1, 3)]


def test_what_is_days_apart_is_another_story() -> None:
    title = "Weekly lottery draw: nobody guessed all the numbers"
    near, far = NOON - timedelta(hours=40), NOON - timedelta(days=7)
    assert same_stories([ComparedHeadline(title, "a", NOON), ComparedHeadline(title, "b", near)]) == [(0, 1)]
    assert same_stories([ComparedHeadline(title, "a", NOON), ComparedHeadline(title, "b", far)]) == []
    assert same_stories(
        [ComparedHeadline(title, "a", NOON), ComparedHeadline(title, "b", near.replace(tzinfo=None))]
    ) == [(0, 1)]


@given(st.lists(st.tuples(st.text("ab cdéй東京 12", max_size=30), st.sampled_from("xyz")), max_size=12))
def test_no_headline_is_in_two_groups_and_no_host_twice_in_one(pairs: list[tuple[str, str]]) -> None:
    message = [ComparedHeadline(title, host) for title, host in pairs]
    groups = same_stories(message)
    members = [number for group in groups for number in group]
    assert len(members) == len(set(members))
    for group in groups:
        assert len({message[number].host for number in group}) == len(group) > 1
        assert list(group) == sorted(group)


def test_ten_times_the_titles_take_about_ten_times_as_long() -> None:
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghijklmnoprstuvwz", k=7)) for _ in range(4000)]
    message = [
        ComparedHeadline(" ".join(chance.choices(words, weights=range(4000, 0, -1), k=9)), f"{n % 50}.example")
        for n in range(10_000)
    ]
    took = []
    for part in (message[:1000], message):
        started = time.process_time()
        same_stories(part)
        took.append(time.process_time() - started)
    assert took[1] < 40 * took[0] + 1  # the square would be a hundred times


@given(st.lists(st.tuples(st.lists(st.sampled_from("abcdefghij"), min_size=3), st.sampled_from("xyz")), max_size=25))
def test_no_pair_is_missed_by_comparing_only_what_may_be_alike(pairs: list[tuple[list[str], str]]) -> None:
    message = [ComparedHeadline(" ".join(f"word{letter}"[::-1] for letter in letters), host) for letters, host in pairs]
    groups: list[list[int]] = []
    for number, each in enumerate(message):
        joined = next(
            (g for g in groups if each.host not in {message[n].host for n in g} and alike(message[g[0]], each)), None
        )
        if joined is None:
            groups.append([number])
        else:
            joined.append(number)
    assert same_stories(message) == [tuple(group) for group in groups if len(group) > 1]


def alike(one: ComparedHeadline, other: ComparedHeadline) -> bool:
    words, others = set(one.title.split()), set(other.title.split())
    shared = len(words & others)
    return shared >= 4 and shared * 10 >= 6 * len(words | others)
