"""Know when extraction finds something else: `python -m tools.answers`, and `--record` to accept it.

Stored pages are extracted again when `EXTRACTOR_VERSION` is raised, so it has to be raised whenever the answers change.
The digest of the answers on pages of our own is kept beside the version for which it holds; a test compares them.
"""

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.markups import draw_page
from benchmarks.materials import FETCHED_AT, draw_material

from newsreader.extraction.page import parse_page
from newsreader.extraction.version import EXTRACTOR_VERSION
from newsreader.jsonform import page_to_json
from newsreader.models import Page
from newsreader.sample.edition import SampleEdition
from newsreader.sample.site import render_page
from newsreader.sample.stories import LANGUAGES, sample_paper

RECORD = Path(__file__).resolve().parents[1] / "tests" / "extraction" / "answers.txt"
_BASE = "http://tide.example"
_NOW = datetime(2026, 11, 22, 14, 4, tzinfo=UTC)
_MARKUPS = range(5000, 5024)


def pages() -> Iterator[Page]:
    """Yield what extraction finds in pages of the sample newspaper, and in random markups of our own stories."""
    edition = SampleEdition(sample_paper(), _NOW, _NOW, _BASE)
    for language in LANGUAGES:
        for path in (f"/{language}/", f"/{language}/rss.xml", *(story.path for story in edition.stories(language)[:4])):
            _, content_type, body = render_page(path, _NOW, _BASE)
            yield parse_page(body, _BASE + path, content_type, _NOW)
    for seed in _MARKUPS:
        drawn = draw_page(draw_material(random.Random(f"material {seed}")), seed)
        yield parse_page(drawn.body, drawn.material.url, drawn.content_type, FETCHED_AT)


def digest() -> str:
    """Return the digest of all answers: 64 hexadecimal digits."""
    whole = hashlib.sha256()
    for page in pages():
        whole.update(json.dumps(page_to_json(page), ensure_ascii=False, sort_keys=True).encode("utf-8", "replace"))
    return whole.hexdigest()


def recorded() -> tuple[int, str]:
    """Return the version whose answers are recorded, and their digest."""
    version, kept = RECORD.read_text(encoding="utf-8").split()
    return int(version), kept


def main() -> int:
    """Print the digest, or record it for a version that has none yet."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--record", action="store_true", help="accept the answers as those of this EXTRACTOR_VERSION")
    wants_record = parser.parse_args().record
    version, kept = recorded()
    found = digest()
    if found == kept and version == EXTRACTOR_VERSION:
        sys.stdout.write("The answers are those recorded.\n")
        return 0
    if wants_record and (version != EXTRACTOR_VERSION or found == kept):
        RECORD.write_text(f"{EXTRACTOR_VERSION} {found}\n", encoding="utf-8")
        sys.stdout.write(f"Recorded for version {EXTRACTOR_VERSION}.\n")
        return 0
    sys.stdout.write(
        f"The answers differ from those of version {version}: raise EXTRACTOR_VERSION, then use --record.\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
