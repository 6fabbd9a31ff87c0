#!/usr/bin/env python3
"""What setting an article in lines costs, from 2,000 to 100,000 words, beside textwrap and Rich doing less.

    python -m benchmarks.typesetting [--words 2000 20000 100000] [--width 72]

Articles are made up: paragraphs of 20 to 90 words of a fixed vocabulary, half of them Cyrillic, each tenth with a link,
a heading before each eighth, now and then a quote or a list. "First screen" is what a reader waits for: the layout is
made and its first 40 lines are; "last place" what going to the end costs at once. textwrap and Rich wrap the same
paragraphs, whole, without looks, places or markers. Every figure is the least of several runs on one machine in one
state, so read the ratios first.
"""

import argparse
import random
import textwrap
import time
from collections.abc import Callable
from io import StringIO
from typing import TypeVar

from rich.console import Console
from rich.text import Text

from newsreader.models import Article, Block, Heading, ListBlock, Paragraph, Quote, Span, block_texts
from newsreader.typesetting.layout import Layout

Value = TypeVar("Value")
SCREEN = 40
RUNS = 5
LATIN = tuple(
    str.split(
        "the harbour of and a to in that was for authority dredging survey eastern breakwater on with contractor said "
        "phase council ship by at ferry winter which lighthouse keeper from museum it is island well-known"
    )
)
CYRILLIC = tuple(
    str.split(
        "и в на что не порт с по очередь работ марта водолазы у мола о было за городской совет к из для корабль музей "
        "маяк смотритель от паром зимнее расписание остров дноуглубительных обследования"
    )
)


def made_article(words: int, seed: int = 7) -> Article:
    """Return an article of about this many words; the same for the same seed."""
    chance = random.Random(seed)
    blocks: list[Block] = []
    left = words
    while left > 0:
        count = min(left, chance.randint(20, 90))
        left -= count
        vocabulary = chance.choice((LATIN, CYRILLIC))
        chosen = chance.choices(vocabulary, k=count)
        half = count // 2
        href = "https://a.example/" if len(blocks) % 10 == 3 else None
        first, link, rest = " ".join(chosen[:half]) + " ", chosen[half], " " + " ".join(chosen[half + 1 :])
        paragraph = Paragraph((Span(first), Span(link, href=href), Span(rest)))
        if len(blocks) % 8 == 7:
            blocks.append(Heading((Span(" ".join(chosen[:5])),), 2))
        if len(blocks) % 16 == 5:
            blocks.append(Quote((paragraph,), "A Speaker"))
        elif len(blocks) % 24 == 11:
            blocks.append(ListBlock(((paragraph,),)))
        else:
            blocks.append(paragraph)
    return Article("https://a.example/", "A made-up article", tuple(blocks), lead="With a standfirst.", language="en")


def least_ms(action: Callable[[Value], object], value: Value) -> float:
    """Return the least time of several runs, in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        action(value)
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def figures(article: Article, width: int) -> tuple[int, dict[str, float]]:
    """Return the lines of the article, and what each way of making them takes, in milliseconds."""
    lines = Layout(article, width).complete()
    last = Layout(article, width).position_of(lines - 2)
    texts = [text for block in article.blocks for text in block_texts(block)]
    console = Console(file=StringIO(), width=width)
    return lines, {
        "first screen": least_ms(lambda whole: Layout(whole, width).lines(0, SCREEN), article),
        "all lines": least_ms(lambda whole: Layout(whole, width).complete(), article),
        "hyphenated": least_ms(lambda whole: Layout(whole, width, hyphenate="ru").complete(), article),
        "last place": least_ms(lambda whole: Layout(whole, width).line_of(last), article),
        "textwrap": least_ms(lambda each: [textwrap.wrap(text, width) for text in each], texts),
        "Rich": least_ms(lambda each: [Text(text).wrap(console, width) for text in each], texts),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="What setting an article in lines costs, in milliseconds.")
    parser.add_argument("--words", type=int, nargs="+", default=[2000, 20_000, 100_000])
    parser.add_argument("--width", type=int, default=72)
    options = parser.parse_args()
    first_screens: list[float] = []
    for words in options.words:
        lines, taken = figures(made_article(words), options.width)
        if not first_screens:
            print("".join(name.rjust(14) for name in ("words", "lines", *taken)))
        first_screens.append(taken["first screen"])
        print(f"{words:14}{lines:14}" + "".join(f"{figure:14.2f}" for figure in taken.values()))
    print(f"\nfirst screen, longest to shortest article: {first_screens[-1] / first_screens[0]:.2f}x")


if __name__ == "__main__":
    main()
