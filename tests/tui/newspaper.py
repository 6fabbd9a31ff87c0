"""A small newspaper in our own words, as values: what the screens are tried with."""

from datetime import UTC, datetime, timedelta

from newsreader.models import (
    Article,
    Cell,
    Figure,
    Heading,
    Headline,
    HeadlineList,
    ListBlock,
    ListKind,
    Page,
    Paragraph,
    Preformatted,
    Quote,
    Span,
    Table,
)
from newsreader.site_rules import Candidate, RuleStep, SiteRule

NOW = datetime(2026, 11, 22, 14, 6, tzinfo=UTC)
SITE = "https://vesti.example/"


def _at(day: int, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute)  # noqa: DTZ001  (a page's local time)


def address(slug: str) -> str:
    return f"{SITE}news/{slug}.html"


def _headline(day: int, clock: str, slug: str, title: str, views: int | None = None, summary: str = "") -> Headline:
    return Headline(
        title, address(slug), summary=summary or None, time_text=clock, published=_at(day, clock), views=views
    )


LATEST = HeadlineList(
    "Последние новости",
    ListKind.LATEST,
    (
        _headline(
            22, "14:02", "harbour", "Углубление гавани отложено до марта: под восточным молом нашли боеприпасы", 1240
        ),
        _headline(22, "13:40", "quota", "Министры согласовали рыболовные квоты после ночных переговоров", 418),
        _headline(22, "13:05", "storm", "Штормовое предупреждение снято на всём северном побережье", 226),
        _headline(22, "12:10", "tunnel", "Почему тоннель под проливом строили девять лет", 3100),
        _headline(22, "11:58", "rates", "Ставка осталась на уровне 3,5 процента", 97),
        _headline(22, "11:20", "museum", "Музей мореплавания открылся после наводнения", 154),
        _headline(22, "10:47", "protest", "Двое задержаны после акции протеста в порту", 762),
        _headline(22, "10:31", "ferries", "Паромы переходят на зимнее расписание", 88),
        _headline(21, "21:30", "keeper", "Смотритель маяка: история одной семьи", 1900),
        _headline(21, "19:02", "orchestra", "Городской оркестр дал концерт под открытым небом", 333),
        _headline(21, "18:44", "shipyard", "Верфь получила заказ на шесть ледоколов", 509),
        _headline(20, "17:20", "library", "Библиотека в старом доке: что в ней можно читать ночью", 41),
    ),
    more_url=f"{SITE}news/page/2",
)
POPULAR = HeadlineList(
    "Читают сейчас",
    ListKind.POPULAR,
    (
        Headline("Как читать карту глубин", address("depths"), summary="Короткое объяснение для тех, кто на берегу."),
        Headline("Пять причалов, которых больше нет", address("piers"), views=12400),
        Headline("Рецепт ухи от смотрителя маяка", address("soup"), views=870),
    ),
)
FURTHER = tuple(
    _headline(20, f"{16 - n}:0{n}", f"older-{n}", f"Новость второй страницы, номер {n}", 10 + n) for n in range(5)
)

HARBOUR = Article(
    url=address("harbour"),
    title="Углубление гавани отложено до марта: под восточным молом нашли боеприпасы",
    lead="Вторая очередь работ ждёт обследования дна, подрядчик готов нести расходы сам",
    authors=("Ирина Ковальчук",),
    published=datetime(2026, 11, 22, 14, 2, tzinfo=UTC),
    site_name="Вести гавани",
    language="ru",
    translations={"uk": "https://vesti.example/uk/news/harbour.html"},
    blocks=(
        Paragraph(
            (
                Span(
                    "Управление порта сообщило в четверг, что вторая очередь дноуглубительных работ начнётся в марте, "
                    "на три месяца позже намеченного: водолазы, осматривавшие дно у "
                ),
                Span("восточного мола", href=address("mole")),
                Span(", нашли неразорвавшиеся снаряды времён войны."),
            )
        ),
        Paragraph(
            (
                Span("Сапёры оценивают находку в "),
                Span("несколько десятков предметов", strong=True),
                Span(
                    ". По словам начальника порта, «спешить здесь нельзя», а движение судов по главному фарватеру не "
                    "прерывается."
                ),
            )
        ),
        Quote(
            (Paragraph((Span("Мы знали, что дно хранит историю. Мы не знали, что она может взорваться."),)),),
            "начальник порта",
        ),
        Figure("https://vesti.example/i/dredger.jpg", "", (Span("Землечерпалка у мола, ноябрь"),), "М. Бойко"),
        Heading((Span("Сколько это будет стоить"),), 2),
        Paragraph(
            (
                Span("Отсрочка обойдётся примерно в 4,2 миллиона; подрядчик согласился взять на себя часть расходов: "),
                Span("смета", href=address("estimate")),
                Span(" опубликована."),
            )
        ),
        ListBlock(
            (
                (Paragraph((Span("обследование дна — до конца января"),)),),
                (Paragraph((Span("вывоз находок — февраль, только при спокойном море"),)),),
                (Paragraph((Span("вторая очередь — март"),)),),
            )
        ),
        Table(
            (
                (Cell((Span("Очередь"),), True), Cell((Span("Глубина, м"),), True), Cell((Span("Срок"),), True)),
                (Cell((Span("первая"),)), Cell((Span("9,5"),)), Cell((Span("готова"),))),
                (Cell((Span("вторая"),)), Cell((Span("11,0"),)), Cell((Span("март"),))),
            ),
            "Работы в гавани",
        ),
        Heading((Span("Что дальше"),), 2),
        *(
            Paragraph(
                (
                    Span(
                        f"Абзац {n}. Город рассчитывает вернуть остальное по страховке, заключённой ещё при первой "
                        "очереди; до тех пор суда с осадкой больше девяти метров будут ждать прилива на рейде."
                    ),
                )
            )
            for n in range(1, 13)
        ),
    ),
)
HARBOUR_UK = Article(
    url="https://vesti.example/uk/news/harbour.html",
    title="Поглиблення гавані відкладено до березня: під східним молом знайшли боєприпаси",
    lead=None,
    authors=("Ірина Ковальчук",),
    published=datetime(2026, 11, 22, 14, 2, tzinfo=UTC),
    language="uk",
    translations={"ru": address("harbour")},
    blocks=(Paragraph((Span("Управління порту повідомило у четвер, що друга черга робіт почнеться в березні."),)),),
)


TECHNICAL = Article(
    url=address("harbour"),
    title="Прилив в двадцати строках",
    authors=("Ирина Ковальчук",),
    published=datetime(2026, 11, 22, 14, 2, tzinfo=UTC),
    language="ru",
    blocks=(
        Paragraph((Span("Высоту воды считает функция "), Span("rise", code=True), Span(", остальное делает таблица."))),
        Preformatted(
            "# высота воды у мола\nfrom harbour import mole\n\ndef rise(level: int) -> str:\n"
            "    return 'high' if level > 30 else None\n",
            "python",
        ),
        Table(
            (
                tuple(Cell((Span(f"Причал {n}"),), True) for n in range(1, 13)),
                *(tuple(Cell((Span(f"глубина {9 + n % 4},{row}"),)) for n in range(12)) for row in range(3)),
            ),
            "Глубины у причалов",
        ),
        ListBlock(
            (
                (Paragraph((Span("утренний прилив виден с набережной, вечерний — только с маяка на краю мола"),)),),
                (Paragraph((Span("в полнолуние вода стоит на полметра выше"),)),),
            ),
            ordered=True,
            start=9,
        ),
        Paragraph((Span("הנמל מתעורר לאט, והסירות יוצאות אל הים אחת אחת, כשהגאות עולה על שובר הגלים."),)),
        Paragraph((Span("港の朝は早い。船は一艘ずつ沖へ出て、潮が満ちるころには桟橋だけが静かに残っている。"),)),
        Paragraph((Span("เรือออกจากท่าทีละลำเมื่อน้ำขึ้น และ बंदरगाह धीरे-धीरे जागता है, नावें निकलती हैं 👩‍🚀🚢"),)),
        Heading((Span("Что дальше"),), 2),
        Paragraph((Span("К вечеру вода уходит, и всё начинается сначала: у прилива нет выходных. " * 3),)),
    ),
)


def short_article(headline: Headline) -> Article:
    return Article(
        url=headline.url,
        title=headline.title,
        authors=("Ян Шторм",),
        published=headline.published,
        language="ru",
        blocks=tuple(
            Paragraph((Span(f"Абзац {n} статьи. В порту говорят, что к вечеру станет ясно, чем это кончится."),))
            for n in range(1, 4)
        ),
    )


def pages() -> dict[str, Page]:
    """Every page of the newspaper, by its address."""
    lists = (LATEST, POPULAR)
    found = {
        SITE: Page(SITE, "Вести гавани", "Вести гавани", "ru", None, lists),
        HARBOUR.url: Page(HARBOUR.url, HARBOUR.title, "Вести гавани", "ru", HARBOUR, (LATEST,)),
        HARBOUR_UK.url: Page(HARBOUR_UK.url, HARBOUR_UK.title, "Вести гавани", "uk", HARBOUR_UK, ()),
    }
    mole = Headline("Восточный мол: двести лет на ветру", address("mole"), published=_at(1, "09:00"))
    for headline in (*LATEST.headlines[1:], *POPULAR.headlines, *FURTHER, mole):
        found[headline.url] = Page(headline.url, headline.title, "Вести гавани", "ru", short_article(headline))
    return found


def minutes_ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def _cut(*words: str) -> Article:
    return Article(HARBOUR.url, HARBOUR.title, tuple(Paragraph((Span(text),)) for text in words), language="ru")


WHOLE = _cut("Меню: город, море, погода.", "Сводка лоцманов: прилив в шесть.", "Вести гавани, набережная, 1.")
CHOSEN = _cut("Сводка лоцманов: прилив в шесть, отлив в полдень.")
CANDIDATES = tuple(
    Candidate(SiteRule("vesti.example", (RuleStep("div", (name,), 1),), HARBOUR.url), words, count)
    for name, words, count in (
        (".pilots", "Сводка лоцманов: прилив в шесть, отлив в полдень, на рейде ждут три судна с осадкой больше…", 412),
        (".letters", "Письма читателей: почему на восточном молу снова нет скамеек", 188),
        (".notice", "Редакция напоминает", 1),
    )
)
LIST_CANDIDATES = tuple(
    Candidate(SiteRule("vesti.example", (RuleStep("ul", (name,), 1),), SITE, "list"), words, 7 * count, count)
    for name, words, count in (
        (".docks", "У третьего причала разгружают соль", 24),
        (".menu", "Расписание паромов", 5),
    )
)
CHOSEN_LIST = HeadlineList(
    "У причалов",
    ListKind.LATEST,
    tuple(
        Headline(title, address(slug))
        for slug, title in (("salt", "У третьего причала разгружают соль"), ("rope", "Канатный двор ищет мастеров"))
    ),
)
