"""Measure article extraction on a folder of pages with their right texts, beside other tools, step by step.

    python benchmarks/extraction.py FOLDER                    this project, and the peers that are installed
    python benchmarks/extraction.py FOLDER --leave-one-out    what each step of this project earns
    python benchmarks/extraction.py FOLDER --worst 10         the pages that lose most

FOLDER holds, for each page, NAME.html (or NAME.html.gz: the bytes as served), NAME.txt (the article's text, UTF-8,
without title, lead and captions) and, if it is known, NAME.url (its address on one line).

A text is compared by its runs of four words, counted as often as they occur (a letter of an unspaced script is a word).
Precision is the part of the found runs that are right, recall the part of the right ones that are found; F1 is the
harmonic mean of their means over all pages. "exact" is the part of pages whose words are all right and in order.
Times are means per page, taken page by page in turn, so that they compare whatever else the machine does.
"""

import argparse
import gzip
import logging
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from newsreader.extraction.choice import STEPS
from newsreader.extraction.decoding import decode
from newsreader.extraction.document import parse_document
from newsreader.extraction.headlines import find_headline_lists
from newsreader.extraction.page import parse_page, read_story
from newsreader.models import Article

UNSPACED = "[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f]"
WORD = re.compile(rf"{UNSPACED}|(?:(?!{UNSPACED})\w)+")
System = Callable[[bytes, str], str]
LEFT_OUT = ("headline lists", "another region", "scripts", *STEPS)


def pages(folder: Path) -> Iterator[tuple[str, bytes, str, str]]:
    """Yield name, bytes, address and right text of each page."""
    for gold in sorted(folder.glob("*.txt")):
        plain, packed = gold.with_suffix(".html"), gold.with_suffix(".html.gz")
        body = plain.read_bytes() if plain.exists() else gzip.decompress(packed.read_bytes())
        address = gold.with_suffix(".url")
        url = address.read_text("utf-8").strip() if address.exists() else "https://page.invalid/2026/11/22/a-story.html"
        yield gold.stem, body, url, gold.read_text("utf-8")


def words(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", text))


def runs(text: str) -> Counter[tuple[str, ...]]:
    found = words(text)
    if 0 < len(found) < 4:
        return Counter([tuple(found)])
    return Counter(zip(*(found[place:] for place in range(4)), strict=False))


def overlap(right: str, found: str) -> tuple[float, float]:
    """Return precision and recall; what is compared with nothing counts as all wrong, nothing with nothing as right."""
    a, b = runs(right), runs(found)
    shared = (a & b).total()
    precision = shared / b.total() if b else float(not a)
    return precision, shared / a.total() if a else float(not b)


def harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def newsreader(body: bytes, url: str) -> str:
    article = parse_page(body, url).article
    return article.text if article else ""


def without(step: str) -> System:
    """Return this project's extraction with one step left out."""

    def run(body: bytes, url: str) -> str:
        document = parse_document(decode(body, None), url)
        cut = frozenset(find_headline_lists(document).nodes) if step != "headline lists" else frozenset()
        story = read_story(document, cut, frozenset((step,)))
        return Article(url, "", story.blocks).text

    return run


def readability_lxml() -> System:
    import lxml.html
    from readability import Document

    logging.getLogger("readability").setLevel(logging.CRITICAL)

    def run(body: bytes, url: str) -> str:
        summary = Document(body.decode("utf-8", "replace")).summary()
        return "\n".join(map(str, lxml.html.fromstring(summary).itertext()))

    return run


def trafilatura() -> System:
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return lambda body, url: extract(body, url=url, include_comments=False) or ""


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--leave-one-out", action="store_true")
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    compared = systems(leave_one_out=arguments.leave_one_out)
    scores: dict[str, list[tuple[float, float, bool, str]]] = {name: [] for name in compared}
    seconds = dict.fromkeys(compared, 0.0)
    failures: Counter[str] = Counter()
    for name, body, url, right in pages(arguments.folder):
        for system, run in compared.items():
            began = time.perf_counter()
            try:
                text = run(body, url)
            except Exception:  # noqa: BLE001 - a crash is a wrong answer, and is counted
                failures[system] += 1
                text = ""
            seconds[system] += time.perf_counter() - began
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
    for precision, recall, _, name in sorted(next(iter(scores.values())), key=lambda e: harmonic(e[0], e[1]))[
        : arguments.worst
    ]:
        print(f"    {harmonic(precision, recall):.3f} {name}")


if __name__ == "__main__":
    main()
