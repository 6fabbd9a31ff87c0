"""Scripts of any size and any brokenness take no time."""

import pytest

from newsreader.extraction.page import parse_page

URL = "https://tide.example/news/2026/11/5197-dredging.html"


@pytest.mark.parametrize("trigger", ['"', '\\"', "\\", '"a":', '"a":"', '{"a":"b c d",', "<p", '\\\\"'])
def test_a_megabyte_of_broken_script_takes_no_time(trigger: str) -> None:
    source = trigger * (1_000_000 // len(trigger))
    page = parse_page(f"<title>Of a ship</title><script>{source}</script>".encode(), URL)
    assert page.url == URL


def test_more_elements_than_a_person_writes_take_little_time() -> None:
    page = parse_page(("<ul>" + "<li>" * 60_000).encode(), URL)
    assert page.article is None
