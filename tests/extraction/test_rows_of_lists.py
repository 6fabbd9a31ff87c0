"""Which rows a list has: advertisements, items with one word, ranks, tables with as many rows as columns."""

import pytest

from tests.extraction.lamp import TITLES, lists


def titles(main: str) -> list[str]:
    return [one.title for each in lists(main) for one in each.headlines]


def link(title: str) -> str:
    return f"<a href='/town/{title.lower().replace(' ', '-')}-900/'>{title}</a>"


def card(title: str, above: str = "", time: str = "<p>6 May 2027</p>") -> str:
    return f"<div>{above}<h3>{link(title)}</h3>{time}</div>"


SOLD = "Seven reasons to sleep on better straw"


@pytest.mark.parametrize("notice", ["Sponsored", "Advertorial", "Paid post", "Sponsored by Straw & Sons", "Anzeige"])
def test_a_card_that_says_above_its_headline_that_it_is_an_advertisement_is_no_story(notice: str) -> None:
    rows = card(TITLES[0]) + card(SOLD, f"<p>{notice}</p>", "") + "".join(map(card, TITLES[1:]))
    assert titles(f"<h2>News</h2>{rows}") == list(TITLES)


def test_a_subject_that_is_a_word_for_advertisements_too_is_one_of_a_story() -> None:
    rows = card(TITLES[0], "<p>Town</p>") + card(SOLD, "<p>Anzeige</p>") + "".join(map(card, TITLES[1:]))
    assert SOLD in titles(f"<h2>News</h2>{rows}")
    headed = "".join(map(card, (TITLES[0], "Sponsored events divide the town council", *TITLES[1:])))
    assert len(titles(f"<h2>News</h2>{headed}")) == 5


def test_a_notice_below_the_headline_is_that_of_what_follows() -> None:
    rows = card(TITLES[0], time="<p>6 May 2027</p><p>Advertorial</p>") + "".join(map(card, TITLES[1:]))
    assert titles(f"<h2>News</h2>{rows}") == list(TITLES)


def test_a_headline_of_one_word_among_items_of_one_form_divides_nothing_and_names_nothing() -> None:
    said = (TITLES[0], TITLES[1], "Trains", TITLES[2])
    rows = "".join(f"<article class=op><p>By Ada Reed</p><h3>{link(title)}</h3></article>" for title in said)
    found = lists(f"<section><h2>Opinion</h2>{rows}</section>")
    assert [one.label for one in found] == ["Opinion"]
    assert [one.title for one in found[0].headlines if one.title != "Trains"] == list(TITLES[:3])


READ = (
    "Bread gets dearer once again in town",
    "A stork comes home late this spring",
    "The weir is whole again and shut now",
    "Who sold our old mill to the miller?",
)
SHARED = (
    "The choir sings all night once more",
    "Late frost hits the vines by the weir",
    "Who wants the old ferry for a penny?",
    "Two storks share one roof and a nest",
)


def rows(said: tuple[str, ...], *, with_ranks: bool) -> str:
    return "".join(
        f"<li>{f'<span>{n}</span>' if with_ranks else ''}<a href='/life/{title.split()[1].lower()}'>{title}</a></li>"
        for n, title in enumerate(said, 1)
    )


def test_a_list_without_form_and_addresses_that_say_anything_is_known_by_its_ranks() -> None:
    news = "".join(map(card, TITLES))
    read = rows(READ, with_ranks=True)
    found = lists(f"<section><h2>News</h2>{news}</section><section><h2>Town favourites</h2><ol>{read}</ol></section>")
    by_label = {one.label: [story.title for story in one.headlines] for one in found}
    assert by_label == {"News": list(TITLES), "Town favourites": list(READ)}


def test_numbered_parts_of_a_handbook_are_no_list_of_stories() -> None:
    parts = ("Setting up", "First steps", "Questions", "Imprint")
    rows = "".join(f"<li><span>{n}</span><a href='/p/{n}'>{part}</a></li>" for n, part in enumerate(parts, 1))
    assert not set(parts) & set(titles(f"<ol>{rows}</ol><section><h2>News</h2>{''.join(map(card, TITLES))}</section>"))


def table(count: int) -> str:
    head = "<thead><tr><th>Topic</th><th>Replies</th><th>Views</th><th>Last post</th></tr></thead>"
    rows = "".join(
        f"<tr><td>{link(title)}</td><td>{n + 11}</td><td>{(n + 1) * 313}</td><td>6 May 2027</td></tr>"
        for n, title in enumerate(TITLES[:count])
    )
    return f"<h2>Boats and gear</h2><table>{head}<tbody>{rows}</tbody></table>"


@pytest.mark.parametrize("count", [3, 4])
def test_a_table_with_as_many_rows_as_columns_is_one_list_with_its_counts(count: int) -> None:
    (found,) = lists(table(count))
    assert found.label == "Boats and gear"
    assert [one.title for one in found.headlines] == list(TITLES[:count])
    assert [one.comments and one.comments.count for one in found.headlines] == [n + 11 for n in range(count)]
    assert [one.views for one in found.headlines] == [(n + 1) * 313 for n in range(count)]


def test_a_short_list_in_a_pane_is_known_by_the_head_of_its_tab() -> None:
    panes = "".join(f"<ol class=pane>{rows(said, with_ranks=False)}</ol>" for said in (READ, SHARED))
    tabs = "<div><button>Most read</button><button>Most shared</button></div>"
    found = lists(f"<div><h2>News</h2>{''.join(map(card, TITLES))}</div><aside>{tabs}{panes}</aside>")
    assert {one.label: len(one.headlines) for one in found} == {"News": 4, "Most read": 4, "Most shared": 4}


@pytest.mark.parametrize(
    "above", ["<h2>Comments</h2><p>Log in to write one.</p>", "<h3>Follow us</h3><p>On all networks</p>"]
)
def test_words_right_over_a_list_outweigh_the_heading_of_something_else_before_them(above: str) -> None:
    stories = "".join(f"<li>{link(title)}</li>" for title in TITLES)
    (found,) = lists(f"{above}<p>From the harbour</p><ul>{stories}</ul>")
    assert (found.label, len(found.headlines)) == ("From the harbour", 4)


def test_a_heading_of_partners_over_a_line_that_says_the_same_is_no_head_of_stories() -> None:
    short = "".join(
        f"<li><a href='/go/{n}'>{name} and Sons</a></li>" for n, name in enumerate(("Reed", "Marsh", "Fenn", "Weir"))
    )
    news = "".join(map(card, TITLES))
    assert [
        one.label for one in lists(f"<h2>News</h2>{news}<h3>Partners</h3><p>Sponsored links</p><ul>{short}</ul>")
    ] == ["News"]


def test_the_summary_of_what_unfolds_is_the_label_of_the_list_in_it() -> None:
    parts = (("Monday, 3 May", TITLES[:2]), ("Friday, 7 May", TITLES[2:]), ("From the harbour", READ[:2]))
    boxes = "".join(
        f"<details><summary>{name}</summary><ul>{''.join(f'<li>{link(title)}</li>' for title in said)}</ul></details>"
        for name, said in parts
    )
    assert {one.label for one in lists(f"<h1>Notices</h1>{boxes}")} == {name for name, _ in parts}
    more = (
        f"<details><summary>More</summary><ul>{''.join(f'<li>{link(title)}</li>' for title in TITLES)}</ul></details>"
    )
    assert [one.label for one in lists(f"<h2>Notices</h2>{more}")] == ["Notices"]
