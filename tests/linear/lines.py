"""The program as plain lines with a console in memory."""

import asyncio
from collections.abc import Iterable

from newsreader.linear.program import LinearProgram
from tests.tui.fake_service import FakeService


class Typist:
    """A console that types given lines, and keeps what is printed.

    Attributes:
        printed: Every line, with the prompt and what was typed behind it.
    """

    def __init__(self, lines: Iterable[str], *, is_interactive: bool = True) -> None:
        self.is_interactive = is_interactive
        self._lines = iter(lines)
        self.printed: list[str] = []
        self.is_closed = False
        self._has_ended = False

    async def ask(self, prompt: str, *, is_secret: bool = False) -> str | None:
        for _ in range(30):  # what happens in the background has happened
            await asyncio.sleep(0)
        typed = None if self._has_ended else next(self._lines, None)
        self.printed.append(f"{prompt}{'' if typed is None else '***' if is_secret else typed}")
        return typed

    def show_prompt(self, prompt: str) -> None:
        self.printed += [prompt] if prompt.strip() else []

    async def typed_ahead(self) -> None:
        await asyncio.sleep(0.05)

    def end(self) -> None:
        self._has_ended = True

    def say(self, *texts: str) -> None:
        for text in texts:
            self.printed += text.split("\n")

    def say_paragraphs(self, texts: Iterable[str]) -> None:
        self.say(*texts)


def run(
    service: FakeService,
    *lines: str,
    address: str | None = None,
    others: Iterable[str] = (),
    is_interactive: bool = True,
) -> list[str]:
    """Type lines into the program, or pipe them in, and return what it printed."""
    console = Typist(lines, is_interactive=is_interactive)
    program = LinearProgram(service, console)
    asyncio.run(program.run([address, *others] if address else []))
    return console.printed


def after(printed: list[str], prompt: str) -> list[str]:
    """Return what was printed between a prompt with what was typed and the next one."""
    start = printed.index(prompt) + 1
    end = next(n for n in range(start, len(printed)) if "> " in printed[n] and printed[n].split(">")[0] in PLACES)
    return printed[start:end]


PLACES = ("list", "article", "sources")
