"""Headings of a text's sections: their row speaks for them where their form speaks against them."""

import pytest

from newsreader.models import Heading, plain
from tests.extraction.reading import article_in

URL = "https://fen.example/letters/2026/week-forty-one.html"
TITLE = "What the fen did in week forty-one"
INTRODUCTION = (
    "Good morning from the pump house, where the kettle has been on since five and the water stands a hand lower than "
    "it did a week ago, which nobody on the board had expected before the first frost of the year."
)
SECTIONS = {
    "en": (
        "The eel traps are back in the north drain",
        "Four traps were lowered on Monday, and by Wednesday each of them held more eels than all of last autumn, "
        "said the warden who counts them every year.",
    ),
    "de": (
        "Der Deich bekommt eine zweite Krone",
        "Bagger haben am Dienstag mit der Erhöhung begonnen, und bis zum Ende des Monats soll der erste Abschnitt so "
        "hoch sein wie die Straße nach der alten Mühle.",
    ),
    "ru": (
        "Насосная станция перешла на солнце",
        "На крыше станции поставили сорок панелей, и в первый же ясный день они дали больше тока, чем нужно трём "
        "насосам, которые качают воду из нижнего канала.",
    ),
    "uk": (
        "Школярі порахували журавлів",
        "Діти з трьох сіл вийшли на дамбу ще до світанку й налічили майже дві тисячі птахів, удвічі більше, ніж було "
        "торік у той самий тиждень жовтня.",
    ),
    "fr": (
        "Le pont tournant tourne à nouveau",
        "Après deux ans de travaux, le pont s'est ouvert mardi devant une centaine d'habitants, et le premier bateau à "
        "passer portait des betteraves.",
    ),
}


def headings_of(inner: str, head: str = "") -> list[str]:
    html = (
        f'<!doctype html><html lang="en"><head><title>{TITLE} | The Fen</title>{head}</head><body>'
        f"<main><h1>{TITLE}</h1>{inner}</main></body></html>"
    )
    article = article_in(html, URL)
    return [plain(block.spans) for block in article.blocks if isinstance(block, Heading)]


def sections(form: str) -> str:
    return "".join(form.format(heading=heading, number=n) + f"<p>{text}</p>" for n, (heading, text) in numbered())


def numbered() -> list[tuple[int, tuple[str, str]]]:
    return list(enumerate(SECTIONS.values(), 4711))


WANTED = [heading for heading, _ in SECTIONS.values()]


@pytest.mark.parametrize(
    "form",
    [
        '<h2><a href="/letters/2026/notice-{number}.html">{heading}</a></h2>',
        '<h3><a href="https://water.example/{number}">{heading}</a></h3>',
        '<h1 id="s{number}">{heading}</h1>',
        '<h1><a href="#s{number}">{heading}</a></h1>',
        "<h2>{heading}</h2>",
    ],
)
def test_every_section_of_a_letter_keeps_its_heading(form: str) -> None:
    assert headings_of(f'<div class="letter"><p>{INTRODUCTION}</p>{sections(form)}</div>') == WANTED


@pytest.mark.parametrize("first", ["Why the pumps stood still", "Почему стояли насосы", "Warum die Pumpen standen"])
def test_a_heading_above_the_first_words_is_kept_where_it_is_one_of_a_row(first: str) -> None:
    inner = f'<div class="letter"><h2>{first}</h2><p>{INTRODUCTION}</p>{sections("<h2>{heading}</h2>")}</div>'
    assert headings_of(inner) == [first, *WANTED]


def test_a_heading_that_names_a_year_or_the_author_is_no_date_and_no_byline() -> None:
    author = '<meta name="author" content="North Fen Board">'
    inner = "".join(
        f"<h2>{heading}</h2><p>{text}</p>"
        for heading, text in (
            ("The plan of 2025 in short", INTRODUCTION),
            ("North Fen Board", SECTIONS["en"][1]),
            ("South Fen Board", SECTIONS["fr"][1]),
        )
    )
    found = headings_of(f'<div class="letter">{inner}{sections("<h2>{heading}</h2>")}</div>', author)
    assert found == ["The plan of 2025 in short", "North Fen Board", "South Fen Board", *WANTED]


@pytest.mark.parametrize("label", ["More from the fen", "Weitere Meldungen", "Ещё новости"])
def test_other_stories_below_a_text_do_not_become_its_sections(label: str) -> None:
    text = "".join(f"<p>{INTRODUCTION} {text}</p>" for _, text in SECTIONS.values())
    others = sections('<h3><a href="/stories/2026/story-{number}.html">{heading}</a></h3>')
    assert headings_of(f'<div class="letter">{text}<h2>{label}</h2>{others}</div>') == []


@pytest.mark.parametrize("tool", ["edit", "Bearbeiten", "ред."])
def test_a_heading_keeps_its_words_and_loses_the_link_that_edits_its_section(tool: str) -> None:
    form = "<h2><span>{heading}</span><span>[<a href='/edit?section={number}'>" + tool + "</a>]</span></h2>"
    assert headings_of(f'<div class="letter"><p>{INTRODUCTION}</p>{sections(form)}</div>') == WANTED
