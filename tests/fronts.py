"""Front pages of invented papers in random markups: each part is drawn by itself, and what a reader sees is known.

Words are invented too, from syllables of several scripts, so that no vocabulary helps.
"""

from collections.abc import Callable  # noqa: TC003
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from random import Random

URL = "https://quillpost.example/"
MIRROR = "https://keeper.example/saved/quillpost"
FETCHED_AT = datetime(2026, 3, 4, 16, 0, tzinfo=UTC)
_SYLLABLES = {
    "en": "mar ten lor vis dan pel os rin tal qui bor sem nal fer gon",
    "de": "bru scha ten lür mor wal feld gen kar stö ner haf zim bel",
    "uk": "ба ри тер мол ве сна го пар лі ток ше дун кра зем",
    "el": "κα λο μα ρι τε νου πα σα δη φερ βι γο θα λε",
    "ar": "با ري تم ول نس كر دا شم قل هو فن سر لت زه",
    "zh": "海 港 渡 轮 春 天 山 城 灯 塔 市 民 新 桥 河 船 夜 风 书 石",
    "he": "בא רי תם מול נס כר דא שם קל הו פן סר לת זה",
    "ja": "海 港 の 船 春 山 は 城 灯 橋 市 に 夜 風 を 石 川 町 で 花",
    "th": "มา ริน ตะ โล วิ สา กอ นา พล เดช สุข ชัย ทอง งาม",
}
_UNSPACED = {"zh", "ja", "th"}
_DAYS = {
    "en": ("{d} March {y}", "Wednesday Thursday Friday Saturday Sunday Monday Tuesday"),
    "de": ("{d}. März {y}", ""),
    "uk": ("{d} березня {y}", ""),
    "el": ("{d} Μαρτίου {y}", ""),
    "ar": ("{d} مارس {y}", ""),
    "zh": ("{y}年3月{d}日", ""),
    "he": ("{d} במרץ {y}", ""),
    "ja": ("{y}年3月{d}日", ""),
    "th": ("{d} มีนาคม {y}", ""),
}
_AGES = {
    "en": "{n} hours ago",
    "de": "vor {n} Std.",
    "uk": "{n} год тому",
    "el": "πριν από {n} ώρες",
    "ar": "منذ {n} ساعات",
    "zh": "{n}小时前",
    "he": "לפני {n} שעות",
    "ja": "{n}時間前",
    "th": "{n} ชั่วโมงที่แล้ว",
}
_COMMENTS = {
    "en": "{n} comments",
    "de": "{n} Kommentare",
    "uk": "{n} коментарів",
    "el": "{n} σχόλια",
    "ar": "{n} تعليق",
    "zh": "{n} 评论",
    "he": "{n} תגובות",
    "ja": "コメント {n}",
    "th": "{n} ความคิดเห็น",
}


@dataclass(frozen=True)
class Row:
    """A story as a reader sees it.

    Attributes:
        day: When it was published, if the page says so; else None.
    """

    title: str
    url: str
    label: str | None
    day: str | None = None
    kicker: str | None = None
    comments: int | None = None


@dataclass(frozen=True)
class Front:
    """A page with what is on it, in its order."""

    html: str
    language: str
    rows: tuple[Row, ...]
    url: str = URL


def front(seed: int) -> Front:
    """Return the front page of a number."""
    return _Writer(Random(seed)).page()


class _Writer:
    """Draws one page."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.language = random.choice(list(_SYLLABLES))
        self.named = random.random() < 0.6  # class names that say something
        self.rows: list[Row] = []
        self._number = random.randrange(1000, 9000)
        self._kickers = random.random() < 0.5
        self._times = random.choice(["none", "stamp", "clock", "age", "date"])
        self._comments = random.random() < 0.4
        self._ranks = random.random() < 0.2
        self._badges = random.random() < 0.3
        self._authors = random.random() < 0.3
        self._topics = random.random() < 0.3
        self._pictures = random.random() < 0.5
        self._summaries = random.random() < 0.4
        self._title = random.choice(["h2", "h3", "link", "beside", "em", "br", "stretched", "cut"])
        self._address = random.choice(["/news/{n}-{s}", "/{n}.html", "/2026/03/{s}-{n}/", "/story.php?id={n}"])
        self._head = random.choice(["h2", "h2 link", "div", "drawn"] if self.named else ["h2", "h2 link", "drawn"])
        self._mirror = random.random() < 0.1

    def words(self, least: int, most: int) -> str:
        """Return invented words, the first with a capital."""
        syllables = _SYLLABLES[self.language].split()
        if self.language == "th":
            return "".join(self.random.choices(syllables, k=self.random.randint(least, most) + 1))
        if self.language in _UNSPACED:
            return "".join(self.random.choices(syllables, k=3 * self.random.randint(least, most)))
        found = ["".join(self.random.choices(syllables, k=self.random.randint(2, 3))) for _ in range(least)]
        found += ["".join(self.random.choices(syllables, k=2)) for _ in range(self.random.randint(0, most - least))]
        return " ".join([found[0].capitalize(), *found[1:]])

    def mark(self, name: str) -> str:
        """Return a class attribute, or none on pages whose names say nothing."""
        return f' class="{name}"' if self.named else ""

    def page(self) -> Front:
        """Return the page, whatever was drawn."""
        parts: list[Callable[[], str]] = [self.section for _ in range(self.random.randint(2, 5))]
        parts.append(self.random.choice([self.tabs, self.ticker, self.days, self.section, self.panes, self.table]))
        parts += [part for part in (self.button, self.strip, self.hidden, self.poll) if self.random.random() < 0.25]
        parts += [self.single] if self.random.random() < 0.3 else []
        self.random.shuffle(parts)
        if self.random.random() < 0.3:
            parts.insert(0, self.lead)
        menu = "".join(f'<li><a href="/{n}/">{escape(self.words(1, 1))}</a></li>' for n in "abcdef")
        main = "".join(part() for part in parts)
        foot = '<footer><p>© Quillpost 2026</p><a href="/imprint">Imprint</a> <a href="/terms">Terms</a></footer>'
        direction = ' dir="rtl"' if self.language in ("ar", "he") else ""
        named = f'<link rel="canonical" href="{URL}">' if self._mirror else ""
        html = (
            f'<!DOCTYPE html><html lang="{self.language}"{direction}><head><meta charset="utf-8">{named}'
            "<title>Quillpost</title></head>"
            f'<body><header><a href="/">Quillpost</a><nav><ul>{menu}</ul></nav></header><main>{main}</main>{foot}'
            "</body></html>"
        )
        return Front(html, self.language, tuple(self.rows), MIRROR if self._mirror else URL)

    # --- parts of a page ---

    def section(self) -> str:
        """Return a section under its heading."""
        label = self.words(1, 2)
        tag = self.random.choice(["ul", "div", "articles"])
        cards = [self.card(label) for _ in range(self.random.randint(3, 8))]
        if self.named and self.random.random() < 0.2:
            cards.insert(self.random.randint(1, len(cards)), self.advert())
        return f"<section>{self.heading(label)}{self.wrapped(cards, tag)}</section>"

    def tabs(self) -> str:
        """Return a row of heads, and a pane for each."""
        labels = [self.words(1, 1) for _ in range(3)]
        lists = [self.wrapped([self.card(label) for _ in range(4)], "ul") for label in labels]
        if self.random.random() < 0.5:
            heads = "".join(f'<li><a href="#pane{n}">{escape(label)}</a></li>' for n, label in enumerate(labels))
            panes = "".join(f'<div id="pane{n}">{inside}</div>' for n, inside in enumerate(lists))
            return f"<div><ul{self.mark('tabs')}>{heads}</ul>{panes}</div>"
        heads = "".join(f"<li><a>{escape(label)}</a></li>" for label in labels)
        panes = "".join(f"<div>{inside}</div>" for inside in lists)
        return f"<div><ul{self.mark('tabs')}>{heads}</ul><div>{panes}</div></div>"

    def panes(self) -> str:
        """Return headings that unfold the lists below them."""
        parts = []
        for _ in range(3):
            label = self.words(1, 1)
            rows = self.wrapped([self.card(label) for _ in range(4)], "ul")
            parts.append(f'<h3><a href="#">{escape(label)}</a></h3><div>{rows}</div>')
        return f"<div>{''.join(parts)}</div>"

    def table(self) -> str:
        """Return a table in which the row below each headline says how old it is and how much was written."""
        label = self.words(1, 2)
        rows = []
        for number in range(1, self.random.randint(6, 12)):
            hours, count = self.random.randint(2, 9), self.random.randint(1, 300)
            row = self.row(label, day=(FETCHED_AT - timedelta(hours=hours)).date().isoformat(), comments=count)
            age, said = _AGES[self.language].format(n=hours), _COMMENTS[self.language].format(n=count)
            rows.append(f'<tr><td>{number}.</td><td><a href="{row.url}">{escape(row.title)}</a></td></tr>')
            rows.append(f'<tr><td></td><td><span>{age}</span> | <a href="/talk?id={self._number}">{said}</a></td></tr>')
        return f"<section>{self.heading(label)}<table><tbody>{''.join(rows)}</tbody></table></section>"

    def single(self) -> str:
        """Return a section of one story."""
        label = self.words(1, 2)
        return f"<section><h2>{escape(label)}</h2><article>{self.card(label)}</article></section>"

    def lead(self) -> str:
        """Return what the editors put first, under no label."""
        first, *others = (self.row(None) for _ in range(4))
        picture = '<img src="/p/lead.jpg" alt="">'
        rest = "".join(f'<div><h3><a href="{row.url}">{escape(row.title)}</a></h3></div>' for row in others)
        title = f'<h2><a href="{first.url}">{picture}{escape(first.title)}</a></h2>'
        return f"<div><div>{title}<p>{escape(self.words(14, 22))}.</p></div>{rest}</div>"

    # --- what is no story ---

    def advert(self) -> str:
        """Return a card that somebody paid for."""
        title = escape(self.words(5, 8))
        return (
            f'<div class="sponsored"><h3><a href="https://shop.example/buy/{self._number}?aff=1">{title}</a></h3></div>'
        )

    def button(self) -> str:
        """Return something to press."""
        return f'<div class="btn-more">{escape(self.words(2, 3))}</div>'

    def strip(self) -> str:
        """Return topics of the day."""
        links = "".join(f'<a href="/topic/{n}/">{escape(self.words(1, 2))}</a> ' for n in range(4))
        return f"<div>{links}</div>"

    def hidden(self) -> str:
        """Return a list that no reader sees."""
        items = "".join(
            f'<li><a href="/news/{n}-never-shown-at-all">{escape(self.words(5, 8))}</a></li>' for n in range(3)
        )
        return f"<div hidden><h2>{escape(self.words(1, 2))}</h2><ul>{items}</ul></div>"

    def poll(self) -> str:
        """Return a question with answers to choose from."""
        choices = "".join(f'<label><input type="radio" name="q">{escape(self.words(1, 3))}</label>' for _ in range(3))
        return f"<form><h3>{escape(self.words(4, 7))}?</h3>{choices}<button>OK</button></form>"

    def ticker(self) -> str:
        """Return a list of clocks, and the day of each in the markup."""
        label = self.words(1, 2)
        moment = FETCHED_AT
        items = []
        for _ in range(self.random.randint(8, 16)):
            moment -= timedelta(minutes=self.random.randint(30, 300))
            row = self.row(label, day=moment.date().isoformat())
            stamp = moment.strftime("%Y-%m-%dT%H:%M:%S")
            clock = f'<time datetime="{stamp}">{moment:%H:%M}</time>'
            items.append(f'{clock} <a href="{row.url}">{escape(row.title)}</a>')
        return f"<section>{self.heading(label)}{self.wrapped(items, 'ul')}</section>"

    def days(self) -> str:
        """Return lists of clocks under the days."""
        parts = []
        for back in range(3):
            day = FETCHED_AT.date() - timedelta(days=back)
            label = _DAYS[self.language][0].format(d=day.day, y=day.year)
            minutes = sorted((self.random.randint(0, 900) for _ in range(4)), reverse=True)
            rows = [self.row(label, day=day.isoformat()) for _ in minutes]
            items = [
                f'<span>{m // 60:02}:{m % 60:02}</span> <a href="{row.url}">{escape(row.title)}</a>'
                for m, row in zip(minutes, rows, strict=True)
            ]
            parts.append(f"<h3>{label}</h3>{self.wrapped(items, 'ul')}")
        return f"<div>{''.join(parts)}</div>"

    def heading(self, label: str) -> str:
        """Return the heading of a section."""
        if self._head == "drawn":
            return f'<h2><a href="/{self.random.randrange(99)}/"><svg><title>{escape(label)}</title></svg></a></h2>'
        if self._head == "h2 link":
            return f'<h2><a href="/{self.random.randrange(99)}/">{escape(label)}</a></h2>'
        return (
            f"<h2>{escape(label)}</h2>" if self._head == "h2" else f'<div class="section-header">{escape(label)}</div>'
        )

    def wrapped(self, items: list[str], how: str) -> str:
        """Return the cards in a list, in boxes or as articles."""
        if how == "ul":
            return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
        tag = "article" if how == "articles" else "div"
        return "<div>" + "".join(f"<{tag}{self.mark('card')}>{item}</{tag}>" for item in items) + "</div>"

    # --- cards ---

    def row(self, label: str | None, **message: str | int | None) -> Row:
        """Return a new story."""
        self._number += self.random.randint(1, 40)
        title = self.words(4, 9)
        slug = f"story-of-the-week-{self._number}"
        url = URL.rstrip("/") + self._address.format(n=self._number, s=slug)
        row = Row(title, url, label, **message)  # type: ignore[arg-type]
        self.rows.append(row)
        return row

    def card(self, label: str) -> str:
        """Return a story with all that the page shows of its stories."""
        message: dict[str, str | int | None] = {}
        shown_time, message["day"] = self.time()
        if self._kickers and self.named and self._title in ("h2", "h3"):
            message["kicker"] = self.words(1, 2)
        if self._comments:
            message["comments"] = self.random.randint(1, 300)
        row = self.row(label, **message)
        picture = f'<a href="{row.url}"><img src="/p/{self._number}.jpg" alt=""></a>' if self._pictures else ""
        summary = f"<p>{escape(self.words(14, 22))}.</p>" if self._summaries else ""
        comments = ""
        if row.comments is not None:
            words = _COMMENTS[self.language].format(n=row.comments)
            comments = f"<span{self.mark('comments')}>{words}</span>"
        rank = f"<span{self.mark('rank')}>{len(self.rows)}</span> " if self._ranks else ""
        badge = f"<span{self.mark('badge')}>{self.words(1, 1)}</span>" if self._badges and self.named else ""
        author = ""
        if self._authors and self.named:
            author = f'<p class="author"><a href="/people/{self._number}/">{self.words(2, 2)}</a></p>'
        topic = f'<a class="tag" href="/topic/{self._number}/">{self.words(1, 2)}</a>' if self._topics else ""
        below = [shown_time, summary, comments, badge, topic]
        self.random.shuffle(below)
        return picture + rank + author + self.titled(row) + "".join(below)

    def titled(self, row: Row) -> str:
        """Return the headline of a card, with its link."""
        title = escape(row.title)
        kicker = f'<span class="kicker">{escape(row.kicker)}</span>' if row.kicker else ""
        separator = self.random.choice(["", '<span class="sr-only">: </span>', " "]) if kicker else ""
        if self._title in ("h2", "h3"):
            tag = "h4" if self._head == "div" else "h3"
            return f'<{tag}><a href="{row.url}">{kicker}{separator}<span>{title}</span></a></{tag}>'
        if self._title == "stretched":
            return f'<h3>{title}</h3><a{self.mark("cover")} href="{row.url}" aria-label="{title}"></a>'
        if self._title == "cut":
            shown = title[: 6 if self.language in _UNSPACED else 14].rstrip()
            return f'<h3><a href="{row.url}" title="{title}">{shown}…</a></h3>'
        if self._title == "beside":
            return f'<h3>{title}</h3><a{self.mark("more")} href="{row.url}">→</a>'
        if self._title == "br" and " " in title:
            first, _, rest = title.partition(" ")
            return f'<a href="{row.url}">{first}<br>{rest}</a>'
        if self._title == "em" and " " in title:
            first, _, rest = title.partition(" ")
            return f'<h3><a href="{row.url}"><em>{first}</em> {rest}</a></h3>'
        return f'<a href="{row.url}">{title}</a>'

    def time(self) -> tuple[str, str | None]:
        """Return what a card shows of its time, and the day that it gives."""
        hours = self.random.randint(1, 90)
        moment = FETCHED_AT - timedelta(hours=hours)
        day = moment.date().isoformat()
        match self._times:
            case "stamp":
                return f'<time datetime="{moment:%Y-%m-%dT%H:%M:%S}+00:00">{moment:%H:%M}</time>', day
            case "clock":
                return f'<span title="{moment:%Y-%m-%d %H:%M}">{moment:%H:%M}</span>', day
            case "age":
                few = hours % 9 + 2
                shown = _AGES[self.language].format(n=few)
                return f"<span>{shown}</span>", (FETCHED_AT - timedelta(hours=few)).date().isoformat()
            case "date":
                return f"<span>{moment:%d.%m.%Y}</span>", day
        return "", None
