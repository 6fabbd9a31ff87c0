"""Questions with their answers stay with a text, whatever folds them; what only asks does not."""

import pytest
from lxml import html

from newsreader.extraction.article.toggles import is_toggle
from newsreader.extraction.metadata.names import split_names
from newsreader.extraction.page import parse_page

TITLE = "How the village keeps its bees through the winter"
TEXT = "".join(
    f"<p>In the {which} week the keepers close the hives with straw and weigh each of them by hand, and what they read "
    "from the scale goes into a book that hangs behind the door of the chapel.</p>"
    for which in ("first", "second", "third", "fourth", "fifth")
)
ASKED = ("Do the bees sleep all winter?", "Who feeds them when the honey ends?", "May visitors open a hive?")
ANSWERS = (
    "They do not sleep, they hang together and take turns at the warm middle of the cluster until March.",
    "The school does, with sugar that the shop gives at cost, and never on days with frost.",
    "Nobody may, because a hive that is opened in the cold loses a week of warmth in a minute.",
)


def text_of(behind: str) -> str:
    page = f"<html lang=en><head><title>{TITLE}</title></head><body><main><article><h1>{TITLE}</h1>{TEXT}</article>"
    article = parse_page(f"{page}{behind}</main></body></html>".encode(), "https://bees.example/2026/11/winter").article
    assert article is not None
    return article.text


ROWS = (
    "<div class=row><h3>{}</h3><div class=said><div>{}</div></div></div>",
    "<details><summary>{}</summary><p>{}</p></details>",
    "<div class=item><button><span>{}</span></button><div class=panel><p>{}</p></div></div>",
    '<div class=item><div role=button class=top><h4>{}</h4></div><div class="bottom"><p>{}</p></div></div>',
)


@pytest.mark.parametrize("row", ROWS)
def test_answered_questions_in_a_box_behind_the_text_are_of_it(row: str) -> None:
    rows = "".join(row.format(asked, answer) for asked, answer in zip(ASKED, ANSWERS, strict=True))
    text = text_of(f"<section class=more><h2>What people ask</h2><div class=rows>{rows}</div></section>")
    assert [words for words in ("What people ask", *ASKED, *ANSWERS) if words not in text] == []


def test_questions_that_are_links_to_other_pages_are_not() -> None:
    rows = "".join(
        f"<div><h3><a href='/q/{n}'>{asked}</a></h3><p>{ANSWERS[n]}</p></div>" for n, asked in enumerate(ASKED)
    )
    assert not any(asked in text_of(f"<section>{rows}</section>") for asked in ASKED)


@pytest.mark.parametrize(
    ("markup", "unfolds"),
    [
        (f"<div><button>{ASKED[0]}</button><div>{ANSWERS[0]}</div></div>", True),
        (f"<div><button aria-expanded=false>How bees sleep</button><p>{ANSWERS[0]}</p></div>", True),
        (f"<div><button aria-controls=menu>Menu</button><p>{ANSWERS[0]}</p></div>", False),
        ("<div><button>Is it warm?</button><button>Yes</button><button>No</button></div>", False),
        (f"<div><button>Send the letter now</button><p>{ANSWERS[0]}</p></div>", False),
    ],
)
def test_a_button_unfolds_text_where_it_asks_or_says_so_above_running_text(markup: str, unfolds: bool) -> None:
    button = html.fragment_fromstring(markup).find("button")
    assert button is not None
    assert is_toggle(button) is unfolds


def test_a_poll_whose_answers_only_act_as_buttons_is_left_out() -> None:
    poll = "<div><p>Have you ever kept bees?</p><div role=radio>Yes, I have</div><div role=radio>No, never</div></div>"
    text = text_of("").strip()
    assert text_of(poll) == text


def test_the_place_that_a_story_comes_from_is_no_lead() -> None:
    page = (
        f"<html lang=en><head><title>{TITLE}</title></head><body><article><header><h1>{TITLE}</h1></header>"
        f"<div class=place><b>Upper Marsh:</b></div><div class=story>{TEXT}</div></article></body></html>"
    )
    article = parse_page(page.encode(), "https://bees.example/2026/11/winter").article
    assert article is not None
    assert article.lead is None


def lead_and_text(head: str, behind: str = "", box: str = "<div>{}</div>") -> tuple[str | None, str]:
    inner = box.format(f"<h1>{TITLE}</h1>{head}{TEXT}{behind}")
    page = f"<html lang=en><head><title>{TITLE}</title></head><body><div>{inner}</div></body></html>"
    article = parse_page(page.encode(), "https://bees.example/2026/11/winter").article
    assert article is not None
    return article.lead, article.text


COLUMN = "<table><tr><td><a href=/>Home</a></td><td>{}</td></tr></table>"


@pytest.mark.parametrize("box", ["<div>{}</div>", COLUMN])
@pytest.mark.parametrize(
    "behind",
    [
        "<h4>Which bee is the best?</h4><ul><li>The dark one</li><li>The old one</li><li>All of them</li></ul>",
        "<div><b>Do you like honey?</b><br><a href='#a'>Yes</a> <a href='#b'>No</a> <a href='#c'>At times</a></div>",
    ],
)
def test_a_poll_without_buttons_ends_no_text(box: str, behind: str) -> None:
    assert lead_and_text("", behind, box) == lead_and_text("", "", box)


@pytest.mark.parametrize(
    "head", ["<div>Text: <a href='/author/mp'>Maud Pennick</a></div>", "<p>Tell friends<button>X</button></p>"]
)
def test_what_is_left_of_a_byline_or_of_buttons_is_neither_lead_nor_text(head: str) -> None:
    assert lead_and_text(head) == lead_and_text("")


def test_a_long_heading_above_the_text_is_its_lead_though_sections_have_such_headings() -> None:
    lead = "The keepers weigh the hives by hand and write down what they read in a book behind the door"
    assert lead_and_text(f"<p>12 November 2026</p><h3>{lead}</h3>", f"<h3>Spring</h3>{TEXT}")[0] == lead
    assert lead_and_text("<p>12 November 2026</p><h3>Autumn weeks</h3>", f"<h3>Spring</h3>{TEXT}")[0] is None


def test_the_sign_of_copyright_begins_no_name() -> None:
    assert split_names("© Harbour Post") == ()


def test_questions_in_links_that_lead_nowhere_are_no_links() -> None:
    rows = "".join(
        f"<div><div role=button aria-controls=a{n}><a tabindex=0>{asked}</a></div>"
        f"<div id=a{n}><p>{answer}</p></div></div>"
        for n, (asked, answer) in enumerate(zip(ASKED, ANSWERS, strict=True))
    )
    text = text_of(f"<div><h2>Questions</h2></div><div>{rows}</div>")
    assert all(words in text for words in (*ASKED, *ANSWERS))


FOLDED = (
    '<div class="fold fold_item_{n} {state}"><h3 class="fold_title">{asked}</h3>'
    '<div class="fold_words"><p>{answer}</p></div></div>'
)
GERMAN = (
    ("Schlafen die Bienen im Winter?", "Sie schlafen nicht, sie hängen aneinander und wechseln sich in der Mitte ab."),
    (
        "Wer füttert sie, wenn der Honig ausgeht?",
        "Die Schule, mit Zucker zum Einkaufspreis, und nie an Tagen mit Frost.",
    ),
)
FRENCH = (
    (
        "Les abeilles dorment-elles ?",
        "Elles ne dorment pas, elles se serrent et passent tour à tour au milieu du cercle.",
    ),
    (
        "Qui les nourrit en hiver ?",
        "L'école, avec du sucre que le magasin donne à prix coûtant, jamais les jours de gel.",
    ),
)


def folds(pairs: tuple[tuple[str, str], ...]) -> str:
    states = ("fold_open", "fold_closed", "fold_closed")
    return "".join(
        FOLDED.format(n=n, state=state, asked=asked, answer=answer)
        for n, ((asked, answer), state) in enumerate(zip(pairs, states, strict=False))
    )


def text_in_sections(*sections: str) -> str:
    """Return the text of a page that is built of sections and marks no article."""
    parts = (f'<div class="part part_{n}"><div class="cell">{words}</div></div>' for n, words in enumerate(sections))
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{''.join(parts)}</body></html>"
    article = parse_page(page.encode(), "https://bees.example/2026/11/winter").article
    assert article is not None
    return article.text


@pytest.mark.parametrize("pairs", [GERMAN, FRENCH, tuple(zip(ASKED, ANSWERS, strict=True))])
def test_a_row_of_which_one_is_open_is_one_row(pairs: tuple[tuple[str, str], ...]) -> None:
    text = text_of(f"<section><h2>What people ask</h2>{folds(pairs)}</section>")
    assert [words for pair in pairs for words in pair if words not in text] == []


@pytest.mark.parametrize("pairs", [GERMAN, FRENCH])
def test_questions_below_a_heading_of_the_text_are_of_it_wherever_they_are(pairs: tuple[tuple[str, str], ...]) -> None:
    text = text_in_sections(f"{TEXT}<h2>What people ask</h2>", f'<div class="folds">{folds(pairs)}</div>')
    assert [words for pair in pairs for words in pair if words not in text] == []


def test_questions_elsewhere_on_a_page_are_not() -> None:
    text = text_in_sections(TEXT, "<p>Shop</p>", f'<div class="folds"><h2>Orders</h2>{folds(GERMAN)}</div>')
    assert not any(asked in text for asked, _ in GERMAN)


@pytest.mark.parametrize("pairs", [GERMAN, FRENCH])
def test_what_is_below_the_last_answer_is_no_part_of_it(pairs: tuple[tuple[str, str], ...]) -> None:
    below = "<div><div>Honey is changing the way in which we eat.</div><div>A guide for keepers</div></div>"
    text = text_of(f"<section><h2>What people ask</h2>{folds(pairs)}</section><section>{below}</section>")
    assert pairs[0][1] in text
    assert "Honey is changing" not in text


@pytest.mark.parametrize(
    "rest", ["<ul><li>straw</li><li>sugar water</li></ul>", "<div>Straw keeps the warmth, more than wool.</div>"]
)
def test_the_last_answer_may_have_another_form(rest: str) -> None:
    last = f'<div class="fold"><h3 class="fold_title">What helps?</h3><div><p>{ANSWERS[0]}</p>{rest}</div></div>'
    text = text_of(f"<section><h2>What people ask</h2>{folds(GERMAN)}{last}</section>")
    assert ANSWERS[0] in text
    assert "traw" in text.partition(ANSWERS[0])[2]
