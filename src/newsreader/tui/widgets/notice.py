"""The notice shown instead of an article: loading, empty, or why there is none and what to do now; pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from newsreader.errors import NewsreaderError
from newsreader.i18n import decimal, gettext, ngettext
from newsreader.keymap import Bindings
from newsreader.models import FeedLink, Page
from newsreader.moments import local
from newsreader.text import clean, line
from newsreader.tui.keys import action_of, hint_key, key_of
from newsreader.tui.rendering.themes import Ink
from newsreader.tui.widgets.headline_list import wrapped
from newsreader.urls import host_of, shown, story_key
from newsreader.values import dataclass

_MOST_FEEDS = 3  # that are offered
_OPENED_BY_SESSIONS = frozenset({"forbidden", "login", "bot-check"})  # problems that a session may get past
_NOTHING_FOUND = "nothing-found"  # the problem of a page that shows no other
PATIENCE_S = 3.0  # after which the host is named

Piece = tuple[str, Ink, bool]  # words, their ink, whether they are bold


class NoticeChoice(NamedTuple):
    """Something that can be done now."""

    text: str
    key: str
    action: str


class NoticeLine(NamedTuple):
    """A line of a notice; `choice` is the number of the choice that it stands for."""

    pieces: tuple[Piece, ...] = ()
    choice: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice shown instead of an article.

    Attributes:
        headline: The title of the article that is meant, quietly above; may be empty.
        title: What has happened.
        words: What it means, in paragraphs.
        choices: What can be done; the first is chosen at first.
        details: Lines for those who want to know more; shown on request.
    """

    title: str
    headline: str = ""
    words: tuple[str, ...] = ()
    choices: tuple[NoticeChoice, ...] = ()
    details: tuple[str, ...] = ()
    chosen: int = 0
    shows_details: bool = False

    def move(self, by: int) -> "Notice":
        """Return the notice with another choice chosen."""
        last = max(0, len(self.choices) - 1)
        return replace(self, chosen=min(max(self.chosen + by, 0), last))

    def with_keys(self, key_of: Callable[[str], str]) -> "Notice":
        """Return the notice with the keys of its choices as they are bound; `key_of` returns that of an action."""
        bound = (each._replace(key=key_of(each.action) or each.key) for each in self.choices)
        return replace(self, choices=tuple(bound))

    def with_details_turned(self) -> "Notice":
        """Return the notice with its details shown, or hidden again."""
        return replace(self, shows_details=not self.shows_details)

    def lines(self, width: int) -> tuple[NoticeLine, ...]:
        """Return the notice at a width."""
        found: list[NoticeLine] = []
        if self.headline:
            found += [NoticeLine(((text, Ink.STRONG, True),)) for text in wrapped(line(self.headline), width, 4)]
            found.append(NoticeLine())
        found += [NoticeLine(((text, Ink.TEXT, not self.headline),)) for text in wrapped(self.title, width, 12)]
        for words in self.words:
            found.append(NoticeLine())
            found += [NoticeLine(((text, Ink.MUTED, False),)) for text in wrapped(words, width, 40)]
        if self.choices:
            found.append(NoticeLine())
            found += [_choice_line(choice, n, n == self.chosen, self.choices) for n, choice in enumerate(self.choices)]
        if self.shows_details:
            found.append(NoticeLine())
            for detail in self.details:
                found += [NoticeLine(((text, Ink.MUTED, False),)) for text in wrapped(line(detail), width, 6)]
        return tuple(found)


def _choice_line(choice: NoticeChoice, number: int, is_chosen: bool, choices: Sequence[NoticeChoice]) -> NoticeLine:
    room = max(len(other.text) for other in choices) + 4
    mark = ("> ", Ink.ACCENT, True) if is_chosen else ("  ", Ink.TEXT, False)
    text = (choice.text.ljust(room), Ink.STRONG if is_chosen else Ink.TEXT, is_chosen)
    key = choice.key or (gettext("Enter") if is_chosen else "")  # which takes whatever is chosen
    return NoticeLine((mark, text, (key, Ink.ACCENT, True)), number)


def loading(headline: str, seconds: float, host: str, *, is_calm: bool = False) -> Notice:
    """Return the notice while an article is fetched; after three seconds the host is named.

    With `is_calm` only whole seconds are counted.
    """
    counted = str(int(seconds)) if is_calm else decimal(f"{seconds:.1f}")
    if not headline and seconds < PATIENCE_S:
        return Notice(gettext("Getting {host} … {seconds} s").format(host=line(host, 60), seconds=counted))
    if seconds < PATIENCE_S:
        return Notice(gettext("Getting the article … {seconds} s").format(seconds=counted), headline)
    return Notice(
        gettext("Waiting for {host} … {seconds} s").format(host=line(host, 60), seconds=counted),
        headline,
        choices=(
            NoticeChoice(gettext("Cancel"), "Esc", action_of("close")),
            NoticeChoice(gettext("Open in the browser"), "o", action_of("open-in-browser")),
        ),
    )


def failure(
    error: NewsreaderError, url: str, *, what: str, is_address: bool = False, has_others: bool = True
) -> Notice:
    """Return why something could not be fetched, and what to do now.

    Args:
        error: Why.
        url: Of what.
        what: What could not be fetched.
        is_address: It was typed, and can be changed.
        has_others: There are headlines or articles that can be read all the same.
    """
    words = [line(error.text, 600)]
    if error.advice:
        words.append(line(error.advice, 600))
    if has_others:
        words.append(gettext("Your headlines and saved articles are unaffected."))
    again, *others = _choices_after_failure()
    change = NoticeChoice(gettext("Change the address"), "Ctrl+L", action_of("open-address"))
    session = (_session_choice("I"),) if error.kind in _OPENED_BY_SESSIONS else ()
    choices = (again, *([change] if is_address else []), *session, *others)
    return Notice(what, words=tuple(words), choices=choices, details=_details(error, url))


def _choices_after_failure() -> tuple[NoticeChoice, ...]:
    return (
        NoticeChoice(gettext("Try again"), "r", action_of("refresh")),
        NoticeChoice(gettext("Open in the browser"), "o", action_of("open-in-browser")),
        NoticeChoice(gettext("Details"), "", "screen.details"),
    )


def other_feeds(page: Page) -> tuple[FeedLink, ...]:
    """Return the feeds that a page names, itself aside."""
    return tuple(feed for feed in page.feeds if story_key(feed.url) != story_key(page.url))


def empty_list(page: Page, keys: Bindings) -> str:
    """Return the text shown instead of a list if a page has none: how to get to one."""
    if _is_search(page):
        return gettext("Nothing stored matches.")
    feeds = other_feeds(page)
    key = hint_key("choose-list", keys)
    if feeds:
        name = line(feeds[0].title or shown(feeds[0].url), 80)
        words = gettext("No headlines were found on this page. It names a feed, {feed}: Enter opens it.")
        return words.format(feed=name)
    if not key:
        return gettext("No headlines were found on this page.")
    words = gettext("No headlines were found on this page. {key} chooses the block of it that is the list.")
    return words.format(key=key)


def nothing_found(page: Page, url: str, keys: Bindings, *, has_lists: bool, can_be_drawn: bool = False) -> Notice:
    """Return the notice about a page without an article, with what it offers instead.

    Args:
        page: What was made of it.
        url: Its address, as it was asked for.
        keys: As they are bound, for the choices.
        has_lists: Its headlines are shown beside it.
        can_be_drawn: A browser is installed that could draw it.
    """
    problem = page.problem
    drawing = (_drawing_choice(page),) if can_be_drawn else ()
    if problem is not None and problem.kind != _NOTHING_FOUND:
        is_opened = problem.kind in _OPENED_BY_SESSIONS
        session = (_session_choice(hint_key("site-session", keys)),) if is_opened else ()
        words = tuple(line(text, 600) for text in (problem.message, problem.advice) if text)
        if page.link_blocks:
            words = (*words, _what_was_found(page))
        return Notice(
            gettext("There is no article to read here."),
            words=words,
            choices=(*session, *drawing, *_feed_choices(page), *_ways_to_read(page, keys), *_choices_after_failure()),
            details=(
                gettext("Address: {address}").format(address=shown(url)),
                gettext("problem: {kind}").format(kind=line(problem.kind, 40)),
            ),
        )
    how = _how_to_read(keys)
    if _is_search(page):
        count = len({headline.url for each in page.headline_lists for headline in each.headlines})
        if not count:
            return Notice(gettext("Nothing stored matches."))
        return Notice(ngettext("{count} found", "{count} found", count).format(count=count), words=(how,))
    if has_lists:
        words = (how, *_other_list(hint_key("choose-list", keys)))
        return Notice(gettext("This page is a list of headlines."), words=words)
    return Notice(
        gettext("Neither an article nor headlines were found on this page."),
        words=(_what_was_found(page), gettext("It may need a browser, or it may hold something other than news.")),
        choices=(*drawing, *_feed_choices(page), *_ways_to_read(page, keys), *_choices_after_failure()),
        details=(gettext("Address: {address}").format(address=shown(url)),),
    )


def _is_search(page: Page) -> bool:
    return page.url.startswith("search:")


def unread(count: int, sources: int, keys: Bindings) -> Notice:
    """Return the notice beside the unread headlines of all sources while no article is open."""
    if not count:
        return Notice(gettext("Everything is read."))
    headlines = ngettext("{count} unread headline", "{count} unread headlines", count).format(count=count)
    of_sources = ngettext("{count} source", "{count} sources", sources).format(count=sources)
    return Notice(f"{headlines} · {of_sources}", words=(_how_to_read(keys),))


def other_list(count: int, keys: Bindings) -> Notice:
    """Return the notice beside a list that doesn't belong to a page while no article is open."""
    return Notice(_how_to_read(keys) if count else "")


def _how_to_read(keys: Bindings) -> str:
    words = gettext("{enter} opens the selected headline, {next} the next.")
    return words.format(enter=key_of("read", keys), next=key_of("next-article", keys))


def _other_list(key: str) -> tuple[str, ...]:
    return (gettext("Wrong list? {key} picks another.").format(key=key),) if key else ()


def _what_was_found(page: Page) -> str:
    """Return the numbers of links, blocks of links and feeds of a page without anything to read."""
    feeds = len(other_feeds(page))
    found = (
        ngettext("{count} link", "{count} links", page.links).format(count=page.links),
        ngettext("{count} block of links", "{count} blocks of links", page.link_blocks).format(count=page.link_blocks),
        ngettext("{count} feed address", "{count} feed addresses", feeds).format(count=feeds),
    )
    return gettext("Found on it: {found}.").format(found=", ".join(found))


def _ways_to_read(page: Page, keys: Bindings) -> tuple[NoticeChoice, ...]:
    """Return ways to read a page in which nothing was recognised: by a block of links, as an article."""
    whole = NoticeChoice(gettext("Read the page as an article"), hint_key("whole-page", keys), action_of("whole-page"))
    if not page.link_blocks:
        return (whole,)
    block = gettext("Choose the block that is its list")
    return NoticeChoice(block, hint_key("choose-list", keys), action_of("choose-list")), whole


def _session_choice(key: str) -> NoticeChoice:
    """Return the choice to read a site as the reader is logged in there."""
    return NoticeChoice(gettext("Read this site as you are logged in there"), key, action_of("site-session"))


def _drawing_choice(page: Page) -> NoticeChoice:
    """Return the choice to have the pages of a site drawn by a browser."""
    words = gettext("Let the installed browser draw the pages of {host}").format(host=line(host_of(page.url), 60))
    return NoticeChoice(words, "", "screen.draw_pages")


def _feed_choices(page: Page) -> tuple[NoticeChoice, ...]:
    """Return the feeds that a page names, as choices."""
    return tuple(
        NoticeChoice(
            gettext("Open the feed {name}").format(name=wrapped(line(feed.title or shown(feed.url)), 40, 1)[0]),
            "",
            f"screen.open_feed({number})",
        )
        for number, feed in enumerate(other_feeds(page)[:_MOST_FEEDS])
    )


def _details(error: NewsreaderError, url: str) -> tuple[str, ...]:
    """Return what is known about a failure: the address, the status, the headers, what was tried."""
    found = [gettext("Address: {address}").format(address=shown(str(getattr(error, "url", "") or url)))]
    status = getattr(error, "status", None)
    found.append(f"{error.kind}" + (f" · HTTP {status}" if status else ""))
    retry_after = getattr(error, "retry_after", None)
    if retry_after is not None:
        found.append(gettext("The site asks to wait until {time}.").format(time=f"{local(retry_after):%H:%M}"))
    found += [line(clean(f"{name}: {value}"), 200) for name, value in tuple(getattr(error, "headers", ()))[:20]]
    found += [line(str(step), 200) for step in tuple(getattr(error, "tried", ()))[:20]]
    return tuple(found)
