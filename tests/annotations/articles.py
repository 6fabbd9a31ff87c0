"""Articles of every block, for the tests of highlights."""

from hypothesis import strategies as st

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
)

URL = "https://vesti.example/harbour/1"
FIRST = "The harbour authority said on Thursday that the second phase of the dredging programme would begin in March."
SECOND = "It is three months later than planned. A survey found shells near the pier! Nobody was hurt."

words = st.text("abc dé ї.,-—¹²\u00a0\u00ad\u200d\u0301я東京\n\t", max_size=60)
spans = st.lists(
    st.builds(
        Span, words, strong=st.booleans(), emphasis=st.booleans(), code=st.booleans(), superscript=st.booleans(),
        href=st.sampled_from([None, "https://vesti.example/a"]),
    ),
    max_size=4,
).map(tuple)  # fmt: skip
figures = st.builds(Figure, st.just("https://vesti.example/1.png"), words, st.just((Span("A dredger"),)), words)
tables = st.builds(
    Table,
    st.lists(st.lists(st.builds(Cell, st.just((Span("12 t"),)), st.booleans()), min_size=1, max_size=3).map(tuple),
             min_size=1, max_size=3).map(tuple),
    st.sampled_from([None, "Catch"]),
)  # fmt: skip
leaves: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, spans, embedded=st.booleans()),
    st.builds(Heading, spans, st.integers(1, 6)),
    st.builds(Preformatted, words, st.sampled_from([None, "python"])),
    figures,
    tables,
)


def _nested(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Quote, several, st.sampled_from([None, "Jane Doe"])),
        st.builds(ListBlock, st.lists(several, max_size=3).map(tuple), st.booleans(), st.integers(0, 99)),
    )


blocks: st.SearchStrategy[Block] = st.recursive(leaves, _nested, max_leaves=5)
articles = st.lists(blocks, max_size=6).map(lambda found: Article(URL, "Harbour", tuple(found)))


def article(*paragraphs: str) -> Article:
    """Return an article of paragraphs."""
    return Article(URL, "Harbour", tuple(Paragraph((Span(text),)) for text in paragraphs), language="en")
