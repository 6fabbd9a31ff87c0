"""Every page of the sample newspaper is read as it was printed."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from newsreader.extraction.page import parse_page
from newsreader.models import Block, Figure, HeadlineList, ListKind, Page
from newsreader.sample.edition import SampleEdition
from newsreader.sample.pages import LATEST_LENGTH
from newsreader.sample.site import render_page
from newsreader.sample.stories import LANGUAGES, SampleStory, sample_paper

BASE = "http://tide.example"
NOW = datetime(2026, 11, 22, 14, 4, tzinfo=UTC)
EDITION = SampleEdition(sample_paper(), NOW, NOW, BASE)
STORIES = [story for language in LANGUAGES for story in EDITION.stories(language) if story.wall is None]
WALLS = [story for language in LANGUAGES for story in EDITION.stories(language) if story.wall]


@cache
def page_at(path: str) -> Page:
    _, content_type, body = render_page(path, NOW, BASE)
    return parse_page(body, BASE + path, content_type, NOW)


def name_of(story: SampleStory) -> str:
    return f"{story.language}-{story.key}"


def without_credit_words(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Leave out who took a picture: pages print it with a word before the name."""
    return tuple(replace(block, credit=None) if isinstance(block, Figure) else block for block in blocks)


def latest(page: Page) -> HeadlineList:
    return next(each for each in page.headline_lists if each.kind is ListKind.LATEST)


@pytest.mark.parametrize("story", STORIES, ids=name_of, scope="module")  # a page is parsed once for both tests
def test_every_story_is_read_as_it_was_printed(story: SampleStory) -> None:
    page = page_at(story.path)
    article = page.article
    assert article is not None
    assert page.problem is None
    assert without_credit_words(article.blocks) == without_credit_words(EDITION.blocks(story))
    assert (article.title, article.lead, article.authors) == (story.title, story.lead, story.authors)
    assert article.language == story.language
    assert article.site_name == sample_paper().words[story.language]["paper"]
    published = EDITION.published(story)  # the Russian pages show it only to people, without its zone
    assert article.published == (published.replace(tzinfo=None) if story.language == "ru" else published)
    assert dict(article.translations) == {
        other: BASE + translated.path
        for other in LANGUAGES
        if other != story.language and (translated := sample_paper().story(other, story.key))
    }
    assert article.next_url == (EDITION.url(story, 2) if len(story.pages) > 1 else None)


@pytest.mark.parametrize("story", STORIES, ids=name_of, scope="module")  # a page is parsed once for both tests
def test_beside_every_story_are_the_latest_news(story: SampleStory) -> None:
    page = page_at(story.path)
    words = sample_paper().words[story.language]
    found = latest(page)
    others = [other for other in EDITION.stories(story.language) if other is not story][:LATEST_LENGTH]
    assert (found.label, found.more_url) == (words["latest"], f"{BASE}/{story.language}/latest/2/")
    assert [(one.title, one.url, one.published, one.views) for one in found.headlines] == [
        (other.title, EDITION.url(other), EDITION.published(other), other.views) for other in others
    ]
    beside = [(one.label, one.kind) for one in page.headline_lists[1:] if len(one.headlines) > 1]
    assert beside == [(words["popular"], ListKind.POPULAR), (words["related"], ListKind.RELATED)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_page_of_a_story_ends_it(language: str) -> None:
    story = next(story for story in EDITION.stories(language) if len(story.pages) == 2)
    article = page_at(story.path + "?page=2").article
    assert article is not None
    assert article.next_url is None
    assert without_credit_words(article.blocks) == without_credit_words(EDITION.blocks(story, 2))


@pytest.mark.parametrize("path", ["/", "/culture/", "/sea/", "/latest/"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_headlines_holds_no_article(language: str, path: str) -> None:
    page = page_at(f"/{language}{path}")
    assert page.article is None
    assert latest(page).label == sample_paper().words[language]["latest"]
    assert [one.title for one in latest(page).headlines] == [
        story.title for story in EDITION.stories(language)[:LATEST_LENGTH]
    ]
    assert {feed.url for feed in page.feeds} == {f"{BASE}/{language}/rss.xml", f"{BASE}/{language}/atom.xml"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_page_of_the_latest_news_continues(language: str) -> None:
    found = latest(page_at(f"/{language}/latest/2/"))
    stories = EDITION.stories(language)[LATEST_LENGTH:]
    assert [one.title for one in found.headlines] == [story.title for story in stories]
    assert found.more_url is None


@pytest.mark.parametrize("story", WALLS, ids=name_of)
def test_a_wall_is_named(story: SampleStory) -> None:
    page = page_at(story.path)
    assert page.problem is not None
    assert page.problem.kind == story.wall
