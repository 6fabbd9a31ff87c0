"""Articles: opened, read on, left, and what is around them."""

from contextlib import suppress

from newsreader.annotations.spoken import first_from, spoken_sentences
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext, ngettext
from newsreader.linear.article import LinearArticle
from newsreader.linear.desk import Desk
from newsreader.models import Opened
from newsreader.text import line
from newsreader.typesetting.layout import TextPosition
from newsreader.urls import entry_id, host_of, shown, without_fragment


class ArticleCommands:
    """What the keys for an article do; the words typed behind a key come as `words`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._service = desk.service

    # --- opening ---

    async def open(self, url: str, title: str, *, is_of_list: bool = False, refresh: bool = False) -> None:
        """Open an article and print its beginning, or the page where the reader was."""
        desk = self._desk
        await self.leave()
        opened = await desk.waited_for(self._service.pages.open(url, refresh=refresh), host_of(url))
        if opened.page.article is None:
            desk.update([url], failed=self._service.online)
            self.say_missing(opened, url, title)
            return
        await self.show(url, opened, is_of_list=is_of_list)

    async def show(self, url: str, opened: Opened, *, is_of_list: bool = False) -> None:
        """Print an article that was opened, and note that it was."""
        desk = self._desk
        desk.article = article = LinearArticle(url, opened)
        desk.place = "article"
        desk.update([url], stored=True, failed=False)
        kept = await self._service.positions.of(url)
        if kept is not None and (kept.block > 0 or kept.char_offset):
            article.go_to(TextPosition(kept.block, kept.words, kept.char_offset))
            desk.console.say(line(article.title, 1000))
            desk.say(gettext("Continued at {percent} percent.").format(percent=kept.percent))
        desk.console.say_paragraphs(article.page(1))
        for problem in (opened.fetch_problem, opened.page.note):
            if problem is not None:
                desk.say(problem.message)
        await self._note_opened(url, article, is_of_list=is_of_list)
        await self._note_end()
        await desk.remember()

    def say_missing(self, opened: Opened, url: str, title: str = "") -> None:
        """Print what there is instead of an article."""
        desk, problem = self._desk, opened.page.problem
        if problem is not None:
            desk.console.say(*(line(text, 1000) for text in (title, problem.message, problem.advice) if text))
            return
        words = gettext("There is no article at {address}.").format(address=shown(url))
        count = sum(len(each.headlines) for each in opened.page.headline_lists)
        desk.say(words)
        if count:
            hint = ngettext("It lists {n} headline: {key} ADDRESS.", "It lists {n} headlines: {key} ADDRESS.", count)
            desk.say(hint.format(n=count, key="open"))

    async def _note_opened(self, url: str, article: LinearArticle, *, is_of_list: bool) -> None:
        await self._service.reading_history.note(url, article.title)
        if is_of_list and self._service.settings.reading.mark_read == "opened":
            await self._service.read_marks.mark(url, True, opened=True)
            self._desk.update([url], read=True)

    async def _note_end(self) -> None:
        """Say that the article has ended, and mark it read, once its last paragraph has been printed."""
        desk, article = self._desk, self._desk.article
        if article is None or not article.is_at_end:
            return
        desk.say(gettext("End of the article."))
        if self._service.settings.reading.mark_read != "never" and not article.is_whole:
            await self._service.read_marks.mark(article.url, True)
            desk.update([article.url], read=True, later=False)

    async def leave(self) -> None:
        """Remember where the reader is in the article that they leave."""
        article = self._desk.article
        if article is None or article.is_whole or article.last < 0:
            return
        position = article.position
        with suppress(NewsreaderError):
            await self._service.positions.save(
                article.url,
                position.block,
                position.words,
                percent=max(1, article.percent),
                title=article.title,
            )

    # --- moving in it ---

    async def read_on(self) -> bool:
        """Print the next page; False at the end."""
        return await self.say_part(self._article().page(1), "")

    async def say_part(self, parts: list[str], otherwise: str) -> bool:
        """Print paragraphs of the article; where there are none, say so instead."""
        self._desk.console.say_paragraphs(parts)
        if not parts and otherwise:
            self._desk.say(otherwise)
        if parts:
            await self._note_end()
        return bool(parts)

    async def again(self) -> None:
        """Print again what was printed last."""
        self._desk.console.say_paragraphs(self._article().shown)

    async def move(self, by: int) -> None:
        """Print the next paragraph, or the one before."""
        otherwise = gettext("End of the article.") if by > 0 else gettext("Beginning of the article.")
        await self.say_part(self._article().step(by), otherwise)

    async def page(self, direction: int) -> None:
        """Print the next page, or the one before."""
        otherwise = gettext("End of the article.") if direction > 0 else gettext("Beginning of the article.")
        await self.say_part(self._article().page(direction), otherwise)

    async def edge(self, direction: int) -> None:
        """Print the first page, or the last paragraph."""
        await self.say_part(self._article().edge(direction), "")

    async def action_heading(self, by: int, *, words: str = "") -> None:
        """Print the next heading and what follows it, or the one before."""
        del words
        if self.has_article():
            otherwise = gettext("No more headings.") if by > 0 else gettext("No earlier heading.")
            await self.say_part(self._article().heading(by), otherwise)

    async def action_find(self, *, words: str = "") -> None:
        """Find words in the article; without words, find nothing any more."""
        if not self.has_article():
            return
        article = self._article()
        words = words or await self._desk.asked(gettext("Find"), is_needed=False)
        count = article.seek(words)
        if not article.sought:
            self._desk.say(gettext("Find ended."))
        elif not count:
            article.sought = ""
            self._desk.say(gettext("Not found: {words}").format(words=line(words, 100)))
        else:
            found = ngettext("In {count} paragraph.", "In {count} paragraphs.", count).format(count=count)
            keys = gettext("{next}: next, {previous}: previous.")
            self._desk.say(
                f"{found} " + keys.format(next=self._desk.key("next-match"), previous=self._desk.key("previous-match"))
            )
            await self.action_match(1)

    async def action_match(self, by: int, *, words: str = "") -> None:
        """Print the next paragraph with what is sought, or the one before."""
        del words
        if self.has_article():
            await self.say_part(self._article().match(by), gettext("No find is active."))

    async def read_aloud(self) -> None:
        """Read the article aloud from the page that was printed last, to its end."""
        article = self._article()
        sentences = spoken_sentences(article.article)
        block = article.parts[max(0, article.first)].block if article.parts else -1
        number = first_from(sentences, block)
        self._desk.say(gettext("Reading aloud; Enter stops."))
        await self._service.desktop.aloud.read(
            sentences[number:], article.article.language, lambda each: article.point_at(each.block)
        )
        article.point_at(len(article.article.blocks))
        await self._note_end()

    # --- links ---

    async def action_links(self, *, words: str = "") -> None:
        """Print the links with their numbers."""
        del words
        if not self.has_article():
            return
        links = self._article().links
        count = len(links)
        if not count:
            self._desk.say(gettext("The article has no links."))
            return
        self._desk.say(ngettext("{count} link:", "{count} links:", count).format(count=count))
        self._desk.console.say(
            *(f"{number}. {line(link.words, 200)}, {host_of(link.url)}" for number, link in enumerate(links, 1))
        )

    async def action_link_hints(self, *, words: str = "") -> None:
        """Follow the link with the number that is typed."""
        if self.has_article():
            number = words or await self._desk.asked(gettext("Number of the link"))
            if number.isdecimal():
                await self.follow(int(number))
            elif number:
                self._desk.say(gettext("Not a number."))

    async def follow(self, number: int) -> None:
        """Follow a link by its number."""
        article = self._article()
        if not 1 <= number <= len(article.links):
            self._desk.say(gettext("There is no link {number}.").format(number=number))
            return
        link = article.links[number - 1]
        url = link.url if entry_id(link.url) is not None else without_fragment(link.url)
        await self.open(url, link.words)
        if self._desk.article is not article:
            self._desk.trail.append(article.url)

    async def action_back(self, *, words: str = "") -> None:
        """Go back to the article before the last link."""
        del words
        if not self._desk.trail:
            self._desk.say(gettext("This is where you started."))
            return
        await self.open(self._desk.trail.pop(), "")

    # --- other texts of it ---

    async def action_language(self, *, words: str = "") -> None:
        """Open the article in the next of its languages, or in the one that is typed."""
        if not self.has_article():
            return
        article = self._article().article
        others = sorted(code for code in article.translations if code != (article.language or ""))
        if not others:
            self._desk.say(gettext("No other language version is named on this page."))
            return
        code = (
            words.lower()
            if words.lower() in others
            else next((each for each in others if each > (article.language or "")), others[0])
        )
        self._desk.say(code)
        await self.open(article.translations[code], article.title)

    async def action_whole_page(self, *, words: str = "") -> None:
        """Print all words of the page, or the article again."""
        del words
        if not self.has_article():
            return
        before = self._article()
        if before.is_whole:
            await self.open(before.url, before.title)
            return
        whole = await self._desk.waited_for(self._service.pages.whole(before.url), host_of(before.url))
        if whole.page.article is None:
            self.say_missing(whole, before.url, before.title)
            return
        await self.leave()
        self._desk.article = article = LinearArticle(before.url, whole, is_whole=True)
        self._desk.say(gettext("The whole page."))
        self._desk.console.say_paragraphs(article.page(1))

    # --- which one ---

    def has_article(self) -> bool:
        """Return whether an article is open; say so if none is."""
        if self._desk.article is None:
            self._desk.say(gettext("Open an article first."))
        return self._desk.article is not None

    def _article(self) -> LinearArticle:
        assert self._desk.article is not None
        return self._desk.article
