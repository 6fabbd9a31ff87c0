"""What a page has instead of an article: a wall, a check, a form, an error, or nothing at all.

Words alone prove nothing: an article may be about cookies or error 404. They count where there is little else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from lxml import etree

from newsreader.extraction import blocker_phrases, linked_data
from newsreader.extraction.document import Document, whole_text
from newsreader.extraction.metadata.page_header import words_of
from newsreader.i18n import N_
from newsreader.models import Article, FeedLink, HeadlineList, Paragraph, Problem, plain
from newsreader.walls import check_vendor

_SAMPLE = 6000  # characters of the visible text that are looked at
_NEWS = 120  # words of an article from which on a page is what it seems, unless everything contradicts it
_MOST_BOXES = 80  # short texts of a page in which a sentence about subscribing is looked for
_LONGEST_SCRIPT = 8000  # characters of each script of a thin page that are looked at
_THIN = 2500  # characters of visible text that a wall or a check has at most


_FIELDS = etree.XPath("//input[@type='password' or @type='Password' or @type='PASSWORD']")


# "challenge-platform/scripts/jsd" only monitors a page.
_CHECK_MARK = re.compile(
    r"captcha|challenge(?!-platform/scripts/jsd)|turnstile|bot-?check|are-you-human|human-verif", re.IGNORECASE
)
_PARTS = re.compile(r"(?<!\s)\s+[|\-–—»·•:]\s+|[|:]")
_BOXES = frozenset({"paywall", "regwall", "subscriber", "subscribers"})


@dataclass(frozen=True)
class _Seen:
    """What a page shows at a glance."""

    document: Document
    article: Article | None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the page calls itself: the title of its window, its headings of the first rank."""
        document = self.document
        headings = [words_of(heading) for heading in document.body.iter("h1") if heading in document.order][:4]
        names = (" ".join(document.title[:500].split()), *headings)
        return tuple(name for name in names if name)

    @cached_property
    def text(self) -> str:
        """Its names and the beginning of its visible words."""
        return " ".join((*self.names, *_texts(self.document)))

    @property
    def length(self) -> int:
        """Of all its visible words, in characters."""
        return self.document.text_length[self.document.body]

    @property
    def words(self) -> int:
        """Of the article that was found; 0 without one."""
        return self.article.word_count if self.article else 0


def find_problem(
    document: Document, article: Article | None, lists: Sequence[HeadlineList], feeds: Sequence[FeedLink] = ()
) -> Problem | None:
    """Return what is in the way of reading; None where an article or headlines are there to be read.

    With the kind "paywall" the article is the beginning that the site shows; with any other kind what looked like
    an article is not one.

    Args:
        document: The page.
        article: What was taken for its article, if anything was.
        lists: Its headline lists.
        feeds: The feeds that it names.
    """
    seen = _Seen(document, article)
    if seen.words >= _NEWS and not _may_be_consent(seen):
        return _paywall(seen)
    if _says_not_found(seen):
        return _NOT_FOUND_PROBLEM
    if lists and article is None and seen.length > _THIN:
        return None
    wall = _bot_check(seen) or _consent(seen) or _login(seen) or _paywall(seen)
    if wall or article is not None or lists:
        return wall
    return _script_only(seen) or _nothing(seen, feeds)


def _texts(document: Document) -> Iterator[str]:
    length = 0
    for element in document.order:
        for text in (element.text, *(child.tail for child in element)):
            if text and (words := " ".join(text[:_SAMPLE].split())):
                yield words
                length += len(words)
        if length > _SAMPLE:
            return


# --- checks and errors --------------------------------------------------------------------------

_NOT_FOUND_PROBLEM = Problem(
    "not-found",
    N_("This page says that what was asked for is not there."),
    N_("It may have been moved or taken down. Check the address, or look for it on the site's front page."),
)
_BOT_PROBLEM = Problem(
    "bot-check",
    N_("The site wants proof that a person is reading, and shows nothing else."),
    N_("Open the page in the browser and pass its check there; a feed of the site may work without."),
)
_WALL_PROBLEM = Problem(
    "bot-check",
    N_("{vendor} keeps programs out of this site, and sent its check in place of the page."),
    N_("Open the page in the browser and pass its check there; a feed of the site may work without."),
)
_CONSENT_PROBLEM = Problem(
    "consent",
    N_("The site shows its question about cookies in place of the page."),
    N_("Open the page in the browser to answer it; a feed or another edition of the site may work without."),
)
_LOGIN_PROBLEM = Problem(
    "login",
    N_("The site asks to log in before it shows this page."),
    N_("Open the page in the browser and log in there; with the browser's session it can be read here too."),
)
_PAYWALL_PROBLEM = Problem(
    "paywall",
    N_("The site shows only the beginning of this article to readers without a subscription."),
    N_("Subscribers can open it in the browser, or read it here with their browser's session."),
)
_SCRIPT_PROBLEM = Problem(
    "script-only",
    N_("This page has no words of its own: a script fetches them in a browser."),
    N_("Open the page in the browser; a feed of the site may hold the same articles."),
)
_EMPTY_PROBLEM = Problem(
    "empty",
    N_("The site sent an empty page."),
    N_("Try again in a while, or open it in the browser."),
)


def _says_not_found(seen: _Seen) -> bool:
    """Return whether the page's own titles say that nothing was found, and no long text contradicts it."""
    named = [name for name in seen.names if any(map(_is_not_found, _PARTS.split(name[:200])))]
    return bool(named) and seen.words < _NEWS and (len(named) == len(seen.names) or seen.words < 60)


def _is_not_found(part: str) -> bool:
    """Return whether the words are little more than "page not found"."""
    said = sum(len(match) for match in blocker_phrases.NOT_FOUND.findall(part))
    return said * 10 >= len(part) * 6 > 0


def _bot_check(seen: _Seen) -> Problem | None:
    if seen.length > _THIN:
        return None
    if seen.words < 60 and (vendor := check_vendor(_markup(seen.document))):
        return replace(_WALL_PROBLEM, parameters=(("vendor", vendor),))
    hits = {match.lower() for match in blocker_phrases.BOT_CHECK.findall(seen.text)}
    is_marked = _has_check_mark(seen.document)
    if len(hits) >= 2 or (hits and (is_marked or seen.length < 600)) or (is_marked and seen.length < 200):
        return _BOT_PROBLEM
    return None


def _markup(document: Document) -> str:
    """Return the addresses of a page's scripts, frames and forms, and the beginning of its words."""
    parts = list(islice(_texts(document), 50))
    for element in islice(document.root.iter("script", "iframe", "form", "div", "meta", "link", "noscript"), 300):
        parts += [(element.get(name) or "")[:500] for name in ("src", "action", "id", "class", "href", "content")]
        if element.tag == "script":
            parts.append((element.text or "")[:_LONGEST_SCRIPT])
    return "\n".join(part for part in parts if part)


def _has_check_mark(document: Document) -> bool:
    for element in document.root.iter("script", "iframe", "form", "div"):
        for name in ("src", "action", "id"):
            if _CHECK_MARK.search((element.get(name) or "")[:300]):
                return True
    return False


def _login(seen: _Seen) -> Problem | None:
    fields = _FIELDS(seen.document.body)
    is_login = bool(fields) and seen.length < _THIN and any(blocker_phrases.LOGIN.search(name) for name in seen.names)
    return _LOGIN_PROBLEM if is_login and seen.words < 60 else None


# --- walls --------------------------------------------------------------------------------------


def _may_be_consent(seen: _Seen) -> bool:
    """Return whether most of what looked like an article is about consent."""
    if seen.article is None or seen.words > 600:
        return False
    paragraphs = [plain(block.spans) for block in seen.article.blocks if isinstance(block, Paragraph)]
    return bool(paragraphs) and 2 * sum(map(_is_about_consent, paragraphs)) > len(paragraphs)


def _is_about_consent(text: str) -> bool:
    text = text[:1000]
    return blocker_phrases.has_any(text, blocker_phrases.CONSENT_STEMS) and bool(blocker_phrases.CONSENT.search(text))


def _consent(seen: _Seen) -> Problem | None:
    if seen.length > 4 * _THIN or not blocker_phrases.has_any(seen.text, blocker_phrases.CONSENT_STEMS):
        return None
    hits = {match.lower() for match in blocker_phrases.CONSENT.findall(seen.text)}
    if len(hits) < 3 or not _has_agree_button(seen.document):
        return None
    return _CONSENT_PROBLEM if seen.article is None or _may_be_consent(seen) else None


def _has_agree_button(document: Document) -> bool:
    for element in document.body.iter("button", "a", "input", "div", "span"):
        if document.text_length.get(element, 99) <= 45:
            text = element.get("value") if element.tag == "input" else words_of(element)
            if text and blocker_phrases.AGREE.match(text):
                return True
    return False


def _paywall(seen: _Seen) -> Problem | None:
    if seen.words >= 2 * _NEWS:
        return None
    is_declared = _is_declared_paid(seen.document)
    if not is_declared and seen.words >= _NEWS:
        return None
    if _paywall_boxes(seen.document) >= (1 if is_declared else 2):
        return _PAYWALL_PROBLEM
    return None


def _is_declared_paid(document: Document) -> bool:
    for value in linked_data.values(linked_data.articles(document), "isAccessibleForFree"):
        if str(value).rsplit("/", 1)[-1].lower() in ("false", "no", "0"):
            return True
    tiers = document.meta.get("article:content_tier", ())
    return any(tier.lower() in ("locked", "paid", "premium", "metered") for tier in tiers)


def _paywall_boxes(document: Document) -> int:
    """Return how much speaks for a paywall: different sentences of one, and a box with such a name."""
    sentences: set[str] = set()
    looked_at = 0
    for element in document.order:
        text = element.text
        if (
            text
            and looked_at < _MOST_BOXES
            and 8 < len(text) < 400
            and blocker_phrases.has_any(text, blocker_phrases.PAYWALL_STEMS)
        ):
            looked_at += 1
            if found := blocker_phrases.PAYWALL.search(" ".join(text.split())):
                sentences.add(found[0].lower())
    return len(sentences) + bool(document.named(_BOXES)) if sentences else 0


# --- nothing ------------------------------------------------------------------------------------


def _script_only(seen: _Seen) -> Problem | None:
    scripts = sum(1 for _ in seen.document.elements("script"))
    unseen = " ".join(_said_to_browsers(seen.document))
    if (
        seen.length < 600
        and scripts
        and (blocker_phrases.NO_SCRIPTS.search(f"{seen.text} {unseen}") or seen.length < 200)
    ):
        return _SCRIPT_PROBLEM
    return None


def _said_to_browsers(document: Document) -> Iterator[str]:
    """Yield what the page says to browsers without scripts."""
    for element in document.elements("noscript"):
        yield " ".join(whole_text(element)[:1000].split())


def _nothing(seen: _Seen, feeds: Sequence[FeedLink]) -> Problem:
    if not seen.length and next(seen.document.body.iter("img", "iframe", "video", "object"), None) is None:
        return _EMPTY_PROBLEM
    links = str(sum(1 for link in seen.document.body.iter("a") if link.get("href")))
    if feeds:
        return Problem(
            "nothing-found",
            N_("No article and no headlines were recognised on this page."),
            N_("It has {links} links, and names a feed: try {feed}, or open the page in the browser."),
            (("feed", feeds[0].url), ("links", links)),
        )
    return Problem(
        "nothing-found",
        N_("No article and no headlines were recognised on this page."),
        N_("It has {links} links and names no feed. Open the page in the browser."),
        (("links", links),),
    )
