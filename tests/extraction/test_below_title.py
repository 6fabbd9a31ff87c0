"""What stands between the title and the text that was found first: an article begins below its title."""

from collections.abc import Sequence

import pytest

from newsreader.extraction.document import parse_document
from newsreader.extraction.headlines.tree import Tree
from tests.extraction.reading import article_in

URL = "https://lock.example/2026/10/03/new-gates-for-the-upper-lock.html"
TITLE = "New gates for the upper lock"
STORY = (
    "The upper lock has had new gates since Saturday. They were made of oak from the hills behind the canal, and each "
    "of them weighs as much as two lorries.",
    "For eleven weeks no boat could pass. The barges that carry gravel to the town were unloaded below the lock, and "
    "lorries took the rest of the way through three villages.",
    "The canal board had put off the work twice, first for want of money and then because the carpenter who alone "
    "knew the old joints had broken his arm.",
    "In the end he drew the joints with his left hand, and his two apprentices cut them. The board has kept the "
    "drawings, which it wants to show in the lock keeper's house.",
    "The old gates lasted for sixty-one years. Parts of them will become benches along the towpath, if the district "
    "finds the money for the screws.",
    "From next week on the lock is open from six in the morning to nine in the evening, an hour longer than before.",
)
TALK = (
    "What was the hardest part of the work? The lower hinge, said the carpenter, because it had to be fitted under "
    "water and by touch alone, and because the water in April is colder than one thinks.",
    "Did he doubt that the gates would close? Only once, when the first one hung and a gap as wide as a thumb was "
    "left, until somebody noticed that the crane still held it up.",
    "Would he do it again? In sixty-one years, he said, if he is asked politely, and if the board has found out by "
    "then where it had put the long ladder that was missing all summer.",
    "His apprentices, he said, know everything by now that he knows himself, apart from the places where one finds "
    "oak that has grown slowly enough, and those he will tell them at Christmas.",
    "The day after the opening he went fishing, below the lock, and caught nothing. The fish, he said, have to get "
    "used to the new gates too, and they take their time about it, as fish do.",
)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(inner: str, head: str = TITLE) -> str:
    return f'<!doctype html><html lang="en"><head><title>{head}</title></head><body>{inner}</body></html>'


def texts_of(page: str) -> list[str]:
    return article_in(page, URL).text.split("\n\n")


def test_a_story_above_a_longer_interview_that_is_folded_is_not_lost() -> None:
    numbered = [f"{number}. {text}" for number in range(1, 5) for text in TALK]
    inner = f'<div class="row"><div class="cell"><div class="body">{paragraphs(*numbered)}</div></div></div>'
    panel = (
        f'<div class="fold"><a href="#talk">The carpenter talks about his gates</a><div id="talk">{inner}</div></div>'
    )
    told = f'<div class="cell"><div class="media">{paragraphs(*STORY)}</div></div>'
    found = texts_of(page(f"<section><h1>{TITLE}</h1>{told}</section><section>{panel}</section>"))
    assert found[: len(STORY)] == list(STORY)
    assert f"1. {TALK[0]}" in found


@pytest.mark.parametrize("name", ["flow", "opening"])
@pytest.mark.parametrize("style", ["{}", "<strong>{}</strong>"])
def test_a_first_paragraph_in_a_box_of_its_own_is_shown_and_a_line_below_it_is_no_standfirst(
    name: str, style: str
) -> None:
    first = " ".join((*STORY[:3], STORY[5]))
    deep = '<div class="outer"><div class="row"><div class="cell"><div class="{}">{}</div></div></div></div>'
    line = '<div class="line"> How the gates were made </div>'
    parts = [
        f'<p class="copy">{style.format(first)}</p>',
        line + copied(STORY[3:5]),
        copied(TALK[:3]),
        copied(TALK[3:]),
    ]
    boxes = "".join(deep.format("flow" if number else name, part) for number, part in enumerate(parts))
    article = article_in(page(f'<h1>{TITLE}</h1><div class="text">{boxes}</div>'), URL)
    assert [article.lead or "", *article.text.split("\n\n")].count(first) == 1
    assert article.lead in (None, first)


def copied(texts: Sequence[str]) -> str:
    return "".join(f'<p class="copy">{text}</p>' for text in texts)


@pytest.mark.parametrize("heading", ["h1", "h2"])
@pytest.mark.parametrize("name", [TITLE, f"{TITLE} | The Lock Gazette"])
def test_the_title_is_known_whatever_headings_the_sections_have(heading: str, name: str) -> None:
    sections = f"<{heading}>How it was done</{heading}>".join((paragraphs(*STORY[:3]), paragraphs(*STORY[3:])))
    link = '<a href="/region/upper-valley">More from the upper valley</a>'
    html = page(f'<div id="head">{link}<h1>{TITLE}</h1></div><div id="text">{sections}</div>', name)
    around = Tree(parse_document(html, URL)).title_line
    assert [each.get("id") for each in around if each.tag == "div"] == ["head"]


@pytest.mark.parametrize("place", ["LOCKTON", "<b>Lockton</b>", "Верхний Шлюз"])
def test_the_place_of_a_story_is_the_beginning_of_its_text(place: str) -> None:
    first = f'<p><span class="dateline">{place} – </span>{STORY[0]}</p>'
    found = texts_of(page(f"<article><h1>{TITLE}</h1>{first}{paragraphs(*STORY[1:])}</article>"))
    assert found[0] == f"{place.removeprefix('<b>').removesuffix('</b>')} – {STORY[0]}"


def test_a_line_with_the_day_that_is_named_a_dateline_is_not_text() -> None:
    line = '<p class="dateline">Lockton, Saturday, 3 October 2026</p>'
    found = texts_of(page(f"<article><h1>{TITLE}</h1>{line}{paragraphs(*STORY)}</article>"))
    assert found == list(STORY)


@pytest.mark.parametrize("levels", [1, 3])
def test_a_last_paragraph_in_a_box_of_its_own_is_text_where_it_has_the_class_of_the_others(levels: int) -> None:
    end = '<div class="media">' * levels + copied(STORY[5:]) + "</div>" * levels
    boxes = copied(STORY[:3]) + copied(TALK) + end
    found = texts_of(page(f'<h1>{TITLE}</h1><div class="text">{boxes}</div>'))
    assert found == [*STORY[:3], *TALK, STORY[5]]
