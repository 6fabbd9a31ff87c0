"""What a site asks of its readers inside or below a text, and rows of like boxes in it."""

import pytest

from tests.extraction.dune_post import BODY, TEXT, TITLE, URL, article_of, lines_of
from tests.extraction.reading import article_in

OWN = (
    '<blockquote><p>More in our <a href="https://t.me/dunepost">Telegram</a> every day!</p></blockquote>',
    '<div class="k1"><p><b>We are on WhatsApp</b></p><p>The news of the dune on your phone</p>'
    '<a href="https://whatsapp.com/channel/7">Join</a></div>',
    '<div class="k2"><p>Take the dune along in your pocket, wherever the wind carries you.</p>'
    '<a href="https://apps.apple.com/a"><img src="/a.svg" alt="a"></a>'
    '<a href="https://play.google.com/store/a"><img src="/g.svg" alt="g"></a></div>',
    "<section><h3>Should kites fly at night?</h3><ul><li><button>Yes</button></li><li><button>No</button></li></ul>"
    "<p>812 voted</p></section>",
    '<ul><li><img src="/1.jpg"><span>A kite with a tail</span></li>'
    '<li><img src="/2.jpg"><span>The reel of it</span></li></ul>',
    '<div class="row"><div class="s"><img src="/1.jpg"><p>A kite with two tails</p></div>'
    '<div class="s"><img src="/2.jpg"><p>The lifeguard at noon</p></div><span>1 / 2</span></div>',
)


@pytest.mark.parametrize("part", OWN)
def test_what_a_site_asks_of_its_readers_in_the_midst_of_a_text_is_not_of_it(part: str) -> None:
    assert lines_of(article_of(f"{BODY[0]}{BODY[1]}{part}{BODY[2]}{BODY[3]}")) == list(TEXT)


@pytest.mark.parametrize(
    "line",
    [
        '<p>We have no owner but our readers. If you like what we do, <a href="/donate">please give a little</a>.</p>',
        '<p>ताजा खबरों के लिए हमारे <a href="https://whatsapp.com/channel/7">व्हाट्सऐप चैनल</a> से जुड़ें।</p>',
        "<p>انتهای پیام/</p>",
        '<div><img src="/r.jpg" alt="Ro Vane"><p><b>Ro Vane</b> has walked this beach for us since 2011.</p></div>',
    ],
)
def test_what_a_site_asks_or_says_below_a_text_is_not_its_last_line(line: str) -> None:
    assert lines_of(article_of("".join(BODY) + line)) == list(TEXT)


@pytest.mark.parametrize(
    "line",
    [
        '<p>The mayor thanked the club in a few words on <a href="https://t.me/mayor_ilse/112">her channel</a>.</p>',
        '<p>A film of the day is at <a href="https://kites.example/donate">the club</a> for a small gift.</p>',
    ],
)
def test_a_last_line_with_a_link_of_somebody_else_is_text(line: str) -> None:
    assert len(lines_of(article_of("".join(BODY) + line))) == len(TEXT) + 1


def test_a_list_with_the_date_above_a_text_is_not_of_it() -> None:
    byline = "<ul><li><span>Ro Vane</span><span>Beach reporter</span></li><li>07.11.2026</li></ul>"
    assert lines_of(article_of(byline + "".join(BODY))) == list(TEXT)


BOXES = (
    ("When did the wall break?", "In the storm of the last January, in the hour before the tide turned."),
    ("Who paid?", "The county."),
    ("Is the beach open now?", "It is, but for the two hundred steps below the fence, until the last birds have left."),
)


@pytest.mark.parametrize("names", ["fact", "zahl", "c-31"])
def test_a_row_of_like_boxes_is_whole(names: str) -> None:
    boxes = "".join(f'<div class="{names}"><div>{one}</div><div>{other}</div></div>' for one, other in BOXES)
    assert lines_of(article_of(f"{BODY[0]}<div>{boxes}</div>{BODY[1]}")) == [
        TEXT[0],
        *(word for box in BOXES for word in box),
        TEXT[1],
    ]


VOICES = (
    ("Ilse Harm, mayor", "It was loud."),
    ("Tam Orr, flier", "I held on to mine until the string had cut both of my gloves, and then I held on longer."),
    ("Bo Linn, neighbour", "Once a month is enough."),
)


@pytest.mark.parametrize(
    "form",
    [
        '<div class="v"><img src="/{number}.jpg"><h4>{name}</h4><p>{words}</p></div>',
        '<div class="v-{number}"><h2>{name}</h2><p>{words}</p></div>',
        '<article class="v"><header><h2>{name}</h2></header><p>{words}</p></article>',
        "<h3>{name}</h3><p>{words}</p>",
    ],
)
def test_headings_of_a_row_of_short_texts_stay_and_are_no_standfirst(form: str) -> None:
    row = "".join(form.format(number=number, name=name, words=words) for number, (name, words) in enumerate(VOICES))
    article = article_of(f"{BODY[0]}{row}")
    assert lines_of(article) == [TEXT[0], *(line for voice in VOICES for line in voice)]
    assert article.lead in (None, TEXT[0])


def test_a_section_about_a_newsletter_is_text() -> None:
    section = (
        "<div id=newsletter-and-web><h2>Newsletter and web</h2><p>The club prints its newsletter no more.</p></div>"
    )
    article = article_of(f"{BODY[0]}{section}<div id=wind><h2>Wind</h2>{BODY[1]}</div>")
    assert lines_of(article) == [
        TEXT[0],
        "Newsletter and web",
        "The club prints its newsletter no more.",
        "Wind",
        TEXT[1],
    ]


def test_code_in_a_box_with_a_tool_to_copy_it_is_text() -> None:
    code = '<div class="code-toolbar"><pre><code>fly(kite)</code></pre><div class="toolbar"><button>Copy</button></div>'
    assert "fly(kite)" in lines_of(article_of(f"{BODY[0]}{code}</div>{BODY[1]}"))


def test_teasers_beside_a_short_text_are_not_taken_for_it() -> None:
    cards = "".join(
        f'<div class="i"><a href="/z/{number}.html">{name} and the wind of the week</a><p>{words}</p></div>'
        for number, ((name, _), words) in enumerate(zip(VOICES, (TEXT[0], TEXT[1], TEXT[3]), strict=True))
    )
    short = f"<p>{TEXT[2]}</p><p>It rained.</p>"
    aside = f'<div class="r"><h3>Read most</h3>{cards}</div>'
    page = f"<title>{TITLE}</title><body><div><h1>{TITLE}</h1>{short}</div>{aside}</body>"
    article = article_in(page, URL)
    assert lines_of(article) == [TEXT[2], "It rained."]


@pytest.mark.parametrize("label", ["Comments (2)", "Комментарии", "نظرات", "3 commentaires"])
def test_what_readers_say_does_not_join_a_short_text(label: str) -> None:
    said = f"<div class=cm><h4>{label}</h4><div><b>Ro</b><p>{TEXT[0]}</p></div></div>"
    assert lines_of(article_of(f"{BODY[2]}{BODY[3]}{said}")) == list(TEXT[2:])


def test_a_notice_about_cookies_does_not_join_a_short_text() -> None:
    notice = "<p>Ta strona używa ciasteczek, także do liczenia odwiedzin, a czytając ją, zgadzasz się na to. OK</p>"
    assert lines_of(article_of(f"{BODY[2]}{BODY[3]}{notice}")) == list(TEXT[2:])
