"""What several stories show alike is taken out of the next one; what they share by right stays."""

import json

import pytest

from newsreader.extraction.page import parse_page
from newsreader.extraction.site_memory import MOST_STORIES, SiteMemory, memory_from_json, memory_to_json, trace_of
from newsreader.models import Article, Block, Figure, Heading, ListBlock, Paragraph, Span, block_texts

STORIES = (
    ("Lighthouse keepers return to the northern reef", "The reef had been dark since the storm of nine years ago, and"),
    (
        "Council buys the old ropewalk for a concert hall",
        "Musicians of the town have asked for a stage of their own and",
    ),
    (
        "Ferry timetable changes after the bridge inspection",
        "Engineers found two bearings worn to half their depth, so",
    ),
    (
        "School garden feeds a whole street through winter",
        "Kale, leeks and a row of stubborn parsnips were enough when",
    ),
    ("Glassmakers fire the furnace for the last time", "The crew of eleven stood around the pit in silence while"),
)
PROMOTION = Paragraph((Span("Read the town's news first in our "), Span("channel", href="https://chat.example/town")))
COOKIES = Paragraph((Span("We use cookies to remember what you like. You may change that at any time."),))
POLL: tuple[Block, ...] = (
    Paragraph((Span("Should the market open on Sundays?"),)),
    ListBlock(((Paragraph((Span("Yes"),)),), (Paragraph((Span("No"),)),), (Paragraph((Span("No opinion"),)),))),
    Paragraph((Span("1 204 votes"),)),
)


def prose(number: int, part: int) -> Paragraph:
    title, opening = STORIES[number]
    words = f"{opening} part {'abcdefgh'[part]} of it concerns {title.lower()}, as people here say with some feeling."
    return Paragraph((Span(words),))


def story(number: int, *, inside: tuple[Block, ...] = (), behind: tuple[Block, ...] = (), **fields: object) -> Article:
    blocks = (prose(number, 0), prose(number, 1), *inside, prose(number, 2), prose(number, 3), *behind)
    given = {"url": f"https://town.example/news/{number}", "title": STORIES[number][0]} | fields
    return Article(blocks=blocks, **given)  # type: ignore[arg-type]


def memory_of(*articles: Article) -> SiteMemory:
    memory = SiteMemory()
    for article in articles:
        memory = memory.with_article(article)
    return memory


def texts_of(article: Article) -> list[str]:
    return [text for block in article.blocks for text in block_texts(block)]


def test_the_third_story_is_clean_of_what_the_first_two_showed_behind_their_text() -> None:
    behind = (PROMOTION, *POLL, COOKIES)
    memory = memory_of(story(0, behind=behind), story(1, behind=behind))
    assert texts_of(memory.clean(story(2, behind=behind))) == texts_of(story(2))


def test_a_counter_that_moves_is_the_same_text() -> None:
    counters = [Paragraph((Span(f"{count} people have voted"),)) for count in ("17", "1 388", "20,114")]
    memory = memory_of(story(0, behind=(counters[0],)), story(1, behind=(counters[1],)))
    assert texts_of(memory.clean(story(2, behind=(counters[2],)))) == texts_of(story(2))


def test_a_promotion_with_a_link_goes_from_between_the_paragraphs() -> None:
    memory = memory_of(story(0, inside=(PROMOTION,)), story(1, inside=(PROMOTION,)))
    assert texts_of(memory.clean(story(2, inside=(PROMOTION,)))) == texts_of(story(2))


def test_a_box_of_several_texts_goes_from_between_the_paragraphs() -> None:
    memory = memory_of(story(0, inside=POLL), story(1, inside=POLL))
    assert texts_of(memory.clean(story(2, inside=POLL))) == texts_of(story(2))


@pytest.mark.parametrize(
    "line",
    [
        Heading((Span("What we know so far"),), 2),
        Paragraph((Span("Ingredients"),)),
        Paragraph((Span("What would you tell your younger self?"),)),
        Paragraph((Span("The editor:"),)),
        Paragraph((Span("The strike at the shipyard began on the second of May."),)),
    ],
    ids=["heading", "label", "question", "speaker", "background"],
)
def test_a_line_that_stories_share_by_right_stays_between_their_paragraphs(line: Block) -> None:
    memory = memory_of(story(0, inside=(line,)), story(1, inside=(line,)))
    assert texts_of(memory.clean(story(2, inside=(line,)))) == texts_of(story(2, inside=(line,)))


def test_a_heading_shared_by_stories_stays_over_what_is_the_story_s_own() -> None:
    heading = Heading((Span("Where to go"),), 2)
    own = Paragraph((Span("Pier Two, daily from ten."),))
    shared = [
        story(number, behind=(heading, Paragraph((Span(f"Gate {'ABC'[number]}, at noon."),)))) for number in (0, 1)
    ]
    third = story(2, behind=(heading, own))
    assert memory_of(*shared).clean(third) is third


def test_a_heading_goes_with_the_section_that_was_the_site_s() -> None:
    behind = (Heading((Span("Have your say"),), 3), *POLL)
    memory = memory_of(story(0, behind=behind), story(1, behind=behind))
    assert texts_of(memory.clean(story(2, behind=behind))) == texts_of(story(2))


def test_links_to_other_stories_go_with_the_label_that_announces_them() -> None:
    def related(number: int) -> tuple[Block, ...]:
        link = Span(f"{STORIES[number][0]}", href=f"https://town.example/news/{number}")
        return Paragraph((Span("More from the town"),)), Paragraph((link,))

    memory = memory_of(story(0, behind=related(3)), story(1, behind=related(4)))
    assert texts_of(memory.clean(story(2, behind=related(0)))) == texts_of(story(2))


def test_links_to_other_sites_stay_under_a_label_that_stories_share() -> None:
    def sources(number: int) -> tuple[Block, ...]:
        link = Span(f"Survey number {'abc'[number]}", href=f"https://survey{number}.example/")
        return Heading((Span("Sources"),), 3), Paragraph((link,))

    third = story(2, behind=sources(2))
    assert memory_of(story(0, behind=sources(0)), story(1, behind=sources(1))).clean(third) is third


def test_pages_translations_and_updates_of_one_story_are_one_story() -> None:
    first = story(0, behind=(COOKIES,))
    second_page = story(1, behind=(COOKIES,), url="https://town.example/news/0?page=2", title="Page two of the reef")
    translated = story(2, behind=(COOKIES,), translations={"uk": "https://town.example/news/0"})
    updated = story(
        0, behind=(COOKIES,), url="https://town.example/news/0-updated", title="Reef: keepers are back at work"
    )
    first_naming_second = story(0, behind=(COOKIES,), next_url=second_page.url)
    assert len(memory_of(first_naming_second, second_page).stories) == 1
    assert len(memory_of(first, translated).stories) == 1
    assert len(memory_of(first, updated).stories) == 1
    assert memory_of(first, updated, translated).clean(story(3, behind=(COOKIES,))) == story(3, behind=(COOKIES,))


def test_an_update_of_a_story_loses_nothing_to_the_versions_before_it() -> None:
    versions = [
        story(0, url=f"https://town.example/live/{number}", title=f"Reef, hour {number}") for number in range(4)
    ]
    memory = memory_of(*versions[:3], story(1), story(2))
    assert memory.clean(versions[3]) is versions[3]


def test_the_site_s_name_leaves_the_title_once_two_other_titles_end_with_it() -> None:
    named = [story(number, title=f"{STORIES[number][0]} | The Town Crier") for number in range(3)]
    assert memory_of(*named[:2]).clean(named[2]).title == STORIES[2][0]


def test_a_part_of_a_title_that_only_this_story_has_stays() -> None:
    third = story(2, title="Ferry timetable changes | an inspector explains")
    memory = memory_of(
        story(0, title=f"{STORIES[0][0]} | The Town Crier"), story(1, title=f"{STORIES[1][0]} | The Town Crier")
    )
    assert memory.clean(third) is third


def test_a_picture_of_the_site_goes_from_the_end_and_the_story_s_own_stays() -> None:
    badge, own = Figure("https://town.example/badge.png"), Figure("https://town.example/ferry.jpg")
    memory = memory_of(story(0, behind=(badge,)), story(1, behind=(badge,)))
    assert memory.clean(story(2, behind=(own, badge))) == story(2, behind=(own,))


def test_a_standfirst_that_two_other_stories_had_is_none() -> None:
    notice = "Subscribe today and read without limits."
    memory = memory_of(story(0, lead=notice), story(1, lead=notice))
    assert memory.clean(story(2, lead=notice)).lead is None
    assert (
        memory.clean(story(2, lead="Ferries leave ten minutes earlier.")).lead == "Ferries leave ten minutes earlier."
    )


def test_cleaning_twice_changes_nothing_more() -> None:
    behind = (PROMOTION, *POLL, COOKIES)
    memory = memory_of(*(story(number, inside=(PROMOTION,), behind=behind) for number in range(3)))
    once = memory.clean(story(3, inside=(PROMOTION,), behind=behind))
    assert memory.clean(once) is once


def test_a_memory_survives_as_json_and_holds_no_words() -> None:
    memory = memory_of(*(story(number, behind=(COOKIES,)) for number in range(3)))
    written = json.dumps(memory_to_json(memory))
    assert memory_from_json(json.loads(written)) == memory
    assert "cookies" not in written
    assert "ropewalk" not in written


def letters(number: int) -> str:
    """Return a word for a number, without a digit."""
    return "".join(chr(97 + int(digit)) for digit in str(number))


def test_a_memory_is_bounded_in_stories_and_texts() -> None:
    memory = SiteMemory()
    for number in range(MOST_STORIES + 9):
        lines = [f"{letters(part)} is a line of story {letters(number)}" for part in range(300)]
        blocks = tuple(Paragraph((Span(text),)) for text in lines)
        memory = memory.with_article(Article(url=f"https://town.example/{number}", title="", blocks=blocks))
    assert len(memory.stories) == MOST_STORIES
    assert all(len(each.texts) <= 120 for each in memory.stories)


def test_long_texts_are_not_remembered() -> None:
    long = Paragraph((Span("word " * 200),))
    assert len(trace_of(Article("https://town.example/long", "One long text", (long,))).texts) == 0


def test_a_page_is_parsed_with_the_memory_of_its_site() -> None:
    def page(number: int) -> bytes:
        paragraphs = "".join(f"<p>{next(block_texts(prose(number, part)))}</p>" for part in range(4))
        odd = "<p>Town pages by post: write to the box at the gate.</p>"
        title = STORIES[number][0]
        return f"<html><title>{title}</title><body><article><h1>{title}</h1>{paragraphs}{odd}</article></body>".encode()

    memory = SiteMemory()
    for number in (0, 1):
        article = parse_page(page(number), f"https://town.example/{number}").article
        assert article is not None
        memory = memory.with_article(article)
    plain, cleaned = (parse_page(page(2), "https://town.example/2", site=site).article for site in (None, memory))
    assert plain is not None
    assert cleaned is not None
    assert "write to the box" in plain.text
    assert "write to the box" not in cleaned.text


def test_pictures_whose_names_differ_by_a_number_are_the_stories_own() -> None:
    def with_picture(number: int) -> Article:
        return story(number, behind=(Figure(f"https://town.example/photos/{4000 + number}.jpg", "", ()),))

    memory = memory_of(*(with_picture(number) for number in range(4)))
    assert [type(block) for block in memory.clean(with_picture(4)).blocks].count(Figure) == 1
