"""Pictures above a text and even above its headline, small print below pictures, and pictures that are none."""

import pytest

from newsreader.models import Article, Figure, Paragraph, figures_of, plain
from tests.extraction.reading import article_in

TITLE = "Die Fähre von Ellerau fährt wieder bei Nacht"
CAPTION = "Die Fähre am ersten Abend vor dem Anleger"
ONE = (
    "Zum ersten Mal seit elf Jahren hat die kleine Fähre von Ellerau am Freitag nach Sonnenuntergang abgelegt, mit "
    "vierzig Menschen und einem Hund an Bord, die alle winkten."
)
TWO = (
    "Der Fährmann hatte die Lampen im Winter selbst gebaut, aus Marmeladengläsern und alten Fahrradteilen, und die "
    "Gemeinde bezahlte am Ende doch noch die Kabel dafür."
)
THREE = (
    "Bis in den Herbst soll die letzte Fahrt um elf Uhr beginnen, danach um neun, weil der Nebel auf dem Fluss dann "
    "so dicht wird, dass niemand das andere Ufer sieht."
)
TEXT = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"
PICTURE = '<img src="/b/faehre.jpg" alt="">'
URL = "https://bote.example/2026/faehre"


def article_of(body: str) -> Article:
    page = f'<html lang=de><head><meta charset="utf-8"><title>{TITLE} | Ellerauer Bote</title></head><body>{body}'
    return article_in(f"{page}</body></html>", URL)


def pictures_of(body: str) -> list[Figure]:
    return list(figures_of(article_of(body).blocks))


@pytest.mark.parametrize(
    "body",
    [
        f"<article><div class=post-meta><h1>{TITLE}</h1><p>12.03.2026</p>{PICTURE}</div><div>{TEXT}</div></article>",
        f"<main><header><h1>{TITLE}</h1></header><figure>{PICTURE}</figure><div>{TEXT}</div></main>",
        f"<div class=blog><h3 class=post-title>{TITLE}</h3><div>{PICTURE}</div><div>{TEXT}</div></div>",
        f"<div><div class=top>{PICTURE}</div><h1>{TITLE}</h1><div>{TEXT}</div></div>",
        f"<article><div class=hero>{PICTURE}</div><div><h1>{TITLE}</h1><p>12.03.2026</p>{TEXT}</div></article>",
        f'<h1>{TITLE}</h1><div><a href="/b/gross.jpg"><img class="entry-thumb" src="/b/faehre.jpg"></a></div>{TEXT}',
    ],
)
def test_the_picture_between_or_above_headline_and_text_is_shown(body: str) -> None:
    assert [figure.url for figure in pictures_of(body)] == ["https://bote.example/b/faehre.jpg"]


@pytest.mark.parametrize(
    "body",
    [
        f"<header>{PICTURE}<nav><a href='/'>Start</a></nav></header><main><h1>{TITLE}</h1>{TEXT}</main>",
        f"<div><ul><li><a href='/a'>{ONE}</a>{PICTURE}</li></ul></div><main><h1>{TITLE}</h1>{TEXT}</main>",
        f"<main><a href='/drucken'><img src='/i/drucken.png'></a><h1>{TITLE}</h1>{TEXT}</main>",
        f"<main><h1>{TITLE}</h1><img src='/i/warten.gif'>{TEXT}</main>",
        f"<main><h1>{TITLE}</h1><img class='h-10 w-10 rounded-full' src='/p/jonas.jpg'>{TEXT}</main>",
        f"<main><h1>{TITLE}</h1><div class='w-16 shrink-0'><img class='rounded' src='/p/x.jpg'></div>{TEXT}</main>",
        f"<main><h1>{TITLE}</h1><p>{ONE}</p><div class='ad-slot'><a href='https://shop.example/x'>"
        f"<img src='https://shop.example/b.jpg'></a></div><p>{TWO}</p><p>{THREE}</p></main>",
        f"<main><h1>{TITLE}</h1><p>{ONE}</p><div><a href='https://shop.example/x'>"
        f"<img src='https://shop.example/b.jpg' width=300 height=250></a></div><p>{TWO}</p><p>{THREE}</p></main>",
    ],
)
def test_signs_portraits_and_advertisements_are_no_pictures_of_the_story(body: str) -> None:
    assert pictures_of(body) == []


@pytest.mark.parametrize(
    "body",
    [
        f"<main><h1>{TITLE}</h1><img src='/b/pegel.gif' alt='Der Pegel seit elf Jahren'>{TEXT}</main>",
        f"<main><h1>{TITLE}</h1><a href='/bilder/7'><img src='/b/k.png' alt='Karte beider Ufer'></a>{TEXT}</main>",
        f"<main><h1>{TITLE}</h1>{TEXT}<figure><img class='rounded-full' src='/b/s.jpg'>"
        f"<figcaption>Das alte Siegel der Fähre</figcaption></figure><p>{TWO[:60]}</p></main>",
    ],
)
def test_a_picture_that_says_what_it_shows_is_the_storys(body: str) -> None:
    assert len(pictures_of(body)) == 1


@pytest.mark.parametrize("names", ["w-full rounded-lg", "w-24 md:w-96", "h-64 object-cover"])
def test_a_picture_of_any_width_that_the_screen_gives_it_is_shown(names: str) -> None:
    assert len(pictures_of(f"<main><h1>{TITLE}</h1><img class='{names}' src='/b/faehre.jpg'>{TEXT}</main>")) == 1


@pytest.mark.parametrize(
    "form",
    [
        '<div class="aspect-video"><img src="/b/f.jpg"></div><p class="mt-2 text-xs">{}</p>',
        '<div style="text-align:center"><img src="/b/f.jpg"></div><div style="text-align:center"><i>{}</i></div>',
        '<section><img src="/b/f.jpg"></section><section><span style="font-size:12px">{}</span></section>',
        '<img src="/b/f.jpg"><div><small>{}</small></div>',
        '<span><div><img data-src="/b/f.jpg"></div><em class="img_desc">{}</em></span><br><br>',
        '<table class="tr-caption-container"><tr><td><img src="/b/f.jpg"></td></tr><tr><td class="tr-caption">{}</td>'
        "</tr></table>",
    ],
)
def test_small_print_right_below_a_picture_is_its_caption(form: str) -> None:
    article = article_of(f"<main><h1>{TITLE}</h1>{form.format(CAPTION)}{TEXT}</main>")
    (figure,) = figures_of(article.blocks)
    assert plain(figure.caption) == CAPTION
    assert (article.lead, article.text) == (None, f"{ONE}\n\n{TWO}\n\n{THREE}")


@pytest.mark.parametrize(
    "between",
    [
        f'<figure>{PICTURE}<figcaption class="a">{CAPTION}</figcaption><figcaption class="b">Rolf Brandt</figcaption>'
        "</figure>",
        f'<div class="c1">{PICTURE}<div class="c2">{CAPTION}</div><div class="c3">Foto: Rolf Brandt</div></div>',
    ],
)
def test_a_short_line_behind_a_caption_is_its_credit(between: str) -> None:
    (figure,) = pictures_of(f"<main><h1>{TITLE}</h1><p>{ONE}</p>{between}<p>{TWO}</p><p>{THREE}</p></main>")
    assert (plain(figure.caption), figure.credit) == (CAPTION, "Rolf Brandt")


LEAD = "Nach elf Jahren legt das Boot am Abend ab, und das halbe Dorf fährt mit."


@pytest.mark.parametrize(
    ("body", "first"),
    [
        (f"<h1>{TITLE}</h1><img src='/b/f.jpg'><p><em>{LEAD}</em></p>{TEXT}", LEAD),
        (f"<h1>{TITLE}</h1><img src='/b/f.jpg'><p class=text-sm>{ONE}</p><p class=text-sm>{TWO} {THREE}</p>", ONE),
        (f"<h1>{TITLE}</h1><img src='/b/f.jpg'><div align=center>{ONE} {TWO}</div><div>{THREE}</div>", ONE),
        (
            f"<h1>{TITLE}</h1><p>{ONE}</p><img src='/b/f.jpg'><p align=center><b>Und im Winter?</b></p><p>{TWO}</p>",
            f"{ONE}\n\nUnd im Winter?",
        ),
    ],
)
def test_text_and_standfirst_below_a_picture_are_no_captions(body: str, first: str) -> None:
    article = article_of(f"<main>{body}</main>")
    assert all(not figure.caption for figure in figures_of(article.blocks))
    assert f"{article.lead or ''}\n{article.text}".strip().startswith(first)


def test_a_count_below_a_picture_is_no_caption() -> None:
    body = f"<main><h1>{TITLE}</h1><div>{PICTURE}</div><div><small>1.1т</small></div>{TEXT}</main>"
    (figure,) = pictures_of(body)
    assert not figure.caption


SAYING = "Die Lampen der Fähre am ersten Abend"
SAYS = f'<img src="/b/faehre.jpg" alt="{SAYING}">'


@pytest.mark.parametrize(
    "head",
    [
        f"<div class=top>{SAYS}<div><h1>{TITLE}</h1></div><div>© Bildstelle</div></div>",
        f"<div class=kopf><div class=bild><figure>{PICTURE}<figcaption>{CAPTION}</figcaption></figure></div>"
        f"<h1>{TITLE}</h1></div>",
        f"<div class=kopf><a href='/b/gross.jpg'>{SAYS}</a><h1>{TITLE}</h1></div>",
    ],
)
def test_a_picture_above_the_headline_that_says_what_it_shows_is_the_storys_in_a_box_apart_from_the_text(
    head: str,
) -> None:
    found = pictures_of(f"<div class=kopfbereich>{head}</div><div class=text>{TEXT}</div>")
    assert [figure.url for figure in found] == ["https://bote.example/b/faehre.jpg"]


@pytest.mark.parametrize(
    "head",
    [
        f"<a href='/winter'>{SAYS}</a><h1>{TITLE}</h1>",
        f"<div>{SAYS}<a href='/winter'>Der Winter auf dem Fluss</a></div><h1>{TITLE}</h1>",
        f"<div>{PICTURE}</div><h1>{TITLE}</h1>",
        f"<header>{SAYS}</header><h1>{TITLE}</h1>",
    ],
)
def test_a_picture_above_the_headline_that_leads_elsewhere_or_says_nothing_is_not_the_storys(head: str) -> None:
    assert pictures_of(f"<div class=kopf>{head}</div><div class=text>{TEXT}</div>") == []


@pytest.mark.parametrize("name", ["entry-thumb", "header-teaser__image"])
def test_a_wide_picture_in_no_link_is_shown_though_it_is_named_as_a_small_one(name: str) -> None:
    wide = f'<img class="{name}" src="/b/faehre.jpg" width=1068 height=712>'
    assert [f.url for f in pictures_of(f"<main><h1>{TITLE}</h1>{wide}{TEXT}</main>")] == [
        "https://bote.example/b/faehre.jpg"
    ]
    narrow = wide.replace("1068", "218").replace("712", "150")
    assert pictures_of(f"<main><h1>{TITLE}</h1>{narrow}{TEXT}</main>") == []
    assert pictures_of(f"<main><h1>{TITLE}</h1><p>{ONE}</p><a href='/winter'>{wide}</a>{TWO}{THREE}</main>") == []


SOURCES = "".join(
    f'<source media="(min-width: {size}px)" srcset="/b/faehre-{size}.jpg {size}w">' for size in range(400, 1200, 100)
)
CAPTIONED = [
    f"<figure><picture>{SOURCES}<img src='/b/faehre.jpg'></picture><figcaption>{CAPTION}</figcaption></figure>",
    f"<figure><div class=bild__media><img src='/b/faehre.jpg'><button><span>Mehr zum Bild</span></button></div>"
    f"<figcaption>{CAPTION}</figcaption></figure>",
    f"<section><div class=halter><div><figure><img src='/b/faehre.jpg'></figure></div><figcaption>{CAPTION}"
    "</figcaption></div></section>",
    f"<div class=image-wrapper><div><article class=media><div><img src='/b/faehre.jpg'></div></article></div>"
    f"<span class=legende>{CAPTION}</span></div>",
]


@pytest.mark.parametrize("frame", CAPTIONED)
def test_the_caption_of_a_picture_is_found_in_whichever_box_around_it(frame: str) -> None:
    (figure,) = pictures_of(f"<main><h1>{TITLE}</h1>{frame}{TEXT}</main>")
    assert plain(figure.caption) == CAPTION


def test_the_head_of_a_page_is_no_caption_of_the_picture_in_it() -> None:
    lines = f"<div><h1>{TITLE}</h1><time>12.03.2026</time></div>"
    head = f"<div class=kopf><picture><img src='/b/faehre.jpg' width=900></picture>{lines}</div>"
    (figure,) = pictures_of(f"<main>{head}<div>{TEXT}</div></main>")
    assert not figure.caption


def test_each_of_two_pictures_in_one_figure_keeps_its_own_caption() -> None:
    inner = "".join(f"<div class=image><img src='/b/{n}.jpg'><p class=caption>{CAPTION} {n}</p></div>" for n in (1, 2))
    frame = f"<figure>{inner}<figcaption>Zwei Abende auf dem Fluss</figcaption></figure>"
    found = pictures_of(f"<main><h1>{TITLE}</h1><p>{ONE}</p>{frame}<p>{TWO}</p><p>{THREE}</p></main>")
    assert [plain(figure.caption) for figure in found] == [f"{CAPTION} 1", f"{CAPTION} 2"]


def test_a_credit_in_two_parts_is_one() -> None:
    credit = "<span class=credit>Foto: Ada Vogt</span> /<span class=distributor>Bildstelle Nord</span>"
    frame = f"<figure>{PICTURE}<figcaption><span class=caption>{CAPTION}</span> {credit}</figcaption></figure>"
    (figure,) = pictures_of(f"<main><h1>{TITLE}</h1>{frame}{TEXT}</main>")
    assert (plain(figure.caption), figure.credit) == (CAPTION, "Foto: Ada Vogt /Bildstelle Nord")


@pytest.mark.parametrize(
    ("words", "caption", "credit"),
    [
        (f"<span class=picCaption>{CAPTION} | Foto: Ada Vogt</span>", CAPTION, "Ada Vogt"),
        ("Foto: Ada Vogt/Bildstelle", "", "Ada Vogt/Bildstelle"),
    ],
)
def test_a_paragraph_of_a_picture_and_its_caption_gives_both(words: str, caption: str, credit: str) -> None:
    article = article_of(f"<main><h1>{TITLE}</h1><p>{ONE}</p><p>{PICTURE} {words}</p><p>{TWO}</p><p>{THREE}</p></main>")
    (figure,) = figures_of(article.blocks)
    assert (plain(figure.caption), figure.credit) == (caption, credit)
    assert "Vogt" not in article.text


def test_a_paragraph_of_the_text_with_a_picture_in_it_is_no_caption() -> None:
    body = f"<main><h1>{TITLE}</h1><p>{ONE}</p><p>{PICTURE} {TWO}</p><p>{THREE}</p></main>"
    (figure,) = pictures_of(body)
    assert not figure.caption
    assert TWO in article_of(body).text


WIDE = "srcset='/b/klein.jpg 320w, /b/faehre.jpg 960w'"


@pytest.mark.parametrize(
    "picture",
    [
        f"<button aria-label=Ansehen><div><img {WIDE} alt=''></div></button>",
        f"<button><figure><div><img src='data:image/svg+xml,<svg/>'><noscript><picture><source {WIDE}><img>"
        "</picture></noscript></div></figure></button>",
        "<img src='/b/faehre.jpg' srcset='data:image/gif;base64,/9j/4AAQ 1w'>",
        "<img src='data:image/jpeg;base64,/9j/4AAQSk' data-src='/b/faehre.jpg'>",
    ],
)
def test_a_picture_is_shown_that_a_button_enlarges_or_that_another_stands_for(picture: str) -> None:
    body = f"<main><h1>{TITLE}</h1><p>{ONE}</p>{picture}<p>{TWO}</p><p>{THREE}</p></main>"
    assert [figure.url for figure in pictures_of(body)] == ["https://bote.example/b/faehre.jpg"]


@pytest.mark.parametrize(
    "picture",
    [
        "<button><img src='/b/pfeil.jpg'></button>",
        "<img src='data:image/jpeg;base64,/9j/4AAQSk/abc'>",
        "<p><img src='/wp-content/themes/bote/bilder/kamera@2x.png'></p>",
        "<div class=author><figure><img src='/p/jonas.jpg' alt='Jonas Bild'></figure><b>Jonas Reet</b></div>",
        "<figure><a href='/kontakt'><img src='/b/cta-43.webp' alt='Jetzt mit uns ablegen'></a></figure>",
    ],
)
def test_buttons_the_sites_design_and_a_face_in_a_frame_are_no_pictures_of_the_story(picture: str) -> None:
    assert pictures_of(f"<main><h1>{TITLE}</h1>{picture}<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></main>") == []


def test_a_picture_below_the_headline_is_shown_though_the_headline_is_repeated_below_it() -> None:
    again = f"<div class=leiste>{TITLE}</div><h1>Elf Jahre Warten auf ein Licht im Nebel über dem Fluss</h1>"
    body = f"<div><h1>{TITLE}</h1><div><div>{PICTURE}</div></div></div>{again}<div>{TEXT}</div>"
    assert [figure.url for figure in pictures_of(body)] == ["https://bote.example/b/faehre.jpg"]


@pytest.mark.parametrize(
    ("said", "caption", "shown"),
    [
        ("", "der fährmann 3.jpg", ("", "")),
        ("der fährmann 3.jpg", CAPTION, ("", CAPTION)),
        (CAPTION, f"2 von 7 {CAPTION}", (CAPTION, CAPTION)),
        ("", f"2 von 7 Fahrgästen winken: {CAPTION}", ("", f"2 von 7 Fahrgästen winken: {CAPTION}")),
    ],
)
def test_neither_a_files_name_nor_a_place_in_a_row_says_what_a_picture_shows(
    said: str, caption: str, shown: tuple[str, str]
) -> None:
    figure = f"<figure><img src='/b/faehre.jpg' alt='{said}'><figcaption>{caption}</figcaption></figure>"
    (found,) = pictures_of(f"<main><h1>{TITLE}</h1><p>{ONE}</p>{figure}<p>{TWO}</p><p>{THREE}</p></main>")
    assert (found.alt, plain(found.caption)) == shown


def test_a_call_that_many_pictures_share_is_no_caption() -> None:
    figures = [f"<figure><img src='/b/{n}.jpg'><figcaption>6 Bilder ansehen</figcaption></figure>" for n in "abc"]
    body = f"<main><h1>{TITLE}</h1>{figures[0]}<p>{ONE}</p>{figures[1]}<p>{TWO}</p>{figures[2]}<p>{THREE}</p></main>"
    assert [plain(figure.caption) for figure in pictures_of(body)] == ["", "", ""]


def test_a_box_that_is_named_after_caption_and_credit_is_not_all_credit() -> None:
    inside = f"<figcaption class=image-caption>{CAPTION}</figcaption><span class=image-source>Edda Brook</span>"
    figure = f"<figure>{PICTURE}<span class=image-source-caption>{inside}</span></figure>"
    (found,) = pictures_of(f"<main><h1>{TITLE}</h1><p>{ONE}</p>{figure}<p>{TWO}</p><p>{THREE}</p></main>")
    assert (plain(found.caption), found.credit) == (CAPTION, "Edda Brook")


def test_what_a_paragraph_says_of_the_picture_it_begins_with_is_its_caption() -> None:
    picture = f"<p>{PICTURE}(Bild entnommen aus <a href='https://archiv.example'>archiv.example</a>)</p>"
    body = f"<main><h1>{TITLE}</h1><p>{ONE}</p>{picture}<p>{TWO}</p><p>{THREE}</p></main>"
    article = article_of(body)
    (found,) = figures_of(article.blocks)
    assert "archiv.example" in plain(found.caption) + (found.credit or "")
    assert "archiv.example" not in article.text


def test_the_still_of_a_film_leads_to_the_film_once() -> None:
    still = "<a><img src='https://i.ytimg.com/vi/Qw3rTz9_aBc/hqdefault.jpg' alt='Film'></a>"
    frame = "<iframe allowfullscreen src='https://www.youtube.com/embed/Qw3rTz9_aBc'></iframe>"
    article = article_of(f"<main><h1>{TITLE}</h1><p>{ONE}</p>{still}<p>{TWO}</p>{frame}<p>{THREE}</p></main>")
    links = [block.spans[0].href for block in article.blocks if isinstance(block, Paragraph) and block.embedded]
    assert links == ["https://www.youtube.com/watch?v=Qw3rTz9_aBc"]
    assert list(figures_of(article.blocks)) == []


LONG = f"{CAPTION}, wo die Kapelle noch einmal spielte und die Kinder mit Laternen auf dem Steg standen. " * 4


@pytest.mark.parametrize(
    ("picture", "caption", "credit"),
    [
        (
            f"<div class=image>{PICTURE}<div><cite>Edda Brook/Bote</cite>{CAPTION}.</div></div>",
            f"{CAPTION}.",
            "Edda Brook/Bote",
        ),
        (
            f"<div class=image>{PICTURE}<span class=caption><span class=attribution>Edda Brook</span> {CAPTION}.</span>"
            "</div>",
            f"{CAPTION}.",
            "Edda Brook",
        ),
        (
            f"<ul itemtype='http://schema.org/MediaObject'><li><div><a href='#'>{PICTURE}</a></div><div><p>{LONG}</p>"
            "</div></li></ul>",
            LONG.strip(),
            None,
        ),
        (f"<p>{PICTURE}</p><p><em>Source: <a href='https://x.example'>Flussbuch</a></em></p>", "", "Source: Flussbuch"),
        (
            f"<figure>{PICTURE}<figcaption>{CAPTION}. Foto: ‚Edda Brook‘.</figcaption></figure>",
            f"{CAPTION}.",
            "Edda Brook",
        ),
        (
            f"<figure>{PICTURE}<figcaption>{CAPTION}. Foto: 'Edda Brook'.</figcaption></figure>",
            f"{CAPTION}.",
            "Edda Brook",
        ),
        (f"<figure>{PICTURE.replace('>', ' width=360 height=93>')}</figure>", "", None),
        (f"<figure>{PICTURE}<p><b>Photo Credit</b> <span>Edda Brook</span></p></figure>", "", "Edda Brook"),
    ],
)
def test_credits_before_captions_below_sources_and_in_marks_are_credits(
    picture: str, caption: str, credit: str | None
) -> None:
    (found,) = pictures_of(f"<main><h1>{TITLE}</h1><p>{ONE}</p>{picture}<p>{TWO}</p><p>{THREE}</p></main>")
    assert (plain(found.caption), found.credit) == (caption, credit)


@pytest.mark.parametrize("name", ["sub-headline speakable", "article__subtitle", "Subheading"])
def test_a_heading_that_is_named_as_belonging_to_the_headline_is_the_standfirst(name: str) -> None:
    said = "Wer mitfahren will, muss sich den Platz an Bord vorher reservieren"
    head = f"<header><div class=article-meta><h1>{TITLE}</h1> <h2 class='{name}'>{said}</h2></div></header>"
    assert article_of(f"<article>{head}<div>{TEXT}</div></article>").lead == said


def test_a_credit_below_a_picture_is_no_paragraph_too() -> None:
    credit = "edda_brook / Bildarchiv"
    picture = f"<figure>{PICTURE}<div class=attribution>{credit}</div></figure><p>{credit}</p>"
    article = article_of(f"<main><h1>{TITLE}</h1><p>{ONE}</p>{picture}<p>{TWO}</p><p>{THREE}</p></main>")
    (found,) = (block for block in article.blocks if isinstance(block, Figure))
    assert found.credit == "edda_brook / Bildarchiv"
    assert "edda_brook" not in article.text


def test_a_long_credit_is_not_cut() -> None:
    credit = "Edda Brook/Flussbilder; sources: Verein der Fischer, Jon Lund/Elbarchiv in Nordhafen, Haus am Meer"
    line = f"<div class=attribution><p>{credit}, Tora Lind, Rolf Brandt</p></div>"
    picture = f"<figure>{PICTURE}<figcaption>{line}</figcaption></figure>"
    (found,) = pictures_of(f"<main><h1>{TITLE}</h1><p>{ONE}</p>{picture}<p>{TWO}</p><p>{THREE}</p></main>")
    assert found.credit == f"{credit}, Tora Lind, Rolf Brandt"
