"""What belongs to a text and what to the page around it, where form and place decide."""

import pytest

from newsreader.extraction.page import parse_page
from newsreader.models import Article, Heading, block_texts, figures_of, plain
from tests.extraction.reading import article_in

URL = "https://www.heath-herald.example/2026/10/03/the-well-on-the-heath"
TEXT = (
    "The well on the heath gave water again on Saturday, after eleven dry summers, and the first bucket went to the "
    "horse of the man who had dug for it.",
    "He began in March with a spade and a lamp, and reached damp sand at nine metres, when nobody but his sister still "
    "brought him bread.",
    "The village means to build a roof over it before the frost, and has asked the carpenter of the next valley what "
    "that would cost.",
    "Until then a lid of planks lies on the rim, with a stone on top, and the children are told to keep away from it.",
)
BODY = tuple(f"<p>{text}</p>" for text in TEXT)
HEADLINE = "The well on the heath"


def article_of(
    inner: str, head: str = "", title: str = "The well on the heath | Heath Herald", lang: str = "en"
) -> Article:
    page = f'<html lang="{lang}"><head><title>{title}</title>{head}</head><body>{inner}</body></html>'
    return article_in(page, URL)


def story(*parts: str) -> str:
    return f"<main><article><h1>{HEADLINE}</h1>{''.join(parts)}</article></main>"


def lines_of(article: Article) -> list[str]:
    lines = [" ".join(text.split()) for block in article.blocks for text in block_texts(block)]
    return lines if article.lead is None else [article.lead, *lines]


def headings_of(article: Article) -> list[str]:
    return [plain(block.spans) for block in article.blocks if isinstance(block, Heading)]


SAID = (
    ("Ro", "I drank from it as a child, and it tasted of iron then, so I am glad that somebody dug on."),
    ("M. Oak", "Who will pay for the roof? I ask because the last one was paid for twice, and leaked all the same."),
    ("heathfox", "My horse was first in line, and she has asked for nothing else since Saturday, day or night."),
)
TALKS = (
    "<div><h3>What readers say</h3><ul>{}</ul></div>",
    "<section><h2>Your turn</h2>{}</section>",
)
FORMS = (
    "<li><b>{}</b> wrote on 4.10.2026 at 12:31:<br>{}</li>",
    '<div class="x1"><p class="x2">{}</p><p class="x3">{}</p><button>Reply</button></div>',
    "<article><header>{} <time>4 October</time></header><p>{}</p></article>",
    '<li><p class="who">{} says:</p><p>{}</p><p><a href="#reply">Reply</a></p></li>',
)


@pytest.mark.parametrize("box", TALKS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("title", ["The well on the heath | Heath Herald", "Water, wells and where to find them"])
def test_a_row_of_what_several_people_said_is_no_text_whatever_is_over_it(box: str, form: str, title: str) -> None:
    talk = box.format("".join(form.format(*each) for each in SAID))
    assert lines_of(article_of(f"<main><h1>{HEADLINE}</h1>{BODY[0]}{BODY[1]}</main>{talk}", title=title)) == [*TEXT[:2]]


def test_what_is_marked_as_comments_for_programs_is_no_text() -> None:
    said = "".join(
        f'<div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><i>{name}</i><p>{words}</p></div>'
        for name, words in SAID
    )
    assert lines_of(article_of(story(BODY[0], BODY[1], f"<div><h2>Echoes</h2>{said}</div>"))) == [*TEXT[:2]]


def test_boxes_that_name_people_without_a_moment_are_text() -> None:
    rows = "".join(f"<div><b>{name}</b><p>{words}</p></div>" for name, words in SAID)
    lines = lines_of(article_of(story(BODY[0], BODY[1], f"<section><h2>Those who dug</h2>{rows}</section>")))
    assert all(words in lines for _, words in SAID)


@pytest.mark.parametrize(
    "notice",
    [
        "<div id='bar'><p>This is an official page of the heath. Official pages have a closed lock beside the address "
        "and end in .heath.example. Give your number to no other page.</p></div>",
        '<div class="x modal"><p>We and those we work with keep files on your device and read them again to learn '
        "what you like. You may change your mind on any day of the year.</p></div>",
    ],
)
def test_a_notice_of_the_page_is_no_text_of_a_short_one(notice: str) -> None:
    article = article_of(
        f"{notice}<div id='c'><h1>{HEADLINE}</h1><p>The well is closed on Monday for a new rope.</p></div>"
    )
    assert lines_of(article) == ["The well is closed on Monday for a new rope."]


@pytest.mark.parametrize(
    "line",
    [
        "<p>(ro/mo)</p>",
        "<p>(ρ.β./μ.ο.)</p>",
        "<p>r.v./m.o.</p>",
        "<p>Will you drink from it?</p><ul><li><button>Yes</button></li><li><button>No</button></li></ul>",
        '<p>Will you drink from it?</p><form><label><input type="radio" name="d"> Yes</label>'
        '<label><input type="radio" name="d"> No</label><button>Vote</button></form>',
        "<p>Editor: r.o.</p>",
        "<p>Знайшли помилку? Виділіть її та натисніть Ctrl + Enter.</p>",
        "<p>Yayın: 03.10.2026 09:40 - Değişiklik: 03.10.2026 11:02</p>",
        '<p><em>How we work: each story is read by two of us. <a href="/trust">See the rules.</a></em></p>',
        "<h4>Will you drink from it?</h4><p>Yes</p><p>No</p><p>Only the horse</p>",
    ],
)
def test_a_last_line_of_the_page_is_no_text(line: str) -> None:
    assert lines_of(article_of(story(*BODY, line))) == [*TEXT]


@pytest.mark.parametrize(
    "line", ["Press Ctrl+Enter to send the form, as the manual says.", "(and so on)", "Price: low"]
)
def test_a_last_line_of_the_text_stays(line: str) -> None:
    above = "The manual of 1998 tells you to press Ctrl+Enter twice, which nobody on the heath has ever understood."
    lines = lines_of(article_of(story(*BODY, f"<p>{above}</p>", f"<p>{line} Nobody ever did, though.</p>")))
    assert lines == [*TEXT, above, f"{line} Nobody ever did, though."]


def test_a_heading_that_begins_like_a_label_stays_over_paragraphs() -> None:
    inner = story(BODY[0], "<h2>What was found</h2>", BODY[1], "<h2>Related wells of the valley</h2>", BODY[2], BODY[3])
    assert headings_of(article_of(inner)) == ["What was found", "Related wells of the valley"]


def test_headings_that_stand_in_links_to_other_sites_stay() -> None:
    parts = [
        f'<a href="https://well-{number}.example/"><h2>Well of village {number}</h2></a>{text}'
        for number, text in enumerate(BODY[1:])
    ]
    assert headings_of(article_of(story(BODY[0], *parts))) == [f"Well of village {number}" for number in range(3)]


def test_the_first_of_several_linked_headings_stays() -> None:
    parts = [
        f'<div><h3><a href="https://well-{number}.example/">{number + 1}. Well {number}</a></h3>{text}</div>'
        for number, text in enumerate(BODY[1:])
    ]
    assert headings_of(article_of(story(BODY[0], *parts))) == [f"{number + 1}. Well {number}" for number in range(3)]


def test_the_first_heading_of_sections_in_a_row_stays_whatever_their_names() -> None:
    parts = [
        f'<section class="{name}"><h2>Part {number}</h2>{BODY[number]}</section>'
        for number, name in enumerate(("related-x", "promo-y", "plain"))
    ]
    assert headings_of(article_of(story(*parts))) == ["Part 0", "Part 1", "Part 2"]


@pytest.mark.parametrize("name", ["sidebar", "social", "promo"])
def test_a_box_with_a_heading_over_running_text_between_paragraphs_is_text(name: str) -> None:
    box = f'<div class="{name}"><h2>The man and his lamp</h2>{BODY[1]}</div>'
    assert lines_of(article_of(story(BODY[0], box, BODY[2], BODY[3]))) == [
        TEXT[0],
        "The man and his lamp",
        *TEXT[1:],
    ]


def test_a_box_that_asks_for_something_between_paragraphs_is_no_text() -> None:
    box = (
        '<div class="promo"><h2>Stay with us</h2><p>The heath has no other paper, and this one lives on what its '
        "readers give to it in autumn.</p><p>Sign up for the letter of the heath, free of charge.</p></div>"
    )
    assert lines_of(article_of(story(BODY[0], box, *BODY[1:]))) == [*TEXT]


def test_links_that_the_last_sentence_announces_stay() -> None:
    items = "".join(f'<li><a href="/papers/{n}.pdf">Bill of the digger, part {n}</a></li>' for n in (1, 2, 3))
    above = "<p>We print the bills of the digger, so that everybody can do the sum again:</p>"
    assert "Bill of the digger, part 2" in lines_of(article_of(story(*BODY, above, f"<ul>{items}</ul>")))


def test_lines_of_links_that_a_sentence_announces_stay() -> None:
    links = "<br>".join(f'<a href="/plans/{name}">{name}</a>' for name in ("roof.pdf", "rim.pdf", "rope.pdf"))
    above = "<p>The three plans of the carpenter are here:</p>"
    lines = lines_of(article_of(story(BODY[0], BODY[1], above, f"<div>{links}</div>", BODY[2], BODY[3])))
    assert {"roof.pdf", "rim.pdf", "rope.pdf"} <= {word for each in lines for word in each.split()}


def test_links_to_other_sites_under_a_heading_stay_though_the_text_continues() -> None:
    items = "".join(f'<li><a href="https://dig-{n}.example/">Diggers of valley {n}</a></li>' for n in (1, 2, 3))
    lines = lines_of(article_of(story(BODY[0], BODY[1], f"<h2>Where to ask</h2><ul>{items}</ul>", BODY[2], BODY[3])))
    assert "Diggers of valley 2" in lines


def test_a_linked_sentence_in_a_script_without_blanks_stays() -> None:
    texts = [
        "荒野の井戸は十一年ぶりに水が戻り、最初の一杯は掘った男の馬に与えられたと、村の人々は笑いながら話している。",
        "大工は屋根の値段をまだ決めておらず、次の谷から戻るまで待ってほしいと手紙に書いてきたそうだ。",
        "男は三月に鋤とランプだけで掘り始め、九メートルの深さでようやく湿った砂に当たったという。",
    ]
    inner = f'<p>{texts[0]}</p><p><a href="https://roof.example/">{texts[1]}</a></p><p>{texts[2]}</p>'
    assert lines_of(article_of(story(inner), lang="ja")) == texts


def test_short_last_words_in_a_script_of_thousands_of_letters_stay() -> None:
    texts = [
        "들판의 우물이 열한 해 만에 다시 물을 내었고, 첫 바가지는 판 사람의 말에게 돌아갔다고 사람들은 전했다.",
        "그는 삼월에 삽과 등불만 들고 파기 시작했고, 아홉 미터에서 젖은 모래를 만났다고 이야기했다.",
        "마을은 서리가 내리기 전에 지붕을 얹을 계획이며, 옆 골짜기 목수에게 값을 물어보았다.",
        "또 만나요!",
    ]
    inner = "".join(f'<div class="t"><p>{text}</p></div>' for text in texts)
    assert lines_of(article_of(story(inner), lang="ko")) == texts


def test_short_questions_and_answers_in_boxes_like_the_text_stay() -> None:
    said = ("Was it dark?", "Very.", "Did you sing?", "Only at noon.")
    boxes = [f'<div class="t"><p>{words}</p></div>' for words in (TEXT[0], *said, TEXT[3])]
    assert lines_of(article_of(story(*boxes))) == [TEXT[0], *said, TEXT[3]]


def test_short_answers_that_buttons_unfold_stay() -> None:
    pairs = (
        ("Is it deep?", "Nine metres and a hand, says the man who was down there."),
        ("May I drink?", "Yes, if you bring a cup and leave it there afterwards."),
    )
    folded = "".join(f'<dt><button aria-expanded="false">{q}</button></dt><dd hidden>{a}</dd>' for q, a in pairs)
    lines = lines_of(article_of(story(BODY[0], BODY[1], f"<dl>{folded}</dl>")))
    assert [line for pair in pairs for line in pair] == [line for line in lines if line not in TEXT]


def test_a_paragraph_in_the_header_is_the_standfirst_though_it_is_like_the_text() -> None:
    said = "A man with a lamp digs for eleven weeks, and a horse drinks first."
    header = f"<header><h1>{HEADLINE}</h1><time>3 October 2026</time><div><p>{said}</p></div></header>"
    inner = f"{header}<div>{''.join(BODY)}</div>"
    article = article_of(f"<main><article>{inner}</article></main>")
    assert article.lead == said
    assert lines_of(article) == [said, *TEXT]


@pytest.mark.parametrize(
    "notice",
    [
        "Cet article a été publié il y a plus de trois ans. Il peut contenir des erreurs.",
        "Editor's note: this story was first told in 2019 and has new figures now.",
        "Ця стаття також доступна англійською та польською мовами.",
        "Denna artikel är äldre än två år och uppdateras inte längre.",
        "Esta noticia se publicó hace más de cuatro años en nuestra edición.",
        "Ro Vane has dug wells since the flood and writes about water for this site on Fridays.",
    ],
)
def test_notes_on_an_old_text_or_its_author_are_no_standfirst(notice: str) -> None:
    assert article_of(story(f'<p class="intro">{notice}</p>', *BODY)).lead is None


def test_an_office_in_brackets_behind_the_name_is_no_text() -> None:
    assert lines_of(article_of(story("<div>Ro Vane (reporter on the heath)</div>", *BODY))) == [*TEXT]


def test_the_word_for_a_photograph_before_a_credit_in_a_box_of_its_own_is_left_out() -> None:
    caption = "<figcaption><span>The bucket on the rim.</span><span><span>Photo: </span>Ro Vane</span></figcaption>"
    article = article_of(story(BODY[0], f'<figure><img src="/b.jpg" alt="">{caption}</figure>', *BODY[1:]))
    assert [(plain(figure.caption), figure.credit) for figure in figures_of(article.blocks)] == [
        ("The bucket on the rim.", "Ro Vane")
    ]


def test_an_address_that_a_script_fills_in_is_not_the_picture() -> None:
    picture = '<img data-src="/rim.jpg?w={width}" data-own-src="/rim.jpg" src="data:image/gif;base64,AAAA" alt="rim">'
    article = article_of(story(BODY[0], f"<figure>{picture}</figure>", *BODY[1:]))
    assert [figure.url for figure in figures_of(article.blocks)] == ["https://www.heath-herald.example/rim.jpg"]


def authors_of(inner: str, lang: str = "en") -> tuple[str, ...]:
    return article_of(inner, lang=lang).authors


@pytest.mark.parametrize(
    "others",
    [
        '<ul><li><a href="/k1">Roof of the mill fell</a> <span class="author">Mo Oakley</span></li>'
        '<li><a href="/k2">Horse wins a race</a> <span class="author">Di Harrow</span></li></ul>',
        '<div itemscope itemtype="https://schema.org/Article"><a href="/k1">Roof fell</a>'
        '<b itemprop="author">Mo Oakley</b></div>',
        '<div class="b"><div class="b__author">Mo Oakley</div><a href="/k1">Roof of the mill fell</a></div>'
        '<div class="b"><div class="b__author">Di Harrow</div><a href="/k2">Horse wins a race</a></div>',
        '<a href="/k1"><h3>Roof fell</h3><div class="author-name">Mo Oakley</div></a>',
    ],
)
def test_the_authors_of_other_stories_below_are_not_the_articles(others: str) -> None:
    assert authors_of(story(*BODY, others)) == ()


def test_the_author_of_a_book_that_is_told_of_is_not_the_articles() -> None:
    book = "<p>Title: Wells of the North<br>Author: Ida Brook<br>Publisher: Lamp House</p>"
    assert authors_of(story(book, *BODY)) == ()


def test_a_portuguese_byline_is_read() -> None:
    assert authors_of(story("<p>Texto de <strong>Rui Falcão</strong></p>", *BODY), lang="pt") == ("Rui Falcão",)


def test_a_blank_divides_the_names_of_chinese_reporters() -> None:
    line = "<div><span>2026年10月03日 09:20</span> <span>记者：沈千帆 陆小满</span></div>"
    assert authors_of(story(line, *BODY), lang="zh") == ("沈千帆", "陆小满")


def test_a_heading_by_its_role_is_the_title() -> None:
    inner = f'<div><div role="heading" aria-level="1">Nine metres of sand</div>{"".join(BODY)}</div>'
    assert article_of(inner, title="Heath: a well gives water again").title == "Nine metres of sand"


def test_a_heading_in_a_box_for_the_mark_of_the_site_is_not_the_title() -> None:
    inner = (
        f'<a class="brand"><h1>Heath Herald</h1></a><article><p><b>A well gives water</b></p>{"".join(BODY)}</article>'
    )
    head = '<meta property="og:title" content="A well gives water">'
    assert article_of(inner, head, title="A well gives water – Heath Herald").title == "A well gives water"


def test_a_day_that_only_another_storys_card_has_is_not_the_articles() -> None:
    time = '<time datetime="2026-10-30">30 October</time>'
    card = f'<aside><article><h3><a href="/fair">Fair on the heath</a></h3>{time}</article></aside>'
    page = f"<html><head><title>{HEADLINE}</title></head><body>{story(*BODY)}{card}</body></html>"
    article = parse_page(page.encode(), "https://www.heath-herald.example/stories/the-well", "text/html").article
    assert article is not None
    assert article.published is None


def test_a_place_behind_the_name_is_no_second_author() -> None:
    line = '<p class="autor">Por Rui Falcão, de Vale Sereno — Atualizado em 03/10/2026</p>'
    assert authors_of(story(line, *BODY), lang="pt") == ("Rui Falcão",)


def test_hidden_answers_under_headings_that_ask_stay() -> None:
    pairs = (
        ("Is it deep?", "Nine metres and a hand, says the man who was down there."),
        ("May I drink?", "Yes, if you bring a cup and leave it there afterwards."),
    )
    folded = "".join(
        f'<div><div class="q"><h4>{q}</h4></div><div class="a" style="display:none">{a}</div></div>' for q, a in pairs
    )
    lines = lines_of(article_of(story(BODY[0], BODY[1], f"<div>{folded}</div>")))
    assert [line for pair in pairs for line in pair] == [line for line in lines if line not in TEXT]


def test_a_box_that_leads_from_a_question_to_a_page_of_the_site_is_no_text() -> None:
    box = (
        '<div class="n"><b>The heath in your hand each morning?</b> <a href="/morgenpost">Come and read along</a></div>'
    )
    assert lines_of(article_of(story(BODY[0], BODY[1], box, BODY[2], BODY[3]))) == [*TEXT]


def test_a_question_in_bold_before_a_link_to_a_page_of_the_site_is_no_text_though_it_is_a_paragraph() -> None:
    line = '<p><b>Do you want more of the heath?</b> <a href="/newsletter">Here is our letter</a></p>'
    assert lines_of(article_of(story(BODY[0], BODY[1], line, BODY[2], BODY[3]))) == [*TEXT]


def test_a_linked_sentence_in_two_boxes_between_paragraphs_stays() -> None:
    said = "The carpenter of the next valley has sent word that he will come as soon as the snow is off the pass."
    box = f'<div><div><p><a href="https://carpenter.example/">{said}</a></p></div></div>'
    assert lines_of(article_of(story(BODY[0], BODY[1], box, BODY[2], BODY[3]))) == [*TEXT[:2], said, *TEXT[2:]]


def test_the_next_story_is_known_below_a_short_title() -> None:
    parts = [
        f'<article class="p"><h1>{title}</h1>{"".join(BODY[place : place + 2])}</article>'
        for title, place in (("A well", 0), ("A roof", 2))
    ]
    assert lines_of(article_of(f"<div>{''.join(parts)}</div>", title="A well – Heath Herald")) == [*TEXT[:2]]


def test_both_names_behind_an_italian_date_are_read() -> None:
    assert authors_of(story("<p>4 luglio 2026, di Dario Fontanel e Lisa Moro</p>", *BODY), lang="it") == (
        "Dario Fontanel",
        "Lisa Moro",
    )


REPORTED = (
    ("12:30", "At half past twelve the third bucket came up, and the horse was led away to make room for the dogs."),
    ("12:10", "Ten past twelve: the rope holds, the sister sings, and the carpenter has been seen on the bridge."),
    ("11:45", "It begins. The lid is off, and those who stand nearest say that they can smell the water already."),
)


@pytest.mark.parametrize(
    "row",
    [
        "<div><time>{}</time><p>{}</p></div>",
        "<div><b>Rim, east</b> <span>{}</span><p>{}</p></div>",
        "<li><strong>{}</strong> <span>3.10.2026</span><p>{}</p></li>",
    ],
)
@pytest.mark.parametrize("box", ["{}", "<div class=feed>{}</div>"])
def test_entries_of_a_report_are_no_talk(row: str, box: str) -> None:
    rows = "".join(row.format(*each).replace("east", f"east {each[0]}") for each in REPORTED)
    lines = lines_of(article_of(story(*BODY, "<h2>As it happened</h2>", box.format(rows))))
    assert all(any(words in line for line in lines) for _, words in REPORTED)


def test_lines_of_a_programme_are_no_talk() -> None:
    stages = ("Main stage", "Small hall", "Garden")
    said = "<p>A play in two acts about those who dig, with songs, and a horse.</p>"
    rows = "".join(f"<li><b>{stage}</b> <span>1{n}:00</span>{said}</li>" for n, stage in enumerate(stages, 7))
    text = "\n".join(lines_of(article_of(story(*BODY, f"<h2>Programme</h2><ul>{rows}</ul>"))))
    assert all(stage in text for stage in stages)


@pytest.mark.parametrize(
    "note",
    [
        "Editor's note: An earlier version of this story named the wrong horse.",
        "Anmerkung der Redaktion: In einer früheren Fassung stand ein falscher Name.",
        "Від редакції: у першій версії було названо не того коня.",
    ],
)
@pytest.mark.parametrize("form", ["<p>{}</p>", "<p><em>{}</em></p>", '<p class="intro">{}</p>'])
def test_a_note_of_the_editors_is_no_standfirst_and_stays(note: str, form: str) -> None:
    article = article_of(story(form.format(note), *BODY))
    assert article.lead is None
    assert lines_of(article) == [note, *TEXT]


def test_a_sentence_about_all_of_us_begins_the_text() -> None:
    first = "Nobody writes letters any more, and that is bad for us all, says the man who used to bring them."
    assert lines_of(article_of(story(f"<p>{first}</p>", *BODY)))[0] == first


SECTION = "<h2>Where to eat</h2><p>There is one inn, and it is shut on the days of fairs.</p>"


@pytest.mark.parametrize(
    ("above", "last"), [("", "The Old Well, 12 beds"), ("", "Inn: The Spade"), (SECTION, "Rim House")]
)
def test_a_section_whose_heading_asks_is_no_poll(above: str, last: str) -> None:
    section = f"<h2>Where to sleep?</h2><p>{last}</p><p>{last.replace('The', 'Our')} annex</p>"
    assert last in lines_of(article_of(story(*BODY, above, section)))


def test_a_paragraph_of_one_letter_among_others_is_no_initial() -> None:
    lines = lines_of(
        article_of(story(*BODY[:2], "<p>A</p>", "<p>first bucket, says the sign, is free.</p>", *BODY[2:]))
    )
    assert "A" in lines
