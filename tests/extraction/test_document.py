"""The tree that everything else reads."""

import pytest
from lxml import html as lxml_html

from newsreader.extraction.document import DEEPEST, flatten, name_words, parse_document, up_from, whole_text
from newsreader.extraction.page import parse_page

URL = "https://tide.example/a/b.html"


def depth_of(document_text: str) -> int:
    order = parse_document(document_text, URL).order
    return max(sum(1 for _ in element.iterancestors()) for element in order)


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul"])
def test_a_page_is_never_deeper_than_what_walks_it_can_go(tag: str) -> None:
    assert depth_of(f"<{tag}>word " * 16_000) <= DEEPEST


def test_lifting_what_is_too_deep_loses_no_word_and_no_order() -> None:
    words = [f"w{n}" for n in range(900)]
    document = parse_document("".join(f"<div>{word} " for word in words) + "<p>last</p> tail", URL)
    assert "".join(map(str, document.body.itertext())).split() == [*words, "last", "tail"]


def test_a_shallow_page_is_left_as_it_is() -> None:
    root = lxml_html.document_fromstring("<div><p>a<b>b</b>c</p></div>")
    before = lxml_html.tostring(root)
    flatten(root)
    assert lxml_html.tostring(root) == before


def test_attributes_without_end_are_cut_before_the_parser_sees_them() -> None:
    attributes = " ".join(f'a{n}="1"' for n in range(100_000))
    document = parse_document(f"<p {attributes}>Words.</p>", URL)
    assert "".join(map(str, document.body.itertext())) == "Words."


@pytest.mark.parametrize(
    "markup",
    [
        "<" * 1_000_000,
        '<p a="' * 160_000,
        "<p" + " " * 1_000_000,
        "<p " + "a=" * 500_000,
        "<p a " * 200_000,
        "<a'\"" * 250_000,
    ],
    ids=["angles", "quotes", "spaces", "equals", "names", "mixed"],
)
def test_a_megabyte_of_broken_tags_takes_no_time(markup: str) -> None:
    assert parse_document(markup, URL).url == URL


def test_a_page_inside_noscript_is_read() -> None:
    text = "These words are for those whose browser runs no scripts at all, and they are many words. " * 10
    document = parse_document(f"<noscript><p>{text}</p></noscript>", URL)
    assert document.text_length[document.body] > 600


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ('<p class="relatedPosts-top_2" id="ad">', ("related", "posts", "top", "ad")),
        ('<p class="lead">', ("lead",)),
        ('<p id="why-the-most-popular-ship-of-the-tide-sank">', ()),
        ("<p>", ()),
    ],
)
def test_names_are_read_as_words(markup: str, words: tuple[str, ...]) -> None:
    element = lxml_html.fragment_fromstring(markup + "</p>")
    assert name_words(element) == words


@pytest.mark.parametrize("tag", ["main", "section", "article", "header", "nav"])
@pytest.mark.parametrize("head", ["", "<title>Tide</title>", "<title>Tide</title><meta charset=utf-8>"])
def test_a_page_without_a_body_has_its_words_all_the_same(tag: str, head: str) -> None:
    document = parse_document(
        f"{head}<{tag}><p>The harbour wakes.</p></{tag}><p>The boats go out.", "https://t.example/"
    )
    assert "".join(map(str, document.body.itertext())) == "The harbour wakes.The boats go out."
    assert document.root.findtext(".//title") == ("Tide" if head else None)


def test_elements_are_found_by_their_names_and_attributes_in_page_order() -> None:
    page = parse_document(
        "<body><p id=one class='byLine top'>a</p><div role=main><svg class=byline role=img></svg>"
        "<b class=BY-line>b</b></div><i class=other title=x>c</i></body>",
        "https://site.example/",
    )
    assert [each.tag for each in page.named(frozenset({"by"}))] == ["p", "b"]
    assert [each.tag for each in page.named_so(lambda classes, name: name == "one" or classes == "other")] == ["p", "i"]
    assert [each.tag for each in page.having("title", "role", "id")] == ["p", "div", "i"]
    assert page.having("hidden") == []


def test_the_whole_text_of_an_element_is_all_that_is_in_it_but_nothing_behind_it() -> None:
    page = parse_document(
        "<body><p>One <b>two<br>three</b> &amp; \u0434\u0432\u0430</p>after</body>", "https://site.example/"
    )
    assert whole_text(page.body[0]) == "One twothree & \u0434\u0432\u0430"


@pytest.mark.parametrize("tag", ["div", "b", "font", "span", "blockquote", "table><tr><td", "ul><li", "div><section"])
def test_a_page_that_is_nested_deeper_than_the_parser_goes_loses_no_word(tag: str) -> None:
    words = [f"The harbour wakes at dawn number {n}." for n in range(9)]
    paragraphs = "".join(f"<p>{each} <a href='/{n}'>More</a></p>" for n, each in enumerate(words))
    document = parse_document(
        f"<title>Tide</title>{f'<{tag}>' * 5000}<h1>Tide</h1>{paragraphs}", "https://tide.example/"
    )
    text = " ".join(map(str, document.body.itertext()))
    assert all(each in text for each in words)
    assert len(document.by_tag["a"]) == 9
    assert document.by_tag["title"]


@pytest.mark.parametrize("form", ["{}", "&#{};", "&#x{:x};"])
def test_no_control_character_costs_a_page(form: str) -> None:
    first = "The dredger lies at the quay until the tide is high enough, the harbour master said to the pilots. " * 2
    second = "Two tugs came from the next port to hold it when the wind turns, and their crews sleep at the inn. " * 2
    for code in (*range(1, 32), 127, 0x85, 0x9F, 0xFFFE, 0xFFFF):
        each = form.format(chr(code) if form == "{}" else code)
        page = (
            f"<html lang=en><body><div><h1>The {each}dredger waits</h1>By Jane {each}Doe, {each} 2 November 2026<br>"
            f"{each}<source>{each}<p>{first}{each}</p>{each}<p>{second}{each}</p>{each}</div></body></html>"
        )
        article = parse_page(page.encode(), URL).article
        assert article is not None
        assert all(words in f"{article.lead} {article.text}" for words in (first.strip(), second.strip()))


def test_what_is_around_an_element_is_counted_from_the_inside_out_and_ends_with_the_page() -> None:
    document = parse_document("<body><main><p>Low <b>tide</b></p></main></body>", "https://tide.example/")
    (mark,) = document.elements("b")
    assert [element.tag for element in up_from(mark, 2)] == ["b", "p"]
    assert [element.tag for element in up_from(mark, 9)] == ["b", "p", "main", "body", "html"]
