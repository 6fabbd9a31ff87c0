"""What reads aloud, and why it cannot."""

from typing import Protocol

from newsreader.errors import NewsreaderError
from newsreader.i18n import N_
from newsreader.text import line


class Speaker(Protocol):
    """A program that reads aloud."""

    async def say(self, words: str, language: str) -> None:
        """Read words aloud, and return when they have been read; fall silent at once when cancelled.

        Raises:
            SpeechError: the program failed.
        """

    async def aclose(self) -> None:
        """Stop speaking, and end what was started for it."""


class SpeechError(NewsreaderError):
    """The program that reads aloud failed."""

    message = N_("Reading aloud failed: {reason}.")
    hint = N_("Try `spd-say hello` in a terminal; or name another command as `run` under [aloud] in config.toml.")
    kind = "speech"
    exit_status = 3

    def __init__(self, reason: str) -> None:
        super().__init__(reason=line(reason, 200))


class NoSpeechError(SpeechError):
    """There is no program that reads aloud."""

    message = N_("There is no program that reads aloud: {reason}.")
    hint = N_("Install speech-dispatcher or espeak-ng; or name a command as `run` under [aloud] in config.toml.")
    kind = "no-speech"


class CommandSpeechError(SpeechError):
    """The command that reads aloud failed."""

    hint = N_("Run it in a terminal to see why; `run` under [aloud] in config.toml can name another one.")
