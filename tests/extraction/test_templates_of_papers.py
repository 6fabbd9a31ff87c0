"""What the templates of papers and of site builders put around a text: captions, labels, notes, portraits, days."""

from datetime import UTC, datetime

import pytest

from newsreader.extraction.page import parse_page
from newsreader.models import Article, Heading, Quote, figures_of, plain
from tests.extraction.reading import article_in

URL = "https://mill.example/2026/10/02/the-mill-grinds-again.html"
FETCHED = datetime(2026, 11, 20, 12, tzinfo=UTC)
TITLE = "The mill above the weir grinds again"
LEAD = "Three brothers have rebuilt it with their own hands, and the first loaf was shared out on Saturday."
TEXT = (
    "The wheel began to turn at six in the morning, when the water was high enough at last and the neighbours had "
    "come down the lane with coffee and two accordions.",
    "The mill had been without a roof since the great storm and served the storks above all, and the children who "
    "played hide and seek between the stones.",
    "Its rebuilding cost as much as a small house in the valley, of which the county paid a third and the brothers "
    "the rest out of what their orchard brings.",
    "In winter they want to show pupils how flour is made, if the parish keeps the lane free of snow until the end "
    "of the holidays.",
)
CAPTION = "The wheel on the morning on which it turned for the first time"
PICTURE = '<img src="/wheel.jpg" alt="" width="900">'
BODY = "".join(f"<p>{text}</p>" for text in TEXT)
OTHER = "Elk stops the train below the pass"


def page(inner: str, head: str = "", language: str = "en", title: str = TITLE) -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title} | The Valley</title>{head}'
        f'</head><body><div class="top"><a href="/">The Valley</a></div>{inner}</body></html>'
    )


def story(inner: str, above: str = "") -> Article:
    return article_in(page(f"<main><article><h1>{TITLE}</h1>{above}{inner}</article></main>"), URL, FETCHED)


def with_picture(box: str) -> tuple[str, str | None]:
    article = story(f'{box}<div class="text">{BODY}</div>', f'<p class="lead">{LEAD}</p>')
    (figure,) = figures_of(article.blocks)
    assert CAPTION not in article.text
    return plain(figure.caption), figure.credit


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="art-photo">{PICTURE}<span class="sign">{CAPTION}</span><span class="cr">Ewa Kos</span></div>',
        f'<article class="media"><div class="field-image">{PICTURE}</div><div class="field-caption">{CAPTION}</div>'
        '<div class="field-copyright">Ewa Kos</div></article>',
        f'<figure><span>{PICTURE}</span><span class="meta"><figcaption>{CAPTION}</figcaption> <cite>Ewa Kos</cite>'
        "</span></figure>",
        f'<figure><p class="link">{PICTURE}</p><figcaption>{CAPTION} <small>© Ewa Kos</small></figcaption></figure>',
        f'<figure>{PICTURE}<figcaption><span><p>{CAPTION}</p></span><span class="byline">Ewa Kos</span>'
        '<div class="buy"><a href="/buy">Buy Now</a></div></figcaption></figure>',
        f'<div class="opener"><a href="/pictures/7">{PICTURE}</a><div class="opener-info">'
        f'<a href="/pictures/7">{CAPTION} | foto: Ewa Kos</a></div></div>',
    ],
)
def test_the_lines_below_a_picture_are_its_caption_and_who_took_it(box: str) -> None:
    assert with_picture(box) == (CAPTION, "Ewa Kos")


@pytest.mark.parametrize(
    ("behind", "credit"),
    [
        (" Φωτογραφία: Νίκος Φάρος", "Νίκος Φάρος"),
        ("。摄影：白羽", "白羽"),
        (" (फोटो: अनिल बिष्ट)", "अनिल बिष्ट"),
        (" צילום: דוד לביא", "דוד לביא"),
        (" Снимка: Вера Илчева", "Вера Илчева"),
    ],
)
def test_who_took_a_picture_is_read_apart_in_other_scripts_too(behind: str, credit: str) -> None:
    article = story(f"<figure>{PICTURE}<figcaption>{CAPTION}.{behind}</figcaption></figure><div>{BODY}</div>")
    assert [figure.credit for figure in figures_of(article.blocks)] == [credit]


def test_captions_of_several_pictures_in_boxes_of_one_form_are_kept() -> None:
    boxes = [
        f'<div class="block"><div><img src="/{number}.jpg" alt="x"></div>'
        f'<div class="Photo_Caption"><p>{caption}</p></div></div>'
        for number, caption in enumerate((CAPTION, "The brothers beside the millstone"))
    ]
    paragraphs = [f"<p>{text}</p>" for text in TEXT]
    article = story("".join((boxes[0], paragraphs[0], boxes[1], *paragraphs[1:])))
    captions = [plain(figure.caption) for figure in figures_of(article.blocks)]
    assert captions == [CAPTION, "The brothers beside the millstone"]


@pytest.mark.parametrize(
    "portrait",
    [
        '<div class="firm"><img src="/r.jpg" alt="" width="120"><div><a href="/rocio">Rocío Barrantes</a>'
        "<p>Novelist. She wrote “The keys”.</p></div></div>",
        '<div class="by"><div class="ph"><img src="/r.jpg" alt="Portrait of Rocío Barrantes"></div>'
        "<div>By Rocío Barrantes</div><div>Correspondent</div></div>",
    ],
)
def test_the_portrait_of_who_wrote_is_no_picture_of_the_story(portrait: str) -> None:
    head = '<meta name="author" content="Rocío Barrantes">'
    main = f"<main><article>{portrait}<h1>{TITLE}</h1><p>2 October 2026</p>{BODY}</article></main>"
    article = article_in(page(main, head), URL)
    assert article.authors == ("Rocío Barrantes",)
    assert list(figures_of(article.blocks)) == []


def test_a_picture_that_leads_to_its_gallery_is_no_story_and_takes_no_text_along() -> None:
    title = "無人駅に小さな書店、元駅員が開く"
    text = (
        "引き戸を開けると、改札の名残の木枠の向こうに、天井まで届く本棚が三つ並んでいる。<br><br>"
        "店主は、この駅で切符を切っていた最後の駅員だった。<br><br>"
        "本はすべて町の人たちが持ち寄ったもので、読み終えたら戻してもいい。"
    )
    inner = (
        f'<article><h1>{title}</h1><div class="body"><div><a href="/articles/0a1b/images/000"><figure>'
        '<img src="/1.jpg" alt="" width="640"><figcaption>改札の木枠を残した店内</figcaption></figure></a></div>'
        f"<div><p>{text}</p></div></div></article>"
    )
    found = parse_page(page(inner, language="ja", title=title).encode(), "https://eki.example/articles/0a1b")
    assert found.article is not None
    assert found.article.text.startswith("引き戸を開けると")
    assert [plain(figure.caption) for figure in figures_of(found.article.blocks)] == ["改札の木枠を残した店内"]
    assert found.headline_lists == ()


def test_a_text_in_the_boxes_of_a_site_builder_is_kept_whole_though_each_is_small() -> None:
    title = "Библиотека открыла ночной читальный зал"
    first = "Ночной зал занял бывшую котельную во дворе, где сохранились трубы и кирпичный свод."
    second = "По словам директора, деньги на ремонт собирали два года: половину дал город."
    quoted = "«Днём я работаю, а ночью готовлюсь к экзаменам», — объяснила одна из посетительниц."
    last = "Вход в зал свободный, но кружку надо мыть самому."
    text = '<div class="rec"><div class="b"><div class="in"><div class="col"><div class="tx">{}'
    text += "</div></div></div></div></div>"
    other = '<div class="rec"><div class="b7">{}</div></div>'
    boxes = (
        other.format(f"<h1>{title}</h1>"),
        text.format(f"{first}<br><br>{second}"),
        other.format("<h2>Откуда деньги</h2>"),
        text.format(quoted),
        other.format("<blockquote>Тишина ночью другая.</blockquote>"),
        text.format(last),
        other.format('<a href="https://builder.example">Made with the builder</a>'),
    )
    html = page(f'<div class="all">{"".join(boxes)}</div>', language="ru", title=title)
    article = article_in(html, "https://zal.example/page331.html")
    assert article.text.split("\n\n") == [first, second, "Откуда деньги", quoted, "Тишина ночью другая.", last]
    assert [type(block).__name__ for block in article.blocks[2:5]] == ["Heading", "Paragraph", "Quote"]


POINTS = ("The mill stood idle for decades", "Three brothers paid for most of it", "Pupils come in winter")


@pytest.mark.parametrize(
    ("form", "below"),
    [("{}", ""), ("<svg></svg><div>{}</div>", ""), ("{}", "<li><a href='/n/8'>Ten mills that you must see</a></li>")],
    ids=["words", "words in a box beside a sign", "an offer below them"],
)
def test_the_points_right_below_the_title_are_the_storys(form: str, below: str) -> None:
    points = "".join(f"<li>{form.format(point)}</li>" for point in POINTS) + below
    article = story(f'<div class="text">{BODY}</div>', f'<ul class="points">{points}</ul><p>By Ann Weir</p>')
    assert article.text.startswith("\n\n".join(POINTS))


def test_a_list_that_tells_of_the_page_is_no_list_of_points() -> None:
    article = story(
        f'<div class="text">{BODY}</div>', "<ul><li>By our writer Ann Weir</li><li>2 October 2026</li></ul>"
    )
    assert article.text == "\n\n".join(TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "<p>- END -</p>",
        "<p>— Ende —</p>",
        "<p>Показов: 412</p>",
        "<div>Wyświetleń: 1 204</div>",
        '<p class="tip">Heb je een tip? Stuur je nieuws naar <a href="mailto:a@mill.example">a@mill.example</a>.</p>',
        "<p>Редактор: Марія Ткач</p>",
        "<p>责任编辑：王小二</p>",
        "<p>(Kiemelt kép: Varga Imre)</p>",
        "<p>Riproduzione riservata © Copyright La Valle</p>",
    ],
)
def test_a_note_of_the_house_below_the_text_is_no_part_of_it(line: str) -> None:
    assert story(BODY + line).text == "\n\n".join(TEXT)


@pytest.mark.parametrize(
    "line",
    ["Score: 8", "The price: four pounds.", "Remember this? The miller does.", "Flour: 7 a kilo", "And then: silence"],
)
def test_a_last_line_of_the_text_stays(line: str) -> None:
    assert story(f"{BODY}<p>{line}</p>").text == "\n\n".join((*TEXT, line))


@pytest.mark.parametrize(
    "between",
    [
        f'<p><strong>ये भी पढ़ें- <a href="/2">{OTHER} once more</a></strong></p>',
        f'<p><b>Czytaj – <a href="/2">{OTHER} once more</a></b></p>',
        '<div class="ticker">Читайте нас в <a href="https://t.me/valley">Telegram</a>.</div>',
        f'<div class="card"><h3><a href="/2">{OTHER}</a></h3><p>The driver waited until it had eaten.</p></div>',
        '<div class="ad">PR</div>',
        '<div class="strip"><small>Publicitate</small></div>',
    ],
)
def test_what_leads_away_between_two_paragraphs_is_left_out(between: str) -> None:
    first, *others = (f"<p>{text}</p>" for text in TEXT)
    assert story("".join((first, others[0], between, *others[1:]))).text == "\n\n".join(TEXT)


def test_the_last_words_of_a_text_without_stops_stay_and_the_label_over_links_goes() -> None:
    text = (
        "เรือลำแรกจอดเทียบท่าตั้งแต่ตีห้าครึ่ง มีขนมกล้วย ข้าวต้มมัด และดอกบัวที่เพิ่งเก็บจากบึงหลังวัด",
        "ตลาดแห่งนี้ปิดตัวลงหลังน้ำท่วมใหญ่พัดท่าเรือหายไปครึ่งหนึ่ง และคนหนุ่มสาวย้ายไปทำงานในเมือง",
        "เทศบาลออกค่าไม้ให้ครึ่งหนึ่ง ส่วนค่าแรงไม่มี เพราะทุกบ้านส่งคนมาช่วยกันตอกตะปูคนละวัน",
        "ที่จอดรถอยู่ฝั่งตรงข้ามวัด",
    )
    links = '<ul><li><a href="/news/1">รถไฟสายเก่าเปิดเดินอีกครั้ง</a></li><li><a href="/news/2">ฝนหนักถึงสิ้นสัปดาห์</a></li></ul>'
    inner = "".join(f"<p>{each}</p>" for each in text) + f"<p><strong>อ่านข่าวเพิ่มเติม</strong></p>{links}"
    title = "ตลาดน้ำกลับมาคึกคักอีกครั้งหลังปิดไปแปดปี"
    html = page(f"<div><h1>{title}</h1><div>{inner}</div></div>", language="th", title=title)
    assert article_in(html, "https://klong.example/news/local/233145").text == "\n\n".join(text)


def test_the_day_and_the_title_of_an_old_page_are_no_paragraph_though_only_a_break_parts_them() -> None:
    title = f"{TITLE}, and half of the valley has come to see it"
    text = "<br><br>".join(TEXT)
    html = (
        f"<html><head><title>Valley - {title}</title></head><body><table><tr><td>"
        "<font size=1><a href=/a>News</a><br><a href=/b>Weather</a></font></td><td>"
        f"<font size=1>2026. szeptember 20., vasárnap 10:15</font><br><font size=5><b>{title}</b></font><br><br>"
        f"<font size=3>{text}</font></td></tr></table></body></html>"
    )
    article = article_in(html, "http://valley.example/story.php?id=4411")
    assert (article.title, article.text) == (title, "\n\n".join(TEXT))


def test_the_sign_that_links_a_heading_to_itself_is_none_of_its_words() -> None:
    heading = '<h2 id="way">The way<a href="#way" aria-label="Anchor">&#8983;</a></h2>'
    html = page(
        f'<main><h1>{TITLE}<a class="headerlink" href="#top">¶</a></h1><p>{TEXT[0]}</p><p>{TEXT[1]}</p>{heading}'
        f"<p>{TEXT[2]}</p><p>{TEXT[3]}</p></main>"
    )
    article = article_in(html, URL)
    assert article.title == TITLE
    assert [plain(block.spans) for block in article.blocks if isinstance(block, Heading)] == ["The way"]


def test_a_mark_of_a_footnote_in_a_sentence_stays() -> None:
    article = story(BODY + '<p>The stones are older than the house<a href="#fn1">*</a>, says the miller.</p>')
    assert "older than the house*, says" in article.text


def test_who_is_quoted_in_a_figure_is_kept_with_the_quotation() -> None:
    quote = "<figure><blockquote>A mill must be heard.</blockquote><figcaption>Ian Marsh, miller</figcaption></figure>"
    first, *others = (f"<p>{text}</p>" for text in TEXT)
    article = story("".join((first, quote, *others)))
    (found,) = (block for block in article.blocks if isinstance(block, Quote))
    assert found.source == "Ian Marsh, miller"


def test_a_standfirst_that_is_named_a_kicker_is_one() -> None:
    article = story(f'<div class="text">{BODY}</div>', f'<div class="story-kicker"><h2>{LEAD}</h2></div>')
    assert article.lead == LEAD


def test_the_first_paragraph_is_not_joined_to_the_standfirst_though_its_tag_differs() -> None:
    inner = f'<div class="par">{TEXT[0]}</div>' + "".join(f'<p class="par">{text}</p>' for text in TEXT[1:])
    article = story(f'<div class="body">{inner}</div>', f'<h2 class="summary">{LEAD}</h2>')
    assert (article.lead, article.text) == (LEAD, "\n\n".join(TEXT))


def test_paragraphs_above_the_first_section_belong_to_the_text() -> None:
    sections = "".join(
        f'<section class="part"><h2>{heading}</h2><div class="part-text"><p>{text}<br><br>{text}</p></div></section>'
        for heading, text in (("The wheel", TEXT[2]), ("The winter", TEXT[3]))
    )
    article = story(
        f'<div class="more"><p>{TEXT[0]}<br><br>{TEXT[1]}</p>{sections}</div>', f'<p class="summary">{LEAD}</p>'
    )
    assert article.lead == LEAD
    assert article.text.startswith(f"{TEXT[0]}\n\n{TEXT[1]}")


def test_a_prompt_below_the_count_of_comments_is_no_text() -> None:
    prompt = "Um selbst einen Kommentar abgeben zu können, müssen Sie sich mit Ihrem Konto einloggen."
    article = story(f'<div id="c">{BODY}</div><div><h4>Reden Sie mit</h4><p>0 Kommentare</p><p>{prompt}</p></div>')
    assert article.text == "\n\n".join(TEXT)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('<div><span class="writer">سلمى الحداد - صنعاء</span> <span>02-10-2026</span></div>', ("سلمى الحداد",)),
        ('<div class="writer">Maria Lopez – Madrid</div><div>2 October 2026</div>', ("Maria Lopez",)),
        ('<div class="author">山谷网记者 顾晓棠</div><div>2026年10月02日</div>', ("顾晓棠",)),
        ("<small>2 October 2026 מאת נועה ברקאי</small>", ("נועה ברקאי",)),
        ("<div><span>کد خبر: </span>۸۸۱۲۳ <span>تاریخ انتشار: </span>02-10-2026</div>", ()),
        ("<div><span>2026-10-02 08:21</span><button>关注</button></div>", ()),
        ("<div><span>The Valley</span><span>Yvon Kerbrat.</span><span>Publié le <b>02/10/2026</b></span></div>",
         ("Yvon Kerbrat",)),
        ("<div>最終更新日 2026年10月2日</div>", ()),
        ("<div>作者：顾晓棠　發佈於 2026年10月2日</div>", ("顾晓棠",)),
        ("<div>Chủ Nhật, 02/10/2026 10:21</div>", ()),
        ('<p>2 October 2026</p><p class="show_author">责任编辑：王小二</p>', ()),
    ],
)  # fmt: skip
def test_a_name_is_read_without_what_is_beside_it(line: str, names: tuple[str, ...]) -> None:
    assert story(BODY, line).authors == names


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("", "<p>2 ottobre 2026 ( modifica il 2 ottobre 2026 | 18:20)</p>"),
        ("<div>الخميس 20 ربيع الآخر 1448 هـ الموافق 02-10-2026 - 10:15 ص</div>", ""),
    ],
)
def test_a_clock_beside_a_day_is_of_that_day_and_not_of_today(above: str, below: str) -> None:
    html = page(f"<main><article><h1>{TITLE}</h1>{above}{BODY}{below}</article></main>")
    published = article_in(html, "https://mill.example/the-mill-grinds-again", FETCHED).published
    assert published is not None
    assert published.date().isoformat() == "2026-10-02"


def test_the_heading_of_a_list_of_sources_stays_with_it() -> None:
    items = "".join(
        f"<li>{author} The stones of the valley. Weir Press.</li>" for author in ("Ann Weir (2019).", "O. Bell.")
    )
    article = story(f"{BODY}<h2>References</h2><ol>{items}</ol>")
    assert [plain(block.spans) for block in article.blocks if isinstance(block, Heading)] == ["References"]


def test_a_captioned_picture_below_the_last_paragraph_is_the_storys() -> None:
    last = f'<div class="img"><img src="/last.jpg" alt=""><span>{CAPTION} (foto: Ewa Kos)</span></div>'
    article = story(f'<div class="text">{BODY}{last}</div><p><a href="/share">Share</a></p>')
    assert [(plain(figure.caption), figure.credit) for figure in figures_of(article.blocks)] == [(CAPTION, "Ewa Kos")]


@pytest.mark.parametrize("said", ["", f"<span>{CAPTION}</span>"])
def test_a_picture_below_the_last_paragraph_that_nobody_is_said_to_have_taken_is_the_pages(said: str) -> None:
    last = f'<div class="img"><img src="/last.jpg" alt="">{said}</div>'
    article = story(f'<div class="text">{BODY}{last}</div><p><a href="/share">Share</a></p>')
    assert not list(figures_of(article.blocks))


def test_a_label_and_a_fact_below_the_title_are_no_standfirst() -> None:
    article = story(f"<div>{BODY}</div>", "<p><strong>Media contact:</strong> Press desk of the valley, 555-0100</p>")
    assert (article.lead, article.text) == (None, "\n\n".join(TEXT))
