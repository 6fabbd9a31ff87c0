"""What belongs to a text whatever its form: lines that were once lost, cut apart or put elsewhere."""

import pytest

from newsreader.models import Article, ListBlock, Paragraph, Table, plain
from tests.extraction.reading import article_in

URL = "https://loom.example/2026/11/05/the-weavers-return.html"
TITLE = "The weavers return to the old mill"
TEXT = (
    "Nine weavers have moved into the upper floor of the mill, where the last loom had stood still since the flood, "
    "and on Thursday the first cloth was shown to the council.",
    "They had looked for a floor that bears forty hundredweight of iron for two years, said the eldest of them, and "
    "had been offered cellars, barns and one swimming bath.",
    "The cloth is to become sails for the three boats of the harbour museum, which have lain under tarpaulins since "
    "their own were eaten by mice in a hard winter.",
    "Whoever wants to learn the trade may come on Saturdays, and ought to bring strong shoes, because the stairs of "
    "the mill have not been mended yet.",
)
FIRST, SECOND, THIRD, LAST = (f"<p>{text}</p>" for text in TEXT)

LINKS = (
    '<ul><li><a href="https://threads.example/h">A history of the loom</a></li>'
    '<li><a href="https://flax.example/f">Flax, hemp and nettle</a></li>'
    '<li><a href="https://sails.example/s">Sails of the north</a></li></ul>'
)
JOIN = (
    "Spinning evening, 7 p.m. on Fridays in the boiler house. Join us for an hour with the wheel and a bowl of soup, "
    "bring wool if there is any."
)
STANDFIRST = "After two years of looking the weavers have found a floor that bears their looms."


def article_of(inside: str, above: str = "", heading: str = "<h1>{}</h1>") -> Article:
    html = (
        f'<!doctype html><html lang="en"><head><title>{TITLE} | Loom &amp; Shuttle</title>'
        '<meta property="og:site_name" content="Loom &amp; Shuttle"></head><body>'
        f"{above}<main>{heading.format(TITLE)}<article>{inside}</article></main></body></html>"
    )
    return article_in(html, URL)


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        (f"{FIRST}{SECOND}<header><h2>A floor of iron</h2></header>{THIRD}{LAST}", "A floor of iron"),
        (f"{FIRST}{SECOND}<p>The order of the threads looks like this:</p><pre>a b a c</pre>{THIRD}{LAST}",
         "The order of the threads looks like this:"),
        (f'{FIRST}<p>The cloth of <trade-name id="7">Loom &amp; Shuttle</trade-name> is grey.</p>{SECOND}{THIRD}{LAST}',
         "The cloth of Loom & Shuttle is grey."),
        (f'{FIRST}{SECOND}{THIRD}<div class="box has-frame-overlay"><p>The stairs are closed at night.</p></div>{LAST}',
         "The stairs are closed at night."),
        (f'{FIRST}{SECOND}<div id="toc_2"><h2>The stairs</h2>{THIRD}</div>{LAST}', "The stairs"),
        (f"{FIRST}<p>Loom &amp; Shuttle paid for it.</p>{SECOND}<p>Loom &amp; Shuttle will stay.</p>{THIRD}{LAST}"
         "<p>Loom &amp; Shuttle is open on Saturdays to whoever wants to learn how cloth is made.</p>",
         "Loom & Shuttle is open on Saturdays to whoever wants to learn how cloth is made."),
        (f'{FIRST}{SECOND}<p>These are what I would suggest for learning more about cloth:</p>{LINKS}{THIRD}',
         "A history of the loom"),
        (f'{FIRST}{SECOND}<h2>Further on</h2>{LINKS}<hr><h2>What it cost</h2>{THIRD}{LAST}', "A history of the loom"),
        (f'{FIRST}{SECOND}<p>{JOIN} <a href="https://wool.example">wool.example</a>.</p>{THIRD}{LAST}',
         f"{JOIN} wool.example."),
    ],
    ids=["heading in a header", "over a program", "own element in a line", "name of a part", "section", "of the site",
         "links that are announced", "links under a heading", "an invitation"],
)  # fmt: skip
def test_a_line_of_the_text_is_kept_whole(inside: str, line: str) -> None:
    lines = article_of(inside).text.split("\n\n")
    assert line in lines
    assert set(TEXT[:3]) <= set(lines)


@pytest.mark.parametrize(
    ("inside", "above", "lead"),
    [
        (FIRST + SECOND + THIRD + LAST,
         '<div class="top"><h1>Tales</h1><p>News of threads and of those who spin them.</p></div>', None),
        (f'<div><span class="x"><span><h2>{STANDFIRST}</h2></span><br><br>{"<br><br>".join(TEXT)}</span></div>', "",
         STANDFIRST),
    ],
    ids=["what the site says of its section", "a heading above a text that is all in one element"],
)  # fmt: skip
def test_the_standfirst_is_below_the_headline(inside: str, above: str, lead: str | None) -> None:
    assert article_of(inside, above, "<header><h1>{}</h1></header>").lead == lead


@pytest.mark.parametrize(
    "inside",
    [
        f"{FIRST}<p>[CALL_MODULE]</p>{SECOND}{THIRD}{LAST}",
        f'{FIRST}<p>&gt;&gt; READ HERE: <a href="/2025/bath">The swimming bath that nobody buys</a></p>{SECOND}'
        f"{THIRD}{LAST}",
        f"<div>{FIRST}{SECOND}<h3>Stairs</h3>{THIRD}{LAST}</div><div>{FIRST}{SECOND}<h3>Stairs</h3>{THIRD}{LAST}</div>",
    ],
    ids=["placeholder", "pointer", "printed twice"],
)
def test_what_is_not_of_the_text_is_left_out(inside: str) -> None:
    lines = [line for line in article_of(inside).text.split("\n\n") if line != "Stairs"]
    assert lines == list(TEXT)


def test_short_lines_in_boxes_of_the_text_are_kept() -> None:
    boxes = "".join(
        f'<section><div class="col"><h2>{title}</h2><p class="t">{text}</p><p class="t">Two kinds are known:</p><ul>'
        f'<li><p class="t">{kind} yarn.</p></li><li><p class="t">{kind} rope.</p></li></ul>'
        f'<p class="t">{text[::-1]}.</p></div></section>'
        for title, text, kind in zip(
            ("Threads", "Floors", "Sails"), TEXT, ("Flaxen", "Woollen", "Hempen"), strict=False
        )
    )
    text = article_of(boxes).text
    assert all(words in text for words in ("Flaxen yarn.", "Woollen rope.", "Hempen yarn.", "Two kinds are known:"))


def test_things_for_sale_that_the_text_is_about_are_no_promotions() -> None:
    looms = ("Table loom", "Floor loom", "Band loom")
    boxes = "".join(
        f'<div class="k"><h3>{loom}</h3><p>This one came from the mill at the ford and has its own spindle, '
        f'number {len(loom)}.</p><a class="btn" href="https://shop.example/{loom[0]}">Buy it</a></div>'
        for loom in looms
    )
    text = article_of(f"{FIRST}{SECOND}{boxes}{THIRD}").text
    assert all(loom in text for loom in looms)
    assert "Buy it" not in text


def test_a_row_of_a_table_keeps_its_linked_cell() -> None:
    rows = "".join(
        f'<tr><td><a href="/looms/{name.lower()}">{name} loom of the mill</a></td><td>{kilos} kg</td><td>1890</td></tr>'
        for name, kilos in (("Table", 12), ("Floor", 210), ("Band", 9), ("Draw", 340))
    )
    head = "<tr><th>Loom</th><th>Weight</th><th>Built</th></tr>"
    article = article_of(f"{FIRST}{SECOND}<table>{head}{rows}</table>{THIRD}{LAST}")
    table = next(block for block in article.blocks if isinstance(block, Table))
    assert [plain(row[0].spans) for row in table.rows][1:] == [
        f"{name} loom of the mill" for name in ("Table", "Floor", "Band", "Draw")
    ]


def test_words_between_the_items_of_a_list_stay_where_they_are() -> None:
    article = article_of(
        f"{FIRST}{SECOND}<ol><p>For example:</p><li>Warp</li><p>It is strung first of all.</p><li>Weft</li></ol>{LAST}"
    )
    place = next(index for index, block in enumerate(article.blocks) if isinstance(block, ListBlock))
    before, items = article.blocks[place - 1], article.blocks[place]
    assert isinstance(before, Paragraph)
    assert plain(before.spans) == "For example:"
    assert isinstance(items, ListBlock)
    words = [[plain(block.spans) for block in item if isinstance(block, Paragraph)] for item in items.items]
    assert words == [["Warp", "It is strung first of all."], ["Weft"]]
