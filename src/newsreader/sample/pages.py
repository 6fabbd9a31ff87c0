"""The pages of the paper: front page, sections, articles, the latest news, and what a reader meets instead of them."""

import json

from newsreader.models import Figure
from newsreader.sample import templates
from newsreader.sample.blocks import blocks_markup, caption_markup
from newsreader.sample.edition import SampleEdition, views_text
from newsreader.sample.stories import LANGUAGES, SampleStory
from newsreader.sample.templates import NOTHING, Markup, fill, join

LATEST_LENGTH = 38
_POLL_LANGUAGE = {"en": "uk", "uk": "ru", "ru": "uk"}


def article_page(edition: SampleEdition, story: SampleStory, page: int = 1) -> Markup:
    """Return one page of a story with everything around it."""
    if story.wall == "consent":
        return fill(templates.CONSENT, language=story.language, **edition.paper.words[story.language])
    title = f"{story.title} — {edition.paper.words[story.language]['paper']}"
    main = _article(edition, story, page)
    return _page(edition, story.language, title, _article_head(edition, story, page), main, story)


def front_page(edition: SampleEdition, language: str) -> Markup:
    """Return the front page: the newest story, three of every section, the latest news."""
    words = edition.paper.words[language]
    pictured = [story for story in edition.stories(language) if story.picture]
    sections = [
        fill(
            templates.FRONT_SECTION,
            language=language,
            section=section,
            name=words[section],
            cards=_cards(edition, [story for story in pictured[1:] if story.section == section][:3]),
        )
        for section in edition.paper.sections
    ]
    main = join([_cards(edition, pictured[:1]), *sections])
    return _page(edition, language, words["paper"], _listing_head(edition, language, "/"), main)


def section_page(edition: SampleEdition, language: str, section: str) -> Markup:
    """Return all stories of a section, newest first."""
    name = edition.paper.words[language][section]
    stories = [story for story in edition.stories(language) if story.section == section]
    main = join([fill(templates.SECTION_TITLE, name=name), _cards(edition, stories)])
    title = f"{name} — {edition.paper.words[language]['paper']}"
    return _page(edition, language, title, _listing_head(edition, language, f"/{section}/"), main)


def latest_page(edition: SampleEdition, language: str, number: int) -> Markup | None:
    """Return a page of the latest news; None past the end of the list."""
    words = edition.paper.words[language]
    stories = edition.stories(language)[LATEST_LENGTH * (number - 1) : LATEST_LENGTH * number]
    if not stories or number < 1:
        return None
    main = _feed(edition, language, stories, number + 1)
    path = "/latest/" if number == 1 else f"/latest/{number}/"
    title = f"{words['latest']} — {words['paper']}"
    return _page(edition, language, title, _listing_head(edition, language, path), main, latest=False)


def plain_page(edition: SampleEdition, language: str, name: str) -> Markup:
    """Return a page that the footer leads to."""
    words = edition.paper.words[language]
    main = fill(templates.PLAIN_PAGE, title=words[name], text=words["motto"])
    return _page(edition, language, f"{words[name]} — {words['paper']}", NOTHING, main)


def lost_page(edition: SampleEdition, language: str) -> Markup:
    """Return the page for an unknown address."""
    words = edition.paper.words[language]
    main = fill(templates.LOST, title=words["lost"], text=words["lost_text"], language=language, paper=words["paper"])
    return _page(edition, language, f"{words['lost']} — {words['paper']}", NOTHING, main)


def _page(
    edition: SampleEdition,
    language: str,
    title: str,
    head: Markup,
    main: Markup,
    story: SampleStory | None = None,
    *,
    latest: bool = True,
) -> Markup:
    words = edition.paper.words[language]
    others = [other for other in edition.stories(language) if other != story]
    feed = _feed(edition, language, tuple(others[:LATEST_LENGTH]), 2) if latest else NOTHING
    menu = [
        fill(templates.MENU_ITEM, language=language, section=section, name=words[section])
        for section in edition.paper.sections
    ]
    switch = [
        fill(templates.SWITCH_ITEM, url=f"/{other}/", language=other, code=other.upper())
        for other in LANGUAGES
        if other != language
    ]
    return fill(
        templates.PAGE,
        **words | {"language": language, "title": title, "base": edition.base, "year": str(edition.now.year)},
        head=head,
        main=main,
        side=join([feed, _popular(edition, language, others)]),
        menu=join(menu),
        switch=join(switch),
    )


# --- around the stories -----------------------------------------------------------------------


def _feed(edition: SampleEdition, language: str, stories: tuple[SampleStory, ...], next_number: int) -> Markup:
    words = edition.paper.words[language]
    items: list[Markup] = []
    day = None
    for story in stories:
        if edition.day(story) != day:
            day = edition.day(story)
            items.append(fill(templates.FEED_DAY, day=day))
        items.append(_item(templates.FEED_ITEM, edition, story))
    is_last = len(edition.stories(language)) <= LATEST_LENGTH * (next_number - 1)
    address = f"{edition.base}/{language}/latest/{next_number}/"
    more = NOTHING if is_last else fill(templates.FEED_MORE, url=address, words=words["more"])
    return fill(templates.FEED, label=words["latest"], items=join(items), more=more)


def _item(template: str, edition: SampleEdition, story: SampleStory) -> Markup:
    published = edition.published(story)
    return fill(
        template,
        url=edition.url(story),
        title=story.title,
        iso=published.isoformat(),
        time=f"{published:%H:%M}",
        views=views_text(story.views, story.language),
        lead=story.lead or "",
        picture=edition.picture(f"{story.picture}-320"),
    )


def _cards(edition: SampleEdition, stories: list[SampleStory]) -> Markup:
    return join([_item(templates.CARD if story.picture else templates.SMALL_CARD, edition, story) for story in stories])


def _popular(edition: SampleEdition, language: str, stories: list[SampleStory]) -> Markup:
    most_read = sorted(stories, key=lambda story: -story.views)[:5]
    items = [fill(templates.LINK_ITEM, url=edition.url(story), title=story.title) for story in most_read]
    return fill(templates.POPULAR, label=edition.paper.words[language]["popular"], items=join(items))


def _related(edition: SampleEdition, story: SampleStory) -> list[SampleStory]:
    """Return other stories of the section that have pictures, then others."""
    others = [other for other in edition.stories(story.language) if other.key != story.key and other.picture]
    return sorted(others, key=lambda other: other.section != story.section)[:4]


# --- a story ----------------------------------------------------------------------------------


def _listing_head(edition: SampleEdition, language: str, path: str) -> Markup:
    words = edition.paper.words[language]
    alternates = [
        fill(templates.HEAD_ALTERNATE, language=other, url=f"{edition.base}/{other}{path}") for other in LANGUAGES
    ]
    return join(
        [
            fill(templates.HEAD_LINK, rel="canonical", url=f"{edition.base}/{language}{path}"),
            *alternates,
            fill(templates.HEAD_META, kind="property", name="og:type", content="website"),
            fill(templates.HEAD_META, kind="name", name="description", content=words["motto"]),
        ]
    )


def _translations(edition: SampleEdition, story: SampleStory) -> list[SampleStory]:
    found = (edition.paper.story(language, story.key) for language in LANGUAGES if language != story.language)
    return [translation for translation in found if translation]


def _article_head(edition: SampleEdition, story: SampleStory, page: int) -> Markup:
    metas = [
        ("property", "og:type", "article"),
        ("property", "og:title", story.title),
        ("property", "og:url", edition.url(story, page)),
    ]
    if story.lead:
        metas += [("name", "description", story.lead), ("property", "og:description", story.lead)]
    if story.picture:
        metas.append(("property", "og:image", edition.picture(story.picture)))
    links = [("canonical", edition.url(story, page))]
    if page > 1:
        links.append(("prev", edition.url(story, page - 1)))
    if page < len(story.pages):
        links.append(("next", edition.url(story, page + 1)))
    return join(
        [
            *(fill(templates.HEAD_LINK, rel=rel, url=url) for rel, url in links),
            *(
                fill(templates.HEAD_ALTERNATE, language=other.language, url=edition.url(other))
                for other in (story, *_translations(edition, story))
            ),
            *(fill(templates.HEAD_META, kind=kind, name=name, content=content) for kind, name, content in metas),
            *_dates(edition, story),
        ]
    )


def _dates(edition: SampleEdition, story: SampleStory) -> list[Markup]:
    """Return the dates for programs; the Russian pages give them to people alone, as many sites do."""
    published, updated = edition.published(story).isoformat(), edition.updated(story).isoformat()
    if story.language == "ru":
        return []
    if story.language == "uk":
        return [
            fill(templates.HEAD_META, kind="property", name="article:published_time", content=published),
            fill(templates.HEAD_META, kind="property", name="article:modified_time", content=updated),
        ]
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": published,
        "dateModified": updated,
        "author": [{"@type": "Person", "name": author} for author in story.authors],
        "publisher": {"@type": "Organization", "name": edition.paper.words["en"]["paper"]},
        "mainEntityOfPage": edition.url(story),
        "isAccessibleForFree": story.wall != "paywall",
    }
    return [fill(templates.HEAD_JSON, json=Markup(json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")))]


def _article(edition: SampleEdition, story: SampleStory, page: int) -> Markup:
    words = edition.paper.words[story.language]
    related = [
        fill(templates.LINK_ITEM, url=edition.url(other), title=other.title) for other in _related(edition, story)
    ]
    answers = [
        fill(templates.ANSWER, number=number, words=answer)
        for number, answer in enumerate(words["poll_answers"].split(", "))
    ]
    main_picture, body = _body(edition, story, page)
    return fill(
        templates.ARTICLE,
        **words
        | {
            "title": story.title,
            "language": story.language,
            "section": story.section,
            "section_name": words[story.section],
            "url": edition.url(story),
            "poll_language": _POLL_LANGUAGE[story.language],
            "lead": fill(templates.LEAD, lead=story.lead) if story.lead and page == 1 else NOTHING,
            "info": _byline(edition, story),
            "translations": _read_in(edition, story),
            "picture": main_picture,
            "body": body,
            "pager": _pager(edition, story, page),
            "poll_answers": join(answers),
            "tag_links": fill(templates.TAG, language=story.language, section=story.section, name=words[story.section]),
            "related": fill(templates.RELATED, label=words["related"], items=join(related)),
        },
    )


def _byline(edition: SampleEdition, story: SampleStory) -> Markup:
    words = edition.paper.words[story.language]
    names = [
        fill('<a href="/{language}/authors/">{name}</a>', language=story.language, name=name) for name in story.authors
    ]
    author = fill("{by} {names}", by=words["author"], names=Markup(", ".join(names))) if names else NOTHING
    date = fill('<span class="date">{date}</span>', date=edition.byline_date(story))
    if story.language == "ru":
        return Markup(" / ".join(part for part in (date, author) if part))
    return Markup(" · ".join(part for part in (author, date) if part))


def _read_in(edition: SampleEdition, story: SampleStory) -> Markup:
    words = edition.paper.words[story.language]
    return join(
        [
            fill(
                templates.READ_IN,
                url=edition.url(other),
                language=other.language,
                words=words[f"read_in_{other.language}"],
            )
            for other in _translations(edition, story)
        ]
    )


def _body(edition: SampleEdition, story: SampleStory, page: int) -> tuple[Markup, Markup]:
    """Return the picture over the story and what is under it, with a link to another story in its midst."""
    words = edition.paper.words[story.language]
    blocks = edition.blocks(story, page)
    main_picture = NOTHING
    if blocks and isinstance(blocks[0], Figure):
        main_picture = fill(
            templates.MAIN_PICTURE,
            url=blocks[0].url,
            alt=blocks[0].alt,
            words=words["views"],
            views=views_text(story.views, story.language),
            caption=caption_markup(blocks[0], words["photo"]),
        )
        blocks = blocks[1:]
    parts = list(blocks_markup(blocks, words["photo"]))
    if story.wall == "paywall":
        return main_picture, join([*parts[:1], fill(templates.PAYWALL, language=story.language, **words)])
    if len(parts) > 4:
        other = _related(edition, story)[-1]
        read_also = fill(templates.READ_ALSO, words=words["read_also"], url=edition.url(other), title=other.title)
        parts.insert(3, read_also)
    return main_picture, join(parts)


def _pager(edition: SampleEdition, story: SampleStory, page: int) -> Markup:
    words = edition.paper.words[story.language]
    count = len(story.pages)
    if count == 1:
        return NOTHING
    steps = [("prev", page - 1, "previous_page"), ("next", page + 1, "next_page")]
    links = [
        fill(templates.PAGER_LINK, rel=rel, url=edition.url(story, number), words=words[name])
        for rel, number, name in steps
        if 1 <= number <= count
    ]
    return fill(templates.PAGER, words=words["page"], number=page, count=count, links=join(links))
