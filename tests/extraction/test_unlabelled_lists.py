"""A list without a label gets none: not the site's name, a box that asks for an address, or words of a menu."""

import pytest

from newsreader.extraction.page import parse_page

TITLES = (
    "Ferry to the outer islands sails on Sundays again",
    "Glassblowers of the north quay take eleven apprentices",
    "Why the old signal house keeps its second lamp",
    "Storm carries half of the bathing jetty across the bay",
    "Harbour office counts more herring boats than last year",
    "Three bakers share one oven until the bridge is mended",
)
MENUS = {
    "en": ("Politics", "Sport", "Culture", "Science", "Money", "Travel"),
    "de": ("Politik", "Sport", "Kultur", "Wissen", "Geld", "Reise"),
    "uk": ("Політика", "Спорт", "Культура", "Наука", "Гроші", "Подорожі"),
}


def items(first: int = 0, last: int = len(TITLES)) -> str:
    return "".join(
        f'<li><a href="/2026/10/12/{1000 + n}-{title.lower().replace(" ", "-")}.html"><b>{title}</b></a></li>'
        for n, title in enumerate(TITLES[first:last], first)
    )


def labels_of(inner: str) -> list[str | None]:
    html = f"<!doctype html><html><head><title>The Quay</title></head><body>{inner}</body></html>"
    lists = parse_page(html.encode(), "https://quay.example/", "text/html; charset=utf-8").headline_lists
    assert sum(len(each.headlines) for each in lists) == len(TITLES)
    return [each.label for each in lists]


@pytest.mark.parametrize(
    "above",
    [
        '<div><a href="/"><b>The Quay</b></a></div>',
        '<div class="title"><a href="https://quay.example/"><strong>The Quay</strong></a></div>',
        '<div><h3>Our letter every morning</h3><form><input type="email"><button>OK</button></form></div>',
        '<div><a href="/"><b>The Quay</b></a> <a href="/subscribe">Subscribe</a></div>',
        "<header><h1>The Lamp on the Quay</h1><p>12 October, rain later</p></header>",
        '<div><h3>Меню</h3><ul><li><a href="/">Головна</a></li><li><a href="/about">Про нас</a></li></ul></div>',
        '<section><h2>Наш лист щоранку</h2><form><input type="email" name="a"></form></section>',
    ],
)
def test_a_list_below_the_sites_name_or_a_sign_up_box_has_no_label(above: str) -> None:
    assert labels_of(f"{above}<div><ul>{items()}</ul></div>") == [None]


def test_a_section_of_the_home_page_keeps_the_label_that_leads_there() -> None:
    assert labels_of(f'<h2><a href="/">Latest news</a></h2><ul>{items()}</ul>') == ["Latest news"]


@pytest.mark.parametrize("language", MENUS)
def test_a_menu_with_as_many_links_as_there_are_boxes_on_the_page_names_none_of_them(language: str) -> None:
    names = MENUS[language]
    menu = "".join(f'<li><a href="/{n}/">{name}</a></li>' for n, name in enumerate(names))
    boxes = "<div>Advertisement</div>" * 3 + f"<div><h2>{names[5]}</h2><ul>{items(3)}</ul></div>"
    page = f'<div><a href="/"><b>The Quay</b></a></div><ul>{menu}</ul><div><ul>{items(0, 3)}</ul></div>{boxes}'
    assert labels_of(page) == [None, names[5]]


def test_topics_of_the_page_are_no_heads_of_panes() -> None:
    topics = "".join(f'<a href="/tag/{n}/">{name}</a>' for n, name in enumerate(MENUS["en"][:3]))
    panes = "".join(f"<ul>{items(first, first + 2)}</ul>" for first in (0, 2, 4))
    assert labels_of(f'<div class="tags">{topics}</div>{panes}') == [None, None, None]


@pytest.mark.parametrize(
    "form",
    [
        '<table><tr><td onclick="a(1)">New</td><td onclick="a(2)">Read</td></tr><tr><td colspan=2>{}</td></tr></table>',
        '<div><div><span onclick="a(1)">New</span><span onclick="a(2)">Read</span></div><div>{}</div></div>',
    ],
)
def test_words_that_a_script_makes_tabs_name_the_panes_below(form: str) -> None:
    panes = f"<div>{items(0, 3)}</div><div>{items(3)}</div>"
    assert labels_of(form.format(panes)) == ["New", "Read"]


@pytest.mark.parametrize("mark", ["b", "strong", "em"])
def test_bold_headlines_side_by_side_in_one_box_are_a_list(mark: str) -> None:
    flat = "".join(
        f'<span>1{n}:15</span><{mark}><a href="/2026/10/12/{1000 + n}-story.html">{title}</a></{mark}>'
        for n, title in enumerate(TITLES)
    )
    assert labels_of(f"<h2>Today</h2><div>{flat}</div>") == ["Today"]
