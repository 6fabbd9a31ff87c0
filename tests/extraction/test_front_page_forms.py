"""Front pages in forms without telling class names: labels, kickers, parts of flat lists, names in cards, carousels."""

import pytest

from newsreader.extraction.article.page_kind import is_front_page_at_once
from newsreader.extraction.document import parse_document
from newsreader.extraction.headlines.lists import find_headline_lists
from newsreader.models import HeadlineList

FRONT = "https://kustbladet.example/"
DUTCH = (
    "Havenraad stelt stemming over terminal uit",
    "Imkers vrezen mager honingjaar na vorst",
    "Bakker beboet voor oud brood van gisteren",
)
FRENCH = (
    "Le conseil du port reporte le vote",
    "Les apiculteurs redoutent la récolte",
    "Le train de nuit affiche complet",
    "Le dépôt deviendra une médiathèque",
)
GREEK = (
    "Το συμβούλιο αναβάλλει την ψηφοφορία",
    "Πρόστιμο σε φούρναρη για χθεσινό ψωμί",
    "Τα ενοίκια πέφτουν για τρίτο μήνα",
)


def found(main: str, title: str = "Kustbladet", url: str = FRONT) -> tuple[HeadlineList, ...]:
    html = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{main}</body></html>"
    return find_headline_lists(parse_document(html, url)).lists


def labels(main: str, title: str = "Kustbladet") -> list[tuple[str | None, int]]:
    return [(one.label, len(one.headlines)) for one in found(main, title)]


def link(number: int, title: str) -> str:
    return f"<a href='/news/{48200 + 37 * number}.html'>{title}</a>"


def links(titles: tuple[str, ...], form: str = "<p>{}</p>", first: int = 0) -> str:
    return "".join(form.format(link(first + number, title)) for number, title in enumerate(titles))


def test_a_link_to_the_section_and_one_to_more_of_it_are_one_label() -> None:
    head = "<div><span><a href='/sport/'>Sport</a></span><a href='/sport/'>Lees verder »</a></div>"
    assert labels(f"<div>{head}<div>{links(DUTCH, '<div>{}</div>')}</div></div>") == [("Sport", 3)]


def test_a_section_of_one_story_is_named_as_the_section_beside_it_is() -> None:
    one = f"<div class='b'><div>Economie</div><div><h3>{link(0, DUTCH[0])}</h3></div></div>"
    two = f"<div class='b'><div>Sport</div>{links(DUTCH[1:], '<div><h3>{}</h3></div>', 1)}</div>"
    assert labels(f"<main>{one}{two}</main>") == [("Economie", 1), ("Sport", 2)]


def test_kickers_over_single_stories_stay_kickers_where_no_box_beside_them_has_several() -> None:
    cards = "".join(
        f"<div class='b'><div>{kicker}</div><div><h3>{link(number, title)}</h3></div></div>"
        for number, (kicker, title) in enumerate(zip(("Monde", "Sport", "Culture", "Monde"), FRENCH, strict=True))
    )
    (one,) = found(f"<main>{cards}</main>")
    assert one.label is None
    assert [headline.kicker for headline in one.headlines] == ["Monde", "Sport", "Culture", "Monde"]


@pytest.mark.parametrize("form", ["<p><b>{}</b></p>", "<font color=red><b>{}</b></font><br>", "<p>{}</p>"])
def test_lines_of_the_form_of_the_first_part_a_flat_list(form: str) -> None:
    rows = "<p>{}</p>" if form.startswith("<p") else "• {}<br>"
    parts = form.format("Monde") + links(FRENCH[:2], rows) + form.format("Sport") + links(FRENCH[2:], rows, 2)
    assert labels(f"<div>{parts}</div>") == [("Monde", 2), ("Sport", 2)]


def test_a_line_over_each_story_is_its_kicker_and_a_sentence_between_two_parts_no_list() -> None:
    kickers = ("Économie", "Sport", "Monde", "Culture")
    rows = "".join(f"<p>{k}</p><p>{link(n, t)}</p>" for n, (k, t) in enumerate(zip(kickers, FRENCH, strict=True)))
    (one,) = found(f"<div>{rows}</div>")
    assert (one.label, [headline.kicker for headline in one.headlines]) == (None, list(kickers))
    said = f"<p>Bonjour</p>{links(FRENCH[:2])}<p>La suite ce soir.</p>{links(FRENCH[2:], first=2)}"
    assert labels(f"<div>{said}</div>") == [("Bonjour", 4)]


def test_the_name_of_the_paper_with_an_article_and_the_day_is_no_label() -> None:
    top = "<div><h1>The Harbour Courier</h1><p>Tuesday, 24 November 2026</p></div>"
    rows = links(("Harbour council delays the vote", "Beekeepers warn of a thin year"), "<div><h3>{}</h3></div>")
    assert labels(f"{top}<div>{rows}</div>", "Harbour Courier") == [(None, 2)]
    section = top.replace("The Harbour Courier", "Ports and Rivers")
    assert labels(f"{section}<div>{rows}</div>", "Harbour Courier") == [("Ports and Rivers", 2)]


def test_a_short_sentence_under_the_lead_is_no_label() -> None:
    lead = (
        f"<h2>{link(0, FRENCH[0])}</h2><p>Une phrase sous le titre.</p><ul>{links(FRENCH[1:3], '<li>{}</li>', 1)}</ul>"
    )
    assert [label for label, _ in labels(f"<div><div>{lead}</div></div>")] == [None]
    heads = f"<div><h4>You may also like...</h4><ul>{links(FRENCH, '<li>{}</li>')}</ul></div>"
    assert labels(heads) == [("You may also like...", 4)]


def test_the_kicker_of_the_lead_is_read_where_its_headline_is_the_title_of_the_page() -> None:
    lead = f"<span class='kicker'>Verkeer</span><h1>{link(0, DUTCH[0])}</h1><p>Een zin over de zaak.</p>"
    section = f"<section><h2>Sport</h2>{links(DUTCH[1:], '<h3>{}</h3>', 1)}</section>"
    first = found(f"<main><section>{lead}</section>{section}</main>")[0].headlines[0]
    assert (first.title, first.kicker) == (DUTCH[0], "Verkeer")


def test_a_linked_topic_between_bars_is_a_kicker() -> None:
    topics = ("Οικονομία", "Κόσμος", "Πολιτισμός")
    rows = "".join(
        f"<div><span>1{5 - n}:0{n}</span> | <a href='/k/{n}/'>{topics[n]}</a> | {link(n, title)}</div>"
        for n, title in enumerate(GREEK)
    )
    (one,) = found(f"<div><h4>Τελευταία νέα</h4>{rows}</div>")
    assert [(headline.kicker, headline.time_text) for headline in one.headlines] == list(
        zip(topics, ("15:00", "14:01", "13:02"), strict=True)
    )


def test_a_name_of_three_words_beside_a_heading_is_no_story_and_breaks_no_row() -> None:
    names = ("Sanne Vos", "Bram de Wit", "Lotte van Dam")
    rows = "".join(
        f"<div><h3>{link(n, title)}</h3><p>Door <a href='/au/{n}'>{names[n]}</a> · 5 minuten geleden</p></div>"
        for n, title in enumerate(DUTCH)
    )
    (one,) = found(f"<div><h2>Laatste nieuws</h2>{rows}</div>")
    assert [headline.time_text for headline in one.headlines] == ["5 minuten geleden"] * 3


def test_short_headlines_below_others_stay_stories() -> None:
    below = ("Wie betaalt de honing", "Waarom de remise brandde", "Wat de redder zegt")
    rows = "".join(
        f"<div><h3>{link(n, title)}</h3><p>{link(n + 10, below[n])}</p></div>" for n, title in enumerate(DUTCH)
    )
    assert {headline.title for one in found(rows) for headline in one.headlines} == {*DUTCH, *below}


def test_slides_shown_twice_to_go_round_keep_the_order_of_the_row() -> None:
    slides = [f"<div class='slide'>{link(n, title)}</div>" for n, title in enumerate(FRENCH)]
    clones = [slide.replace("slide'", "slide slick-cloned'") for slide in slides]
    row = "".join([*clones[-2:], *slides, *clones[:2]])
    (one,) = found(f"<div><h3>Plus d'articles</h3><div>{row}</div></div>")
    assert [headline.title for headline in one.headlines] == list(FRENCH)


def test_panes_in_another_order_than_their_heads_are_named_by_their_numbers() -> None:
    heads = "<ul><li data-place=0>Interessant</li><li data-place=1>Über das Thema</li></ul>"
    second = f"<article data-place=1><ul>{links(DUTCH[:2], '<li>{}</li>')}</ul></article>"
    first = f"<article data-place=0><ul>{links(FRENCH, '<li>{}</li>', 5)}</ul></article>"
    assert sorted(labels(f"<section>{heads}<div>{second}{first}</div></section>"), key=str) == [
        ("Interessant", 4),
        ("Über das Thema", 2),
    ]


@pytest.mark.parametrize(
    ("label", "button", "shown"), [("Zoek een verhaal", "Zoek", None), ("Persberichten", "Zoek", "Persberichten")]
)
def test_a_heading_over_a_search_is_no_label_one_beside_a_search_is(label: str, button: str, shown: str | None) -> None:
    form = f"<div><h2>{label}</h2><form><input name=q><button>{button}</button></form></div>"
    assert labels(f"{form}<div>{links(DUTCH)}</div>") == [(shown, 3)]


def test_now_in_the_place_of_the_times_below_it_is_no_label() -> None:
    times = ("Agora", "12:05", "11:40")
    rows = "".join(f"<div><div>{times[n]}</div>{link(n, title)}</div>" for n, title in enumerate(DUTCH))
    assert labels(f"<div>{rows}</div>") == [(None, 3)]


def test_a_label_as_long_as_the_first_kicker_is_one_all_the_same() -> None:
    rows = "".join(
        f"<article><h3><span class='kicker'>{kicker}</span> {link(n, DUTCH[n])}</h3></article>"
        for n, kicker in enumerate(("Verkeer", "Natuur", "Recht"))
    )
    assert labels(f"<section><h2>Politie</h2>{rows}</section>") == [("Politie", 3)]


def column(label: str, path: str, first: int, titles: tuple[str, ...], more: str | None = None) -> str:
    rows = links(titles, "<div>{}</div>", first)
    return (
        f"<div><div><a href='{path}'>{label}</a></div>{rows}<div><a href='{more or path}'>Lees verder</a></div></div>"
    )


def test_the_first_line_of_a_column_that_leads_where_its_last_does_is_the_label() -> None:
    columns = column("Wereld", "/wereld/", 0, DUTCH) + column("Economie", "/economie/", 4, FRENCH)
    assert labels(f"<div>{columns}</div>") == [("Wereld", 3), ("Economie", 4)]


def test_a_story_at_the_head_of_a_column_stays_one_wherever_the_last_line_leads() -> None:
    title = "Het huis aan de haven"
    rows = column(title, "/news/48990.html", 0, DUTCH, "/archief/")
    assert [one.title for one in found(rows)[0].headlines] == [title, *DUTCH]


def test_a_button_that_unfolds_a_box_names_the_list_in_it_unless_it_says_more() -> None:
    boxes = "".join(
        f"<div><button aria-expanded='true'>{label}</button><div>{links(titles, first=first)}</div></div>"
        for label, titles, first in (("Monde", FRENCH, 0), ("Sport", DUTCH, 6))
    )
    assert labels(f"<main>{boxes}</main>") == [("Monde", 4), ("Sport", 3)]
    more = f"<div><button aria-expanded='false'>Voir plus</button><div>{links(FRENCH)}</div></div>"
    assert labels(f"<main>{more}</main>") == [(None, 4)]


@pytest.mark.parametrize("form", ["<dt>{}</dt><dd>{}</dd>", "<tr><th>{}</th></tr><tr><td>{}</td></tr>"])
def test_terms_and_heads_of_cells_over_one_story_each_are_labels(form: str) -> None:
    rows = "".join(form.format(name, link(n, FRENCH[n])) for n, name in enumerate(("Port", "Miel", "Rail", "Livres")))
    box = "dl" if "dt" in form else "table"
    assert labels(f"<{box}>{rows}</{box}>") == [("Port", 1), ("Miel", 1), ("Rail", 1), ("Livres", 1)]


def test_a_label_may_end_with_an_abbreviation_but_not_as_a_sentence() -> None:
    first = f"<section><h2>Ships from the U.S.</h2>{links(DUTCH)}</section>"
    second = f"<section><h2>You have seen all of them.</h2>{links(FRENCH, first=5)}</section>"
    assert labels(first + second) == [("Ships from the U.S.", 3), (None, 4)]


def test_the_row_of_the_open_story_is_passed_on_the_way_to_the_label() -> None:
    title = "Havenraad stelt stemming over de nieuwe terminal uit"
    url = f"{FRONT}2026/11/24/havenraad-stelt-stemming-uit-48200.html"
    own = f"<div class='big'><h3><a href='{url}'>{title}</a></h3><p>Een zin uit het begin van het verhaal.</p></div>"
    rows = "".join(f"<div class='small'><h3>{link(n + 1, t)}</h3></div>" for n, t in enumerate(DUTCH))
    text = "<p>De raad sprak drie uur over de haven, zonder dat er een besluit viel, en ging toen naar huis.</p>" * 4
    column = f"<div><div><h4>Net binnen</h4></div><div>{own}</div><div>{rows}</div></div>"
    assert [one.label for one in found(f"<article><h1>{title}</h1>{text}</article>{column}", url=url)] == ["Net binnen"]
    top = f"<h4>Net binnen</h4><div><h1><a href='{url}'>{title}</a></h1></div><div>{rows}</div>"
    assert [one.label for one in found(f"<main>{top}</main>{text}", url=url)] == [None]


def test_a_day_over_the_first_clock_of_a_flat_list_is_its_label() -> None:
    rows = "".join(f"<i>1{9 - n}:12</i>{link(n, title)}<small>8{n}</small>" for n, title in enumerate(FRENCH))
    above = "<div><a href='/about.html'>Qui nous sommes</a></div>"
    assert labels(f"<article>{above}<b>Aujourd’hui</b><br>{rows}</article>") == [("Aujourd’hui", 4)]


@pytest.mark.parametrize("name", ["Nyheter", "Noticias", "Новини"])
def test_a_page_that_begins_with_its_news_in_plain_rows_is_shown_in_its_order(name: str) -> None:
    rows = f"<section><h2>{name}</h2><ul>{links(DUTCH, '<li>{}</li>')}</ul></section>"
    cards = links(FRENCH, "<div><img src='/b.jpg' alt=''><h3>{}</h3></div>", 5)
    sport = f"<section><h2>Sport</h2><div>{cards}</div></section>"
    assert [one.label for one in found(f"<main>{rows}{sport}</main>")] == [name, "Sport"]
    assert [one.label for one in found(f"<main>{rows}<div>{cards}</div></main>")] == [None, name]


@pytest.mark.parametrize("more", ["Lire la suite", "Citește mai mult", "আরও পড়ুন"])
def test_the_name_beside_a_link_to_more_is_the_label(more: str) -> None:
    head = f"<div class='section-title'><span>Actualités</span><a href='/0/'>{more}</a></div>"
    cards = links(FRENCH, "<div class='card'><h2>{}</h2></div>")
    assert labels(f"<section>{head}<div>{cards}</div></section>") == [("Actualités", 4)]


def test_a_link_that_skips_to_the_stories_is_no_label() -> None:
    cards = links(FRENCH, "<div class='slide'>{}</div>")
    top = "<a class='s' href='#c'>Passer</a><header><a href='/'>Kustbladet</a></header>"
    assert labels(f"{top}<div id='c'><div>{cards}</div></div>") == [(None, 4)]


def test_the_picture_with_the_name_of_the_paper_above_all_words_is_no_label() -> None:
    top = "<tr><td colspan=2><img src=banner.gif alt='Kustbladet'></td></tr>"
    menu = "<tr><td><a href='/c/1'>Monde</a><br><a href='/c/2'>Sport</a></td>"
    rows = links(FRENCH, "<tr><td>{}</td></tr>")
    assert labels(f"<table>{top}{menu}<td><table>{rows}</table></td></tr></table>") == [(None, 4)]
    below = "<h2><img src=h.gif alt='Culture'></h2>"
    assert labels(f"<table>{top}{menu}<td>{below}<table>{rows}</table></td></tr></table>") == [("Culture", 4)]


@pytest.mark.parametrize("more", ["ادامه مطلب", "სრულად", "Կարդալ ավելին", "Mehr dazu"])
def test_a_story_with_an_unlinked_heading_over_a_link_to_more_is_one_in_any_language(more: str) -> None:
    cards = "".join(
        f"<div class='item'><h4>{title}</h4><p>{FRENCH[number]}, {GREEK[number]}.</p>"
        f"<a href='/news/{48200 + 37 * number}.html' class='b'>{more}</a></div>"
        for number, title in enumerate(GREEK)
    )
    (one,) = found(f"<section><h2>Ειδήσεις</h2>{cards}</section>", url=f"{FRONT}local")
    assert [headline.title for headline in one.headlines] == list(GREEK)


def test_headings_that_are_pictures_divide_a_flat_list_into_the_parts_that_they_name() -> None:
    rows = "<h2><img src=a.gif alt='Monde'></h2>{}<h2><img src=b.gif alt='Culture'></h2>{}"
    flat = rows.format(links(FRENCH), links(GREEK, first=5))
    assert labels(f"<table><tr><td>{flat}</td></tr></table>") == [("Monde", 4), ("Culture", 3)]


_PARAGRAPHS = tuple(f"Le conseil du port a reporté le vote numéro {n}, dit le maire du village." for n in range(60))


@pytest.mark.parametrize(
    ("beside", "is_known"),
    [
        ("<p>Tous droits réservés.</p>", True),
        ("".join(f"<p>{text}</p>" for text in _PARAGRAPHS), False),
        ("<pre>" + "\n\t\t\t\tport".ljust(90) * 60 + "</pre>", False),
        ("<script>[" + ",".join(f'{{"text":"{text}"}}' for text in _PARAGRAPHS) + "]</script>", False),
    ],
    ids=["notice", "text", "lines as they are", "script"],
)
def test_a_front_page_is_known_at_once_where_no_text_can_be_longer_than_its_headlines(
    beside: str, *, is_known: bool
) -> None:
    items = "".join(f"<li>{link(n, f'{title} ({n})')}</li>" for n, title in enumerate(FRENCH * 3))
    html = f"<title>Le conseil du port</title><body><main><ul>{items}</ul></main><footer>{beside}</footer></body>"
    document = parse_document(html, FRONT)
    found = find_headline_lists(document)
    assert is_front_page_at_once(document, found.lists, found.nodes, "Le conseil du port") is is_known
