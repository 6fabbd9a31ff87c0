"""What a list shows of a story: title, kicker, day, comments, and the label and position of its list."""

from datetime import UTC, date, datetime

import pytest

from newsreader.extraction.page import parse_page
from newsreader.models import Comments, Headline, HeadlineList, ListKind

URL = "https://lampe.example/"
FETCHED = datetime(2027, 5, 6, 12, 0, tzinfo=UTC)
TITLES = (
    "Der Rat kauft die alte Mühle am Fluss",
    "Zwei Störche brüten auf dem Rathaus",
    "Die Brotpreise steigen im dritten Jahr",
    "Ein Chor singt bis zum frühen Morgen",
    "Neue Fähre fährt ab Juni jede Stunde",
)
SECOND = tuple(f"{title} noch einmal" for title in TITLES)


def lists(main: str, url: str = URL, head: str = "") -> tuple[HeadlineList, ...]:
    menu = "<header><a href='/'>Die Lampe</a><nav><a href='/ort/'>Ort</a> <a href='/land/'>Land</a></nav></header>"
    html = f"<html lang=de><head><title>Die Lampe</title>{head}</head><body>{menu}<main>{main}</main></body></html>"
    return parse_page(html.encode(), url, "text/html; charset=utf-8", FETCHED).headline_lists


def rows(main: str) -> tuple[Headline, ...]:
    (found,) = lists(main)
    return found.headlines


def href(number: int) -> str:
    return f"/artikel/{7000 + number}-ein-titel-der-woche"


def listed(form: str, titles: tuple[str, ...] = TITLES, first: int = 0) -> str:
    items = (form.format(n=n, t=title, a=href(first + n)) for n, title in enumerate(titles, 1))
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def test_addresses_that_only_a_small_number_in_the_query_parts_from_the_pages_own_are_stories() -> None:
    items = "".join(f"<li><a href='/news.php?id={n}'>{title}</a></li>" for n, title in enumerate(TITLES, 1))
    found = [headline.title for each in lists(f"<ul>{items}</ul>", f"{URL}news.php") for headline in each.headlines]
    assert found == list(TITLES)


@pytest.mark.parametrize(
    "form",
    [
        "<h3><a href='{a}'><span class=kicker>Mühle {n}</span><span class=sr-only>: </span><span>{t}</span></a></h3>",
        "<a href='{a}'><h3><span class=category>Mühle {n}</span> – <span class=title>{t}</span></h3></a>",
        "<p class=overline>Mühle {n}</p><h3><a href='{a}'>{t}</a></h3>",
        "<a href='{a}'><span class=x1>Mühle {n}</span><span class=x2>{t}</span></a>",
        "<a href='/thema/m{n}'>Mühle {n}</a><h3><a href='{a}'>{t}</a></h3>",
        "<h3><a href='{a}'><strong>Mühle {n}</strong> {t}</a></h3>",
    ],
)
def test_a_kicker_is_kept_apart_with_its_separator_gone(form: str) -> None:
    found = rows(listed(form))
    assert [headline.title for headline in found] == list(TITLES)
    assert [headline.kicker for headline in found] == [f"Mühle {n}" for n in range(1, 6)]


@pytest.mark.parametrize(
    "form",
    [
        "<h3>{t}</h3><p>Etwas mehr von dem, was geschah.</p><a href='{a}'>Weiterlesen</a>",
        "<a href='{a}'></a><h3>{t}</h3>",
        "<div>0{n}.05.2027</div><div>{t}</div><p><a href='{a}'>Mehr lesen</a></p>",
        "<a href='{a}'><img src='/b.jpg' alt='{t}'></a>",
        "<a href='{a}' aria-label='{t}'><img src='/b.jpg'></a>",
        "<div onclick=\"location.href='{a}'\"><h3>{t}</h3></div>",
        "<span class=sr-only>Platz {n}:</span> <a href='{a}'>{t}</a>",
        "<h2 class=author><a href='{a}'>Ada Quast {n}</a></h2><p class=title><a href='{a}'>{t}</a></p>",
    ],
)
def test_the_headline_of_a_card_is_found_wherever_it_is(form: str) -> None:
    assert [headline.title for headline in rows(listed(form))] == list(TITLES)


@pytest.mark.parametrize("title", ["9/11 bleibt ein Tag der Stille im Hafen", "24/7 offene Bäckereien am alten Markt"])
def test_a_number_that_begins_a_title_belongs_to_it(title: str) -> None:
    (first, *_) = rows(listed("<a href='{a}'>{t}</a>", (title, *TITLES)))
    assert (first.title, first.time_text, first.published) == (title, None, None)


@pytest.mark.parametrize(
    "form", ["<a href='{a}'>{t}</a> <i>1{n}:05</i>", "<h3><a href='{a}?utm_source=x'>{t}</a></h3>"]
)
def test_the_story_of_the_page_keeps_its_row_among_the_others(form: str) -> None:
    story = "https://lampe.example" + href(3)
    (found,) = lists(f"<article><h1>{TITLES[2]}</h1></article>{listed(form)}", story)
    assert [headline.title for headline in found.headlines] == list(TITLES)
    (found,) = lists(f"<a href='{story}'>Artikel auf einer Seite</a>{listed(form, TITLES[:2])}", story)
    assert [headline.title for headline in found.headlines] == list(TITLES[:2])


def test_days_before_all_titles_of_a_list_are_their_times() -> None:
    found = rows(listed("<a href='{a}'>0{n}.05. {t}</a>"))
    assert [headline.title for headline in found] == list(TITLES)
    assert [headline.published and headline.published.day for headline in found] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("time", "moment"),
    [
        ("<time datetime='2027-05-04T19:40:00'>19:40 Uhr</time>", "2027-05-04T19:40:00"),
        ("<time datetime='2027-05-03T22:10:00Z'>00:10</time>", "2027-05-04T00:10:00+02:00"),
        ("<span title='04.05.2027 19:40'>19:40</span>", "2027-05-04T19:40:00"),
        ("<span data-timestamp='1809373200'>vor 2 Tagen</span>", "2027-05-03T19:40:00+00:00"),
        ("<span><a href='#'>04.05.2027</a></span>", "2027-05-04T00:00:00"),
    ],
)
def test_a_stamp_for_programs_shows_day_and_zone(time: str, moment: str) -> None:
    found = rows(listed(time + " <a href='{a}'>{t}</a> <i>{n}</i>"))
    assert found[0].published is not None
    assert found[0].published.isoformat() == moment


@pytest.mark.parametrize("head", ["<h3>{}</h3>", "<p><b>{}</b></p>"])
@pytest.mark.parametrize("is_flat", [False, True])
def test_a_heading_that_is_a_day_is_the_label_and_dates_the_clocks_below(head: str, is_flat: bool) -> None:
    clocks = "<span>2{n}:05</span> <a href='{a}'>{t}</a>"
    first, second = (listed(clocks, titles[:3], n) for titles, n in ((TITLES, 0), (SECOND, 50)))
    parts = head.format("Dienstag, 4. Mai 2027") + first + head.format("3. Mai 2027") + second
    for list_form, flat_form in (("<ul>", ""), ("</ul>", ""), ("li>", "p>")) if is_flat else ():
        parts = parts.replace(list_form, flat_form)
    found = lists(parts)
    assert [each.label for each in found] == ["Dienstag, 4. Mai 2027", "3. Mai 2027"]
    days = [{h.published.date() for h in each.headlines if h.published} for each in found]
    assert days == [{date(2027, 5, 4)}, {date(2027, 5, 3)}]


def test_a_day_in_brackets_after_all_titles_of_a_list_is_their_time() -> None:
    found = rows(listed("<a href='{a}'>{t} (0{n}.05.2027)</a>"))
    assert [headline.title for headline in found] == list(TITLES)
    assert [headline.published.day for headline in found if headline.published] == [1, 2, 3, 4, 5]


def test_days_over_stories_of_one_each_are_those_of_the_stories_below_them() -> None:
    post = "<h4>{d}. Mai 2027</h4><div><h3><a href='{a}'>{t}</a></h3></div>"
    found = lists("".join(post.format(d=6 - n, a=href(n), t=title) for n, title in enumerate(TITLES[:3])))
    assert [h.published.day for each in found for h in each.headlines if h.published] == [6, 5, 4]


def test_stories_without_a_time_are_of_the_day_that_heads_their_list() -> None:
    stories = listed("<a href='{a}'>{t}</a>")
    (found,) = lists(f"<h2>6. Mai 2027</h2>{stories}")
    assert {h.published and h.published.day for h in found.headlines} == {6}


@pytest.mark.parametrize(
    ("form", "around"),
    [
        ("<dt>{d}.05.2027 <i>Ort</i></dt><dd><a href='{a}'>{t}</a></dd>", "<dl>{}</dl>"),
        (
            "<tr><td>{d}.05.2027</td><td><a href='{a}'>{t}</a></td></tr>",
            "<table><tr><th>Tag</th><th>Meldung</th></tr>{}</table>",
        ),
        ("<p><a href='{a}'>{t}</a> <span>3{d} min</span> <span>{d}. Mai 2027</span></p>", "<div>{}</div>"),
        (
            "<h3><a href='{a}'>{t}</a></h3><p>Rubrik: Ort | Von: Ada | {d}.05.2027, 10:25 | Aufrufe: 412 | Dank: 3</p>",
            "{}",
        ),
    ],
    ids=["definitions", "columns", "lengths", "a line of several things"],
)
def test_each_row_has_its_own_day_and_the_list_the_heading_over_it(form: str, around: str) -> None:
    items = "".join(form.format(d=5 - n, a=href(n), t=title) for n, title in enumerate(TITLES[:4]))
    (found,) = lists(f"<h2>Meldungen</h2>{around.format(items)}")
    assert found.label == "Meldungen"
    assert [h.published.day for h in found.headlines if h.published] == [5, 4, 3, 2]


def test_a_dot_between_a_date_and_a_clock_does_not_part_them() -> None:
    found = rows(listed("<h3><a href='{a}'>{t}</a></h3><p>Mai {n}, 2027 · 1:36 PM GMT</p>"))
    assert [headline.published.hour for headline in found if headline.published] == [13] * 5


def test_a_number_that_leads_to_the_comments_counts_them() -> None:
    found = rows(listed("<a href='{a}'>{t}</a> <a href='{a}/comments'>1{n}</a>"))
    assert [headline.comments and headline.comments.count for headline in found] == [11, 12, 13, 14, 15]


def test_what_is_for_sale_is_no_story() -> None:
    offers = listed("<a href='{a}'>{t}</a> <b>{n}9,90 €</b>", SECOND, 50)
    stories = listed("<a href='{a}'>{t}</a>")
    found = lists(f"<h2>Heute</h2>{stories}<h2>Auswahl</h2>{offers}")
    assert [each.label for each in found] == ["Heute"]


@pytest.mark.parametrize("host", ["https://forum.lampe.example/", "https://shop.lampe.example/"])
def test_stories_of_the_pages_own_host_are_some_whatever_its_name(host: str) -> None:
    assert [len(each.headlines) for each in lists(listed("<h3><a href='{a}'>{t}</a></h3>"), host)] == [5]


def test_comments_are_counted_apart_from_views() -> None:
    found = rows(listed("<a href='{a}'>{t}</a> <a href='{a}#comments'>1{n} Kommentare</a> <span>2{n} Aufrufe</span>"))
    assert found[0].views == 21
    assert found[0].comments == Comments(11, f"{URL[:-1]}{href(1)}#comments")


@pytest.mark.parametrize("style", ["position:absolute; left:-9999px", "text-indent: -999em", "clip:rect(0 0 0 0)"])
def test_words_that_a_style_keeps_out_of_sight_are_not_in_a_headline(style: str) -> None:
    found = rows(listed(f"<a href='{{a}}'><span style='{style}'>Meldung {{n}} von 5: </span>{{t}}</a>"))
    assert [headline.title for headline in found] == list(TITLES)


def test_a_shown_prefix_stays_in_its_headline_whatever_its_colour() -> None:
    found = rows(listed("<a href='{a}'><span style='left: 2px; color: red'>Ticker zum Tag: </span>{t}</a>"))
    assert found[0].title == f"Ticker zum Tag: {TITLES[0]}"


def test_a_heading_beside_an_arrow_is_the_headline_not_what_is_read_aloud_of_the_arrow() -> None:
    arrow = "<a href='{a}'><span class=sr-only>Zum Bericht über {t}</span>→</a>"
    assert [each.title for each in rows(listed("<h3>{t}</h3>" + arrow))] == list(TITLES)
    alone = rows(listed("<a href='{a}'><span class=sr-only>{t}</span>→</a>"))
    assert [each.title for each in alone] == list(TITLES)


def test_a_bold_line_above_a_teaser_is_the_headline_of_the_link_below() -> None:
    teaser = "<div>Am Abend war davon auf der Brücke noch nichts zu sehen, sagt die Wirtin dort.</div>"
    more = "<a href='{a}'>Weiterlesen</a>"
    assert [h.title for h in rows(listed(f"<div><b>{{t}}</b></div>{teaser}{more}"))] == list(TITLES)
    assert not lists(listed(f"<div>{{n}} <b>mal {{t}}</b> und mehr</div>{teaser}{more}"))


def test_links_right_above_headings_are_topics_and_stories_of_two_lines_are_stories() -> None:
    topic = "<a href='/dossier/die-lange-nacht-am-kai-{n}/'>Dossier {n}: die lange Nacht am Kai</a>"
    boxes = "".join(
        f"<div>{topic.format(n='abcde'[n - 1])}<a href='{href(n)}'><h3>{title}</h3></a></div>"
        for n, title in enumerate(TITLES, 1)
    )
    assert [each.title for each in rows(f"<h2>Ort</h2>{boxes}")] == list(TITLES)
    pairs = "".join(
        f"<div><a href='{href(n + 50)}'>{title} noch einmal</a><a href='{href(n)}'><h3>{title}</h3></a></div>"
        for n, title in enumerate(TITLES, 1)
    )
    assert len({each.title for found in lists(f"<h2>Ort</h2>{pairs}") for each in found.headlines}) == 10


@pytest.mark.parametrize(
    "title",
    [
        "»Wir fahren« – ein Tag an Bord",
        "»Vi far« sagt die Lotsin aus Malmö",
        "»Wir fahren», sagt die Lotsin an Bord",
        "›Nordwind‹ läuft wieder aus dem Hafen",
        "« Nous partons », sagt die Lotsin",
        "Die Lotsin sagt: »Wir fahren«",
    ],
)
def test_a_quotation_keeps_both_marks_and_arrows_go(title: str) -> None:
    titles = (title, *TITLES[1:])
    assert rows(listed("<a href='{a}'>{t}</a>", titles))[0].title == title
    assert rows(listed("<a href='{a}'>» {t} »</a>"))[0].title == TITLES[0]


def test_a_bar_for_sharing_names_no_list() -> None:
    for bar in ("<div class=share-bar><span>Weitersagen</span></div>", "<div><b>Compartilhar</b></div>"):
        assert [each.label for each in lists(bar + listed("<a href='{a}'>{t}</a>"))] == [None]


def test_a_list_without_a_heading_is_not_named_by_the_page_header_or_a_button() -> None:
    tools = "<div><span>Sortieren nach</span> <button>Datum</button> <button>Ort</button></div>"
    assert [each.label for each in lists(tools + listed("<a href='{a}'>{t}</a>"))] == [None]


def test_tab_heads_in_a_row_name_the_panes_in_their_order() -> None:
    heads = "".join(f"<div><a href='/{n}/'>{n}</a></div>" for n in ("Ort", "Land"))
    panes = "".join(
        f"<div class=p>{listed('<a href={a}>{t}</a>', t, n)}<span><a href='/mehr'>mehr</a></span></div>"
        for t, n in ((TITLES, 0), (SECOND, 50))
    )
    assert [each.label for each in lists(f"<div><div class=t>{heads}</div>{panes}</div>")] == ["Ort", "Land"]


def test_sections_of_one_story_keep_their_headings() -> None:
    sections = "".join(
        f"<section><h2>{label}</h2><article><h3><a href='{href(n)}'>{title}</a></h3><p>Mehr.</p></article></section>"
        for n, (label, title) in enumerate(zip(("Ort", "Land", "Markt", "Musik", "Meer"), TITLES, strict=True))
    )
    assert [each.label for each in lists(sections)] == ["Ort", "Land", "Markt", "Musik", "Meer"]


def test_the_lead_of_a_front_page_comes_first_and_a_stream_beside_it() -> None:
    stream = "<h2>Neueste Meldungen</h2>" + listed("<time>1{n}:05</time> <a href='{a}'>{t}</a>", SECOND, 50)
    lead = "<h2>Aus dem Ort</h2>" + listed("<h3><a href='{a}'>{t}</a></h3><img src=/b.jpg>")
    found = lists(f"<aside>{stream}</aside><section>{lead}</section>")
    assert [each.label for each in found] == ["Aus dem Ort", "Neueste Meldungen"]
    assert [each.kind for each in found] == [ListKind.SECTION, ListKind.LATEST]


@pytest.mark.parametrize(
    "head",
    [
        f"<link rel=canonical href='{URL}'>",
        f"<!-- saved from url=(0024){URL} -->",
        f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: today\n-->",
        "<!-- Mirrored from lampe.example/ by HTTrack Website Copier/3.x -->",
        f'<script type="application/ld+json">{{"@type": "WebPage", "url": "{URL}"}}</script>',
        f'<script type="application/ld+json">{{"@type": "WebSite", "url": "{URL}"}}</script>',
    ],
    ids=["canonical", "browser", "extension", "mirror", "page", "site"],
)
def test_a_page_in_a_file_has_the_stories_of_the_address_that_it_names(head: str) -> None:
    (found,) = lists(listed("<a href='{a}'>{t}</a>"), "file:///home/ada/seite.html", head)
    assert found.headlines[0].url == URL[:-1] + href(1)


@pytest.mark.parametrize(
    "head",
    [
        "<!-- https://other.example/theme -->",
        '<script type="application/ld+json">[{"@type": "WebPage", "url": "https://lampe.example/1"},'
        '{"@type": "WebPage", "url": "https://lampe.example/2"}]</script>',
    ],
    ids=["any comment", "pages of others"],
)
def test_a_page_in_a_file_takes_no_other_address_for_its_own(head: str) -> None:
    assert not lists(listed("<a href='{a}'>{t}</a>"), "file:///home/ada/seite.html", head)


def test_rows_of_an_aggregator_are_read_with_the_row_below() -> None:
    table = "".join(
        f"<tr><td>{n}.</td><td><a href='https://ort{n}.example/'>{title}</a></td></tr>"
        f"<tr><td></td><td>{n} Punkte von <a href='user?id=u{n}'>ada{n}</a>"
        f" <span title='2027-05-06T{12 - n:02}:07:00+00:00'>vor {n} Stunden</span>"
        f" | <a href='item?id={n}'>{n}7 Kommentare</a></td></tr>"
        for n, title in enumerate((*TITLES, *SECOND), 1)
    )
    (found,) = lists(f"<table>{table}</table>")
    assert [headline.title for headline in found.headlines] == [*TITLES, *SECOND]
    assert found.headlines[0].time_text == "vor 1 Stunden"
    assert found.headlines[0].published == datetime(2027, 5, 6, 11, 7, tzinfo=UTC)
    assert found.headlines[0].comments == Comments(17, f"{URL}item?id=1")


@pytest.mark.parametrize("form", ["/live.html#p{}", "/#/news/{}", "/zeigen?src=9{}00", "/zeigen?from=n9{}0"])
def test_stories_that_differ_in_a_fragment_or_a_key_are_distinguished(form: str) -> None:
    items = "".join(f"<li><time>1{n}:05</time> <a href='{form.format(n)}'>{t}</a></li>" for n, t in enumerate(TITLES))
    (found,) = lists(f"<h2>Nachrichten</h2><ul>{items}</ul>", URL + "ort/")
    assert [headline.title for headline in found.headlines] == list(TITLES)


def test_a_heading_of_a_few_signs_is_a_headline_where_each_is_a_word() -> None:
    titles = ("慢下来的电车", "面包为何变便宜", "桥与账本", "雨中的水库")
    assert [each.title for each in rows(listed("<h3><a href='{a}'>{t}</a></h3>", titles))] == list(titles)


def test_a_front_page_of_few_headlines_with_long_teasers_is_no_article() -> None:
    teaser = (
        "<p>Bis zum Abend standen sie auf der Brücke und warteten, sagt die Wirtin, die ihnen Suppe brachte.</p>" * 6
    )
    main = "".join(f"<div><h2><a href='{href(n)}'>{title}</a></h2>{teaser}</div>" for n, title in enumerate(TITLES[:4]))
    head = "<title>Die Lampe</title><meta property=og:site_name content='Die Lampe'>"
    html = f"<html lang=de>{head}<body><main>{main}</main></body></html>"
    page = parse_page(html.encode(), URL, "text/html", FETCHED)
    assert (page.article, [len(each.headlines) for each in page.headline_lists]) == (None, [4])


@pytest.mark.parametrize("url", [URL, URL + "?variant=de-at"])
def test_a_front_page_with_a_notice_beside_its_headlines_is_no_article(url: str) -> None:
    notice = f"<p>© Die Lampe. {'Alle Rechte vorbehalten, auch die der Verbreitung in anderen Medien. ' * 8}</p>"
    main = listed("<a href='{a}'>{t}</a>", tuple(f"{title} Teil {n}" for n in range(9) for title in TITLES))
    html = f"<html lang=de><title>Die Lampe</title><body><main>{main}</main><div>{notice}</div></body></html>"
    page = parse_page(html.encode(), url, "text/html", FETCHED)
    assert (page.article, len(page.headline_lists)) == (None, 1)
