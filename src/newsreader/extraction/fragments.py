"""The page as a flat run of fragments, each the words of one block element, in reading order."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import neighbours
from newsreader.extraction.document import Document, name_words, whole_text
from newsreader.extraction.phrases import words
from newsreader.extraction.punctuation import COLONS, SENTENCE_ENDS

# Elements whose words run on in the line of what is around them.
INLINE = words(
    "a abbr acronym amp-img b bdi bdo big cite code data del dfn em font i img ins kbd label mark math mfrac mi mn mo "
    "mrow msub msup nobr picture q rb ruby s samp small span strike strong sub sup time tt u var wbr x"
)
# A line ends before and after them.
_BLOCKS = words(
    "article aside blockquote details dl div figure footer form h1 h2 h3 h4 h5 h6 header main nav ol p section table ul"
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ENDS = (*SENTENCE_ENDS, *COLONS, *";»”\"’')]")
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_NOT_LETTERS = re.compile(r"[\W_]+")
_ASCII_KEYS = {code: chr(code).lower() if chr(code).isalnum() else None for code in range(0x80)}  # the same, faster
# An inline element that is drawn as a block, by its style or by the usual names of utility classes.
_DRAWN_AS_BLOCK = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table|list-item)\b", re.IGNORECASE)
_NAMED_AS_BLOCK = frozenset(("d-block", "block", "display-block", "d-flex", "flex", "grid"))
_MAY_BE_BLOCKS = words("b em font i label small span strong time")
# Elements in which such a block is still one line with its neighbours, or a part of one item.
_ONE_LINE = words("h1 h2 h3 h4 h5 h6 li dt dd td th pre code figcaption caption button summary")
_LEAST_BLOCK, _MOST_PIECES = 25, 40  # letters and pieces of a sentence in an element like its neighbours
# Words of two of these, one right behind the other, may be apart on the screen; marks such as bold only behind a stop.
_APART = words("a cite label small span time")
_MAY_END_SENTENCES = _APART | words("b em i strong")
_LONGEST_INDENT, _MOST_IN_SPAN, _LONGEST_IN_SPAN = 80, 4, 300  # letters, elements, letters
COUNT = re.compile(r"\d[\d.,\s]{0,8}[^\W\d_]{0,4}\.?")  # "1,204", "1.1K"


@lru_cache(maxsize=2048)
def comparison_key(text: str | None) -> str:
    """Return the letters and digits alone, lower-case: what two printings of the same words have in common."""
    if not text:
        return ""
    return text.translate(_ASCII_KEYS) if text.isascii() else _NOT_LETTERS.sub("", text).lower()


def length_of(text: str) -> int:
    """Return the characters of a text; one of a script without spaces counts as two."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


@dataclass(slots=True, eq=False)
class Fragment:
    r"""Words that are together.

    Attributes:
        index: Its index among the page's fragments.
        element: The block element whose words these are.
        tag: Its tag.
        pieces: The words as they are in the page, each with the element that holds them; a line break is a "\n" of
            its `<br>`.
        text: The words in one line.
        link_share: How much of them is linked, 0 to 1.
        located: How much of them readability took, 0 to 1.
        is_sentence: They end as a sentence does.
        length: Characters of the words; one of a script without spaces counts as two.
        position: The position in the document of the element that was entered last before them.
        is_beside_list: A list of headlines that was left out is next to it.
        continues_line: Only a line break separates it from the previous fragment: both are lines of one text.
        reason: Why it is kept or was dropped, for whoever changes the rules.
    """

    index: int
    element: Element
    pieces: list[tuple[str, Element]]
    text: str
    link_share: float
    located: float
    is_sentence: bool
    position: int
    length: int
    kept: bool = False
    reason: str = ""
    is_lead: bool = False
    is_beside_list: bool = False
    continues_line: bool = False
    tag: str = field(init=False)

    def __post_init__(self) -> None:
        """Ask for the tag once: every rule asks for it."""
        self.tag = str(self.element.tag)

    @property
    def is_marked(self) -> bool:
        """All of it is bold, italic or the like."""
        top: Element | None = None
        for text, owner in self.pieces:
            if text and not text.isspace():
                marked = _top(owner, self.element)
                if marked is None or (top is not None and marked is not top):
                    return False
                top = marked
        return top is not None and (top.tag not in _LOOSE_MARKS or self.element.tag != "p")

    @property
    def is_prose(self) -> bool:
        """It looks like a piece of running text."""
        if self.link_share > 0.5 or self.tag == "h1":
            return False
        return self.length >= 60 or (self.length >= 25 and self.is_sentence)


@dataclass(slots=True)
class _Piece:
    """Words of one element; `start` is where they are in the document."""

    text: str
    owner: Element
    is_linked: bool
    start: int

    @property
    def is_break(self) -> bool:
        return self.owner.tag == "br"


class _Gatherer:
    """Collects pieces and cuts them into fragments."""

    def __init__(self, located: Container[Element]) -> None:
        self._located = located
        self.position = 0
        self.fragments: list[Fragment] = []
        self._pieces: list[_Piece] = []
        self._length = 0
        self._breaks = 0
        self._is_behind_list = False
        self._closed = ""
        self._is_between = self._are_apart = False

    def close_inline(self, tag: str) -> None:
        """Note that an element ends here, and whether it is one that may be apart from its neighbour."""
        self._closed = tag if tag in _MAY_END_SENTENCES else ""

    def open_inline(self, tag: str) -> None:
        """Note that an element begins here, and whether both it and one right before it may be apart."""
        self._is_between = bool(self._closed) and tag in _MAY_END_SENTENCES
        self._are_apart = self._is_between and not _APART.isdisjoint((self._closed, tag))

    def pass_list(self) -> None:
        """Note that a part of a list of headlines is here."""
        if self.fragments:
            self.fragments[-1].is_beside_list = True
        self._is_behind_list = True

    def pass_break(self, element: Element, block: Element, *, is_linked: bool) -> None:
        """Add a line break, or cut: before another one, and before a line that is indented as a paragraph is."""
        following = element.getnext()
        is_first_of_two = following is not None and following.tag == "br" and not (element.tail or "").strip()
        if is_first_of_two or _is_indented(element.tail):
            self.cut(block)
        if not is_first_of_two:
            parent = element.getparent()
            assert parent is not None
            self.add("\n", element, False)
            self.add(element.tail, parent, is_linked)

    def add(self, text: str | None, owner: Element, is_linked: bool) -> None:
        if not text:
            return
        if self._closed and self._pieces and owner.tag != "br":
            last = self._pieces[-1]
            if self._is_between:
                is_glued = neighbours.is_glued(last.text, text, are_apart=self._are_apart)
            else:
                is_place = len(self._pieces) == 1 and last.owner.tag == "span" and bool(last.owner.get("class"))
                is_glued = neighbours.is_behind_number(last.text, text) or (
                    is_place and neighbours.is_behind_place(last.text, text)
                )
            text = f" {text}" if is_glued else text
        self._closed = ""
        self._is_between = self._are_apart = False
        self._pieces.append(_Piece(text, owner, is_linked, self.position))
        self._length += len(text.strip())
        self._breaks += owner.tag == "br"

    def cut(self, element: Element) -> None:
        if self._length:
            is_joined = False
            lines = _parted(self._pieces, element) if self._breaks else [self._pieces]
            for pieces in _without_margins(lines, element):
                self._add_fragment(pieces, element, continues_line=is_joined)
                is_joined = True
            self._is_behind_list = False
        if self._pieces:
            self._pieces = []
        self._length = self._breaks = 0

    def _add_fragment(self, pieces: list[_Piece], element: Element, *, continues_line: bool) -> None:
        text = " ".join("".join(piece.text for piece in pieces).split())
        length = linked = found = 0
        start: int | None = None
        for piece in pieces:
            here = len(piece.text.strip())
            if here and start is None:
                start = piece.start
            length += here
            linked += here if piece.is_linked else 0
            found += here if piece.owner in self._located else 0
        self.fragments.append(
            Fragment(
                index=len(self.fragments),
                element=element,
                pieces=[(piece.text, piece.owner) for piece in pieces],
                text=text,
                link_share=linked / max(1, length),
                located=found / max(1, length),
                is_sentence=text.endswith(_ENDS),
                position=start or 0,
                length=length_of(text),
                is_beside_list=self._is_behind_list,
                continues_line=continues_line,
            )
        )


def _is_drawn_as_block(element: Element) -> bool:
    """Return whether an inline element is a block on the screen: by its style, its classes, or neighbours like it."""
    if element.tag not in _MAY_BE_BLOCKS:
        return False
    style, names = element.get("style"), element.get("class")
    is_named = names is not None and not _NAMED_AS_BLOCK.isdisjoint(names.split())
    is_styled = style is not None and _DRAWN_AS_BLOCK.search(style) is not None
    return is_named or is_styled or _holds_picture_in_box(element) or _is_one_of_many_paragraphs(element)


def _holds_picture_in_box(element: Element) -> bool:
    """Return whether a span has a picture in a block, and few words: these are what the picture shows."""
    if element.tag != "span" or not 0 < len(element) <= _MOST_IN_SPAN or not (element.tail or "").strip():
        return False
    if not any(child.tag in _BLOCKS and next(child.iter("img"), None) is not None for child in element):
        return False
    texts = list(islice(element.itertext(), _MOST_PIECES + 1))
    return len(texts) <= _MOST_PIECES and len("".join(map(str, texts)).strip()) <= _LONGEST_IN_SPAN


def _is_one_of_many_paragraphs(element: Element) -> bool:
    """Return whether a sentence in a span has another right beside it, with no space between and no words around."""
    parent = element.getparent()
    if element.tag != "span" or parent is None or parent.tag in INLINE or parent.tag == "p":
        return False
    above, below = element.getprevious(), element.getnext()
    before = parent.text if above is None else above.tail
    if before or element.tail or not _is_sentence_alone(element):
        return False
    return any(
        beside is not None and beside.tag == "span" and not beside.tail and _is_sentence_alone(beside)
        for beside in (above, below)
    )


def _is_sentence_alone(element: Element) -> bool:
    pieces = list(islice(element.itertext(), _MOST_PIECES + 1))
    words = "".join(map(str, pieces)).strip()
    return len(pieces) <= _MOST_PIECES and len(words) >= _LEAST_BLOCK and words.endswith(_ENDS)


# In these a line break is a part of the whole.
_NEVER_PARTED = HEADINGS | {"pre", "th", "figcaption", "caption", "address"}
_MARKS = frozenset(("b", "strong", "em", "i", "u", "span", "font", "small", "big"))
# They may hold each paragraph of a text.
_LOOSE_MARKS = frozenset(("span", "font", "small", "big"))
_SHORT_LINE = 90
_LONG_LINE = 100
_DATES = frozenset(("date", "datetime", "time"))
_LONGEST_DATE = 40
_ONWARDS = ("→", "»", "›", ">", "➜", "►", "▶", "⟶")


def _parted(pieces: list[_Piece], element: Element) -> list[list[_Piece]]:
    """Return pieces split at line breaks, where a line has another form than its neighbour.

    Such are a line that is all link, one that is all bold, and a few words over or under running text.
    """
    if element.tag in _NEVER_PARTED:
        return [pieces]
    lines: list[list[_Piece]] = [[]]
    for piece in pieces:
        if piece.is_break:
            lines.append([])
        else:
            lines[-1].append(piece)
    lines = [line for line in lines if any(piece.text.strip() for piece in line)]
    parts: list[list[_Piece]] = []
    last = ""
    breaks = [piece for piece in pieces if piece.is_break]
    for line in lines:
        form = _form(line, element)
        if form == "link" and element.tag == "p":
            form = ""  # of the paragraph
        if parts and not _is_apart(last, form):
            parts[-1] += [breaks[0], *line]
        else:
            parts.append([breaks[0], *line] if parts else line)
        last = form
    return parts


def _without_margins(lines: list[list[_Piece]], element: Element) -> list[list[_Piece]]:
    """Return lines with a count before the first, or a link that points onwards behind the last, as lines of their own.

    They are in elements of their own, and the rest is running text of the box itself.
    """
    if element.tag in _NEVER_PARTED or element.tag == "p":
        return lines
    first, last = _shown(lines[0]), _shown(lines[-1])
    if len(first) > 1 and first[0].owner is not element and COUNT.fullmatch(first[0].text.strip()):
        text = first[1]
        if text.owner is element and text.text.lstrip()[:1].isupper() and len(text.text) >= _LONG_LINE:
            at = lines[0].index(text)
            lines = [lines[0][:at], lines[0][at:], *lines[1:]]
    if len(last) > 1 and last[-1].is_linked and last[-1].text.rstrip().endswith(_ONWARDS):
        text = last[-2]
        if text.owner is element and text.text.rstrip().endswith(_ENDS) and len(text.text) >= _LONG_LINE:
            at = lines[-1].index(last[-1])
            lines = [*lines[:-1], lines[-1][:at], lines[-1][at:]]
    return lines


def _shown(pieces: list[_Piece]) -> list[_Piece]:
    return [piece for piece in pieces if piece.text.strip()]


def _is_apart(above: str, below: str) -> bool:
    if any(form in ("link", "numbers") or form.startswith("marked") for form in (above, below)):
        return above != below or above == "link"
    return {above, below} == {"short", "long"}


def _form(pieces: list[_Piece], element: Element) -> str:
    """Return the kind of line: "link", "numbers", "marked" with the mark, "short", "long", or nothing special."""
    shown = [piece for piece in pieces if piece.text.strip()]
    length = sum(len(piece.text.strip()) for piece in shown)
    if sum(len(piece.text.strip()) for piece in shown if piece.is_linked) > 0.8 * length:
        return "link"
    if _is_of_numbers("".join(piece.text for piece in shown)):
        return "numbers"
    tops = {_top(piece.owner, element) for piece in shown}
    top = next(iter(tops)) if len(tops) == 1 else None
    if top is not None:
        return f"marked {top.tag} {top.get('class')}"
    if length < _SHORT_LINE and not shown[-1].text.rstrip().endswith(_ENDS):
        return "short"
    return "long" if length >= _LONG_LINE else ""


def _is_of_numbers(text: str) -> bool:
    """Return whether a short line is a date, a clock or a count, and hardly anything else."""
    digits = sum(map(str.isdigit, text))
    return len(text) <= _LONGEST_DATE and digits >= 2 and 2 * digits >= sum(map(str.isalnum, text))


def _top(owner: Element, element: Element) -> Element | None:
    """Return the marking element right below the block that the words are in; None if they are the block's own."""
    top: Element | None = None
    node: Element | None = owner
    while node is not None and node is not element:
        top, node = node, node.getparent()
    return top if top is not None and top.tag in _MARKS else None


def rejoined(fragments: Iterable[Fragment]) -> list[Fragment]:
    """Return the fragments, joining those that only a line break separates."""
    whole: list[Fragment] = []
    for fragment in fragments:
        last = whole[-1] if whole else None
        if (
            last is not None
            and fragment.continues_line
            and last.element is fragment.element
            and last.index + 1 == fragment.index
        ):
            together = replace(last, pieces=last.pieces + fragment.pieces, text=f"{last.text} {fragment.text}")
            together.index, together.length = fragment.index, last.length + fragment.length
            whole[-1] = together
        else:
            whole.append(fragment)
    return whole


def gather(
    document: Document,
    kept: Container[Element],
    located: Container[Element],
    lists: Container[Element] = frozenset(),
) -> list[Fragment]:
    """Return the fragments of the elements in `kept`; those in `located` were taken by readability.

    A run of two or more `<br>` ends a fragment as the end of a paragraph would, and so does a block or headline that
    was left out.

    Args:
        document: The page.
        kept: What the page was pruned to.
        located: What readability took.
        lists: What of the rest belongs to lists of headlines.
    """
    body = document.body
    gatherer = _Gatherer(located)
    blocks = [body]
    links = 0
    # (element, whether it is being left)
    stack: list[tuple[Element, bool]] = [(body, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag
        if leaving:
            if tag == "a":
                links -= _leads_away(element)
            elif blocks[-1] is element:
                gatherer.cut(blocks.pop())
            gatherer.close_inline(tag)
            if element is not body:
                parent = element.getparent()
                assert parent is not None
                gatherer.add(element.tail, parent, links > 0)
            continue
        if element not in kept:
            gatherer.position = document.order.get(element, gatherer.position)
            if element in lists:
                gatherer.cut(blocks[-1])
                gatherer.pass_list()
            elif tag in _BLOCKS:
                gatherer.cut(blocks[-1])
            if element.tail:
                parent = element.getparent()
                assert parent is not None
                gatherer.add(f" {element.tail}", parent, links > 0)
            continue
        gatherer.position = document.order[element]
        if tag == "br":
            gatherer.pass_break(element, blocks[-1], is_linked=links > 0)
            continue
        if tag == "a":
            links += _leads_away(element)
        elif not _is_inline(element) or _begins_block(element, blocks[-1]):
            gatherer.cut(blocks[-1])
            blocks.append(element)
        gatherer.open_inline(tag)
        gatherer.add(element.text, element, links > 0)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    return gatherer.fragments


def _is_inline(element: Element) -> bool:
    """Return whether the words of an element run on in the line of what is around it.

    A browser shows elements that it does not know so; pages that define their own make blocks of them, except where
    one is a few words within a line.
    """
    tag = str(element.tag)
    if tag in INLINE or not ("-" in tag or ":" in tag):
        return tag in INLINE
    if any(child.tag not in INLINE for child in element):
        return False
    before = element.getprevious()
    parent = element.getparent()
    text = (parent.text if before is None and parent is not None else before.tail if before is not None else "") or ""
    return bool(text.strip() or (element.tail or "").strip())


def _is_indented(line: str | None) -> bool:
    """Return whether a line begins with an ideographic space, as Chinese and Japanese paragraphs do."""
    return line is not None and line[:_LONGEST_INDENT].lstrip(" \t\r\n\xa0").startswith("\u3000")


def _begins_block(element: Element, block: Element) -> bool:
    """Return whether an inline element is a block of its own, in a block that is more than one line or item."""
    return block.tag not in _ONE_LINE and (_is_drawn_as_block(element) or _is_date_above_lines(element, block))


def _is_date_above_lines(element: Element, block: Element) -> bool:
    """Return whether an inline element is the date before the first of the lines that are all of a block's text."""
    if block.tag == "p" or not (element.tail or "").strip() or _DATES.isdisjoint(name_words(element)):
        return False
    inner = element.getparent()
    is_framed = inner is not None and inner.tag == "span" and not inner.attrib and inner.getparent() is block
    if inner is None or not (is_framed or inner is block):
        return False
    line = inner if is_framed else element
    is_first = _has_nothing_before(element, inner) and (line is element or _has_nothing_before(line, block))
    return is_first and next(line.itersiblings("br"), None) is not None and _is_of_numbers(whole_text(element))


def _has_nothing_before(element: Element, box: Element) -> bool:
    """Return whether a box has no words before an element in it."""
    above = element.itersiblings(preceding=True)
    has_words = any(whole_text(each).strip() or (each.tail or "").strip() for each in above)
    return not has_words and not (box.text or "").strip()


def _leads_away(link: Element) -> bool:
    """Return whether a link leads anywhere, other than from a heading to itself."""
    href = link.get("href")
    if not href:
        return False
    parent = link.getparent()
    return not (parent is not None and parent.tag in HEADINGS and href.startswith("#"))


def path_of(element: Element) -> tuple[Element, ...]:
    """Return the element and what it is in, from the root down."""
    return (*reversed(list(element.iterancestors())), element)
