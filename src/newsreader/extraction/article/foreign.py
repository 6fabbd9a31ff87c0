"""Boxes that do not belong to the article, however large they are: dialogs, comments, other stories.

A looser look at a page leaves them out as well. What holds the headline of the article is never one of them.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import blocker_phrases, phrases
from newsreader.extraction.article.clues import Clues
from newsreader.extraction.article.talk import LEAST_ROWS, ROWS, is_talk, speaker_of
from newsreader.extraction.document import Document, class_words, name_words
from newsreader.extraction.fragments import HEADINGS, comparison_key

_PARAGRAPHS = ("p", "div", "section", "span")
_FRAMES = frozenset(("html", "body", "main", "article"))
_DIALOG_ROLES = frozenset(("dialog", "alertdialog"))
_CONSENT_NAMES = phrases.words("ccpa cmp consent cookie cookiebanner cookiebot cookies didomi gdpr onetrust")
_BANNER_ROLES = frozenset(("alert", "banner", "region", "status"))
_BANNER_NAMES = phrases.words("alert announcement banner notice notification official")
_COMMENT_NAMES = phrases.words(
    "comment commentaires commentlist comments commentsection comentarios kommentare opinie reactions replies"
    " reply respond responses thread"
)
_COMMENTS = re.compile(
    r"\A\W{0,20}\(?(?P<before>\d[\d., ]{0,8})?\)?\W{0,20}(?:readers?['’]s? )?(?:all )?"
    r"(?:comments?|replies|responses|discussion|kommentare?|leserkommentare|commentaires?|réactions?|comentarios?"
    r"|comentários?|commenti|commento|reacties|komentarze|komentarz[ey]?|kommentarer|kommentit|комментари\w{1,3}"
    r"|коментар\w{0,3}|yorumlar|yorum|komentáře|bình luận|コメント|评论|評論|댓글|التعليقات|תגובות)"
    r"\W*(?P<after>\d[\d., ]{0,8})?\W*",
    re.IGNORECASE,
)
_COMMENT_TYPE = re.compile(r"schema\.org/(?:User)?Comments?$")
_FORUM = re.compile(r"(?:QAPage|DiscussionForumPosting|Question)$")
_STORY_NAMES = phrases.words(
    "article artikel beitrag entry hentry item news newsitem nota noticia novost post single story стаття статья"
)
_ADDRESS_NAMES = ("data-url", "data-href", "data-permalink", "data-link", "data-canonical", "data-article-url")
_MOST_HEADINGS = 80
_PROSE, _SENTENCE = 60, 25
_MOST_LEVELS = 5
_MOST_BUTTONS = 20
_LONGEST_NOTICE = 600
_LONGEST_SIGN_UP, _MOST_SIGN_UP = 500, 0.3
_MODAL_NAMES = phrases.words("modal popup")
_DIALOG_NAMES = _MODAL_NAMES | _CONSENT_NAMES
_NEXT_STORY = 1.3
_LONGEST_TITLE, _SHORTEST_TITLE, _LEAST_OF_TITLE = 400, 15, 4  # characters
_MOST_BEHIND, _LEAST_BEHIND, _LEAST_CONSENTS = 0.3, 2, 3  # share of the main part, rows, phrases


def foreign_boxes(document: Document, clues: Clues) -> frozenset[Element]:
    """Return the boxes that do not belong to the article; their ancestors do."""
    title = _title(document, clues)
    around = frozenset() if title is None else frozenset((title, *title.iterancestors()))
    found = {*_consents(document, around)}
    if title is not None:
        found.update(_dialogs_beside(document, title, around))
    if title is not None:
        found.update(_comments(document, title, around))
        found.update(_banners(document, title))
        found.update(_behind_main(document, title))
        found.update(_plain_consents(document, title, around))
        found.update(_next_stories(document, title, around))
        found.update(_sign_ups(document, around))
    found -= around
    found.discard(document.body)
    return frozenset(found) if _is_text_left(document, found, title) else frozenset()


def _title(document: Document, clues: Clues) -> Element | None:
    """Return the heading that has the title which the page's head names."""
    for tags in (("h1",), ("h2", "h3", "span", "div", "p")):
        for heading in islice(document.body.iter(*tags), _MOST_HEADINGS):
            shortest = 0 if tags == ("h1",) else _SHORTEST_TITLE
            if not shortest <= document.text_length.get(heading, -1) <= _LONGEST_TITLE:
                continue
            words = comparison_key(_words(heading))
            is_long = len(words) >= shortest
            is_named = words in clues.named_titles or (tags == ("h1",) and _begins_a_title(words, clues))
            if is_long and is_named and _is_innermost(document, heading):
                return heading
    return _only_heading(document, clues)


def _begins_a_title(words: str, clues: Clues) -> bool:
    """Return whether a title that the page's head names begins with these words: the name of the site follows."""
    return len(words) >= _LEAST_OF_TITLE and any(title.startswith(words) for title in clues.named_titles)


def _only_heading(document: Document, clues: Clues) -> Element | None:
    """Return the only heading of the first rank, if it is neither a link nor the name of the site.

    The page's head may have other words for its title, such as those for search engines.
    """
    headings = [each for each in document.elements("h1") if document.text_length.get(each, 0) > 0]
    if len(headings) != 1 or document.text_length[headings[0]] > _LONGEST_TITLE:
        return None
    (heading,) = headings
    is_linked = document.link_length[heading] > 0 or next(heading.iterancestors("a"), None) is not None
    return None if is_linked or comparison_key(_words(heading)) in clues.sites else heading


def _is_innermost(document: Document, heading: Element) -> bool:
    """Return whether nothing in an element shows all of its words."""
    length = document.text_length[heading]
    return heading.tag in HEADINGS or all(document.text_length.get(child, 0) < length for child in heading)


def _words(element: Element) -> str:
    return " ".join("".join(map(str, islice(element.itertext(), 200))).split())


def _has_words(element: Element) -> bool:
    return any(text.strip() for text in map(str, islice(element.itertext(), 200)))


def _is_text_left(document: Document, found: set[Element], title: Element | None) -> bool:
    """Return whether the page has a paragraph, or the title of its article, outside of the boxes."""
    if not found:
        return False
    return title is not None or any(
        document.text_length.get(p, 0) >= _PROSE and found.isdisjoint(p.iterancestors())
        for p in document.body.iter("p", "article", "main")
    )


def _has_prose(document: Document, element: Element, least: int = 1) -> bool:
    found = (p for p in element.iter("p", "div") if p.tag == "p" or len(p) == 0)
    prose = (p for p in found if _is_long(p, document.text_length.get(p, 0)))
    return len(list(islice(prose, least))) >= least


def _is_long(element: Element, length: int) -> bool:
    """Return whether words are long enough for prose; the half is in a script without blanks."""
    return length >= _PROSE or (2 * length >= _PROSE and " " not in _words(element))


# --- dialogs and consent ------------------------------------------------------------------------


def _consents(document: Document, around: frozenset[Element]) -> Iterator[Element]:
    supposed = document.having("role", "aria-modal") + document.named(_DIALOG_NAMES)
    dialogs = {each for each in supposed if _is_dialog(document, each)}
    for element in dialogs - around:
        if element.tag not in _FRAMES and not _holds_a_story(element):
            yield element
    buttons = (
        each
        for each in document.body.iter("button", "input")
        if each in document.order and each not in around and each not in dialogs and _agrees(document, each)
    )
    for button in islice(buttons, _MOST_BUTTONS):
        box = _consent_box(document, button, around)
        if box is not None:
            yield box


def _dialogs_beside(document: Document, title: Element, around: frozenset[Element]) -> Iterator[Element]:
    """Yield what is named a dialog or a consent question outside of all that holds the story, whatever it says."""
    inside = _story_box(title)
    for element in document.named(_DIALOG_NAMES):
        is_outside = element not in around and element.tag not in _FRAMES and inside not in element.iterancestors()
        if is_outside and not _holds_a_story(element) and next(element.iter(*_PARAGRAPHS), None) is not None:
            yield element


def _story_box(title: Element) -> Element:
    """Return the outermost box that may hold the story alone: marked as such, or in the page's body."""
    outermost = next((up for up in reversed(tuple(title.iterancestors())) if up.tag in ("main", "article")), None)
    return outermost if outermost is not None else _child_of_body(title)


def _child_of_body(element: Element) -> Element:
    for up in (element, *element.iterancestors()):
        parent = up.getparent()
        if parent is None or parent.tag == "body":
            return up
    return element


def _is_dialog(document: Document, element: Element) -> bool:
    """Return whether it is marked as a dialog, or is named and looks like a dialog or a consent question."""
    if element.get("role") in _DIALOG_ROLES or element.get("aria-modal") == "true":
        return True
    names = name_words(element)
    if not names or _DIALOG_NAMES.isdisjoint(names):
        return False
    if not _MODAL_NAMES.isdisjoint(names):
        return next(element.iter("button"), None) is not None
    buttons = islice(element.iter("button", "input"), _MOST_BUTTONS)
    return any(_agrees(document, each) for each in buttons) or bool(
        blocker_phrases.CONSENT.search(_words(element)[:20_000])
    )


def _holds_a_story(element: Element) -> bool:
    return element.tag in HEADINGS or next(element.iter("h1", "article", "main"), None) is not None


def _agrees(document: Document, button: Element) -> bool:
    if document.text_length.get(button, 99) > 45:
        return False
    text = button.get("value") if button.tag == "input" else _words(button)
    return bool(text) and blocker_phrases.AGREE.match(text or "") is not None


def _consent_box(document: Document, button: Element, around: frozenset[Element]) -> Element | None:
    """Return the box around a button that agrees, as far up as its words are about consent."""
    best: Element | None = None
    hits = 0
    for node in islice(button.iterancestors(), _MOST_LEVELS):
        if node in around or node.tag in ("body", "form", "main", "article") or _holds_a_story(node):
            break
        length = document.text_length.get(node, 0)
        known = len(blocker_phrases.CONSENT.findall(_words(node)[:20_000]))
        if known > hits or (best is not None and length <= 1.2 * document.text_length[best] + 100):
            best, hits = node, known
        elif length > 300:
            break
    return best if hits else None


# --- comments -----------------------------------------------------------------------------------


def _comments(document: Document, title: Element, around: frozenset[Element]) -> Iterator[Element]:
    if any(_FORUM.search(str(item.get("@type"))) for item in document.json_ld):
        return
    position = document.order[title]
    first_prose = _first_prose(document, position)
    story_box = _story_box(title)
    for heading in islice(document.body.iter("h2", "h3", "h4", "h5", "h6"), _MOST_HEADINGS):
        if document.order.get(heading, -1) < position:
            continue
        if document.order[heading] <= first_prose:
            continue
        said = _COMMENTS.fullmatch(_words(heading)[:60])
        is_counted = said is not None and (said["before"] or said["after"]) is not None
        box = _box_under(heading, around)
        under = [heading, *_below(heading)] if box is None else [box]
        rows = [heading.getparent(), *under] if said is not None and box is None else under
        is_known = any(_has_rows(document, each) for each in rows) if said is not None else False
        is_beside = story_box not in heading.iterancestors()
        if is_counted or is_known or (said is None and is_talk(under, is_beside=is_beside)):
            yield from under
    yield from _marked_comments(document)
    for element in document.named(_COMMENT_NAMES):
        if document.order[element] <= position or element in around:
            continue
        if len(element) >= LEAST_ROWS and not _holds_a_story(element) and _has_rows(document, element):
            yield element


def _below(heading: Element) -> Iterator[Element]:
    """Yield what a heading is over: its siblings up to the next heading of its rank."""
    for follower in heading.itersiblings():
        if follower.tag in HEADINGS and follower.tag <= heading.tag:
            return
        yield follower


def _marked_comments(document: Document) -> Iterator[Element]:
    """Yield what the page marks as a comment for programs, and the heading right above the first of them."""
    marked = [
        element
        for element in document.having("itemprop", "itemtype")
        if element.get("itemprop") == "comment" or _COMMENT_TYPE.search(element.get("itemtype") or "")
    ]
    for element in marked:
        above = element.getprevious()
        if above is not None and above.tag in HEADINGS:
            yield above
        yield element


def _first_prose(document: Document, start: int) -> int:
    """Return the position of the first paragraph behind one."""
    found = islice(document.text_length.items(), start + 1, None)
    is_prose = (length >= _PROSE and (each.tag == "p" or len(each) == 0) for each, length in found)
    return next((at for at, is_so in enumerate(is_prose, start + 1) if is_so), len(document.order))


def _box_under(heading: Element, around: frozenset[Element]) -> Element | None:
    """Return the largest box that begins with the heading; None if it has none of its own."""
    node, best = heading, None
    while (parent := node.getparent()) is not None and parent not in around and parent.tag != "body":
        if (parent.text or "").strip() or any(map(_has_words, node.itersiblings(preceding=True))):
            break
        node = best = parent
    return best


def _has_rows(document: Document, box: Element | None) -> bool:
    """Return whether it has similar boxes in a row, each with a line or two of who and when, then prose."""
    return box is not None and _rows_of(document, box) >= LEAST_ROWS


def _rows_of(document: Document, box: Element) -> int:
    """Return how many boxes of what somebody said are in a row."""
    return max(sum(row.tag in ROWS and _is_said(document, row) for row in parent) for parent in (box, *islice(box, 12)))


def _is_said(document: Document, row: Element) -> bool:
    """Return whether a box begins with short words, such as a name, and continues with a paragraph."""
    if (
        next(row.iter("h1", "h2", "h3", "main"), None) is not None
        or next(row.iterdescendants("article"), None) is not None
    ):
        return False
    if speaker_of(row) is not None:
        return True
    shown = [element for element in islice(row.iter(), 40) if (element.text or "").strip()]
    if len(shown) < 2 or row is shown[0] or shown[0].tag == "p":
        return False
    lengths = [document.text_length.get(element, 0) for element in shown]
    is_timed = any(element.tag == "time" or re.search(r"\d", element.text or "") for element in shown[:4])
    return lengths[0] < 40 and is_timed and max(lengths[1:]) >= 20


# --- what is above --------------------------------------------------------------------------


def _banners(document: Document, title: Element) -> Iterator[Element]:
    """Yield what comes before the part that the page marks as its main one, or is named a banner there."""
    is_in_main = False  # the part of the page that its siblings are not in
    for node in (title, *title.iterancestors()):
        is_in_main = is_in_main or node.tag == "main" or node.get("role") == "main"
        if node.tag == "body":
            break
        for box in node.itersiblings(preceding=True):
            if box not in document.order or _holds_a_story(box):
                continue
            is_labelled = box.tag == "section" and box.get("aria-label") is not None
            is_named = box.get("role") in _BANNER_ROLES or not _BANNER_NAMES.isdisjoint(name_words(box))
            if is_in_main or is_labelled or is_named or _is_notice_above(document, box, node):
                yield box


def _is_notice_above(document: Document, box: Element, story: Element) -> bool:
    """Return whether a box of the page's own is a paragraph or two above the box that holds the story, text and all."""
    parent = box.getparent()
    if parent is None or parent.tag != "body" or box.tag not in ("div", "section", "header"):
        return False
    if (
        document.text_length.get(box, 0) > _LONGEST_NOTICE
        or next(box.iter("img", "picture", "video"), None) is not None
    ):
        return False
    is_text = any(document.text_length.get(p, 0) >= _SENTENCE for p in story.iter("p"))
    return _has_prose(document, box) and is_text


# --- what is behind -------------------------------------------------------------------------


def _behind_main(document: Document, title: Element) -> Iterator[Element]:
    """Yield what has a headline of its own behind the part that the page marks as its main one, if that has the text.

    The headline of the article is in the main part.
    """
    main = next((up for up in title.iterancestors() if up.tag == "main" or up.get("role") == "main"), None)
    if main is None or not _has_prose(document, main, 2):
        return
    most = _MOST_BEHIND * _unlinked(document, main)
    for node in (main, *main.iterancestors()):
        if node.tag == "body":
            return
        for box in node.itersiblings():
            if box not in document.order or _unlinked(document, box) >= most:
                continue
            if _has_heading(box) or _rows_of(document, box) >= _LEAST_BEHIND:
                yield box


def _unlinked(document: Document, element: Element) -> int:
    return document.text_length.get(element, 0) - document.link_length.get(element, 0)


def _has_heading(box: Element) -> bool:
    return box.tag in HEADINGS or next(box.iter("h1", "h2", "h3"), None) is not None


def _plain_consents(document: Document, title: Element, around: frozenset[Element]) -> Iterator[Element]:
    """Yield the boxes beside the story's own that speak of consent in many phrases, though nothing there agrees."""
    for node in islice(title.iterancestors(), _MOST_LEVELS):
        if node.tag == "body":
            return
        for box in node.itersiblings():
            if box in around or box.tag not in ("div", "section", "aside") or _holds_a_story(box):
                continue
            if document.text_length.get(box, 0) < _PROSE:
                continue
            words = _words(box)[:20_000]
            if not blocker_phrases.has_any(words, blocker_phrases.CONSENT_STEMS):
                continue
            said = set(blocker_phrases.CONSENT.findall(words))
            if len(said) >= _LEAST_CONSENTS and not blocker_phrases.CONSENT.search(_words(node)[:20_000]):
                yield box


# --- what asks for an address or a number -------------------------------------------------------


def _sign_ups(document: Document, around: frozenset[Element]) -> Iterator[Element]:
    """Yield the small boxes around a field for a reader's address or telephone number."""
    most = min(_LONGEST_SIGN_UP, _MOST_SIGN_UP * document.text_length.get(document.body, 0))
    fields = (each for each in document.body.iter("input") if (each.get("type") or "").lower() in ("email", "tel"))
    for element in islice(fields, _MOST_BUTTONS):
        best: Element | None = None
        for node in islice(element.iterancestors(), _MOST_LEVELS):
            is_frame = node in around or node.tag in ("body", "main", "article")
            if is_frame or document.text_length.get(node, 0) > most or _holds_a_story(node):
                break
            best = node
        if best is not None:
            yield best


# --- the next story -----------------------------------------------------------------------------


def _next_stories(document: Document, title: Element, around: frozenset[Element]) -> Iterator[Element]:
    position = document.order[title]
    for heading in islice(document.body.iter("h1", "h2"), _MOST_HEADINGS):
        if document.order.get(heading, -1) <= position or comparison_key(_words(heading)) == comparison_key(
            _words(title)
        ):
            continue
        box = _other_box(heading, around)
        if box is None:
            continue
        parent = box.getparent()
        own = next((child for child in parent if child in around), None) if parent is not None else None
        if own is None or own is title or not _has_prose(document, own):
            continue
        if not _has_prose(document, box) or not _begins_with(box, heading):
            continue
        if _likeness(own, box, heading) >= _NEXT_STORY:
            yield box


def _other_box(heading: Element, around: frozenset[Element]) -> Element | None:
    """Return the largest box around the heading that the article's headline is not in; None if it has none."""
    node = heading
    while (parent := node.getparent()) is not None and parent not in around:
        node = parent
    return None if node is heading else node


def _begins_with(box: Element, heading: Element) -> bool:
    """Return whether nothing long is in the box before the heading."""
    length = 0
    for element in box.iter():
        if element is heading:
            return True
        length += len((element.text or "").strip())
        if length > _PROSE:
            return False
    return False


def _likeness(own: Element, box: Element, heading: Element) -> float:
    """Return how likely it is that a box beside the story's own is another story."""
    if own.tag != box.tag:
        return 0.0
    score = 0.3
    shared = set(class_words(own)) & set(class_words(box))
    if own.tag == "article":
        score += 0.7
    if not shared.isdisjoint(_STORY_NAMES) and class_words(own) == class_words(box):
        score += 1.0
    elif shared:
        score += 0.5 if class_words(own) == class_words(box) else 0.3
    if heading.tag == "h1":
        score += 0.6
    if any(box.get(name) and box.get(name) != own.get(name) for name in _ADDRESS_NAMES):
        score += 1.0
    if next(box.iter("time"), None) is not None and next(own.iter("time"), None) is not None:
        score += 0.6
    return score
