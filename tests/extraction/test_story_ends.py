"""Where a story ends and another begins, and the entries of one that is written as things happen."""

import json

import pytest

from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.clues import read_clues
from newsreader.extraction.article.ends import trim_edges
from newsreader.extraction.article.like_headings import keep_like_headings
from newsreader.extraction.document import parse_document
from newsreader.extraction.fragments import gather
from newsreader.models import Article, figures_of
from tests.extraction.reading import article_in

URL = "https://weir.example/2026/11/03/the-salmon-pass-the-weir.html"
TITLE = "The first salmon in sixty years pass the weir"
TEXT = (
    "Eleven salmon have passed the weir since Sunday, the first that anybody has counted there since the paper mill "
    "was built, and the angling club has rung the bell of its boat house for each of them.",
    "The fish ladder beside the weir was finished in August, after three floods had carried away what had been built "
    "of it, and it cost the county twice of what it had planned.",
    "Where the salmon will spawn nobody can say yet, because the gravel above the weir lies under a hand of mud, but "
    "pupils of two schools have begun to wash it with pumps.",
    "In the mill, which makes cardboard today, the workers have hung up a board with the number of the day, and the "
    "owner has promised a barrel for the hundredth fish.",
)
OTHERS = {
    "en": ("Bakery in the old station opens its oven", "By Agnes Thorpe, 2 November 2026"),
    "de": ("Bäckerei im alten Bahnhof heizt den Ofen an", "Von Agnes Thorwald, 02.11.2026"),
    "ru": ("Пекарня на старом вокзале растопила печь", "Автор: Агния Торопова, 02.11.2026"),
    "uk": ("Пекарня на старому вокзалі розтопила піч", "Автор: Агнія Торопова, 02.11.2026"),
    "es": ("La panadería de la vieja estación enciende el horno", "Por Inés Tornero, 02/11/2026"),
}
OTHER_TEXT = (
    "Bread has been baked in the waiting room since Monday, and the first forty loaves were gone before the train to "
    "the coast had come, said the baker, who had slept on flour bags.",
    "The oven was carried over the tracks in one piece by thirty people, because the stationmaster had not allowed a "
    "crane, and it has one crack that everybody is proud of.",
)


def article_of(inner: str) -> Article:
    html = (
        f'<!doctype html><html lang="en"><head><title>{TITLE} | The Weir</title></head><body>'
        f"<main><h1>{TITLE}</h1>{inner}</main></body></html>"
    )
    return article_in(html, URL)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    "form",
    [
        '<h1><a href="/2026/11/02/oven.html">{}</a></h1>',
        "<h1>{}</h1>",
        '<h2><a href="/2026/11/02/oven.html">{}</a></h2>',
    ],
)
@pytest.mark.parametrize("box", ["<hr>{}", "<div>{}</div>"])
def test_the_next_story_on_the_page_is_not_of_this_one(language: str, form: str, box: str) -> None:
    headline, byline = OTHERS[language]
    other = box.format(f"{form.format(headline)}<p>{byline}</p>{paragraphs(*OTHER_TEXT)}")
    article = article_of(f"{paragraphs(*TEXT)}{other}")
    assert all(text in article.text for text in TEXT)
    assert headline not in article.text
    assert not any(text in article.text for text in OTHER_TEXT)


def test_a_letter_of_short_notices_with_bylines_is_one_text() -> None:
    notices = "".join(
        f'<h2><a href="/2026/11/02/{language}.html">{headline}</a></h2><p>{byline}</p><p>{text}</p>'
        for (language, (headline, byline)), text in zip(OTHERS.items(), (*TEXT, *OTHER_TEXT), strict=False)
    )
    article = article_of(f"<p>This is what our neighbours wrote in the week of the salmon.</p>{notices}")
    assert all(text in article.text for text in (*TEXT, OTHER_TEXT[0]))


def test_a_section_of_the_first_rank_without_a_byline_is_of_the_story() -> None:
    article = article_of(f"{paragraphs(*TEXT)}<h1>How the ladder was built</h1>{paragraphs(*OTHER_TEXT)}")
    assert all(text in article.text for text in (*TEXT, *OTHER_TEXT))


@pytest.mark.parametrize(
    "entry",
    [
        '<div id="post-{id}"><time>{clock}</time><h3>{heading}</h3><p>{text}</p></div>',
        '<div class="e{id}"><div><span>{clock}</span></div><h4>{heading}</h4><p>{text}</p></div>',
        "<section><p><b>{clock}</b></p><h3>{heading}</h3><div>{text}</div></section>",
    ],
)
def test_the_first_and_the_last_entry_of_a_live_report_are_of_it(entry: str) -> None:
    headings = (
        "The first fish",
        "Ein zweiter Fisch",
        "Третья рыба",
        "Четверта риба",
        "El quinto pez",
        "The sixth fish",
    )
    texts = (*TEXT, *OTHER_TEXT)
    entries = "".join(
        entry.format(id=1204331 + n, clock=f"{14 + n // 4}:{10 + n}", heading=heading, text=text)
        for n, (heading, text) in enumerate(zip(headings, texts, strict=True))
    )
    article = article_of(f"<p>By Agnes Thorpe, 3 November 2026</p><div>{entries}</div>")
    assert article.lead is None
    assert [text for text in (*headings, *texts) if text not in article.text] == []


@pytest.mark.parametrize("views", ["1.2K views", "1,2 Tsd. Aufrufe", "840 просмотров", "840 переглядів"])
def test_a_count_between_standfirst_and_text_is_neither(views: str) -> None:
    lead = "The ladder beside the weir works, and the paper mill has a new board to look at every morning."
    article = article_of(f"<p><strong>{lead}</strong></p><div><span>{views}</span></div>{paragraphs(*TEXT)}")
    assert article.lead == lead
    assert views not in article.text


def test_small_print_below_a_picture_is_its_caption() -> None:
    caption = "The board in the mill on the evening of the eleventh fish"
    picture = f'<div><img src="/board.jpg" width="600"><br><small>{caption}.</small></div>'
    assert caption not in article_of(f"{paragraphs(*TEXT[:2])}{picture}{paragraphs(*TEXT[2:])}").text


@pytest.mark.parametrize("label", ["More on this topic", "Aus der Region", "Что ещё рядом"])
def test_teasers_in_cards_beside_the_text_are_not_taken_for_it(label: str) -> None:
    cards = "".join(
        f'<div><h4><a href="/2026/11/02/{language}.html">{headline}</a></h4><p>{text}</p></div>'
        for (language, (headline, _)), text in zip(OTHERS.items(), OTHER_TEXT, strict=False)
    )
    article = article_of(f"<div>{paragraphs(*TEXT)}</div><h3>{label}</h3>{cards}")
    assert not any(text in article.text for text in OTHER_TEXT)


@pytest.mark.parametrize("name", ["The Weir Paper on Style", "Die Wehr-Zeitung: Leben"])
def test_the_title_is_not_shown_again_above_the_text(name: str) -> None:
    text = f'<div><p><img src="/weir.jpg" width="600"></p>{paragraphs(*TEXT)}</div>'
    html = (
        f'<!doctype html><html lang="en"><head><title>{TITLE}: {name}</title></head><body>'
        f'<h2><a href="/">{name}</a></h2><div><h2 class="entry-title">{TITLE}</h2>{text}</div></body></html>'
    )
    article = article_in(html, URL)
    assert (article.title, TITLE in article.text) == (TITLE, False)
    assert len(list(figures_of(article.blocks))) == 1


def test_a_slanted_standfirst_in_the_box_of_the_text_is_no_caption_of_the_picture_above_it() -> None:
    lead = "The ladder beside the weir works at last"
    picture = '<div><img src="/weir.jpg" width="600"><span>872</span></div>'
    html = (
        f'<!doctype html><html lang="en"><head><title>{TITLE}</title></head><body><div><h1>{TITLE}</h1>'
        f"<div>3 November 2026, 12:57 / By Agnes Thorpe</div>{picture}<em>{lead}</em><br>"
        f"{paragraphs(*TEXT)}</div></body>"
    )
    article = article_in(html, URL)
    assert article.lead == lead


_LEAD = "The ladder beside the weir works at last"


@pytest.mark.parametrize(
    "head",
    [
        f"<h1>{TITLE}</h1><p><b>{_LEAD}</b></p><p>3 November 2026</p><div><img src=/w.jpg><div>{TITLE}</div></div>",
        f"<div>{TITLE}</div><div>{_LEAD}</div><div>3 November 2026</div>",
        f"<table><tr><td><b>{TITLE}</b></td></tr></table><p>3 November 2026</p><p><em>{_LEAD}</em></p>",
    ],
    ids=["a caption repeats the title", "in boxes", "in a table"],
)
@pytest.mark.parametrize("site", ["", " - The Weir Paper", " | weir.example"])
def test_a_standfirst_is_found_below_a_title_with_a_dash_of_its_own(head: str, site: str) -> None:
    title = f"{TITLE}, - county"
    html = f"<title>{title}{site}</title><main>{head.replace(TITLE, title)}<div>{paragraphs(*TEXT)}</div></main>"
    article = article_in(html, URL)
    assert (article.lead, _LEAD in article.text) == (_LEAD, False)


@pytest.mark.parametrize(
    "between",
    [
        "<div><img src=/w.jpg><span>Maud Pennick at the weir. Photo: County</span></div>",
        "<p><img src=/w.jpg></p><p><small>Веслав Крук біля греблі. Фото: область</small></p>",
        '<div>Share: <a href="https://facebook.com/sharer?u=x">f</a></div>',
        "<table><tr><td>3 November 2026</td><td><span itemprop=author>Maud Pennick</span></td></tr></table>",
        '<a href="/uk/news/weir.html"><button>Читати українською</button></a>',
    ],
)
@pytest.mark.parametrize("text", [paragraphs(*TEXT), f"<div>{'<br><br>'.join(TEXT)}</div>"], ids=["in p", "in br"])
def test_what_is_between_standfirst_and_text_is_neither(between: str, text: str) -> None:
    article = article_of(f"<h2>{_LEAD}</h2>{between}<div>1.1K</div>{text}")
    assert article.lead == _LEAD
    assert article.text.startswith(TEXT[0])


def test_whom_to_write_to_is_no_line_of_share_buttons() -> None:
    line = 'Email: <a href="mailto:weir@county.example">weir@county.example</a>'
    assert "weir@county.example" in article_of(f"{paragraphs(*TEXT[:2])}<p>{line}</p>{paragraphs(*TEXT[2:])}").text


def test_a_path_of_links_that_ends_in_the_title_does_not_keep_the_byline_in_the_text() -> None:
    crumbs = f'<ol><li><a href="/">Home</a><li><a href="/river/">River</a><li>{TITLE}</ol>'
    head = f"{crumbs}<div>{TITLE}</div><table><tr><td>12:57 03.11.2026</td><td>Author: Maud Pennick</td></tr></table>"
    html = f"<title>{TITLE}</title>{head}<p><b>{_LEAD}</b></p><p>/</p>{paragraphs(*TEXT)}"
    article = article_in(html, URL)
    assert (article.authors, article.lead) == (("Maud Pennick",), _LEAD)
    assert article.text.startswith(TEXT[0])


def test_a_count_before_loose_text_and_a_link_onwards_behind_it_are_lines_of_their_own() -> None:
    text = "<br><br>".join(TEXT)
    article = article_of(f'<span>1.1K</span>{text} <a href="/trust/">Why you may trust the Weir Paper →</a><br><br>')
    assert article.text.startswith(TEXT[0])
    assert article.text.endswith(TEXT[-1])


def test_a_call_to_follow_the_site_is_no_part_of_a_row_of_boxes() -> None:
    box = "<section class=part><h3>{heading}</h3><p>{text}</p></section>"
    call = (
        'Follow the Weir Paper on <a href="https://facebook.com/weirpaper">Facebook</a>, '
        '<a href="https://twitter.com/weirpaper">Twitter</a> and <a href="https://instagram.com/weirpaper">Instagram</a>.'
    )
    boxes = "".join(box.format(heading=f"Part {n} of it", text=text) for n, text in enumerate([*TEXT, call], 1))
    article = article_of(f"<article>{boxes}</article>")
    assert all(text in article.text for text in TEXT)
    assert "Facebook" not in article.text


@pytest.mark.parametrize(
    ("facts", "is_shown"),
    [
        ('Section: <a href="/town">Town</a> | Views: 214 | Added by: Agnes', False),
        (
            'Where: Boat house | Tickets: 15 | To be had at: <a href="https://tickets.example/7">tickets.example</a>',
            True,
        ),
        ('Title: The Weir | Pages: 312 | Published by: <a href="https://reeds.example/">Reeds and Sons</a>', True),
    ],
)
def test_facts_below_a_text_that_lead_to_another_site_are_about_the_story(facts: str, is_shown: bool) -> None:
    article = article_of(f"<article>{paragraphs(*TEXT)}<p>{facts}</p></article>")
    assert ("|" in str(article.blocks[-1])) is is_shown


@pytest.mark.parametrize(
    "call",
    [
        "Join the Weir Circle, which gives you the river's level by the hour, eight letters a year and a seat in the "
        "boat house. Use the word FISH and the first year costs you half of what it costs the others, as long as the "
        "salmon are in the river and the ladder is open to them.",
        "Werden Sie Mitglied im Kreis vom Wehr, der Ihnen stündlich den Pegel schickt, acht Briefe im Jahr und einen "
        "Platz im Bootshaus. Mit dem Wort FISCH kostet das erste Jahr nur die Hälfte, solange die Lachse im Fluss sind "
        "und die Treppe offen ist.",
    ],
)
def test_a_last_paragraph_that_is_all_one_link_is_not_of_the_story(call: str) -> None:
    article = article_of(f'{paragraphs(*TEXT)}<a href="/circle">{call}</a>')
    assert article.text == "\n\n".join(TEXT)


def test_a_line_that_continues_a_call_at_the_end_goes_with_it() -> None:
    call = '<p><i>Follow us on </i><a href="https://t.example/weir">Telegraphic</a><i>.</i></p>'
    more = '<p><i>Hear the bell </i><a href="/live">live</a><i> at noon - or </i><a href="/bell">again</a>.</p>'
    assert article_of(f"{paragraphs(*TEXT)}{call}{more}").text == "\n\n".join(TEXT)


def test_excerpts_of_the_stories_before_and_after_are_not_of_this_one() -> None:
    card = (
        '<div class="turn"><article><a href="/2026/10/{0}.html" aria-label="{1}"></a><img src="/{0}.jpg" width="360" '
        'height="180"><div><a href="/all/">All</a><span>{1}</span><p>{2} […]</p></div></article></div>'
    )
    cards = "".join(
        card.format(number, title, text) for number, (title, text) in enumerate(zip("AB", OTHER_TEXT, strict=True))
    )
    text = f'<div>{paragraphs(*TEXT)}<div class="nav">{cards}</div></div>'
    assert article_of(text).text == "\n\n".join(TEXT)


def test_a_quotation_that_the_story_cuts_off_stays_at_its_end() -> None:
    last = "In the log of the old mill stands, in a hand that nobody could read until now: the fish are gone, and [...]"
    assert article_of(paragraphs(*TEXT, last)).text.endswith(last)


@pytest.mark.parametrize("label", ["Buying options:", "Где купить:"])
def test_a_label_over_links_that_are_left_out_goes_with_them(label: str) -> None:
    shops = "".join(f'<li><p><a href="https://shop{n}.example/x">{name}</a></p></li>' for n, name in enumerate(SHOPS))
    costs = f"<ul><li><p><b>Plan to spend:</b> $15</p></li><li><p><b>{label}</b></p><ul>{shops}</ul></li></ul>"
    inner = "".join(f"<h3>{n}. {name}</h3>{paragraphs(text)}{costs}" for n, name, text in TOOLS)
    article = article_of(paragraphs(TEXT[0]) + inner + paragraphs(*OTHER_TEXT))
    assert "Plan to spend" in article.text
    assert label not in article.text


SHOPS = ("Weir Stores (Oak)", "Weir Stores (Ash)", "Mill Shop (Tin)")
TOOLS = tuple(zip((1, 2, 3), ("Landing nets", "Waders", "Counting boards"), TEXT[1:], strict=True))


def test_a_heading_over_figures_that_are_left_out_goes_with_them() -> None:
    box = (
        '<div class="widget"><button>Expand</button><div><h3>Key numbers</h3>'
        '<div class="grid"><div class="meta-info">Fish</div><div class="meta-info">11</div>'
        '<div class="meta-info">Days since the flood</div><div class="meta-info">214</div></div></div></div>'
    )
    inner = "".join(f"<h2>{n}. {name}</h2>{box}{paragraphs(text, text[::-1])}" for n, name, text in TOOLS)
    article = article_of(paragraphs(*TEXT) + inner)
    assert "Landing nets" in article.text
    assert "Key numbers" not in article.text


def test_a_heading_that_is_printed_again_over_words_stays() -> None:
    inner = "".join(f"<h2>{n}. {name}</h2><div><h3>What it costs</h3><p>{text}</p></div>" for n, name, text in TOOLS)
    assert article_of(paragraphs(TEXT[0]) + inner).text.count("What it costs") == len(TOOLS)


def test_what_a_template_should_have_filled_in_is_left_out() -> None:
    article = article_of(paragraphs(*TEXT[:2]) + '<p>{{banner-salmon="/boxes/salmon"}}</p>' + paragraphs(*TEXT[2:]))
    assert "banner-salmon" not in article.text


def test_marks_of_a_template_that_are_shown_as_code_stay() -> None:
    items = "".join(f"<li><code>{{{{ boat|{name} }}}}</code></li>" for name in ("upper", "lower"))
    shown = f"<pre>{{{{ boat.name }}}}</pre><ul>{items}</ul>"
    article = article_of(paragraphs(*TEXT[:2]) + shown + paragraphs(*TEXT[2:]))
    assert [line for line in article.text.splitlines() if "{{" in line] == [
        "{{ boat.name }}", "{{ boat|upper }}", "{{ boat|lower }}",
    ]  # fmt: skip


@pytest.mark.parametrize("tag", ["div", "p", "span"])
def test_a_short_line_below_the_headline_is_the_standfirst_if_the_page_describes_itself_so(tag: str) -> None:
    said = "Eleven so far."
    html = (
        f'<html lang="en"><head><title>{TITLE}</title><meta property="og:description" content="{said}"></head><body>'
        f"<header><h1>{TITLE}</h1><{tag}>{said}</{tag}><div>By <a href='/author/ann'>Ann Weir</a></div></header>"
        f"<main>{paragraphs(*TEXT)}</main></body></html>"
    )
    article = article_in(html, URL)
    assert article.lead == said


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("이수연 기자 sooyeon@weir.example", "이수연"),
        ("Agnes Thorpe agnes@weir.example", "Agnes Thorpe"),
        ("Агния Торопова, agnia@weir.example", "Агния Торопова"),
    ],
)
def test_who_gives_a_name_and_an_address_below_the_text_has_written_it(line: str, name: str) -> None:
    assert article_of(f"<div>{'<br><br>'.join(TEXT)}<br><br>{line}</div>").authors == (name,)


def test_the_address_of_an_office_below_the_text_names_no_author() -> None:
    assert article_of(f"<div>{'<br><br>'.join(TEXT)}<br><br>Newsdesk: desk@weir.example</div>").authors == ()


@pytest.mark.parametrize(("form", "is_kept"), [("text-lg", True), ("offer", False)])
def test_a_heading_made_like_those_of_the_other_sections_is_kept_with_its_text(form: str, is_kept: bool) -> None:
    forms = (form, "text-lg", "text-lg", "text-lg")
    texts = (*TEXT[1:], OTHER_TEXT[0])
    sections = "".join(
        f"<h2 class={name}>{text[:20]}</h2><p>{text}</p>" for name, text in zip(forms, texts, strict=True)
    )
    document = parse_document(f"<p>{TEXT[0]}</p>{sections}", URL)
    choice = Choice(document, gather(document, set(document.order), set(document.order)), read_clues(document))
    for fragment in choice.fragments:
        fragment.kept = fragment.text != TEXT[1][:20]
    keep_like_headings(choice)
    assert choice.fragments[1].text == TEXT[1][:20]
    assert choice.fragments[1].kept is is_kept


@pytest.mark.parametrize(
    "field",
    ['<input type="email">', '<input name="your-email">', '<input type="text" placeholder="E-Mail-Adresse eintragen">'],
)
@pytest.mark.parametrize(
    "call", ["The first letter of the river.", "Der erste Brief vom Fluss.", "Первое письмо с реки."]
)
def test_words_over_a_field_for_an_address_are_left_out_between_paragraphs(field: str, call: str) -> None:
    box = f"<div class=p1><div><p>{call}</p></div><div><div><div>{field}</div></div></div></div>"
    text = article_of(paragraphs(*TEXT[:2]) + box + paragraphs(*TEXT[2:])).text
    assert call not in text
    assert all(paragraph in text for paragraph in TEXT)


@pytest.mark.parametrize("rule", ["----------", "* * *", "_____"])
def test_what_asks_to_write_below_a_ruled_line_at_the_end_is_left_out(rule: str) -> None:
    calls = (
        "SHARE YOUR STORY",
        "Has the weir kept you waiting?",
        "Fill out the form or send it to river@weir.example.",
    )
    text = article_of(paragraphs(*TEXT, *OTHER_TEXT, rule, *calls)).text
    assert OTHER_TEXT[1] in text
    assert not any(call in text for call in (rule, *calls))


def test_a_part_below_a_ruled_line_stays() -> None:
    assert TEXT[3] in article_of(paragraphs(*TEXT[:3], *OTHER_TEXT, "* * *", TEXT[3])).text


@pytest.mark.parametrize("said", ["The weir has waited long.", "堰は長く待っていた。", "Плотина ждала долго."])
def test_a_sentence_is_no_caption_where_there_is_no_picture(said: str) -> None:
    inner = f"<div><h2>The story</h2><div><p class=summary__caption>{said}</p>{paragraphs(*TEXT)}</div></div>"
    article = article_of(inner)
    assert said in f"{article.lead}\n{article.text}"


def test_what_changes_the_size_of_the_letters_is_left_out_between_paragraphs() -> None:
    steps = "<div><h4>Text size</h4><ul><li>-</li><li>+</li><li><a href='#'>reset</a></li></ul></div>"
    text = article_of(paragraphs(*TEXT[:2]) + steps + paragraphs(*TEXT[2:])).text
    assert "Text size" not in text
    assert "reset" not in text


def test_a_call_in_italics_that_is_printed_again_with_its_link_is_left_out() -> None:
    link = "<a href='https://pictures.example/weir'>Come along</a>"
    call = f"<p><em>[Would you like to see more of the river? </em><b><em>{link}</em></b><em>!]</em></p>"
    text = article_of(paragraphs(*TEXT[:2]) + call + paragraphs(*TEXT[2:], *OTHER_TEXT) + call).text
    assert "more of the river" not in text


def test_a_line_in_italics_with_a_link_that_is_printed_once_stays() -> None:
    line = "<p><em>The board of the mill is shown <a href='https://mill.example/board'>in its window</a>.</em></p>"
    assert "The board of the mill" in article_of(paragraphs(*TEXT[:2]) + line + paragraphs(*TEXT[2:])).text


def test_a_plain_line_with_a_link_that_is_printed_again_stays() -> None:
    line = "<p>Where it goes: <a href='https://mill.example/map'>from the weir to the mill</a></p>"
    text = article_of(
        paragraphs(*TEXT[:2]) + line + paragraphs(*TEXT[2:], *OTHER_TEXT[:1]) + line + paragraphs(OTHER_TEXT[1])
    ).text
    assert text.count("from the weir to the mill") == 2


@pytest.mark.parametrize("field", ['<input type="search" name="email">', '<input type="text" name="place">'])
def test_words_over_a_field_for_something_else_stay(field: str) -> None:
    box = f"<div class=p1><div><p>The first letter of the river.</p></div><div><div>{field}</div></div></div>"
    assert "The first letter" in article_of(paragraphs(*TEXT[:2]) + box + paragraphs(*TEXT[2:])).text


def test_the_place_before_a_paragraph_is_no_label_of_the_links_behind_the_text() -> None:
    place = "<b>Weir/ Mill Town: </b>"
    links = "<div><a href='/river'>Stories of the river</a></div>"
    article = article_of(f"<div><div>{paragraphs(TEXT[0])}{place}{paragraphs(*TEXT[1:])}</div>{links}</div>")
    assert "Mill Town:" in article.text


@pytest.mark.parametrize("name", ["ours-after-content", "below_article", "afterPost"])
def test_a_box_that_is_named_as_one_behind_the_content_is_not_of_the_story(name: str) -> None:
    box = f'<div class="{name}"><h1>Ein Wort vom Fährmann</h1><p>Die Fähre fährt, solange ihr lest.</p></div>'
    assert article_of(f"<div>{paragraphs(*TEXT)}{box}</div>").text == "\n\n".join(TEXT)


def test_a_line_in_a_box_below_that_of_all_paragraphs_is_of_the_page() -> None:
    body = f"<div>{paragraphs(*TEXT, *OTHER_TEXT, *(f'{text} Or nearly so.' for text in TEXT))}</div>"
    line = '<div class="speed_help">Press the blank to pause. Press P to go on.</div>'
    assert article_of(f"{body}{line}").text.endswith("Or nearly so.")


@pytest.mark.parametrize(
    ("label", "value"), [("Inquiries", "0470-225-1800"), ("Auskunft", "0470 225 18"), ("문의", "02-225-1800")]
)
def test_a_number_below_the_label_that_says_what_it_is_stays_with_it_at_the_end(label: str, value: str) -> None:
    line = f"<p><span>{label}</span><br>{value}</p>"
    document = parse_document(
        f"<div>{paragraphs(*TEXT)}{line}<ul><li><a href='/oven'>The oven</a></li></ul></div>", URL
    )
    listed = {each for box in document.elements("ul") for each in box.iter()}
    shown = set(document.order) - listed
    choice = Choice(document, gather(document, shown, shown, listed), read_clues(document))
    for fragment in choice.fragments:
        fragment.kept = True
    trim_edges(choice)
    assert [fragment.text for fragment in choice.kept()][-2:] == [label, value]


@pytest.mark.parametrize("tag", ["code", "samp", "kbd"])
def test_a_mark_of_a_template_that_a_paragraph_shows_as_code_stays(tag: str) -> None:
    shown = f"<p><{tag}>{{{{ weir.count }}}}</{tag}></p>"
    assert "{{ weir.count }}" in article_of(paragraphs(*TEXT[:2]) + shown + paragraphs(*TEXT[2:])).text


def test_a_mark_of_a_template_that_was_never_filled_in_is_left_out() -> None:
    text = article_of(paragraphs(*TEXT[:2], "{{ weir.count }}", *TEXT[2:])).text
    assert text == "\n\n".join(TEXT)


def test_a_call_over_a_program_says_what_that_does() -> None:
    call = "Subscribe to our counts like this:"
    program = "<pre>weir counts --of salmon --every hour</pre>"
    assert call in article_of(paragraphs(*TEXT[:2], call) + program + paragraphs(*TEXT[2:])).text
    assert call not in article_of(paragraphs(*TEXT[:2], call) + paragraphs(*TEXT[2:])).text


@pytest.mark.parametrize("name", ["related", "share", "rating"])
def test_a_part_of_a_heading_is_one_whatever_its_class_name(name: str) -> None:
    heading = f'<h2>Below the weir <span class="{name}">8 of 10</span></h2>'
    assert "Below the weir 8 of 10" in article_of(paragraphs(*TEXT[:2]) + heading + paragraphs(*TEXT[2:])).text


def test_a_centred_line_in_bold_below_a_picture_is_a_heading() -> None:
    heading = '<p style="text-align:center"><b>Where the salmon wait</b></p>'
    picture = "<div><img src=/w.jpg></div>"
    assert "Where the salmon wait" in article_of(paragraphs(*TEXT[:2]) + picture + heading + paragraphs(*TEXT[2:])).text


def test_a_post_in_a_box_beside_the_text_is_of_it() -> None:
    post = (
        '<aside><blockquote class="twitter-tweet"><p>The bell of the boat house rang eleven times today.</p>'
        '&mdash; Weir (@weir) <a href="https://twitter.com/weir/status/1">3 November 2026</a></blockquote></aside>'
    )
    assert "The bell of the boat house" in article_of(paragraphs(*TEXT[:2]) + post + paragraphs(*TEXT[2:])).text


def test_sentences_below_the_pictures_of_a_row_are_text() -> None:
    said = ("The ladder was finished in August, after the third flood.", "Pupils of both schools wash it with pumps.")
    row = "".join(f'<div class="s"><img src="/{n}.jpg"><p>{each}</p></div>' for n, each in enumerate(said))
    text = article_of(f'{paragraphs(*TEXT[:3])}<div class="row">{row}</div>{paragraphs(*OTHER_TEXT)}').text
    assert all(each in text for each in said)


def text_beside_json(known: tuple[str, ...], inner: str) -> str:
    said = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": " ".join(known)})
    script = f'<script type="application/ld+json">{said}</script>'
    return article_of(script + inner).text


def test_a_sentence_between_those_that_a_page_gives_for_programs_is_text_though_it_is_none_of_them() -> None:
    known = (*TEXT[:2], TEXT[3], *OTHER_TEXT)
    assert TEXT[2] in text_beside_json(known, paragraphs(*TEXT, *OTHER_TEXT))


@pytest.mark.parametrize("tag", ["div", "p"])
def test_a_line_that_is_none_of_those_that_a_page_gives_for_programs_is_no_text(tag: str) -> None:
    line = f"<{tag}>More photographs of the ladder and of the fish are in the boat house.</{tag}>"
    whole = (*TEXT, *OTHER_TEXT)
    parts = (paragraphs(*TEXT), paragraphs(*OTHER_TEXT))
    inner = line.join(parts) if tag == "div" else "".join((*parts, line))
    assert "More photographs" not in text_beside_json(whole, inner)
