"""What bodies are taken for, and how they are unpacked."""

import gzip
import itertools
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.contents import (
    STEP,
    CodingError,
    Inflater,
    Wanted,
    essence,
    is_complete,
    is_wanted_start,
    is_wanted_type,
    known_coding,
)


@pytest.mark.parametrize(
    ("content_type", "kind"),
    [
        (None, ""),
        ("", ""),
        ("text/html", "text/html"),
        (" Text/HTML ; charset=koi8-r", "text/html"),
        ("text/html, text/html;charset=utf-8", "text/html"),
    ],
)
def test_a_type_is_known_without_its_parameters(content_type: str | None, kind: str) -> None:
    assert essence(content_type) == kind


@pytest.mark.parametrize(
    "kind", ["text/html", "application/rss+xml", "application/feed+json", "application/xml", "", "html"]
)
def test_pages_feeds_and_unknown_types_are_worth_reading(kind: str) -> None:
    assert is_wanted_type(kind, Wanted.PAGE)


@pytest.mark.parametrize(
    "kind", ["image/svg+xml", "application/pdf", "text/css", "text/javascript", "video/mp4", "font/woff2"]
)
def test_other_types_are_not_read_as_pages(kind: str) -> None:
    assert not is_wanted_type(kind, Wanted.PAGE)


@pytest.mark.parametrize(
    "start", ["<p>тиша".encode(), "<p>тиша".encode("cp1251"), "<p>тиша".encode("utf-16"), b"\x1b$B", b"{"]
)
def test_a_start_of_any_script_is_text(start: bytes) -> None:
    assert is_wanted_start(start, "", Wanted.PAGE)


@given(st.binary(max_size=600), st.sampled_from(["", "text/html", "image/png", "x"]), st.sampled_from(Wanted))
def test_any_start_is_judged(start: bytes, kind: str, wanted: Wanted) -> None:
    assert is_wanted_start(start, kind, wanted) in (True, False)


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        (" X-GZip ", "gzip"),
        ("identity, deflate", "deflate"),
        ("utf-8", None),
        ("binary", None),
        ("aws-chunked", None),
        ("aws-chunked, gzip", "gzip"),
        ("gz\x1bip", None),
    ],
)
def test_the_coding_is_read_from_its_header(header: str, coding: str | None) -> None:
    assert known_coding(header) == coding


@pytest.mark.parametrize("header", ["br", "zstd", "gzip, gzip", "deflate,gzip", "compress", "utf-8, br"])
def test_a_coding_that_was_not_asked_for_is_refused(header: str) -> None:
    with pytest.raises(CodingError):
        known_coding(header)


@given(st.binary(max_size=3000), st.sampled_from(["gzip", "zlib", "raw"]), st.lists(st.integers(1, 400), min_size=1))
def test_however_packed_bytes_arrive_they_are_the_same(body: bytes, form: str, sizes: list[int]) -> None:
    packer = zlib.compressobj(wbits={"gzip": 31, "zlib": 15, "raw": -15}[form])
    packed = packer.compress(body) + packer.flush()
    inflater = Inflater("gzip" if form == "gzip" else "deflate")
    unpacked = b""
    for size in itertools.cycle(sizes):
        unpacked += b"".join(inflater.feed(packed[:size]))
        packed = packed[size:]
        if not packed:
            break
    assert unpacked == body
    assert inflater.is_whole


@pytest.mark.parametrize(
    ("body", "complete"),
    [
        (b"<p>x</body></html>\n<!-- 0.1 s -->", True), (b"<rss><channel></channel></rss> ", True), (b"<p>x", False),
        (b'{"items": [{"id": "1"}]}\n', True), (b'{"items": [{"id": "1"}', False),
        (b'{"items": {}', False), (b"", False),
    ],
)  # fmt: skip
def test_a_page_is_complete_that_came_to_its_own_end(body: bytes, complete: bool) -> None:
    assert is_complete(body) is complete


def test_a_damaged_end_of_gzip_costs_no_byte_of_the_page() -> None:
    body = b"<p>words of the page</p>" * 9000
    packed = gzip.compress(body)
    for damaged in (packed[:-8] + b"12345678", packed[:-4], packed[:-8]):
        inflater, unpacked = Inflater("gzip"), b""
        try:
            for piece in inflater.feed(damaged):
                unpacked += piece
        except CodingError:
            pass
        assert unpacked == body
        assert not inflater.is_whole


@given(st.binary(max_size=300))
def test_bytes_that_are_not_packed_are_refused_or_dropped(body: bytes) -> None:
    for coding in ("gzip", "deflate"):
        inflater = Inflater(coding)
        try:
            pieces = list(inflater.feed(body))
        except CodingError:
            continue
        assert all(len(piece) <= STEP for piece in pieces)


def test_no_step_is_larger_than_it_may_be() -> None:
    packed = gzip.compress(bytes(20 * STEP))
    sizes = [len(piece) for piece in Inflater("gzip").feed(packed)]
    assert max(sizes) <= STEP
    assert sum(sizes) == 20 * STEP


def test_gzip_members_without_an_end_are_given_up() -> None:
    inflater = Inflater("gzip")
    assert len(list(inflater.feed(gzip.compress(b"") * 5000))) < 100
