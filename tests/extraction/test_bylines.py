"""Bylines as pages of many languages print them, in markups drawn at random."""

import random

import pytest

from newsreader.extraction.document import parse_document
from newsreader.extraction.metadata.reader import read_metadata
from newsreader.extraction.page import parse_page

TITLE = "Lighthouse of Varnholm goes dark for a winter"
BODY = (
    "<p>The lighthouse was switched off on Friday for the first time since the war, and the boats of the island stayed"
    " in the harbour until the morning, as the harbour master had asked them to.</p>"
)
# Language: two persons, how a byline of theirs begins, the word between them, dates, offices, other notes.
FORMS: dict[str, tuple[str, str, str, str, str, str]] = {
    "en": ("Maud Pennick|Tobias Wrey", "By {}|by {}|BY {}|Written by {}|Posted by {}|Author: {}|Words by {}", " and ",
           "Nov 20, 2026|20 November 2026, 09:15|11/20/2026", "Political Editor|Senior Reporter|CEO", "4 min read"),
    "de": ("Hilke Sundermann|Falk Oehler", "Von {}|von {}|Autorin: {}|Text: {}|Ein Kommentar von {}", " und ",
           "20.11.2026, 09:15 Uhr|20. November 2026", "Redakteurin|Korrespondent", "Lesezeit: 4 Minuten"),
    "fr": ("Maëlle Courtin|Yvon Baudry", "Par {}|Publié par {}|Auteur : {}", " et ",
           "20 novembre 2026 à 9h15|20/11/2026", "Journaliste", "Mis à jour le 21 novembre 2026"),
    "es": ("Rocío Almendro|Fermín Zabala", "Por {}|Escrito por {}|Texto: {}", " y ",
           "20 de noviembre de 2026|20/11/2026 09:15", "Periodista", "4 min de lectura"),
    "pt": ("Leonor Bragança|Duarte Pinhal", "Por {}|Escrito por {}|Autor: {}", " e ",
           "20 de novembro de 2026|20/11/2026 09h15", "Jornalista", "Atualizado em 21/11/2026"),
    "it": ("Ilaria Bonfanti|Renzo Colombari", "di {}|Di {}|A cura di {}|Autore: {}", " e ",
           "20 novembre 2026|20/11/2026 09:15", "Giornalista", "4 minuti di lettura"),
    "nl": ("Femke Terpstra|Gijs van der Wal", "Door {}|Auteur: {}|Geschreven door {}", " en ",
           "20 november 2026", "Redacteur", "Bijgewerkt: 21 november 2026"),
    "sv": ("Tuva Ekdahl|Sixten Brandt", "Av {}|Text: {}", " och ", "20 november 2026", "Reporter", "4 min läsning"),
    "da": ("Signe Lykke|Aksel Bruun", "Af {}|Tekst: {}", " og ", "20. november 2026", "Journalist", "4 min. læsetid"),
    "nb": ("Sunniva Moen|Eirik Fjell", "Av {}|Skrevet av {}", " og ", "20.11.2026 09:15", "Journalist", "4 min"),
    "fi": ("Helmi Rautio|Veikko Salo", "Teksti: {}|Kirjoittaja: {}", " ja ", "20.11.2026 09:15", "toimittaja", "4 min"),
    "pl": ("Jagoda Brzoza|Witold Kruk", "Autor: {}|Tekst: {}", " i ", "20 listopada 2026", "Dziennikarka", "4 min"),
    "cs": ("Radka Lipová|Vojtěch Sýkora", "Autor: {}|Napsala {}", " a ", "20. 11. 2026 09:15", "Redaktor", "4 min"),
    "hu": ("Szabó Lilla|Varga Bence", "Szerző: {}|Írta: {}", " és ", "2026. november 20.", "újságíró", "4 perc"),
    "ro": ("Sorina Lupu|Matei Codru", "Autor: {}|Scris de {}", " și ", "20 noiembrie 2026", "Redactor", "4 min citire"),
    "tr": ("Elif Pınar|Cem Korkut", "Yazan: {}|Yazar: {}", " ve ", "20 Kasım 2026", "Muhabir", "4 dk okuma"),
    "ru": ("Глафира Ручьёва|Тихон Ладогин", "Автор: {}|Текст: {}", " и ", "20 ноября 2026", "корреспондент", "4 мин."),
    "uk": ("Орися Тополенко|Гнат Вербич", "Автор: {}|Авторка: {}|Текст: {}", " та ", "20-11-2026, 09:15",
           "кореспондент", "Оновлено 21.11.2026"),
    "bg": ("Елица Брезова|Радко Славов", "Автор: {}|От {}", " и ", "20 ноември 2026", "редактор", "4 мин"),
    "sr": ("Дуња Липић|Вук Храстић", "Пише: {}|Autor: {}", " и ", "20.11.2026", "novinar", "4 min"),
    "el": ("Μυρτώ Λεμονή|Άρης Κυπαρίσσης", "Γράφει η {}|Συντάκτης: {}", " και ", "20 Νοεμβρίου 2026", "δημοσιογράφος",
           "Ενημέρωση: 21/11/2026"),
    "id": ("Sekar Melati|Bagas Wirawan", "Oleh {}|Penulis: {}", " dan ", "20 November 2026", "Reporter", "4 menit"),
    "vi": ("Lê Thị Mận|Phan Văn Tre", "Tác giả: {}|Theo {}", " và ", "20/11/2026 09:15", "", ""),
    "lt": ("Gintarė Liepaitė|Tomas Beržas", "Autorius: {}", " ir ", "2026-11-20 09:15", "", ""),
    "lv": ("Dzintra Kalve|Andris Priede", "Autors: {}", " un ", "20.11.2026", "", ""),
    "zh": ("柳若溪|岳长风", "作者：{}|文／{}|记者 {}|撰文：{}", "、", "2026年11月20日 09:15", "", ""),
    "ja": ("早瀬湊|小笠原葵", "文：{}|執筆：{}|{}記者", "、", "2026年11月20日 09:15", "", ""),
    "ko": ("한별솔|도새벽", "{} 기자|글 {}|작성자: {}", ", ", "2026년 11월 20일", "", ""),
    "ar": ("ريم البستان|طارق الينبوع", "بقلم {}|كتب {}", " و", "20 نوفمبر 2026", "", ""),
    "he": ("שירה אלון|גיל ברוש", "מאת {}|מאת: {}", " ו", "20.11.2026 09:15", "", ""),
    "fa": ("لاله چشمه|بابک سپیدار", "نویسنده: {}", " و ", "20 نوامبر 2026", "", ""),
    "hi": ("मीरा कदम|अर्जुन वन", "लेखक: {}", " और ", "20 नवंबर 2026", "", ""),
}  # fmt: skip
CARDS = "".join(
    f"<li><a href='/n/{number}'>Bakers of the coast ask for cheaper flour</a> <span class={kind}>By {name}</span></li>"
    for number, (name, kind) in enumerate(
        (("Olga Reeve", "byline"), ("Hugh Stanner", "author"), ("Ines Tolbert", "by"))
    )
)


def markup(draw: random.Random, language: str) -> tuple[str, list[str]]:
    """Return a page with a byline whose every part is drawn on its own, and the names in it."""
    persons, forms, between, dates, offices, notes = FORMS[language]
    names = draw.sample(persons.split("|"), draw.choice([1, 1, 2]))
    is_linked = draw.random() < 0.5
    shown = between.join(f"<a href='/author/{n}'>{name}</a>" if is_linked else name for n, name in enumerate(names))
    form = draw.choice(forms.split("|"))
    tag = draw.choice(["span", "div", "b", "em", "cite"])
    parts = [f"<{tag}>{form.format(shown)}</{tag}>"]
    if draw.random() < 0.25 and not form.startswith("{}"):
        parts = [f"<span>{form[:-2].strip()}</span> <span>{shown}</span>"]
    if offices and len(names) == 1 and draw.random() < 0.35:
        office = draw.choice(offices.split("|"))
        parts[0] += draw.choice([f", {office}", f" <i>{office}</i>", f"<br>{office}"])
    date = draw.choice(dates.split("|"))
    rest = [draw.choice([f"<time>{date}</time>", f"<span>{date}</span>"])] if draw.random() < 0.7 else []
    rest += [f"<span>{notes}</span>"] if notes and draw.random() < 0.35 else []
    if draw.random() < 0.3:
        rest.append(draw.choice(["<span>1.2k</span>", "<a href='#c'>3 Comments</a>", "<i>Photo: Ann Lens</i>"]))
    pieces = [*rest[:1], *parts, *rest[1:]] if draw.random() < 0.35 else [*parts, *rest]
    if draw.random() < 0.4:
        line = "".join(f"<div>{piece}</div>" for piece in pieces)
    else:
        line = draw.choice([" | ", " · ", " / ", " – ", "\n", "<br>"]).join(pieces)
    byline = f"<div class={draw.choice(['x1', 'meta', 'byline'])}>{line}</div>"
    heading, lead = f"<h1>{TITLE}</h1>", "<p>It had burned for ninety years.</p>"
    head = draw.choice([[heading, byline], [heading, lead, byline], [byline, heading], [heading, byline, lead]])
    side = draw.choice(["", f"<aside><ul>{CARDS}</ul></aside>", f"<div class=x9><ul>{CARDS}</ul></div>"])
    publisher = "<meta name=author content='Corvin Press'>" if draw.random() < 0.3 else ""
    page = f"<html lang={language}><head><title>{TITLE}</title>{publisher}</head><body>"
    return page + f"<article>{''.join(head)}{BODY * 4}</article>{side}</body></html>", names


def authors_of(page: str) -> list[str]:
    return sorted(read_metadata(parse_document(page, "https://varnholm.example/n/lighthouse"), None).authors)


@pytest.mark.parametrize("language", FORMS)
def test_the_byline_is_read_in_any_markup(language: str) -> None:
    draw = random.Random(language)
    pages = [markup(draw, language) for _ in range(12)]
    wrong = [(names, authors_of(page), page) for page, names in pages if authors_of(page) != sorted(names)]
    assert not wrong


N = "Maud Pennick"


@pytest.mark.parametrize(
    "line",
    [
        f"By {N} in London", f"By {N} for the Varnholm Post", f"By {N}, Berlin", f"By {N} (AP)", f"By {N}, AP",
        f"By {N} Published Nov 20, 2026", f"Published Nov 20, 2026 by {N}", f"Posted on November 20, 2026 by {N}",
        f"{N} • Nov 20, 2026", f"Nov 20, 2026 · {N}", f"{N} Nov 20, 2026", f"By {N} @post", f"By {N} maud@post.example",
        f"By {N} - Nov 20, 2026", f"By: {N} | Photo by Ann Lens", f"By {N} Illustration by Ann Lens",
        f"By {N} Bloomberg", f"By {N} Reuters", f"<p>By {N} The Associated Press</p>",
        f"By {N}, special to the Post", f"By {N} Senior Reporter", f"By {N} and wire services", f"By {N} | 5 min read",
        f"by {N} on November 20, 2026 in Politics", f"By {N}, Staff Writer | Updated Nov 21, 2026",
        f"By {N} 12 hours ago", f"Reviewed by Max Veri <br>Written by {N}", f"by {N} 3 comments",
        f"By <a href=/author/x>{N}</a> <a href=/author/x>View all posts</a>",
        f"11/20/2026 by {N}, Member of a Board",
        f"By by {N} November 20, 2026, 4:19 PM", f"By <a rel=author href=/a/m>{N}</a> <b>The Post's host</b>",
        f"<span class=author>{N}</span> <span class=author-role>Chief Economist</span>",
    ],
)  # fmt: skip
def test_what_is_around_a_name_is_no_part_of_it(line: str) -> None:
    page = f"<title>{TITLE}</title><h1>{TITLE}</h1><div class=x1>{line}</div>{BODY * 4}"
    assert authors_of(page) == [N]


@pytest.mark.parametrize(
    "line",
    [
        "<p>By noon the quay was empty, and nobody could say when the boats would sail again.</p>",
        "<div>Photo: Ann Lens</div>", "<div>Reviewed by Max Veri</div>",
        "<div>Nov 20, 2026 | <a href=/x>Home Decor</a></div>",
        "<div>Last Updated Nov 20, 2026</div>",
        "<p>最終更新日：2026年11月20日<br>独立行政法人灯台保存推進機構<br>セキュリティセンター</p>",
        "<ul><li><a href='#a'>Report Overview</a></li><li><a href='#b'>Price List</a></li>"
        "<li><a href='#c'>Analyst Review</a></li></ul>", f"<ul>{CARDS}</ul>",
        "<p>De er nå omtrent halvveis, og planen er å være hjemme til jul sammen med barna.</p>",
    ],
)  # fmt: skip
def test_these_lines_name_nobody_who_wrote(line: str) -> None:
    assert authors_of(f"<title>{TITLE}</title><h1>{TITLE}</h1>{line}{BODY * 4}") == []


def test_a_single_name_is_enough_after_by() -> None:
    page = f"<h1>{TITLE}</h1><p>by <a href='/author/odette/'>Odette</a> · Nov 20, 2026</p>{BODY * 4}"
    assert authors_of(page) == ["Odette"]


def test_a_reference_to_a_person_of_the_page_is_followed() -> None:
    graph = '{"@graph":[{"@type":"Article","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Maud Pennick"}]}'
    page = f"<script type='application/ld+json'>{graph}</script><h1>{TITLE}</h1>{BODY * 4}"
    assert authors_of(page) == ["Maud Pennick"]


def test_names_of_the_pages_head_are_kept_where_the_page_shows_them() -> None:
    head = "<meta name=author content='Maud Pennick'><meta name=author content='Tobias Wrey'>"
    page = f"{head}<h1>{TITLE}</h1><div>By Maud Pennick</div><aside>Tobias Wrey</aside>{BODY * 4}"
    assert authors_of(page) == ["Maud Pennick", "Tobias Wrey"]


def test_a_desk_that_the_page_shows_is_kept_before_a_name_that_nothing_marks() -> None:
    head = "<meta name=author content='Varnholm Editorial Team'>"
    line = "<div>By: Varnholm Editorial Team</div><div><span>Home Decor</span> <span>Nov 20, 2026</span></div>"
    assert authors_of(f"{head}<h1>{TITLE}</h1>{line}{BODY * 4}") == ["Varnholm Editorial Team"]


def test_what_is_behind_an_office_is_no_name() -> None:
    head = "<meta name=author content='Maud Pennick, Sr. Director of Lamps, Varnholm Van Lines'>"
    assert authors_of(f"{head}<h1>{TITLE}</h1>{BODY * 4}") == ["Maud Pennick"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (
            "",
            "<div class='post_author-box'><div><b>Maud Pennick</b></div>"
            "<p>She has kept the lights of this coast for ten years, and rows out to each of them alone.</p></div>",
        ),
        ("<nav class=who><ul><li itemprop=author>Maud Pennick</li><li>More of this</li></ul></nav>", ""),
        ("<my-part><my-text id=authors><span>Maud Pennick</span></my-text></my-part>", ""),
    ],
)
def test_an_author_is_found_where_only_a_box_names_one(above: str, below: str) -> None:
    page = f"<html lang=en><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><div>{above}</div>"
    document = parse_document(f"{page}{BODY * 4}{below}</article></body></html>", "https://varnholm.example/light")
    assert read_metadata(document, None).authors == ("Maud Pennick",)


@pytest.mark.parametrize(
    "line",
    [
        "10:48, 07.09.2026, Текст: Лев Сандар",
        "07.09.2026 10:48 Текст: Лев Сандар",
        "9 czerwca 2026, 13:36 | Opracowanie: Лев Сандар",
        "11-03-2026, 22:12 Haber: Лев Сандар",
    ],
)
def test_a_word_for_the_author_may_be_behind_the_date_in_one_line(line: str) -> None:
    page = f"<html><body><main><h1>{TITLE}</h1><p>{line}</p>{BODY}</main></body></html>"
    document = parse_document(page, "https://varn.example/2026/lighthouse-goes-dark.html")
    assert read_metadata(document, None).authors == ("Лев Сандар",)


def test_who_took_the_picture_for_an_agency_is_no_author() -> None:
    picture = "<div><img src='/l.jpg'><div class='credits'>By Ilse Brand/WireImage.</div></div>"
    page = f"<html><body><main><h1>{TITLE}</h1>{picture}<p>By Maud Pennick</p>{BODY}</main></body></html>"
    document = parse_document(page, "https://varn.example/2026/lighthouse-goes-dark.html")
    assert read_metadata(document, None).authors == ("Maud Pennick",)


def test_the_footer_of_the_post_itself_may_name_who_wrote_it() -> None:
    footer = (
        "<div class='post-footer'><span class='post-author'>Posted by <span>Maud Pennick</span></span> at 5:06</div>"
    )
    page = f"<html><body><div class='widget'><h1>{TITLE}</h1><div>{BODY * 9}</div>{footer}</div></body></html>"
    document = parse_document(page, "https://varn.example/2026/lighthouse-goes-dark.html")
    assert read_metadata(document, None).authors == ("Maud Pennick",)


@pytest.mark.parametrize(
    "line",
    [
        "By <b>Maud Pennick</b> · <span>20 November 2026</span>, <span>09:15</span><br>",
        "<span>20 November 2026, 09:15</span> <span>/</span> <span>Author:</span> <span><i>Maud Pennick</i></span><br>",
        "20-11-2026, 09:15 / Author: Maud Pennick",
        'Author: <a href="/user/maud/">Maud Pennick</a> | <a href="/2026/11/20/">20-11-2026, 09:15</a><br>/',
    ],
)
@pytest.mark.parametrize("title", [f"<h1>{TITLE}</h1>", f"<div><b>{TITLE}</b></div>"])
def test_a_line_without_an_element_of_its_own_says_who_wrote_and_when(title: str, line: str) -> None:
    more = "<p>The lamp is to shine again in April, when the nights are short enough for the boats to find home.</p>"
    html = f"<title>{TITLE}</title><div>{title}{line}<div>{BODY}{more}</div></div>"
    article = parse_page(html.encode(), "https://island.example/news/1.html").article
    assert article is not None
    assert article.authors == ("Maud Pennick",)
    assert article.published is not None
    assert article.published.isoformat()[:16] == "2026-11-20T09:15"
    assert "Pennick" not in article.text


@pytest.mark.parametrize("login", ["publisher", "web-team2", "a3f9c1-77d2"])
def test_an_account_that_the_page_does_not_show_is_no_author(login: str) -> None:
    head = f'<title>The ferry is late</title><meta name="author" content="{login}">'
    text = "<h1>The ferry is late</h1><p>Nobody on the pier was surprised, and the gulls had been fed by noon.</p>"
    assert authors_of(f"<html><head>{head}</head><body>{text}</body></html>") == []


@pytest.mark.parametrize("login", ["jhoyer", "kpt.blaubaer"])
def test_an_account_that_the_page_shows_is_an_author(login: str) -> None:
    head = f'<title>The ferry is late</title><meta name="author" content="{login}">'
    text = f"<h1>The ferry is late</h1><p>posted by {login}</p><p>Nobody on the pier was surprised by it at all.</p>"
    assert authors_of(f"<html><head>{head}</head><body>{text}</body></html>") == [login]


def _page(head: str, after: str = "", body: str = BODY) -> bytes:
    page = f"<html><head><title>{TITLE}</title></head><body><main>{head}<div class=text>{body * 3}</div>{after}</main>"
    return f"{page}</body></html>".encode()


def _of_page(head: str, after: str = "", body: str = BODY) -> tuple[tuple[str, ...], str | None]:
    article = parse_page(_page(head, after, body), "https://varnholm.example/n/7").article
    assert article is not None
    return article.authors, article.published.strftime("%Y-%m-%d") if article.published else None


SHORT = "".join(
    f"<p>The boats of the {number} island stayed in the harbour until the morning.</p>"
    for number in ("first", "second", "third", "fourth")
)
COMMENT = "<div class={}><b>Ole</b> <span>23 November 2026</span><p>High time, too.</p></div>"


@pytest.mark.parametrize("name", ["comment", "c7"])
def test_the_day_in_one_line_with_the_headline_comes_before_that_of_a_comment(name: str) -> None:
    head = f"<header><h1>{TITLE}</h1><div>By Maud Pennick / <span>20 November 2026</span></div></header>"
    assert _of_page(head, COMMENT.format(name) * 2, SHORT) == (("Maud Pennick",), "2026-11-20")


def test_the_day_of_a_comment_is_no_articles_day() -> None:
    head = f"<header><h1>{TITLE}</h1><div>By Maud Pennick</div></header>"
    assert _of_page(head, COMMENT.format("comment"), BODY)[1] is None


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (
            f'<div class="k k-widget"><h1>{TITLE}</h1></div><div class="k k-widget"><ul><li itemprop=author>'
            "<a href=/author/7/><span>By Maud Pennick, Tobias Wrey</span></a></li></ul></div>",
            ("Maud Pennick", "Tobias Wrey"),
        ),
        (
            f"<div><div class=head><h1>{TITLE}</h1></div><div class=footer><p><span>20 November 2026</span>"
            f" <span>Written by Maud Pennick</span></p></div><div class=text>{BODY}</div></div>",
            ("Maud Pennick",),
        ),
        (f"<h1>{TITLE}</h1><footer>By <a href=/user/1>Maud Pennick</a></footer>", ("Maud Pennick",)),
        (
            f"<h1>{TITLE}</h1><div>20 November 2026 · 4 min read · Maud Pennick and Tobias Wrey</div>",
            ("Maud Pennick", "Tobias Wrey"),
        ),
        (
            f"<h1>{TITLE}</h1><div><a href=/@maud>Maud Pennick</a><button>Follow</button> <span>4 min read</span>"
            " <span>20 November 2026</span></div>",
            ("Maud Pennick",),
        ),
        (f"<h1>{TITLE}</h1><p>Par Mathieu d’Ambre et Yvon Baudry</p>", ("Mathieu d’Ambre", "Yvon Baudry")),
        (
            f"<h1>{TITLE}</h1><p>By <a rel=author href=/a/1>Maud Pennick</a> ·"
            " <a rel=author href=/a/2>Tobias Wrey</a> · <a href=/isles>Isles of Varnholm</a></p>",
            ("Maud Pennick", "Tobias Wrey"),
        ),
    ],
)
def test_a_byline_below_the_headline_is_read_whatever_its_box_is_called(head: str, authors: tuple[str, ...]) -> None:
    assert _of_page(head)[0] == authors


def test_the_houses_name_at_the_foot_of_a_page_does_not_displace_a_byline() -> None:
    page = f"<html><head><title>{TITLE}</title><meta name=author content='Varnholm Beacon'></head><body><main>"
    page += f"<h1>{TITLE}</h1><p>By Maud Pennick</p>{SHORT}</main><p>© 2026 Varnholm Beacon</p></body></html>"
    article = parse_page(page.encode(), "https://paper.example/n/7").article
    assert article is not None
    assert article.authors == ("Maud Pennick",)


@pytest.mark.parametrize(
    "written",
    ["Ida Maas | ida@ferry.example", "Ida Maas (ida@ferry.example)", "ida@ferry.example (Ida Maas)", "Ida Maas"],
)
def test_the_address_beside_a_name_in_the_pages_head_is_no_part_of_it(written: str) -> None:
    head = f'<title>The ferry is late</title><meta name="author" content="{written}">'
    text = "<h1>The ferry is late</h1><p>Nobody on the pier was surprised, and the gulls had been fed by noon.</p>"
    assert authors_of(f"<html><head>{head}</head><body>{text}</body></html>") == ["Ida Maas"]


def test_an_address_alone_in_the_pages_head_is_no_author() -> None:
    head = '<title>The ferry is late</title><meta name="author" content="desk@ferry.example">'
    text = "<h1>The ferry is late</h1><p>Nobody on the pier was surprised, and the gulls had been fed by noon.</p>"
    assert authors_of(f"<html><head>{head}</head><body>{text}</body></html>") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [("<nav>Home » <span>{}</span></nav>", ""), ("", "<span>읽는 데 3분</span>")],
    ids=["the title among crumbs", "the time that reading takes"],
)
def test_what_is_beside_the_date_in_the_headlines_line_is_no_name_for_that(before: str, after: str) -> None:
    title = "골짜기 양봉 농가, 올여름 흉작 걱정"
    head = f"<header>{before.format(title)}<h1>{title}</h1><div><span>2026년 11월 20일</span> · {after}</div></header>"
    page = f"<html lang=ko><head><title>{title}</title></head><body><main>{head}{SHORT}</main></body></html>"
    article = parse_page(page.encode(), "https://varnholm.example/n/7").article
    assert article is not None
    assert article.authors == ()


PERSON_CARD = (
    '<article class="node node--type-person"><div><h4 class="author-name">'
    'By <a href="/people/1">{}</a></h4></div></article>'
)


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (PERSON_CARD.format("Maud Pennick"), ("Maud Pennick",)),
        (PERSON_CARD.format("Maud Pennick and Tobias Wrey"), ("Maud Pennick", "Tobias Wrey")),
        (
            '<div class="author-card"><img src="/m.jpg"><h3><a href="/people/1">Maud Pennick</a></h3></div>',
            ("Maud Pennick",),
        ),
        (
            '<ul class="authors"><li><a href="/people/1">Maud Ann Pennick</a></li>'
            '<li><a href="/people/2">Tobias Lee Wrey</a></li></ul>',
            ("Maud Ann Pennick", "Tobias Lee Wrey"),
        ),
        (
            '<div><h4>By: <a href="/author/1" rel="author">Maud Pennick</a></h4>'
            '<h4>Topics: <a href="/t/1">towers of the north</a>, <a href="/t/2">lights at sea and ashore</a>, '
            '<a href="/t/3">storms of the century</a></h4></div>',
            ("Maud Pennick",),
        ),
    ],
    ids=["a person's card", "two persons in one", "a linked heading", "linked names in a row", "above topics"],
)
def test_a_linked_name_below_the_headline_is_no_other_story(head: str, authors: tuple[str, ...]) -> None:
    day = '<time datetime="2026-11-20">20 November 2026</time>'
    story = f"<article><h1>{TITLE}</h1>{head}{day}{BODY * 4}</article>"
    page = f"<html><head><title>{TITLE}</title></head><body>{story}</body></html>"
    article = parse_page(page.encode(), "https://varnholm.example/n/7").article
    assert article is not None
    assert article.authors == authors


@pytest.mark.parametrize("kind", ["NewsArticle", "BlogPosting"])
def test_the_storys_own_box_may_be_below_the_headline(kind: str) -> None:
    text = BODY * 4
    line = '<p class="byline">By <span>Maud Pennick</span></p><time datetime="2026-11-20">20 November 2026</time>'
    box = f'<div itemscope itemtype="https://schema.org/{kind}">{line}{text}</div>'
    page = f"<html><head><title>{TITLE}</title></head><body><header><h1>{TITLE}</h1></header>{box}</body></html>"
    article = parse_page(page.encode(), "https://varnholm.example/n/7").article
    assert article is not None
    assert article.authors == ("Maud Pennick",)
    assert article.published is not None
    assert article.published.date().isoformat() == "2026-11-20"


@pytest.mark.parametrize(
    "line",
    [
        "<div><p>Ilse Marquardt</p><p>rédactrice en cheffe</p><p>20 novembre 2026 · 3 min</p></div>",
        "<div><span>Ilse Marquardt</span><a href='/'>Kurier</a><em>2026-11-20 09:15</em></div>",
        "<ul><li>20.11.2026</li><li><a href='/user/ilse/'>Ilse Marquardt</a></li><li>2 413</li></ul>",
    ],
)
def test_a_name_may_have_an_office_or_the_paper_between_it_and_the_date(line: str) -> None:
    assert authors_of(f"<main><h1>{TITLE}</h1>{line}{BODY * 3}</main>") == ["Ilse Marquardt"]


@pytest.mark.parametrize(
    "line",
    [
        "<div><span>Home Decor</span><span>Garden</span><span>20 November 2026</span></div>",
        "<div><a href='/user/login'>Log In</a> <span>20 November 2026</span></div>",
        "<ul><li><a href='/user/register'>Neues Konto</a></li><li>20.11.2026</li></ul>",
    ],
)
def test_sections_and_accounts_before_a_date_are_no_names(line: str) -> None:
    assert authors_of(f"<main><h1>{TITLE}</h1>{line}{BODY * 3}</main>") == []


def test_who_took_the_picture_is_not_who_wrote_in_korean_either() -> None:
    picture = "<p class=cap>빵을 사려고 줄을 선 주민들. 사진=윤도현 기자</p>"
    byline = "<span class=author><a href='/j/1'>한지우</a></span>"
    assert authors_of(f"<main><h1>{TITLE}</h1><img src=/b.jpg>{picture}{byline}{BODY * 3}</main>") == ["한지우"]


def test_a_footer_below_a_long_headline_may_name_who_wrote() -> None:
    title = "The lighthouse of Varnholm goes dark for one winter, and nobody knows for how many more"
    head = f"<div class=header><h1>{title}</h1></div><div class=footer><p><i>20 November 2026</i> <i>By {N}</i>"
    page = f"<title>{title}</title><div class=article>{head}</p></div><div class=text>{BODY * 3}</div></div>"
    assert authors_of(page) == [N]


def _dated_page(header: str, head: str = "") -> str:
    story = BODY.replace("</p>", " Nobody had seen that since.</p>") * 3
    return f"<html><head><title>{TITLE} | Varnholm Echo</title>{head}</head><body>{header}{story}</body></html>"


@pytest.mark.parametrize(
    ("header", "head", "names"),
    [
        (  # the day leads to the stories of that day
            f"<h1>{TITLE}</h1><ul class='icons'><li><a href='/2026/11/20/'>20-11-2026, 09:15</a></li>"
            "<li>Maud Pennick</li><li>Views: 3 118</li></ul>",
            "",
            ("Maud Pennick",),
        ),
        (  # the label of a field names nobody
            f"<h1>{TITLE}</h1><div class='field'><div class='field__label'>Release Date</div>"
            "<div class='field__item'><time datetime='2026-11-20'>November 20, 2026</time></div></div>",
            "",
            (),
        ),
        (  # an address to write to is no headline
            f"<h1>{TITLE}</h1><div class='meta'><div class='about'><span>Maud Pennick</span>"
            " <a href='mailto:maud.pennick@varnholm-echo.example'>maud.pennick@varnholm-echo.example</a></div>"
            "<time datetime='2026-11-20T09:15'>20.11.2026 09:15</time></div>",
            "",
            ("Maud Pennick",),
        ),
        (  # Zhou is a name, and not only the word for a week
            f"<h1>{TITLE}</h1><div class='meta'><span>原创</span><span>周小雨</span>"
            "<em>2026-11-20 18:30</em><em>发表于<span>四川</span></em></div>",
            "",
            ("周小雨",),
        ),
        (  # where the page's head has its portal for a second author
            f"<h1>{TITLE}</h1><div class='head'><em>2026.11.20. 09:15</em><em>박서연 기자</em></div>"
            "<p>Copyright 한강일보</p>",
            "<meta property='og:article:author' content='한강일보 | 네이버'>",
            ("박서연",),
        ),
    ],
)
def test_the_person_beside_the_date_wrote_it(header: str, head: str, names: tuple[str, ...]) -> None:
    page = _dated_page(header, head)

    assert read_metadata(parse_document(page, "https://echo.example/a/b-c"), None).authors == names


def test_an_agency_that_the_page_shows_is_kept_before_words_beside_the_date() -> None:
    header = f"<h1>{TITLE}</h1><p>Varnholm Sound | 20 November 2026</p><p>Agency: Wire News Agency</p>"
    head = '<script type=\'application/ld+json\'>{"@type":"NewsArticle","author":"Wire News Agency"}</script>'

    document = parse_document(_dated_page(header, head), "https://echo.example/a/b-c")

    assert read_metadata(document, None).authors == ("Wire News Agency",)


def test_the_day_since_when_a_writer_is_a_member_is_not_the_storys() -> None:
    header = (
        f"<h1>{TITLE}</h1><dl class='postprofile'><dt>Maud Pennick</dt><dd>Joined: 02.05.2011</dd></dl>"
        "<p class='author'>By Maud Pennick » <time datetime='2026-11-20T07:11:00+00:00'>20.11.2026 9:11</time></p>"
    )

    published = read_metadata(parse_document(_dated_page(header), "https://echo.example/a/b"), None).published

    assert published is not None
    assert published.date().isoformat() == "2026-11-20"


def test_a_day_behind_those_who_made_the_story_is_its_own() -> None:
    header = f"<h1>{TITLE}</h1><div>Text: Maud Pennick. Pictures and drawings: Tobias Wrey. 20 November 2026</div>"

    metadata = read_metadata(parse_document(_dated_page(header), "https://echo.example/a/b"), None)

    assert metadata.authors == ("Maud Pennick",)
    assert metadata.published is not None
    assert metadata.published.date().isoformat() == "2026-11-20"


def test_a_byline_may_be_in_a_line_with_the_number_of_comments() -> None:
    head = (
        f"<h1>{TITLE}</h1><div class='comments_datetime v05'><p><b>By MAUD PENNICK</b> 10/ 5/11 09:19 PM ET</p></div>"
    )
    assert authors_of(f"<title>{TITLE}</title><meta name=author content=AP>{head}{BODY * 4}") == ["MAUD PENNICK"]
