"""Parts of a text that are apart from the rest: boxes in a row, summaries above it, teasers of others below it."""

import pytest

from newsreader.extraction.page import parse_page
from newsreader.models import Article

URL = "https://ferry.example/2026/11/12/the-ferry-that-waits.html"
TITLE = "The ferry that waits for the last bus"
TEXT = (
    "The ferry across the sound leaves when the last bus has come, whatever the timetable says, and has done so since "
    "the winter in which a schoolgirl was left on the pier.",
    "Its captain has a lamp at the bend of the road, which the driver of the bus switches on as he passes; until it "
    "burns, she drinks her tea and nobody complains.",
    "The county wanted to put an end to it last spring, because the boat was eleven minutes late on average and its "
    "fuel is paid by the hour.",
    "At the meeting in the parish hall two hundred people stood up one after the other and told for whom the boat had "
    "once waited, until the county gave in.",
)
SUMMARY = (
    "A boat that keeps no timetable was to be made punctual; then two hundred people told the county for whom it had "
    "waited over the years."
)
FIRST, SECOND, THIRD, LAST = (f"<p>{text}</p>" for text in TEXT)
DANISH = (
    "Færgen venter på den sidste bus, også når klokken er mange, for sådan har det været siden den vinter, hvor en "
    "pige stod alene tilbage på molen i sne og blæst.",
    "Amtet ville gerne have orden i sagerne og en køreplan, der holder, men to hundrede mennesker rejste sig i "
    "forsamlingshuset og fortalte, hvem båden engang havde ventet på.",
)
POLISH = (
    "Prom czeka na ostatni autobus, nawet gdy jest już późno, i robi tak od tej zimy, w której uczennica została sama "
    "na pomoście, a śnieg zasypał drogę do wsi.",
    "Powiat chciał z tym skończyć wiosną, ale dwustu ludzi wstało w sali gminnej i opowiedziało, na kogo statek "
    "kiedyś czekał, aż urzędnicy ustąpili.",
)


def page(body: str, head: str = "") -> bytes:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Sound</title>'
        f'<meta property="og:title" content="{TITLE}">{head}</head><body>{body}</body></html>'
    ).encode()


def article_of(body: str, head: str = "") -> Article:
    article = parse_page(page(body, head), URL, "text/html; charset=utf-8").article
    assert article is not None
    return article


def box(*inside: str, name: str = "strip wide-text") -> str:
    words = "".join(inside)
    return f'<div class="{name}"><div class="frame"><div class="row"><div class="col">{words}</div></div></div></div>'


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


FIGURES = '<div class="strip figures"><table><tr><th>Length</th><td>31 m</td></tr></table></div>'
BOX_OF_TEXT = box(FIRST, SECOND, THIRD, LAST)


@pytest.mark.parametrize(
    ("after", "wanted"),
    [
        (FIGURES + box("<h2>Og på den anden side</h2>", paragraphs(*DANISH)), DANISH),
        (box(paragraphs(*POLISH)), POLISH),
        (FIGURES + box(paragraphs(DANISH[0])) + FIGURES + box("<h2>Po drugiej stronie</h2>", paragraphs(*POLISH)),
         (DANISH[0], *POLISH)),
    ],
    ids=["behind a table", "right below", "two boxes"],
)  # fmt: skip
def test_a_text_in_several_boxes_of_one_form_is_read_whole(after: str, wanted: tuple[str, ...]) -> None:
    article = article_of(f"<h1>{TITLE}</h1>{BOX_OF_TEXT}{after}")
    lines = article.text.split("\n\n")
    assert [line for line in lines if line in TEXT + wanted] == [*TEXT, *wanted]


@pytest.mark.parametrize(
    ("after", "unwanted"),
    [
        (box('<h2><a href="/2026/11/11/molen.html">Molen skal males</a></h2>', paragraphs(*DANISH)), DANISH[0]),
        (box("<h1>Nowy pomost</h1>", paragraphs(*POLISH)), POLISH[0]),
        (box("<h2>About the author</h2>", paragraphs(DANISH[1])), DANISH[1]),
        (box(f"<ul><li>2 hours ago</li><li>{POLISH[0]}</li><li>3 hours ago</li><li>{POLISH[1]}</li></ul>"), POLISH[0]),
        (box(f'<p style="font-size: 11px">{DANISH[0]}</p>'), DANISH[0]),
        (box(f'<div class="offer"><i></i><p>{DANISH[0]}</p></div><div class="offer"><i></i><p>{DANISH[1]}</p></div>'),
         DANISH[1]),
    ],
    ids=["another story", "another page's headline", "the author", "short news", "small print", "offers"],
)  # fmt: skip
def test_a_box_of_the_same_name_that_holds_something_else_is_left(after: str, unwanted: str) -> None:
    text = article_of(f"<h1>{TITLE}</h1>{BOX_OF_TEXT}{after}").text
    assert TEXT[-1] in text
    assert unwanted not in text


def known_body(*texts: str) -> str:
    words = " ".join((*texts, *DANISH)).replace('"', "'")
    return (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "'
        + TITLE
        + '", "articleBody": "'
        + words
        + '"}</script>'
    )


ALL = paragraphs(*TEXT, *DANISH)
TOOLS = '<div><a href="/a">Ada Holm</a></div><div><time>12 November 2026</time></div>'


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f"<main><h1>{TITLE}</h1><article><p>{SUMMARY}</p>{ALL}</article></main>", known_body(*TEXT)),
        (f"<section><div><div>Coast</div><h1>{TITLE}</h1><div>{SUMMARY}</div>{TOOLS}</div></section>"
         f"<section><article><div><h1>{TITLE}</h1></div><div>{ALL}</div></article></section>", ""),
        (f"<div><div>Coast</div><h1>{TITLE}</h1><div>{SUMMARY}</div></div><main><article><h1>{TITLE}</h1>"
         f"<h1>{TITLE}</h1><div>{ALL}</div></article></main>", ""),
        (f'<main><header><nav><a href="/sea">By the sea and on the islands</a> <a href="/all">All the stories of the '
         f"boats, of their captains and of those who wait for them on the pier in the rain</a></nav><h1>{TITLE}</h1>"
         f"<h2>It was to be made punctual</h2></header><article>{ALL}</article></main>", ""),
        (f"<article><div><header><h2>Sound, a boat</h2><p>12 November 2026, 17:20</p></header>"
         f'<div class="a1"><p class="b2">{SUMMARY}</p></div><p class="c3">By Ada Holm</p>'
         f'<div itemprop="articleBody">{ALL}</div></div></article>', ""),
    ],
    ids=["missing from JSON-LD", "between two headlines", "above three", "in a header",
         "outside of the body"],
)  # fmt: skip
def test_a_summary_above_the_text_is_kept(body: str, head: str) -> None:
    article = article_of(body, head)
    summary = "It was to be made punctual" if "made punctual</h2>" in body else SUMMARY
    assert summary in f"{article.lead}\n\n{article.text}"
    assert set(TEXT) <= set(article.text.split("\n\n"))


@pytest.mark.parametrize(
    ("body", "head", "unwanted"),
    [
        (f'<main><h1>{TITLE}</h1><article><p>Subscribe to our newsletter about the boats of the sound, which comes on '
         f"Fridays before the last one has left the pier.</p>{ALL}</article></main>", known_body(*TEXT), "newsletter"),
        (f'<main><h1>{TITLE}</h1><article><img src="/b.jpg" alt="A boat"><p>The boat at the pier on the evening on '
         f"which it waited for the bus from the north. Photo: Ada Holm / Sound.</p>{ALL}</article></main>",
         known_body(*TEXT), "Ada Holm / Sound"),
        (f"<header><h1>{TITLE}</h1></header><main><article>{ALL}</article></main>"
         f'<header><a href="/"><h1>Sound and all that goes on beside it</h1></a><p>News of the coast, every day of the '
         f"year</p></header>", "", "News of the coast"),
        (f"<article><div><header><h2>Sound, a boat</h2><p>12 November 2026, 17:20</p></header>"
         f'<div itemprop="articleBody">{ALL}</div></div></article>', "", "Sound, a boat"),
    ],
    ids=["a call", "a caption", "the site's own header", "a headline in other words"],
)  # fmt: skip
def test_words_above_or_below_that_sum_nothing_up_are_left(body: str, head: str, unwanted: str) -> None:
    article = article_of(body, head)
    assert unwanted not in f"{article.lead}\n\n{article.text}"
    assert set(TEXT) <= set(article.text.split("\n\n"))


@pytest.mark.parametrize("name", ["visually-hidden", "sr-only", "screen-reader-text x"])
def test_a_heading_that_no_browser_shows_is_left_out(name: str) -> None:
    heading = f'<h2 class="{name}">What the article says</h2>'
    above = f'<header><h1>{TITLE}</h1><p class="subtitle">{SUMMARY}</p></header>'
    below = f"<section><h3>The county</h3>{SECOND}</section><section><h3>Who waits</h3>{THIRD}{LAST}</section>"
    body = f"<main><article>{above}<section>{heading}{FIRST}</section>{below}</article></main>"
    article = article_of(body)
    assert "What the article says" not in f"{article.lead}\n\n{article.text}"


@pytest.mark.parametrize(
    "heading",
    [
        '<h2>På den anden side <span class="sr-only">(afsnit)</span></h2>',
        '<h2 class="reader-letter">På den anden side</h2>',
        '<h2 class="screen-title">På den anden side</h2>',
    ],
)
def test_a_heading_that_is_shown_stays(heading: str) -> None:
    body = f"<main><h1>{TITLE}</h1><article>{FIRST}{SECOND}{THIRD}{heading}{paragraphs(*DANISH)}</article></main>"
    assert "På den anden side" in article_of(body).text


def card(title: str, text: str) -> str:
    return f'<div class="card"><img src="/{len(title)}.jpg" alt=""><div><h3>{title}</h3><p>{text}</p></div></div>'


CARDS = card("En lampe ved vejen", DANISH[0]) + card("Lampa przy drodze", POLISH[0])


@pytest.mark.parametrize(
    "below",
    [
        f"<section><h2>Related articles that you may like</h2><div>{CARDS}</div></section>",
        f'<h3>Lampa przy drodze</h3><p>{POLISH[0]}</p><h5><a href="/lamp.html">Next: Lampa przy drodze</a></h5>',
        f'<h3>En lampe ved vejen</h3><p>{DANISH[0]}</p><p><a href="/lampe.html">En lampe ved vejen →</a></p>',
    ],
    ids=["cards", "the next story", "a link that repeats its heading"],
)
def test_teasers_without_links_of_their_own_below_the_text_are_left_out(below: str) -> None:
    text = article_of(f"<main><h1>{TITLE}</h1><article>{paragraphs(*TEXT, *TEXT[::-1])}{below}</article></main>").text
    assert TEXT[-1] in text
    assert POLISH[0] not in text
    assert DANISH[0] not in text


@pytest.mark.parametrize(
    "below",
    [
        f"<section><h2>Dwie lampy na brzegu</h2><div>{CARDS}</div></section>",
        f'<h3>Lampa przy drodze</h3><p>{POLISH[0]}</p><p><a href="https://light.example/">A museum of lamps</a></p>',
        f"<h3>Related lamps along the coast</h3><p>{POLISH[0]}</p><p>{DANISH[0]}</p>",
        f'<h3>The list of lamps</h3><p>{POLISH[0]}</p><p><a href="/lamps.pdf">Download the list of lamps</a></p>',
    ],
    ids=["items of a list", "a link to something else", "a heading of the text", "a link to more of it"],
)
def test_the_last_section_of_a_text_stays(below: str) -> None:
    body = (
        f"<main><h1>{TITLE}</h1><article><h3>At the bend</h3>{paragraphs(*TEXT, *TEXT[::-1])}{below}</article></main>"
    )
    assert POLISH[0] in article_of(body).text


DUTCH = ("Een lamp die brandt", "Een kop warme thee", "Twee dekens voor de kou", "Een fluitje aan een touw")
BULLET = '<span><img src="/i/check.svg" alt="check" height="20" width="20"></span>'


def listed(picture: str) -> str:
    items = (f"<li>{picture.format(n)}<span>{words}</span></li>" for n, words in enumerate(DUTCH))
    return f"<section><ul>{''.join(items)}</ul></section>"


@pytest.mark.parametrize(
    "picture",
    [
        BULLET,
        '<img src="/blank.gif" data-src="/i/dot.png">',
        '<span><img data-lazy-src="/i/arrow.svg" src="/b.gif"></span>',
    ],
)
def test_items_with_a_picture_for_a_bullet_are_a_list(picture: str) -> None:
    body = f"<main><h1>{TITLE}</h1><article>{FIRST}{SECOND}{listed(picture)}{THIRD}{LAST}</article></main>"
    assert [words for words in DUTCH if words not in article_of(body).text] == []


@pytest.mark.parametrize("picture", ['<span><img src="/{}.jpg"></span>', '<img src="/b.gif" data-src="/photo-{}.jpg">'])
def test_items_with_a_picture_each_are_captions(picture: str) -> None:
    body = f"<main><h1>{TITLE}</h1><article>{FIRST}{SECOND}{listed(picture)}{THIRD}{LAST}</article></main>"
    assert not any(words in article_of(body).text for words in DUTCH)


ROWS_OF_BOAT = (
    ("Length of the boat", "31 m"),
    ("52 week range", "$221.96 - $367.09"),
    ("Seats", "140"),
)


def readings(number: int) -> str:
    rows = (f"<div><div>{label}</div><div>{value}{number}</div></div>" for label, value in ROWS_OF_BOAT)
    return f"<div>{''.join(rows)}</div>"


def test_readings_are_left_out_with_labels_that_have_figures_in_them() -> None:
    parts = (f"{text}{readings(number)}" for number, text in enumerate((FIRST, SECOND, THIRD, LAST)))
    text = article_of(f"<main><h1>{TITLE}</h1><article>{''.join(parts)}</article></main>").text
    assert set(TEXT) <= set(text.split("\n\n"))
    assert not any(label in text for label, _ in ROWS_OF_BOAT)


@pytest.mark.parametrize("label", ["Day 1", "1974", "The boat of 1974"])
def test_a_line_of_words_or_years_over_a_figure_stays_once(label: str) -> None:
    part = f"<div>{label}</div><div>31 m</div>"
    text = article_of(f"<main><h1>{TITLE}</h1><article>{FIRST}{SECOND}{part}{THIRD}{LAST}</article></main>").text
    assert label in text


HEADED = f'<h1>{TITLE}</h1><h3 class="subtitle">A captain, a lamp and a county</h3><div>Dec 18, 2025</div>'
ASKS = '<div class="widget"><p>Thanks for reading! Subscribe for free.</p><form><input type="email"></form></div>'


@pytest.mark.parametrize("line", ["This was the boat in 2025.", "It is the ferry of 2025."])
def test_the_first_paragraph_above_a_line_with_a_year_is_no_part_of_the_standfirst(line: str) -> None:
    rest = f"<h3>The lamp at the bend</h3>{paragraphs(*TEXT[1:], *DANISH)}"
    article = article_of(f"<article><div>{HEADED}</div><div>{FIRST}<p>{line}</p>{ASKS}{rest}</div></article>")
    assert article.lead == "A captain, a lamp and a county"
    assert article.text.split("\n\n")[:2] == [TEXT[0], line]


@pytest.mark.parametrize("second", [f'<p class="deck">{SUMMARY}</p>', f"<p><em>{SUMMARY}</em></p>"])
def test_a_standfirst_of_two_parts_stays_whole(second: str) -> None:
    above = f'<h1>{TITLE}</h1><h3 class="subtitle">A captain, a lamp and a county</h3>{second}{TOOLS}'
    article = article_of(f"<main>{above}<article><div>{ALL}</div></article></main>")
    assert article.lead == f"A captain, a lamp and a county {SUMMARY}"
