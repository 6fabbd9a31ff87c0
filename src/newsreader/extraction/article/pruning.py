"""Leaving out what cannot be the article before anything looks for one; the page's tree is never changed."""

import re
from collections import Counter
from collections.abc import Collection, Container
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import islice, pairwise

import lxml.html
from lxml import etree
from lxml.etree import _Element as Element

from newsreader.extraction.article.caption_names import is_caption_of_nothing
from newsreader.extraction.article.dialogs import is_fact_box, is_text_between
from newsreader.extraction.article.headers import holds_headline, is_short
from newsreader.extraction.article.linked_parts import (
    is_announced_list,
    is_box_of_links,
    is_in_sentence,
    runs_into_link,
)
from newsreader.extraction.article.rows import heads_box_in_row, is_in_row_of_table
from newsreader.extraction.article.toggles import answers_heading, beginning_of, below_toggle, is_toggle
from newsreader.extraction.document import (
    ONE_CLASS,
    Document,
    class_words,
    is_hidden,
    is_permalink,
    name_words,
    up_from,
    words_of_names,
)
from newsreader.extraction.fragments import HEADINGS, comparison_key
from newsreader.extraction.phrases import (
    CALL_TO_ACTION,
    DEAD_HEADING,
    RELATED,
    SPEAK_OF_ANOTHER,
    phrases,
    words,
)
from newsreader.extraction.punctuation import SENTENCE_ENDS
from newsreader.text import clean

_CONTROLS = words(
    "amp-ad amp-analytics amp-sidebar area audio button canvas datalist dialog embed figcaption input label link map "
    "menu meta nav rp rt source track video"
)
# Elements that a broken or careless page uses to wrap its article.
_MISUSED = frozenset(("button", "label", "menu", "nav"))
_LANDMARKS = frozenset(("alert", "banner", "complementary", "contentinfo", "dialog", "navigation", "search"))
_FRAMES = frozenset(("html", "body", "main", "article", "head"))
_LISTS = frozenset(("ul", "ol", "dl", "table", "td", "div", "section", "span"))
_LONGEST_TOGGLE, _LEAST_UNFOLDED = 200, 60  # characters
_UNDER_A_HEADING = frozenset(("p", "ul", "ol", "blockquote", "pre"))
_SECTION_HEADINGS = ("h2", "h3", "h4")
_LEAST_OF_SECTION, _LONGEST_TEASER = 100, 450  # characters
_LEAST_UNDER_HEADER = 25  # characters
_LEAST_SECTIONS = 2

# Words of class names and ids that say: not the article.
_BOILERPLATE = words(
    """
    abstand addthis addtoany ads adsense advert advertisement alsoread appstores articlemeta authorbio
    authorbox autorenbox autoreninfo bildunterschrift bio biography breadcrumb breadcrumbs byline bylines
    caption captions comment commentlist comments commentsection consent cookie cookies copyright credit
    credits dateline disqus donate donation editsection entrymeta eyebrow factbox fbroot feedback gdpr imagedescription
    infobox instagramfollow kicker kommentar kommentarcontent kommentare leserkommentare login mailchimp
    masthead mediathek menu metadata modal morelike moreon mostread nav navbar navigation newsletter
    newsletters nextstory noprint onesignal outbrain outbrainlink overlay pager pagination paging paywall poll
    polls popmake popular popularposts popup postmeta postmetadata postnav prevnext printonly promo promos
    promoted promotion pubdate publishdate rating ratings readalso readmore recommendation recommendations
    recommended reflist related relatedarticles relatedcontent relatedlinks relatedposts relatedstories respond
    seealso share sharebar sharedaddy shariff sharing sidebar signup siguenos skip social sociallinks
    socialmedia socials sponsor sponsored srhidden subscribe subscription subvert taboola tagcloud taglist
    tags teaserbox teaserlist thumbcaption timestamp toc toolbar trending vgwort visuallyhidden wpcaption yarpp
    """
)
_BOILERPLATE_PAIRS = frozenset(
    tuple(pair.split())
    for pair in phrases(
        """
        , about author, ad container, ad slot, ad unit, ad wrapper, also read, app section, article author,
        article date, article footer, article info, article meta, article tags, author bio, author box, author
        card, author description, author info, author name, author note, author profile, back to, blog pager,
        caption text, copy right, date published, editors picks, email signup, embedded content, entry author,
        entry date, entry footer, entry meta, entry tags, fact box, follow us, image caption, image credit,
        image description, image source, img caption, inline video, latest news, latest posts, mc wp, media
        caption, meta data, meta info, more from, more news, more on, more stories, most popular, most read,
        most viewed, nav links, next story, no print, page footer, page header, photo credit, post author,
        post date, post footer, post meta, post navigation, post tags, print only, publish date, published
        date, read more, read next, read time, reading time, screen reader, see also, sign up, site footer,
        site header, sr only, story timeline, tag cloud, tag list, top stories, up next, user info, video container,
        video player, video title, visually hidden, wp caption, wp polls, you may
        """
    )
)
_OF_ANOTHER = re.compile(rf"(?:^|[-_])(?:{'|'.join(sorted(SPEAK_OF_ANOTHER))})[-_]", re.IGNORECASE)
_HIDING_NAMES = words("d-none hidden hide is-hidden u-hidden display-none invisible")
_HIDING_PAIRS = frozenset((("visually", "hidden"), ("sr", "only"), ("screen", "reader")))  # read out, not shown
_SHOWN_AGAIN = re.compile(r"\b(?:xs|sm|md|lg|xl|xxl|2xl|tablet|desktop|mobile)\b|[:@]")
_EMBEDDED_POST = re.compile(
    r"twitter-tweet|twitter-video|instagram-media|tiktok-embed|bluesky-embed|fb-post|fb-xfbml", re.IGNORECASE
)

_OF_PAGE = (CALL_TO_ACTION, DEAD_HEADING, RELATED)
_PARSER = lxml.html.HTMLParser()
_PARSER.set_element_class_lookup(ONE_CLASS)


class Strictness(IntEnum):
    """How much counts as boilerplate. Each looser level is for pages where the stricter one left next to nothing."""

    EVERYTHING = 0
    """Nothing is judged by its class names."""
    LOOSE = 1
    STRICT = 2


_CLASS_SHARE = {Strictness.STRICT: 0.3, Strictness.LOOSE: 0.15, Strictness.EVERYTHING: 0.0}


@dataclass(slots=True)
class Pruned:
    """What is left of a page.

    Attributes:
        kept: The elements that are left.
        tree: A copy of them.
        originals: An element of the copy to the page's own.
    """

    kept: set[Element]
    tree: Element
    originals: dict[Element, Element]


@lru_cache(maxsize=8192)
def _says_boilerplate(words: tuple[str, ...]) -> bool:
    if any(pair in _BOILERPLATE_PAIRS for pair in pairwise(words)):
        return True
    return any(
        word in _BOILERPLATE and (not place or words[place - 1] not in SPEAK_OF_ANOTHER)
        for place, word in enumerate(words)
    )


def _words_of_itself(classes: str | None, name: str | None) -> tuple[str, ...]:
    """Return the words of names that say what an element is, not what it has: without "has-background-overlay"."""
    names = (classes or "").split()
    own = " ".join(each for each in names if _OF_ANOTHER.search(each) is None)
    return words_of_names(own, name)


def is_embedded_post(element: Element) -> bool:
    """Return whether this is a post of another site, marked by that site's own embedding markup."""
    names = element.get("class")
    return bool(names) and _names_embedded_post(names)


@lru_cache(maxsize=8192)
def _names_embedded_post(names: str) -> bool:
    return _EMBEDDED_POST.search(names) is not None


def _is_read_out_only(element: Element) -> bool:
    """Return whether it is a heading that no browser shows, over words that are no list."""
    following = element.getnext()
    return (
        element.tag in HEADINGS
        and not _HIDING_PAIRS.isdisjoint(pairwise(class_words(element)))
        and (following is None or following.tag not in ("ol", "ul", "dl"))
    )


def _holds_embedded_post(element: Element) -> bool:
    return is_embedded_post(element) or any(is_embedded_post(quote) for quote in element.iter("blockquote"))


@lru_cache(maxsize=8192)
def _class_hides(names: str) -> bool:
    """Return whether a class name hides its element on every screen: "hidden", but not "hidden md:block"."""
    return not _HIDING_NAMES.isdisjoint(names.lower().split()) and _SHOWN_AGAIN.search(names) is None


def _is_of_a_heading_or_code(element: Element) -> bool:
    """Return whether only its words count, whatever its class names: a heading, part of one, part of a program."""
    if element.tag in HEADINGS or element.tag == "code":
        return True
    return any(up.tag in HEADINGS or up.tag in ("pre", "code") for up in islice(element.iterancestors(), 4))


def _is_named_by_its_words(element: Element) -> bool:
    """Return whether its id repeats the words that it, or the heading in it, begins with."""
    name = comparison_key(element.get("id"))
    if len(name) < 4:
        return False
    heading = next(element.iter(*HEADINGS), element)
    words = comparison_key("".join(map(str, islice(heading.itertext(), 8)))[:200])
    return len(words) >= 4 and (words.startswith(name[: len(words)]) or name.endswith(words))


def _paragraphs_length(element: Element) -> int:
    return sum(len(text) for p in element.iter("p") for text in p.itertext() if len(text) > 60)


class _Judge:
    """Decides which elements of one page are boilerplate."""

    def __init__(self, document: Document, cut: Container[Element], strictness: Strictness) -> None:
        self._document = document
        self._cut = cut
        self._strictness = strictness
        self._total = max(1, document.text_length.get(document.body, 1))
        self._wrappers = self._article_wrappers()
        self._may_be_hidden = document.all_having("hidden", "style")
        self._with_role = document.all_having("role")
        buttons = {*document.body.iter("button"), *self._with_role}
        toggles = [button for button in buttons if is_toggle(button)]
        self._unfolded = frozenset(name for toggle in toggles if (name := toggle.get("aria-controls")))
        self._under_toggles = frozenset(below for toggle in toggles if (below := below_toggle(toggle)) is not None)
        self._paragraph_lengths: Counter[str] | None = None
        self._targets: frozenset[str] | None = None
        self._announced: dict[Element, bool] = {}
        self._sectioned: dict[Element, bool] = {}

    def _article_wrappers(self) -> set[Element]:
        """Return what the page marks as its article, and everything around it."""
        wrappers: set[Element] = set()
        for element, length in self._document.text_length.items():
            if length > 400 and (
                element.tag in ("article", "main")
                or element.get("itemprop") == "articleBody"
                or element.get("role") == "main"
            ):
                around: Element | None = element
                while around is not None and around not in wrappers:
                    wrappers.add(around)
                    around = around.getparent()
        return wrappers

    def refuses(self, element: Element) -> bool:
        """Return whether the element and everything in it is left out."""
        tag = element.tag
        if element in self._cut:
            is_of_text = self._is_of_announced_list(element) or self._heads_a_section(element)
            is_of_text = is_of_text or (tag == "a" and is_in_sentence(element, self._document))
            is_of_text = is_of_text or (tag in ("li", "p") and runs_into_link(element, self._document))
            return not (is_of_text or is_in_row_of_table(element, self._document))
        if tag in _CONTROLS:
            return not (tag in _MISUSED and (self._wraps_an_article(element) or is_toggle(element)))
        if tag in _FRAMES:
            return False
        if (tag == "a" and is_permalink(element)) or (tag == "span" and self._is_tool_of_heading(element)):
            return True
        strict = self._strictness is Strictness.STRICT
        names, name = self._document.names(element)
        is_unfolded = name in self._unfolded or element in self._under_toggles
        is_out_of_sight = strict and element in self._may_be_hidden and is_hidden(element)
        if is_out_of_sight and not is_unfolded and not answers_heading(element):
            return True
        if (names or name) and is_fact_box(element, self._document):
            self._wrappers.update(element.iter())  # its parts may have such names too
        if element in self._wrappers:
            return False
        share = self._document.text_length[element] / self._total
        if self._by_structure(element, share) and not _holds_embedded_post(element):
            return True
        if share < _CLASS_SHARE[self._strictness]:
            if (names or name) and self._by_name(element, names, name) and not self._is_embedding(element):
                return True
            is_landmark = element in self._with_role and element.get("role") in _LANDMARKS
            return is_landmark and not _holds_embedded_post(element)
        return False

    def _is_of_announced_list(self, element: Element) -> bool:
        """Return whether it is a list that the text announces, or an item of one."""
        for each in up_from(element, 3):
            if each.tag in ("ul", "ol", "dl") or is_box_of_links(each, self._document):
                if each not in self._announced:
                    self._announced[each] = is_announced_list(each, self._document)
                return self._announced[each]
        return False

    def _is_tool_of_heading(self, element: Element) -> bool:
        """Return whether it is a link in brackets behind the words of a heading, such as one to edit the section."""
        heading = element.getparent()
        if heading is None or heading.tag not in HEADINGS or not self._document.link_length.get(element):
            return False
        words = beginning_of(element, _LONGEST_TOGGLE).strip()
        is_whole = self._document.text_length[element] >= self._document.text_length.get(heading, 0)
        return words.startswith("[") and words.endswith("]") and not is_whole

    def _heads_a_section(self, element: Element) -> bool:
        """Return whether a headline is a heading of the text that it is in, as in a letter of many short notices."""
        box = element.getparent()
        if element.tag not in HEADINGS or box is None or not self._is_over_prose(element):
            return False
        if box not in self._sectioned:
            self._sectioned[box] = self._has_sections(box)
        return self._sectioned[box]

    def _is_heading(self, header: Element) -> bool:
        """Return whether a header is no more than a heading of the text that follows it."""
        heading = next(header.iter("h2", "h3", "h4"), None)
        lengths = self._document.text_length
        if heading is None or self._document.link_length.get(header, 0) or lengths[heading] < lengths[header]:
            return False
        following = header.getnext()
        if following is None or following.tag not in _UNDER_A_HEADING or following in self._cut:
            return False
        return self._is_mostly_words(following, _LEAST_UNDER_HEADER)

    def _is_over_prose(self, heading: Element) -> bool:
        following = heading.getnext()
        if following is None or following.tag != "p" or following in self._cut:
            return False
        return self._is_mostly_words(following)

    def _is_mostly_words(self, element: Element, least: int = _LEAST_UNFOLDED) -> bool:
        length = self._document.text_length.get(element, 0)
        return length >= least and self._document.link_length[element] < 0.3 * length

    def _has_sections(self, box: Element) -> bool:
        """Return whether a box has prose above its first headline, and more below, under two or more of them."""
        above = below = headings = 0
        for child in box:
            if child in self._cut and child.tag in HEADINGS:
                headings += self._is_over_prose(child)
            elif child.tag == "p" and child in self._document.text_length:
                length = self._document.text_length[child] - self._document.link_length[child]
                above, below = (above, below + length) if headings else (above + length, below)
        return headings >= _LEAST_SECTIONS and _LEAST_UNFOLDED <= above < below

    def _by_name(self, element: Element, names: str, name: str) -> bool:
        """Return whether its class names or id call it boilerplate; a name that much of the page has does not."""
        if names and self._strictness is Strictness.STRICT and _class_hides(names):
            return True
        if not _says_boilerplate(words_of_names(names, name)):
            return False
        if _is_of_a_heading_or_code(element):
            return _is_read_out_only(element)
        own = _words_of_itself(names, name)
        if not _says_boilerplate(own) or self._is_in_contents(element) or self._is_long_kicker(element, own):
            return False
        if self._is_place_of_story(element, own):
            return False
        if self._holds_code(element) or self._is_section(element) or is_text_between(element, self._document):
            return False
        if self._holds_headline(element):
            return False
        if _is_named_by_its_words(element) and not _says_boilerplate(class_words(element)):
            return False
        return element.tag != "p" or not (self._is_prose_by(name_words(element)) or is_caption_of_nothing(element))

    def _is_long_kicker(self, element: Element, names: tuple[str, ...]) -> bool:
        """Return whether what is named a kicker is a sentence or two without a link: the standfirst."""
        length = self._document.text_length[element]
        if "kicker" not in names or not _LEAST_UNFOLDED <= length <= _LONGEST_TEASER:
            return False
        if self._document.link_length[element] or _says_boilerplate(tuple(each for each in names if each != "kicker")):
            return False
        return beginning_of(element, length + 1).rstrip().endswith(SENTENCE_ENDS)

    def _is_place_of_story(self, element: Element, names: tuple[str, ...]) -> bool:
        """Return whether what is named a dateline is the beginning of a paragraph: "KYIV – The board …"."""
        paragraph = element.getparent()
        if "dateline" not in names or paragraph is None or paragraph.tag != "p" or (paragraph.text or "").strip():
            return False
        if paragraph[0] is not element or _says_boilerplate(tuple(each for each in names if each != "dateline")):
            return False
        return self._document.text_length[paragraph] - self._document.text_length[element] >= _LEAST_UNFOLDED

    def _is_in_contents(self, element: Element) -> bool:
        """Return whether it is a section that a table of contents leads to, and has its name from that."""
        name = element.get("id")
        words = tuple(word for word in name_words(element) if word != "toc")
        if not name or len(words) == len(name_words(element)) or _says_boilerplate(words):
            return False
        if self._targets is None:
            links = (link.get("href") or "" for link in self._document.elements("a"))
            self._targets = frozenset(href[1:] for href in links if href.startswith("#"))
        is_linked = self._document.link_length[element] > 0.3 * self._document.text_length[element]
        return not is_linked and (name in self._targets or _paragraphs_length(element) > 0)

    def _is_section(self, element: Element) -> bool:
        """Return whether a box between paragraphs is a heading over running text without a link, a field, a picture."""
        if element.tag not in ("div", "section") or self._document.link_length[element]:
            return False
        parts = [child for child in element if child in self._document.order]
        if len(parts) < 2 or parts[0].tag not in _SECTION_HEADINGS or (element.text or "").strip():
            return False
        is_text = all(part.tag == "p" and not len(part) for part in parts[1:])
        if not is_text or any(found.search(beginning_of(element, 1000)) for found in _OF_PAGE):
            return False
        length = sum(self._document.text_length.get(part, 0) for part in parts[1:])
        return length >= _LEAST_OF_SECTION and all(map(self._is_running, (element.getprevious(), element.getnext())))

    def _is_running(self, beside: Element | None) -> bool:
        """Return whether what is beside a box is a paragraph, or a box with one."""
        if beside is None or beside not in self._document.order:
            return False
        if beside.tag in ("div", "section"):
            beside = next(beside.iter("p"), beside)
        return beside.tag == "p" and self._is_mostly_words(beside)

    def _holds_headline(self, element: Element) -> bool:
        """Return whether it holds the headline, and below that a paragraph of some words: the standfirst."""
        headline = next(element.iter("h1"), None)
        below = () if headline is None else (each for each in headline.itersiblings("p"))
        return any(map(self._is_mostly_words, below))

    def _holds_code(self, element: Element) -> bool:
        """Return whether a listing of a program is most of what it holds, as in a box with a button to copy it."""
        code = next(element.iter("pre"), None)
        return code is not None and 2 * self._document.text_length.get(code, 0) > self._document.text_length[element]

    def _is_prose_by(self, names: tuple[str, ...]) -> bool:
        """Return whether one of these words is on so many paragraphs that it says nothing about them here."""
        if self._paragraph_lengths is None:
            self._paragraph_lengths = Counter()
            for element, length in self._document.text_length.items():
                if element.tag == "p":
                    for word in set(name_words(element)):
                        self._paragraph_lengths[word] += length
        lengths = self._paragraph_lengths
        return any(lengths[word] > 0.25 * self._total for word in names if word in _BOILERPLATE)

    def _is_embedding(self, element: Element) -> bool:
        """Return whether it is an embedded post, or hardly more than the box of one."""
        if is_embedded_post(element):
            return True
        posts = sum(self._document.text_length.get(q, 0) for q in element.iter("blockquote") if is_embedded_post(q))
        return posts > 0.7 * self._document.text_length[element]

    def _wraps_an_article(self, element: Element) -> bool:
        unlinked = self._document.text_length[element] - self._document.link_length[element]
        if unlinked < 600:
            return False
        loose = self._strictness is not Strictness.STRICT
        return unlinked > (900 if loose else 2500) or _paragraphs_length(element) > 600

    def _by_structure(self, element: Element, share: float) -> bool:
        tag = element.tag
        length = self._document.text_length[element]
        linked = self._document.link_length[element]
        if tag in ("footer", "aside"):
            return share < 0.35
        if tag == "header":
            small = is_short(element, self._document) or linked > 0.4 * length
            is_small = self._strictness is Strictness.STRICT and share < 0.35 and small
            is_of_text = self._is_heading(element) or holds_headline(element, self._document)
            return is_small and not is_of_text and not heads_box_in_row(element, self._document)
        if tag == "form":
            return share < 0.35 and not any(len((p.text or "").strip()) > 100 for p in element.iter("p"))
        if tag in _LISTS and self._strictness is Strictness.STRICT:
            is_list_of_links = linked > 0.75 * length and length > 20 and len(element) > 0 and share < 0.4
            if not is_list_of_links or sum(1 for _ in element.iter("a")) < 3 or self._is_of_announced_list(element):
                return False
            return tag != "span" or not is_in_sentence(element, self._document)
        return False


def _copied(parent: Element, element: Element) -> Element:
    """Add a copy of the element to `parent`: its words, and the attributes that say what it is."""
    names = {name: value for name in ("class", "id", "itemprop") if (value := element.get(name))}
    try:
        copied = etree.SubElement(parent, element.tag, names)
        copied.text = element.text
    except ValueError:  # control characters, or a name that only a parser lets through
        copied = etree.SubElement(parent, element.tag if element.tag.isalnum() else "div")
        copied.text = clean(element.text or "")
    return copied


def _add_tail(copied: Element, tail: str) -> None:
    try:
        copied.tail = tail
    except ValueError:
        copied.tail = clean(tail)


class _Orphans:
    """Words after elements that were left out, added at the end: thousands may belong in one place."""

    def __init__(self) -> None:
        self._found: dict[tuple[Element, bool], list[str]] = {}

    def add(self, parent: Element, tail: str) -> None:
        """Keep words where they are now: after the last child of the parent, or at its beginning."""
        last = next(parent.iterchildren(reversed=True), None)  # `len` counts all children
        place = (parent, False) if last is None else (last, True)
        self._found.setdefault(place, []).append(" " + clean(tail))

    def place(self) -> None:
        """Write all of them into the tree."""
        for (element, is_behind), tails in self._found.items():
            if is_behind:
                element.tail = (element.tail or "") + "".join(tails)
            else:
                element.text = (element.text or "") + "".join(tails)


def pruned(
    document: Document, cut: Container[Element] = frozenset(), strictness: Strictness = Strictness.STRICT
) -> Pruned:
    """Return the page without what cannot be its article.

    Args:
        document: The page.
        cut: Elements that are known not to be of the article, such as headline lists.
        strictness: How much is taken for boilerplate.
    """
    judge = _Judge(document, cut, strictness)
    order = document.order
    tree = _PARSER.makeelement("html")
    body = etree.SubElement(tree, "body")
    originals = {body: document.body}
    kept = {document.body}
    body.text = clean(document.body.text or "")
    orphans = _Orphans()
    stack = [(child, body) for child in reversed(document.body)]
    while stack:
        element, parent = stack.pop()
        if element not in order or judge.refuses(element):
            if element.tail and element.tail.strip():
                orphans.add(parent, element.tail)
            continue
        copied = _copied(parent, element)
        originals[copied] = element
        kept.add(element)
        if element.tail:
            _add_tail(copied, element.tail)
        stack.extend([(child, copied) for child in reversed(element)])
    orphans.place()
    return Pruned(kept, tree, originals)


def length_without(document: Document, cut: Collection[Element]) -> int:
    """Return the characters of a page beside elements that are known not to be of its article, and left out."""
    judge = _Judge(document, cut, Strictness.EVERYTHING)
    left_out = {element for element in cut if element in document.order and judge.refuses(element)}
    outermost = (element for element in left_out if left_out.isdisjoint(element.iterancestors()))
    return document.text_length[document.body] - sum(document.text_length[element] for element in outermost)
