"""Positions in an article that the reader marks with a letter, and comes back to by it, as on the screen."""

from newsreader.i18n import gettext
from newsreader.key_names import latin_key
from newsreader.lettered_positions import PREFERENCE, LetteredPosition, positions_of, with_position
from newsreader.linear.articles import ArticleCommands
from newsreader.linear.desk import Desk
from newsreader.text import line
from newsreader.typesetting.layout import TextPosition

_BEFORE = "'"  # the letter of the position that the last jump began at


class LinearMarks:
    """What the keys for marks do; the letter is typed behind the key."""

    def __init__(self, desk: Desk, articles: ArticleCommands) -> None:
        self._desk = desk
        self._articles = articles

    async def action_mark_position(self, *, words: str = "") -> None:
        """Mark the page that was printed last with a letter."""
        letter = await self._letter(words, gettext("A letter for this position"))
        if not letter or letter == _BEFORE:
            return
        if not await self._mark(letter):
            self._desk.say(gettext("This mark couldn't be saved."))
            return
        key = self._desk.key("go-to-mark")
        self._desk.say(gettext("Marked: {key} {letter} returns here.").format(key=key, letter=letter))

    async def action_go_to_mark(self, *, words: str = "") -> None:
        """Print the page that was marked with a letter; with ' the one where the reader was before that."""
        letter = await self._letter(words, gettext("The letter of a mark"))
        article = self._desk.article
        if not letter or article is None:
            return
        marks = (await self._all()).get(article.url, {})
        if letter not in marks:
            self._desk.say(gettext("This article has no mark {letter}.").format(letter=letter))
            return
        await self._mark(_BEFORE)
        match marks[letter]:
            case (block, opening, offset) if block >= 0:
                article.go_to(TextPosition(block, opening, offset))
                await self._articles.say_part(article.page(1), "")
            case _:
                await self._articles.edge(-1)

    async def _letter(self, words: str, question: str) -> str:
        if not self._articles.has_article():
            return ""
        typed = words or await self._desk.asked(question)
        letter = typed if typed == _BEFORE else latin_key(typed) if len(typed) == 1 else ""
        if letter and (letter == _BEFORE or letter.isalnum()):
            return letter
        if typed:
            self._desk.say(gettext("“{words}” is not one letter.").format(words=line(typed, 40)))
        return ""

    async def _mark(self, letter: str) -> bool:
        """Mark the page that was printed last; False if the library cannot be written."""
        article = self._desk.article
        assert article is not None
        url, position = article.url, article.position
        marked = position.block, position.words, position.offset
        kept = await self._desk.service.preferences.change(
            PREFERENCE, lambda stored: with_position(stored, url, letter, marked)
        )
        return kept is not None

    async def _all(self) -> dict[str, dict[str, LetteredPosition | None]]:
        return positions_of(await self._desk.service.preferences.get(PREFERENCE))
