"""Methods of the reading screen's parts that show what failed."""

import pytest

from newsreader.errors import NewsreaderError
from newsreader.tui.reading.port import says_errors


class _Footer:
    def __init__(self) -> None:
        self.shown: list[NewsreaderError] = []

    def say_error(self, error: NewsreaderError) -> None:
        self.shown.append(error)


class _Part:
    def __init__(self) -> None:
        self.port = _Footer()

    @says_errors
    async def act(self, error: Exception | None) -> str:
        """Return a word, or fail."""
        if error is not None:
            raise error
        return "done"


async def test_what_failed_is_shown_and_the_program_continues() -> None:
    part, error = _Part(), NewsreaderError()
    assert await part.act(error) is None
    assert part.port.shown == [error]


async def test_a_method_that_works_returns_its_answer() -> None:
    part = _Part()
    assert await part.act(None) == "done"
    assert part.port.shown == []


async def test_a_fault_of_the_program_is_not_taken_for_a_message_to_the_reader() -> None:
    part = _Part()
    with pytest.raises(KeyError):
        await part.act(KeyError("x"))
    assert part.port.shown == []
