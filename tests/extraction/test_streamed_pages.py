"""Pages that send their parts late are read in the order in which a reader sees them."""

import random
from collections.abc import Callable

import pytest

from newsreader.extraction.document import parse_document
from newsreader.extraction.page import parse_page, whole_page
from newsreader.models import Heading, block_texts, plain

URL = "https://tide.example/2026/11/22/a-story.html"
CALL = '<script>$RC("B:{0}","S:{0}")</script>'


def words(html: str) -> str:
    body = parse_document(f"<body>{html}</body>", URL).body
    for script in list(body.iter("script")):
        script.text = ""
    return " ".join("".join(map(str, body.itertext())).split())


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (  # what is there until the part comes goes
            '<p>a</p><!--$?--><template id="B:0"></template><i>Please wait</i><!--/$--> z'
            '<div hidden id="S:0">x <b>y</b> w</div>' + CALL.format("0"),
            "ax y w z",
        ),
        (  # the call decides, not the number
            '<template id="B:0"></template>-<template id="B:1"></template><div hidden id="S:0">second</div>'
            '<div hidden id="S:1">first</div><script>$RC("B:1","S:0");$RC("B:0","S:1")</script>',
            "first-second",
        ),
        (  # one in the other
            '<template id="P:1"></template>!<div hidden id="S:2">in</div>'
            '<div hidden id="S:1">out <template id="P:2"></template> out</div>',
            "out in out!",
        ),
        # a part without a place is shown where it is, a place without a part says what it says
        ('<template id="B:3"></template>Please wait <div hidden id="S:9">late</div>', "Please wait late"),
        # two of one name: the first
        ('<template id="P:1"></template><template id="P:1"></template>.<div hidden id="S:1">once</div>', "once."),
        # a part that would contain itself
        ('<div hidden id="S:1">a <template id="P:1"></template></div>', "a"),
        ('<template id="pl-k"></template>Wait<!--pl-k--> z<template id="k"><p>come</p></template>', "come z"),
        ('<tide-card><template shadowrootmode="open"><p>in the shadow</p></template></tide-card>', "in the shadow"),
    ],
)
def test_a_late_part_is_in_its_place(html: str, shown: str) -> None:
    assert words(html) == shown


SENTENCE = "The keeper of pier {} wrote down every boat that came or went, with the weather and the cargo it carried."


def streamed(numbers: list[int], sent: list[int]) -> bytes:
    places = "".join(f'<section><!--$?--><template id="B:{n:x}"></template><!--/$--></section>' for n in numbers)
    parts = "".join(
        f'<div hidden id="S:{n:x}"><h2>Pier {n}</h2><p>{SENTENCE.format(n)}</p></div>' + CALL.format(f"{n:x}")
        for n in sent
    )
    return f"<title>The piers of Ostmer</title><body><main><h1>The piers of Ostmer</h1>{places}</main>{parts}".encode()


def test_an_article_is_read_in_order_though_its_parts_come_late() -> None:
    sent = list(range(20))
    random.Random(7).shuffle(sent)
    body = streamed(list(range(20)), sent)
    article = parse_page(body, URL).article
    assert article is not None
    headings = [plain(block.spans) for block in article.blocks if isinstance(block, Heading)]
    assert headings == [f"Pier {n}" for n in range(20)]
    whole = whole_page(body, URL).article
    assert whole is not None
    shown = [text for block in whole.blocks for text in block_texts(block)]
    assert [text for text in shown if text.startswith("The keeper")] == [SENTENCE.format(n) for n in range(20)]


def chained(count: int) -> str:
    return '<template id="P:0"></template>' + "".join(
        f'<div hidden id="S:{n:x}"><p>p{n} </p><template id="P:{n + 1:x}"></template></div>' for n in range(count)
    )


def abreast(count: int) -> str:
    return "".join(f'<template id="P:{n:x}"></template>' for n in range(count)) + "".join(
        f'<div hidden id="S:{n:x}"><p>p{n} </p></div>' for n in reversed(range(count))
    )


@pytest.mark.parametrize("page", [chained, abreast])
def test_five_thousand_late_parts_are_put_in_order(page: Callable[[int], str]) -> None:
    assert words(page(5000)).split() == [f"p{n}" for n in range(5000)]
