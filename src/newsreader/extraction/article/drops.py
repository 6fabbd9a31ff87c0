"""Fragments inside the article that do not belong to it: captions, lists, offers, bylines, repetitions."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise, takewhile

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.controls import box_of_answers
from newsreader.extraction.article.edges import leads_to_platforms
from newsreader.extraction.article.fragment_facts import (
    LONGEST_LABEL,
    is_call,
    is_count,
    is_linked_prose,
    is_of_a_figure,
    is_place_in_row,
    is_quoted,
    is_within,
    says_title,
)
from newsreader.extraction.article.furniture import is_question
from newsreader.extraction.article.linked_parts import is_in_sentence
from newsreader.extraction.article.platforms import leads_to_profile, shares_page
from newsreader.extraction.article.pointers import leads_elsewhere
from newsreader.extraction.article.pruning import is_embedded_post
from newsreader.extraction.article.section_headings import is_teaser
from newsreader.extraction.article.unnamed_captions import is_beside_picture
from newsreader.extraction.document import up_from, whole_text
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key
from newsreader.extraction.headlines.words import names_a_list
from newsreader.extraction.punctuation import COLONS, SENTENCE_ENDS

_PLAIN_BLOCKS = frozenset(("p", "div", "h2", "h3", "h4", "span", "section", "strong", "article", "main"))
_ROOM_BESIDE_POST = 40
_FEWEST_NOTICES = 2
_SHORTCODE = re.compile(
    r"\[(\w{3,20})\s[^\]\[]{0,300}=[^\]\[]{0,300}\].{0,300}\[/\1\]"
    r"|\{\{[^{}]{1,200}\}\}|\${2}[A-Z]{4,30}\${2}"
    r"|[\[{]{1,2} ?[A-Z]{2,20}(?:_[A-Z]{2,20}){1,5} ?[\]}]{1,2}"
)  # of a template, never filled in
_SHOWS_CODE = ("pre", "code", "samp", "kbd", "blockquote", "table", "li", "dl")
_SHORTEST_STANDFIRST, _SHORTEST_SUMMARY, _FEWEST_OTHERS = 60, 100, 3  # characters, paragraphs
_LEAST_OF_OWN_HEADING, _PARAGRAPHS_BELOW = 20, 2  # letters, paragraphs
_LAST_PART, _LONGEST_READING_TIME, _MOST_NUMBERS = 0.6, 60, 5000  # share of the text, characters, numbers
_MOSTLY_LINKED, _WORDS_OF_SENTENCE = 0.6, 8
_MOST_CRUMBS = 6
_LONGEST_NAME = 12  # characters: in a list or a table it may be what an item is about
_LAST_LINES, _LONGEST_LIFE, _MOST_NAMES = 4, 500, 4  # fragments, characters, words
_LONGEST_SHARE_LINE, _MOST_SHARED, _MOST_BESIDE_SHARED = 120, 12, 30  # characters, links, characters beside these
_LONGEST_ANSWER, _LONGEST_TEASER = 40, 300  # letters
_OF_SOURCES = re.compile(
    r"references?|quellen|literatur|sources|fuentes|fonti|bibliograph(?:y|ie)|источники|джерела|źródła",
    re.IGNORECASE,
)
_LEAST_OF_SOURCES, _MOST_OF_LINK = 2, 0.6  # items, their share
_MOST_OF_POLL = 0.3  # of the text
_LONGEST_DISCLOSURE, _LARGEST_OFFER, _MOST_IN_OFFER, _LEVELS_OF_OFFER = 80, 400, 8, 4


def drop_lists(choice: Choice) -> None:
    """Drop what is left of a list of headlines: its label, times and counts between the headlines, "more"."""
    left: set[int] = set()
    for fragments in (choice.fragments, reversed(choice.fragments)):
        is_beside = False
        for fragment in fragments:
            is_beside = fragment.index in left or (
                (is_beside or fragment.is_beside_list) and _is_left_of_a_list(fragment, choice)
            )
            if is_beside:
                left.add(fragment.index)
    for fragment in choice.kept():
        if fragment.index in left or _is_over_list(choice, fragment):
            choice.drop(fragment, "left of a list")


def _is_over_list(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a heading is that of the list of headlines right below it."""
    below = choice.fragments[fragment.index + 1 : fragment.index + 2]
    is_heading = fragment.tag in HEADINGS and fragment.length < LONGEST_LABEL and fragment.is_beside_list
    return is_heading and names_a_list(fragment.text) and all(other.is_beside_list for other in below)


def drop_by_kind(choice: Choice) -> None:
    """Drop what is known by its words or its position: captions, pointers elsewhere, calls to action."""
    kept = choice.kept()
    captions = {
        s.index for s in kept if s.length < 400 and (is_of_a_figure(s.element) or is_beside_picture(s, choice.document))
    }
    total = sum(s.length for s in kept)
    so_far = 0
    if sum(choice.fragments[i].length for i in captions) > 0.3 * total:
        captions = set()
    for fragment in kept:
        length = fragment.length
        text = fragment.text
        so_far += length
        may_be_title = fragment.tag not in ("li", "label") or _is_last_crumb(fragment)
        is_title = length < 250 and may_be_title and says_title(fragment, choice.clues.titles)
        if fragment.index in choice.sure:
            continue
        if (
            is_title
            and so_far - length < 0.2 * total
            and choice.title_above(fragment) is None
            and not _heads_section_named_in_title(choice, fragment)
        ):
            choice.drop(fragment, "title")
        elif _SHORTCODE.fullmatch(text) and not is_within(fragment, *_SHOWS_CODE) and not _is_code(fragment):
            choice.drop(fragment, "a shortcode")
        elif fragment.tag in ("p", "div", "span") and phrases.says_sold(text):
            choice.drop(fragment, "label")
        elif _are_line_numbers(fragment, choice.fragments):
            choice.drop(fragment, "numbers of lines")
        elif is_quoted(fragment):
            continue
        elif (so_far < 0.2 * total and is_count(fragment)) or is_place_in_row(fragment):
            choice.drop(fragment, "count")
        elif fragment.index in captions:
            choice.drop(fragment, "caption")
        elif length < 300 and leads_elsewhere(fragment, choice):
            choice.drop(fragment, "related")
        elif length < 300 and is_call(fragment) and not _is_over_code(choice, fragment):
            choice.drop(fragment, "call to action")
        elif _is_box_for_followers(fragment, choice):
            choice.drop(fragment, "asks readers to follow")
        elif (
            length < _LONGEST_TEASER and fragment.tag == "p" and is_teaser(fragment, choice.fragments, choice.document)
        ):
            choice.drop(fragment, "teaser")
        elif fragment.tag in _PLAIN_BLOCKS - HEADINGS and (phrases.says_sold(text) or phrases.may_say_sold(text)):
            choice.drop(fragment, "notice of an advertisement")
        elif length < _LONGEST_SHARE_LINE and _is_share_line(fragment):
            choice.drop(fragment, "share")
        elif so_far > 0.5 * total and fragment.tag in HEADINGS and phrases.OVER_COMMENTS.search(text):
            continue  # dropped later, with what is below it
        elif length < 160 and phrases.CREDIT.search(text) and not _is_over_items(choice, fragment):
            choice.drop(fragment, "credit")
        elif length < 160 and so_far - length < 0.2 * total and phrases.CREDIT_BEHIND.search(text):
            choice.drop(fragment, "caption")
        elif so_far > _LAST_PART * total and phrases.WORKERS.match(text):
            choice.drop(fragment, "who worked on it")
        elif length < _LONGEST_READING_TIME and phrases.READING_TIME.search(text) and not fragment.is_sentence:
            choice.drop(fragment, "reading time")
        elif (
            length < 60
            and so_far > 0.5 * total
            and phrases.DEAD_HEADING.search(text)
            and not _is_of_text(fragment)
            and not _heads_own_text(choice, fragment)
        ):
            choice.drop(fragment, "label")
        elif (
            fragment.link_share > 0.9
            and fragment.index not in choice.linked
            and length < 250
            and fragment.tag in _PLAIN_BLOCKS
            and not is_linked_prose(text)
            and (length > _LONGEST_NAME or not is_within(fragment, "table", "li"))
        ):
            choice.drop(fragment, "link")


def _is_of_text(fragment: Fragment) -> bool:
    """Return whether a line is an item, or a sentence without a link: it is no heading, whatever its first words."""
    return fragment.tag == "li" or (fragment.tag == "p" and fragment.text.endswith(".") and fragment.link_share == 0)


def _heads_section_named_in_title(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a heading in the text says a part of the title above, as "Our pick" of "Five lamps: our pick"."""
    words = comparison_key(fragment.text)
    above, below = (choice.fragments[place : place + 1] for place in (max(0, fragment.index - 1), fragment.index + 1))
    if fragment.tag not in HEADINGS - {"h1"} or not all(each.kept and each.is_prose for each in (*above, *below)):
        return False
    titles = (comparison_key(each.text) for each in choice.fragments[: fragment.index] if each.tag == "h1")
    return any(words != title and words in title for title in titles)


def _is_last_crumb(fragment: Fragment) -> bool:
    """Return whether an item ends a path of links: "Home › World › The title"."""
    above = list(islice(fragment.element.itersiblings(preceding=True), _MOST_CRUMBS + 1))
    is_path = 0 < len(above) <= _MOST_CRUMBS and all(item.find(".//a") is not None for item in above)
    return is_path and fragment.element.getnext() is None and fragment.element.find(".//a") is None


def _is_box_for_followers(fragment: Fragment, choice: Choice) -> bool:
    """Return whether a line in a box between paragraphs leads only to where the site is followed."""
    element = fragment.element
    if fragment.tag != "div" or not element.get("class") or not leads_to_platforms(fragment):
        return False
    beside = (element.getprevious(), element.getnext())
    is_between = any(each is not None and each.tag == "p" for each in beside)
    return is_between and all(leads_to_profile(link.get("href") or "") for link in element.iter("a"))


def _is_share_line(fragment: Fragment) -> bool:
    """Return whether a line is links by which the page is shared, with hardly a word beside them: "Share: f x"."""
    links = [link for link in islice(fragment.element.iter("a"), _MOST_SHARED + 1) if link.get("href")]
    targets = [link.get("href") or "" for link in links]
    if not 0 < len(links) <= _MOST_SHARED or not all(map(shares_page, targets)):
        return False
    if all(target.startswith("mailto:") for target in targets):  # they say whom to write to
        return False
    return fragment.length - sum(len(whole_text(link).strip()) for link in links) < _MOST_BESIDE_SHARED


def drop_polls(choice: Choice) -> None:
    """Drop a question with two or more buttons or fields to answer it, and what else is in their small box."""
    _drop_last_poll(choice)
    for fragment in choice.kept():
        if not is_question(fragment) or fragment.index in choice.sure or not fragment.kept:
            continue
        box = box_of_answers(fragment, choice.document)
        inside = [other for other in choice.kept() if box in choice.paths.of(other)] if box is not None else []
        if all(other is fragment or not other.is_prose or not other.is_sentence for other in inside):
            for other in inside:
                choice.drop(other, "a poll")


def _drop_last_poll(choice: Choice) -> None:
    """Drop a heading that asks, below the text, and the few words in lines of their own that answer it.

    A heading that asks is that of a section where the text has others of its rank.
    """
    kept = choice.kept()
    ranks = Counter(fragment.tag for fragment in kept)
    total = sum(fragment.length for fragment in kept)
    behind = 0
    for place in range(len(kept) - 1, 0, -1):
        fragment = kept[place]
        if is_question(fragment) and fragment.tag in HEADINGS and fragment.index not in choice.sure:
            answers = list(takewhile(_is_answer, kept[place + 1 :]))
            behind_answers = kept[place + 1 + len(answers) :]
            is_poll = ranks[fragment.tag] == 1 and _FEWEST_NOTICES <= len(answers) <= _MOST_IN_OFFER
            if is_poll and all(not other.is_prose or is_call(other) for other in behind_answers):
                for other in (fragment, *answers):
                    choice.drop(other, "a poll")
            return
        behind += fragment.length
        if behind > _MOST_OF_POLL * total:
            return


def _is_answer(fragment: Fragment) -> bool:
    """Return whether a line may be an answer of a poll: a few words, no sentence, no item of a list, no figures."""
    return (
        fragment.length <= _LONGEST_ANSWER
        and not fragment.text.endswith((*SENTENCE_ENDS, ";", ","))
        and ":" not in fragment.text
        and not any(map(str.isdigit, fragment.text))
        and fragment.tag in ("p", "div", "span")
    )


def _is_over_items(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a label with a colon, such as "Sources:", has a list right below it that is kept."""
    below = choice.fragments[fragment.index + 1 : fragment.index + 2]
    is_label = fragment.tag not in ("li", "td") and fragment.text.endswith(COLONS)
    return is_label and any(other.kept and other.tag == "li" for other in below)


def _is_over_code(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a line with a colon has a program or a quotation right below it, numbers of lines aside."""
    below = choice.fragments[fragment.index + 1 : fragment.index + 3]
    return fragment.text.endswith(COLONS) and any(other.kept and is_within(other, "pre") for other in below)


def _are_line_numbers(fragment: Fragment, fragments: Sequence[Fragment]) -> bool:
    """Return whether a fragment numbers the lines of the code that is beside it in a row of a table."""
    numbers = fragment.text.split()
    if fragment.index + 1 >= len(fragments) or not all(map(str.isdecimal, numbers)):
        return False
    if any(int(below) != int(above) + 1 for above, below in pairwise(numbers[:_MOST_NUMBERS])):
        return False
    code = fragments[fragment.index + 1].element
    row = next(fragment.element.iterancestors("tr"), None)
    is_beside = row is not None and any(up is row for up in islice(code.iterancestors(), 2 * _LEVELS_OF_OFFER))
    return is_beside and is_within(fragments[fragment.index + 1], "pre") and is_within(fragment, "pre")


def drop_offers(choice: Choice) -> None:
    """Drop what a box in the text offers for sale, if one of its lines says that the site is paid for it."""
    kept = choice.kept()
    for fragment in choice.fragments[kept[0].index : kept[-1].index + 1] if kept else ():
        if (
            fragment.length >= _LONGEST_DISCLOSURE
            or fragment.tag in HEADINGS
            or not phrases.PAID_FOR.search(fragment.text)
        ):
            continue
        box = _small_box(choice, fragment.element)
        for other in choice.fragments[fragment.index : fragment.index + _MOST_IN_OFFER]:
            if other is fragment or (box is not None and box in choice.paths.of(other)):
                choice.drop(other, "offer")


def _small_box(choice: Choice, element: Element) -> Element | None:
    """Return the largest box around an element that holds little more than an offer does, a link in it."""
    best: Element | None = None
    for node in islice(element.iterancestors(), _LEVELS_OF_OFFER):
        if node is choice.region or choice.document.text_length.get(node, 0) > _LARGEST_OFFER:
            break
        if choice.document.link_length.get(node, 0):
            best = node
    return best


def drop_embed_notices(choice: Choice) -> None:
    """Drop what several embedded posts say in the same words: that they no longer exist."""
    posts: dict[str, list[Fragment]] = {}
    for fragment in choice.kept():
        around = up_from(fragment.element, 3)
        post = next((each for each in around if is_embedded_post(each)), None)
        room = fragment.length + _ROOM_BESIDE_POST
        if post is not None and choice.document.text_length.get(post, 0) <= room:  # it says nothing else
            posts.setdefault(fragment.text, []).append(fragment)
    for fragments in posts.values():
        if len(fragments) >= _FEWEST_NOTICES:
            for fragment in fragments:
                choice.drop(fragment, "about posts")


def drop_missing_from_json_ld(choice: Choice) -> None:
    """Where the page gives its article's words elsewhere, and they agree with what is kept, drop the rest."""
    known = choice.clues.body_key
    if len(choice.clues.body) <= 500:
        return
    kept = choice.kept()
    total = sum(s.length for s in kept)
    agreed = {s.index for s in kept if comparison_key(s.text)[:80] in known}
    length = sum(choice.fragments[i].length for i in agreed)
    if length <= 0.75 * max(total, len(choice.clues.body)) or length >= 1.3 * len(choice.clues.body):
        return
    summary = _summary_above(choice, kept, agreed)
    for fragment in kept:
        is_plain = (
            fragment.tag in _PLAIN_BLOCKS
            and fragment.tag not in HEADINGS
            and not is_within(fragment, "blockquote", "table")
        )
        if fragment is kept[0] and _is_styled_standfirst(choice, kept):
            fragment.is_lead = True
            continue
        is_known = fragment.index in agreed or fragment.index in choice.sure or fragment.is_lead
        if _is_between(fragment, agreed) and _is_plain_sentence(fragment):
            continue  # of a text that is not given whole
        if not is_known and is_plain and fragment.length < 250 and fragment is not summary:
            choice.drop(fragment, "not in JSON-LD")


def _is_styled_standfirst(choice: Choice, kept: Sequence[Fragment]) -> bool:
    """Return whether the first paragraph has a class name, as no other has, and is no caption: words above the text."""
    first = kept[0]
    others = [fragment for fragment in kept[1:] if fragment.tag == "p"]
    if first.tag != "p" or not first.is_sentence or first.length < _SHORTEST_STANDFIRST or first.link_share > 0:
        return False
    if is_of_a_figure(first.element) or is_beside_picture(first, choice.document):
        return False
    is_own = bool(first.element.get("class")) and not any(fragment.element.get("class") for fragment in others)
    return is_own and len(others) >= _FEWEST_OTHERS


def _summary_above(choice: Choice, kept: Sequence[Fragment], agreed: set[int]) -> Fragment | None:
    """Return the paragraph right above the first of the known words, if it is one of the text by its form."""
    pairs = pairwise(other for other in kept if not other.is_lead)
    first, second = next(((above, below) for above, below in pairs if below.index in agreed), (kept[0], kept[0]))
    if first.tag != "p" or second.tag != "p" or first.element.getparent() is not second.element.getparent():
        return None
    if first.located < 0.5 or first.index in agreed or first.length < _SHORTEST_SUMMARY or first.link_share > 0:
        return None
    is_picture_text = is_of_a_figure(first.element) or is_beside_picture(first, choice.document)
    return None if is_picture_text or is_call(first) or not first.is_sentence else first


def _is_between(fragment: Fragment, indexes: set[int]) -> bool:
    """Return whether a fragment is right between two with these indexes."""
    return {fragment.index - 1, fragment.index + 1} <= indexes


def _is_plain_sentence(fragment: Fragment) -> bool:
    return fragment.tag == "p" and fragment.is_sentence and fragment.link_share == 0 and not fragment.is_marked


def drop_bylines(choice: Choice) -> None:
    """Drop the lines that say who wrote it, above the text or below."""
    for fragment in choice.kept()[-_LAST_LINES:]:
        if _is_about_a_writer(fragment):
            choice.drop(fragment, "about the author")
    authors = choice.clues.authors
    if not authors:
        return
    kept = choice.kept()
    total = sum(s.length for s in kept)
    so_far = 0
    for fragment in kept:
        so_far += fragment.length
        text = fragment.text.lower()
        is_last = fragment.index >= kept[-1].index - 4 and len(kept) > 4 and so_far > 0.7 * total
        if is_last and fragment.length < 700 and text.lstrip("–-—• ").startswith(tuple(authors)):
            choice.drop(fragment, "about the author")
        elif fragment.length < 60 and not fragment.is_sentence and any(name in text for name in authors):
            is_at_an_end = not 0.1 * total <= so_far <= 0.9 * total
            if is_at_an_end and fragment.index not in choice.sure:
                choice.drop(fragment, "byline")


def _is_about_a_writer(fragment: Fragment) -> bool:
    """Return whether a line begins with a name that is marked, and has an address to write to."""
    pieces = [(text, owner) for text, owner in fragment.pieces if text.strip()]
    if len(pieces) < 2 or fragment.length > _LONGEST_LIFE or pieces[0][1] is fragment.element:
        return False
    name, rest = pieces[0][0].split(), pieces[1][0].strip()
    is_name = 2 <= len(name) <= _MOST_NAMES and all(word[:1].isupper() for word in name) and rest[:1].islower()
    if not is_name:
        return False
    has_address = any((link.get("href") or "").startswith("mailto:") for link in fragment.element.iter("a"))
    return has_address or _has_portrait(fragment, comparison_key(pieces[0][0]))


def _has_portrait(fragment: Fragment, name: str) -> bool:
    """Return whether a picture of that name is in one box with the words, and no other words are."""
    box = fragment.element.getparent()
    if box is None or len(list(islice(box, _MOST_IN_OFFER))) == _MOST_IN_OFFER:
        return False
    return any(comparison_key(image.get("alt")) == name for image in islice(box.iter("img"), _MOST_NAMES))


def drop_dead_sections(choice: Choice) -> None:
    """Drop a heading such as "Related" in the second half, and what follows it up to the article's own text."""
    kept = choice.kept()
    total = sum(s.length for s in kept)
    so_far = 0
    for index, fragment in enumerate(kept):
        is_dead = fragment.tag in HEADINGS and fragment.length < 80 and _is_dead_heading(fragment.text)
        is_dead = is_dead and not _heads_own_text(choice, fragment)
        if is_dead and fragment.kept and fragment.index not in choice.sure and so_far > 0.5 * total:
            choice.drop(fragment, "dead heading")
            is_final = any(found.search(fragment.text) for found in (phrases.FINAL_HEADING, phrases.OVER_COMMENTS))
            for follower in kept[index + 1 :]:
                is_live = follower.tag in HEADINGS and follower.tag <= fragment.tag
                if is_live and not phrases.DEAD_HEADING.search(follower.text):
                    break
                is_text = follower.length >= 100 and follower.is_sentence and follower.link_share < 0.3
                if not is_final and is_text:
                    break
                if follower.index in choice.sure and follower.tag not in HEADINGS:
                    continue
                choice.drop(follower, "dead section")
        so_far += fragment.length


def _heads_sources(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a heading such as "References" is right over items that are kept, and say more than a link."""
    if fragment.tag not in HEADINGS or not _OF_SOURCES.fullmatch(fragment.text.strip(" :.")):
        return False
    below = choice.fragments[fragment.index + 1 : fragment.index + 1 + _LEAST_OF_SOURCES]
    return len(below) == _LEAST_OF_SOURCES and all(
        each.kept and each.tag == "li" and each.link_share < _MOST_OF_LINK and each.length >= _LEAST_OF_OWN_HEADING
        for each in below
    )


def _heads_own_text(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a heading of several words has one of its rank above it, and paragraphs right below, unlinked.

    One that only begins like the label of a list, such as "Related finds of the region", is one of the text.
    """
    if _heads_sources(choice, fragment):
        return True
    if fragment.tag not in HEADINGS or fragment.length < _LEAST_OF_OWN_HEADING or fragment.link_share > 0:
        return False
    if phrases.FINAL_HEADING.search(fragment.text) or phrases.OVER_COMMENTS.search(fragment.text):
        return False
    box = fragment.element.getparent()
    above = choice.fragments[: fragment.index]
    has_row = any(other.kept and other.tag == fragment.tag and other.element.getparent() is box for other in above)
    below = choice.fragments[fragment.index + 1 : fragment.index + 1 + _PARAGRAPHS_BELOW]
    return (
        has_row
        and len(below) == _PARAGRAPHS_BELOW
        and all(
            other.kept
            and other.tag == "p"
            and other.link_share == 0
            and other.is_sentence
            and other.length >= 80
            and other.element.getparent() is box
            for other in below
        )
    )


def _is_of_a_paragraph(fragment: Fragment, choice: Choice) -> bool:
    """Return whether a line ends a sentence of many words, or continues a paragraph whose first line is kept."""
    if fragment.is_sentence and len(fragment.text.split()) >= _WORDS_OF_SENTENCE:
        return True
    above = choice.fragments[max(0, fragment.index - 1)]
    return above is not fragment and above.element is fragment.element and above.kept


def _is_code(fragment: Fragment) -> bool:
    """Return whether all words of a fragment are in an element for code."""
    return next(fragment.element.iter("code", "samp", "kbd"), None) is not None


def _is_dead_heading(text: str) -> bool:
    return any(found.search(text) for found in (phrases.DEAD_HEADING, phrases.OVER_COMMENTS))


def _is_left_of_a_list(fragment: Fragment, choice: Choice) -> bool:
    """Return whether words beside a list of headlines belong to it."""
    document = choice.document
    if fragment.length >= 80 or fragment.tag in HEADINGS or is_quoted(fragment):
        return False
    if any(is_in_sentence(link, document) for link in islice(fragment.element.iter("a"), 1)):
        return False
    words = fragment.text.split()
    linked, length = document.link_length.get(fragment.element, 0), document.text_length.get(fragment.element, 0)
    if fragment.tag == "p" and linked == 0 and _is_of_a_paragraph(fragment, choice):
        return False
    if fragment.tag == "p" and fragment.link_share == 0 and linked > _MOSTLY_LINKED * length:  # between its headlines
        return True
    numbers = sum(word[0].isdigit() for word in words)
    return fragment.link_share > 0.5 or 2 * numbers >= len(words) or names_a_list(fragment.text)
