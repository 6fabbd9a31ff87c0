"""Reading aloud by a command that gets each sentence on its standard input."""

from collections.abc import Sequence

from newsreader.program_run import RunFailure, WantedOutput, run_to_end
from newsreader.speech.speaker import CommandSpeechError

LANGUAGE = "{language}"
_LIMIT_S = 600.0  # of one sentence


class CommandSpeaker:
    """Runs a command for each sentence; no shell takes part.

    Args:
        words: The program and its words; {language} in them is replaced by the language of the article.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words

    async def say(self, words: str, language: str) -> None:
        """Read words aloud; see `Speaker`."""
        command = [word.replace(LANGUAGE, language) for word in self._words]
        try:
            await run_to_end(command, f"{words}\n".encode(), WantedOutput(), limit_s=_LIMIT_S)
        except RunFailure as failure:
            raise CommandSpeechError(f"{self._words[0]}: {failure.reason}") from failure

    async def aclose(self) -> None:
        """Do nothing: a command that is cancelled has ended."""
