"""One story a page: what is beside it, before it or after it is not joined to it and does not take its place."""

import pytest

from newsreader.extraction.page import parse_page
from newsreader.models import Article, Paragraph, plain

TITLE = "Old mill on the Tarn gets its wheel back"
STORY = (
    "The mill on the Tarn turned again on Saturday, forty years after its wheel was carried off by a flood, and half "
    "of the village came to see the first sack of flour.",
    "Carpenters had worked on the forty oak paddles since the spring, in a barn that the widow of the last miller "
    "lent them for the price of a loaf a week.",
    "“It is louder than I remember,” said Ilse Brandow, who was born in the room above the stones, “and I had missed "
    "that more than I knew.”",
)
OTHERS = (
    "Goats hold up the night train for an hour",
    "School in the hills wins a prize for its orchard",
    "Potters find a kiln older than the town walls",
    "The bridge at Sauk will be painted green after all",
    "Rain fills the upper reservoir for the first time in years",
    "Library lends out tools, tents and a telescope",
    "Beekeepers count fewer hives along the motorway",
    "A choir of postmen sings on the square at noon",
    "Glass from the old station is sold by the pane",
)


def paragraphs(texts: tuple[str, ...] = STORY) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page_of(body: str, head: str = "", title: str = TITLE) -> bytes:
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} - Tarn Herald</title>{head}
        </head><body><header><a href="/">Tarn Herald</a><nav><a href="/news">News</a> <a href="/farms">Farms</a></nav>
        </header>{body}<footer><p>© Tarn Herald. <a href="/imprint">Imprint</a></p></footer></body></html>""".encode()


def story_of(body: str, head: str = "", url: str = "https://herald.example/2026/03/07/old-mill.html") -> Article:
    article = parse_page(page_of(body, head), url, "text/html; charset=utf-8").article
    assert article is not None
    return article


def words_of(article: Article) -> list[str]:
    return [plain(block.spans) for block in article.blocks if isinstance(block, Paragraph)]


def headlines(path: str) -> str:
    rows = "".join(f'<li><a href="/{path}/{n}">{title}</a></li>' for n, title in enumerate(OTHERS))
    return f"<aside><h2>Latest from {path}</h2><ul>{rows}</ul></aside>"


@pytest.mark.parametrize("path", ["/s/x8TqWmZr", "/p/Ab3dEfG9hK", "/goto/mill"])
def test_a_dated_article_among_many_headlines_is_no_front_page_whatever_its_address(path: str) -> None:
    head = (
        '<meta property="og:type" content="article">'
        '<meta property="article:published_time" content="2026-03-07T09:00:00Z">'
    )
    body = f"<main><h1>{TITLE}</h1>{paragraphs()}</main>{headlines('hills')}{headlines('valley')}"
    assert words_of(story_of(body, head, f"https://herald.example{path}")) == list(STORY)


def test_an_address_of_drawn_letters_names_a_story() -> None:
    body = f"<main><h1>{TITLE}</h1>{paragraphs()}</main>{headlines('hills')}{headlines('valley')}"
    assert words_of(story_of(body, url="https://herald.example/s/x8TqWmZr4")) == list(STORY)


def test_a_few_paragraphs_on_a_section_page_are_no_article() -> None:
    body = f"<main><h1>Farms</h1>{paragraphs(STORY[:2])}</main>{headlines('hills')}{headlines('valley')}"
    page = parse_page(page_of(body, title="Farms"), "https://herald.example/farms", "text/html; charset=utf-8")
    assert page.article is None
    assert page.headline_lists


CONSENT = (
    "Our 214 partners and we keep small files on your device to show you advertising that fits what you have read.",
    "Measuring tells how many people looked at a page and for how long, and whether they came back within the month.",
    "You may withdraw your consent at any time at the bottom of each page, or object where we claim an interest.",
    "Location is worked out from your network to a precision of a few metres, for the weather and for shops near you.",
)


@pytest.mark.parametrize(
    "box",
    [
        '<div role="dialog" aria-label="Privacy"><h2>Privacy</h2>{}<button>OK</button></div>',
        '<section class="q1" role="alertdialog">{}<button>OK</button></section>',
        '<div aria-modal="true"><div>{}</div><a href="#">More</a></div>',
        '<div class="cmp-layer"><h3>You decide</h3>{}<button>Accept all</button></div>',
        '<div class="x7"><div class="x8">{}</div><div><button>Accept all</button></div></div>',
        '<div class="popup_box"><h3>Stay a while</h3>{}<button>Close</button></div>',
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_a_dialog_is_not_joined_to_a_short_article(box: str, *, is_above: bool) -> None:
    dialog = box.format(paragraphs(CONSENT))
    text = f'<div class="content"><h1>{TITLE}</h1>{paragraphs(STORY[:2])}</div>'
    assert words_of(story_of(dialog + text if is_above else text + dialog)) == list(STORY[:2])


def test_an_article_in_a_dialog_is_read() -> None:
    body = f'<div role="dialog" class="reader modal"><h1>{TITLE}</h1>{paragraphs()}<button>Close</button></div>'
    assert words_of(story_of(body)) == list(STORY)


def remarks(row: str) -> str:
    remark = (
        "My uncle carried two of those paddles, and he still says that the {} was the heavy one, whatever you print."
    )
    return "".join(row.format(who=f"miller{n}", said=remark.format(n)) for n in range(2, 11))


ROW = '<div class="m"><b>{who}</b> <span>{who} 4 hours ago</span><p>{said}</p></div>'


@pytest.mark.parametrize(
    "thread",
    [
        "<section class='k'><h3>9 comments</h3>{}</section>",
        "<section class='k'><div><h2>Kommentare (9)</h2></div><div>{}</div></section>",
        "<h3>Commentaires</h3>{}",
        "<div id='reactions'>{}</div>",
        "<div><h4>Komentarze: 9</h4>{}</div>",
    ],
)
def test_what_readers_say_below_a_short_article_is_not_joined_to_it(thread: str) -> None:
    body = f'<main><div class="x1"><h1>{TITLE}</h1>{paragraphs(STORY[:2])}</div>{thread.format(remarks(ROW))}</main>'
    assert words_of(story_of(body)) == list(STORY[:2])


def test_a_section_called_discussion_stays_in_the_article() -> None:
    body = (
        f"<main><article><h1>{TITLE}</h1>{paragraphs(STORY[:2])}"
        f'<section id="discussion"><h2>Discussion</h2><p>{STORY[2]}</p></section></article></main>'
    )
    assert words_of(story_of(body)) == list(STORY)


@pytest.mark.parametrize(
    "banner",
    [
        '<section aria-label="Official site of the county">{}</section>',
        '<div class="site-notice"><div>{}</div></div>',
        '<div role="banner"><div>{}</div></div>',
    ],
)
@pytest.mark.parametrize("wrapper", ["main", "div"])
def test_an_official_banner_does_not_replace_a_short_article(banner: str, wrapper: str) -> None:
    said = paragraphs(
        (
            "This is an official site of the county. Pages of the county never ask you for a password by telephone.",
            "The key beside the address tells that nobody reads along. Share what is private on official pages only.",
        )
    )
    text = "The mill turns on Saturdays from ten to four, and bread is sold at the lower door while it lasts."
    words = words_of(story_of(f"{banner.format(said)}<{wrapper}><h1>{TITLE}</h1><p>{text}</p></{wrapper}>"))
    assert words == [text]


NEXT = (
    "A herd of forty goats sat down on the rails near Sauk on Friday night and would not move for an hour, to the joy "
    "of the passengers.",
    "The driver, who grew up with goats, sang to them from the footplate until the shepherd came with a lamp and a bag "
    "of old bread.",
    "“They like the warmth of the rails,” the shepherd said, and added that the train had in fact been late before the "
    "goats were.",
)


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ('<div class="post"><h1>{}</h1>{}</div>', '<div class="post"><h2>{}</h2>{}</div>'),
        ('<div class="e" data-url="/a"><h1>{}</h1>{}</div>', '<div class="e" data-url="/b"><h1>{}</h1>{}</div>'),
        ("<article><h1>{}</h1>{}</article>", "<article><h1>{}</h1>{}</article>"),
        (
            '<section class="u"><h1>{}</h1><time>7 March 2026</time>{}</section>',
            '<section class="u"><h1>{}</h1><time>6 March 2026</time>{}</section>',
        ),
    ],
)
@pytest.mark.parametrize("times", [1, 3])
def test_the_next_story_of_an_endless_page_is_not_joined(own: str, other: str, times: int) -> None:
    body = (
        f"<div class='flow'>{own.format(TITLE, paragraphs())}{other.format(OTHERS[0], paragraphs(NEXT) * times)}</div>"
    )
    assert words_of(story_of(body)) == list(STORY)


@pytest.mark.parametrize("box", ["div class='block'", "section", "div class='section'"])
def test_sections_with_headings_of_their_own_stay_in_the_article(box: str) -> None:
    end = box.split(maxsplit=1)[0]
    body = (
        f"<main><{box}><h1>{TITLE}</h1>{paragraphs()}</{end}>"
        f"<{box}><h2>How the goats came in</h2>{paragraphs(NEXT)}</{end}></main>"
    )
    assert words_of(story_of(body)) == [*STORY, *NEXT]


@pytest.mark.parametrize("field", ["email", "tel"])
def test_a_box_that_asks_for_an_address_is_not_of_the_text_that_it_is_in(field: str) -> None:
    box = (
        "<section class='m-8 flex'><div><div class='big'>The Tarn Letter</div><div>Flour, goats and trains.</div>"
        f"<form><input type='{field}'><button>Go</button></form><p>Whoever writes in gets a letter a week.</p></div>"
        "</section>"
    )
    body = f"<article><h1>{TITLE}</h1>{paragraphs(STORY)}{box}{paragraphs(NEXT)}</article>"
    assert words_of(story_of(body)) == [*STORY, *NEXT]


@pytest.mark.parametrize("line", ["7 März 2026 (8 März 2026 | 10:19)", "07.03.2026 (zm. 08.03.2026, 9:40)"])
def test_bare_dates_below_the_text_do_not_belong_to_it(line: str) -> None:
    body = f"<article><h1>{TITLE}</h1>{paragraphs()}<p class='upd'>{line}</p></article>"
    assert words_of(story_of(body)) == list(STORY)


def test_a_poll_a_label_and_a_notice_below_a_short_text_are_not_of_it() -> None:
    text = (
        "The wheel turns again since Saturday noon, and the flour that it gave is said to be as fine as any.",
        "Children may carry the sacks up the stair, the miller says, if they do it two by two and slowly.",
        "Bread is sold at the lower door from four o'clock until it is gone.",
    )
    body = (
        f"<div class='page'><h1>{TITLE}</h1>{paragraphs(text)}<div class='z3'><div>Should there be a second mill?</div>"
        f"</div><h3>Newest</h3>{headlines('hills')}<p>We use cookies so that this place works better for you. Whoever "
        "stays here agrees to that, and may change it later.</p></div>"
    )
    assert words_of(story_of(body)) == list(text)


SHORT = {
    "Die Lampe am Deich": "Heute hat jemand die Lampe am Deich repariert. Ich weiß nicht, wer es war, aber danke.",
    "La lampe de la digue": "Quelqu'un a réparé la lampe de la digue aujourd'hui. J'ignore qui, mais merci à lui.",
    "Лампа на дамбе": "Сегодня кто-то починил лампу на дамбе. Не знаю, кто это был, но спасибо ему от всех нас.",
}
BELOW = (
    '<div class="sharedaddy"><h3>Teilen mit:</h3><ul><li><a href="?share=x">X</a></li></ul></div>'
    '<div class="sharedaddy"><h3>Gefällt mir:</h3><p class="loading">Wird geladen …</p></div>'
    '<div class="related-posts"><h3>Ähnliche Beiträge</h3></div>'
    '<div class="entry-meta"><p>Schlagwörter Lampe, Deich, Wetter, Nacht</p><p>Kategorien Deich und Wetter</p></div>'
    '<div class="author-box"><p>Veröffentlicht von Ada Holm</p><p>Ada Holm wohnt am Deich und schreibt.</p></div>'
)


@pytest.mark.parametrize("title", SHORT)
def test_a_short_post_ends_where_its_words_end(title: str) -> None:
    html = (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title} | Ada</title></head><body>"
        f'<div id="content"><h1>{title}</h1><div class="entry"><p>{SHORT[title]}</p></div>{BELOW}</div></body></html>'
    )
    article = parse_page(html.encode(), "https://ada.example/2026/11/lampe").article
    assert article is not None
    assert article.text == SHORT[title]


def test_what_only_a_loose_reading_finds_stays_if_it_is_text() -> None:
    rest = "".join(
        f"<p>In the {which} year the dike was raised by a hand, and those who had carried the clay were given a meal "
        "and a song, as had been the custom since the great flood.</p>"
        for which in ("first", "second", "third", "fourth")
    )
    html = (
        "<!doctype html><html><head><title>The dike | Ada</title></head><body><h1>The dike</h1>"
        f'<div><p>{SHORT["Die Lampe am Deich"]}</p></div><div class="share">{rest}<p>So it was.</p></div></body></html>'
    )
    article = parse_page(html.encode(), "https://ada.example/2026/11/dike").article
    assert article is not None
    assert article.text.count("the dike was raised") == 4
