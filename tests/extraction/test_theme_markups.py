"""Lists in the markup of well-known themes and programs: widgets, planets, boxes of videos, aggregators."""

from collections.abc import Sequence

import pytest

from newsreader.models import Headline, HeadlineList
from tests.extraction.lamp import TITLES, lists, lists_of_page

SLUGS = ("mended-weir", "two-storks", "dear-bread", "morning-choir")


def link(number: int, inside: str = "{t}") -> str:
    return f"<a href='/{SLUGS[number]}-in-our-town-{900 + number}/'>{inside.format(t=TITLES[number])}</a>"


def titles(found: HeadlineList) -> list[str]:
    return [each.title for each in found.headlines]


def days(found: Sequence[Headline]) -> list[int]:
    return [each.published.day for each in found if each.published]


def one(main: str, language: str = "en") -> tuple[Headline, ...]:
    (found,) = lists(main, language)
    return found.headlines


def test_a_list_of_a_widget_may_be_in_a_nav_that_repeats_its_heading() -> None:
    rows = "".join(f"<li>{link(n)} <span>{6 - n} May 2027</span></li>" for n in range(4))
    widget = f"<section><h2>New in town</h2><nav aria-label='New in town'><ul>{rows}</ul></nav></section>"
    (found,) = lists(f"<p>{'The Lamp is written by its readers. ' * 20}</p>{widget}")
    assert found.label == "New in town"
    assert titles(found) == list(TITLES)


def test_a_nav_under_a_heading_of_its_own_name_stays_a_menu_where_its_links_are_short() -> None:
    rows = "".join(f"<li><a href='/town/{name.lower()}-{n}00{n}/'>{name}</a></li>" for n, name in enumerate(NAMES, 1))
    widget = f"<section><h2>Towns</h2><nav aria-label='Towns'><ul>{rows}</ul></nav></section>"
    assert lists(f"<p>{'The Lamp is written by its readers. ' * 20}</p>{widget}") == ()


NAMES = ("Harbour town", "Mill on the hill", "New market", "Old bridge")


@pytest.mark.parametrize(
    "notice",
    [
        "<div role=dialog><p>Wir verwenden Cookies.</p><button>Gut</button></div>",
        "<div class=top><span>Ми в соцмережах</span> <a href='https://social.example/lamp'><i></i></a></div>",
        "<div class=top><span>フォローする</span></div>",
    ],
)
def test_a_notice_above_the_name_of_the_site_is_no_label(notice: str) -> None:
    rows = "".join(f"<article><h2>{link(n)}</h2><p>{6 - n} May 2027</p></article>" for n in range(4))
    menu = "<div><a href='/'>The Lamp</a><div><a href='/town/'>Town</a> <a href='/land/'>Land</a></div></div>"
    (found,) = lists_of_page(f"<body>{notice}{menu}<div id=posts>{rows}</div></body>")
    assert found.label is None
    assert titles(found) == list(TITLES)


def test_words_over_a_list_stay_its_label_where_the_way_home_is_below_the_list() -> None:
    rows = "".join(f"<article><h4>{link(n)}</h4><p>{6 - n} May 2027</p></article>" for n in range(4))
    (found,) = lists_of_page(f"<body><div>New in town</div><div>{rows}</div><div><a href='/'>Home</a></div></body>")
    assert found.label == "New in town"


def test_the_caption_that_says_to_the_blind_what_a_table_is_does_not_name_it() -> None:
    rows = "".join(f"<tr><th>{link(n)}</th><td>{6 - n} May 2027</td></tr>" for n in range(4))
    (found,) = lists(f"<h2>Town</h2><table><caption class=visually-hidden>List of articles</caption>{rows}</table>")
    assert found.label == "Town"


def test_the_date_of_a_video_is_read_from_a_box_that_is_named_after_videos() -> None:
    rows = "".join(
        f"<div class=video-item><a class=video-thumb href='/{SLUGS[n]}-in-our-town-{900 + n}/'><img src='/{n}.jpg'>"
        f"<span class=duration>{n + 1}:4{n}</span></a><div class=video-info><h4>{link(n)}</h4>"
        f"<span>{6 - n} May 2027</span></div></div>"
        for n in range(4)
    )
    assert days(one(f"<h2>Videos</h2>{rows}")) == [6, 5, 4, 3]


def test_a_name_that_touches_a_date_is_no_part_of_it() -> None:
    rows = "".join(
        f"<article><h3>{link(n)}</h3><div class=meta-data><span>Jan Lis</span><span>0{6 - n}.05.2027</span>"
        f"<span>{n + 2} komentarze</span></div></article>"
        for n in range(4)
    )
    found = one(f"<h2>Nowe</h2>{rows}", "pl")
    assert days(found) == [6, 5, 4, 3]
    assert [each.comments.count for each in found if each.comments] == [2, 3, 4, 5]


def test_a_day_and_a_clock_that_touch_are_one_time() -> None:
    rows = "".join(
        f"<article><h3>{link(n)}</h3><p class=date><span>{6 - n} May 2027</span><span>1{n}:30</span></p></article>"
        for n in range(4)
    )
    assert [(e.published.day, e.published.hour) for e in one(rows) if e.published] == [
        (6, 10),
        (5, 11),
        (4, 12),
        (3, 13),
    ]


def test_a_date_before_the_name_of_who_wrote_it_is_the_date_of_the_story() -> None:
    rows = "".join(
        f"<article><h3>{link(n)}</h3><p>0{6 - n}.05.2027 Autor: Hanna Wolska</p></article>" for n in range(4)
    )
    assert days(one(rows, "pl")) == [6, 5, 4, 3]


def test_the_line_below_an_entry_that_leads_there_too_is_no_second_story() -> None:
    rows = "".join(
        f"<div class=blog><h3><a href='https://blog{n}.example/'>Blog {n}</a></h3><div class=entry><h4>{link(n)}</h4>"
        f"<div class=text><p>Nobody had expected it so soon.</p><p class=date>{link(n, f'by Ida Brown, 1{n}:06')}</p>"
        "</div></div></div>"
        for n in range(4)
    )
    found = lists(f"<div class=day><h2>6 May 2027</h2>{rows}</div>")
    assert [each.title for one in found for each in one.headlines] == list(TITLES)
    assert [e.published.hour for one in found for e in one.headlines if e.published] == [10, 11, 12, 13]


def test_a_link_without_comments_in_a_row_is_no_story() -> None:
    rows = "".join(
        f"<li class=row><span role=heading><a href='https://paper{n}.example/{SLUGS[n]}-in-our-town'>{TITLES[n]}</a></span>"
        f"<span class=comments_label><a role=heading href='/s/9{n}04{n}'>{count}</a></span></li>"
        for n, count in enumerate(("3 comentários", "9 comentários", "Nenhum comentário", "1 comentário"))
    )
    assert [each.title for each in one(f"<ol>{rows}</ol>", "pt")] == list(TITLES)


def test_comments_are_counted_in_languages_without_blanks() -> None:
    rows = "".join(
        f"<tr class=row><td>{link(n)}</td></tr>"
        f"<tr><td>{n + 1}時間前 | <a href='/item?id=41{n}7'>コメント10{n}件</a></td></tr>"
        for n in range(4)
    )
    found = one(f"<table>{rows}</table>", "ja")
    assert [each.comments.count for each in found if each.comments] == [100, 101, 102, 103]


def test_a_kicker_on_a_line_of_its_own_in_the_heading_is_one_in_a_list_with_one_or_two() -> None:
    def row(number: int, kicker: str) -> str:
        over = f"<div class=over>{kicker}</div>" if kicker else ""
        stretched = f"<a href='/{SLUGS[number]}-in-our-town-{900 + number}/' aria-label='{TITLES[number]}'></a>"
        return f"<li>{stretched}<h3>{over}<span class=line>{TITLES[number]}</span></h3></li>"

    town = row(0, "Politik") + row(1, "")
    land = row(2, "Kultur") + row(3, "")
    found = lists(
        f"<section><h2>Stadt</h2><ul>{town}</ul></section><section><h2>Land</h2><ul>{land}</ul></section>", "de"
    )
    assert [(each.kicker, each.title) for one in found for each in one.headlines] == [
        ("Politik", TITLES[0]),
        (None, TITLES[1]),
        ("Kultur", TITLES[2]),
        (None, TITLES[3]),
    ]


def test_a_label_that_is_the_kicker_of_the_first_story_too_stays_the_label() -> None:
    rows = "".join(
        f"<div class=tile><p class=over>{subject}</p><h3>{link(n)}</h3><p>{6 - n} May 2027</p></div>"
        for n, subject in enumerate(("Sport", "Kultur", "Reise", "Sport"))
    )
    (found,) = lists(f"<section><h2>Sport</h2>{rows}</section>", "de")
    assert found.label == "Sport"
    assert [each.kicker for each in found.headlines] == ["Sport", "Kultur", "Reise", "Sport"]


@pytest.mark.parametrize("said", ["6 min läsning", "6 мин чтения", "読了6分", "6 min czytania"])
def test_the_time_that_reading_takes_is_no_age_in_a_list_with_dates(said: str) -> None:
    rows = "".join(
        f"<article><h3>{link(n)}</h3><p>{said if n == 0 else f'{6 - n} May 2027'}</p></article>" for n in range(4)
    )
    assert [each.published is None for each in one(rows)] == [True, False, False, False]


@pytest.mark.parametrize(("month", "language"), [("5月", "ja"), ("5월", "ko")])
def test_a_day_over_a_month_in_a_box_is_a_date_and_no_count_of_views(month: str, language: str) -> None:
    rows = "".join(
        f"<div class=row><div class=when><span>{6 - n}</span><span>{month}</span></div><h3>{link(n)}</h3>"
        "<p>Nobody had expected it so soon.</p></div>"
        for n in range(4)
    )
    found = one(f"<h2>News</h2>{rows}", language)
    assert [(each.published.month, each.published.day) for each in found if each.published] == [
        (5, 6),
        (5, 5),
        (5, 4),
        (5, 3),
    ]
    assert [(each.views, each.kicker) for each in found] == [(None, None)] * 4


def test_sections_of_one_form_are_lists_where_half_of_them_surely_are() -> None:
    def section(name: str, number: int, words: tuple[str, ...]) -> str:
        first, *rest = [f"<a href='/story-4{number}16{n}'>{text}</a>" for n, text in enumerate(words)]
        picture = f"<a href='/story-4{number}160'><img src='/{number}.jpg' width=300 height=200></a>"
        rows = "".join(f"<li>{each}</li>" for each in rest)
        return (
            f"<div class=cat-box><h3 class=cat-t><a href='/category/c{number}/'>{name}</a></h3>"
            f"<div class=cat-f>{picture}<h4>{first}</h4></div><ul>{rows}</ul></div>"
        )

    boxes = {
        "健康": ("村里的合唱团赢得地区奖项", "退休面包师重返旧市场", "河上的大桥重返旧市场"),
        "经济": ("夜班巴士要求再次举行听证", "年轻的养蜂人十年后再次出海", "河上的大桥今年面临成本上涨"),
        "科学": ("遗失的手提箱失去赞助者", "港口博物馆重返旧市场", "铁路工会重返旧市场"),
        "文化": ("遗失的手提箱即将换上新颜色", "年轻的养蜂人失去最后的赞助者", "河上的大桥遇到意想不到的朋友"),
    }
    page = "".join(section(name, number, words) for number, (name, words) in enumerate(boxes.items()))
    assert [each.label for each in lists(f"<div class=grid>{page}</div>", "zh")] == list(boxes)


def test_a_lead_below_a_list_without_headings_is_no_part_of_it() -> None:
    rows = "".join(f"<li>{link(n)} <span>{6 - n} May 2027</span></li>" for n in range(3))
    lead = f"<div class=hero><a href='/{SLUGS[3]}-in-our-town-903/'><img src='/3.jpg'></a><h2>{link(3)}</h2></div>"
    found = lists(f"<div class=zone><section><h3>New in town</h3><ul>{rows}</ul></section>{lead}</div>")
    assert sorted((len(each.headlines), each.label) for each in found) == [(1, None), (3, "New in town")]


def test_a_name_that_touches_a_date_in_words_is_no_part_of_it() -> None:
    rows = "".join(
        f"<article><h3>{link(n)}</h3><div class=meta-data><span>Jan Lis</span><span>{6 - n} maja 2027</span>"
        "</div></article>"
        for n in range(4)
    )
    assert [(e.published.month, e.published.day) for e in one(f"<h2>Nowe</h2>{rows}", "pl") if e.published] == [
        (5, 6),
        (5, 5),
        (5, 4),
        (5, 3),
    ]
