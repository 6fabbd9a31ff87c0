"""Boxes in and above a text that call to the site's own, and what is in a player, are not the article's."""

import pytest

from newsreader.models import Article, Figure
from tests.extraction.reading import article_in

URL = "https://harbour.example/2026/08/02/lock-keepers.html"
TITLE = "Why the old lock needs four keepers, and not three"
TEXT = (
    "On a calm day a barge goes through the old lock in eleven minutes, if the keepers at both gates see each other, "
    "which since the new crane was built they do not.",
    "A fourth keeper stands halfway, on a stool, and waves a flag; the harbour board calls this a provisional measure, "
    "and has called it so for seven years.",
    "Mirrors were tried, and then radios, but the walls of the basin are thick, and gulls took a liking to the mirrors "
    "on the first morning of the trial.",
    "In autumn the board will decide about a camera, which costs as much as a keeper earns in five months and does not "
    "fall asleep, its chairman says.",
)


def article_of(inner: str, above: str = "") -> Article:
    html = (
        f'<!doctype html><html lang="en"><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1>{above}'
        f"<div class='text'>{inner}</div></main></body></html>"
    )
    return article_in(html, URL)


def paragraphs(first: int = 0, last: int = len(TEXT)) -> str:
    return "".join(f"<p>{text}</p>" for text in TEXT[first:last])


STYLED = '<a href="/join" style="padding: 8px 16px; background: #036; color: white">Join the circle</a>'
NAMED = '<p><a class="box-button" href="/join">Join the circle</a></p>'


@pytest.mark.parametrize("button", [STYLED, f"<p>{STYLED}</p>", NAMED], ids=["styled", "styled, boxed", "named, boxed"])
@pytest.mark.parametrize(
    "behind", ["", "<ul><li>30 days free</li><li>No card needed</li></ul>"], ids=["", "small print"]
)
def test_a_box_with_a_heading_and_a_button_is_no_text(button: str, behind: str) -> None:
    call = "<h3>See the harbour as its members do</h3><p>Over 900 have a key already.</p>"
    box = f"<div>{call}<div>{button}{behind}</div></div>"
    text = article_of(f"{paragraphs(0, 2)}{box}{paragraphs(2)}").text
    assert text == "\n\n".join(TEXT)


@pytest.mark.parametrize("style", ["padding: 0px; background: white", "padding: 4px; background: transparent", ""])
def test_a_link_that_was_pasted_with_a_style_is_no_button(style: str) -> None:
    link = f'<a href="https://gulls.example/mirrors" style="{style}">What gulls see in mirrors</a>'
    words = f"It is not vanity, a student of birds found out, and {link} was the title of her book."
    box = f"<div><h3>Of gulls</h3><p>{words}</p></div>"
    assert "What gulls see" in article_of(f"{paragraphs(0, 2)}{box}{paragraphs(2)}").text


def test_words_over_buttons_above_the_text_are_no_standfirst() -> None:
    buttons = '<a class="button" href="/join">Yes, now</a><a class="button" href="/later">Later</a>'
    box = f"<div><div>900 members so far</div><div><div>Would you like a key to the harbour?</div>{buttons}</div></div>"
    article = article_of(paragraphs(), box)
    assert article.lead is None
    assert article.text == "\n\n".join(TEXT)


def test_a_standfirst_above_a_row_of_buttons_stays() -> None:
    standfirst = "Gulls, cranes and a man on a stool: what a provisional measure looks like after seven years."
    share = '<div><a class="button" href="/s">Send</a><a class="button" href="/p">Print</a></div>'
    assert article_of(paragraphs(), f'<p class="standfirst">{standfirst}</p>{share}').lead == standfirst


def test_what_a_player_in_a_figure_says_of_its_film_is_no_heading_of_the_text() -> None:
    said = "<p>transcript</p><h2>A barge in the lock</h2><h4>It took eleven minutes on Sunday, with four keepers.</h4>"
    player = f"<figure><div><div><header><div>0:45</div></header><div><div>{said}</div></div></div></div></figure>"
    assert article_of(f"{paragraphs(0, 2)}{player}{paragraphs(2)}").text == "\n\n".join(TEXT)


@pytest.mark.parametrize("label", ["Credit...", "Credit: ", "Crédit : ", "Image credit: ", "Credits… ", ""])
def test_a_label_that_says_only_that_it_is_a_credit_is_no_part_of_it(label: str) -> None:
    assert credit_of(f"{label}Ida Maas/Harbour Board") == "Ida Maas/Harbour Board"


@pytest.mark.parametrize("credit", ["Photo: Ida Maas", "© Harbour Board", "Credit Union of the Harbour"])
def test_what_a_credit_says_besides_stays(credit: str) -> None:
    assert credit_of(credit) == credit


def credit_of(words: str) -> str | None:
    figure = (
        f'<figure><img src="/lock.jpg" width="800" height="500" alt=""><figcaption>The man on the stool '
        f'<span class="credit">{words}</span></figcaption></figure>'
    )
    blocks = article_of(f"{paragraphs(0, 2)}{figure}{paragraphs(2)}").blocks
    [shown] = [each for each in blocks if isinstance(each, Figure)]
    return shown.credit


@pytest.mark.parametrize("tag", ["div", "span", "p"])
@pytest.mark.parametrize(("initial", "rest"), [("O", TEXT[0][1:]), ("L", "’écluse" + TEXT[0][1:])])
def test_a_large_first_letter_in_a_box_of_its_own_begins_the_text(tag: str, initial: str, rest: str) -> None:
    box = f'<div class="cap"><{tag}>{initial}</{tag}></div>'
    assert article_of(f"{box}<p>{rest}</p>{paragraphs(1)}").text.startswith(initial + rest)


def test_a_letter_above_words_that_begin_with_a_large_one_is_no_part_of_them() -> None:
    assert article_of(f"<div><div>A</div></div>{paragraphs()}").text.endswith("\n\n".join(TEXT))


def test_boxes_alike_that_each_say_what_another_site_has_are_items_of_the_text() -> None:
    box = (
        '<div class="row"><div class="col"><h4><a href="https://{0}.example/">{1}</a></h4><p>{2}</p>'
        '<a class="btn" href="https://{0}.example/"></a></div></div>'
    )
    items = (
        ("mirrors", "Mirror makers of the bay", "They cut glass for lighthouses, and lend a mirror for a week."),
        ("flags", "Flags by Ottilie", "Every flag is sewn twice, so that the wind needs two winters for one."),
        ("stools", "Stools from the quay", "Made of old masts, with three legs, because no quay is even anywhere."),
    )
    boxes = "".join(box.format(*item) for item in items)
    text = article_of(f"{paragraphs()}<h2>Where to look</h2>{boxes}<p>{TEXT[0]} Or so they say.</p>").text
    assert all(words in text for _, *both in items for words in both)


@pytest.mark.parametrize(("address", "is_kept"), [("/getkeys/", False), ("/2026/07/30/mirrors-of-the-lock.html", True)])
def test_a_heading_and_a_paragraph_between_two_rules_may_ask_to_pay(address: str, is_kept: bool) -> None:
    words = f'If you like to read of the lock, think of <a href="{address}">buying a key</a>. It opens the small gate.'
    text = article_of(f"{paragraphs(0, 2)}<hr><h2>On keeping the lock</h2><p>{words}</p><hr>{paragraphs(2)}").text
    assert ("On keeping the lock" in text) is is_kept
