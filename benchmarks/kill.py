#!/usr/bin/env python3
"""Kill a sync again and again, -9, at random moments, and see whether anything that it reported is lost or doubled.

    python -m benchmarks.kill [--times 200] [--seed 11]

A small newspaper is served on the loopback: a feed, a page, a source that fails every second time and a slow one. Each
run of `newsreader sync` finds something new and is killed before, between or after its articles; at the end a sync runs
whole. Then every article that a run has reported must be there with its picture and its answer, each part true to its
checksum, none asked for twice, and both databases sound. Needs the development dependencies.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

from tests.e2e.killing import Newspaper, assert_nothing_is_lost_or_doubled, kill_again_and_again, sync_to_the_end
from tests.servers import SiteServer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, SiteServer() as site:
        for name in ("data", "cache", "config"):
            os.environ[f"NEWSREADER_{name.upper()}_DIR"] = str(Path(home, name))
        os.environ["NO_PROXY"] = "127.0.0.1"
        newspaper = Newspaper(site)
        newspaper.publish(5)
        started = time.monotonic()
        outcome = kill_again_and_again(newspaper, options.times, options.seed)
        acknowledged = outcome.acknowledged + sync_to_the_end()
        assert_nothing_is_lost_or_doubled(newspaper, acknowledged)
        took = time.monotonic() - started
    print(f"{options.times} runs, {outcome.killed} killed at work, {took:.0f} s")
    print(f"{len(acknowledged)} reported, {len(outcome.acknowledged)} of them by killed runs: none lost or doubled")


if __name__ == "__main__":
    main()
