"""Parts of an article that are links, or are in boxes of their own, and are still its text."""

import pytest

from newsreader.extraction.article.pruning import pruned
from newsreader.extraction.document import parse_document
from newsreader.extraction.page import parse_page
from newsreader.models import Article, Heading, plain

URL = "https://moor.example/2026/10/12/peat-railway-opens-again.html"
TITLE = "Peat railway opens again after nine winters"
TEXT = (
    "The narrow railway across the moor carried its first passengers in nine years on Sunday, after volunteers had "
    "laid four kilometres of new track by hand.",
    "Most of the sleepers come from a closed sugar works in the next valley, whose owner gave them away for the price "
    "of the diesel that it took to fetch them.",
    "The engine, built in the year of the great flood, was found behind a barn under a roof of brambles and needed a "
    "new boiler, which a firm of two brothers made.",
    "Trains will run on every second weekend until the first frost, said the association, and more often if enough "
    "drivers pass the examination in spring.",
    "The county paid for a third of the work, on the condition that the old station keeps its name and its clock, "
    "which has stood still for a generation.",
)


def paragraphs(first: int = 0, last: int = len(TEXT)) -> str:
    return "".join(f"<p>{text}</p>" for text in TEXT[first:last])


def article_in(inner: str) -> Article:
    html = (
        f'<!doctype html><html lang="en"><head><title>{TITLE} | The Moor</title></head><body><main><article>'
        f"<h1>{TITLE}</h1>{inner}</article></main></body></html>"
    )
    article = parse_page(html.encode(), URL, "text/html; charset=utf-8").article
    assert article is not None
    return article


def headings_in(inner: str) -> list[str]:
    return [plain(block.spans) for block in article_in(inner).blocks if isinstance(block, Heading)]


PLANS = ("The plan of the new boiler, 40 pages", "Letter of the county to the drivers", "A map of the sleepers")


@pytest.mark.parametrize("host", ["https://archive.example", ""], ids=["of another site", "of the same site"])
@pytest.mark.parametrize("item", ["{}", "<p>{}</p>", "<h3>{}</h3>"], ids=["bare", "paragraph", "heading"])
@pytest.mark.parametrize(
    "announcement",
    ["<p>The association has now put these papers online:</p>", "<p>Verein und Kreis haben dies veröffentlicht:</p>"],
)
def test_a_list_of_links_that_a_sentence_announces_is_text(announcement: str, item: str, host: str) -> None:
    links = [f'<a href="{host}/papers/{number}">{plan}</a>' for number, plan in enumerate(PLANS)]
    items = "".join(f"<li>{item.format(link)}</li>" for link in links)
    text = article_in(f"{paragraphs(0, 3)}{announcement}<ul>{items}</ul>{paragraphs(3)}").text
    assert all(plan in text for plan in PLANS)


@pytest.mark.parametrize(
    "label", ["<p>Read also:</p>", "<p>Lesen Sie auch zum Thema:</p>", "<p>Related stories:</p>", ""]
)
def test_a_list_of_links_under_the_name_of_a_list_is_no_text(label: str) -> None:
    items = "".join(f'<li><a href="/2026/10/{n}-story.html">{plan}</a></li>' for n, plan in enumerate(PLANS))
    text = article_in(f"{paragraphs(0, 3)}{label}<ul>{items}</ul>{paragraphs(3)}").text
    assert not any(plan in text for plan in PLANS)


@pytest.mark.parametrize("tag", ["h2", "h3", "h4"])
def test_a_heading_that_leads_to_what_it_names_stays_over_its_text(tag: str) -> None:
    names = ("Brown and Daughter", "The Sugar Works", "Ketteler Boilers")
    parts = "".join(
        f'<{tag}><a href="https://firm{n}.example/">{name}</a></{tag}>{paragraphs(n + 1, n + 2)}'
        for n, name in enumerate(names)
    )
    assert headings_in(f"{paragraphs(0, 1)}{parts}{paragraphs(4)}") == list(names)


def test_a_heading_between_paragraphs_that_leads_to_another_story_of_the_site_goes() -> None:
    link = '<h3><a href="/2026/09/30/sugar-works-sold.html">Sugar works sold to a maker of bicycles and tents</a></h3>'
    assert headings_in(f"{paragraphs(0, 2)}{link}{paragraphs(2)}") == []


def test_a_heading_that_begins_like_the_name_of_a_list_stays_over_running_text() -> None:
    assert headings_in(f"{paragraphs(0, 2)}<h2>Related repairs</h2>{paragraphs(2)}") == ["Related repairs"]


@pytest.mark.parametrize("box", ["section", "div"])
def test_questions_in_buttons_at_the_end_stay_with_their_answers(box: str) -> None:
    asked = ("May dogs come along?", "Where do the tickets wait?")
    answers = (
        "Dogs ride free as long as they lie under the bench, and so far each of them has done so, the guard says.",
        "Tickets wait at the bakery by the bridge, which opens two hours before the first train leaves the halt.",
    )
    rows = "".join(
        f'<{box}><h3><button aria-expanded="false" aria-controls="p{n}">{question}</button></h3>'
        f'<div id="p{n}" hidden="until-found"><p>{answer}</p></div></{box}>'
        for n, (question, answer) in enumerate(zip(asked, answers, strict=True))
    )
    text = article_in(f"{paragraphs()}<h2>Questions and answers</h2>{rows}").text
    assert all(words in text for words in (*asked, *answers))


SHORT = ("Nobody spoke.", "“Not yet.”", "Then the whistle.")


@pytest.mark.parametrize(
    "box", ["<div><div>{}</div></div>", "<section><p>{}</p></section>", '<div class="block"><p>{}</p></div>']
)
def test_short_paragraphs_in_boxes_like_those_of_the_text_are_text(box: str) -> None:
    message = [text for pair in zip(TEXT, (*SHORT, "“Well?”", "Steam."), strict=True) for text in pair]
    text = article_in("".join(box.format(each) for each in message)).text
    assert [each for each in message if each not in text] == []


def test_short_questions_and_answers_in_boxes_are_text() -> None:
    asked = (("Was it cold?", "Very."), ("Who laid the track?", TEXT[0]), ("And now?", "We drive."), ("Why?", TEXT[2]))
    rows = "".join(f'<div class="pair"><div class="ask">{q}</div><div class="say">{a}</div></div>' for q, a in asked)
    text = article_in(f"<p>{TEXT[1]}</p>{rows}").text
    assert [words for pair in asked for words in pair if words not in text] == []


def test_a_paragraph_that_is_one_link_in_a_box_of_its_own_is_text() -> None:
    linked = "Last winter the drivers of the line, most of them retired, wrote down how to take each of the bends."
    box = f'<div><p><a href="/2026/01/bends.html">{linked}</a></p></div>'
    assert linked in article_in(f"{paragraphs(0, 2)}{box}{paragraphs(2)}").text


def test_the_heading_of_a_section_behind_paragraphs_is_no_standfirst() -> None:
    section = (
        f'<div class="part" id="popular-bends-of-the-line"><h2>Popular bends of the line</h2>{paragraphs(2, 4)}</div>'
    )
    last = f"<div><h2>The last stop</h2>{paragraphs(4)}</div>"
    inner = f"{paragraphs(0, 2)}{section}{last}"
    assert article_in(inner).lead is None
    assert headings_in(inner) == ["Popular bends of the line", "The last stop"]


LISTED = "".join(
    f'<li><a href="/stories/{number}">{headline}</a></li>'
    for number, headline in enumerate(
        (
            "The county counts its old level crossings again",
            "A ferry for cyclists is planned at the sluice",
            "Nine sugar works and what became of them",
            "The clock of the station is going to be repaired",
        )
    )
)


def page_with_list(inner: str) -> str:
    html = (
        f'<!doctype html><html lang="en"><head><title>{TITLE} | The Moor</title></head><body><main><article>'
        f"<h1>{TITLE}</h1>{inner}</article></main><section><h2>Latest</h2><ul>{LISTED}</ul></section></body></html>"
    )
    article = parse_page(html.encode(), URL, "text/html; charset=utf-8").article
    assert article is not None
    return article.text


@pytest.mark.parametrize("wrapped", ["{}", "<span>{}</span>"])
def test_a_name_in_a_sentence_stays_when_a_box_of_stories_opens_beside_it(wrapped: str) -> None:
    stories = "".join(f'<a href="/s/{n}">Story number {n} about the railway and its friends</a> ' for n in (1, 2, 3))
    name = f'<span class=pop><a href="/people/vogt">Clara Vogt</a><span><span>{stories}</span></span></span>'
    sentence = wrapped.format(f"The engine was found by Dr. {name} (of the museum), who had looked for it in vain.")
    text = page_with_list(f"{paragraphs(0, 2)}<p>{sentence}</p>{paragraphs(2)}")
    assert "The engine was found by Dr. Clara Vogt (of the museum), who had looked" in text
    assert "Story number" not in text


def words_left(line: str, tag: str) -> str:
    """Return the words of a page whose one element of the tag is known as a headline of another story."""
    document = parse_document(f"<body><main>{paragraphs(0, 2)}{line}{paragraphs(2)}</main></body>", URL)
    headline = next(element for element in document.elements(tag) if element.get("id") == "h")
    return "".join(map(str, pruned(document, {headline}).tree.itertext()))


CLOCK = "The clock of the station is going to be repaired"


@pytest.mark.parametrize(
    "line",
    [
        '<p><a id=h href="/stories/9">Clara Vogt of the association</a> has been asked for “advice.”</p>',
        '<p>In spring <a id=h href="/stories/9">Clara Vogt of the association</a> (74) was asked for advice.</p>',
        f'<p><span><a id=h href="/stories/3">{CLOCK}</a> very soon, and she knew it.</span></p>',
    ],
)
def test_a_link_behind_which_a_sentence_continues_stays_in_it(line: str) -> None:
    assert "Clara Vogt of the association" in words_left(line, "a") or CLOCK in words_left(line, "a")


@pytest.mark.parametrize(
    "line",
    [
        f'<p>Read also: <a id=h href="/stories/3">{CLOCK}</a></p>',
        f'<p><a id=h href="/stories/3">{CLOCK}</a> by Clara Vogt of the museum</p>',
        f'<p><a id=h href="/stories/3">{CLOCK}</a> 3 hours ago, by our correspondent.</p>',
        f'<p><a id=h href="/stories/3">{CLOCK}</a> Nobody has heard it strike for a generation.</p>',
    ],
)
def test_a_headline_with_a_label_a_name_or_a_teaser_is_no_part_of_a_sentence(line: str) -> None:
    assert CLOCK not in words_left(line, "a")


def test_a_sentence_that_runs_into_a_link_is_no_headline() -> None:
    line = '<ul><li id=h>By train? Here is our <a href="/guides/1">Guide with six short walks</a>.</li></ul>'
    assert "Guide with six short walks" in words_left(line, "li")


@pytest.mark.parametrize(
    "inner",
    [
        f'<a href="/stories/3">{CLOCK}</a>. It has stood still for a generation.',
        f'Clock: <a href="/stories/3">{CLOCK}</a>.',
        f'12:30 Railway <a href="/stories/3">{CLOCK}</a> today.',
    ],
)
def test_a_headline_with_a_topic_or_a_teaser_is_no_sentence_of_the_text(inner: str) -> None:
    assert CLOCK not in words_left(f"<ul><li id=h>{inner}</li></ul>", "li")


def test_numbered_headings_that_are_links_stay_where_a_box_parts_them_from_their_text() -> None:
    names = ("Anna's ladder", "Brass whistle", "Coal barge")
    parts = "".join(
        f'<div><p>{TEXT[number]}</p><h3>{number + 1}. <a href="/finds/{number}">{name}</a></h3></div>'
        f'<div><img src="/find{number}.jpg" alt=""></div><div><p>{TEXT[number + 1]}</p></div>'
        for number, name in enumerate(names)
    )
    assert headings_in(parts) == [f"{number}. {name}" for number, name in enumerate(names, start=1)]


@pytest.mark.parametrize("count", [1, 2])
def test_a_link_to_another_site_that_is_a_paragraph_between_others_is_text(count: int) -> None:
    links = "".join(
        f'<p><strong><a href="https://boilers.example/{n}">Boiler {n} of 1907</a></strong></p>' for n in "AB"
    )
    links = "".join(links.partition("</p>")[:2]) if count == 1 else links
    text = article_in(f"{paragraphs(0, 2)}{links}{paragraphs(2)}").text
    assert text.count("of 1907") == count


@pytest.mark.parametrize(
    "links",
    [
        '<p><a href="/2026/10/02/sleepers.html">Sleepers of oak for the narrow track</a></p>',
        '<p><a href="https://boilers.example/1" rel="sponsored">Boilers at half the price</a></p>',
        '<p><a href="https://x.com/moor">The railway of the moor on X</a></p>',
        '<p><a href="https://trains.moor.example/1">[Our timetable: when the next train comes]</a></p>',
        '<p><a href="https://trains.moor.example/1">When the next train comes to the moor</a></p>',
        '<p><a href="https://boilers.example/1">[Boilers of all sizes]</a></p>',
        '<p><a href="https://boilers.example/1">BOILERS OF ALL SIZES</a></p>',
        '<p><a href="https://boilers.example/1">The shop of the moor</a></p>',
        '<p><a href="https://boilers.example/1">Fig.: https://boilers.example/1</a></p>',
        '<p><a href="https://boilers.example/1.png">boilers.example/1.png</a></p>',
        "".join(f'<p><a href="https://boilers.example/{n}">Another boiler of 190{n}</a></p>' for n in range(4)),
    ],
    ids=[
        "of the site",
        "sold",
        "a channel",
        "of a sister in brackets",
        "a sister",
        "in brackets",
        "in capitals",
        "of the site by its name",
        "a source",
        "a file",
        "a list",
    ],
)
def test_other_links_between_paragraphs_are_not_of_the_text(links: str) -> None:
    assert article_in(f"{paragraphs(0, 2)}{links}{paragraphs(2)}").text == "\n\n".join(TEXT)
