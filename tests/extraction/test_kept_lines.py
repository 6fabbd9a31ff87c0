"""Lines of a text that look like a part of the page around it, and are kept."""

import json

import pytest

from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.clues import read_clues
from newsreader.extraction.article.recovery import keep_pruned
from newsreader.extraction.document import parse_document
from newsreader.extraction.fragments import gather
from newsreader.models import Heading
from tests.extraction.test_article import BODY, STORIES, TITLE, URL, article_in, list_of_stories, page_of, paragraphs

SUBHEAD = '<p class="txt-b7">{}</p>'
MORE = (
    "The council pays for the survey out of the fund that it keeps for bridges and quays, and hopes for the money of "
    "the state in spring.",
    "A second company has offered to lift the old ship in one piece, which would take a week longer and cost a third "
    "less than the first.",
)


def test_headings_by_their_class_alone_do_not_end_the_text() -> None:
    last = "The ship, a brig that was built in Piraeus, bears its name on the stern in letters of brass: ΠΟΣΕΙΔΩΝ."
    parts = (BODY[:2], "Who pays for it", (MORE[0], *BODY[2:], MORE[1]), "Where it came from", (last,))
    text = "".join(
        SUBHEAD.format(part) if isinstance(part, str) else f'<section class="t">{paragraphs(part)}</section>'
        for part in parts
    )
    article = article_in(page_of(f"<article><h1>{TITLE}</h1>{text}</article>"))
    assert article.text.endswith(f"Where it came from\n\n{last}")


def test_a_paragraph_that_the_page_gives_for_programs_too_stays_below_a_player() -> None:
    body = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": " ".join((*BODY, *MORE))})
    player = (
        "<div><div><h3>Episode 12: tides and timetables</h3><button>Play</button></div>"
        '<p><a href="https://podcasts.example/tides">The sound of the tides</a></p></div>'
    )
    text = f"{paragraphs((*BODY, MORE[0]))}{player}<p>{MORE[1]}</p>"
    head = f'<script type="application/ld+json">{body}</script>'
    article = article_in(page_of(f"<article><h1>{TITLE}</h1>{text}</article>", head))
    assert article.text == "\n\n".join((*BODY, *MORE))


def test_a_last_sentence_in_ideographs_that_are_new_is_of_the_text() -> None:
    body = (
        "港务局周四表示，航道疏浚的第二期工程将于三月开工，比原定计划推迟三个月，因为潜水员在淤泥下面发现了一艘旧船。",
        "港务局说，在夏季时刻表实行之前，渡轮需要更深的水，但是具体日期还没有确定，要等东边防波堤的检查结果出来以后再说。",
        "在同一个码头卖鱼的渔民说，没有人告诉过他们这件事，他们宁愿等下去，也不愿意看到那艘旧船被拆毁。",
    )
    last = "请大家耐心等待，平安过冬，明年春天再见，闲暇时不妨读一读《灯塔守望者的故事》"
    text = f"<article><h1>疏浚工程推迟到三月</h1>{paragraphs((*body, last))}</article>"
    assert article_in(page_of(text).replace(list_of_stories(), "")).text == "\n\n".join((*body, last))


def test_a_heading_that_says_a_part_of_the_title_heads_its_section() -> None:
    title = "Harbour dredging put off to March - what divers found there"
    first = "An old ship under the mud keeps the harbour authority waiting until spring."
    text = f"<p>{first}</p><h2>What divers found there</h2>{paragraphs((*BODY, *MORE))}"
    html = page_of(f"<article><h1>{title}</h1>{text}</article>").replace(f"<title>{TITLE}", f"<title>{title}")
    blocks = article_in(html).blocks
    assert [block.spans[0].text for block in blocks if isinstance(block, Heading)] == ["What divers found there"]


@pytest.mark.parametrize("times", [2, 3])
def test_a_paragraph_that_comes_again_in_a_plan_is_kept_each_time(times: int) -> None:
    meal = (
        "Two slices of rye bread, one boiled egg, half a cucumber with dill and sour cream, a handful of radishes, one "
        "apple, and a large glass of cold tea without sugar, but with mint."
    )
    days = "".join(
        f"<h2>Day {day}</h2><p>Eat within an hour</p><p>{meal}</p><p>Counts as three portions</p>"
        for day in ("one", "two", "three")[:times]
    )
    article = article_in(page_of(f"<article><h1>{TITLE}</h1>{paragraphs()}{days}<p>{MORE[0]}</p></article>"))
    assert article.text.count(meal) == times


def test_a_line_of_linked_names_stays_among_lines_of_names() -> None:
    def line(county: str, places: str, *, is_linked: bool) -> str:
        names = (f'<a href="/places/{name}">{name}</a>' if is_linked else name for name in places.split())
        return f"<p>{county}: {', '.join(names)}</p>"

    lines = (
        line("North county", "Elvet Marrow Thorpe Kell Dunmere Aske", is_linked=False),
        line("Coast county", "Saltby Rennet Quayle Ormsea", is_linked=True),
        line("Hill county", "Fellow Harrowgill Stane", is_linked=True),
        line("Lake county", "Mere Isel Watering Brackenby Lowe", is_linked=False),
    )
    html = page_of(f"<article><h1>{TITLE}</h1>{paragraphs(BODY)}{''.join(lines)}{paragraphs(MORE)}</article>")
    document = parse_document(html, URL)
    text = {each for each in document.elements("p") if each.text in (*BODY, *MORE)}
    choice = Choice(document, gather(document, set(document.order), text), read_clues(document))
    for fragment in choice.fragments:
        fragment.kept = fragment.located >= 1
    choice.region = next(document.body.iter("article"))
    keep_pruned(choice)
    names = [fragment.text.split(":")[0] for fragment in choice.kept() if " county:" in fragment.text]
    assert names == ["North county", "Coast county", "Hill county", "Lake county"]


@pytest.mark.parametrize(
    "line",
    [
        'Powered by <a href="/turbines">three turbines</a> under the old bridge, the mill has ground barley and oats '
        "for two hundred years.",
        "Unter dem Bild des neuen Kais steht „gefällt mir“, von Hand, und darunter „mir nicht“.",
    ],
)
def test_a_sentence_with_the_words_of_a_button_in_it_is_text(line: str) -> None:
    text = f"{paragraphs(BODY)}<p>{line}</p>{paragraphs(MORE)}"
    article = article_in(page_of(f"<article><h1>{TITLE}</h1>{text}</article>"))
    assert len(article.blocks) == len(BODY) + 1 + len(MORE)


def test_who_runs_the_page_is_not_text() -> None:
    text = f'{paragraphs(BODY)}<p>Powered by <a href="https://press.example">Page Press</a></p>{paragraphs(MORE)}'
    article = article_in(page_of(f"<article><h1>{TITLE}</h1>{text}</article>"))
    assert article.text == "\n\n".join((*BODY, *MORE))


WISH = (
    "With the winter around the corner you may have made a resolution to sign up for {what}, or to walk along the "
    '<a href="/quay">old quay</a> every morning. Both are easier than they were, since the ferry runs later now.'
)


def test_a_paragraph_about_people_who_want_to_sign_up_for_something_is_text() -> None:
    first = f"<p>{WISH.format(what='a rowing class with a friend')}</p>"
    article = article_in(page_of(f"<article><h1>{TITLE}</h1>{first}{paragraphs((*BODY, *MORE))}</article>"))
    assert article.text.startswith("With the winter around the corner")


@pytest.mark.parametrize("what", ["our weekly newsletter", "alerts", "a free account"])
def test_a_paragraph_that_invites_to_sign_up_for_what_the_site_sends_is_none(what: str) -> None:
    last = f"<p>{WISH.format(what=what)}</p>"
    article = article_in(page_of(f"<article><h1>{TITLE}</h1>{paragraphs((*BODY, *MORE))}{last}</article>"))
    assert "resolution" not in article.text


@pytest.mark.parametrize(
    "sentence",
    [
        "To see where the divers of the harbour have been since the first week of the new year, and how deep, click "
        'here to <a href="https://maps.example/dives">open the map of all dives</a>.',
        "<a href='/sheet'>Click here</a> to print the table of tides. You need a printer that takes two sides, and "
        "some patience. Then cut along the line, and hang it where the dog cannot reach it.",
        "Boat owners can sign up for the Golden Anchor of the yard to earn a point for each night at the quay, and "
        'after a hundred of them <a href="https://yard.example/anchor">the crane</a> costs them nothing.',
    ],
)
def test_a_sentence_of_the_text_that_says_what_readers_can_do_is_no_call(sentence: str) -> None:
    article = article_in(page_of(f"<article><h1>{TITLE}</h1>{paragraphs((*BODY, sentence, *MORE))}</article>"))
    assert article.text.count("\n\n") == len((*BODY, *MORE))


@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("Two other harbours have recently been asked for theirs.", ()),
        ("Two other harbours have recently been asked for theirs.", MORE),
        ("<span>Phone</span><br>02-751-1500", MORE),
    ],
    ids=["a sentence with a word of a label, at the end", "such a sentence, within", "a number below its label"],
)
def test_a_paragraph_beside_a_list_is_of_the_text(line: str, last: tuple[str, ...]) -> None:
    rows = "<br>".join(f'<a href="/news/2026/11/{n}-story.html">{title}</a>' for n, title in enumerate(STORIES, 5100))
    article = f"<article><h1>{TITLE}</h1>{paragraphs(BODY)}<p>{line}</p><p>{rows}</p>{paragraphs(last)}</article>"
    assert line.rpartition(">")[2] in article_in(page_of(article)).text


@pytest.mark.parametrize("line", ["Sponsored", "Gesponsert", "На правах рекламы", "$$STORYAD$$"])
def test_a_notice_of_an_advertisement_between_paragraphs_is_not_of_the_text(line: str) -> None:
    text = f"{paragraphs(BODY)}<p><span>{line}</span></p>{paragraphs(MORE)}"
    assert article_in(page_of(f"<article><h1>{TITLE}</h1>{text}</article>")).text == "\n\n".join((*BODY, *MORE))


def test_a_quotation_right_below_the_last_paragraph_is_of_the_text() -> None:
    post = "<blockquote><p>No ship of ours, says my aunt!</p>&mdash; Una (@una) <a href='https://p.example/1'>May 2</a>"
    text = f"{paragraphs((*BODY, MORE[0]))}{post}</blockquote><script></script><p><div class=embed></div></p>"
    article = article_in(page_of(f"<div><h1>{TITLE}</h1><div class=entry>{text}</div></div><h2>Related</h2>"))
    assert "No ship of ours, says my aunt!" in article.text


def test_a_standfirst_in_a_header_ends_with_the_header() -> None:
    header = f"<header><h1>{TITLE}</h1><p>{MORE[0]}</p><a href='/ann'>Ann Weir</a></header>"
    first = f"<p><img src='/quay.jpg'></p><blockquote><p><b>{MORE[1]}</b></p></blockquote>"
    head = f'<meta name=description content="{MORE[0]}">'
    article = article_in(page_of(f"<article>{header}<div>{first}{paragraphs(BODY)}</div></article>", head))
    assert article.lead == MORE[0]
    assert article.text.startswith(MORE[1])


def test_the_first_step_of_a_text_in_headings_is_not_of_the_standfirst() -> None:
    shown = "<figure><div class=media><p><a href='/p/8'>View it on Shoals</a></p></div></figure><div>Shoals: @una</div>"
    steps = "".join(f"<h2 class=step>{text}</h2>{shown}<p>{text[:90]}</p>" for text in (*MORE, *BODY))
    header = f"<h1>{TITLE}</h1><p class=description>No date for it is set yet.</p><div class=byline>by Ann Weir</div>"
    article = article_in(page_of(f"<article>{header}<div>{steps}</div></article>"))
    assert article.lead == "No date for it is set yet."
    assert article.text.startswith(MORE[0])


def test_a_standfirst_is_found_in_a_figure_around_headline_and_picture() -> None:
    figure = f"<figure><h1>{TITLE}</h1><div class=teaser>{MORE[0]}</div><img src='/quay.jpg'></figure>"
    article = article_in(page_of(f"<article>{figure}<div>{paragraphs(BODY)}</div></article>"))
    assert article.lead == MORE[0]


@pytest.mark.parametrize(
    "end", ["Yours faithfully,<br>Jane Doe", "Mit freundlichen Grüßen,<br>Karl Weber<br>Hafenmeister"]
)
@pytest.mark.parametrize("tag", ["p", "div"])
def test_the_end_of_a_letter_is_kept_above_links(tag: str, end: str) -> None:
    links = '<div class="x"><a href="/harbour">Harbour</a> <a href="/city">City</a></div>'
    article = article_in(page_of(f"<article><h1>{TITLE}</h1>{paragraphs(BODY)}<{tag}>{end}</{tag}>{links}</article>"))
    assert article.text == "\n\n".join((*BODY, end.replace("<br>", "\n")))


@pytest.mark.parametrize("line", ["1.204 Aufrufe", "1,204 views"])
def test_how_many_have_seen_a_text_is_no_part_of_it(line: str) -> None:
    above = f"<p>{line}</p><p>A short standfirst about the harbour, its mud and the old ship.</p>"
    article = article_in(page_of(f"<article><h1>{TITLE}</h1>{above}{paragraphs(BODY)}</article>"))
    assert line not in article.text
    assert line not in (article.lead or "")


@pytest.mark.parametrize(
    "words",
    [
        "We use cookies and similar techniques to show you our pages. You can change your choice at any time.",
        "Sign up for our newsletter and never miss a story about the harbour.",
    ],
)
def test_a_dialog_between_paragraphs_that_asks_the_reader_for_something_is_no_text(words: str) -> None:
    text = f'{paragraphs(BODY[:2])}<div class="modal"><p>{words}</p></div>{paragraphs(BODY[2:])}'
    assert article_in(page_of(f"<article><h1>{TITLE}</h1>{text}</article>")).text == "\n\n".join(BODY)
