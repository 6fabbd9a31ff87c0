"""Articles in other forms: whatever their words are, they stay words."""

from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.cells import cell_len

from newsreader.exporting.html import to_html
from newsreader.exporting.markdown import to_markdown
from newsreader.exporting.plain import to_text
from newsreader.models import (
    Article,
    Block,
    Cell,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Span,
    Table,
    plain,
)
from newsreader.text import clean

MARKDOWN = MarkdownIt("gfm-like", {"linkify": False, "typographer": False})

HOSTILE = (
    "*a* _b_ **c** `d` [e](https://evil.example/) ![f](https://evil.example/f.png) <script>g</script> "
    "<b>h</b> &lt;i&gt; ~~j~~ | k | \\l <https://evil.example/> [m]: n"
)


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def article(*blocks: Block) -> Article:
    return Article("https://a.example/", "Title", blocks)


def body(text: str) -> str:
    """Return the Markdown below the title and the line about the article."""
    return to_markdown(article(paragraph(text))).split("\n\n", 2)[2] if text.strip() else ""


def tokens(markdown: str) -> list[Token]:
    return [inner for token in MARKDOWN.parse(markdown) for inner in (token, *(token.children or ()))]


def words(markdown: str) -> str:
    """Return the words that a reader of the rendered Markdown sees, without white space."""
    seen = [
        token.content
        for token in tokens(markdown)
        if token.type in ("text", "code_inline", "fence", "code_block", "html_block")
        or (token.type == "html_inline" and token.content not in ("<sup>", "</sup>"))
    ]
    return "".join("".join(seen).split())


def signs(spans: tuple[Span, ...]) -> str:
    """Return the words of the spans without white space, each cleaned alone as pages give them."""
    return "".join("".join(clean(span.text) for span in spans).split())


SIGNS = st.lists(
    st.one_of(
        st.sampled_from("ab1 .)-+=#*_`~[]()<>!|\\&;:\n\"'»«—€"),
        st.sampled_from(["**", "```", "---", "===", "1. ", "- ", "# ", "&amp;", "<b>", "](", "    ", "я", "字"]),
        st.characters(),
    ),
    max_size=25,
).map("".join)
SPANS = st.lists(
    st.builds(
        Span,
        SIGNS,
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.sampled_from([None, "https://a.example/b?c=(d)&e=*f*&copy;[g]|<h>"]),
    ),
    max_size=4,
).map(tuple)


@given(SPANS)
def test_words_in_markdown_are_the_words_of_the_article(spans: tuple[Span, ...]) -> None:
    seen = words(to_markdown(article(Paragraph((Span("^"), *spans, Span("^"))))))
    assert seen[seen.index("^") :] == f"^{signs(spans)}^"


@given(SIGNS)
def test_no_words_become_markup(text: str) -> None:
    for token in tokens(to_markdown(article(paragraph(text)))):
        assert token.type in {
            "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "hardbreak",
            "link_open", "link_close", "text_special",
        }  # fmt: skip
        if token.type == "heading_open":
            assert token.tag == "h1"
        if token.type == "link_open":
            assert token.attrs["href"] == "https://a.example/"


def test_hostile_words_stay_words_in_every_block() -> None:
    cell = Cell((Span(HOSTILE),), header=True)
    blocks: tuple[Block, ...] = (
        Heading((Span(HOSTILE + " #"),), 2),
        Quote((paragraph(HOSTILE),), HOSTILE),
        ListBlock(((paragraph(HOSTILE), ListBlock(((paragraph(HOSTILE),),), ordered=True)),)),
        Preformatted("```\n" + HOSTILE),
        Table(((cell,), (cell,)), HOSTILE),
        Figure("https://a.example/p.png", "", (Span(HOSTILE),), HOSTILE),
    )
    hostile = replace(article(*blocks), title=HOSTILE, lead=HOSTILE, authors=(HOSTILE,))
    seen = tokens(to_markdown(hostile))
    assert not {"html_inline", "html_block", "em_open", "s_open", "code_inline"} & {token.type for token in seen}
    assert {token.attrs["href"] for token in seen if token.type == "link_open"} == {"https://a.example/"}
    assert {token.attrs["src"] for token in seen if token.type == "image"} == {"https://a.example/p.png"}
    assert words(to_markdown(hostile)).count("".join(HOSTILE.split())) == 14


@pytest.mark.parametrize(
    ("spans", "markdown"),
    [
        ((Span("a "), Span("b ", strong=True), Span("c", emphasis=True)), "a **b** *c*"),
        ((Span("a", strong=True, emphasis=True),), "***a***"),
        ((Span("see "), Span("it", href="https://a.example/(b)"), Span(".")), "see [it](https://a.example/%28b%29)."),
        (
            (Span("a", href="https://a.example/"), Span("b", strong=True, href="https://a.example/")),
            "[a**b**](https://a.example/)",
        ),
        ((Span("x", href="javascript:alert(1)"),), "x"),
        ((Span("a`b", code=True),), "``a`b``"),
        ((Span("a", code=True), Span("`b", code=True, superscript=True)), "`a`<sup>\\`b</sup>"),
        ((Span("10"), Span("6", superscript=True)), "10<sup>6</sup>"),
        ((Span("one\ntwo"),), "one\\\ntwo"),
        ((Span("1. one\n- two\n+5\n# x"),), "1\\. one\\\n\\- two\\\n\\+5\\\n\\# x"),
        ((Span("a"), Span("«b»", strong=True), Span("c")), "a«b»c"),
        ((Span("2 * 2 = 4, C# & co."),), "2 \\* 2 = 4, C\\# & co."),
    ],
)
def test_looks_become_markdown(spans: tuple[Span, ...], markdown: str) -> None:
    assert to_markdown(article(Paragraph(spans))).split("\n\n", 2)[2] == markdown


def test_blocks_become_markdown() -> None:
    blocks: tuple[Block, ...] = (
        Heading((Span("Heading"),), 1),
        Quote((paragraph("said"), paragraph("more")), "A Speaker"),
        ListBlock(((paragraph("one"), ListBlock(((paragraph("inner"),),))), (paragraph("two"),))),
        ListBlock(((paragraph("other"),),)),
        ListBlock(((paragraph("nine"), paragraph("more")), (paragraph("ten"),)), ordered=True, start=9),
        Preformatted("a = `1`\n\nb", "python"),
        Figure("https://a.example/p.png", "A port", (Span("The port"),), "Jane Doe"),
        Table(((Cell((Span("a"),), True), Cell((Span("b"),), True)), (Cell((Span("1|2"),)),)), "Table"),
    )
    assert to_markdown(
        replace(
            article(*blocks), lead="Lead", authors=("Jane Doe",), published=datetime.fromisoformat("2026-11-22T14:02")
        )
    ) == (
        "# Title\n\n**Lead**\n\nJane Doe · 2026-11-22 14:02 · [a.example](https://a.example/)\n\n"
        "## Heading\n\n> said\n>\n> more\n>\n> — A Speaker\n\n- one\n  - inner\n- two\n\n* other\n\n"
        "9. nine\n\n   more\n\n10. ten\n\n```python\na = `1`\n\nb\n```\n\n"
        "![A port](https://a.example/p.png)\n\nThe port — Jane Doe\n\nTable\n\n| a | b |\n| --- | --- |\n| 1\\|2 |  |"
    )


# --- HTML ---


class Seen(HTMLParser):
    """What a parser of HTML finds: elements with their attributes, and words."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def parsed(document: str) -> Seen:
    seen = Seen()
    seen.feed(document.partition("</head>")[2])
    return seen


@given(SPANS)
def test_words_in_html_are_the_words_of_the_article(spans: tuple[Span, ...]) -> None:
    seen = parsed(to_html(article(Paragraph((Span("^"), *spans)))))
    found = "".join(seen.words.split())
    assert found[found.index("^") :] == "^" + signs(spans)
    assert {tag for tag, _ in seen.elements} <= {
        "body", "article", "header", "h1", "p", "a", "strong", "em", "code", "sup", "br",
    }  # fmt: skip


def test_html_is_one_document_without_scripts_or_strange_attributes() -> None:
    hostile = Article(
        'https://a.example/"><script>alert(1)</script>',
        "</title><script>1</script>",
        (Figure('https://a.example/"onerror="x', '" onload="x'), Paragraph((Span("y", href="javascript:alert(1)"),))),
        language='en" onload="x',
    )
    document = to_html(hostile)
    assert "<script" not in document
    assert document.startswith("<!DOCTYPE html>\n<html>\n")
    for _, attributes in parsed(document).elements:
        assert set(attributes) <= {"class", "href", "src", "alt", "loading"}
        assert str(attributes.get("href", "https://")).startswith("https://")


def test_html_names_its_language_and_direction() -> None:
    assert '<html lang="uk">' in to_html(replace(article(), language="uk"))
    assert '<html lang="ar" dir="rtl">' in to_html(replace(article(), language="ar", title="هذا نص"))


def test_blocks_become_html() -> None:
    blocks: tuple[Block, ...] = (
        Heading((Span("Heading"),), 1),
        Quote((paragraph("said"),), "A Speaker"),
        ListBlock(((paragraph("one"), ListBlock(((paragraph("inner"),),))),), ordered=True, start=3),
        Preformatted("a < b"),
        Figure("https://a.example/p.png", "A port", (Span("The port"),)),
        Table(((Cell((Span("a"),), True),), (Cell((Span("1"),)),)), "Table"),
        Paragraph((Span("one\ntwo", strong=True), Span("it", href="https://a.example/?b=1&c=2"))),
    )
    html = to_html(article(*blocks)).partition("</header>\n")[2].partition("\n</article>")[0]
    assert html == (
        "<h2>Heading</h2>\n<blockquote>\n<p>said</p>\n<footer>— A Speaker</footer>\n</blockquote>\n"
        '<ol start="3">\n<li>one\n<ul>\n<li>inner</li>\n</ul></li>\n</ol>\n<pre><code>a &lt; b</code></pre>\n'
        '<figure><img src="https://a.example/p.png" alt="A port" loading="lazy"/>'
        "<figcaption>The port</figcaption></figure>\n"
        '<div class="wide"><table>\n<caption>Table</caption>\n'
        "<tr><th>a</th></tr>\n<tr><td>1</td></tr>\n</table></div>\n"
        '<p><strong>one<br/>\ntwo</strong><a href="https://a.example/?b=1&amp;c=2">it</a></p>'
    )


# --- plain text ---

BLOCKS: tuple[Block, ...] = (
    paragraph("one two three four five six"),
    Heading((Span("Heading"),), 2),
    Quote((paragraph("said and said again"), paragraph("more")), "A Speaker"),
    ListBlock(((paragraph("one and two and three"), ListBlock(((paragraph("inner"),),))), (paragraph("two"),))),
    ListBlock(((paragraph("nine"), paragraph("more")), (paragraph("ten"),)), ordered=True, start=9),
    Preformatted("a = 1\n\nb"),
    Figure("https://a.example/p.png", "A port", (Span("The port"),), "Jane Doe"),
    Figure("https://a.example/p.png"),
    Table(((Cell((Span("a"),), True), Cell((Span("b"),), True)), (Cell((Span("long"),)), Cell((Span("2"),))))),
)


def test_plain_text_has_a_paragraph_on_a_line() -> None:
    whole = replace(
        article(*BLOCKS), lead="Lead", authors=("Jane Doe",), published=datetime.fromisoformat("2026-11-22T14:02")
    )
    assert to_text(whole, None) == (
        "Title\n\nLead\n\nJane Doe · 2026-11-22 14:02\nhttps://a.example/\n\none two three four five six\n\nHeading\n\n"
        "> said and said again\n>\n> more\n> — A Speaker\n\n- one and two and three\n  - inner\n- two\n\n"
        "9. nine\n\n   more\n\n10. ten\n\na = 1\n\nb\n\n[Picture: The port — Jane Doe]\n\n[Picture]\n\n"
        "a     b\n───────\nlong  2"
    )


def test_plain_text_is_wrapped_at_the_width_asked_for() -> None:
    assert to_text(article(*BLOCKS[:4]), 14).partition("one")[2] == (
        " two three\nfour five six\n\nHeading\n\n> said and\n> said again\n>\n> more\n> — A Speaker\n\n"
        "- one and two\n  and three\n  - inner\n- two"
    )


@given(SPANS, st.integers(10, 60))
def test_no_line_of_wrapped_text_is_wider(spans: tuple[Span, ...], width: int) -> None:
    item = (Paragraph(spans), Preformatted(plain(spans)), Table(((Cell(spans), Cell(spans)),)))
    text = to_text(article(Paragraph(spans), Quote((ListBlock((item,)),))), width)
    assert all(cell_len(each) <= width for each in text.split("\n"))
    assert clean(text) == text


def test_exports_of_large_blocks_are_made_without_ado() -> None:
    for unit in ("*", "`", "[", "<", "&", "\\", "\n", " ", "\u00a0", "1.", "-", "|", "_a", "я "):
        blocks = (
            paragraph(unit * 30_000),
            Preformatted(unit * 30_000),
            Paragraph((Span(unit, strong=True), Span("a")) * 5_000),
        )
        whole = replace(article(*blocks), title=unit * 30_000)
        assert to_markdown(whole)
        assert to_html(whole)
        assert to_text(whole, 40)
