"""What is above a story and speaks of the page is no lead."""

import pytest
from lxml.html import Element

from newsreader.extraction.notices import is_life, is_notice, is_notice_above
from newsreader.extraction.page import parse_page
from newsreader.models import Article

TITLE = "Lighthouse of Varnholm goes dark for a winter"
TEXT = (
    "<p>The lighthouse was switched off on Friday for the first time since the war, and the boats of the island stayed"
    " in the harbour until the morning, as the harbour master had asked them to.</p>"
    "<p>Its lamp is to be cleaned and its stairs mended before the herring come, the owner said, and he named the month"
    " of April, when the nights are short enough for the fishermen to find their way.</p>"
) * 4
LEAD = "For the first time since the war the boats have to find their own way home"


def article_of(above: str) -> Article:
    page = f"<html lang=en><head><title>{TITLE}</title><meta name=author content='Maud Pennick'></head><body><article>"
    page += f"<header><h1>{TITLE}</h1>{above}</header><div>{TEXT}</div></article></body></html>"
    article = parse_page(page.encode(), "https://varnholm.example/2026/11/20/lighthouse").article
    assert article is not None
    return article


def lead_of(above: str) -> str | None:
    article = article_of(above)
    assert article.text.startswith("The lighthouse was switched off")
    return article.lead


@pytest.mark.parametrize(
    "notice",
    [
        "Last updated on November 20, 2026",
        "Medically reviewed by Max Veri, MD, on November 20, 2026",
        "Disclosure: some links here are affiliate links, and we may earn a commission if you buy through them.",
        "This post is more than four years old. Parts of it may be out of date by now.",
        "harbour.daily is a newsletter about boats and nets. Do you want it in your inbox each Friday?",
        "This story is also available in the following languages:",
        "In this photo released by the coast guard, two boats wait for the tide beside the lighthouse of Varnholm.",
        "Maud Pennick is a writer who covers the coast. She lives in Varnholm with a dog and eleven lamps.",
        "20 November 2026 by Maud Pennick, Member of the Board of the Lighthouse Club",
        "November 20, 2026 — 6:22 PM EST",
        TITLE,
    ],
)
def test_a_notice_is_no_lead_and_hides_none(notice: str) -> None:
    assert lead_of(f"<p class=intro>{notice}</p>") is None
    article = article_of(f"<p class=standfirst>{LEAD}</p><p class=intro>{notice}</p>")
    assert LEAD in (article.lead or article.text)
    assert notice not in f"{article.lead} {article.text}"


@pytest.mark.parametrize(
    "text",
    [
        "Dieser Beitrag ist über drei Jahre alt.",
        "Cet article date de plus de deux ans.", "Этот текст: на правах рекламы.",
        "Este artículo tiene más de cinco años.", "Questo articolo ha più di due anni.",
        "この記事は3年以上前のものです。",
        "Wir erhalten eine Provision, wenn über den Link ein Kauf erfolgt.", "Текст містить партнерські посилання.",
        "Jetzt abonnieren: unser Newsletter vom Hafen!", "Abonnez-vous à notre lettre !",
        "Suscríbete a nuestro boletín!",
        "Also available in Spanish", "Dieser Artikel ist auch auf Englisch verfügbar", "Читать на русском языке",
    ],
)  # fmt: skip
def test_notices_are_known_in_many_languages(text: str) -> None:
    assert is_notice(text)


@pytest.mark.parametrize(
    "text",
    [
        LEAD, "The commission for fisheries met on Friday to speak of the price of lamps and of the winter.",
        "Three years after the fire the tower stands again, and its keeper is ninety years old.",
        "The newspaper's owner has sold his boats, his quay and his lighthouse to the town.",
        "Кораблі повернулися до порту вранці, бо маяк на острові не світив уже третю ніч.",
        "Der Leuchtturm von Varnholm bleibt im Winter dunkel, und die Boote suchen ihren Weg allein.",
    ],
)  # fmt: skip
def test_a_lead_is_no_notice(text: str) -> None:
    assert not is_notice(text)
    assert lead_of(f"<p class=standfirst>{text}</p>") == text


def test_a_sentence_that_tells_the_time_is_no_date_line() -> None:
    assert not is_notice_above("The 11:00 boat left the quay eight minutes late.", Element("p"), ())
    assert is_notice_above("3 November 2026, 11:00.", Element("p"), ())


def test_a_biography_of_somebody_else_can_be_the_lead() -> None:
    text = "Olga Reeve is a journalist who lives in the last house of the island, and she has seen every storm."
    assert not is_life(text, ["maud pennick"])
    assert is_life(text, ["olga reeve"])


def test_what_follows_a_lead_in_its_paragraph_is_cut_where_the_notice_begins() -> None:
    notice = "We may earn a commission if you buy through the links on this page."
    assert lead_of(f"<p class=standfirst>{LEAD}. {notice}</p>") == f"{LEAD}."


def test_an_invitation_to_become_a_member_is_no_lead() -> None:
    asks = "You’re reading a free article of the Harbour Post. Become a Harbour Post member today to read all of them."
    assert lead_of(f"<p>{asks}</p>") is None


@pytest.mark.parametrize(
    "line",
    [
        "<p class=by>Olga Reeve in Varnholm</p>",
        "<p class=t>Translated from the Danish by Olga Reeve</p>",
        "<p class=t>Aus dem Dänischen übersetzt von Olga Reeve</p>",
        "<p>News ID: 4412</p>",
    ],
)
def test_a_line_below_the_standfirst_that_says_who_took_part_is_no_part_of_it(line: str) -> None:
    assert lead_of(f"<p class=x1>{LEAD}</p>{line}") == LEAD


def test_a_bold_paragraph_above_a_picture_is_the_lead() -> None:
    first, *others = TEXT.replace("</p>", "</p>\n").splitlines()
    bold = f"<p><b>{LEAD}.</b></p><p><img src='/lamp.jpg' alt=''></p>"
    page = f"<html lang=en><head><title>{TITLE}</title></head><body><div><h1>{TITLE}</h1>{bold}{first}{''.join(others)}"
    article = parse_page(f"{page}</div></body></html>".encode(), "https://varnholm.example/n/lighthouse").article
    assert article is not None
    assert article.lead == f"{LEAD}."
