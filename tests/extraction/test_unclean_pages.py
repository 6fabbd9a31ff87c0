"""What pages put around and between the paragraphs of a story: it is left out, and what only looks like it is kept."""

import pytest

from newsreader.models import Article, Figure, plain
from tests.extraction.reading import article_in

URL = "https://echo.example/news/2026/pier-12345.html"
TITLE = "Pier of Varnholm opens again"
FIRST = "The pier was opened on Friday morning after a winter of repairs, and the first boat left at six."
SECOND = "The harbour master said that nobody would miss the old planks, which had been slippery for years."
THIRD = "In the autumn the lamps will be changed as well, one after the other, from the shore to the end."


def _page(between: str = "", behind: str = "", above: str = "", head: str = "") -> str:
    return (
        f"<html lang='en'><head><title>{TITLE}</title>{head}</head><body><nav><a href='/'>Echo</a></nav><main><article>"
        f"<h1>{TITLE}</h1>{above}<div class='text'><p>{FIRST}</p><p>{SECOND}</p>{between}<p>{THIRD}</p>"
        f"<p>{SECOND} So it was done.</p>{behind}</div></article></main></body></html>"
    )


def _read(page: str) -> Article:
    return article_in(page, URL)


@pytest.mark.parametrize("name", ["consent-statement", "modal-note", "text-popup"])
def test_sentences_between_paragraphs_are_kept_whatever_their_box_is_called(name: str) -> None:
    said = "The master spoke on the condition that no open case be named, and he read this text before it was printed."

    assert said in _read(_page(f"<div class='{name}'><p>{said}</p></div>")).text


@pytest.mark.parametrize(
    "box",
    [
        "<div class='consent'><p>This site uses cookies to remember the harbour that you chose before.</p></div>",
        "<div class='embed consent'><p>At this place you find an external content. Allow this content?</p>"
        "<button>Show</button></div>",
        "<div class='popup'><p>Every morning at six you get the news of the harbour, the tides and the weather.</p>"
        "<a href='/letter'>To the letter</a></div>",
        "<div class='modal'><p>By signing up for the letter of the harbour you agree that we write to you.</p></div>",
        "<div class='consent'><p>An dieser Stelle findest du einen externen Inhalt von Pierbild, der ergänzt.</p>"
        "</div>",
    ],
)
def test_boxes_that_ask_for_consent_are_left_out_between_paragraphs_too(box: str) -> None:
    assert _read(_page(box)).text == _read(_page()).text


@pytest.mark.parametrize("tag", ["b", "span", "strong"])
def test_a_label_and_the_linked_title_of_another_story_are_left_out(tag: str) -> None:
    box = f"<div class='hint'><{tag}>Vás zajímat</{tag}><a href='/x.html'>Where most lamps are lit</a></div>"

    assert _read(_page(box)).text == _read(_page()).text


@pytest.mark.parametrize(
    ("box", "words"),
    [
        (
            "<div class='source'><b>Report</b><a href='https://harbour.example/a.html'>The year of the pier</a></div>",
            "The year of the pier",
        ),
        (
            "<div class='file'><b>Download</b><a href='/files/plan.pdf'>The plan of the pier</a></div>",
            "The plan of the",
        ),
        (
            "<div class='day'><b>Monday</b><a href='/d/1.html'>The planks are laid</a></div>"
            f"<p>{FIRST} Again.</p><div class='day'><b>Tuesday</b><a href='/d/2.html'>The lamps are lit</a></div>",
            "The planks are laid",
        ),
    ],
)
def test_a_link_with_a_label_that_is_no_other_story_stays(box: str, words: str) -> None:
    assert words in _read(_page(box)).text


def test_the_facts_of_a_page_below_its_text_are_left_out() -> None:
    facts = (
        "<span class='e-cat'>Категорія: <a href='/n/'>Новини</a></span> | <span class='e-reads'>Переглядів: <b>214</b>"
        "</span> | <span class='e-author'>Додала: <a class='u' href='javascript:;'>Оксана</a></span> | Рейтинг: "
        "<span id='entRating118'>5.0</span>/<span>3</span>"
    )
    page = (
        f"<html><head><title>{TITLE}</title></head><body><table><tr><td><div class='eTitle'>{TITLE}</div></td></tr>"
        f"<tr><td class='eMessage'><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></td></tr>"
        f"<tr><td colspan='2' class='eDetails'>{facts}</td></tr></table></body></html>"
    )

    assert _read(page).text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    "line",
    [
        "Monday: 9 to 17 | Tuesday: 9 to 17 | Sunday: closed",
        "Built: 1871 | Length: 210 metres | Lamps: 44",
        "Built by: <a href='/x'>Falk Oehler</a> | Length: 210 metres | Owner: the town",
    ],
)
def test_facts_of_the_story_in_one_line_stay(line: str) -> None:
    text = _read(_page(behind=f"<p>{line}</p>")).text

    assert text.endswith(line.replace("<a href='/x'>", "").replace("</a>", ""))


@pytest.mark.parametrize("end", ["Yours,<br>Joan", "Herzlichen Gruß,<br>Hilke<br>Falk"])
def test_the_end_of_a_letter_stays(end: str) -> None:
    page = (
        f"<html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1><div>May 1</div><div class='c'>"
        "<p>Dear friends,</p><p>The frost came on the 23rd and took the old planks. We covered what we could with "
        "newspaper, so at least somebody got something out of the news.</p><p>Mr. Wrey has written a poem about it:</p>"
        "<p class='small'>White on the railing,<br>white on the lead,<br>gone by eleven<br>from the planks instead.</p>"
        f"<p>The lamps are lit. Come and see them.</p><p>{end}</p></div>"
        "<div class='newsletter-block'><form><h2>Stay in touch</h2><p>One letter a month, with seeds.</p>"
        "<input type='email'><button>Sign up</button></form></div></main></body></html>"
    )

    assert _read(page).text.endswith(end.rpartition("<br>")[2])


@pytest.mark.parametrize("label", ["- Publicidad -", "— Reklama —", "· Werbung ·", "[Publicité]"])
def test_the_label_of_an_advertisement_is_left_out_with_the_signs_around_it(label: str) -> None:
    box = f"<div class='rec'><span class='title'>{label}</span></div>"

    assert _read(_page(box)).text == _read(_page()).text


def test_a_heading_about_advertisements_stays() -> None:
    assert "Werbung am Hafen" in _read(_page(between="<h2>Werbung am Hafen</h2>")).text


def test_a_line_that_ends_with_who_took_the_picture_is_no_standfirst() -> None:
    caption = "Planks on the shore of Varnholm, Monday, June 1, 2026. (Wire Photo/Ed Lund)"
    above = f"<img src='/p.jpg' width='1000' height='600'><p class='cap'>{caption}</p><p class='by'>By Ann Poe</p>"
    article = _read(_page(above=above))

    assert article.lead is None
    assert caption not in article.text


def test_a_paragraph_that_speaks_of_its_photo_in_brackets_stays() -> None:
    said = "The new lamps look like those of 1904 (see photo)"

    assert said in _read(_page(between=f"<p>{said}</p>")).text


def test_the_standfirst_within_the_headline_is_shown_as_one() -> None:
    page = _page(head=f"<meta property='og:title' content='{TITLE}'>")
    rest = "But who buys it must live there all year"
    article = _read(page.replace(f"<h1>{TITLE}</h1>", f"<h1>{TITLE} <small>{rest}</small></h1>"))

    assert (article.title, article.lead) == (TITLE, rest)


@pytest.mark.parametrize("rest", ["By Ann Poe", "Friday, 20 November 2026", "Exclusive"])
def test_a_byline_or_a_date_within_the_headline_is_no_standfirst(rest: str) -> None:
    page = _page(head=f"<meta property='og:title' content='{TITLE}'>")

    assert _read(page.replace(f"<h1>{TITLE}</h1>", f"<h1>{TITLE} <small>{rest}</small></h1>")).lead is None


def test_words_below_a_picture_that_follows_the_standfirst_are_its_caption() -> None:
    said = "Every morning somebody draws a new picture on the planks, and by noon the feet of others have worn it off."
    page = (
        f"<html><head><title>{TITLE}</title><meta property='og:description' content='{said[:55]}'></head><body>"
        f"<div id='all'><div class='r'><div class='t182'><h1 class='t182__title'>{TITLE}</h1>"
        f"<div class='t182__descr'>{said}</div><div class='t182__text'>Text: Ann Poe. Pictures: Ed Lund"
        "</div></div></div>"
        "<div class='r'><div class='t-divider'><hr></div></div>"
        "<div class='r'><div class='t223'><img class='t223__img' src='/p.jpg' width='960' height='640'>"
        "<div class='t223__descr t-descr'>A fish on the third plank, six in the morning</div></div></div>"
        f"<div class='r'><div class='t-col'><div class='t-text'>{FIRST}<br><br>{SECOND}</div></div></div>"
        f"<div class='r'><div class='t-col'><div class='t-text'>{THIRD}</div></div></div></div></body></html>"
    )
    article = _read(page)

    assert article.lead == said
    figures = [block for block in article.blocks if isinstance(block, Figure)]
    assert [plain(figure.caption) for figure in figures] == ["A fish on the third plank, six in the morning"]


def test_the_place_before_the_first_word_is_parted_from_it() -> None:
    article = _read(_page(above=f"<p class='description'><span class='place'>Port Albion</span>{THIRD}</p>"))

    assert article.lead == f"Port Albion {THIRD}"


def test_a_word_in_two_styles_stays_one_word() -> None:
    article = _read(_page(between="<p><span class='a'>Mac</span>Beth was played on the pier, without any lamps.</p>"))

    assert "MacBeth was played" in article.text or "Mac Beth was played" in article.text


def test_the_caption_in_the_box_of_a_picture_does_not_run_into_the_text_behind() -> None:
    picture = (
        "<span class='photo_org'><div class='wrap'><img src='/p.jpg' width='640' height='420'></div>"
        "<em class='desc'>The pier on Friday morning.</em></span>"
    )
    page = (
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><article>{picture}{FIRST}<br><br>{SECOND}"
        f"<br><br>{THIRD}</article></body></html>"
    )

    assert _read(page).text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_span_of_years_makes_no_date_of_a_korean_standfirst() -> None:
    said = "시, 3년 만에 인상 결정…청소년은 동결"
    page = _page(above=f"<h2 class='summary'>{said}</h2>")

    assert _read(page).lead == said


def test_the_title_is_found_below_a_heading_that_names_the_site() -> None:
    page = _page().replace(f"<title>{TITLE}</title>", f"<title>{TITLE} - Friends of the Pier</title>")
    page = page.replace(f"<h1>{TITLE}</h1>", f"<h1>Friends of the Pier</h1><h2><a href='{URL}'>{TITLE}</a></h2>")

    assert _read(page).title == TITLE


def test_a_quotation_that_is_pulled_from_a_paragraph_is_shown_once() -> None:
    quote = "“Nobody will miss them, I heard their creaking.”"
    text = f"<p>{quote[:-2]},” said Ada Finn, who had sold tickets there as a girl.</p>"

    assert _read(_page(f"<div class='pull-quote'>{quote}</div>{text}")).text == _read(_page(text)).text


@pytest.mark.parametrize("name", ["pullquote", "quote"])
def test_a_quotation_that_no_paragraph_has_stays(name: str) -> None:
    quote = "“Nobody will miss them, I heard their creaking.”"

    assert quote in _read(_page(f"<div class='{name}'>{quote}</div>")).text


def test_a_sign_beside_a_note_is_left_out_and_the_note_stays() -> None:
    note = "The pier is 210 metres long and has 44 lamps."
    box = f"<div class='callout'><div class='sign'>⛴️</div><div class='words'>{note}</div></div>"
    text = _read(_page(box)).text

    assert note in text
    assert "⛴" not in text


def test_the_first_words_of_a_text_without_an_element_of_their_own_are_no_standfirst() -> None:
    page = (
        f"<html><head><title>{TITLE}</title></head><body><h3 class='post-title entry-title'>{TITLE}</h3>"
        f"<div class='post-body entry-content'>{FIRST}<div><br></div><div>{SECOND}</div><div><br></div>"
        f"<div>{THIRD}</div><div><br></div><div>{SECOND} So it was done.</div></div></body></html>"
    )
    article = _read(page)

    assert article.lead is None
    assert article.text.startswith(FIRST)


def test_loose_words_in_bold_above_the_paragraphs_are_the_standfirst() -> None:
    said = "Nobody on the island had thought that the repairs would be done before the summer."
    page = (
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div class='text'><b>{said}</b><br><br>"
        f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div></body></html>"
    )

    assert _read(page).lead == said


@pytest.mark.parametrize("names", ["lead-ad", "ad-safe-image ads"])
def test_a_picture_with_a_caption_is_shown_whatever_its_figure_is_called(names: str) -> None:
    figure = (
        f"<figure class='{names}'><img src='/p.jpg' width='900'><figcaption>The pier on Sunday.</figcaption></figure>"
    )

    assert [block.url for block in _read(_page(figure)).blocks if isinstance(block, Figure)] == [
        "https://echo.example/p.jpg"
    ]


@pytest.mark.parametrize(
    "figure",
    [
        "<figure class='lead-ad'><img src='/p.jpg' width='900'></figure>",
        "<figure class='lead-ad'><img src='/p.jpg' width='900'><figcaption>Advertisement</figcaption></figure>",
    ],
)
def test_a_picture_that_is_sold_is_not_shown(figure: str) -> None:
    assert not any(isinstance(block, Figure) for block in _read(_page(figure)).blocks)


def test_a_line_that_asks_to_get_the_sites_application_is_left_out() -> None:
    line = "<p>देश की ताजा खबरों के लिए डाउनलोड करें हमारा ऐप</p>"

    assert _read(_page(behind=line)).text == _read(_page()).text


CARD = "<footer><span class='author vcard'><span class='fn'><a href='/about'>moritake</a></span></span></footer>"


@pytest.mark.parametrize(
    ("card", "authors"),
    [
        (CARD, ("moritake",)),
        (CARD.replace("moritake", "admin"), ()),
        (f"<div class='comments'><div class='comment'>{CARD}</div></div>", ()),
    ],
)
def test_the_name_on_the_authors_card_may_be_a_single_one(card: str, authors: tuple[str, ...]) -> None:
    page = _page().replace("<article>", "<article class='hentry'>").replace("</article>", f"{card}</article>")

    assert _read(page).authors == authors


@pytest.mark.parametrize("tag", ["aside", "div"])
@pytest.mark.parametrize(
    "inside",
    [
        "<h4>The pier</h4><ul><li>210 metres long</li><li>Built in 1871 of oak</li></ul>",
        "<h3>The pier</h3><p>It was built in 1871 and is 210 metres long, all of oak.</p>",
        "<h3>The pier</h3><div class='infobox-body'><p>It was built in 1871 and is 210 metres long.</p></div>",
    ],
)
def test_a_box_of_facts_between_paragraphs_stays(tag: str, inside: str) -> None:
    text = _read(_page(f"<{tag} class='fact-box'>{inside}</{tag}>")).text

    assert "The pier\n\n" in text
    assert "210 metres long" in text
    assert text.index(SECOND) < text.index("210 metres long") < text.index(THIRD)


@pytest.mark.parametrize(
    "box",
    [
        "<aside class='infobox'><h4>Follow us on the island</h4><p>Subscribe to our newsletter for all of the news.</p>"
        "</aside>",
        "<div class='infobox'><h4>More of the pier</h4><ul><li><a href='/1'>The lamps of the pier are old</a></li>"
        "<li><a href='/2'>The planks of the pier are new</a></li></ul></div>",
        "<aside class='infobox'><p>Weather: rain from the west, in the evening storms.</p></aside>",
    ],
)
def test_a_box_that_leads_elsewhere_is_left_out_though_it_is_named_as_one_of_facts(box: str) -> None:
    assert _read(_page(box)).text == _read(_page()).text


def test_a_heading_over_nothing_but_left_out_links_is_left_out_with_them() -> None:
    box = (
        "<div class='rel'><h4>Mer om bryggan</h4><ul><li><a href='/a/1'>Lamporna på bryggan är gamla</a></li>"
        "<li><a href='/a/2'>Bussen som gick genom isen</a></li></ul></div>"
    )

    assert _read(_page(box)).text == _read(_page()).text


def test_a_heading_over_a_list_of_the_text_stays() -> None:
    box = "<div class='list'><h4>What comes next</h4><ul><li>New lamps in the autumn</li><li>New ropes</li></ul></div>"

    assert "What comes next\n\nNew lamps in the autumn" in _read(_page(box)).text


def test_words_in_the_card_of_a_picture_are_its_caption() -> None:
    words = "The markers stay on the ice for now"
    card = (
        "<div class='card'><img class='card-img-top' src='/p.jpg' width='900' height='500'><div class='card-body'>"
        f"<p class='card-text'>{words}</p></div></div>"
    )
    page = _page().replace("<div class='text'>", "").replace("</div></article>", "</article>")
    page = page.replace("</h1>", f"</h1><p class='by'>By Ann Poe | 2 March 2026</p>{card}")
    article = _read(page)

    assert article.lead is None
    assert [plain(block.caption) for block in article.blocks if isinstance(block, Figure)] == [words]


def test_a_standfirst_over_a_picture_in_one_box_stays_one_where_the_page_describes_itself_so() -> None:
    words = "The markers stay on the ice until somebody on the island needs the wood for a fence"
    card = f"<div class='hero'><img src='/p.jpg' width='900' height='500'><div class='words'><p>{words}</p></div></div>"
    article = _read(_page(above=card, head=f"<meta name='description' content='{words}'>"))

    assert article.lead == words


def test_the_day_that_the_head_declares_holds_where_a_line_near_the_headline_has_it_too() -> None:
    services = "<ul><li><p>29 November, 10 am: Family service</p></li><li><p>6 December, 4 pm: Carols</p></li></ul>"
    page = (
        f"<html><head><title>{TITLE}</title><meta property='article:published_time' content='2026-11-15T10:12:00Z'>"
        f"</head><body><main><article><ul class='info'><li>15 Nov 2026</li></ul><h1>{TITLE}</h1>"
        "<div class='text'>"
        f"<p>{FIRST}</p><p>{SECOND}</p><h2>Advent services</h2>{services}"
        "<p>All are welcome. Please bring a mug.</p></div>"
        "</article></main></body></html>"
    )
    published = _read(page).published

    assert published is not None
    assert published.date().isoformat() == "2026-11-15"


def test_the_beginning_of_a_chinese_sentence_is_no_author() -> None:
    said = "歷時3年修復的百年戲台2026年12月10日完工，廟口響起睽違已久的鑼鼓聲。"
    page = (
        "<html lang='zh'><head><title>百年戲台修復完工</title></head><body><div class='central'>"
        "<h1>百年戲台修復完工</h1>"
        f"<div class='time'><span>2026/12/10 10:31</span></div><div class='paragraph'><p>{said}</p>"
        "<p>廟方表示，梁柱上的彩繪由三代匠師接力完成，最舊的一幅畫於1912年。</p></div></div></body></html>"
    )

    assert _read(page).authors == ()


def test_words_below_a_large_picture_are_no_author_though_a_date_is_below_them() -> None:
    header = (
        "<div class='img'><img src='/p.jpg' width='900' height='500'>"
        "<span class='img-cap'>மானாமதுரையில் காய வைக்கப்பட்ட"
        " பானைகள்</span></div><div class='auth'><span>கு. முருகேசன்</span> "
        "<span>Published : 13 Jan 2026 07:05 AM</span></div>"
    )

    assert _read(_page(above=header)).authors == ("கு. முருகேசன்",)


def test_a_photographer_below_a_picture_is_not_the_author() -> None:
    header = (
        "<div class='media'><figure><img src='/p.jpg' width='900'><figcaption class='cap'>The pier. "
        "<span class='c-author'>Ed Lund</span></figcaption></figure></div><div class='info'>"
        "<div class='c-detail__author'><a href='/a/1'>Ann Poe</a></div><div class='date'>24/09/2026 · 07:00</div></div>"
    )

    assert _read(_page(above=header)).authors == ("Ann Poe",)


def test_a_name_beside_a_date_with_spaces_behind_its_dots_is_the_authors() -> None:
    header = "<div class='css-5'><div>Matej Zupan</div><div>20. 10. 2026, 7.30</div></div>"

    assert _read(_page(above=header)).authors == ("Matej Zupan",)


def test_the_first_paragraph_does_not_join_a_standfirst_over_it() -> None:
    boxes = "".join(f"<div class='column'><p class='words'>{said}</p></div>" for said in (SECOND, THIRD))
    page = (
        f"<html><head><title>{TITLE}</title></head><body><main><div class='head'><h1>{TITLE}</h1></div>"
        "<div class='sub'><h2 class='subtitle'>The old planks are gone, and nobody will miss them at all.</h2>"
        "</div>"
        "<p class='from'>By Ann Poe</p><p><time datetime='2026-06-27'>27/06/2026</time></p><div class='body'>"
        f"<div class='column first'><p class='words'>{FIRST} Nobody had hoped for it.</p></div>"
        "<div class='column'><ul><li>"
        f"<a href='https://whatsapp.example/'>Click here and follow the channel of the pier</a></li></ul></div>{boxes}"
        "</div></main></body></html>"
    )
    article = _read(page)

    assert article.lead == "The old planks are gone, and nobody will miss them at all."
    assert article.text.startswith(FIRST)


def test_the_office_of_an_author_above_the_text_is_left_out() -> None:
    header = (
        f"<p class='lead-text'>{THIRD} Nobody had known.</p><ul class='authors'><li>"
        "<span class='author-name'>Ann Poe</span><span class='author-role'>Journalist</span></li></ul>"
        "<div><span>Published:</span> <time>8 April 2026</time></div>"
    )

    assert "Journalist" not in _read(_page(above=header)).text


def test_a_term_whose_description_was_left_out_is_left_out_too() -> None:
    header = (
        "<dl class='meta'><dt>Published</dt><dd>29 September 2026</dd><dt>Category</dt>"
        "<dd><a href='/n/r'>Pier news</a></dd></dl>"
    )

    assert _read(_page(above=header)).text == _read(_page()).text


def test_terms_with_their_descriptions_stay() -> None:
    terms = "<dl><dt>Length</dt><dd>210 metres from the shore</dd><dt>Lamps</dt><dd>44, of which six are new</dd></dl>"
    text = _read(_page(between=terms)).text

    assert all(word in text for word in ("Length", "210 metres", "Lamps", "44, of which"))


def test_a_share_of_a_hundred_in_the_first_line_makes_it_no_date() -> None:
    points = "<ul class='points'><li>Spills down 21 per cent in twelve months</li><li>Three rivers got worse</li></ul>"

    page = _page().replace("<div class='text'>", f"<div class='text'>{points}")

    assert "Spills down 21 per cent" in _read(page).text


@pytest.mark.parametrize("line", ["Фото автора", "Фото автора та управління", "Фота аўтара"])
def test_a_line_that_says_who_took_the_pictures_is_left_out(line: str) -> None:
    assert _read(_page(behind=f"<p>{line}</p>")).text == _read(_page()).text


def test_a_quotation_that_is_pulled_goes_with_the_name_below_it() -> None:
    words = "Nobody will miss them, I heard their creaking."
    quote = f"<blockquote class='q'><p>{words}</p><cite>Ada Finn, of the pier</cite></blockquote>"
    text = "<p>»Nobody will miss them, I heard their creaking,« said Ada Finn.</p>"

    assert _read(_page(text + quote)).text == _read(_page(text)).text


def test_the_heading_of_the_first_letter_is_no_standfirst() -> None:
    page = (
        f"<html><head><title>{TITLE}</title></head><body><main><article><h1>{TITLE}</h1><div>Aug 6, 2026</div>"
        "<div class='letters'><h3>Leave the deer alone</h3><p>Re: “Deer cull proposed,” July 30.</p>"
        "<p>They were here before the hydrangeas. Plant something else.</p><p><strong>Dolores Finn</strong></p>"
        "<h3>The 6:40</h3><p>My husband has missed the ferry nine times this summer, and watched it leave.</p>"
        "<p><strong>Anna Beck</strong></p></div></article></main></body></html>"
    )
    article = _read(page)

    assert article.lead is None
    assert "Leave the deer alone" in article.text


def test_a_sentence_in_a_heading_of_the_rank_of_sections_is_the_standfirst() -> None:
    said = "The old planks are gone, and hardly anybody on the island will ever miss them."
    page = (
        f"<html><head><title>{TITLE}</title></head><body><main><article><h1>{TITLE}</h1><h2>{said}</h2>"
        f"<p>{FIRST}</p><p>{SECOND}</p><h2>The lamps</h2><p>{THIRD}</p></article></main></body></html>"
    )

    assert _read(page).lead == said
