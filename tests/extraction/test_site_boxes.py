"""What a site adds below or within its texts: who it is, its feed's footer, figures that change by the minute."""

import pytest

from newsreader.extraction.page import parse_page
from newsreader.models import Article, figures_of

TITLE = "Tram line through the old quarter opens in June"
TEXT = tuple(
    f"{start} {rest}"
    for start in ("In the first week", "Since the spring", "After all that")
    for rest in (
        "the rails were laid along the market, and the stalls moved to the other side of the square, where the shade "
        "of the lime trees falls until noon.",
        "two cars of the new tram went up the hill on trial, empty but for sacks of sand, and people stood at the "
        "windows to see whether the wheels would squeal in the bend.",
    )
)
BODY = "".join(f"<p>{text}</p>" for text in TEXT)


def article_of(inner: str, head: str = "", site: str = "Lindhaven Review", title: str = TITLE) -> Article:
    page = (
        f'<html lang="en"><head><title>{title}</title><meta property="og:site_name" content="{site}">{head}</head>'
        f"<body><main><h1>{title}</h1>{inner}</main></body></html>"
    )
    article = parse_page(page.encode(), "https://lindhaven.example/2026/tram").article
    assert article is not None
    return article


def paragraphs_of(inner: str, **more: str) -> list[str]:
    return article_of(inner, **more).text.split("\n\n")


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("About Lindhaven Review", "We report from the quarter and from the hills, and we were founded by readers."),
        ("About Lindhaven Review Media", "We report from the quarter, and we were founded by its readers."),
        ("About us", "A paper that is made by its readers, with an office at the market that is open to all."),
        ("Über Lindhaven Review", "Wir berichten aus der Altstadt und von den Hügeln, und Leser haben uns gegründet."),
        ("À propos de Lindhaven Review", "Nous racontons la vieille ville et ses collines, fondés par nos lecteurs."),
        ("Sobre Lindhaven Review", "Contamos lo que pasa en el barrio viejo, y nos fundaron los lectores mismos."),
        ("О компании", "Мы пишем о старом городе и о холмах, нас основали читатели, и им мы отвечаем."),
        ("Про нас", "Ми пишемо про старе місто і про пагорби, нас заснували читачі, і їм ми відповідаємо."),
        ("关于我们", "我们报道老城区和山上的生活，由读者创办，办公室在集市旁边，向所有人开放，欢迎来访。"),
    ],
)
@pytest.mark.parametrize("form", ["<h3>{}</h3><p>{}</p>", "<p><strong>{}</strong></p><p>{}</p>"])
def test_who_the_site_is_is_no_end_of_a_text(label: str, words: str, form: str) -> None:
    assert paragraphs_of(BODY + form.format(label, words)) == list(TEXT)


@pytest.mark.parametrize(
    "words",
    [
        "Lindhaven Review is a paper made by its readers, with more than eighty authors in the quarter and the hills.",
        "Lindhaven Review ist eine Zeitung ihrer Leser, für die mehr als achtzig Menschen aus der Altstadt schreiben.",
        "Lindhaven Review — это газета читателей, для которой пишут более восьмидесяти жителей старого города.",
    ],
)
def test_a_site_that_introduces_itself_ends_the_text(words: str) -> None:
    calls = "<ul><li><a href='/join'>Join</a> its readers</li><li><a href='/more'>Explore</a> more of it</li></ul>"
    assert paragraphs_of(f"{BODY}<p>{words}</p>{calls}") == list(TEXT)


@pytest.mark.parametrize(
    "inner",
    [
        "<h3>About the tram</h3><p>It has two cars and forty seats, built in the works on the other bank.</p>",
        "<p>Lindhaven Review itself is a child of this quarter, and its office was in the waiting room once.</p>",
        "<p>Lindhaven Review asked the driver, who said that the bend is easier than it looks from outside.</p>",
        "<p>The quarter is an island of lime trees between two roads, and it will stay one, said the mayor.</p>",
    ],
)
def test_a_section_about_something_else_stays(inner: str) -> None:
    assert len(paragraphs_of(BODY + inner)) > len(TEXT)


def test_a_text_about_the_site_itself_stays_whole() -> None:
    title = "Lindhaven Review moves to the market"
    words = "Lindhaven Review is a paper made by its readers, and from June on it will be made at the market."
    assert paragraphs_of(f"{BODY}<p>{words}</p>", title=title)[-1] == words


@pytest.mark.parametrize(
    "footer",
    [
        "The post <a href='/2026/tram'>{}</a> appeared first on <a href='/'>Lindhaven Review</a>.",
        "Der Beitrag <a href='/2026/tram'>{}</a> erschien zuerst auf <a href='/'>Lindhaven Review</a>.",
        "Сообщение <a href='/2026/tram'>{}</a> появились сначала на <a href='/'>Lindhaven Review</a>.",
        "Wpis {} pojawił się poraz pierwszy w Lindhaven Review.",
    ],
)
def test_the_footer_of_a_feed_is_no_text(footer: str) -> None:
    assert paragraphs_of(f"{BODY}<p>{footer.format(TITLE)}</p>") == list(TEXT)


@pytest.mark.parametrize("label", ["Related reads:", "Weitere Texte:", "Ещё по теме:", "Більше:", "更多文章："])
def test_a_label_whose_list_is_left_out_goes_with_it(label: str) -> None:
    links = "".join(f"<li><a href='/n/{n}'>What the market says of the tram, part {n}</a></li>" for n in range(4))
    assert paragraphs_of(f"{BODY}<p><b>{label}</b></p><ul>{links}</ul>") == list(TEXT)


def test_a_sentence_that_announces_a_recording_stays() -> None:
    words = "This is how the tram sounds in the bend on the hill:"
    frame = "<iframe src='https://video.example/embed/2' allowfullscreen></iframe>"
    assert paragraphs_of(f"{BODY}<p>{words}</p>{frame}")[-1] == words


def test_prices_that_change_by_the_minute_are_no_text() -> None:
    rows = [("Last price", "$259.06"), ("Change today", "(0.47%) $1.21"), ("Volume", "8.6M"), ("Margin", "70.1%")]
    box = "".join(f"<div class='k9'>{label}</div><div class='k8'>{value}</div>" for label, value in rows)
    parts = [f"<h2>{name}</h2><div class='w'>{box}</div><p>{text}</p>" for name, text in zip("ABC", TEXT, strict=False)]
    assert paragraphs_of(f"{''.join(parts)}<p>{TEXT[3]}</p>") == [
        word for name, text in zip("ABC", TEXT, strict=False) for word in (name, text)
    ] + [TEXT[3]]


@pytest.mark.parametrize(
    "part",
    [
        "<table><tr><td>Seats</td><td>40</td></tr></table><p>{}</p>",
        "<ul><li>Seats</li><li>40</li></ul><p>{}</p>",
        "<div>Anna Berg</div><div>{}</div>",
    ],
)
def test_lists_tables_and_speakers_that_come_again_stay(part: str) -> None:
    words = article_of("".join(part.format(text) for text in TEXT)).text
    assert words.count("Seats" if "Seats" in part else "Anna Berg") == len(TEXT)


@pytest.mark.parametrize(
    "image",
    [
        "<img src='/img/anchorlink-icon.png'>",
        "<img src='/i/9f2.webp' alt='Review logo'>",
        "<img src='/site_logo@2x.png'>",
    ],
)
def test_an_icon_or_a_logo_is_no_picture(image: str) -> None:
    assert not list(figures_of(article_of(f"<div>{image}</div>{BODY}").blocks))


@pytest.mark.parametrize(
    "image", ["<img src='/logos-on-the-wall.jpg'>", "<figure><img src='/new-logo.png'><figcaption>The sign</figure>"]
)
def test_a_picture_of_a_sign_stays(image: str) -> None:
    assert len(list(figures_of(article_of(f"<div>{image}</div>{BODY}").blocks))) == 1


@pytest.mark.parametrize(
    "tool",
    ["Listen to this article in summarized format", "Artikel anhören", "Écouter l’article", "Прослухати статтю"],
)
def test_a_tool_beside_the_standfirst_is_not_of_it(tool: str) -> None:
    lead = "The cars climb the hill on trial, and the stalls of the market move into the shade."
    article = article_of(f"<div class=summary><p>{lead}</p><p>{tool}</p></div><p>June 3, 2026</p>{BODY}")
    assert (article.lead, article.text.split("\n\n")) == (lead, list(TEXT))


def test_a_reviewer_is_no_author() -> None:
    byline = (
        "<div class=author-wrapper><a rel=author href='/blog/author/jo'>Jo Camber</a>"
        "<div>Reviewed by: <a href='/blog/author/mike'>Mike Redfield, PhD</a></div></div>"
    )
    assert article_of(byline + BODY).authors == ("Jo Camber",)


FIRST, REST = (f"<p>{TEXT[0]}</p><p>{TEXT[1]}</p>", "".join(f"<p>{text}</p>" for text in TEXT[2:]))
BOX = '<div class="{}"><p class="b1">{}</p><p class="b2">{}</p></div>'


@pytest.mark.parametrize(
    ("label", "words"),
    [
        (
            "Why you can rely on us",
            "Lindhaven Review is the paper of the quarter, and each of its maps is walked twice.",
        ),
        ("Warum Sie uns trauen", "Lindhaven Review ist die Zeitung der Altstadt, und jede Karte laufen zwei Leute ab."),
        ("Почему нам верят", "Lindhaven Review — это газета старого города, каждую карту мы проходим дважды."),
    ],
)
def test_a_box_in_which_the_site_says_what_it_is_is_no_text(label: str, words: str) -> None:
    assert paragraphs_of(FIRST + BOX.format("n1", label, words) + REST) == list(TEXT)


@pytest.mark.parametrize(
    "part",
    [
        "<p>Lindhaven Review is where the first plan of the line was printed, in the year of the great flood.</p>",
        BOX.format(
            "n1", "How it was found", "Lindhaven is the only town with a tram that climbs as steeply as this one."
        ),
        "<blockquote><p>Lindhaven Review is wrong about the bend, as anybody can see who walks there.</p></blockquote>",
        BOX.format("n1", "Wie es kam", "Lindhaven Reviews Karte der Strecke hing ein Jahr lang im Rathaus am Markt."),
    ],
    ids=["a paragraph of the text", "the town", "a quotation", "what the site did"],
)
def test_a_box_or_a_paragraph_that_only_names_the_site_stays(part: str) -> None:
    assert len(paragraphs_of(FIRST + part + REST)) > len(TEXT)


def test_a_box_about_the_site_stays_where_the_text_speaks_of_it() -> None:
    box = BOX.format(
        "n1", "What it is", "Lindhaven Review is the paper of the quarter, and each of its maps is walked."
    )
    words = "<p>A reader of Lindhaven Review drew it.</p><p>In Lindhaven Review the drawing was printed twice.</p>"
    assert "Lindhaven Review is the paper of the quarter" in article_of(FIRST + words + box + REST).text
