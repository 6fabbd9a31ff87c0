"""One story a page: what stands beside it, before it or after it is not joined to it and does not take its place."""

import pytest

from newsreader.extraction.page import parse_page
from newsreader.models import Article, Paragraph, plain

TITLE = "Old mill on the Tarn gets its wheel back"
STORY = (
    "The mill on the Tarn turned again on Saturday, forty years after its wheel was carried off by a flood, and half "
    "of the village came to see the first sack of flour.",
    "Carpenters had worked on the forty oak paddles since the spring, in a barn that the widow of the last miller "
    "lent them for the price of a loaf a week.",
    "“It is louder than I remember,” said Ilse Brandow, who was born in the room above the stones, “and I had missed "
    "that more than I knew.”",
)
OTHERS = (
    "Goats hold up the night train for an hour",
    "School in the hills wins a prize for its orchard",
    "Potters find a kiln older than the town walls",
    "The bridge at Sauk will be painted green after all",
    "Rain fills the upper reservoir for the first time in years",
    "Library lends out tools, tents and a telescope",
    "Beekeepers count fewer hives along the motorway",
    "A choir of postmen sings on the square at noon",
    "Glass from the old station is sold by the pane",
)


def paragraphs(texts: tuple[str, ...] = STORY) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page_of(body: str, head: str = "", title: str = TITLE) -> bytes:
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} - Tarn Herald</title>{head}
        </head><body><header><a href="/">Tarn Herald</a><nav><a href="/news">News</a> <a href="/farms">Farms</a></nav>
        </header>{body}<footer><p>© Tarn Herald. <a href="/imprint">Imprint</a></p></footer></body></html>""".encode()


def story_of(body: str, head: str = "", url: str = "https://herald.example/2026/03/07/old-mill.html") -> Article:
    article = parse_page(page_of(body, head), url, "text/html; charset=utf-8").article
    assert article is not None
    return article


def words_of(article: Article) -> list[str]:
    return [plain(block.spans) for block in article.blocks if isinstance(block, Paragraph)]


def headlines(path: str) -> str:
    rows = "".join(f'<li><a href="/{path}/{n}">{title}</a></li>' for n, title in enumerate(OTHERS))
    return f"<aside><h2>Latest from {path}</h2><ul>{rows}</ul></aside>"


@pytest.mark.parametrize("path", ["/s/x8TqWmZr", "/p/Ab3dEfG9hK", "/goto/mill"])
def test_a_dated_article_among_many_headlines_is_no_front_page_whatever_its_address(path: str) -> None:
    head = (
        '<meta property="og:type" content="article">'
        '<meta property="article:published_time" content="2026-03-07T09:00:00Z">'
    )
    body = f"<main><h1>{TITLE}</h1>{paragraphs()}</main>{headlines('hills')}{headlines('valley')}"
    assert words_of(story_of(body, head, f"https://herald.example{path}")) == list(STORY)


def test_an_address_of_drawn_letters_names_a_story() -> None:
    body = f"<main><h1>{TITLE}</h1>{paragraphs()}</main>{headlines('hills')}{headlines('valley')}"
    assert words_of(story_of(body, url="https://herald.example/s/x8TqWmZr4")) == list(STORY)


def test_a_few_paragraphs_on_a_section_page_are_no_article() -> None:
    body = f"<main><h1>Farms</h1>{paragraphs(STORY[:2])}</main>{headlines('hills')}{headlines('valley')}"
    page = parse_page(page_of(body, title="Farms"), "https://herald.example/farms", "text/html; charset=utf-8")
    assert page.article is None
    assert page.headline_lists
