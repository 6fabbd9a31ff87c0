"""Who wrote the article: persons if the page names any, else the desk or agency that it names."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice, takewhile

from lxml.etree import _Element as Element

from newsreader.extraction import linked_data
from newsreader.extraction.document import Document, name_words, up_from
from newsreader.extraction.fragments import comparison_key
from newsreader.extraction.metadata.byline_lines import (
    Byline,
    after_mark,
    asks_for_others,
    dated_names,
    is_dated,
    marked_names,
    names_of_author,
    names_others,
    pieces_of,
    unmarked_names,
    without_place,
)
from newsreader.extraction.metadata.byline_rows import names_in_row
from newsreader.extraction.metadata.names import (
    in_order,
    is_person,
    is_single_name,
    split_names,
)
from newsreader.extraction.metadata.page_header import (
    AUTHOR_LINK,
    OF_HEADS,
    PageHeader,
    head_lines,
    is_of_a_card,
    words_of,
)
from newsreader.extraction.phrases import OF_AUTHORS, SECTION_ADDRESS
from newsreader.extraction.punctuation import SENTENCE_ENDS

_META = (
    "author", "article:author", "article:author_name", "articleauthor", "parsely-author", "sailthru.author", "byl",
    "dc.creator", "dcterms.creator", "citation_author", "cxenseparse:author", "creator", "og:article:author",
)  # fmt: skip
_PARTS_OF_NAMES = ("yline", "uthor", "utor", "riter")
_BYLINE_WORDS = OF_AUTHORS | {"by"}
_FAMILY_NAME_FIRST = frozenset(("citation_author", "dc.creator", "dcterms.creator"))
_FAMILY_NAME = re.compile(r"^([^\s,]{1,40}(?:[ -][^\s,]{1,40})?), ([^,]{2,40})$")
_PEOPLE_LINK = re.compile(r"people|profil|staff|user", re.IGNORECASE)
_HANDLE_LINK = re.compile(r"(?:https?://[^/]+)?/@[\w.-]+/?(?:$|[?#])")
_OF_OFFICES = frozenset(
    {
        "role",
        "position",
        "job",
        "jobtitle",
        "title",
        "bio",
        "biography",
        "description",
        "desc",
        "social",
        "image",
        "avatar",
    }
)
_NAME_AND_ADDRESS = re.compile(r"([^@|<>(),;]{3,60}?)\s{0,3}[|<(,;–-]\s{0,3}[^\s@]{1,64}@[^\s@]{3,80}")
_ADDRESS_AND_NAME = re.compile(r"[^\s@]{1,64}@[^\s@]{3,80}\s{1,3}\(([^@()]{3,60})\)")
_LOGIN = re.compile(r"(?=[a-z]{0,60}[\d._-])[a-z\d._-]{2,60}")
_LONGEST_BYLINE, _LONGEST_SENTENCE = 120, 60  # characters: of a byline, of one with a full stop
_WORDS_OF_A_BYLINE = 7
_EMPHASIS = frozenset(("a", "b", "strong", "em", "i", "u", "h2", "h3", "h4", "figcaption", "figure"))
_LONGEST_NAMED, _LONGEST_LIFE = 80, 900  # characters: of a name with its marks, of a note about an author
_MOST_NODES = 80  # elements of a line
_MOST_PARTS, _SHORTEST_TEXT = 12, 50  # elements of a box, characters in one run
_LONGEST_OFFICE, _PLACE_OF_DATE = 40, 2  # characters, pieces before it
_PERSON_AND_AGENCY = 2  # pieces
_PARTS_ELSEWHERE = frozenset({"aside", "footer", "nav", "figure", "figcaption"})
_ELSEWHERE = frozenset(
    {"comment", "comments", "related", "teaser", "teasers", "sidebar", "footer", "recommended", "bio", "popular"}
    | {"trending", "widget", "mostread", "newsletter", "relposts", "recirculation", "promo", "carousel", "reviewer"}
)
_OF_READERS = frozenset({"comment", "comments"})
_LARGE = 300  # pixels; a portrait is smaller
_LEVELS_OF_ENTRY = 3  # elements
_MOST_DESCRIBED = 3
_CARDS = frozenset({"vcard"})
_READ_OUT = frozenset({"screen-reader-text", "sr-only", "visually-hidden"})
_LIVES = frozenset({"bio", "biography"})
_LABELS = frozenset({"label", "labels"})
_OF_POSTS = frozenset({"article", "entry", "post", "story"})


def read_authors(
    document: Document, items: list[linked_data.Object], page_header: PageHeader, sites: Iterable[str]
) -> tuple[str, ...]:
    """Return the names of the authors, in the page's order.

    The byline at the headline comes before what the page's head says, unless they name the same persons.
    An agency or a desk is returned where there is no person, or where the page lists it beside one.
    """
    own = frozenset(filter(None, map(comparison_key, sites)))
    linked = _split(_linked(document, items), own)
    fields = _split(_fields(document), own) or _split(_microdata(document), own)
    byline = read_byline(document, page_header, own)
    named = next((names for names in (linked, fields) if any(map(is_person, names))), [])
    apart = [name for name in named if comparison_key(name) not in own]
    known = apart if any(map(is_person, apart)) else [name for name in named if is_person(name)] or apart
    said = known or ([] if byline.is_marked else linked or fields)  # an agency too, if the page shows it
    if byline.names and (not said or not _is_named_otherwise(document, byline, said, page_header)):
        return in_order(_agreed(byline.names, known))
    if known:
        return in_order(known)
    if _are_of(linked, own) and (
        found := [name for name in _split(_named(document, page_header.around), own) if is_person(name)]
    ):
        return in_order(found[:1])
    if not linked and not fields and (name := _above_own_life(document, page_header.around)):
        return (name,)
    if not linked and not fields and (name := _of_card(document, page_header.around, own)):
        return (name,)
    linked, fields = (_without_logins(document, names) for names in (linked, fields))
    others = [name for name in fields if comparison_key(name) not in own] if _are_of(linked, own) else []
    return in_order((others or linked or fields or _desk(document, page_header, own))[:3])


def _of_card(document: Document, around: Collection[Element], own: frozenset[str]) -> str | None:
    """Return the name on the card of the author, marked as such in the story's own box: it may be a single one."""
    for card in document.named(_CARDS):
        names = name_words(card)
        if not {"author", "vcard"} <= set(names) or not 2 <= document.text_length[card] <= _LONGEST_NAMED:
            continue
        boxes = list(takewhile(lambda each: each not in around, card.iterancestors()))
        box = boxes[-1].getparent() if boxes else card.getparent()
        near = () if box is None else up_from(box, _LEVELS_OF_ENTRY)
        is_of_story = any(each.tag == "article" or "hentry" in name_words(each) for each in near)
        if not is_of_story or any(not _ELSEWHERE.isdisjoint({*name_words(each)} - {"footer"}) for each in boxes):
            continue
        for shown in islice(card.iter(), _MOST_PARTS):
            name = words_of(shown) if "fn" in name_words(shown) else ""
            if comparison_key(name) not in own and (is_person(name) or is_single_name(name)):
                return name
    return None


def _without_logins(document: Document, names: Sequence[str]) -> list[str]:
    """Return the names without those of accounts that the page does not show: one word with figures or signs in it."""
    logins = {name for name in names if _LOGIN.fullmatch(name)}
    if not logins:
        return list(names)
    shown = " ".join(map(str, document.body.itertext())).casefold()
    return [name for name in names if name not in logins or name.casefold() in shown]


def _is_named_otherwise(document: Document, byline: Byline, known: Sequence[str], page_header: PageHeader) -> bool:
    """Return whether the page shows the known names, but the byline that was found has none of them.

    Against a byline that says "By" they have to be near the headline, against any other one anywhere.
    """
    if known and any(_is_part_of(name, other) for name in byline.names for other in known):
        return not byline.is_marked
    persons = [name for name in known if is_person(name)] if byline.is_marked else []
    wanted = [name.casefold() for name in persons or known]
    lines = (text for _, text in head_lines(document, page_header))
    texts = lines if byline.is_marked else map(str, document.body.itertext())
    return any(name in text.casefold() for text in texts for name in wanted)


def _desk(document: Document, page_header: PageHeader, own: frozenset[str]) -> list[str]:
    """Return the desk or agency after "By" near the headline."""
    for element, _ in head_lines(document, page_header):
        pieces = pieces_of(element, page_header.heading)
        text = after_mark(pieces)
        is_named = bool(text) and not text[0].islower() and not _is_prose(document, element, pieces)
        if is_named and len(text) <= 40 and text.count(" ") < 5 and _is_of_the_article(document, element, page_header):
            return list(split_names(text, own))[:1]
    return []


def _agreed(shown: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return the shown names, or the known ones where they are the same persons, or the same and more."""
    if len(known) >= len(shown) and any(_is_part_of(name, other) for name in shown for other in known):
        return list(known)
    printed = {comparison_key(name): name for name in known}
    return [printed.get(comparison_key(name), name) for name in shown]


def _is_part_of(name: str, other: str) -> bool:
    """Return whether two names are one person's: one has all words of the other."""
    one, two = set(name.casefold().split()), set(other.casefold().split())
    return one <= two or two <= one


def _are_of(names: list[str], own: frozenset[str]) -> bool:
    return all(comparison_key(name) in own for name in names)


def _split(texts: Iterable[str], own: frozenset[str]) -> list[str]:
    return list(in_order([name for text in texts for name in split_names(text, own)]))


def _linked(document: Document, items: list[linked_data.Object]) -> Iterator[str]:
    """Yield the authors of the first object that names any."""
    for item in items:
        values = linked_data.values([item], "author", "creator")
        found = [text for value in values for text in _author_texts(linked_data.resolved(document, value))]
        if found:
            yield from found
            return


def _author_texts(value: object) -> Iterator[str]:
    values = value if isinstance(value, list) else [value]
    for each in values[:20]:
        name = each.get("name") if isinstance(each, dict) else each
        for text in name if isinstance(name, list) else [name]:
            if (
                (words := linked_data.words(text))
                and not words.startswith("http")
                and (name := _without_address(words))
            ):
                yield name


def _fields(document: Document) -> Iterator[str]:
    for name in _META:
        texts = [_without_address(text) for text in document.meta.get(name, ()) if not text.startswith("http")]
        texts = list(filter(None, texts))
        if name in _FAMILY_NAME_FIRST:
            texts = [_FAMILY_NAME.sub(r"\2 \1", text) for text in texts]
        if any(is_person(name) for text in texts for name in split_names(text)):
            yield from texts
            return
    for name, texts in document.meta.items():
        if name in _META or name.endswith(("author", "authors")):
            yield from filter(None, (_without_address(text) for text in texts if not text.startswith("http")))


def _without_address(text: str) -> str:
    """Return a name without the address to write to that is behind it or before it; nothing if there is no more."""
    if "@" not in text:
        return text
    found = _NAME_AND_ADDRESS.fullmatch(text.strip()) or _ADDRESS_AND_NAME.fullmatch(text.strip())
    return found[1].strip() if found else ""


def _microdata(document: Document) -> Iterator[str]:
    """Yield the names that microdata gives in attributes, which nobody sees."""
    for element in document.having("itemprop"):
        if element.get("itemprop") != "author" or element.get("itemtype", "").endswith("/Organization"):
            continue
        inner = (node for node in islice(element.iter("meta"), _MOST_NODES) if node.get("itemprop") == "name")
        said = element.get("content") or next((node.get("content") for node in inner), None)
        if said and not said.startswith("http") and not _is_elsewhere(element):
            yield said


def read_byline(document: Document, page_header: PageHeader, own: frozenset[str]) -> Byline:
    """Return the names in the byline that is nearest to the headline."""
    elements = [element for element, _ in head_lines(document, page_header)]
    pieces: dict[Element, list[str]] = {}
    for find in (_marked, _of_author_elements):
        for element in elements:
            if element not in pieces:
                pieces[element] = pieces_of(element, page_header.heading)
            found = find(document, element, pieces[element], own)
            if found.names and _is_of_the_article(document, element, page_header):
                return _with_linked(element, pieces[element], found)
    if (found := _dated_byline(document, page_header, elements, own)).names:
        return found
    for element in elements:
        said = pieces[element]
        names = names_in_row(element, said, own)
        found = Byline(names, False)
        if found.names and _is_of_the_article(document, element, page_header):
            return found
    known = set(elements)
    for element, _ in page_header.lines:
        is_short = document.text_length[element] <= _LONGEST_BYLINE or element in page_header.around
        if element not in known and is_short:
            found = _marked(document, element, pieces_of(element), own)
            if found.names and _is_of_the_article(document, element, page_header):
                return found
    return Byline((), False)


def _dated_byline(
    document: Document, page_header: PageHeader, elements: Iterable[Element], own: frozenset[str]
) -> Byline:
    """Return the name beside the article's date, in one line or, below the headline, in two."""
    lines = [
        (element, pieces_of(element, page_header.heading, _names_no_author))
        for element in elements
        if element.tag not in _EMPHASIS and not _shows_picture(element)
    ]
    lines = [(element, pieces) for element, pieces in lines if not (pieces and all(map(names_others, pieces)))]
    title = "" if page_header.heading is None else comparison_key(words_of(page_header.heading))
    lines = [(element, [piece for piece in said if comparison_key(piece) != title]) for element, said in lines]
    for index, (element, pieces) in enumerate(lines):
        beside = [line for _, line in (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])]
        is_after = page_header.heading is not None and document.order[element] > document.order[page_header.heading]
        if is_dated(pieces) or not is_after:
            found = _dated(element, pieces, own)
        else:
            is_row = len(pieces_of(element, page_header.heading)) > _PERSON_AND_AGENCY  # of buttons or links
            found = Byline((), False) if is_row else _beside_date(pieces, beside, own)
        if found.names and _is_of_the_article(document, element, page_header):
            return found
    return Byline((), False)


def _is_of_the_article(document: Document, element: Element, page_header: PageHeader) -> bool:
    if is_of_a_card(document, element, page_header.around):
        return False
    is_beside = element.tag in ("aside", "nav") and element.getparent() in page_header.around
    return (is_beside and is_dated(pieces_of(element))) or not _is_elsewhere(element, page_header.around)


def _marked(document: Document, element: Element, pieces: list[str], own: frozenset[str]) -> Byline:
    if _is_prose(document, element, pieces):
        return Byline((), True)
    described = _described(element, own) if element.tag == "dl" else ()
    return Byline(described or marked_names([piece for piece in pieces if not _is_long_sentence(piece)], own), True)


def _described(terms: Element, own: frozenset[str]) -> tuple[str, ...]:
    """Return the person whom a list of terms names, if the first of its terms is a word for authors."""
    first = next(terms.iter("dt"), None)
    if first is None or not marked_names([f"{words_of(first)}: Jane Doe"], own):
        return ()
    said = (words_of(each) for each in islice(terms.iter("dd"), _MOST_DESCRIBED))
    return next(((name,) for name in said if unmarked_names([name], own) == (name,)), ())


def _with_linked(element: Element, pieces: list[str], found: Byline) -> Byline:
    """Return the names with those in links of their own right behind them."""
    nodes = (node for node in islice(element.iter("a"), _MOST_NODES) if _author_kind(node) == "sure")
    linked = {words_of(node) for node in nodes}
    index = next((index for index, piece in enumerate(pieces) if piece.endswith(found.names[-1])), len(pieces))
    behind = takewhile(lambda piece: piece in linked and is_person(piece), pieces[index + 1 :])
    return Byline(in_order((*found.names, *behind)), found.is_marked)


def _is_prose(document: Document, element: Element, pieces: list[str]) -> bool:
    """Return whether a line is a sentence, such as "By noon the quay was empty, and nobody could say …"."""
    is_long = document.text_length[element] > _LONGEST_SENTENCE
    is_sentence = _ends_sentence(pieces) and max(piece.count(" ") for piece in pieces) > _WORDS_OF_A_BYLINE
    return is_long and is_sentence and not _has_line_apart(element, pieces)


def _has_line_apart(element: Element, pieces: list[str]) -> bool:
    """Return whether the sentence is a block of its own in a box with others, such as a standfirst in a header."""
    blocks = (each for each in islice(element.iter("div", "p", "h2"), 1, _MOST_NODES))
    return len(pieces) > 1 and any(words_of(each) == pieces[-1] for each in blocks) and _is_long_sentence(pieces[-1])


def _is_long_sentence(piece: str) -> bool:
    return piece.count(" ") > _WORDS_OF_A_BYLINE and _ends_sentence([piece])


def _ends_sentence(pieces: Sequence[str]) -> bool:
    return bool(pieces) and pieces[-1].endswith(SENTENCE_ENDS)


def _of_author_elements(document: Document, element: Element, pieces: list[str], own: frozenset[str]) -> Byline:
    """Return the names in the elements of a line that mark authors: properties, links to their pages, class names."""
    if _is_prose(document, element, pieces):
        return Byline((), False)
    before = ["", *pieces]
    others = " ".join(
        piece for last, piece in zip(before, pieces, strict=False) if names_others(piece) or asks_for_others(last)
    )
    found: dict[str, list[str]] = {}
    for node in islice(element.iter(), _MOST_NODES):
        length = document.text_length.get(node, 0)
        if not 2 <= length <= 110 or not (kind := _author_kind(node)) or _is_of_picture(node, element):
            continue
        if not _READ_OUT.isdisjoint((node.get("class") or "").split()):
            continue  # a label
        names = [name for name in names_of_author(without_place(pieces_of(node), node), own) if name not in others]
        names = [name for name in names if kind != "likely" or is_person(name)]
        found.setdefault(kind, []).extend(names)
    kind = next((kind for kind in ("sure", "named", "likely") if found.get(kind)), "")
    return Byline(in_order(found[kind]) if kind else (), kind in ("sure", "named"))


def _is_of_picture(node: Element, line: Element) -> bool:
    """Return whether an element of a line is below a picture: it names who took that."""
    return any(
        up.tag in ("figure", "figcaption")
        for up in takewhile(lambda each: each is not line, chain([node], node.iterancestors()))
    )


def _shows_picture(line: Element) -> bool:
    """Return whether a line has a large picture in it: its words are what that shows."""
    return any(
        (image.get("width") or "").isdecimal() and int(image.get("width") or 0) >= _LARGE
        for image in islice(line.iter("img"), 2)
    )


def _author_kind(node: Element) -> str:
    """Return how an element names an author: "sure" by property or link, "named" by class, "likely", or not at all."""
    if node.get("itemprop") == "author" or node.get("rel") == "author":
        return "sure"
    href = node.get("href") or ""
    if node.tag == "a" and (link := AUTHOR_LINK.search(href)) and not SECTION_ADDRESS.search(href):
        return "likely" if _PEOPLE_LINK.search(link[0]) else "sure"
    if node.tag == "a" and _HANDLE_LINK.match(href):
        return "likely"
    words = name_words(node)
    return "" if _BYLINE_WORDS.isdisjoint(words) or not _OF_OFFICES.isdisjoint(words) else "named"


def _dated(element: Element, pieces: list[str], own: frozenset[str]) -> Byline:
    """Return the name beside the time in a line such as "Jane Doe | 22 Nov 2026", or before an office and the time."""
    found = next(dated_names(pieces, own), ())
    if not found and len(pieces) > _PLACE_OF_DATE and is_dated(pieces[_PLACE_OF_DATE : _PLACE_OF_DATE + 1]):
        name, office = pieces[:_PLACE_OF_DATE]
        is_apart = not office[0].isupper() or next(element.iter("img"), None) is not None  # no place, no topic
        is_office = is_apart and len(office) <= _LONGEST_OFFICE and not is_dated([name, office])
        found = (name,) if is_office and is_person(name) and unmarked_names([name], own) == (name,) else ()
    return Byline(found, False)


def _beside_date(pieces: list[str], beside: Iterable[list[str]], own: frozenset[str]) -> Byline:
    """Return the name on a line of its own above or below one with a date."""
    names = unmarked_names(pieces, own) if len(pieces) == 1 and any(map(is_dated, beside)) else ()
    return Byline(names if " ".join(names) == " ".join(pieces) else (), False)


def _names_no_author(node: Element) -> bool:
    """Return whether an element of a dated line names no author: a link to a section, a label, a caption."""
    if node.tag == "figcaption":
        return True
    if _leads_to_section(node):
        pieces = pieces_of(node)
        return len(pieces) > 1 or not is_dated(pieces)  # a date may lead to the stories of its day
    names = name_words(node)
    return _LABELS.intersection(names) != frozenset() and _BYLINE_WORDS.isdisjoint(names)


def _leads_to_section(node: Element) -> bool:
    return node.tag == "a" and bool(node.get("href")) and not _author_kind(node)


def _named(document: Document, around: Collection[Element]) -> Iterator[str]:
    """Yield what is marked as an author anywhere on a page, if it names nobody otherwise."""
    for element in _likely_named(document):
        words, length = set(name_words(element)), document.text_length[element]
        if not 3 <= length <= _LONGEST_LIFE or words & (_ELSEWHERE | _OF_OFFICES) or _is_elsewhere(element, around):
            continue
        if is_of_a_card(document, element, around):
            continue
        pieces = pieces_of(element)
        if length <= _LONGEST_NAMED and not (len(pieces) > 1 and _ends_sentence(pieces)):
            is_sure = "author" in (element.get("rel"), element.get("itemprop"))
            yield words_of(element) if is_sure or not names_others(words_of(element)) else ""
        elif not _BYLINE_WORDS.isdisjoint(words) and element.tag not in ("body", "main", "article"):
            first = pieces[:1]  # a name, and the note about that person
            yield from marked_names(first, frozenset()) or unmarked_names(first, frozenset())


def _above_own_life(document: Document, around: Collection[Element]) -> str | None:
    """Return the name behind "Written by" with which the note about a person begins, in the article's own box."""
    for box in document.named(_LIVES):
        is_of_story = any(up in around and up.tag in ("article", "main") for up in box.iterancestors())
        names = marked_names(pieces_of(box)[:1], frozenset()) if is_of_story else ()
        if len(names) == 1 and is_person(names[0]) and document.text_length[box] <= _LONGEST_LIFE:
            return names[0]
    return None


def _likely_named(document: Document) -> list[Element]:
    """Return what has a part of a word for authors in its names, or is marked as one, in page order."""
    named = document.named_so(lambda names, name: "uthor" in name or any(part in names for part in _PARTS_OF_NAMES))
    marked = [e for e in document.having("itemprop", "rel") if "author" in (e.get("itemprop"), e.get("rel"))]
    return sorted({*named, *marked}, key=document.order.__getitem__)


def _is_line_of_author(part: Element) -> bool:
    """Return whether what looks like a menu is a line that marks the author."""
    if part.tag != "nav":
        return False
    marked = (each for each in islice(part.iter(), _MOST_NODES) if each.get("itemprop") == "author")
    return next(marked, None) is not None


def _is_named_elsewhere(element: Element, around: Collection[Element]) -> bool:
    """Return whether class names mean a part of the page without its author.

    The article's own footer may name them, and so may what has the names that the boxes around the heading have.
    """
    names = name_words(element)
    found = _ELSEWHERE.intersection(names) - (_OF_READERS if not OF_HEADS.isdisjoint(names) else frozenset())
    if not found or (found == {"footer"} and (not _OF_POSTS.isdisjoint(names) or _is_footer_of_head(element))):
        return False
    return not all(any(name in name_words(box) for box in around) for name in found)


def _is_footer_of_story(part: Element, around: Collection[Element]) -> bool:
    """Return whether a footer is that of the heading, or is named as the story's and is right in its article."""
    box = part.getparent()
    is_in_article = part.tag == "footer" and box is not None and box.tag == "article" and box in around
    return (is_in_article and not _OF_POSTS.isdisjoint(name_words(part))) or _is_footer_of_head(part)


def _is_footer_of_head(element: Element) -> bool:
    """Return whether a footer is that of the heading: much text follows in the same box, and none is before it."""
    if element.tag != "footer" and "footer" not in name_words(element):
        return False
    above = (each for each in element.itersiblings(preceding=True) if next(each.iter("h1"), None) is None)
    return _has_text(element.itersiblings()) and not _has_text(above)


def _has_text(elements: Iterable[Element]) -> bool:
    texts = chain.from_iterable(islice(each.itertext(), _MOST_NODES) for each in islice(elements, _MOST_PARTS))
    return any(len(str(text)) > _SHORTEST_TEXT for text in texts)


def _is_elsewhere(element: Element, around: Collection[Element] = frozenset()) -> bool:
    """Return whether it is in a part of the page that is not about this article's author.

    Args:
        element: Such as a byline.
        around: Boxes that say nothing: the article's own heading is in them.
    """
    return any(
        (up.tag in _PARTS_ELSEWHERE and not _is_line_of_author(up) and not _is_footer_of_story(up, around))
        or _is_named_elsewhere(up, around)
        for up in takewhile(lambda each: each not in around, chain([element], element.iterancestors()))
    )
