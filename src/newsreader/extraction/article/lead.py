"""The lead, apart from the body: between the title and the body, and set apart from it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.controls import is_in_box_of_buttons, is_near_controls
from newsreader.extraction.article.fragment_facts import (
    LONGEST_LABEL,
    WORDS_OF_A_LABEL,
    header_around,
    is_alone,
    is_call,
    is_of_a_figure,
    prose_weights,
    says_title,
    signature_of,
)
from newsreader.extraction.article.furniture import is_byline, is_furniture, is_heading, names_around
from newsreader.extraction.article.standfirst import TextHead, find_standfirst, is_named_standfirst, is_styled
from newsreader.extraction.article.unnamed_captions import is_beside_picture
from newsreader.extraction.document import up_from, whole_text
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key
from newsreader.extraction.punctuation import COLONS

_FEWEST_ALIKE = 3
_MOST_HEADLINES = 20
_FEWEST_LABELS, _LONGEST_ITEM = 2, 120  # paragraphs, characters
_LEAST_SHARED, _SHARE_OF_HEADLINE = 15, 0.25  # letters at the beginning, their share
_MOST_NAMED = 0.3  # of the text; where more is named as a standfirst, that says nothing
_FARTHEST_TITLE, _LONGEST_BETWEEN = 15, 450  # fragments; characters of prose, as a standfirst has
_LONGEST_CAPTION = 200  # characters
_PLAYER_NAMES = phrases.words("media player video")


def find_lead(choice: Choice) -> None:
    """Separate the standfirst from the body: it is between the title and the body, and is set apart from it."""
    kept = choice.kept()
    if not kept:
        return
    weights = prose_weights(kept)
    total = max(1, sum(weights.values()))
    body = _beginning(kept, weights, total)
    shown = list(_titles_before(choice, body))
    named = None if shown else _headline(choice)
    title = shown[-1].index if shown else _last_above(choice, named, body)
    frame = choice.frame
    if title is not None:
        body = _behind_byline(choice, title, body)
        start = max(title + 1, body - 25)
    else:
        frame = next(choice.frame.iterancestors("article"), choice.frame)
        start = max(0, body - 8) if frame is not choice.document.body else body
    is_shown = bool(shown) and comparison_key(shown[-1].text) in choice.clues.named_titles
    headline = None if is_shown else named if named is not None else _headline(choice)
    labels = sum(_is_bold_label(s) for s in kept if s.index > body)
    fragments = [s for s in choice.fragments[start:body] if title is not None or _is_in_frame(choice, frame, s)]
    inside = [s for s in kept if s.index > body]
    head = TextHead(
        fragments,
        choice.fragments[body],
        title=title is not None and start == title + 1,
        likeness=lambda fragment: (
            (weights[signature_of(fragment)] - (fragment.length if fragment.is_prose else 0)) / total
        ),
        is_refused=lambda fragment: (
            _is_with_title(choice, fragment, shown)
            or _cannot_be_lead(choice, fragment)
            or _is_above(choice, fragment, headline)
            or (labels >= _FEWEST_LABELS and _is_bold_label(fragment))
            or _heads_a_section(choice, fragment, fragments)
        ),
        has_picture_between=choice.has_picture_between,
        headings={s.tag for s in inside if s.tag in HEADINGS},
        longest_heading=max((s.length for s in inside if s.tag in HEADINGS), default=0),
        marked=any(s.is_prose and s.is_marked for s in inside),
    )
    for fragment in find_standfirst(head, choice.clues):
        choice.keep(fragment, "lead")
        fragment.is_lead = True


def _is_in_frame(choice: Choice, frame: Element, fragment: Fragment) -> bool:
    """Return whether words are in the frame of the text; in the article around that, only lines that head nothing."""
    path = choice.paths.of(fragment)
    return choice.frame in path or (frame in path and not is_heading(fragment))


def _last_above(choice: Choice, headline: Element | None, body: int) -> int | None:
    """Return the index of the last fragment above a headline that was left out with its box; -1 if it is the first."""
    if headline is None:
        return None
    position = choice.document.order[headline]
    first = next((each.index for each in choice.fragments[: body + 1] if each.position > position), None)
    return None if first is None or first + _FARTHEST_TITLE < body else first - 1


def _headline(choice: Choice) -> Element | None:
    """Return the first heading of the first rank that has the title which the page's head names."""
    headings = islice(choice.document.elements("h1"), _MOST_HEADLINES)
    named = (each for each in headings if comparison_key(whole_text(each)) in choice.clues.named_titles)
    return next((each for each in named if each in choice.document.order), None)


def _is_above(choice: Choice, fragment: Fragment, headline: Element | None) -> bool:
    """Return whether words are above the headline and in another box, as what a site says of its section is."""
    if headline is None or fragment.position > choice.document.order[headline]:
        return False
    return headline.getparent() not in choice.paths.of(fragment)


def _behind_byline(choice: Choice, title: int, body: int) -> int:
    """Return where the body begins: after a single line between the title and the line with the date."""
    if body > title + 4 or any(fragment.is_prose for fragment in choice.fragments[title + 1 : body]):
        return body
    is_sentence = choice.fragments[body].is_sentence
    for fragment in choice.fragments[body + 1 : body + 5]:
        if is_byline(fragment) or (not is_sentence and is_furniture(fragment)):
            return next((s.index for s in choice.kept() if s.index > fragment.index and s.is_prose), body)
        if fragment.is_prose:
            break
    return body


def _titles_before(choice: Choice, body: int) -> Iterator[Fragment]:
    """Yield where the title is above the text, from below: a caption that repeats it too, and the heading at last."""
    for fragment in reversed(choice.fragments[:body]):
        if fragment.tag == "h1" or _has_title(choice, fragment):
            yield fragment
            above = choice.title_above(fragment) or _same_title_above(choice, fragment)
            if above is not None:
                yield above
            return


def _is_with_title(choice: Choice, fragment: Fragment, shown: Sequence[Fragment]) -> bool:
    """Return whether a line shows the title again, or is between a picture and the caption that does."""
    if not shown:
        return False
    lower, title = shown[0], shown[-1]
    if comparison_key(fragment.text) == comparison_key(title.text):
        return True
    is_above = title.index < fragment.index < lower.index
    return is_above and choice.has_picture_between(title, fragment) and not choice.has_picture_between(fragment, lower)


def _has_title(choice: Choice, fragment: Fragment) -> bool:
    return 20 < fragment.length < 400 and says_title(fragment, choice.clues.titles)


def _same_title_above(choice: Choice, fragment: Fragment) -> Fragment | None:
    """Return what shows the same title further up, before any text: the lower one may be the caption of a picture."""
    key, between, found = comparison_key(fragment.text), 0, None
    for other in reversed(choice.fragments[max(0, fragment.index - _FARTHEST_TITLE) : fragment.index]):
        if comparison_key(other.text) == key:
            found = other
        elif other.is_prose:
            between += other.length
        if between > _LONGEST_BETWEEN or (other.tag == "h1" and other is not found):
            break
    return found


def _cannot_be_lead(choice: Choice, fragment: Fragment) -> bool:
    item = next(fragment.element.iterancestors("li"), None)
    if fragment.index in choice.entries or (item is not None and next(item.iter("h1"), None) is None):
        return True  # of a list, such as one of pictures
    if fragment.tag == "td" and not is_alone(fragment.element) and next(fragment.element.iter("h1"), None) is None:
        return True  # a cell of a table, not the column of the article
    if not is_named_standfirst(fragment) and is_beside_picture(fragment, choice.document):
        return True
    if _is_other_headline(choice, fragment):
        return True
    if is_of_a_figure(fragment.element) or _ends_in_credit(fragment) or fragment.reason == "title":
        return True
    if not _PLAYER_NAMES.isdisjoint(names_around(fragment)):
        return True
    if phrases.RELATED.search(fragment.text) or phrases.EMBED_NOTICE.search(fragment.text) or is_call(fragment):
        return True
    is_label = (
        fragment.length < LONGEST_LABEL and fragment.text.count(" ") < WORDS_OF_A_LABEL and not fragment.is_sentence
    )
    if _is_labelled_fact(fragment):
        return True
    if fragment.tag == "div" and is_in_box_of_buttons(fragment, choice.document):
        return True
    if is_label and (choice.is_among_links(fragment) or is_near_controls(fragment, choice.document)):
        return True
    return fragment.length < 120 and any(name in fragment.text.lower() for name in choice.clues.authors)


def _is_labelled_fact(fragment: Fragment) -> bool:
    """Return whether a line is a label in bold, with a colon, and a few words: "Media contact: Press desk"."""
    if fragment.is_sentence or fragment.length > _LONGEST_ITEM:
        return False
    said, owner = next((text.strip(), owner) for text, owner in fragment.pieces if text.strip())
    is_bold = any(each.tag in ("b", "strong") for each in up_from(owner, _FEWEST_LABELS))
    return is_bold and said.endswith(COLONS) and len(said) < LONGEST_LABEL


def _ends_in_credit(fragment: Fragment) -> bool:
    """Return whether a line says who took a picture, alone or behind what the picture shows."""
    is_short = fragment.length < _LONGEST_CAPTION
    return phrases.CREDIT.search(fragment.text) is not None or (
        is_short and phrases.CREDIT_BEHIND.search(fragment.text) is not None
    )


def _is_bold_label(fragment: Fragment) -> bool:
    """Return whether a paragraph is a few bold words, as where the items of a text are headed so."""
    is_short = fragment.length < _LONGEST_ITEM and not fragment.is_sentence
    return fragment.tag == "p" and is_short and fragment.is_marked


def _heads_a_section(choice: Choice, fragment: Fragment, above: Sequence[Fragment]) -> bool:
    """Return whether it is one of a row of headings, below a sentence of the text."""
    if fragment.index not in choice.sure or fragment.tag not in HEADINGS:
        return False
    return any(other.index < fragment.index and other.kept and other.is_prose and other.is_sentence for other in above)


def _is_other_headline(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a heading begins as the title does: it is another headline of the same text."""
    if fragment.tag not in HEADINGS or fragment.is_sentence:
        return False
    own = comparison_key(fragment.text)
    shared = own[: max(_LEAST_SHARED, round(_SHARE_OF_HEADLINE * len(own)))]
    return len(shared) >= _LEAST_SHARED and any(title.startswith(shared) for title in choice.clues.titles)


def _is_beside_title(fragment: Fragment) -> bool:
    """Return whether words are in a header with the heading of the first rank."""
    header = header_around(fragment)
    return header is not None and next(header.iter("h1"), None) is not None


def _beginning(kept: Sequence[Fragment], weights: Counter[tuple[str, str | None, str | None]], total: int) -> int:
    """Return the index of the first fragment that is like the others of the text, not a heading or a line in bold."""
    unheaded = [s for s in kept if s.is_prose and s.tag not in HEADINGS]
    prose = [s for s in unheaded if not s.is_marked]
    if not prose and kept[0].tag in HEADINGS:  # the text is all in one element, such as a `<span>`
        prose = unheaded
    prose = [s for s in prose if not _is_beside_title(s)] or prose
    named = [s for s in prose if is_named_standfirst(s)]
    if sum(s.length for s in named) < _MOST_NAMED * sum(s.length for s in prose):
        prose = [s for s in prose if s not in named]
    if len(prose) > _FEWEST_ALIKE and is_styled(prose[0], prose[1:]):
        prose = prose[1:]
    alike = (s.index for s in prose if weights[signature_of(s)] - s.length > 0.15 * total)
    return next(alike, prose[0].index if prose else kept[0].index)
