"""Measure article extraction on a folder of pages with their right texts, beside other tools, step by step.

    python -m benchmarks.extraction FOLDER                    this project, and the peers that are installed
    python -m benchmarks.extraction FOLDER --leave-one-out    what each step of this project earns
    python -m benchmarks.extraction FOLDER --worst 10         the pages that lose most
    python -m benchmarks.extraction FOLDER --scrambled        the same where class names and ids say nothing
    python -m benchmarks.extraction FOLDER --other-host       the same on a host of another name
    python -m benchmarks.extraction --markups 1000            random markups of stories of our own: how many are right
    python -m benchmarks.extraction --sites 300               five stories in each of so many markups, one after another

FOLDER holds, for each page, NAME.html (or NAME.html.gz: the bytes as served), NAME.txt (the article's text, UTF-8,
without title, lead and captions) and, if it is known, NAME.url (its address on one line).

A text is compared by its runs of four words, counted as often as they occur (a letter of an unspaced script is a word).
Precision is the part of the found runs that are right, recall the part of the right ones that are found; F1 is the
harmonic mean of their means over all pages. "exact" is the part of pages whose words are all right and in order.
Times are means per page, taken page by page in turn, so that they compare whatever else the machine does.

`--scrambled` replaces every class name and id by a hash of it, so that what is the same stays the same and nothing can
be read. `--other-host` replaces the name of the page's host wherever it is, and counts the pages of which this
project then finds anything else: text, title, authors, times or lists, addresses aside. That should be none.

`--markups` needs no folder: it draws pages from seeds (`--first` is the first), each part in a form of its own, and
prints the share of pages without any mistake: title, standfirst, authors, time, language, translation, the paragraphs
exactly, and the list with its label, titles, addresses, times and counts. Then come the kinds of faults of the rest.

`--sites` opens five stories of one site, whose markup and furniture stay the same, with what the site's memory has
learned from those before, and prints the share of articles without any mistake for each place in the order.
"""

import argparse
import logging
import random
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from benchmarks.markup_faults import faults
from benchmarks.markups import draw_page
from benchmarks.materials import FETCHED_AT, Material, draw_material
from benchmarks.measure import (
    OTHER_HOST,
    System,
    harmonic,
    moved,
    newsreader,
    overlap,
    pages,
    readability_lxml,
    scrambled,
    site_host,
    words,
)

from newsreader.extraction.article.selector import STEPS
from newsreader.extraction.decoding import decode
from newsreader.extraction.document import parse_document
from newsreader.extraction.headlines.lists import find_headline_lists
from newsreader.extraction.page import parse_page, read_story
from newsreader.extraction.site_memory import SiteMemory
from newsreader.models import Article

_STORIES, _DRAWS = 5, 400
LEFT_OUT = ("headline lists", "foreign boxes", "another region", "scripts", *STEPS)


def without(step: str) -> System:
    """Return this project's extraction with one step left out."""

    def run(body: bytes, url: str) -> str:
        document = parse_document(decode(body, None), url)
        cut = frozenset(find_headline_lists(document).nodes) if step != "headline lists" else frozenset()
        story = read_story(document, cut, frozenset((step,)))
        return Article(url, "", story.blocks).text

    return run


def trafilatura() -> System:
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return lambda body, url: extract(body, url=url, include_comments=False) or ""


def is_same_elsewhere(body: bytes, url: str) -> bool:
    """Return whether all that is found on a page is the same, to the letter, when its host has another name."""
    there = repr(parse_page(*moved(body, url)))
    return there.replace(OTHER_HOST, site_host(url)) == repr(parse_page(body, url))


def systems(*, leave_one_out: bool) -> dict[str, System]:
    if leave_one_out:
        return {"everything": without("nothing")} | {f"- {step}": without(step) for step in LEFT_OUT}
    found: dict[str, System] = {"newsreader": newsreader}
    for name, make in {"readability-lxml": readability_lxml, "trafilatura": trafilatura}.items():
        try:
            found[name] = make()
        except ImportError as error:
            print(f"{name}: not measured ({error})")
    return found


def measure_markups(count: int, first: int, shown: int) -> None:
    """Print how many of the pages of so many seeds are entirely right, and what is wrong with the others."""
    kinds: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    right = right_articles = 0
    for seed in range(first, first + count):
        drawn = draw_page(draw_material(random.Random(f"material {seed}")), seed)
        found = list(faults(drawn, parse_page(drawn.body, drawn.material.url, drawn.content_type, FETCHED_AT)))
        right += not found
        right_articles += all(fault.startswith("list") for fault in found)
        for kind, fault in {fault.partition(":")[0]: fault for fault in found}.items():
            kinds[kind] += 1
            examples.setdefault(kind, []).append(f"{seed}: {fault}")
    print(f"wholly right: {right / count:.3f} of {count} pages; article and metadata: {right_articles / count:.3f}")
    for kind, times in kinds.most_common():
        print(f"{times:6} {kind}")
        for example in examples[kind][:shown]:
            print(f"           {example[:150]}")


def measure_sites(count: int, first: int, shown: int) -> None:
    """Print how many articles are entirely right when they are the first, the second, … that is opened of a site."""
    right: Counter[int] = Counter()
    pages_at: Counter[int] = Counter()
    wrong: list[str] = []
    for seed in range(first, first + count):
        memory = SiteMemory()
        for place, material in enumerate(materials_of_a_site(seed)):
            drawn = draw_page(material, seed)
            page = parse_page(drawn.body, material.url, drawn.content_type, FETCHED_AT, site=memory)
            found = [fault for fault in faults(drawn, page) if not fault.startswith("list")]
            pages_at[place] += 1
            right[place] += not found
            wrong += [f"{seed}, page {place + 1}: {fault}" for fault in found]
            plain = parse_page(drawn.body, material.url, drawn.content_type, FETCHED_AT).article
            memory = memory if plain is None else memory.with_article(plain)
    for place, pages_there in sorted(pages_at.items()):
        print(f"page {place + 1}: wholly right {right[place] / pages_there:.3f} of {pages_there}")
    later = sum(number for place, number in pages_at.items() if place > 1)
    right_later = sum(number for place, number in right.items() if place > 1)
    print(f"from the third on: {right_later / max(1, later):.4f} of {later}")
    for fault in wrong[:shown]:
        print(f"    {fault[:150]}")


def materials_of_a_site(seed: int) -> list[Material]:
    """Return up to five stories in one language, with the same words around them."""
    found: list[Material] = []
    for number in range(_DRAWS):
        material = draw_material(random.Random(f"site {seed} {number}"))
        if not found:
            found.append(material)
        elif material.language == found[0].language and material.title not in {each.title for each in found}:
            found.append(replace(material, words=found[0].words))
        if len(found) == _STORIES:
            break
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--markups", type=int, metavar="N")
    parser.add_argument("--sites", type=int, metavar="N")
    parser.add_argument("--first", type=int, default=0, metavar="SEED")
    parser.add_argument("--leave-one-out", action="store_true")
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    parser.add_argument("--scrambled", action="store_true")
    parser.add_argument("--other-host", action="store_true")
    arguments = parser.parse_args()
    if arguments.markups:
        measure_markups(arguments.markups, arguments.first, arguments.worst)
        return
    if arguments.sites:
        measure_sites(arguments.sites, arguments.first, arguments.worst)
        return
    if arguments.folder is None:
        parser.error("a FOLDER of pages is needed, or --markups, or --sites")
    compared = systems(leave_one_out=arguments.leave_one_out)
    scores: dict[str, list[tuple[float, float, bool, str]]] = {name: [] for name in compared}
    seconds = dict.fromkeys(compared, 0.0)
    failures: Counter[str] = Counter()
    strangers: list[str] = []
    for name, served, address, right in pages(arguments.folder):
        body, url = (scrambled(served) if arguments.scrambled else served), address
        if arguments.other_host:
            if not is_same_elsewhere(body, url):
                strangers.append(name)
            body, url = moved(body, url)
        for system, run in compared.items():
            began = time.perf_counter()
            try:
                text = run(body, url)
            except Exception:  # noqa: BLE001 - a crash is a wrong answer, and is counted
                failures[system] += 1
                text = ""
            seconds[system] += time.perf_counter() - began
            text = text.replace(OTHER_HOST, site_host(address))
            scores[system].append((*overlap(right, text), words(right) == words(text), name))
    print("| | F1 | precision | recall | exact | ms a page | crashes |\n|---|---|---|---|---|---|---|")
    for system, each in scores.items():
        count = max(1, len(each))
        precision, recall = sum(e[0] for e in each) / count, sum(e[1] for e in each) / count
        exact = sum(e[2] for e in each) / count
        print(
            f"| {system} | {harmonic(precision, recall):.4f} | {precision:.4f} | {recall:.4f} | {exact:.3f} "
            f"| {1000 * seconds[system] / count:.1f} | {failures[system]} |"
        )
    if arguments.other_host:
        print(f"other answers: {len(strangers)} {' '.join(strangers[: arguments.worst])}")
    for precision, recall, _, name in sorted(next(iter(scores.values())), key=lambda e: harmonic(e[0], e[1]))[
        : arguments.worst
    ]:
        print(f"    {harmonic(precision, recall):.3f} {name}")


if __name__ == "__main__":
    main()
