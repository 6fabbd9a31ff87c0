"""Parts of a page that nothing names, recognised by their form: portraits, captions, offers."""

import pytest

from newsreader.models import Article, figures_of, plain
from tests.extraction.reading import article_in

URL = "https://quay.example/2026/10/21/the-crane-is-mended.html"
TITLE = "The last steam crane of the quay is mended"
TEXT = (
    "The crane lifted its first crate for eleven years on Wednesday, before some two hundred people who had come in "
    "the rain to hear its whistle.",
    "Its boiler had burst in a frost, and the port authority had wanted to sell it for scrap, until the pupils of the "
    "technical school asked for the drawings.",
    "They cut the new plates by hand, because no works in the country still has a press for them, and needed "
    "three winters for what had been planned for one.",
    "From April on the crane will load the timber of the island ferry twice a week, and who wants to pull the lever "
    "may write his name on a list.",
)
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in TEXT)
MASTHEAD = (
    '<header><a href="/"><img src="/l.png" alt="The Quay Post"></a><nav><a href="/news">News</a>'
    '<a href="/sea">Sea</a></nav></header>'
)


def article_of(inside: str, *, behind: str = "", title: str = TITLE, text: str = PARAGRAPHS) -> Article:
    heading = f"<h1>{TITLE}</h1>" if title == TITLE else ""
    html = (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body>{MASTHEAD}'
        f"<main>{heading}{inside.format(text=text)}</main>{behind}</body></html>"
    )
    return article_in(html, URL)


def lines_of(article: Article) -> list[str]:
    return article.text.split("\n\n")


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        (
            '<div class="k"><img src="/f.jpg" alt="Mara Finch"><a href="/m">Mara Finch</a><button>+</button></div>',
            ("Mara Finch",),
        ),
        (
            '<div class="k"><img src="/f.jpg" alt="Mara Finch"><div><a href="/m">Mara Finch</a><button>+</button>'
            '<a href="/m">All posts</a></div></div>',
            ("Mara Finch",),
        ),
        ('<div class="k"><span>Mara Finch</span> / <span>Northern Press Agency</span></div>', ("Mara Finch",)),
        ('<div class="k"><img src="/a.jpg" alt="Quay United"><img src="/b.jpg" alt="Old Harbour"></div>', ()),
        ('<div class="k"><span>Old Harbour</span> / <span>New Town</span></div>', ()),
    ],
)
def test_a_name_beside_its_portrait_or_its_agency_is_the_author(byline: str, authors: tuple[str, ...]) -> None:
    article = article_of(byline + "{text}")
    assert article.authors == authors
    assert all(figure.alt not in authors for figure in figures_of(article.blocks))


@pytest.mark.parametrize(
    ("box", "caption", "credit"),
    [
        ('<div><img src="/c.jpg"><p class="z">The crane on Monday.</p></div>', "The crane on Monday.", None),
        (
            '<div><img src="/c.jpg"><p>The crane on Monday. (Photo: Lou Reef)</p></div>',
            "The crane on Monday.",
            "Lou Reef",
        ),
        ('<div><img src="/c.jpg"><span>The crane on Monday.</span></div>', "The crane on Monday.", None),
        (
            '<figure><img src="/c.jpg"><figcaption>At work (Photo: Lou Reef).</figcaption></figure>',
            "At work",
            "Lou Reef",
        ),
    ],
)
def test_a_line_below_a_picture_is_its_caption_though_nothing_names_it(
    box: str, caption: str, credit: str | None
) -> None:
    article = article_of(f"<p>{TEXT[0]}</p>{box}" + "".join(f"<p>{text}</p>" for text in TEXT[1:]))
    assert [(plain(figure.caption), figure.credit) for figure in figures_of(article.blocks)] == [(caption, credit)]
    assert lines_of(article) == list(TEXT)


def test_a_count_below_a_picture_is_no_caption() -> None:
    shared = '<div><img src="/c.jpg"><span>1.1k</span></div>'
    (figure,) = figures_of(article_of(f"<p>{TEXT[0]}</p>{shared}{{text}}").blocks)
    assert not figure.caption


def test_a_paragraph_that_shares_its_box_with_a_picture_is_text() -> None:
    article = article_of(
        "".join(f'<div><img src="/{index}.jpg"><p>{text}</p></div>' for index, text in enumerate(TEXT))
    )
    assert lines_of(article) == list(TEXT)


@pytest.mark.parametrize(
    "line",
    [
        '<p><i>Follow The Quay Post on <a href="https://news.google.com/x">Google News</a> and miss nothing</i></p>',
        '<p>Das Wichtigste vom Kai auch bei <a href="https://t.me/kai">Telegram</a></p>',
        '<p>Ми є і в <a href="https://t.me/kai">Telegram</a>, і у <a href="https://invite.viber.com/?g=k">Viber</a></p>',
    ],
)
def test_a_line_that_leads_to_a_channel_of_the_site_is_not_the_last_of_the_text(line: str) -> None:
    assert lines_of(article_of("{text}" + line)) == list(TEXT)


def test_a_sentence_with_a_link_to_a_post_is_text() -> None:
    said = (
        'The school thanked everybody in <a href="https://x.com/school/status/1">a few words</a> on the same evening.'
    )
    text = PARAGRAPHS.replace("</p>", f" {said}</p>", 1)
    assert "a few words" in lines_of(article_of("{text}", text=text))[0]


def test_who_wrote_it_is_not_the_last_line_of_the_text() -> None:
    life = (
        "<div><p><strong>Mara Finch</strong> writes about ships and lives above a sail loft. You can reach her at "
        '<a href="mailto:m@quay.example">m@quay.example</a>.</p></div>'
    )
    assert lines_of(article_of("{text}" + life)) == list(TEXT)
    about = (
        "<p><strong>Mara Finch</strong> pulled the lever first: she is nine, and her grandfather was its driver.</p>"
    )
    assert lines_of(article_of("{text}" + about))[-1].startswith("Mara Finch pulled")


def test_answers_that_the_page_folds_under_their_questions_are_text() -> None:
    questions = "".join(
        f'<h3><button type="button" aria-expanded="false">{question}</button></h3><div hidden><p>{answer}</p></div>'
        for question, answer in (("Who drives it?", TEXT[2]), ("When does it work?", TEXT[3]))
    )
    text = "\n".join(lines_of(article_of(f"<p>{TEXT[0]}</p><p>{TEXT[1]}</p><div>{questions}</div>")))
    assert all(words in text for words in ("Who drives it?", TEXT[2], "When does it work?", TEXT[3]))
    hidden = article_of(
        "{text}<h3>A heading</h3><div hidden><p>This is for those who print the page, and hidden.</p></div>"
    )
    assert "hidden" not in hidden.text


def test_what_has_its_own_headline_behind_the_main_part_is_not_of_the_story() -> None:
    offer = (
        "<section><h1>Win a weekend on the coast</h1><p>Take part in our prize draw until Sunday evening.</p></section>"
    )
    inside = f'<div class="t"><span>{TITLE}</span></div>{{text}}'
    article = article_of(inside, behind=offer, title=f"{TITLE} – The Quay Post")
    assert (article.title, lines_of(article)) == (TITLE, list(TEXT))


def test_consent_in_a_box_like_the_storys_is_not_of_a_short_story() -> None:
    consent = (
        '<div class="c"><h2>We value your privacy</h2><p>We and our 812 partners store and access information on a '
        "device, such as cookies, and process personal data for personalised advertising.</p><p>You may consent "
        "to our and our partners' processing, or refuse to consent before you go on.</p></div>"
    )
    html = (
        f"<html><head><title>{TITLE}</title></head><body>{MASTHEAD}<div class='c'><h1>{TITLE}</h1><p>{TEXT[0]}</p>"
        f"<p>{TEXT[1]}</p></div>{consent}</body></html>"
    )
    article = article_in(html, URL)
    assert lines_of(article) == list(TEXT[:2])


OTHER = (
    "<article><h2>Bakery in the old station opens its oven</h2><p>By Agnes Thorpe</p><p>Bread has been baked in the "
    "waiting room since Monday, and the first forty loaves were gone before the first train had come.</p></article>"
)


def test_an_article_of_its_own_below_the_text_is_the_next_story() -> None:
    assert lines_of(article_of("{text}<hr>" + OTHER)) == list(TEXT)


def test_entries_in_a_row_are_of_the_story() -> None:
    entries = "".join(
        f"<article><h2>{clock} A crate is lifted</h2><p>By Mara Finch, {clock}</p><p>{TEXT[3]} {clock}</p></article>"
        for clock in ("10:15", "10:40", "11:05")
    )
    text = article_of("{text}" + entries).text
    assert all(f"list. {clock}" in text for clock in ("10:15", "10:40", "11:05"))


def test_the_name_of_the_site_before_a_colon_is_not_of_the_title() -> None:
    inside = f"<div><div>{TITLE}</div><div>21 October 2026</div></div>{{text}}"
    assert article_of(inside, title=f"The Quay Post: {TITLE}").title == TITLE
    assert article_of("{text}", title=f"Steam: {TITLE}").title == f"Steam: {TITLE}"


@pytest.mark.parametrize(
    "box",
    [
        '<div class="s1"><h3>Our app</h3><p>The quay anywhere.</p><a href="https://apps.apple.com/x">App</a></div>',
        '<div><div><h4>Help us</h4><p>We live from readers.</p></div><a class="btn" href="/give">Give</a></div>',
    ],
)
def test_a_box_that_ends_in_a_button_is_not_of_the_text(box: str) -> None:
    text = "".join(f"<p>{each}</p>" for each in TEXT[:2]) + box + "".join(f"<p>{each}</p>" for each in TEXT[2:])
    assert lines_of(article_of("{text}", text=text)) == list(TEXT)


@pytest.mark.parametrize(
    ("said", "targets"),
    [
        (
            "The quay anywhere.",
            ["https://apps.apple.com/x", "https://play.google.com/store/apps/x", "https://f.example/x"],
        ),
        (
            "The quay in your letter box, on your phone and in your ears, whenever you like.",
            ["/app", "/letter", "/ear"],
        ),
        (
            "The quay in your letter box, on your phone and in your ears, whenever you like.",
            ["https://f.example/x"] * 3,
        ),
    ],
    ids=["no sentence", "of the site", "one place"],
)
def test_a_row_of_boxes_that_end_in_buttons_is_not_of_the_text(said: str, targets: list[str]) -> None:
    names = ("Our app", "Our letter", "Our voice")
    row = "".join(
        f'<div class="s1"><h3>{name}</h3><p>{said}</p><a class="btn" href="{target}">{name}</a></div>'
        for name, target in zip(names, targets, strict=True)
    )
    text = "".join(f"<p>{each}</p>" for each in (*TEXT, *TEXT[::-1]))
    lines = lines_of(article_of("{text}", text=f"<p>{TEXT[0]}</p>{row}{text}"))
    assert not any(line in lines for line in (*names, said))


def test_a_section_with_a_link_in_its_words_is_text() -> None:
    section = f'<div><h3>The boiler</h3><p>{TEXT[1]} <a class="link" href="/plans">See the drawings</a>.</p></div>'
    assert "The boiler" in lines_of(article_of("{text}", text=f"<p>{TEXT[0]}</p>{section}<p>{TEXT[2]}</p>"))


def test_persons_with_their_offices_are_the_authors() -> None:
    byline = (
        "<ul><li><a href='/p/1'>Ann Lee</a><span>Politics editor</span></li><li><a href='/p/2'>Tom Ash</a></li></ul>"
    )
    assert article_of(byline + "{text}").authors == ("Ann Lee", "Tom Ash")


def test_what_readers_said_behind_the_main_part_is_not_of_the_story() -> None:
    said = "".join(
        f"<div><span>gull{number}</span><span>{number} h</span><div>The bell should ring for every crate.</div></div>"
        for number in (1, 2)
    )
    assert lines_of(article_of("{text}", behind=f"<div class='r'><div>Talk about it (2)</div>{said}</div>")) == list(
        TEXT
    )
