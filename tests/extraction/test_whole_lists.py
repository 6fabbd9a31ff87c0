"""Lists, links and labels of a text are kept or left out with what they belong to."""

import pytest

from newsreader.models import Article, Heading, Table, plain
from tests.extraction.reading import article_in

URL = "https://orchard.example/2026/09/30/cider-press.html"
TITLE = "The village press runs day and night again, for the first time since the war over the bridge"
TEXT = (
    "Since the middle of September the old press behind the fire station has not been cold, because the trees along "
    "the county road bear more than anybody alive remembers.",
    "Families queue with trailers, and those who have no trailer bring prams, says the woman who keeps the book in "
    "which every sack is written down with the name of its owner.",
    "A hundred kilos make about sixty litres, if the fruit is ripe, and the pulp goes to a farmer who pays for it with "
    "eggs, as his grandfather did in his time.",
)


def article_of(inner: str) -> Article:
    html = (
        f'<!doctype html><html lang="en"><head><title>{TITLE}</title></head><body><main><article><h1>{TITLE}</h1>'
        f"{inner}</article></main></body></html>"
    )
    return article_in(html, URL)


def text_of(inner: str) -> str:
    return article_of(inner).text


def paragraphs(first: int = 0, last: int = len(TEXT)) -> str:
    return "".join(f"<p>{text}</p>" for text in TEXT[first:last])


def items(*texts: str) -> str:
    return "".join(f"<li>{text}</li>" for text in texts)


INGREDIENTS = (
    "two kilos of <b>quinces</b>, washed and quartered",
    '1 tsp <a href="/glossary/cinnamon-from-ceylon">Ceylon cinnamon</a>',
    "a litre of the juice, as cold as the cellar",
    '2 cups of <a href="https://shop.example/unrefined-sugar">unrefined beet sugar</a>',
)


@pytest.mark.parametrize("wrap", ["{}", "<p>{}</p>", "<div>{}</div>"], ids=["bare", "paragraphs", "boxes"])
@pytest.mark.parametrize("tag", ["ul", "ol"])
def test_an_item_that_is_mostly_link_stays_with_the_items_beside_it(tag: str, wrap: str) -> None:
    listed = items(*(wrap.format(each) for each in INGREDIENTS))
    text = text_of(f"{paragraphs(0, 2)}<{tag}>{listed}</{tag}>{paragraphs(2)}")
    assert "Ceylon cinnamon" in text
    assert "unrefined beet sugar" in text


def test_an_item_with_a_date_in_a_summary_above_the_text_stays_with_the_others() -> None:
    summary = items(
        "The press was built on April 4, 1931",
        "It was to be sold for scrap four years ago",
        "Owners of trees now pay for it with a tenth",
    )
    assert "April 4, 1931" in text_of(f"<ul>{summary}</ul>{paragraphs()}")


def test_a_step_that_says_to_sign_up_stays_with_the_other_steps() -> None:
    steps = items(
        'Sign up for a <a href="/slots">slot at the press</a>',
        "Wash the fruit at home, and leave the leaves there",
        "Come an hour before your time with the empty bottles",
    )
    assert "Sign up for a slot" in text_of(f"{paragraphs(0, 2)}<p>It takes this:</p><ol>{steps}</ol>{paragraphs(2)}")


@pytest.mark.parametrize("end", ["", "."])
def test_items_that_are_no_more_than_a_link_do_not_come_back_for_one_that_is_text(end: str) -> None:
    listed = items(
        "One of the sacks burst on the bridge, and the ducks had a good day of it, says the miller.",
        f'<a href="https://shop.example/1">Bottles of half a litre for the juice{end}</a>',
        f'<a href="https://shop.example/2">Corks of two sizes for the bottles{end}</a>',
    )
    text = text_of(f"{paragraphs(0, 2)}<ul>{listed}</ul>{paragraphs(2)}")
    assert "the ducks" in text
    assert "Bottles" not in text


def test_a_list_of_links_of_which_few_items_are_text_does_not_come_back() -> None:
    others = items(
        *(f'<a href="/stories/{number}">Another story of the county, number {number}</a>' for number in range(6)),
        "One of the sacks burst on the bridge, and the ducks had a good day of it, says the miller.",
    )
    assert "Another story" not in text_of(f"{paragraphs()}<ul>{others}</ul>")


@pytest.mark.parametrize(
    ("announcement", "link"),
    [
        (
            "The county has put the rules for owners online:",
            '<a href="https://county.example/r">The rules, 12 pages</a>',
        ),
        ("Wer helfen will, schreibt an die Frau mit dem Buch:", '<a href="mailto:p@press.example">p@press.example</a>'),
        ("Le compte rendu complet se trouve ici :", '<a href="/c/2026">www.orchard.example/c/2026</a>'),
    ],
)
@pytest.mark.parametrize("last", [2, 3], ids=["inside", "at the end"])
def test_a_link_that_a_sentence_announces_is_text(announcement: str, link: str, last: int) -> None:
    text = text_of(f"{paragraphs(0, last)}<p>{announcement}</p><p>{link}</p>{paragraphs(last)}")
    assert announcement in text
    assert link.partition(">")[2].removesuffix("</a>") in text


@pytest.mark.parametrize("label", ["Read also:", "Buying options:", "Lesen Sie auch:"])
def test_a_link_to_a_shop_or_another_story_under_a_label_goes_with_its_label(label: str) -> None:
    below = '<p><a href="https://shop.example/press">A press for the kitchen, now cheaper</a></p>'
    text = text_of(f"{paragraphs(0, 2)}<p>{label}</p>{below}{paragraphs(2)}")
    assert label not in text
    assert "cheaper" not in text


def test_a_last_line_that_announces_links_which_were_left_out_goes() -> None:
    cards = "".join(
        f'<div class="card"><a href="/2026/09/{number}/mill.html"><img src="/{number}.jpg" alt=""><h4>A mill turns '
        f"again after {number} winters without grain</h4></a></div>"
        for number in range(12, 18)
    )
    text = text_of(f"{paragraphs()}<p>Whoever has come so far has a day to spend with these:</p><div>{cards}</div>")
    assert text.endswith(TEXT[-1])


def test_a_label_over_code_with_numbers_of_lines_stays() -> None:
    code = "<table><tr><td><pre>1\n2</pre></td><td><pre>press --juice\npress --pulp</pre></td></tr></table>"
    assert "In a shell:" in text_of(f"{paragraphs(0, 2)}<p>In a shell:</p>{code}{paragraphs(2)}")


def test_a_last_line_with_a_colon_over_text_stays() -> None:
    text = text_of(
        f"{paragraphs()}<p>On the door is written what the press lives by:</p><p>Bring back the bottles.</p>"
    )
    assert text.endswith("Bring back the bottles.")


SECTIONS = (f"<h1>What it costs</h1><p>{TEXT[1]}</p>", f"<h1>What is left</h1><p>{TEXT[2]}</p>")


@pytest.mark.parametrize("count", [1, 2])
def test_headings_of_the_first_rank_below_the_title_head_sections(count: int) -> None:
    text = paragraphs(1) if count == 1 else paragraphs(0, 1)
    above = "<p>It is autumn, and the bridge smells of pears.</p>"
    article = article_of(f"{above}{''.join(SECTIONS[:count])}{text}")
    headings = [plain(block.spans) for block in article.blocks if isinstance(block, Heading)]
    assert headings == ["What it costs", "What is left"][:count]


@pytest.mark.parametrize("tail", [" / Sep 2026", " – 30 September 2026", " (2026)"])
def test_the_title_with_a_date_behind_it_is_no_heading_of_the_text(tail: str) -> None:
    article = article_of(f"<h2>{TITLE}{tail.strip(' ()') if '(' in tail else tail}</h2>{paragraphs()}")
    assert not [block for block in article.blocks if isinstance(block, Heading)]


def test_a_sentence_that_begins_like_the_name_of_a_list_is_text() -> None:
    sentence = "More on that when the frost has come."
    assert sentence in text_of(f"{paragraphs(0, 2)}<p>{sentence}</p>{paragraphs(2)}")


def table(caption: str, tables: int = 1) -> str:
    rows = "<tr><th>Year</th><th>Sacks</th></tr><tr><td>2024</td><td>311</td></tr><tr><td>2025</td><td>1,204</td></tr>"
    return f"<figure>{f'<table>{rows}</table>' * tables}<figcaption>{caption}</figcaption></figure>"


def captions(article: Article) -> list[str | None]:
    return [block.caption for block in article.blocks if isinstance(block, Table)]


def test_the_caption_of_a_figure_with_one_table_is_the_caption_of_the_table() -> None:
    assert captions(article_of(paragraphs(0, 2) + table("Sacks by year") + paragraphs(2))) == ["Sacks by year"]


def test_the_caption_of_a_figure_with_several_tables_belongs_to_none_of_them() -> None:
    assert captions(article_of(paragraphs(0, 2) + table("Sacks", tables=2) + paragraphs(2))) == [None, None]


def test_items_that_are_sentences_with_long_links_stay_with_one_that_has_a_short_link() -> None:
    listed = items(
        'With a cellar? There is <a href="/guides/cellar">a guide to six kinds of cellars and their doors</a>.',
        'With a shed? Have you tried <a href="/guides/shed">the shelf of laths that mice do not like at all</a>?',
        'With neither? Try <a href="/guides/sand">sand in a box</a>. Or perhaps ask the neighbours.',
    )
    text = text_of(f"{paragraphs(0, 2)}<p>Where will you keep the fruit?</p><ul>{listed}</ul>{paragraphs(2)}")
    assert all(word in text for word in ("With a cellar?", "With a shed?", "With neither?"))
