"""A short story of an invented paper, for tests of what may stand in it and around it."""

from newsreader.models import Article, block_texts
from tests.extraction.reading import article_in

URL = "https://www.dune-post.example/2026/11/kites.html"
TITLE = "Kites return to the north dune"
TEXT = (
    "More than sixty kites stood over the north dune on Sunday, the first since the beach was closed for the repair of "
    "the sea wall, and the youngest flier was four.",
    "The club had asked for one day in each month, and the council agreed once the birds that breed behind the fence "
    "had left for the south.",
    "“We had almost forgotten how loud they are,” said the lifeguard, who had to let go of her own kite at noon.",
    "Next month the club means to fly at night, with lamps in the tails, if the wind is not from the east that day.",
)
BODY = tuple(f"<p>{text}</p>" for text in TEXT)


def article_of(inner: str, behind: str = "") -> Article:
    page = f'<html lang="en"><head><title>{TITLE} | Dune Post</title></head><body><main><h1>{TITLE}</h1>{inner}</main>'
    return article_in(f"{page}{behind}</body></html>", URL)


def lines_of(article: Article) -> list[str]:
    lines = [" ".join(text.split()) for block in article.blocks for text in block_texts(block)]
    return lines if article.lead is None else [article.lead, *lines]
