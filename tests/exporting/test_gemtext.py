"""Articles as gemtext: a line is what it begins with, and words never begin as a mark does."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given

from newsreader.exporting.gemtext import to_gemtext
from newsreader.models import Block, Cell, Figure, Heading, ListBlock, Paragraph, Preformatted, Quote, Span, Table
from newsreader.text import clean
from tests.test_exporting import HOSTILE, SPANS, article, paragraph, signs

MARKS = {"=>": "link", "###": "heading", "##": "heading", "#": "heading", "* ": "item", ">": "quote"}


def lines(gemtext: str) -> list[tuple[str, str]]:
    """Return each line as a reader of gemtext takes it: its kind, and its words."""
    found, is_inside = [], False
    for each in gemtext.split("\n"):
        if each.startswith("```"):
            is_inside = not is_inside
            continue
        mark = next((mark for mark in MARKS if each.startswith(mark)), "") if not is_inside else ""
        found.append(("preformatted" if is_inside else MARKS.get(mark, "text"), each.removeprefix(mark).strip()))
    assert not is_inside
    return found


def body(*blocks: Block) -> str:
    """Return the gemtext below the title and the link to the article."""
    return to_gemtext(article(*blocks)).split("\n\n", 2)[2]


@given(SPANS)
def test_words_in_gemtext_are_the_words_of_the_article(spans: tuple[Span, ...]) -> None:
    found = lines(body(Paragraph((Span("^"), *spans, Span("^")))))
    assert {kind for kind, _ in found} <= {"text", "link"}
    assert "".join("".join(words for kind, words in found if kind == "text").split()) == f"^{signs(spans)}^"


@given(SPANS)
def test_words_of_a_quote_stay_in_it(spans: tuple[Span, ...]) -> None:
    found = lines(body(Quote((Paragraph((Span("^"), *spans, Span("^"))),))))
    assert {kind for kind, _ in found} <= {"quote", "link"}
    assert "".join("".join(words for kind, words in found if kind == "quote").split()) == f"^{signs(spans)}^"


def test_blocks_become_gemtext() -> None:
    link = Span("the port", href="https://a.example/port")
    blocks: tuple[Block, ...] = (
        Paragraph((Span("Off "), link, Span("\n* and "), Span("more", strong=True))),
        Heading((Span("Heading"),), 4),
        Quote((paragraph("# said"), ListBlock(((paragraph("more"),),))), "A Speaker"),
        ListBlock(((paragraph("one"), ListBlock(((paragraph("inner"),),))), (Paragraph((link,)),))),
        ListBlock(((paragraph("nine"), paragraph("more")), (paragraph("ten"),)), ordered=True, start=9),
        Preformatted("a = 1\n```\nb", "python"),
        Figure("https://a.example/p one.png", "A port", (Span("The port"),), "Jane Doe"),
        Table(((Cell((Span("a"),), True), Cell((Span("b"),), True)), (Cell((Span("1"),)),))),
    )
    whole = replace(
        article(*blocks), lead="Lead", authors=("Jane Doe",), published=datetime.fromisoformat("2026-11-22T14:02")
    )
    assert to_gemtext(whole) == (
        "# Title\n\nLead\n\nJane Doe · 2026-11-22 14:02\n\n=> https://a.example/ a.example\n\n"
        "Off the port\n * and more\n=> https://a.example/port the port\n\n### Heading\n\n"
        "> # said\n>\n> * more\n> — A Speaker\n\n"
        "* one\n* – inner\n* the port\n=> https://a.example/port the port\n\n* 9. nine\nmore\n* 10. ten\n\n"
        "```python\na = 1\n ```\nb\n```\n\n=> https://a.example/p%20one.png Picture: The port — Jane Doe\n\n"
        "```Table\na  b\n────\n1\n```"
    )


@pytest.mark.parametrize(
    "block",
    [
        Quote((Preformatted(HOSTILE), Table(((Cell((Span(HOSTILE),)),),)), Quote((paragraph(HOSTILE),)))),
        ListBlock(((Preformatted("```\n" + HOSTILE),), (Heading((Span("=> " + HOSTILE),), 1),))),
        Paragraph((Span("=> gemini://evil.example/ a"), Span("\n```\n# b\n> c"))),
        Figure("javascript:alert(1)", HOSTILE),
        Paragraph((Span("x", href="gemini://evil.example/"),)),
    ],
)
def test_hostile_words_lead_nowhere_and_open_nothing(block: Block) -> None:
    text = to_gemtext(article(block))
    assert [words for kind, words in lines(text) if kind == "link"] == ["https://a.example/ a.example"]
    assert clean(text) == text


def test_a_repeated_link_is_one_line_with_its_first_words() -> None:
    port = "https://a.example/port"
    twice = (Span("the ", href=port), Span("port", strong=True, href=port), Span(" and "), Span("here", href=port))
    assert lines(body(Paragraph(twice)))[-1] == ("link", f"{port} the port")
