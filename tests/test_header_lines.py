"""The heads of answers, whole and in pieces of any size: bad lines go, all else stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.header_lines import HeadFilter

BAD = {
    "no colon": b"press 7\r\n",
    "a name of two words": b"Set Cookie: a=b\r\n",
    "no name": b": words\r\n",
    "bytes that end strings": b"X-A: 1\x002\r\n",
    "a lone line end": b"X-A: 1\r2\r\n",
    "a continuation of nothing": b" more\r\n",
    "continued": b"no colon\r\n and more of it\r\n",
    "a length that is none": b"Content-Length: many\r\n",
    "an encoding that is none": b"Transfer-Encoding: identity\r\n",
}
STATUS, GOOD = b"HTTP/1.1 200 OK\r\n", b"X-B: 2\r\n"
BODY = b"\r\nno head: : \x00\r\n body\r\nHTTP/1.1 200 OK\r\nno colon\r\n\r\n"


def passed(data: bytes, size: int = 10_000) -> bytes:
    heads = HeadFilter()
    heads.await_head()
    return b"".join(heads.feed(data[at : at + size]) for at in range(0, len(data), size)) + heads.flush()


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_goes_and_every_other_stays(name: str) -> None:
    assert passed(STATUS + BAD[name] + GOOD + BODY) == STATUS + GOOD + BODY


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (b"X-A : 1\r\n", b"X-A: 1\r\n"),
        (b"X-A: 1\n", b"X-A: 1\r\n"),
        (b"X-A: 1\r\n\tgoes on\r\n", b"X-A: 1\r\n\tgoes on\r\n"),
        (b"Content-Length: 5, 5\r\n", b"Content-Length: 5, 5\r\n"),
        (b"Transfer-Encoding: chunked\r\n" * 2, b"Transfer-Encoding: chunked\r\n"),
    ],
)
def test_a_line_that_can_be_read_stays(line: bytes, kept: bytes) -> None:
    assert passed(STATUS + line + BODY) == STATUS + kept + BODY


@pytest.mark.parametrize(
    ("status", "kept"),
    [
        (b"http/1.1 200 OK\r\n", STATUS),
        (b"\r\nHTTP/1.1 200 OK\r\n", STATUS),
        (b"HTTP/1.1  200\tOK\n", STATUS),
        (b"HTTP/2 200\r\n", b"HTTP/1.1 200 \r\n"),
        (b"HTTP/1.0 404 Not\x0b Found \r\n", b"HTTP/1.0 404 Not  Found\r\n"),
        (b"ICY 200 OK\r\n", b"HTTP/1.0 200 OK\r\n"),
        (b"HTTP/1.1 20 OK\r\n", b"HTTP/1.1 20 OK\r\n"),
    ],
)
def test_a_status_is_read_however_it_is_written(status: bytes, kept: bytes) -> None:
    for size in (1, 3, 10_000):
        assert passed(status + BAD["no colon"] + GOOD + BODY, size) == kept + GOOD + BODY


def test_the_head_after_one_that_only_says_to_wait_is_a_head_too() -> None:
    interim = b"HTTP/1.1 103 Early Hints\r\n"
    bad = BAD["no colon"]
    assert passed((interim + bad + GOOD + b"\r\n") * 2000 + STATUS + bad + BODY) == (
        (interim + GOOD + b"\r\n") * 2000 + STATUS + BODY
    )


def test_what_is_no_head_passes_and_so_does_the_next_answers_head() -> None:
    heads = HeadFilter()
    heads.await_head()
    assert heads.feed(b"\x05\x00") == b"\x05\x00"  # a handshake
    heads.await_head()
    assert heads.feed(STATUS + BAD["no colon"] + BODY) == STATUS + BODY
    assert heads.feed(b"no colon\r\n") == b"no colon\r\n"
    heads.await_head()
    assert heads.feed(STATUS + BAD["no colon"] + BODY) == STATUS + BODY


def test_a_line_without_an_end_is_not_held_for_ever() -> None:
    assert passed(STATUS + b"X: " + b"a" * 200_000, 1000) == STATUS + b"X: " + b"a" * 200_000


@given(st.lists(st.sampled_from([*BAD.values(), GOOD, b"\r\n", STATUS, b"\xff\n"]), max_size=8), st.integers(1, 9))
def test_the_size_of_the_pieces_changes_nothing(lines: list[bytes], size: int) -> None:
    data = STATUS + b"".join(lines)
    assert passed(data, size) == passed(data)


@given(st.binary(max_size=60))
def test_what_begins_as_no_head_is_passed_untouched(data: bytes) -> None:
    if not data.lstrip(b"\r\n").upper().startswith((b"HTTP/", b"ICY ")):
        assert passed(data, 3) == data
