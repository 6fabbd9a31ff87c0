"""Reading articles aloud: by the reader's command, by speech-dispatcher, or by a synthesiser that is installed."""

import os
import shutil
from collections.abc import Callable, Sequence

from newsreader.annotations.spoken import SpokenSentence
from newsreader.i18n import locale_language
from newsreader.service.active_settings import ActiveSettings
from newsreader.speech.command import LANGUAGE, CommandSpeaker
from newsreader.speech.speaker import NoSpeechError, Speaker, SpeechError
from newsreader.speech.ssip import SsipSpeaker, Voice

_WORDS_A_MINUTE, _FASTER = 175, 1.5  # of espeak-ng, by itself and for each step of the rate


class ReadAloud:
    """Reads sentences aloud, one after another; the program that does it stays connected."""

    def __init__(self, settings: ActiveSettings) -> None:
        self._settings = settings
        self._speaker: Speaker | None = None

    async def read(
        self, sentences: Sequence[SpokenSentence], language: str | None, on_sentence: Callable[[SpokenSentence], None]
    ) -> None:
        """Read sentences aloud; fall silent at once when cancelled.

        Args:
            sentences: What is read.
            language: The language of the article; None if unknown, then the reader's.
            on_sentence: Called with each sentence before it is read.

        Raises:
            NoSpeechError: there is no program for it.
            SpeechError: the program failed.
        """
        if self._speaker is None:
            self._speaker = await self._open()
        code = language or locale_language(os.environ) or "en"
        try:
            for sentence in sentences:
                on_sentence(sentence)
                await self._speaker.say(sentence.words, code)
        except SpeechError:
            await self.aclose()  # the next time from the beginning
            raise

    async def _open(self) -> Speaker:
        settings = self._settings.current.aloud
        if settings.run:
            return CommandSpeaker(settings.run)
        try:
            return await SsipSpeaker.connect(Voice(settings.rate, settings.voice))
        except NoSpeechError:
            synthesiser = shutil.which("espeak-ng") or shutil.which("espeak")
            if synthesiser is None:
                raise
        speed = str(round(_WORDS_A_MINUTE + _FASTER * settings.rate))
        voice = settings.voice or LANGUAGE
        return CommandSpeaker((synthesiser, "-s", speed, "-v", voice))

    async def aclose(self) -> None:
        """Stop speaking, and close what was opened."""
        speaker, self._speaker = self._speaker, None
        if speaker is not None:
            await speaker.aclose()
