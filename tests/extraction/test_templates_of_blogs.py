"""What the templates of blogs and of content systems put around a text: lives, licences, dates, linked pictures."""

import pytest

from newsreader.models import Article, figures_of, plain
from tests.extraction.reading import article_in

URL = "https://loom.example/2026/10/the-loom-weaves-again.html"
TITLE = "The loom in the town hall weaves again"
LEAD = "Four pupils have mended it in a year of evenings, and the first cloth is for the mayor's torn chair."
TEXT = (
    "The loom had been in the cellar since the flood, under a tarpaulin that the firemen forgot, and mice had eaten "
    "every strap that was made of leather.",
    "Its beams were straightened with warm sand, which took the whole of the winter, because the sand could be heated "
    "only in the oven of the bakery next door.",
    "Now it is worked on two evenings of the week, and whoever comes in has to throw the shuttle once before anybody "
    "will answer a question.",
)
LINES = (
    "Der Webstuhl lag seit dem Hochwasser im Keller, unter einer Plane der Feuerwehr, und die Mäuse fraßen das Leder.",
    "Seine Balken wurden mit warmem Sand gerichtet, und das dauerte einen ganzen Winter, denn der Sand kam aus dem "
    "Ofen der Bäckerei nebenan.",
    "An zwei Abenden der Woche wird nun gewebt, und wer hereinkommt, muss zuerst das Schiffchen werfen, bevor jemand "
    "eine Frage beantwortet.",
)
CAPTION = "The first cloth on the morning on which it was cut"
PICTURE = '<img src="/cloth.jpg" alt="" width="900">'
BODY = "".join(f"<p>{text}</p>" for text in TEXT)


def page(inner: str, language: str = "en", title: str = TITLE) -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title} | The Loom</title></head>'
        f'<body><div class="top"><a href="/">The Loom</a></div>{inner}</body></html>'
    )


def article_of(inner: str, language: str = "en", title: str = TITLE) -> Article:
    return article_in(page(inner, language, title), URL)


def body_of(article: Article) -> list[str]:
    return article.text.split("\n\n")


# --- who wrote it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "name", "life"),
    [
        ("ar", "ريم البستان", "ريم البستان تكتب عن الأنوال والأجراس ومن يصلحونها، وتسكن قرب المحطة."),
        ("he", "נעמה ברק", "נעמה ברק כותבת על נולים, פעמונים ומי שמטפלים בהם, וגרה ליד התחנה."),
    ],
)
def test_the_note_about_a_person_is_no_list_of_names(language: str, name: str, life: str) -> None:
    box = (
        f'<div class="postauthor"><div class="author-box"><div class="says"><div><a href="/a" class="fn">{name}</a>'
        f"</div><p>{life}</p></div></div></div>"
    )
    article = article_of(
        f'<article><div class="post"><h1>{TITLE}</h1><div>12.10.2026</div>{BODY}{box}</div></article>', language
    )
    assert article.authors == (name,)


@pytest.mark.parametrize(
    ("language", "first"),
    [
        (
            "de",
            "Im Frühjahr quellen die <em>Planken</em>, und die Mannschaft dichtet 14 Stunden lang die Fugen von Hand.",
        ),
        (
            "fr",
            "Au printemps les <em>planches</em> gonflent, et les 14 élèves refont les joints de la barque par Nantes.",
        ),
    ],
)
def test_a_sentence_with_a_number_names_nobody(language: str, first: str) -> None:
    article = article_of(
        f"<article><header><h1>{TITLE}</h1><time>12.10.2026</time></header><p>{first}</p>{BODY}</article>", language
    )
    assert article.authors == ()


def test_a_label_of_new_posts_names_nobody() -> None:
    crumbs = '<div class="crumbs"><a href="/">Top</a><span>›</span><span>Bài viết mới</span></div>'
    article = article_of(
        f'<main><section><h1>{TITLE}</h1><i>12.10.2026</i></section><div class="head">{crumbs}</div>{BODY}</main>',
        "vi",
    )
    assert article.authors == ()


def test_a_name_is_read_behind_a_date_whose_vowels_are_signs() -> None:
    meta = '<div class="meta"><span>8 अक्टूबर 2026</span> · 5 मिनट में पढ़ें · मीरा कदम</div>'
    article = article_of(f"<article><header><h1>{TITLE}</h1>{meta}</header><div>{BODY}</div></article>", "hi")
    assert article.authors == ("मीरा कदम",)


def test_a_note_in_the_articles_footer_begins_with_who_wrote_it() -> None:
    life = (
        '<div class="bio"><img src="/face.jpg" width="50" height="50" alt=""><p>Written by <strong>Edda Rowan</strong>'
    )
    article = article_of(
        f"<main><article><header><h1>{TITLE}</h1><p>12 October 2026</p></header><section>{BODY}</section><hr><footer>"
        f'{life} who lives by the weir and mends looms. <a href="https://x.example/e">Follow her</a></p></div></footer>'
        '</article><nav><a href="/2026/09/bells.html">The bells of the harbour ring at noon again</a></nav></main>'
    )
    assert article.authors == ("Edda Rowan",)
    assert body_of(article) == list(TEXT)


def test_the_address_of_the_page_itself_is_no_headline_beside_a_name() -> None:
    box = (
        '<div class="post-rights"><div class="rights__author"><span>Author: </span><span><a href="/">Edda Rowan</a>'
        f'</span></div><div class="rights__link"><span>Link: </span><span><a href="{URL}">{URL}</a></span></div></div>'
    )
    article = article_of(
        f'<header><h1>{TITLE}</h1><time>2026-10-12</time></header><main><div id="post"><article>{BODY}</article>{box}'
        "</div></main>"
    )
    assert article.authors == ("Edda Rowan",)


@pytest.mark.parametrize("end", ["<div style='clear:both'></div><br>", "<br><br>"])
@pytest.mark.parametrize(
    ("mark", "name"), [("Autor:&nbsp;", "Edda Rohan"), ("Автор: ", "Гнат Вербич"), ("Text: ", "Falk Oehler")]
)
def test_a_day_before_bare_lines_and_a_name_below_them_are_no_text(end: str, mark: str, name: str) -> None:
    inner = (
        f'<div class="all"><span class="date-time">12.10.2026</span>{"<br><br>".join(LINES)}{end}{mark}{name}<br></div>'
        '<p><a href="/news/">Zurück</a></p>'
    )
    article = article_of(f"<div class=content><h1>{TITLE}</h1>{inner}</div>", "de")
    assert body_of(article) == list(LINES)
    assert article.authors == (name,)


# --- pictures -------------------------------------------------------------------------------------


def test_a_picture_above_the_headline_and_its_topic_is_of_the_story() -> None:
    head = (
        f'<header class="head"><div class="wide"><a href="{URL}"><img src="/cloth.jpg" width="800" height="400" alt="">'
        '</a></div><div class="details"><header class="topic"><a href="/t/town">Town</a></header>'
        f'<h2 class="title"><a href="{URL}">{TITLE}</a></h2><footer><time>12.10.2026</time></footer></div></header>'
    )
    article = article_of(f"<main><article>{head}<section>{BODY}</section></article></main>")
    assert [figure.url for figure in figures_of(article.blocks)] == ["https://loom.example/cloth.jpg"]


def test_words_in_the_link_that_enlarges_a_picture_are_its_caption() -> None:
    box = f'<div class="newsImageContainer"><a href="/large/cloth.jpg">{PICTURE}<div>{CAPTION}</div></a></div>'
    article = article_of(
        f"<article><header><h1>{TITLE}</h1><p>12.10.2026</p></header><div>{box}<div>{BODY}</div></div></article>"
    )
    assert [(figure.url, plain(figure.caption)) for figure in figures_of(article.blocks)] == [
        ("https://loom.example/cloth.jpg", CAPTION)
    ]
    assert body_of(article) == list(TEXT)


# --- the beginning and the end --------------------------------------------------------------------


def test_a_standfirst_is_read_in_the_box_of_headline_and_byline() -> None:
    box = (
        f'<div class="title-byline"><h1>{TITLE}</h1><span class="day">12.10.2026</span> <span class="who">Edda Rowan'
        f'</span><p class="description">{LEAD}</p></div>'
    )
    article = article_of(f"<main><div class=row><div class=col>{box}{BODY}</div></div></main>")
    assert article.lead == LEAD
    assert body_of(article) == list(TEXT)


@pytest.mark.parametrize(
    "line",
    [
        'This post is licensed under <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a> by the '
        "author.",
        'Dieser Text steht unter <a href="https://creativecommons.org/licenses/by-sa/4.0/deed.de">CC BY-SA 4.0</a>.',
        'Цей допис його автор дозволяє поширювати на умовах <a rel="license" href="/terms">вільної ліцензії</a> тим, '
        "хто назве його ім'я.",
    ],
)
def test_the_licence_below_a_text_is_no_part_of_it(line: str) -> None:
    article = article_of(
        f'<div class="post"><h1>{TITLE}</h1><div>12.10.2026</div><div>{BODY}</div><div class="tail"><div>{line}</div>'
        "</div></div>"
    )
    assert body_of(article) == list(TEXT)


def test_a_last_paragraph_about_a_licence_stays() -> None:
    last = (
        "The pattern of the cloth is anybody's to weave: the pupils have given it away under a licence that asks for "
        'nothing but <a href="https://creativecommons.org/licenses/by/4.0/">their names</a>, which are woven into the '
        'hem, and the <a href="https://guild.example/looms">guild of weavers</a> has asked for the first copy of it.'
    )
    article = article_of(f"<article><h1>{TITLE}</h1><div>12 October 2026</div>{BODY}<p>{last}</p></article>")
    assert len(body_of(article)) == len(TEXT) + 1


CHINESE = (
    "织布机自从那场洪水以后一直放在地窖里，盖着消防队忘下的油布，老鼠咬坏了每一条皮带。",
    "横梁是用热沙一点一点扳直的，这花了整整一个冬天，因为沙子只能在隔壁面包房的炉子里烧热。",
    "现在每个星期有两个晚上织布，谁要是走进来，都得先投一次梭子，然后才有人回答他的问题。",
    "孩子们给市长的旧椅子织了第一块布，剪下来的线头都装进一只玻璃罐里，摆在门厅的窗台上。",
)


def test_a_label_and_a_linked_title_without_blanks_are_no_text() -> None:
    pointer = '<p><strong>相关文章:</strong> <a href="/2026/09/bells">港口的钟又在中午敲响了</a></p>'
    lines = (
        "".join(f"<p>{text}</p>" for text in CHINESE[:2]) + pointer + "".join(f"<p>{text}</p>" for text in CHINESE[2:])
    )
    article = article_of(
        f"<article><h1>市政厅的织布机又响起来了</h1>{lines}</article>", "zh", "市政厅的织布机又响起来了"
    )
    assert body_of(article) == list(CHINESE)


@pytest.mark.parametrize("topic", ["Thema der Woche", "Aus den Werkstätten"])
def test_a_topic_and_a_date_in_one_link_name_nobody(topic: str) -> None:
    head = f'<div class="meta"><a href="{URL}">{topic} // <span class="day">12.10.2026</span></a></div><h1>{TITLE}</h1>'
    article = article_of(f"<main><div class=head>{head}</div><div>{BODY}</div></main>", "de")
    assert article.authors == ()


def test_the_time_in_a_link_to_the_page_itself_is_the_storys() -> None:
    meta = (
        f'<footer><span class="posted-on"><a href="{URL}" rel="bookmark"><time class="entry-date published" '
        'datetime="2026-10-12T06:30:00+02:00">Monday, the twelfth of October 2026</time></a></span></footer>'
    )
    reply = (
        '<li><a href="#comment-7"><time datetime="2026-10-15T11:00:00+02:00">15.10.2026</time></a><p>Bravo!</p></li>'
    )
    article = article_of(
        f'<article><header><h1>{TITLE}</h1></header>{BODY}{meta}</article><div class="comments"><ol>{reply}</ol></div>'
    )
    assert article.published is not None
    assert article.published.isoformat() == "2026-10-12T06:30:00+02:00"


def test_a_standfirst_without_blanks_is_read_below_the_headline() -> None:
    title, lead = "市政厅的织布机又响起来了", "四个学生用一年的晚上把它修好，第一块布给了市长的旧椅子。"
    inner = (
        f'<article><header class="head"><div class="breadcrumbs"><a href="/">首页</a></div><h1>{title}</h1><div '
        f'class="description">{lead}</div><div class="meta">2026年10月12日</div></header>'
        f"{''.join(f'<p>{text}</p>' for text in CHINESE)}</article>"
    )
    html = page(inner, "zh", title).replace("</head>", f'<meta name="description" content="{lead}"></head>')
    assert article_in(html, URL).lead == lead


def test_a_short_headline_of_wide_letters_begins_the_story_with_its_picture() -> None:
    title = "등대지기가 나방을 센다"
    box = f'<div class="img-wrap"><a href="/large/lamp.jpg">{PICTURE}</a><p class="img-caption">창고의 등불</p></div>'
    lines = (
        "등대지기는 여름 내내 등불로 날아온 나방을 하나하나 적었고 그 목록은 전문가들까지 놀라게 했다고 한다.",
        "그는 밤마다 같은 시각에 계단을 올라 창문을 닦은 뒤 의자에 앉아서 첫 나방이 올 때까지 차를 마셨다.",
        "가을이 되자 목록은 공책 세 권을 채웠고 학교에서는 아이들이 그 이름을 소리 내어 읽는 시간을 만들었다.",
    )
    article = article_of(
        f'<div class="news"><div class="top"><h3>{title}</h3></div><p><time datetime="2026-09-05">05.09.2026</time></p>'
        f"{box}<div>{''.join(f'<p>{text}</p>' for text in lines)}</div></div>",
        "ko",
        title,
    )
    assert [figure.url for figure in figures_of(article.blocks)] == ["https://loom.example/cloth.jpg"]


@pytest.mark.parametrize("has_byline", [False, True])
def test_a_standfirst_without_blanks_is_read_in_a_header(has_byline: bool) -> None:
    title, lead = "市政厅的织布机又响起来了", "四个学生用一年的晚上把它修好，第一块布给了市长的旧椅子。"
    byline = '<div class="line"><span>作者 <a href="/author/1">柳若溪</a></span> — <time>2026年10月12日</time></div>'
    article = article_of(
        f'<article><header><h1>{title}</h1>{byline if has_byline else ""}<div class="description">{lead}</div></header>'
        f"<div>{''.join(f'<p>{text}</p>' for text in CHINESE)}</div></article>",
        "zh",
        title,
    )
    assert article.lead == lead
    assert body_of(article) == list(CHINESE)


@pytest.mark.parametrize(
    ("language", "mark", "name", "lead"),
    [
        ("ar", "بقلم", "ريم البستان", "أصلح أربعة تلاميذ النول في عام من الأمسيات، وأول قماش لكرسي العمدة الممزق."),
        ("ko", "글", "한별솔", "네 학생이 한 해 동안 저녁마다 베틀을 고쳤고 첫 천은 시장의 낡은 의자에 쓰였다."),
        ("en", "By", "Edda Rowan", "Four pupils mended it in a year of evenings for the mayor's torn chair."),
    ],
)
def test_a_standfirst_in_the_box_of_the_byline_hides_no_name(language: str, mark: str, name: str, lead: str) -> None:
    line = f'<span>{mark} <a href="/author/1">{name}</a></span> — <span>Zeit</span> <time>12.10.2026</time>'
    article = article_of(
        f'<article><header><h1>{TITLE}</h1><div class="doc">{line}</div><div class="description">{lead}</div></header>'
        f"<div>{BODY}</div></article>",
        language,
    )
    assert article.authors == (name,)


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("ar", "وافق المجلس على إعادة النول، لكن على التلاميذ أولاً أن يثبتوا أنه ينسج."),
        ("th", "สภายอมคืนกี่ทอผ้า แต่นักเรียนต้องพิสูจน์ก่อนว่ามันยังทอได้และไม่ทำให้ผ้าขาด"),
    ],
)
def test_a_standfirst_beside_the_date_is_no_name(language: str, lead: str) -> None:
    head = f"<h2>{TITLE}</h2><h3>{lead}</h3><footer><div><time>12.10.2026</time></div><div>5 min</div></footer>"
    article = article_of(
        f"<main><article><header><div>{head}</div></header><section>{BODY}</section></article></main>", language
    )
    assert article.authors == ()


@pytest.mark.parametrize("label", ["Authors", "Author", "Автор"])
def test_a_name_is_read_in_a_list_of_terms(label: str) -> None:
    terms = (
        "<dt class=sr-only>Name</dt><dd>Edda Rowan</dd><dt class=sr-only>Account</dt><dd><a href='/u'>@edda</a></dd>"
    )
    box = (
        f"<dl><dt class=sr-only>{label}</dt><dd><ul><li><img alt=avatar src=/f.jpg><dl>{terms}</dl></li></ul></dd></dl>"
    )
    article = article_of(
        f"<article><header><dl><dt class=sr-only>Published on</dt><dd><time>12.10.2026</time></dd></dl><h1>{TITLE}</h1>"
        f"</header><div>{box}<div><div>{BODY}</div></div></div></article>"
    )
    assert article.authors == ("Edda Rowan",)


def test_a_label_that_is_only_read_out_names_nobody() -> None:
    box = (
        '<section><strong id="article-byline" class="visually-hidden">Article Information</strong><ul><li><span>'
        '<span class="visually-hidden">Place, </span>Lower Weir</span></li></ul></section>'
    )
    article = article_of(f"<main><div><h1>{TITLE}</h1></div>{box}<div>{BODY}</div></main>")
    assert article.authors == ()


def test_the_articles_own_footer_names_who_wrote_it() -> None:
    foot = (
        '<footer class="entry-footer"><div class="posted-by"><span class="posted-on">Published <time '
        'datetime="2026-10-12">12 October 2026</time></span><span class="byline">By <a href="/author/edda/" '
        'rel="author">Edda Rowan</a></span></div></footer>'
    )
    article = article_of(
        f'<main><article class="post entry"><header><h1>{TITLE}</h1></header><div class="text">{BODY}</div>{foot}'
        "</article></main>"
    )
    assert article.authors == ("Edda Rowan",)
