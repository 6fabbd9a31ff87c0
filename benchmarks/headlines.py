"""How well headline lists are found, how fast, and what each idea earns.

    python -m benchmarks.headlines                # quality on the project's own pages, and speed
    python -m benchmarks.headlines --ideas        # what is lost without each piece of evidence
    python -m benchmarks.headlines --shaken       # what is lost where every weight is up to two fifths off
    python -m benchmarks.headlines --pages DIR    # the same on labelled pages of yours, see README.md

Run it from the root of the repository, with the development extra installed.
"""

import argparse
import gzip
import json
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from tests.extraction.headline_corpus import SPOILED, OwnPage, Score, found_on, own_pages, score
from tests.extraction.test_fronts import shares
from tests.fronts import front

from newsreader.extraction.document import parse_document
from newsreader.extraction.headlines.cards import Card
from newsreader.extraction.headlines.groups import Group
from newsreader.extraction.headlines.lists import find_headline_lists
from newsreader.extraction.headlines.scoring import Judge
from newsreader.extraction.page import parse_page
from newsreader.urls import absolute, story_key

IDEAS = ("title", "address", "same shape", "heading", "time", "image", "elsewhere", "zones", "paid", "leads on")
_TRIALS = 12
_OFF = (0.6, 1.4)
LINK = "<a href='/n/2024/story-{n}-of-the-day.html'>Story {n} of the long day</a>"
NEUTRAL: dict[str, frozenset[str]] = {}
SHAPES = {
    "one list": "<li><b>12:{minute:02}</b> " + LINK + "</li>",
    "flat": "12:{minute:02} " + LINK + " 33<br>",
    "boxes": "<div><div>" + LINK + "</div></div>",
}


def every_long_link(html: str, url: str) -> set[str]:
    """Return the baseline: every link of four words or more to another page."""
    document = parse_document(html, url)
    found = set()
    for link in document.body.iter("a"):
        address = absolute(link.get("href"), document.base)
        if address and story_key(address) != story_key(url) and len(str(link.xpath("string()")).split()) >= 4:
            found.add(story_key(address))
    return found


def addresses(page: OwnPage, spoil: Callable[[str], str]) -> set[str]:
    """Return the stories found, without those that are neither right nor wrong."""
    keys = {story_key(headline.url) for one in found_on(page, spoil).lists for headline in one.headlines}
    return keys - NEUTRAL.get(page.name, frozenset())


def shown(name: str, result: Score) -> None:
    print(
        f"  {name:22} P {result.precision:.3f}  R {result.recall:.3f}  F1 {result.f1:.3f}"
        f"  empty pages clean {result.clean} of {result.empty}"
    )


def quality(pages: list[OwnPage]) -> None:
    print(f"{len(pages)} pages, {sum(not page.addresses for page in pages)} of them without a list")
    for how, spoil in SPOILED.items():
        shown(how, score({page.name: addresses(page, spoil) for page in pages}, pages))
    shown("every long link", score({page.name: every_long_link(page.html, page.url) for page in pages}, pages))


def ideas(pages: list[OwnPage]) -> None:
    """Show the mean F1 over all ways of spoiling, without one piece of evidence at a time."""

    def mean_f1() -> float:
        results = (score({page.name: addresses(page, spoil) for page in pages}, pages) for spoil in SPOILED.values())
        return statistics.fmean(result.f1 for result in results)

    whole = Judge._card_evidence  # noqa: SLF001
    best = mean_f1()
    print(f"all ideas: F1 {best:.4f}")
    for idea in IDEAS:

        def without(judge: Judge, card: Card, idea: str = idea) -> dict[str, float]:
            return {name: points for name, points in whole(judge, card).items() if name != idea}

        Judge._card_evidence = without  # type: ignore[assignment, method-assign]  # noqa: SLF001
        print(f"  without {idea:12} {mean_f1() - best:+.4f}")
    Judge._card_evidence = whole  # type: ignore[method-assign]  # noqa: SLF001


def shaken(pages: list[OwnPage]) -> None:
    """Show F1 where each kind of evidence counts for .6 to 1.4 of what was fitted, at random, a dozen times."""
    results = [shaken_once(pages, random.Random(trial)) for trial in range(_TRIALS)]
    f1 = [result.f1 for result in results]
    clean = statistics.fmean(result.clean for result in results)
    print(f"shaken {_TRIALS} times: F1 {statistics.fmean(f1):.3f}, from {min(f1):.3f} to {max(f1):.3f}; ", end="")
    print(f"empty pages clean {clean:.1f} of {results[0].empty}")


def shaken_once(pages: list[OwnPage], chance: random.Random) -> Score:
    factors: defaultdict[str, float] = defaultdict(lambda: chance.uniform(*_OFF))
    whole, scored = Judge._card_evidence, Judge.score_group  # noqa: SLF001

    def off(evidence: dict[str, float]) -> dict[str, float]:
        return {name: points * factors[name] for name, points in evidence.items()}

    def card_evidence(judge: Judge, card: Card) -> dict[str, float]:
        return off(whole(judge, card))

    def score_group(judge: Judge, group: Group) -> float:
        scored(judge, group)
        group.score = group.evidence.pop("cards") + sum(off(group.evidence).values())
        return group.score

    Judge._card_evidence, Judge.score_group = card_evidence, score_group  # type: ignore[method-assign]  # noqa: SLF001
    try:
        return score({page.name: addresses(page, str) for page in pages}, pages)
    finally:
        Judge._card_evidence, Judge.score_group = whole, scored  # type: ignore[method-assign]  # noqa: SLF001


def speed(pages: list[OwnPage]) -> None:
    import logging

    from readability import Document as Readability

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    ours = theirs = 0.0
    for page in pages:
        document = parse_document(page.html, page.url)
        start = time.process_time()
        find_headline_lists(document)
        middle = time.process_time()
        Readability(page.html).summary()
        ours, theirs = ours + middle - start, theirs + time.process_time() - middle
    print(f"time: {1000 * ours / len(pages):.1f} ms a page, {ours / theirs:.2f} of readability-lxml's own")
    for name, shape in SHAPES.items():
        items = "".join(shape.format(n=n, minute=n % 60) for n in range(20_000))
        html, url = f"<h1>A story of the day</h1><div>{items}</div>", "https://paper.example/a-b-c-d-1.html"
        document = parse_document(html, url)
        start = time.process_time()
        count = sum(len(one.headlines) for one in find_headline_lists(document).lists)
        middle = time.process_time()
        parse_page(html.encode(), url)
        end = time.process_time()
        print(
            f"  20,000 links, {name:9} {middle - start:.2f} s, the whole page {end - middle:.2f} s, {count} headlines"
        )


def markups(count: int) -> None:
    """Print what share of the rows of front pages in random markups is right, in each respect."""
    for what, share in shares(front(seed) for seed in range(count)).items():
        print(f"  {what:9} {share:.4f}")


def keyed(page: OwnPage) -> OwnPage:
    """Return a page with the keys of its stories in place of their addresses."""
    lists = [{"headlines": [{"url": story_key(h["url"])} for h in one["headlines"]]} for one in page.lists]
    return replace(page, lists=lists)


def labelled(folder: Path) -> Iterator[OwnPage]:
    """Yield pages from a folder in the form that README.md describes."""
    for record in json.loads((folder / "gold.json").read_text("utf-8")):
        raw = (folder / record["page"]).read_bytes()
        html = (gzip.decompress(raw) if record["page"].endswith(".gz") else raw).decode("utf-8", "replace")
        url, base = record["url"], record.get("base") or record["url"]
        me = story_key(url)

        def key(href: str, base: str = base) -> str:
            return story_key(absolute(href, base) or href)

        lists = [
            {"headlines": [{"url": key(item["href"])} for item in one["items"] if key(item["href"]) != me]}
            for one in record["lists"]
        ]
        page = OwnPage(record["page"], html, url, record.get("lang") or "", False, lists)
        NEUTRAL[page.name] = frozenset({me, *map(key, record.get("ignore", []))} - page.addresses)
        yield page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ideas", action="store_true", help="what is lost without each piece of evidence")
    parser.add_argument("--shaken", action="store_true", help="what is lost where every weight is off")
    parser.add_argument("--markups", type=int, metavar="N", help="what is found in the rows of N invented front pages")
    parser.add_argument("--pages", type=Path, metavar="DIR", help="labelled pages of yours")
    arguments = parser.parse_args()
    if arguments.markups:
        markups(arguments.markups)
        return
    pages = list(labelled(arguments.pages)) if arguments.pages else [keyed(page) for page in own_pages()]
    if arguments.ideas:
        ideas(pages)
    elif arguments.shaken:
        shaken(pages)
    else:
        quality(pages)
        speed(pages)


if __name__ == "__main__":
    main()
