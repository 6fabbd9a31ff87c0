"""Lines near a text that are not of it by what kind of line they are, and their neighbours that are."""

import json

import pytest

from newsreader.extraction.page import parse_page
from newsreader.models import Article, figures_of, plain

TITLE = "The mill at Orrel grinds flour again"
TEXT = (
    "The mill at Orrel has ground flour since Thursday, for the first time in thirty years, and the sacks that came "
    "out of it were carried to the bakery on a handcart.",
    "Its wheel had stood still since a flood took the weir, and the beams were so rotten that the carpenters counted "
    "those that could stay on two hands.",
    "Water from the brook drives two stones, the older of which was found under the floor of a barn, where somebody "
    "had used it as a hearth.",
    "Flour can be bought on Saturdays, a kilo costs as much as in the shop, and whoever brings a sack of grain of "
    "their own may wait for it at the table below the stairs.",
)
MORE = tuple(text.replace("the", "every").replace("The", "Every") for text in TEXT)
BODY = "".join(f"<p>{text}</p>" for text in TEXT)


def article_of(inner: str, head: str = "") -> Article:
    page = f'<html lang="en"><head><title>{TITLE} | Orrel Post</title>{head}</head><body><main><h1>{TITLE}</h1>{inner}'
    article = parse_page(f"{page}</main></body></html>".encode(), "https://orrel.example/2026/mill").article
    assert article is not None
    return article


@pytest.mark.parametrize(
    "words",
    [
        "Estimated reading time: 4 minutes",
        "4 min read",
        "Lesezeit: 4 Minuten",
        "Temps de lecture : 4 min",
        "Tiempo de lectura: 4 minutos",
        "Tempo di lettura 4 minuti",
        "Leestijd 4 minuten",
        "Время на чтение: 4 мин",
        "Час читання: 4 хв",
        "Czas czytania: 4 min",
        "阅读时间：4 分钟",
    ],
)
@pytest.mark.parametrize("form", ["<p class=lead>{}</p>{}", "<div><span>{}</span></div>{}", "<p><em>{}</em></p>{}"])
def test_how_long_reading_takes_is_neither_lead_nor_text(words: str, form: str) -> None:
    article = article_of(form.format(words, BODY))
    assert (article.lead, article.text.split("\n\n")) == (None, list(TEXT))


def test_a_sentence_about_reading_time_is_text() -> None:
    sentence = "Reading time has become short in the mill since the wheel turns, the miller said, and laughed."
    assert sentence in article_of(f"{BODY}<p>{sentence}</p>{BODY}").text


@pytest.mark.parametrize(
    "line",
    [
        "(Additional reporting by Ines Vale, Tom Arkin, Lena Moro, Pavel Strand, Greta Hollis, Amos Keel, Rita Lund, "
        "Jonas Brack, Mira Tosh, Hugo Fenn and Nora Pell in Orrel; Writing by Sam Ortiz; Editing by Vera Kohl and "
        "Ludwig Sands and Paula Rees and Anton Wills and Maria Delgado)",
        "(Reporte de Inés Vale. Editado por Tomás Arquín)",
        "(Bericht von Ines Vale, redigiert von Tom Arkin)",
        "[Featured image by Ines Vale/Orrel Pictures]",
        "Photo sources: millwheel by ines, old stones by tarkin, sacks by moro, the brook in spring by strand, hollis",
        "Bildnachweis: Ines Vale, Tom Arkin, Archiv der Gemeinde Orrel, Sammlung Moro, Lena Strand, Greta Hollis",
    ],
)
def test_who_worked_on_it_is_not_the_last_line(line: str) -> None:
    assert article_of(f"{BODY}<p>{line}</p>").text.split("\n\n") == list(TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "Photos by the carpenters hang in the hall, and one of them shows the wheel in the year of the flood.",
        "Bericht von der Mühle: so nennt der Müller den Zettel, auf dem das Gewicht von jedem Sack steht.",
        "(The mill is open on Saturdays from nine to four, and the bridge to it is closed to cars.)",
    ],
)
def test_a_sentence_with_such_words_stays_the_last_line(line: str) -> None:
    assert article_of(f"{BODY}<p>{line}</p>").text.split("\n\n")[-1] == line


@pytest.mark.parametrize(
    ("author", "life"),
    [
        ("Ulla Exner", "Korrespondentin Ulla Exner ist bei der Orreler Post für Mühlen zuständig."),
        ("Inés Vale", "Inés Vale escribe sobre molinos y ríos desde hace veinte años."),
        ("Лена Мороз", "Лена Мороз пишет о мельницах и реках, раньше работала на радио."),
        ("Jem Hill", "Jem Hill can be reached at jem@orrel.example."),
    ],
)
def test_what_the_author_does_is_not_the_last_line(author: str, life: str) -> None:
    head = f'<meta name="author" content="{author}">'
    assert article_of(f"{BODY}<p>{life}</p>", head).text.split("\n\n") == list(TEXT)


@pytest.mark.parametrize("numbers", [("1", "2", "3"), ("7",)])
def test_the_numbers_of_lines_of_code_are_no_text(numbers: tuple[str, ...]) -> None:
    code = "\n".join(f"grind(sack_{number})" for number in numbers)
    row = f"<table><tr><td><pre>{chr(10).join(numbers)}</pre></td><td><pre><code>{code}</code></pre></td></tr></table>"
    assert article_of(f"{BODY}{row}<p>{MORE[0]}</p>").text.split("\n\n") == [*TEXT, code, MORE[0]]


@pytest.mark.parametrize(
    "block", ["<pre>1\n2\n3</pre><pre>grind(sack)</pre>", "<table><tr><td>1</td><td>Orrel</td></tr></table>"]
)
def test_numbers_that_are_output_or_a_table_stay(block: str) -> None:
    words = [text for part in article_of(f"{BODY}{block}{BODY}").text.split("\n\n") for text in part.split()]
    assert "1" in words


def test_steps_that_are_set_as_headings_are_text_to_the_end() -> None:
    steps = "".join(f"<h2>{text}</h2><figure><img src='/{n}.jpg'></figure>" for n, text in enumerate(MORE))
    assert article_of(f"{BODY}{steps}").text.split("\n\n") == [*TEXT, *MORE]


def test_a_short_step_at_the_end_is_text_where_the_others_are_long() -> None:
    steps = "".join(f"<h2>{text}</h2><figure><img src='/{n}.jpg'></figure>" for n, text in enumerate(MORE))
    assert article_of(f"{BODY}{steps}<h2>Then hang it up.</h2>").text.endswith("\n\nThen hang it up.")


def test_a_single_long_heading_at_the_end_is_no_text() -> None:
    asks = "This story is one of many that the members of our circle can read, together with plans and letters."
    assert article_of(f"{BODY}<h2>{asks}</h2>").text.split("\n\n") == list(TEXT)


def test_a_standfirst_that_other_sites_show_as_title_is_a_lead() -> None:
    lead = "It has been a long winter for the carpenters of Orrel."
    article = article_of(
        f"<div class='k_dek__x1 k_withImage__x2'>{lead}</div><div>Nov. 3, 2026, 12:31 PM</div>{BODY}",
        f'<meta property="og:title" content="{lead}">',
    )
    assert (article.title, article.lead) == (TITLE, lead)


@pytest.mark.parametrize("name", ["Lê Phương", "Ulla Exner", "Олена Мороз", "Inés Vale Torres"])
@pytest.mark.parametrize(
    "form",
    [
        "<p style='text-align: right;'><strong>{}</strong></p>",
        "<p><em>{}</em></p>",
        "<p align=right>{}</p>",
        "<div class=author>{}</div>",
    ],
)
def test_a_name_alone_in_the_last_line_wrote_the_text(name: str, form: str) -> None:
    head = '<meta name="author" content="Orrelpost">'
    article = article_of(BODY + form.format(name), head)
    assert (article.authors, article.text.split("\n\n")) == ((name,), list(TEXT))


def test_an_author_who_is_known_signs_too() -> None:
    article = article_of(f"<p>By Jem Hill</p>{BODY}<p>Jem Hill</p>")
    assert (article.authors, article.text.split("\n\n")) == (("Jem Hill",), list(TEXT))


@pytest.mark.parametrize("line", ["<p><b>Second Thoughts Welcome</b></p>", "<p>Anna Berg</p>", "<li>Anna Berg</li>"])
def test_another_name_or_line_at_the_end_signs_nothing(line: str) -> None:
    assert article_of(f"<p>By Jem Hill</p>{BODY}{line}").authors == ("Jem Hill",)


def test_a_topic_above_a_standfirst_is_not_of_it() -> None:
    lead = "The carpenters of Orrel counted the beams on two hands, and the stones are older than the house."
    inner = f"<div class=intro><p>Mills of the valley</p><p>{lead}</p></div><p>By Jem Hill, 3 November 2026</p>{BODY}"
    article = article_of(inner)
    assert (article.lead, article.text.split("\n\n")) == (lead, list(TEXT))


def test_a_standfirst_in_a_list_that_holds_the_whole_page_is_a_lead() -> None:
    lead = "OLD STONES: The carpenters of Orrel counted the beams on two hands, and the stones are older than the house"
    page = f"<ul><li><h1>{TITLE}</h1><h2>{lead}</h2><div>AFP, ORREL</div>{BODY}</li></ul>"
    head = f"<html lang=en><head><title>{TITLE} | Orrel Post</title></head><body>{page}</body></html>"
    article = parse_page(head.encode(), "https://orrel.example/2026/mill").article
    assert article is not None
    assert article.lead == lead


def test_a_caption_that_is_marked_as_a_heading_is_a_caption() -> None:
    caption = "The carpenters of Orrel, from left Tom Arkin and Ines Vale, carry the new beam over the brook on Monday."
    box = f"<div class=b3><div><img src='/beam.jpg'></div><h1>{caption}</h1><p>Photo: Orrel Post</p></div>"
    article = article_of(f"<p>{TEXT[0]}</p><p>{TEXT[1]}</p>{box}<p>{TEXT[2]}</p><p>{TEXT[3]}</p>")
    assert article.text.split("\n\n") == list(TEXT)
    assert [plain(figure.caption) for figure in figures_of(article.blocks)] == [caption]


@pytest.mark.parametrize("topic", ["Mills of the valley", "Wheels turn again", "Neues von der Mühle"])
def test_the_headline_under_a_topic_is_no_standfirst(topic: str) -> None:
    head = f"<div class=kicker-line>{topic}</div><h2>{TITLE}</h2>"
    page = f"<html lang=en><head><title>Flour from Orrel: the mill grinds</title></head><body><article>{head}{BODY}"
    both = f"<html lang=en><head><title>{TITLE}</title></head><body><article><h2>{topic} {TITLE}</h2>{BODY}"
    for html in (page, both):
        article = parse_page(f"{html}</article></body></html>".encode(), "https://orrel.example/2026/mill").article
        assert article is not None
        assert article.lead is None
        assert article.text.split("\n\n")[-4:] == list(TEXT)


def test_a_first_paragraph_of_its_own_class_that_json_ld_omits_is_a_standfirst() -> None:
    lead = "Orrel. The wheel turns again, and the sacks are carried to the bakery: what is still to be done."
    body = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": " ".join(TEXT)})
    article = article_of(
        f"<div><p class='font-medium'>{lead}</p>{BODY}</div>", f'<script type="application/ld+json">{body}</script>'
    )
    assert (article.lead, article.text.split("\n\n")) == (lead, list(TEXT))


@pytest.mark.parametrize(
    "line",
    [
        "Edited &amp; fact-checked by Ines Vale, editor-in-chief at the Orrel Post, by data of the mill.",
        "Got a story? Get in touch with our news team by writing to <a href='mailto:a@orrel.example'>us</a>.",
        "Have something to add to this story? Share it in the comments.",
        "For more on mills and flour from around the valley please visit <a href='/'>Orrel Post</a>.",
    ],
)
def test_what_the_desk_adds_is_not_the_last_line(line: str) -> None:
    assert article_of(f"{BODY}<p>{line}</p>").text.split("\n\n") == list(TEXT)


def test_the_first_of_several_bold_labels_is_no_standfirst() -> None:
    labels = (
        "Stones that were a hearth",
        "Beams that two hands can count",
        "Sacks on a handcart",
        "A table below stairs",
    )
    items = "".join(
        f"<p{name}><strong>{label}</strong></p><p class=c2>{text}</p>"
        for label, text, name in zip(labels, TEXT, ("", *(" class=c2",) * 3), strict=True)
    )
    article = article_of(f"<div>{items}</div>")
    assert (article.lead, article.text.split("\n\n")[0]) == (None, labels[0])


def test_another_headline_in_the_text_is_no_standfirst() -> None:
    other = "The mill at Orrel grinds for everybody who brings a sack"
    article = article_of(f"<div><h2>{other}</h2>{BODY}</div>")
    assert (article.lead, article.text.split("\n\n")[0]) == (None, other)


def test_a_subtitle_in_a_heading_is_a_standfirst() -> None:
    subtitle = "Water from the brook drives two stones, and one of them is a hearth"
    assert article_of(f"<h2>{subtitle}</h2><p>By Jem Hill, 3 November 2026</p>{BODY}").lead == subtitle


def test_sources_over_their_list_keep_their_label() -> None:
    items = "".join(f"<li>Report {n} on the mills of the valley and on its stones, 1974.</li>" for n in range(3))
    assert "Sources:" in article_of(f"{BODY}<p>Sources:</p><ol>{items}</ol>").text


@pytest.mark.parametrize("mark", ["●", "／", "：", "=", "◎"])
def test_the_byline_of_a_japanese_page_names_its_author(mark: str) -> None:
    page = (
        "<html lang=ja><head><title>手のひらサイズの電話機を編集部で試してみた</title></head><body><main>"
        "<h1>手のひらサイズの電話機を編集部で試してみた</h1><p class=date>2026年11月03日 12時00分更新</p>"
        f"<p class=author>文{mark} 岡本太一</p>"
        + "<p>電話機が編集部に届いたので、写真を中心に紹介する。画面は小さいが、文字は十分に読むことができた。</p>" * 1
        + "<p>防水にも対応していて、重さはわずかである。長い文章を書くのには向かないが、散歩には十分に使える。</p>"
        + "<p>弱点は電池で、一日は持たない。それでも小型の端末が好きな人には、注目の一台であることは間違いない。</p>"
    )
    article = parse_page(page.encode(), "https://denwa.example/2026/small").article
    assert article is not None
    assert (article.authors, article.lead) == (("岡本太一",), None)


def test_what_is_written_on_a_plate_wrote_nothing() -> None:
    plate = "Orrel Bakery Rye Chocolate Cake"
    picture = f"<div><img src='/cake.jpg' alt='{plate}'><div>{plate}</div></div>"
    head = '<meta name="author" content="Jem Hill">'
    assert article_of(picture + BODY, head).authors == ("Jem Hill",)


@pytest.mark.parametrize("form", ["<p>{}</p>", "<div class=x1>{}</div>", "<p class=css-4><em>{}</em></p>"])
def test_a_topic_above_the_headline_is_no_text(form: str) -> None:
    html = f"<html lang=en><head><title>{TITLE} | Orrel Post</title></head><body><article>"
    page = f"{html}{form.format('Mills of the valley')}<h1>{TITLE}</h1>{BODY}</article></body></html>"
    article = parse_page(page.encode(), "https://orrel.example/2026/mill").article
    assert article is not None
    assert (article.lead, article.text.split("\n\n")) == (None, list(TEXT))


def test_what_is_on_sale_goes_where_only_its_disclosure_says_so() -> None:
    offer = (
        "<div><div>We may earn a commission</div><a href='https://shop.example/b'><img src='/b.jpg'><b>A</b></a></div>"
    )
    article = article_of(f"<p>{TEXT[0]}</p><p>{TEXT[1]}</p>{offer}<p>{TEXT[2]}</p><p>{TEXT[3]}</p>")
    assert article.text.split("\n\n") == list(TEXT)
    assert not list(figures_of(article.blocks))


@pytest.mark.parametrize(
    "line",
    [
        "<p>[button link='https://orrel.example/send' type='big' newwindow='yes']Send us YOUR photo[/button]</p>",
        "<p>The Post prints letters, and we’d like to hear what you think. <a href='/tips'>Some tips</a>.</p>",
    ],
)
def test_a_shortcode_and_a_request_for_letters_are_no_text(line: str) -> None:
    assert article_of(f"<p>{TEXT[0]}</p><p>{TEXT[1]}</p>{line}<p>{TEXT[2]}</p><p>{TEXT[3]}</p>").text.split(
        "\n\n"
    ) == list(TEXT)


def test_brackets_in_a_text_stay() -> None:
    words = "The sign on the wall reads [mill = open] and, below it, [/closed on Sundays], in chalk of two colours."
    assert words in article_of(f"{BODY}<p>{words}</p>{BODY}").text


def test_a_centred_line_below_a_picture_is_its_caption() -> None:
    box = "<center><img src='/stone.jpg'><br>The older of the two stones, found in a barn</center>"
    assert article_of(f"<p>{TEXT[0]}</p><p>{TEXT[1]}</p>{box}<p>{TEXT[2]}</p><p>{TEXT[3]}</p>").text.split(
        "\n\n"
    ) == list(TEXT)
