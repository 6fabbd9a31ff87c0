"""Highlights and notes: made from sentences by their numbers or from words, listed, changed, removed."""

import re
from functools import partial

from newsreader.annotations.anchors import anchor_of
from newsreader.annotations.article_text import ArticleText
from newsreader.annotations.placing import PlacedHighlight, PlacedHighlights, place
from newsreader.annotations.spoken import SpokenSentence, spoken_sentences
from newsreader.i18n import gettext, ngettext
from newsreader.library_values import Highlight, HighlightColour
from newsreader.linear.article import LinearArticle
from newsreader.linear.articles import ArticleCommands
from newsreader.linear.desk import Desk
from newsreader.text import line
from newsreader.tui.outcome_words import colour_name

_NUMBERS = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")
_SHOWN = 200  # characters of a highlight


class LinearHighlights:
    """What the keys for highlights do; the words typed behind a key come as `words`."""

    def __init__(self, desk: Desk, articles: ArticleCommands) -> None:
        self._desk = desk
        self._service = desk.service
        self._articles = articles
        self._colour = HighlightColour.YELLOW
        self._current: Highlight | None = None  # the one that was made, or gone to, last

    # --- making ---

    async def action_select_text(self, *, words: str = "") -> None:
        """Highlight sentences of the page that was printed last, by their numbers, or some of its words."""
        article = self._article()
        if article is None:
            return
        text = ArticleText(article.article)
        sentences = self._sentences_in_front(article, text)
        if not sentences:
            self._desk.say(gettext("There are no words to select in this article."))
            return
        if not words:
            self._desk.console.say(*(f"{number}. {line(each.words, 1000)}" for number, each in enumerate(sentences, 1)))
            words = await self._desk.asked(gettext("Sentences to highlight, such as 2 or 2-4, or words of them"))
        found = _range_of(words, sentences, text.text) if words else None
        if found is None:
            if words:
                self._desk.say(gettext("Not found: {words}").format(words=line(words, 100)))
            return
        anchor = anchor_of(text.text, *found)
        self._current = await self._service.highlights.add(article.url, article.title, anchor, self._colour)
        said = gettext("Highlighted in {colour}: “{words}”").format(
            colour=colour_name(self._colour), words=line(anchor.exact, _SHOWN)
        )
        self._desk.say(f"{said}; " + gettext("{undo} to undo, “note WORDS” adds a note.").format(undo=self._undo_key))

    def _sentences_in_front(self, article: LinearArticle, text: ArticleText) -> list[SpokenSentence]:
        blocks = {part.block for part in article.parts[max(0, article.first) : article.last + 1]}
        return [each for each in spoken_sentences(article.article, text) if each.block in blocks and each.start >= 0]

    # --- changing ---

    async def action_highlight(self, colour: str, *, words: str = "") -> None:
        """Give the last highlight a colour; the next ones have it too."""
        del words
        self._colour = HighlightColour(colour)
        if self._current is None or not await self._change(colour=self._colour):
            self._say_next_colour()

    async def action_next_colour(self, *, words: str = "") -> None:
        """Give the last highlight its next colour, or choose that for the next one."""
        colours = list(HighlightColour)
        before = self._current.colour if self._current is not None else self._colour
        await self.action_highlight(colours[(colours.index(before) + 1) % len(colours)].value, words=words)

    def _say_next_colour(self) -> None:
        self._desk.say(gettext("The next highlight is {colour}.").format(colour=colour_name(self._colour)))

    async def action_note(self, *, words: str = "") -> None:
        """Give the highlight that was made or gone to last a note; without words, ask."""
        if self._current is None:
            self._say_none_chosen()
            return
        if not words:
            if self._current.note:
                self._desk.say(gettext("Note: {words}").format(words=line(self._current.note, 1000)))
            words = await self._desk.asked(gettext("Note"))
        if words:
            await self._change(note=words)

    async def _change(self, *, colour: HighlightColour | None = None, note: str | None = None) -> bool:
        assert self._current is not None
        self._current = await self._service.highlights.change(self._current.id, colour=colour, note=note)
        if self._current is None:
            self._desk.say(gettext("The highlight is not there any more."))
            return False
        self._desk.say(_words_of(self._current))
        return True

    async def action_remove_highlight(self, *, words: str = "") -> None:
        """Remove the highlight that was made or gone to last, with its note."""
        del words
        if self._current is None:
            self._say_none_chosen()
            return
        removed, self._current = await self._service.highlights.remove(self._current.id), None
        gone, said = gettext("The highlight is not there any more."), gettext("Highlight removed · {undo} to undo")
        self._desk.say(gone if removed is None else said.format(undo=self._undo_key))

    def _say_none_chosen(self) -> None:
        words = gettext("Make a highlight with {select}, or go to one with {next} first.")
        self._desk.say(words.format(select=self._desk.key("select-text"), next=self._desk.key("next-highlight")))

    @property
    def _undo_key(self) -> str:
        return self._desk.key("undo")

    # --- going to them ---

    async def action_go_to_highlight(self, by: int, *, words: str = "") -> None:
        """Print the next highlight of the article, or the one before, with its note."""
        del words
        article = self._article()
        if article is None:
            return
        found = await self._service.highlights.of_article(article.url, article.article)
        if found is None or not found.placed:
            self._desk.say(gettext("Nothing is highlighted in this article."))
            return
        placed = found.next_from(self._position(article, found), by)
        if placed is not None:
            self._go_to(article, found, placed)

    def _position(self, article: LinearArticle, found: PlacedHighlights) -> int:
        """Return where the reader is in the article's text: at the highlight gone to last, or at what was printed."""
        current = self._current.id if self._current is not None else ""
        at = next((each.start for each in found.placed if each.highlight.id == current), None)
        if at is not None:
            return at
        block = article.parts[max(0, article.first)].block if article.parts else -1
        return found.text.blocks[block][0] - 1 if 0 <= block < len(found.text.blocks) else -1

    def _go_to(self, article: LinearArticle, found: PlacedHighlights, placed: PlacedHighlight) -> None:
        self._current = placed.highlight
        article.point_at(found.text.block_at(placed.start))
        self._desk.console.say(_words_of(placed.highlight))
        self._desk.console.say_paragraphs(article.shown)

    # --- all of them ---

    async def action_highlights(self, *, words: str = "") -> None:
        """Print the highlights of all articles with their numbers; a number opens the article of one there."""
        kept = await self._service.highlights.all(words)
        if not kept:
            none = gettext("Nothing is highlighted yet: {key} in an article selects words.")
            no_match = gettext("No highlight matches.")
            self._desk.say(no_match if words else none.format(key=self._desk.key("select-text")))
            return
        count = len(kept)
        self._desk.say(ngettext("{count} highlight", "{count} highlights", count).format(count=count))
        self._desk.entries = [
            (f"{_words_of(each)}, {line(each.title, 200) or line(each.url, 200)}", partial(self._open, each))
            for each in kept
        ]
        self._desk.place = "sources"
        self._desk.say_entries()

    async def _open(self, highlight: Highlight) -> None:
        await self._articles.open(highlight.url, highlight.title)
        article = self._desk.article
        if article is None or article.url != highlight.url:
            return
        found = place(article.article, [highlight])
        if found.placed:
            self._go_to(article, found, found.placed[0])
        else:
            self._desk.say(gettext("These words are not in this version of the article any more."))

    def _article(self) -> LinearArticle | None:
        return self._desk.article if self._articles.has_article() else None


def _words_of(highlight: Highlight) -> str:
    words = f"“{line(highlight.anchor.exact, _SHOWN)}”, {colour_name(highlight.colour)}"
    note = gettext("Note: {words}").format(words=line(highlight.note, 500)) if highlight.note else ""
    return f"{words}. {note}" if note else words


def _range_of(words: str, sentences: list[SpokenSentence], text: str) -> tuple[int, int] | None:
    """Return from where to where what was typed is: sentences by their numbers, or words among the sentences."""
    found = _NUMBERS.fullmatch(words.strip())
    if found is not None:
        first, last = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= last <= len(sentences):
            return None
        return sentences[first - 1].start, sentences[last - 1].end
    begin, end = sentences[0].start, sentences[-1].end
    pattern = r"\s+".join(map(re.escape, words.split()))
    at = re.compile(pattern, re.IGNORECASE).search(text, begin, end) if pattern else None
    return at.span() if at is not None else None
