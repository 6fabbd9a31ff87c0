"""Random markups of our own stories are read as a reader sees them."""

import random

import pytest
from benchmarks.markup_faults import faults
from benchmarks.markups import COMBINATIONS, draw_page
from benchmarks.materials import FETCHED_AT, draw_material

from newsreader.extraction.page import parse_page

SEEDS = range(1000, 1040)


def article_faults(seed: int) -> list[str]:
    drawn = draw_page(draw_material(random.Random(f"material {seed}")), seed)
    page = parse_page(drawn.body, drawn.material.url, drawn.content_type, FETCHED_AT)
    return [fault for fault in faults(drawn, page) if not fault.startswith("list")]


def test_nine_of_ten_random_markups_give_exactly_the_article() -> None:
    right = sum(not article_faults(seed) for seed in SEEDS)
    assert right >= 0.9 * len(SEEDS)


def test_a_seed_draws_the_same_page_each_time() -> None:
    material = draw_material(random.Random("material 1"))
    assert draw_page(material, 1).body == draw_page(material, 1).body
    assert COMBINATIONS > 10**12


@pytest.mark.parametrize("options", [("Yes", "No", "I do not know"), ("«Чайка»", "«Зимний»", "Мне всё равно")])
def test_a_poll_below_the_text_is_not_of_it(options: tuple[str, ...]) -> None:
    text = [
        "The old crane was lifted out of the basin on Thursday, nine days after it fell, while all stood and watched.",
        "Divers had tied eleven ropes to its neck, two of which broke in the first hour and were replaced before noon.",
    ]
    items = "".join(f"<li>{option}</li>" for option in options)
    html = (
        "<title>The crane is up again</title><body><div><h1>The crane is up again</h1>"
        f"{''.join(f'<p>{words}</p>' for words in text)}<h4>Should it be kept?</h4><ul>{items}</ul></div></body>"
    )
    article = parse_page(html.encode(), "https://tide.example/2026/11/22/crane.html").article
    assert article is not None
    assert article.text == "\n\n".join(text)
