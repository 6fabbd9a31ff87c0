"""Pictures and players of an article: addresses in many markups, captions and credits, and what is none."""

import pytest

from newsreader.extraction.page import parse_page
from newsreader.models import Article, Figure, Paragraph, figures_of, plain

TITLE = "Lighthouse of Varnholm goes dark for a winter"
ONE = (
    "<p>The lighthouse was switched off on Friday for the first time since the war, and the boats of the island stayed"
    " in the harbour until the morning, as the harbour master had asked them to.</p>"
)
TWO = (
    "<p>Its lamp is to be cleaned and its stairs mended before the herring come, the owner said, and he named the month"
    " of April, when the nights are short enough for the fishermen to find their way.</p>"
)


def article_of(between: str) -> Article:
    page = f"<html lang=en><head><title>{TITLE}</title><meta name=author content='Maud Pennick'></head><body>"
    page += f"<article><h1>{TITLE}</h1>{ONE * 2}{between}{TWO * 2}"
    article = parse_page(f"{page}</article></body></html>".encode(), "https://varnholm.example/n/lighthouse").article
    assert article is not None
    return article


def figure_of(between: str) -> Figure:
    (figure,) = figures_of(article_of(between).blocks)
    return figure


@pytest.mark.parametrize(
    "image",
    [
        "<img src='/lamp.jpg'>",
        "<img data-img-src='/lamp.jpg'>",
        "<img data-echo='/lamp.jpg' src='data:image/gif;base64,R0lGOD'>",
        "<img srcset=' 150w, 300w' src='/lamp.jpg'>",
        "<img data-lazy-srcset='/small.jpg 300w, /lamp.jpg 900w'>",
        "<img data-bgsrcset='/small.jpg 300w, /lamp.jpg 900w'>",
        "<picture><source srcset='/small.jpg 1x, /lamp.jpg 2x'><img alt='A lamp'></picture>",
        "<picture><source srcset='/lamp.jpg'><source srcset='/lamp.jpg'><img alt='A lamp'></picture>",
    ],
)
def test_a_picture_is_found_wherever_its_address_is_kept(image: str) -> None:
    assert figure_of(f"<figure>{image}</figure>").url == "https://varnholm.example/lamp.jpg"


@pytest.mark.parametrize(
    "image",
    [
        "<img width=640 height=360 src='' srcset=' 150w, 300w, 640w'>",
        "<img src='about:blank'>",
        "<div class=author><img src='/maud.jpg'><b>Maud Pennick</b></div>",
        "<a href='/author/maud'><img src='/maud.jpg'></a>",
        "<div><div><img src='/u/8.jpg' alt=''></div><div>By Maud Pennick</div></div>",
        "<ul class=share><li><a href='#'><img src='/letter.png'></a></li></ul>",
    ],
)
def test_these_are_no_pictures_of_the_article(image: str) -> None:
    assert not list(figures_of(article_of(image).blocks))


def test_a_picture_that_the_author_took_is_the_articles() -> None:
    assert figure_of("<div><img src='/lamp.jpg'><i>Photo: Maud Pennick</i></div>").credit == "Maud Pennick"


CAPTION = "The lamp of Varnholm on the last night of the year"


@pytest.mark.parametrize(
    ("below", "credit"),
    [
        (f"<span>{CAPTION}</span> <span>Olga Reeve</span>", "Olga Reeve"),
        (f"<p>{CAPTION}</p><p>Coast Pictures / O. Reeve</p>", "Coast Pictures / O. Reeve"),
        (f"{CAPTION} (Photo: Olga Reeve (Coast))", "Olga Reeve (Coast)"),
        (f"{CAPTION} (Photo by Olga Reeve/Coast)", "Olga Reeve/Coast"),
        (f"{CAPTION} (CP Photo/Olga Reeve)", "Olga Reeve"),
        (f"{CAPTION} Foto: Olga Reeve", "Olga Reeve"),
        (f"{CAPTION} © Olga Reeve", "Olga Reeve"),
        (f"{CAPTION} <small class=credit>Olga Reeve</small>", "Olga Reeve"),
        (f"{CAPTION}<cite class=attribution>Olga Reeve / Coast</cite>", "Olga Reeve / Coast"),
        (f"{CAPTION} <span class=photo-contributor>Olga Reeve</span>", "Olga Reeve"),
        (CAPTION, None),
    ],
)
def test_the_credit_is_distinguished_from_the_caption_and_neither_is_cut(below: str, credit: str | None) -> None:
    figure = figure_of(f"<figure><img src='/lamp.jpg'><figcaption>{below}</figcaption></figure>")
    assert " ".join(plain(figure.caption).split()) == CAPTION
    assert figure.credit == credit


@pytest.mark.parametrize(
    ("below", "caption", "credit"),
    [
        (f"<p><img src='/lamp.jpg'><br><small>{CAPTION} / fot. Olga Reeve</small></p>", CAPTION, "Olga Reeve"),
        (f"<p><img src='/lamp.jpg'></p><p>{CAPTION} (Photo: Olga Reeve)</p>", CAPTION, "Olga Reeve"),
        ("<p><img src='/lamp.jpg'></p><p>Foto: Olga Reeve</p>", "", "Olga Reeve"),
        (f"<table><tr><td><img src='/lamp.jpg'></td></tr><tr><td>{CAPTION}</td></tr></table>", CAPTION, None),
    ],
)
def test_a_line_below_a_picture_that_is_no_text_is_its_caption(below: str, caption: str, credit: str | None) -> None:
    article = article_of(below)
    (figure,) = figures_of(article.blocks)
    assert (plain(figure.caption), figure.credit) == (caption, credit)
    assert len(article.text.split("\n\n")) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("冬の最後の夜、ヴァルンホルムの灯台の前で漁師たちが船を待っている様子。", "灯は四月まで消える。"),
        ("साल की आखिरी रात को वार्नहोम के दीपघर के सामने मछुआरे अपनी नावों की राह देखते हैं।", "दीपक अप्रैल तक बुझा रहेगा।"),
        ("Տարվա վերջին գիշերը ձկնորսները փարոսի առջև սպասում են իրենց նավակներին։", "Լույսը կմարի մինչև ապրիլ։"),
        ("The fishermen wait for their boats before the lighthouse on the last night.", "Its lamp is out…"),
    ],
)
def test_a_sentence_at_the_end_of_a_caption_is_no_credit_in_whichever_script(first: str, second: str) -> None:
    caption = f"<figcaption><span>{first}</span> <span>{second}</span></figcaption>"
    figure = figure_of(f"<figure><img src='/lamp.jpg'>{caption}</figure>")
    assert (plain(figure.caption), figure.credit) == (f"{first} {second}", None)


def test_the_box_of_a_sentence_and_a_credit_is_no_credit_though_it_is_named_so() -> None:
    said = f"<div class=attribution>{CAPTION}. <span class=credit>Olga Reeve</span></div>"
    figure = figure_of(f"<div class=lede-image><img src='/lamp.jpg'><div class=lede-image-said>{said}</div></div>")
    assert (plain(figure.caption), figure.credit) == (f"{CAPTION}.", "Olga Reeve")


def test_emphasis_at_the_end_of_a_caption_is_no_credit() -> None:
    below = "<span>The lamp of Varnholm as painted in</span> <em>The Long Night</em>"
    figure = figure_of(f"<figure><img src='/lamp.jpg'><figcaption>{below}</figcaption></figure>")
    assert plain(figure.caption) == "The lamp of Varnholm as painted in The Long Night"


def test_a_sentence_in_the_smallest_heading_below_a_picture_is_its_caption() -> None:
    words = "Olga Reeve, The Long Night, 1911. Photogravure, 14 × 22 cm. Courtesy of the Lamp House."
    article = article_of(f"<div><img src='/lamp.jpg'></div><h6>{words}</h6>")
    assert words not in article.text
    (figure,) = figures_of(article.blocks)
    assert plain(figure.caption) == words


def players_of(between: str) -> list[str | None]:
    blocks = article_of(between).blocks
    return [span.href for b in blocks if isinstance(b, Paragraph) and b.embedded for span in b.spans if span.href]


@pytest.mark.parametrize(
    "frame",
    [
        "<iframe src='https://video.example/embed/lamp'></iframe>",
        "<iframe src='about:blank' data-src='https://video.example/embed/lamp'></iframe>",
        "<iframe data-cookieblock-src='https://video.example/embed/lamp'></iframe>",
    ],
)
def test_a_player_is_found_that_a_script_would_fill(frame: str) -> None:
    assert players_of(f"<div>{frame}</div>") == ["https://video.example/embed/lamp"]


@pytest.mark.parametrize(
    "frame",
    [
        "<iframe src='https://ads.example/embed/1' allowfullscreen></iframe>",
        "<div class=ad-slot><iframe src='https://x.example/embed/1' allowfullscreen></iframe></div>",
        "<iframe title='Advertisement' src='https://x.example/embed/1' allowfullscreen></iframe>",
        "<iframe src='about:blank' allowfullscreen></iframe>",
    ],
)
def test_the_frame_of_an_advertisement_is_no_player(frame: str) -> None:
    assert players_of(frame) == []


@pytest.mark.parametrize(
    "picture",
    [
        '<a href="https://talk.example/intent/tweet?url=x"><img src="/buttons/large/t.gif" alt="Talk"></a>',
        '<a href="https://g.example/share?url=http://moor.example/1"><img src="/buttons/large/g.gif"></a>',
        '<a href="mailto:?subject=Peat"><span><img src="/buttons/large/m.png"></span></a>',
        '<a href="https://agency.example/"><img src="/partners/original/agency.jpg" alt="Agency"></a>',
        '<a href="https://agency.example"><img src="https://pictures.example/x.img?h=17&w=0" alt="Agency"></a>',
        '<img src="https://pictures.example/x.img?height=24" alt="A small sign">',
        '<img src="/2026/10/paint-of-all-colours-300x250px.gif" alt="Paint">',
        '<div class="box"><img src="/other.jpg" width="600"><h3><a href="/2026/o.html">Another story</a></h3></div>',
        '<div class="box"><a href="/2026/o.html"><img src="/other.jpg"><h4>Another story of the moor</h4></a></div>',
    ],
)
def test_a_picture_that_exists_for_its_link_does_not_belong_to_the_story(picture: str) -> None:
    assert not list(figures_of(article_of(picture).blocks))


@pytest.mark.parametrize(
    "picture",
    [
        '<a href="/large/engine.jpg"><img src="/engine.jpg" width="600"></a>',
        '<a href="/2026/share-of-the-catch.html"><img src="/engine.jpg?w=800&h=600"></a>',
        '<figure><a href="https://agency.example/"><img src="/e.jpg"></a><figcaption>The engine</figcaption></figure>',
    ],
)
def test_a_linked_picture_of_the_story_is_shown(picture: str) -> None:
    assert len(list(figures_of(article_of(picture).blocks))) == 1


OWN = "<figure><img src='/stairs.jpg' alt='The stairs'></figure>"


@pytest.mark.parametrize("language", ["en", "de", "uk", "zh"])
@pytest.mark.parametrize(
    "card",
    [
        "<article class=c8><header><picture><img src='/other.jpg'></picture></header><div><h4><a href='/n/other'>{}</a>"
        "</h4></div></article>",
        "<div class=k1><figure><img src='/other.jpg'></figure><p>{label}</p><a href='/n/other'>{}</a></div>",
        "<ul><li><div><div><img src='/other.jpg'></div></div><p><a href='/n/other'><b>{}</b></a></p></li></ul>",
        "<a class=x9 href='/n/other'><img src='/other.jpg'><span>{}</span></a>",
    ],
)
def test_the_picture_of_another_story_goes_with_its_headline(card: str, language: str) -> None:
    headline, label = {
        "en": ("Ferry to the mainland waits for the ice to break", "Read also"),
        "de": ("Die Fähre zum Festland wartet auf das Ende des Eises", "Lesen Sie auch"),
        "uk": ("Пором на материк чекає, поки скресне крига в протоці", "Читайте також"),
        "zh": ("开往大陆的渡轮 仍在港口 等待冰面 融化 船长说 还要一周", "相关阅读"),
    }[language]
    pictures = list(figures_of(article_of(OWN + card.format(headline, label=label)).blocks))
    assert [picture.url for picture in pictures] == ["https://varnholm.example/stairs.jpg"]


@pytest.mark.parametrize(
    "offer",
    [
        "<div><div>We may get a commission</div><a href='https://shop.example/x'><img src='/oil.jpg'>"
        "<b>Lamp oil</b></a></div>",
        "<div><a rel='nofollow sponsored' href='https://shop.example/x'><img src='/oil.jpg'></a></div>",
    ],
)
def test_the_picture_of_what_is_on_sale_is_not_the_articles(offer: str) -> None:
    assert not list(figures_of(article_of(offer).blocks))


@pytest.mark.parametrize(
    "image",
    [
        "<figure><img src='/lamp.jpg'><figcaption>The lamp. <a href='/n/other'>More of what the divers found there</a>"
        "</figcaption></figure>",
        "<div><img src='/lamp.jpg'><div>The lamp of Varnholm in its house of glass, on the last night of the year that"
        " it burned. <a href='/n/other'>See what the divers found there</a></div></div>",
        "<p><a href='/n/oil'><img src='/lamp.jpg'>The oil for this lamp</a> came from whales, and later from the"
        " mainland in barrels that two men could carry up the stairs.</p>",
        "<h2><a href='/n/lamp'>The lamp that was made in the capital</a></h2><img src='/lamp.jpg'>" + ONE,
        "<div class=hero><img src='/lamp.jpg'><a href='/topics/lighthouses'>Lighthouses of the coast</a></div>",
    ],
)
def test_the_articles_own_picture_stays_though_links_are_near(image: str) -> None:
    pictures = [picture.url for picture in figures_of(article_of(image).blocks)]
    assert pictures == ["https://varnholm.example/lamp.jpg"]


@pytest.mark.parametrize(
    "address",
    [
        "https://ww3.smartadserver.com/call/pubi/4/M/1/",
        "https://track.example/view/[timestamp]/a",
        "/img/index-transparent_h-3.gif",
        "/img/placeholder.png",
    ],
)
def test_a_filler_or_a_counter_is_no_picture(address: str) -> None:
    assert not list(figures_of(article_of(f"<div><img src='{address}'></div>").blocks))
    found = figure_of(f"<div><img src='{address}' data-src='/placeholder-of-the-lamp.jpg'></div>")
    assert found.url == "https://varnholm.example/placeholder-of-the-lamp.jpg"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("https://varnholm.example/lamp_2.jpg", ""),
        ("lamp_2.jpg", ""),
        ("lamp-2", ""),
        ("IMG_2044", ""),
        ("Lamp", "Lamp"),
        ("A lamp-2", "A lamp-2"),
        ("half-light", "half-light"),
    ],
)
def test_the_name_of_a_file_is_no_replacement_text(said: str, shown: str) -> None:
    assert figure_of(f"<figure><img src='/lamp_2.jpg' alt='{said}'></figure>").alt == shown


def test_a_picture_that_says_the_authors_name_is_a_portrait() -> None:
    portrait = "<div><a href='/team/maud'><img src='/maud.jpg' alt='Maud Pennick'></a><p>By Maud Pennick</p></div>"
    other = "<figure><img src='/olga.jpg' alt='Maud Pennick'><figcaption>Maud Pennick there</figcaption></figure>"
    assert [picture.url for picture in figures_of(article_of(portrait + other).blocks)] == [
        "https://varnholm.example/olga.jpg"
    ]


@pytest.mark.parametrize(
    "image",
    [
        "<div><img src='/n/null' alt='A lamp'></div>",
        "<img src='undefined'>",
        f"<div><img src='/9j/{'4AAQSkZJRgABAQ' * 200}'></div>",
        "<div class=p><img src='/team/maud-pennick.jpg'></div>",
        "<div><img src='/morning.png' alt='The morning letter'><p>Our letter, every day</p><input type=email></div>",
    ],
)
def test_what_a_script_forgot_a_face_and_a_letters_picture_are_left_out(image: str) -> None:
    assert not list(figures_of(article_of(f"{image}<p>By Maud Pennick</p>").blocks))


@pytest.mark.parametrize("joint", ["—", "|", "/", "–"])
def test_a_caption_ends_before_what_joins_it_to_its_credit(joint: str) -> None:
    figure = figure_of(f"<figure><img src='/lamp.jpg'><figcaption>{CAPTION}. {joint} © O. Reeve</figcaption></figure>")
    assert (plain(figure.caption), figure.credit) == (f"{CAPTION}.", "O. Reeve")


def test_pictures_that_one_address_makes_smaller_are_not_one() -> None:
    one, two = (f"<figure><img src='/_next/image?url=%2Fmedia%2F{name}.jpg&w=1920'></figure>" for name in ("a", "b"))
    assert len(list(figures_of(article_of(one + two + one).blocks))) == 2


def test_a_size_in_the_query_tells_no_pictures_apart_and_makes_none_of_two() -> None:
    one, two = (f"<figure><img src='/pic/{name}?process=image/resize,w_900'></figure>" for name in ("a7", "b7"))
    assert len(list(figures_of(article_of(one + two).blocks))) == 2


PROFILE = '<div class="profile"><a href="/team/maud"><img src="/maud.jpg" alt="Maud"></a><p>{}</p></div>'


@pytest.mark.parametrize(
    ("words", "is_shown"),
    [
        ("<b>Maud Pennick</b> Senior Correspondent for Northern Harbours", False),
        ("Maud Pennick Redaktion Wirtschaft und Hafen, Kiel", False),
        ("Maud Pennick waits for the last boat in the rain", True),
        ("Maud Pennick On The Pier Of Kiel In Winter.", True),
    ],
)
def test_a_picture_over_a_name_and_an_office_is_a_portrait(words: str, is_shown: bool) -> None:
    shown = figures_of(article_of(f"<p>By Maud Pennick</p>{PROFILE.format(words)}").blocks)
    assert any(picture.url.endswith("/maud.jpg") for picture in shown) is is_shown


def test_a_replacement_text_that_many_pictures_have_is_not_shown() -> None:
    many = "".join(f"<p><img src='/{n}.jpg' alt='Post image'></p>" for n in ("lamp", "pier", "boat"))
    own = "<p><img src='/a.jpg' alt='The lamp at noon'></p><p><img src='/b.jpg' alt='The lamp at noon'></p>"
    assert [picture.alt for picture in figures_of(article_of(many + own).blocks)] == [
        "",
        "",
        "",
        *["The lamp at noon"] * 2,
    ]


@pytest.mark.parametrize(
    "box",
    [
        "<div><img class='pic head_bkg_img' alt='' src='/quay.jpg' width='1920' height='725'></div>",
        "<div><img class='hero-background' alt='' src='/quay.jpg'></div>",
        "<div><p><b>In partnership with</b></p><a href='https://lamps.example/'>"
        "<img src='https://cdn.example/advertiser/quay.jpg'></a></div>",
        "<div><a href='https://x.com/varnholm'><img src='/quay.jpg'></a></div>",
        "<div class='box'><a href='/lamps'><img src='/quay.jpg'></a><a href='#'>&times;</a></div>",
        "<section><div><div>For keepers from six to ninety</div><h2>Which lamp is yours?</h2><div>Answer nine "
        "questions and find out.</div><a class='btn' href='/quiz'>Begin</a></div><img src='/quay.jpg'></section>",
        "<p><img src='https://cdn.example/adserver/www/delivery/avw.php?zoneid=9'></p>",
    ],
)
def test_a_picture_behind_words_or_of_a_promotion_is_not_shown(box: str) -> None:
    assert list(figures_of(article_of(box).blocks)) == []


@pytest.mark.parametrize("image", ["<img class='bg-white' alt='' src='/lamp.jpg'>", "<img class='background' "
                                   "alt='The lamp' src='/lamp.jpg'>"])  # fmt: skip
def test_a_picture_before_a_colour_or_with_words_of_its_own_is_shown(image: str) -> None:
    assert figure_of(image).url == "https://varnholm.example/lamp.jpg"


def test_a_picture_that_leads_to_where_it_was_posted_is_shown() -> None:
    posted = "<div><a href='https://facebook.com/photo.php?fbid=12'><img src='/lamp.jpg'></a></div>"
    assert len(list(figures_of(article_of(posted).blocks))) == 1


def test_who_took_a_picture_is_no_text_where_it_is_the_description_of_a_term() -> None:
    credit = "<div><dl><dt>Фото:</dt><dd>личный архив Маши Ивановой</dd></dl></div>"
    assert "архив" not in article_of(credit).text


LINES = (("The lamp before it was cleaned.", "Photo by: Ann Lens"), ("Treppe nach dem Umbau.", "Foto: Jan Wied"),
         ("Вежа взимку.", "Фото: Марко Сич"))  # fmt: skip


BETWEEN = (
    "<p>Nobody on the island knew where the key of the upper door was, and the keeper, who had it on a string round "
    "his neck, was in the city with his sister until the Tuesday.</p>",
    "<p>Am Dienstag kam er mit dem ersten Boot zurück, ging die Treppe hinauf und fand dort eine Möwe, die auf einem "
    "Ei saß und nicht daran dachte, ihm Platz zu machen.</p>",
    "<p>Тоді він сів на сходах і чекав, поки вона полетить, а що чекати довелося довго, то вивчив напам'ять усі "
    "таблички, які там висіли від часу його діда.</p>",
)


def test_short_lines_that_share_paragraphs_with_pictures_are_their_captions() -> None:
    pictures = "".join(
        f"<p><span><img src='/{n}.jpg'></span>{caption} {credit}</p>{text}"
        for n, ((caption, credit), text) in enumerate(zip(LINES, BETWEEN, strict=True))
    )
    article = article_of(pictures)
    shown = [(plain(figure.caption), figure.credit) for figure in figures_of(article.blocks)]
    assert shown == [(caption, credit.partition(": ")[2]) for caption, credit in LINES]
    assert not any(caption in article.text for caption, _ in LINES)


@pytest.mark.parametrize(
    "paragraphs",
    [
        BETWEEN,
        [f"<p>{caption}</p>" for caption, _ in LINES],
        [f"{text[:-4]} (Photo: Ann Lens)</p>" for text in BETWEEN],
    ],
)
def test_a_paragraph_that_is_long_or_without_a_credit_behind_a_picture_in_it_is_text(paragraphs: list[str]) -> None:
    pictures = "".join(f"<p><img src='/{n}.jpg'>{text[3:]}" for n, text in enumerate(paragraphs))
    text = article_of(pictures).text
    assert all(paragraph[3:-4] in text for paragraph in paragraphs)


FOUND = "The keeper's boat below the lighthouse, on the day when the herring came"


@pytest.mark.parametrize(
    ("form", "caption", "credit"),
    [
        ("<div><img src='/lamp.jpg'></div><p class=caption>{}</p><div class=credit>Ann Lens / Post</div>", FOUND, True),
        ("<div class=x1><img src='/lamp.jpg'><div class=credit>Ann Lens / Post</div><div class=caption>{}</div></div>",
         FOUND, True),
        ("<div class=hmedia><p class=photo><img src='/lamp.jpg'></p><p class=contributor>Ann Lens / Post</p>"
         "<p class=fn>{}</p></div>", FOUND, True),
        ("<img src='/lamp.jpg'><p id=description></p><p id=caption>{}</p>", FOUND, False),
        ("<div><img src='/lamp.jpg'></div><p class=caption><span class=credit>Ann Lens / Post</span> {}</p>",
         FOUND, True),
        ("<div class=x1><div><img src='/lamp.jpg'></div><div><span></span><span class=credit>Credit: Ann Lens / Post"
         "</span></div></div>" * 2, "", True),
        ("<figure><div>" + "<i></i>" * 70 + "</div><img src='/lamp.jpg'><figcaption>{}"
         " CreditCredit...Ann Lens / Post</figcaption></figure>", FOUND, True),
    ],
)  # fmt: skip
def test_caption_and_credit_are_found_in_the_lines_below_a_picture(form: str, caption: str, credit: bool) -> None:
    figure = next(iter(figures_of(article_of(form.replace("{}", FOUND)).blocks)))
    assert (plain(figure.caption), figure.credit) == (caption, "Ann Lens / Post" if credit else None)


def test_the_name_and_the_price_of_a_thing_for_sale_are_no_caption() -> None:
    sold = "<div>Lantern</div><div>made of tin and glass</div><div>24,99 €</div><div>To the shop</div>"
    figure = figure_of(f"<div><img src='/lamp.jpg'></div><div class=caption>{sold}</div>")
    assert not figure.caption


def test_a_paragraph_of_the_text_below_a_picture_is_no_caption() -> None:
    article = article_of(f"<div class=photo><img src='/lamp.jpg'></div>{TWO}")
    (figure,) = figures_of(article.blocks)
    assert not figure.caption


@pytest.mark.parametrize(
    "image",
    [
        "<img data-delayed-url='https://varnholm.example/lamp.jpg?e=1'>",
        "<img data-later='https://pictures.varnholm.example/i/7f3a/0' alt='A lamp'>",
        "<img src='https://varnholm.example/lamp.jpg' width=800 height=0>",
    ],
)
def test_a_picture_that_a_script_loads_or_sizes_is_shown(image: str) -> None:
    assert "varnholm.example" in figure_of(f"<figure>{image}</figure>").url


def test_a_script_is_no_address_of_a_picture() -> None:
    broken = "if(this.src!=&apos;/lamp.jpg&apos;) this.src=&apos;/lamp.jpg&apos;;"
    assert not list(figures_of(article_of(f'<figure><img src="{broken}"></figure>').blocks))


def test_the_portrait_of_the_author_is_not_shown_for_its_byline_as_caption() -> None:
    portrait = "<img src='/i/1057_Maud_Pennick_160X200.png' alt='Maud Pennick Image'>"
    byline = "<div><div>By<a href='/about/team/maud-pennick'>Maud Pennick</a></div><div>Friday, May 8, 2026</div></div>"
    page = f"<html lang=en><head><title>{TITLE}</title><meta name=author content='Maud Pennick'></head><body>"
    page += f"<article><div><h1>{TITLE}</h1></div><div><div>{portrait}</div>{byline}</div>{ONE * 2}{TWO * 2}</article>"
    article = parse_page(f"{page}</body></html>".encode(), "https://varnholm.example/n/lighthouse").article
    assert article is not None
    assert not list(figures_of(article.blocks))


def test_a_portrait_in_a_frame_is_not_shown_for_the_name_below_it() -> None:
    frame = "<figure><figcaption>Written by Maud Pennick</figcaption><img src='/m.jpg' alt='Maud Pennick'></figure>"
    assert not list(figures_of(article_of(frame).blocks))


def test_the_length_of_a_film_is_not_between_a_picture_and_its_caption() -> None:
    form = "<div><figure><img src='/lamp.jpg'></figure><div><div>0:49</div></div></div><div class=caption__box><div>"
    form += (
        f"<div class=caption__text><span>{FOUND}</span></div><span class=caption__credit>Ann Lens</span></div></div>"
    )
    figure = figure_of(form)
    assert (plain(figure.caption), figure.credit) == (FOUND, "Ann Lens")


def test_the_caption_of_a_picture_is_not_printed_below_it_again() -> None:
    said = "The keeper of the lamps had oiled the hinges in the morning, as he does before every storm of the year."
    article = article_of(f"<figure><img src='/lamp.jpg'><figcaption>{said}</figcaption></figure><p>{said}</p>")
    assert plain(next(iter(figures_of(article.blocks))).caption) == said
    assert said not in article.text


def test_the_caption_of_the_next_picture_is_not_that_of_this_one_too() -> None:
    column = "<div class=column><figure class=image><img src='{}'>{}</figure></div>"
    said = f"<figcaption class=element-caption>{FOUND}</figcaption>"
    row = f"<div class=columns>{column.format('/boat.jpg', '')}{column.format('/lamp.jpg', said)}</div>"
    boat, lamp = figures_of(article_of(row).blocks)
    assert (plain(boat.caption), plain(lamp.caption)) == ("", FOUND)


@pytest.mark.parametrize(
    "blurred",
    ["/media/lamp~2.png/v1/fill/w_281,h_250,al_c,blur_30/lamp~2.png", "/image/upload/e_blur:1000,w_90/lamp.jpg"],
)
def test_a_blurred_picture_before_the_sharp_one_is_not_shown(blurred: str) -> None:
    sharp = "/media/lamp~2.png/v1/fill/w_706,h_628,al_c/lamp~2.png"
    again = sharp.replace("w_706,h_628", "w_1412,h_1256")
    images = "".join(f"<div><img src='{address}'></div>" for address in (blurred, sharp, again))
    assert figure_of(images).url == f"https://varnholm.example{sharp}"
