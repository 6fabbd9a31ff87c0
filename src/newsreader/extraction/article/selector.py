"""Which fragments are the article's: what was chopped is taken back, what is not of it is dropped."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.clues import Clues
from newsreader.extraction.article.controls import is_near_controls
from newsreader.extraction.article.edges import Edges
from newsreader.extraction.article.furniture import is_byline, is_furniture, names_around
from newsreader.extraction.article.linked_parts import heads_prose, is_announced_list, linked_headings, list_around
from newsreader.extraction.article.pruning import is_embedded_post
from newsreader.extraction.article.questions import answered_questions
from newsreader.extraction.article.regions import Paths, better_region, frame_of, region_of
from newsreader.extraction.article.rows import is_alone_in_box, rows_beside
from newsreader.extraction.article.standfirst import TextHead, find_standfirst, is_named_standfirst, is_styled
from newsreader.extraction.document import Document, name_words
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key
from newsreader.extraction.headlines.words import names_a_list

_COUNT = re.compile(r"\d[\d.,\s]{0,8}[^\W\d_]{0,4}\.?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{3,300}$")
_STRUCTURAL = frozenset(("li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "pre"))
_PLAIN_BLOCKS = frozenset(("p", "div", "h2", "h3", "h4", "span", "section", "strong"))
_LONGEST_LABEL, _WORDS_OF_A_LABEL = 30, 3
_FEWEST_ALIKE = 3
_MOST_NAMED = 0.3  # of the text; where more is named as a standfirst, that says nothing
_MOSTLY_LINKED = 0.8
_ROOM_BESIDE_LABEL = 20
_PLAIN_BOXES = frozenset(("div", "span", "small", "cite"))
_PICTURE_BOXES = frozenset(("div", "span", "a", "section"))
_LEVELS_OF_PICTURE, _ROOM_BESIDE_CAPTION = 3, 40  # elements around, letters such as a credit
_FEWEST_NOTICES = 2
_LONGEST_DISCLOSURE, _LARGEST_OFFER, _MOST_IN_OFFER, _LEVELS_OF_OFFER = 80, 400, 8, 4
_PLAYER_NAMES = phrases.words("media player video")
_FIGURE_NAMES = phrases.words(
    """
    bild bildunterschrift caption figure foto gallery image imagen images img legend legende lightbox photo photos pic
    picture slideshow thumbnail
    """
)


def _weights(kept: Iterable[Fragment]) -> Counter[tuple[str, str | None, str | None]]:
    """Return how much running text is in each kind of element."""
    weights: Counter[tuple[str, str | None, str | None]] = Counter()
    for fragment in kept:
        if fragment.is_prose:
            weights[_signature(fragment)] += fragment.length
    return weights


def _is_quoted(fragment: Fragment) -> bool:
    return _is_within(fragment, "blockquote")


def _is_within(fragment: Fragment, *tags: str) -> bool:
    return fragment.tag in tags or next(fragment.element.iterancestors(*tags), None) is not None


def _is_of_a_figure(element: Element) -> bool:
    node: Element | None = element
    for level in range(4):
        if node is None or node.tag in ("table", "pre", "article", "main", "body"):
            return False
        if node.tag == "figure":
            return True
        if level < 2 and node.tag != "p" and not _FIGURE_NAMES.isdisjoint(name_words(node)):
            return level == 0 or len(node) <= 3
        node = node.getparent()
    return False


def _signature(fragment: Fragment) -> tuple[str, str | None, str | None]:
    """Return what the fragments of one running text have in common."""
    parent = fragment.element.getparent()
    return (fragment.tag, None, None) if parent is None else (fragment.tag, str(parent.tag), parent.get("class"))


class Choice:
    """Chooses among a page's fragments, step by step; each step says why in the fragment's `reason`."""

    def __init__(self, document: Document, fragments: Sequence[Fragment], clues: Clues) -> None:
        self._document = document
        self._fragments = fragments
        self._clues = clues
        self._paths = Paths()
        self._region: Element | None = None
        self._frame: Element = document.body
        self._pictures: list[int] | None = None
        self._linked: set[int] = set()  # places of fragments that are the text's though they are links

    def choose(self, without: Collection[str] = frozenset()) -> None:
        """Mark the article's fragments as kept and its lead's as its lead, but for the steps that are left out."""
        for fragment in self._fragments:
            fragment.kept = fragment.located >= 0.5
        region = region_of(self._fragments, self._paths)
        better = better_region(self._document, self._fragments, self._paths, self._clues)
        if better is not None and "another region" not in without:
            region = better
            for fragment in self._fragments:
                fragment.kept = region in self._paths.of(fragment) and fragment.is_prose
        if region is None:
            return
        self._region = region
        self._frame = frame_of(region)
        for name, step in STEPS.items():
            if name not in without:
                step(self)

    def _kept(self) -> list[Fragment]:
        return [fragment for fragment in self._fragments if fragment.kept]

    @staticmethod
    def _keep(fragment: Fragment, reason: str) -> None:
        fragment.kept = True
        fragment.reason = reason

    @staticmethod
    def _dropped(fragment: Fragment, reason: str) -> None:
        fragment.kept = False
        fragment.is_lead = False
        fragment.reason = reason

    # --- taking back what was chopped ---------------------------------------------------------

    def keep_pruned(self) -> None:
        """Take back what readability chopped: inside the region, beside it, in the frame around it."""
        kept = self._kept()
        if not kept:
            return
        weights = _weights(kept)
        total = sum(fragment.length for fragment in kept)
        for fragment in self._fragments:
            if not fragment.kept:
                is_between = kept[0].index < fragment.index < kept[-1].index
                reason = self._reason_to_keep(fragment, weights[_signature(fragment)] / total, is_between=is_between)
                if reason:
                    self._keep(fragment, reason)
        for fragment in rows_beside(self._fragments, lambda fragment: weights[_signature(fragment)] / total):
            if self._region in self._paths.of(fragment):
                self._keep(fragment, "in a row")
        for fragment in list(answered_questions(self._fragments[kept[0].index :])):
            if not fragment.kept and self._frame in self._paths.of(fragment):
                self._keep(fragment, "a question or its answer")
        for fragment in list(linked_headings(self._fragments, self._document)):
            if self._region in self._paths.of(fragment):
                self._keep(fragment, "linked heading")
                self._linked.add(fragment.index)

    def _reason_to_keep(self, fragment: Fragment, likeness: float, *, is_between: bool) -> str:
        """Return why a fragment is taken back, or nothing.

        Args:
            fragment: One that was not located.
            likeness: What part of the located text is in elements like its own.
            is_between: It is between pieces that were located.
        """
        path = self._paths.of(fragment)
        is_sure = fragment.length >= 60 and fragment.is_sentence and fragment.link_share < 0.2
        if self._region in path:
            if fragment.link_share > 0.5 and self._is_announced(fragment):
                self._linked.add(fragment.index)
                return "announced"
            if is_between:
                return self._reason_inside(fragment, likeness)
            return "beside" if fragment.is_prose and likeness > 0 and fragment.link_share < 0.3 else ""
        if (
            is_between
            and is_sure
            and fragment.tag == "p"
            and fragment.length >= 100
            and not self._is_among_links(fragment)
        ):
            return "between"
        if is_sure and likeness > 0.05 and self._frame in path and not self._is_of_another_article(path):
            return "in the frame"
        return ""

    def _reason_inside(self, fragment: Fragment, likeness: float) -> str:
        is_alike = fragment.tag == "p" and likeness > 0.1
        is_fit = fragment.length >= 25 or fragment.tag in _STRUCTURAL or is_alike
        is_strange = likeness == 0 and fragment.tag not in _STRUCTURAL
        if fragment.link_share < 0.5 and is_fit and not (is_strange and self._is_among_links(fragment)):
            return "inside"
        is_boxed = fragment.tag == "p" and is_alone_in_box(fragment.element) and _is_linked_prose(fragment.text)
        if (is_alike or is_boxed) and fragment.is_sentence and fragment.length >= 60:
            return "inside, linked"
        return "inside, quoted" if _is_quoted(fragment) else ""

    def _is_announced(self, fragment: Fragment) -> bool:
        box = list_around(fragment)
        return box is not None and is_announced_list(box, self._document)

    def _is_of_another_article(self, path: Sequence[Element]) -> bool:
        """Return whether the innermost `<article>` on the path holds nothing of the region."""
        inner = next((element for element in reversed(path) if element.tag == "article"), None)
        if inner is None or self._region is None or inner is self._region:
            return False
        return all(inner is not outer for outer in self._region.iterancestors())

    def _is_among_links(self, fragment: Fragment) -> bool:
        """Return whether it is in a box of links, such as a card of a related story."""
        lengths = self._document.text_length
        for level, node in enumerate(fragment.element.iterancestors()):
            length = lengths.get(node, 0)
            if level > 3 or length > 4 * fragment.length:
                return False
            if self._document.link_length.get(node, 0) > 0.25 * length:
                return True
        return False

    # --- the lead -----------------------------------------------------------------------------

    def find_lead(self) -> None:
        """Separate the standfirst from the body: it is between the title and the body, and is set apart from it."""
        kept = self._kept()
        if not kept:
            return
        weights = _weights(kept)
        total = max(1, sum(weights.values()))
        body = _beginning(kept, weights, total)
        title = self._title_before(body)
        if title is not None:
            body = self._behind_byline(title, body)
            start = max(title + 1, body - 25)
        else:
            start = max(0, body - 8) if self._frame is not self._document.body else body
        fragments = [s for s in self._fragments[start:body] if title is not None or self._frame in self._paths.of(s)]
        inside = [s for s in kept if s.index > body]
        head = TextHead(
            fragments,
            self._fragments[body],
            title=title is not None and start == title + 1,
            likeness=lambda fragment: (
                (weights[_signature(fragment)] - (fragment.length if fragment.is_prose else 0)) / total
            ),
            is_refused=self._cannot_be_lead,
            has_picture_between=self._has_picture_between,
            headings={s.tag for s in inside if s.tag in HEADINGS},
            longest_heading=max((s.length for s in inside if s.tag in HEADINGS), default=0),
            marked=any(s.is_marked and s.link_share < 0.5 for s in inside),
        )
        for fragment in find_standfirst(head, self._clues):
            self._keep(fragment, "lead")
            fragment.is_lead = True

    def _behind_byline(self, title: int, body: int) -> int:
        """Return where the body begins; what is alone between the title and the line with the date is before it."""
        if body > title + 4 or any(fragment.is_prose for fragment in self._fragments[title + 1 : body]):
            return body
        is_sentence = self._fragments[body].is_sentence
        for fragment in self._fragments[body + 1 : body + 5]:
            if is_byline(fragment) or (not is_sentence and is_furniture(fragment)):
                return next((s.index for s in self._kept() if s.index > fragment.index and s.is_prose), body)
            if fragment.is_prose:
                break
        return body

    def _title_before(self, body: int) -> int | None:
        for fragment in reversed(self._fragments[:body]):
            if fragment.tag == "h1" or (
                20 < fragment.length < 400 and comparison_key(fragment.text) in self._clues.titles
            ):
                return fragment.index
        return None

    def _has_picture_between(self, one: Fragment, other: Fragment) -> bool:
        if self._pictures is None:
            self._pictures = sorted(
                place for element, place in self._document.order.items() if element.tag in ("img", "picture", "video")
            )
        return bisect(self._pictures, one.position) < bisect(self._pictures, other.position)

    def _cannot_be_lead(self, fragment: Fragment) -> bool:
        if next(islice(fragment.element.iterancestors("li"), 1), None) is not None:
            return True  # of a list, such as one of pictures
        if fragment.tag == "td" and not _is_alone(fragment.element) and next(fragment.element.iter("h1"), None) is None:
            return True  # a cell of a table, not the column of the article
        if _is_of_a_figure(fragment.element) or phrases.CREDIT.search(fragment.text) or fragment.reason == "title":
            return True
        if not _PLAYER_NAMES.isdisjoint(names_around(fragment)):
            return True
        if phrases.RELATED.search(fragment.text) or phrases.EMBED_NOTICE.search(fragment.text) or _is_call(fragment):
            return True
        is_label = (
            fragment.length < _LONGEST_LABEL
            and fragment.text.count(" ") < _WORDS_OF_A_LABEL
            and not fragment.is_sentence
        )
        if is_label and (self._is_among_links(fragment) or is_near_controls(fragment, self._document)):
            return True
        return fragment.length < 120 and any(name in fragment.text.lower() for name in self._clues.authors)

    # --- letting go ---------------------------------------------------------------------------

    def drop_lists(self) -> None:
        """Drop what is left of a list of headlines: its label, times and counts between the headlines, "more"."""
        left: set[int] = set()
        for fragments in (self._fragments, reversed(self._fragments)):
            is_beside = False
            for fragment in fragments:
                is_beside = fragment.index in left or (
                    (is_beside or fragment.is_beside_list) and _is_left_of_a_list(fragment)
                )
                if is_beside:
                    left.add(fragment.index)
        for fragment in self._kept():
            if fragment.index in left or self._is_over_list(fragment):
                self._dropped(fragment, "left of a list")

    def _is_over_list(self, fragment: Fragment) -> bool:
        """Return whether a heading is that of the list of headlines right below it."""
        below = self._fragments[fragment.index + 1 : fragment.index + 2]
        is_heading = fragment.tag in HEADINGS and fragment.length < _LONGEST_LABEL and fragment.is_beside_list
        return is_heading and names_a_list(fragment.text) and all(other.is_beside_list for other in below)

    def drop_by_kind(self) -> None:
        """Drop what its own words or its place say it is: captions, pointers elsewhere, calls to action."""
        kept = self._kept()
        captions = {
            s.index for s in kept if s.length < 400 and (_is_of_a_figure(s.element) or self._is_beside_picture(s))
        }
        total = sum(s.length for s in kept)
        so_far = 0
        if sum(self._fragments[i].length for i in captions) > 0.3 * total:
            captions = set()
        for fragment in kept:
            length = fragment.length
            text = fragment.text
            so_far += length
            is_title = (
                length < 250 and fragment.tag not in ("li", "label") and comparison_key(text) in self._clues.titles
            )
            if is_title and so_far - length < 0.2 * total:
                self._dropped(fragment, "title")
            elif _is_quoted(fragment):
                continue
            elif so_far < 0.2 * total and _is_count(fragment):
                self._dropped(fragment, "count")
            elif fragment.index in captions:
                self._dropped(fragment, "caption")
            elif (
                length < 300
                and phrases.RELATED.search(text)
                and _is_pointer(fragment)
                and not heads_prose(fragment, self._fragments)
            ):
                self._dropped(fragment, "related")
            elif length < 300 and _is_call(fragment):
                self._dropped(fragment, "call to action")
            elif length < 160 and phrases.CREDIT.search(text):
                self._dropped(fragment, "credit")
            elif length < 60 and so_far > 0.5 * total and phrases.DEAD_HEADING.search(text) and fragment.tag != "li":
                self._dropped(fragment, "label")
            elif (
                fragment.link_share > 0.9
                and fragment.index not in self._linked
                and 12 < length < 250
                and fragment.tag in _PLAIN_BLOCKS
                and not _is_linked_prose(text)
            ):
                self._dropped(fragment, "link")

    def _is_beside_picture(self, fragment: Fragment) -> bool:
        """Return whether words that are no paragraph are in one small box with a picture, and nothing else there."""
        if fragment.tag not in _PLAIN_BOXES:
            return False
        lengths = self._document.text_length
        for node in islice(fragment.element.iterancestors(), _LEVELS_OF_PICTURE):
            if node.tag not in _PICTURE_BOXES or lengths.get(node, 0) > fragment.length + _ROOM_BESIDE_CAPTION:
                return False
            if next(node.iter("img"), None) is not None:
                return not any(each in self._document.order for each in node.iter("p", *HEADINGS))
        return False

    def drop_offers(self) -> None:
        """Drop what a box within the text offers for sale, where a line of it says that the site is paid for it."""
        for fragment in self._kept():
            if (
                fragment.length >= _LONGEST_DISCLOSURE
                or fragment.tag in HEADINGS
                or not phrases.PAID_FOR.search(fragment.text)
            ):
                continue
            box = self._small_box(fragment.element)
            for other in self._fragments[fragment.index : fragment.index + _MOST_IN_OFFER]:
                if other is fragment or (box is not None and box in self._paths.of(other)):
                    self._dropped(other, "offer")

    def _small_box(self, element: Element) -> Element | None:
        """Return the largest box around an element that holds little more than an offer does, a link in it."""
        best: Element | None = None
        for node in islice(element.iterancestors(), _LEVELS_OF_OFFER):
            if node is self._region or self._document.text_length.get(node, 0) > _LARGEST_OFFER:
                break
            if self._document.link_length.get(node, 0):
                best = node
        return best

    def drop_embed_notices(self) -> None:
        """Drop what several embedded posts say alike: that they are not there any more."""
        posts: dict[str, list[Fragment]] = {}
        for fragment in self._kept():
            around = islice((fragment.element, *fragment.element.iterancestors()), 3)
            post = next((each for each in around if is_embedded_post(each)), None)
            room = fragment.length + _ROOM_BESIDE_CAPTION
            if post is not None and self._document.text_length.get(post, 0) <= room:  # it says nothing else
                posts.setdefault(fragment.text, []).append(fragment)
        for fragments in posts.values():
            if len(fragments) >= _FEWEST_NOTICES:
                for fragment in fragments:
                    self._dropped(fragment, "about posts")

    def drop_missing_from_json_ld(self) -> None:
        """Where the page gives its article's words elsewhere, and they agree with what is kept, drop the rest."""
        known = self._clues.body_key
        if len(self._clues.body) <= 500:
            return
        kept = self._kept()
        total = sum(s.length for s in kept)
        agreed = {s.index for s in kept if comparison_key(s.text)[:80] in known}
        length = sum(self._fragments[i].length for i in agreed)
        if length <= 0.75 * max(total, len(self._clues.body)) or length >= 1.3 * len(self._clues.body):
            return
        for fragment in kept:
            is_plain = (
                fragment.tag in _PLAIN_BLOCKS
                and fragment.tag not in HEADINGS
                and not _is_within(fragment, "blockquote", "table")
            )
            if fragment.index not in agreed and not fragment.is_lead and is_plain and fragment.length < 250:
                self._dropped(fragment, "not in JSON-LD")

    def trim_head(self) -> None:
        """Drop dates, titles and labels above the first running text."""
        for fragment in self._kept()[:12]:
            if (fragment.length > 80 and fragment.is_sentence) or fragment.length > 140:
                break
            is_dated = fragment.length < 80 and not fragment.is_sentence and phrases.LOOKS_DATED.search(fragment.text)
            if not fragment.is_lead and (is_dated or fragment.tag == "h1"):
                self._dropped(fragment, "before the body")

    def drop_repetitions(self) -> None:
        """Drop a paragraph that is there already, word for word, such as a lead printed again."""
        seen: set[str] = set()
        leads = {comparison_key(fragment.text) for fragment in self._kept() if fragment.is_lead}
        for fragment in self._kept():
            words = comparison_key(fragment.text)
            is_of_note = len(words) >= 120 and fragment.is_sentence and fragment.tag not in ("li", "td", "th", "pre")
            if words in seen and (words in leads or is_of_note):
                self._dropped(fragment, "repetition")
            seen.add(words)

    def drop_bylines(self) -> None:
        """Drop who wrote it, above it or below."""
        authors = self._clues.authors
        if not authors:
            return
        kept = self._kept()
        total = sum(s.length for s in kept)
        so_far = 0
        for fragment in kept:
            so_far += fragment.length
            text = fragment.text.lower()
            is_last = fragment.index >= kept[-1].index - 4 and len(kept) > 4 and so_far > 0.7 * total
            if is_last and fragment.length < 700 and text.lstrip("–-—• ").startswith(tuple(authors)):
                self._dropped(fragment, "about the author")
            elif fragment.length < 60 and not fragment.is_sentence and any(name in text for name in authors):
                is_at_an_end = not 0.1 * total <= so_far <= 0.9 * total
                if is_at_an_end:
                    self._dropped(fragment, "byline")

    def drop_dead_sections(self) -> None:
        """Drop a heading such as "Related" in the second half, and of what follows up to the article's own."""
        kept = self._kept()
        total = sum(s.length for s in kept)
        so_far = 0
        for place, fragment in enumerate(kept):
            is_dead = fragment.tag in HEADINGS and fragment.length < 80 and phrases.DEAD_HEADING.search(fragment.text)
            if is_dead and fragment.kept and so_far > 0.5 * total:
                self._dropped(fragment, "dead heading")
                is_final = phrases.FINAL_HEADING.search(fragment.text) is not None
                for follower in kept[place + 1 :]:
                    is_live = follower.tag in HEADINGS and follower.tag <= fragment.tag
                    if is_live and not phrases.DEAD_HEADING.search(follower.text):
                        break
                    if not is_final and follower.length >= 100 and follower.is_sentence and follower.link_share < 0.3:
                        break
                    self._dropped(follower, "dead section")
            so_far += fragment.length

    def trim_edges(self) -> None:
        """Drop the lines before the first and behind the last paragraph that are the page's, not the text's."""
        kept = [fragment for fragment in self._kept() if not fragment.is_lead]
        if len(kept) < 2:
            return
        weights = _weights(fragment for fragment in kept if not fragment.is_marked)
        total = max(1, sum(weights.values()))
        before = {fragment.index: kept[place - 1].index for place, fragment in enumerate(kept) if place}
        edges = Edges(
            kept,
            likeness=lambda fragment: (
                (
                    weights[_signature(fragment)]
                    - (fragment.length if fragment.is_prose and not fragment.is_marked else 0)
                )
                / total
            ),
            is_quoted=_is_quoted,
            is_near_controls=lambda fragment: (
                is_near_controls(fragment, self._document) or self._is_over_links(fragment)
            ),
            is_passed=lambda fragment: (
                fragment.is_beside_list or fragment.index - before.get(fragment.index, fragment.index) > 1
            ),
        )
        for fragment in (*edges.behind_text(), *edges.before_text()):
            self._dropped(fragment, "at an edge")

    def _is_over_links(self, fragment: Fragment) -> bool:
        """Return whether a label, such as "Share", is in one box with a row of links, right over it."""
        below = fragment.element.getnext()
        if below is None or fragment.length > _LONGEST_LABEL or fragment.is_sentence or fragment.link_share > 0:
            return False
        if fragment.tag in HEADINGS or any(
            other.kept for other in self._fragments[fragment.index + 1 : fragment.index + 2]
        ):
            return False
        box = fragment.element.getparent()
        lengths = self._document.text_length
        length = lengths.get(below, 0)
        is_alone = box is not None and lengths.get(box, 0) <= fragment.length + length + _ROOM_BESIDE_LABEL
        return is_alone and self._document.link_length.get(below, 0) > _MOSTLY_LINKED * length > 0

    def trim_tail(self) -> None:
        """Drop headings and links with nothing after them."""
        kept = self._kept()
        while kept:
            last = kept[-1]
            if last.tag in HEADINGS:
                self._dropped(last, "heading at the end")
            elif (
                last.link_share > 0.8 and last.length < 200 and not _is_quoted(last) and last.index not in self._linked
            ):
                self._dropped(last, "link at the end")
            else:
                break
            kept.pop()


def _beginning(kept: Sequence[Fragment], weights: Counter[tuple[str, str | None, str | None]], total: int) -> int:
    """Return the index of the first fragment that is like the others of the text, not a heading or a line in bold."""
    prose = [s for s in kept if s.is_prose and not s.is_marked and s.tag not in HEADINGS]
    named = [s for s in prose if is_named_standfirst(s)]
    if sum(s.length for s in named) < _MOST_NAMED * sum(s.length for s in prose):
        prose = [s for s in prose if s not in named]
    if len(prose) > _FEWEST_ALIKE and is_styled(prose[0], prose[1:]):
        prose = prose[1:]
    alike = (s.index for s in prose if weights[_signature(s)] - s.length > 0.15 * total)
    return next(alike, prose[0].index if prose else kept[0].index)


def _is_left_of_a_list(fragment: Fragment) -> bool:
    """Return whether words beside a list of headlines are of it."""
    if fragment.length >= 80 or fragment.tag in HEADINGS or _is_quoted(fragment):
        return False
    words = fragment.text.split()
    numbers = sum(word[0].isdigit() for word in words)
    return fragment.link_share > 0.5 or 2 * numbers >= len(words) or names_a_list(fragment.text)


def _is_alone(cell: Element) -> bool:
    """Return whether a cell is the only one of its row, as where a table makes a box."""
    return cell.getnext() is None and cell.getprevious() is None


def _is_count(fragment: Fragment) -> bool:
    """Return whether these words are a number alone, as of views or comments."""
    is_loose = fragment.tag not in ("li", "td", "th") or (fragment.tag == "td" and _is_alone(fragment.element))
    return is_loose and fragment.length < 15 and _COUNT.fullmatch(fragment.text) is not None


def _is_linked_prose(text: str) -> bool:
    """Return whether words that are all one link are a sentence of the article rather than the title of another."""
    return (text.endswith((".", "!", "…")) and text.count(" ") >= 4) or _ADDRESS.match(text) is not None


def _is_pointer(fragment: Fragment) -> bool:
    """Return whether words such as "read also" lead elsewhere."""
    is_short = fragment.length < 60 and not fragment.is_sentence
    return fragment.link_share > 0.3 or is_short or (fragment.link_share > 0 and fragment.length < 160)


def _is_call(fragment: Fragment) -> bool:
    if _is_never_prose(fragment.text):
        return True
    is_loose = fragment.link_share > 0.03 or fragment.length < 110
    return is_loose and phrases.CALL_TO_ACTION.search(fragment.text) is not None


@lru_cache(maxsize=1024)
def _is_never_prose(text: str) -> bool:
    return phrases.NEVER_PROSE.search(text) is not None or phrases.EMBED_NOTICE.search(text) is not None


STEPS: Mapping[str, Callable[[Choice], None]] = {
    "recover": Choice.keep_pruned,
    "lists": Choice.drop_lists,
    "kind": Choice.drop_by_kind,
    "embedded posts": Choice.drop_embed_notices,
    "offers": Choice.drop_offers,
    "lead": Choice.find_lead,
    "repetitions": Choice.drop_repetitions,
    "JSON-LD": Choice.drop_missing_from_json_ld,
    "head": Choice.trim_head,
    "byline": Choice.drop_bylines,
    "dead sections": Choice.drop_dead_sections,
    "edges": Choice.trim_edges,
    "tail": Choice.trim_tail,
}
REFUSALS = frozenset(STEPS) - {"recover", "lead"}
"""The steps that drop fragments."""
