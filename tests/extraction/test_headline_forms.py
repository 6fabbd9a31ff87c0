"""Forms in which fronts show stories: titles in parts, opinions with their authors, sections of one, panes, finds."""

import pytest

from tests.extraction.lamp import TITLES, lists

MORE = (
    "The old mill is sold to its last miller",
    "Pupils count the bats below the bridge",
    "A ferry goes every hour from June on",
    "The tower gets its bell back from Hull",
)


def shown(main: str) -> list[tuple[str | None, list[str]]]:
    return [(each.label, [headline.title for headline in each.headlines]) for each in lists(main)]


def href(title: str) -> str:
    return f"/2027/05/{title.lower().replace(' ', '-')}-{len(title)}071/"


def rows(titles: tuple[str, ...], form: str = "<li><a href='{a}'>{t}</a></li>") -> str:
    return "".join(form.format(a=href(title), t=title, n=number) for number, title in enumerate(titles, 1))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("<span>{}</span> ", "<span>{}</span>"),
        ("<span class='css-1x'>{}</span><br>", "<span class='css-1x'>{}</span>"),
        ("<span>{}</span> ", "<b>{}</b>"),
    ],
)
def test_a_title_in_two_parts_of_one_line_is_whole(first: str, second: str) -> None:
    parts = [title.split(" ", 4) for title in TITLES]
    inside = [first.format(" ".join(part[:4])) + second.format(part[4]) for part in parts]
    items = "".join(f"<li><a href='{href(t)}'>{text}</a></li>" for t, text in zip(TITLES, inside, strict=True))
    assert shown(f"<h2>News</h2><ul>{items}</ul>") == [("News", list(TITLES))]


def test_a_kicker_before_a_title_is_not_part_of_it() -> None:
    items = rows(TITLES, "<li><a href='{a}'><span class=k>Town</span> <span class=t>{t}</span></a></li>")
    assert shown(f"<h2>News</h2><ul>{items}</ul>") == [("News", list(TITLES))]


@pytest.mark.parametrize(
    "form",
    [
        "<article><a href='{a}'><h3 class=author>{n}</h3><p class=headline>{t}</p></a></article>",
        "<article><h3 itemprop=author><a href='{a}'>{n}</a></h3><p itemprop=headline><a href='{a}'>{t}</a></p>"
        "</article>",
        "<div><a class='x1 author' href='{a}'><h3>{n}</h3></a><p><a href='{a}'>{t}</a></p></div>",
        "<article><h3 class=writer><a href='{a}'>{n}</a></h3><h4><a href='{a}'>{t}</a></h4></article>",
    ],
)
def test_an_opinion_is_listed_by_its_title_not_by_its_author(form: str) -> None:
    names = ("Una Saltmarsh", "Perrin Oakquay", "Dilys Fenwater", "Jory Tidewell")
    titles = ("On daring to wait", "Half a bridge carries nobody", "The quiet before the fair", "Why we count bats")
    items = (form.format(a=f"/op/30{number}-text", t=title, n=names[number]) for number, title in enumerate(titles))
    main = f"<section><h2>Opinion</h2>{''.join(items)}</section><h2>Latest</h2><ul>{rows(MORE)}</ul>"
    assert ("Opinion", list(titles)) in shown(main)


@pytest.mark.parametrize(
    "form",
    [
        "<section><h2>{n}</h2><h3><a href='{a}'>{t}</a></h3></section>",
        "<section><header><h2>{n}</h2></header><figure><img src='/q.jpg'></figure><h3><a href='{a}'>{t}</a></h3>"
        "</section>",
        "<div class=s><div><h2>{n}</h2><a href='/x'>All</a></div><div><a href='{a}'><span>{t}</span></a></div></div>",
    ],
)
def test_sections_of_one_story_keep_their_headings(form: str) -> None:
    names = ("Harbour", "Weather", "Culture", "Money")
    items = (form.format(a=href(title), t=title, n=name) for title, name in zip(TITLES, names, strict=True))
    assert shown(f"<main>{''.join(items)}</main>") == [(n, [t]) for n, t in zip(names, TITLES, strict=True)]


def test_cards_with_their_topic_as_a_small_heading_are_one_list() -> None:
    items = rows(TITLES, "<div class=c><h5>Topic {n}</h5><h3><a href='{a}'>{t}</a></h3></div>")
    assert [titles for _, titles in shown(f"<h2>News</h2><main>{items}</main>")] == [list(TITLES)]


@pytest.mark.parametrize("notice", ["<aside><h4>Werbung</h4></aside>", "<div class=m><h6>विज्ञापन</h6></div>"])
def test_a_heading_below_the_rank_of_the_headlines_does_not_divide_a_list(notice: str) -> None:
    form = "<article><h3><a href='{a}'>{t}</a></h3></article>"
    main = f"<main><h2>From the town</h2>{rows(TITLES, form)}{notice}{rows(MORE, form)}</main>"
    assert shown(main) == [("From the town", [*TITLES, *MORE])]


@pytest.mark.parametrize(
    "form",
    [
        "<div><input type=radio name=r id=r1 checked><label for=r1>Latest</label><input type=radio name=r id=r2>"
        "<label for=r2>Most read</label><div><ul>{a}</ul></div><div><ul>{b}</ul></div></div>",
        "<div><div class=x><span data-tab=0>Latest</span><span data-tab=1>Most read</span></div>"
        "<div data-panel=0><ul>{a}</ul></div><div data-panel=1><ul>{b}</ul></div></div>",
        "<div><div class=x><button class=on>Latest</button><button>Most read</button></div>"
        "<div class=p><ul>{a}</ul></div><div class=p style='display:none'><ul>{b}</ul></div></div>",
    ],
)
def test_every_pane_has_the_label_of_its_own_head(form: str) -> None:
    main = form.format(a=rows(TITLES), b=rows(MORE))
    assert shown(main) == [("Latest", list(TITLES)), ("Most read", list(MORE))]


@pytest.mark.parametrize(
    "form",
    [
        "<p class=t><a href='{a}'>{t}</a></p><p class=l>submitted {n} hours ago by <a href='/u/{n}'>kelp</a></p>",
        "<div class=t><a href='{a}'>{t}</a></div><div class=l>{n}0 points by <a href='/u/{n}'>kelp</a> {n} hours ago"
        "</div>",
        "<dt><a href='{a}'>{t}</a></dt><dd>{n}0 points, {n} hours ago by <a href='/u/{n}'>kelp</a></dd>",
    ],
)
def test_the_line_below_each_story_gives_its_age(form: str) -> None:
    titles = (*TITLES[1:], *MORE)
    items = "".join(
        form.format(a=f"https://find{number}.example/post/{number}", t=title, n=number)
        for number, title in enumerate(titles, 2)
    )
    (found,) = lists(f"<dl>{items}</dl>" if form.startswith("<dt") else f"<div>{items}</div>")
    assert [each.time_text for each in found.headlines] == [f"{number} hours ago" for number in range(2, 9)]


def test_a_lone_line_with_a_time_is_not_the_time_of_the_story_above() -> None:
    items = rows(TITLES, "<p><a href='{a}'>{t}</a></p>")
    (found,) = lists(f"<div>{items}<p>The shop closes in 2 hours, come soon</p></div>")
    assert all(each.time_text is None for each in found.headlines)


def test_short_titles_of_many_other_sites_are_a_list_of_finds() -> None:
    titles = ("Bees in the old town hall", "A map of all wells", "Why ropes have three strands", "The last tin whistle")
    items = "".join(
        f"<li><a href='https://find{n}.example/'>{t}</a> – by Nell</li>" for n, t in enumerate((*titles, *MORE))
    )
    assert [found for _, found in shown(f"<h2>Finds of the week</h2><ul>{items}</ul>")] == [[*titles, *MORE]]


def test_the_head_of_a_box_far_down_the_page_is_its_label() -> None:
    box = f"<div class=card><div class=card-header><h4>Around us</h4></div><ul>{rows(MORE)}</ul></div>"
    assert shown(f"<h2>News</h2><ul>{rows(TITLES)}</ul>{box}")[1] == ("Around us", list(MORE))
