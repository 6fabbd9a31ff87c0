"""Reading the article aloud: the sentence that is read is marked and in view."""

import asyncio
from typing import TYPE_CHECKING

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.tui.held_part import in_worker
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState

if TYPE_CHECKING:
    from textual.worker import Worker

    from newsreader.annotations.article_text import ArticleText
    from newsreader.annotations.spoken import SpokenSentence
    from newsreader.models import Article

_HINT_S = 8.0


class AloudActions:
    """What `P` does: begins, pauses, continues."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self._service = port.service
        self._reading: Worker[None] | None = None
        self._article: Article | None = None  # that is read aloud, or was last
        self._sentence: SpokenSentence | None = None  # with which it continues

    @property
    def is_reading(self) -> bool:
        """Whether something is being read aloud."""
        return self._reading is not None and not self._reading.is_finished

    def action_read_aloud(self) -> None:
        """Read aloud from the first sentence in view, or from where it was paused; pause what is being read."""
        article = self.state.article
        if self.is_reading:
            self.port.cancel("aloud")
            self.state.pauses_aloud = True
            self.port.say(gettext("Paused; {key} continues.").format(key=self.port.key_of("read-aloud")))
        elif article is None:
            self.port.say(gettext("Open an article first."))
        else:
            self._begin(article, continues=self._article is not None and self._article.url == article.url)

    def stop(self) -> bool:
        """Stop reading, even if it is paused, and remove the mark of the sentence; False if nothing was read aloud."""
        had_article = self._article is not None
        self.port.cancel("aloud")
        self._end()
        return had_article

    def _end(self) -> None:
        self._article = self._sentence = self.state.pauses_aloud = None
        self.panes.article.highlights.spoken.drop()
        self.port.show()

    def article_shown(self) -> None:
        """Continue with another article that has come instead of the one that is read aloud, or in its newer text."""
        article, before = self.state.article, self._article
        if before is None or article is before:
            return
        if article is not None and article.url == before.url:
            self._article = article
            if self.is_reading and article != before:
                self._begin(article, continues=True)
        elif self.is_reading and article is not None:
            self._begin(article, continues=False)
        elif not self.is_reading:
            self.stop()

    def _begin(self, article: "Article", *, continues: bool) -> None:
        first = self._sentence if continues else None
        self._article = article
        self.state.pauses_aloud = False
        words = gettext("Reading aloud: {key} pauses, Esc stops.")
        self.port.say(words.format(key=self.port.key_of("read-aloud")), seconds=_HINT_S)
        self._reading = self._read(article, first)

    @in_worker(exclusive=True, group="aloud")
    async def _read(self, article: "Article", first: "SpokenSentence | None") -> None:
        from newsreader.annotations.article_text import ArticleText
        from newsreader.annotations.spoken import spoken_sentences

        text = await asyncio.to_thread(ArticleText, article)
        sentences = await asyncio.to_thread(spoken_sentences, article, text)
        if article != self._article:
            return
        self.panes.article.highlights.spoken.begin(text)
        number = sentences.index(first) if first in sentences else self._first_in_view(sentences, text)
        try:
            await self._service.desktop.aloud.read(sentences[number:], article.language, self._show)
        except NewsreaderError as error:
            self.stop()
            self.port.say_error(error)
            return
        self._end()
        self.port.say(gettext("End of the article."))

    def _first_in_view(self, sentences: "list[SpokenSentence]", text: "ArticleText") -> int:
        from newsreader.annotations.spoken import first_from

        position = self.panes.article.position.current
        if position is None or position.block < 0:
            return 0
        return first_from(sentences, position.block, text.position_of(position.block, position.offset) or 0)

    def _show(self, sentence: "SpokenSentence") -> None:
        """Mark the sentence that is being read, and bring it into view."""
        self._sentence = sentence
        top = self.panes.article.highlights.spoken.show(sentence)
        if top is not None:
            self.panes.article.position.go(top)
