"""What is the article of a page, and what is not."""

import re

import pytest

from newsreader.extraction.page import parse_page, whole_page
from newsreader.models import Article, Paragraph

URL = "https://tide.example/news/2026/11/5197-dredging.html"
TITLE = "Harbour dredging put off to March"
LEAD = "Second phase waits for a survey of the eastern breakwater"
BODY = (
    "The harbour authority said on Thursday that the second phase of the dredging would begin in March, three months "
    "later than planned, because divers had found an old ship under the mud.",
    "Second phase waits for a survey of the eastern breakwater, the authority said, and no date for it has been set, "
    "although the ferries need deeper water before the summer timetable begins.",
    "“We cannot hurry this,” said the harbour master, whose office overlooks the basin where the dredger has been "
    "lying idle since the middle of October.",
    "Fishermen, who sell their catch on the same quay, said that they had been told nothing, and that they would "
    "rather wait than see the old ship broken up.",
)
STORIES = (
    "Ministers agree a quota for cod after a long night",
    "Storm warning lifted for the whole northern coast",
    "Why the tunnel under the strait took nine years",
    "The museum of the sea reopens with a new hall",
    "Rates held as prices of bread and fish go down",
)


def list_of_stories() -> str:
    rows = "".join(
        f'<li><a href="/news/2026/11/{n}-story.html">{title}</a></li>' for n, title in enumerate(STORIES, 5100)
    )
    return f'<div class="latest"><h3>Latest news</h3><ul>{rows}</ul></div>'


def page_of(inner: str, head: str = "") -> str:
    return f"""<!doctype html><html lang="en"><head><title>{TITLE} - The Tide</title>{head}</head><body>
        <header><nav><ul><li><a href="/sea/">Sea</a></li><li><a href="/city/">City</a></li>
        <li><a href="/art/">Art</a></li></ul></nav></header><main>{inner}</main>{list_of_stories()}
        <footer>The Tide, Quay 1. All rights reserved.</footer></body></html>"""


def paragraphs(texts: tuple[str, ...] = BODY) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def article_in(html: str, url: str = URL) -> Article:
    article = parse_page(html.encode(), url, "text/html; charset=utf-8").article
    assert article is not None
    return article


def plain_article() -> str:
    return f'<article><h1>{TITLE}</h1><div class="body">{paragraphs()}</div></article>'


def test_the_body_is_read_and_nothing_else() -> None:
    article = article_in(page_of(plain_article()))
    assert article.text == "\n\n".join(BODY)
    assert article.title == TITLE


@pytest.mark.parametrize(
    "lead",
    [
        f'<p class="standfirst">{LEAD}</p>',
        f"<h2>{LEAD}</h2>",
        f"<div>{LEAD}</div>",
    ],
)
def test_a_lead_is_apart_and_a_paragraph_that_begins_with_its_words_stays(lead: str) -> None:
    inner = f'<article><h1>{TITLE}</h1>{lead}<div class="body">{paragraphs()}</div></article>'
    article = article_in(page_of(inner))
    assert article.lead == LEAD
    assert article.text == "\n\n".join(BODY)


def test_a_lead_that_is_printed_again_in_the_body_is_read_once() -> None:
    lead = "The old ship under the mud keeps the dredger waiting until a survey of the breakwater is done."
    body = f'<div class="body">{paragraphs((lead, *BODY))}</div>'
    inner = f'<article><h1>{TITLE}</h1><h2 class="lead">{lead}</h2>{body}</article>'
    article = article_in(page_of(inner))
    assert article.lead == lead
    assert article.text == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "noise",
    [
        '<p>Read also: <a href="/x">The museum of the sea reopens</a></p>',
        "<p>Sign up for our newsletter to get the tide tables every morning.</p>",
        '<p class="hidden">This article is reserved for those who pay for it, day after day, month after month.</p>',
        '<div style="display:none"><p>This article is for those who pay for it, and for nobody else.</p></div>',
        '<div class="related-posts"><p>The museum of the sea reopens with a new hall, and everybody comes.</p></div>',
        "<figure><img src='/a.jpg'><figcaption>A dredger at work in the harbour.</figcaption></figure>",
        "<aside><p>The Tide has been printed since 1884, and is read by everybody on the island.</p></aside>",
        "<p>This video has failed to load.</p>",
    ],
)
def test_what_is_between_the_paragraphs_and_is_not_of_them_is_dropped(noise: str) -> None:
    inner = f"<article><h1>{TITLE}</h1><div>{paragraphs(BODY[:2])}{noise}{paragraphs(BODY[2:])}</div></article>"
    assert article_in(page_of(inner)).text == "\n\n".join(BODY)


def test_a_class_name_that_all_paragraphs_have_says_nothing_about_them() -> None:
    inner = f"<article><h1>{TITLE}</h1>{paragraphs().replace('<p>', '<p class=paywall>')}</article>"
    assert article_in(page_of(inner)).text == "\n\n".join(BODY)


def test_an_id_that_is_a_title_says_nothing_of_its_element() -> None:
    body = f'<div id="why-the-most-popular-ship-of-the-tide-was-promoted">{paragraphs()}</div>'
    inner = f"<article><h1>{TITLE}</h1>{body}</article>"
    assert article_in(page_of(inner)).text == "\n\n".join(BODY)


def test_of_several_articles_the_one_that_has_the_title_is_read() -> None:
    other = "".join(f"<p>{text} {text}</p>" for text in reversed(BODY)).replace("harbour", "airport")
    inner = f"{plain_article()}<article><h1>Another story of the day</h1><div>{other}</div></article>"
    assert article_in(page_of(inner)).text == "\n\n".join(BODY)


def test_a_linked_sentence_stays_and_a_linked_title_goes() -> None:
    sentence = "<p><a href='/a'>The survey is to be paid for by the state alone.</a></p>"
    title = "<p><a href='/b'>The museum of the sea reopens</a></p>"
    inner = f"<article><h1>{TITLE}</h1>{paragraphs(BODY[:2])}{sentence}{title}{paragraphs(BODY[2:])}</article>"
    text = article_in(page_of(inner)).text
    assert "paid for by the state" in text
    assert "museum" not in text


def test_an_article_that_only_a_script_holds_is_read() -> None:
    state = ",".join(f'{{"type":"text","content":"{text}"}}' for text in (*BODY, *BODY[::-1]))
    script = f"<script>window.x=[{state}]</script>"
    html = f"<html><head><title>{TITLE}</title></head><body><div id=app></div>{script}</body></html>"
    assert BODY[0] in article_in(html).text


def test_an_article_that_only_escaped_markup_holds_is_read() -> None:
    markup = paragraphs((*BODY, *BODY[::-1])).replace("<", "\\u003c").replace('"', '\\"')
    html = f'<html><head><title>{TITLE}</title></head><body><script>push([1,"{markup}"])</script></body></html>'
    assert article_in(html).text.startswith(BODY[0])


@pytest.mark.parametrize("url", ["https://tide.example/", "https://tide.example/en/", "https://tide.example/sea/"])
def test_a_front_page_has_no_article(url: str) -> None:
    cards = "".join(
        f'<div><h2><a href="/news/2026/11/{n}-story.html">Day {n}: {title}</a></h2><p>So it was said.</p></div>'
        for n, title in enumerate(STORIES * 3, 5200)
    )
    html = f"<html><head><title>The Tide</title></head><body><main>{cards}</main>{list_of_stories()}</body></html>"
    assert parse_page(html.encode(), url).article is None


def test_other_class_names_give_the_same_article() -> None:
    html = page_of(
        f'<article><h1>{TITLE}</h1><p class="standfirst">{LEAD}</p><div class="body">{paragraphs()}</div></article>'
    )
    scrambled = re.sub(r'(?:class|id)="[^"]*"', 'class="x7Gq"', html)
    assert article_in(scrambled).blocks == article_in(html).blocks
    assert article_in(scrambled).lead == LEAD


def test_the_whole_page_holds_every_word_that_it_shows() -> None:
    html = page_of(plain_article() + "<p hidden>Not shown.</p>")
    page = whole_page(html.encode(), URL)
    assert page.article is not None
    for words in (*BODY, *STORIES, "Quay 1"):
        assert words in page.article.text
    assert "Not shown" not in page.article.text


def test_double_line_breaks_divide_paragraphs_and_single_ones_stay() -> None:
    text = "<br><br>".join((*BODY, "Jane Doe,<br>the harbour office of the town."))
    inner = f"<article><h1>{TITLE}</h1><div>{text}</div></article>"
    blocks = article_in(page_of(inner)).blocks
    assert len(blocks) == len(BODY) + 1
    assert isinstance(blocks[-1], Paragraph)
    assert blocks[-1].spans[0].text == "Jane Doe,\nthe harbour office of the town."


@pytest.mark.parametrize("label", ["<h2>Today</h2>", "<p>In brief</p>", "<b>Latest news</b><br>"])
def test_the_label_of_a_list_before_the_story_goes_with_the_list(label: str) -> None:
    rows = "".join(f"18:0{n} <a href='/news/2026/11/{n}-story.html'>{text}</a><br>" for n, text in enumerate(STORIES))
    cells = f"<td>{label}<div>{rows}</div></td><td><h1>{TITLE}</h1>{paragraphs()}</td>"
    assert article_in(page_of(f"<table><tr>{cells}</tr></table>")).text == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "above",
    [
        "<small>1 204</small><br><em>{}</em><br>",
        "<em>{}</em><br><span>2026-11-22 14:04</span><br>",
        "<span>2026-11-22 14:04</span><br><span>{}</span><br>",
        "<p class='_7f3a'>{}</p>",
        "<p class='article__lead'>{}</p>",
    ],
)
def test_a_standfirst_is_found_in_plain_markup_beside_numbers(above: str) -> None:
    article = article_in(page_of(f"<div><h1>{TITLE}</h1>{above.format(LEAD)}{paragraphs()}</div>"))
    assert (article.lead, article.text) == (LEAD, "\n\n".join(BODY))


def test_a_paragraph_with_a_large_first_letter_is_no_standfirst() -> None:
    first, *others = BODY
    text = f"<p class='dropcap dropcap__lead'>{first}</p>{paragraphs(tuple(others))}"
    assert article_in(page_of(f"<article><h1>{TITLE}</h1>{text}</article>")).lead is None


@pytest.mark.parametrize(
    "left",
    [
        "<h4>Should the quay be lit at night?</h4><ul><li>Yes</li><li>No</li><li>I never go there</li></ul>",
        "<div><p>Share</p><ul><li><a href='https://a.example/s'>Reader</a></li>"
        "<li><a href='https://b.example/s'>Post</a></li></ul></div>",
        "<p>The morning boat, every day at six. <a href='/mail/'>Sign me up</a></p>",
        "<p>Kaynak: Liman Postası</p><p><a href='/about/'>How we work</a></p>",
        "<p>Should the quay be lit?</p><p>Yes — 40%</p><p>No — 35%</p><p>I never go there — 25%</p>",
    ],
)
def test_what_is_behind_the_text_is_left_out(left: str) -> None:
    cell = "<table><tr><td><p>The survey costs nine thousand crowns, and the ship may stay where it lies.</p></td></tr>"
    article = article_in(page_of(f"<article><h1>{TITLE}</h1>{paragraphs()[:-4]}{cell}</table>{left}</article>"))
    assert article.text.endswith("may stay where it lies.")


def test_who_signs_above_a_row_of_buttons_stays() -> None:
    links = "<a href='https://a.example/s'>Reader</a> <a href='https://b.example/s'>Post</a>"
    article = article_in(
        page_of(f"<article><h1>{TITLE}</h1>{paragraphs()}<p>Yours, Edda</p><div>{links}</div></article>")
    )
    assert article.text.endswith("Yours, Edda")


def test_words_in_a_small_box_with_a_picture_are_its_caption() -> None:
    box = (
        "<div style='width: 300px'><img src='/ship.jpg'><div><cite>Ilse Brand </cite>The mast at low tide.</div></div>"
    )
    first, *others = BODY
    article = article_in(page_of(f"<article><h1>{TITLE}</h1><p>{first}</p>{box}{paragraphs(tuple(others))}</article>"))
    assert article.text == "\n\n".join(BODY)


def test_what_all_embedded_posts_say_alike_is_not_of_the_story() -> None:
    posts = "".join(
        f"<blockquote class='twitter-tweet'><a href='https://posts.example/{n}'>Post may be gone</a></blockquote>"
        for n in range(3)
    )
    first, *others = BODY
    article = article_in(
        page_of(f"<article><h1>{TITLE}</h1><p>{first}</p>{posts}{paragraphs(tuple(others))}</article>")
    )
    assert "may be gone" not in article.text


def test_an_offer_for_which_the_site_is_paid_is_not_of_the_story() -> None:
    offer = (
        "<div><div>The Tide may get a commission</div><div><a href='https://shop.example/lamp'>Storm lamp</a></div>"
        "<div>Use the code HARBOUR at the counter</div></div>"
    )
    first, *others = BODY
    article = article_in(
        page_of(f"<article><h1>{TITLE}</h1><p>{first}</p>{offer}{paragraphs(tuple(others))}</article>")
    )
    assert article.text == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "notice",
    [
        "You’re reading a free story; its opinions may differ from those of our members’ letters, which you find in "
        "the harbour library and the reading room of the old customs house, and which are printed once a month.",
        "The harbour seen from the tower on a grey day in October Credit: Ilse Brand",
        "Edda Krull is an avid sailor who has spent the last thirteen winters on the breakwater.",
        "Why you should trust the Tide: we have tested survey boats for more than nine years, in all weathers.",
    ],
)
def test_what_the_page_says_of_itself_is_no_standfirst(notice: str) -> None:
    head = '<meta name="author" content="Edda Krull">'
    article = article_in(page_of(f"<h1>{TITLE}</h1><div>{notice}</div><div>{paragraphs()}</div>", head))
    assert (article.lead, article.text) == (None, "\n\n".join(BODY))


def test_the_life_of_the_author_behind_the_text_is_left_out_and_that_of_others_stays() -> None:
    life = "<p>{} has written for the Tide since the flood, and keeps bees on the breakwater.</p>"
    head = '<meta name="author" content="Edda Krull">'
    told = {
        name: article_in(page_of(f"<article><h1>{TITLE}</h1>{paragraphs()}{life.format(name)}</article>", head)).text
        for name in ("Edda", "Ida")
    }
    assert (told["Edda"] == "\n\n".join(BODY), "Ida has written" in told["Ida"]) == (True, True)


@pytest.mark.parametrize("place", ["OSTMERE (Wire) - ", "OSTMERE — ", "Ostmere, Quay (TDE) -- "])
def test_a_paragraph_that_begins_with_its_place_is_no_standfirst(place: str) -> None:
    first = f"{place}{BODY[0]}"
    head = f'<meta name="description" content="{first}">'
    text = f"<p><b>{first}</b></p>{paragraphs(BODY[1:])}"
    article = article_in(page_of(f"<article><h1>{TITLE}</h1>{text}</article>", head))
    assert (article.lead, article.text.split("\n\n")[0]) == (None, first)
