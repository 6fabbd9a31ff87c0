"""Random markups of one page: each part in a form drawn by itself, in an order drawn by itself.

A page is drawn from a seed alone. What varies is nothing that a reader would see as another page: tags, class names,
the order of the lines around the text, the place of the list, the furniture, the bytes. The forms of the parts alone
make more than 10^12 combinations; `COMBINATIONS` is a lower bound of it.
"""

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from math import prod

from benchmarks.materials import Material, Row

# Class names of a part as sites of several countries give them; the first is also the name in BEM.
_NAMES = {
    "page": "page wrapper layout content container site-content",
    "main": "main-col content-main left-column col-md-8 article-wrap post-wrap",
    "article": "article post full-story single news-item entry material",
    "title": "title headline entry-title post-title h1 news-title",
    "lead": "lead subtitle standfirst anons perex sapo intro short-text dek",
    "byline": "byline info meta article-meta post-info author-line data",
    "author": "author name byline-name autor",
    "date": "date time published",
    "language": "lang translate language-switch other-version",
    "picture": "picture main-image photo full-img post-thumbnail media",
    "views": "views count eye stat",
    "text": "text body article-body entry-content content-text post-content full-text story",
    "paragraph": "paragraph p text-block",
    "trust": "trust about-us principles",
    "follow": "gnews follow channel google-news",
    "poll": "poll vote quiz opros survey",
    "answer": "answer option variant",
    "cookies": "cookies cookie-bar gdpr notice consent",
    "share": "share social share-buttons",
    "tags": "tags keywords",
    "sign_up": "newsletter subscribe mail",
    "comment": "comments respond",
    "source": "source",
    "list": "list lenta news-list latest feed last-news",
    "label": "label block-title widget-title list-title",
    "row": "row item short news-row",
    "link": "link short-title name news-link",
    "clock": "clock short-time time",
    "count": "count short-views num",
    "more": "more all-news read-more-btn",
    "side": "sidebar aside right col-right",
}
_HEADERS = ("p", "b", "em", "h2", "h3", "div", "div span", "strong", "p strong", "p em", "span", "section", "font")
_LEGACY = {"ru": "windows-1251", "uk": "windows-1251", "pl": "iso-8859-2", "tr": "windows-1254"}
_THIRD = {"ru": "koi8-r", "uk": "koi8-u", "pl": "windows-1250", "tr": "iso-8859-9"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page and what was drawn for it.

    Attributes:
        body: As served.
        content_type: The header.
        material: Its words; lead and author are empty if the page has none.
        choices: Part to the form that was drawn, to find out which forms fail.
    """

    body: bytes
    content_type: str
    material: Material
    choices: dict[str, str]


@dataclass
class _Page:
    material: Material
    chance: random.Random
    choices: dict[str, str] = field(default_factory=dict)
    _salt: str = ""
    _drawn_names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._salt = str(self.chance.random())
        self.pick("names", ("semantic", "bem", "hashed", "none"))
        self.pick("tags", ("html5", "divs", "divs", "tables"))

    # --- drawing ------------------------------------------------------------------------------

    def pick(self, part: str, forms: Sequence[str]) -> str:
        """Draw a form for a part, and note it."""
        self.choices[part] = self.chance.choice(forms)
        return self.choices[part]

    def is_drawn(self, part: str, share: float) -> bool:
        """Draw whether a part is there."""
        there = self.chance.random() < share
        self.choices.setdefault(part, "there" if there else "none")
        return there

    def name(self, part: str, *, element: str = "") -> str:
        """Return the class attribute of a part, the same wherever the part is on the page."""
        match self.choices["names"]:
            case "semantic":
                if part not in self._drawn_names:
                    self._drawn_names[part] = self.chance.choice(_NAMES[part].split())
                return f' class="{self._drawn_names[part]}"'
            case "bem":
                block = "lenta" if part in ("row", "link", "clock", "count", "more", "label") else "article"
                return f' class="{block}__{_NAMES[part].split()[0]}{element}"'
            case "hashed":
                return f' class="_{hashlib.sha256((self._salt + part).encode()).hexdigest()[:5]}"'
            case _:
                return ""

    def box(self, tag: str, part: str, inner: str) -> str:
        """Return words in a tag, or in several one in the other ("div span"); the outermost has the name."""
        outer, *others = tag.split()
        for other in reversed(others):
            inner = f"<{other}>{inner}</{other}>"
        return f"<{outer}{self.name(part)}>{inner}</{outer}>"

    def link(self, part: str, href: str, words: str) -> str:
        """Return a link; some sites write their addresses without the host."""
        if self.choices.setdefault("addresses", self.chance.choice(("whole", "whole", "path"))) == "path":
            href = href.removeprefix(self.material.base)
        return f'<a{self.name(part)} href="{escape(href)}">{escape(words, quote=False)}</a>'

    # --- the whole ----------------------------------------------------------------------------

    def document(self) -> str:
        material, chance = self.material, self.chance
        article = self._article()
        listing = self._listing()
        cookies = self._cookies()
        place = self.pick("list place", ("before", "after", "sidebar before", "sidebar after", "same", "same"))
        where = self.pick("cookies place", ("top", "inside", "after", "footer", "footer", "bottom"))
        inside = article + (listing if place == "same" else "") + (cookies if where == "inside" else "")
        columns = [self._story_box(inside)]
        if place != "same":
            columns.insert(0 if "before" in place else 1, self._list_box(listing, is_aside="sidebar" in place))
        if where == "after":
            columns.append(cookies)
        middle = self._columns(columns)
        menu = "".join(
            f'<li><a href="{material.base}/{name}/">{name.title()}</a></li>' for name in ("town", "world", "money")
        )
        top = chance.choice(
            (
                f"<header><nav><ul>{menu}</ul></nav></header>",
                f'<div><a href="{material.base}/">{escape(material.words["site"])}</a><ul>{menu}</ul></div>',
                f"<nav><ul>{menu}</ul></nav>",
                "",
            )
        )
        footer = f"<p>© {escape(material.words['site'])}</p>" + (cookies if where == "footer" else "")
        footer = self._tag("footer", footer)
        return (
            f"<!doctype html><html{self._html_language()}><head>{self._head()}</head><body>"
            f"{cookies if where == 'top' else ''}{top}{middle}{footer}"
            f"{cookies if where == 'bottom' else ''}</body></html>"
        )

    def _html_language(self) -> str:
        return f' lang="{self.material.language}"'

    def _tag(self, tag: str, inner: str) -> str:
        return f"<{tag}>{inner}</{tag}>" if self.choices["tags"] == "html5" else f"<div>{inner}</div>"

    def _head(self) -> str:
        material, chance = self.material, self.chance
        separator = chance.choice((" - ", " | ", " — ", " » "))
        parts = [f"<title>{escape(material.title)}{separator}{escape(material.words['site'])}</title>"]
        if chance.random() < 0.5:
            parts.append(f'<link rel="canonical" href="{material.url}">')
        if chance.random() < 0.5:
            parts.append('<meta property="og:type" content="article">')
        if chance.random() < 0.3:
            parts.append(f'<meta property="og:title" content="{escape(material.title)}">')
        if chance.random() < 0.3 and material.lead:
            parts.append(f'<meta name="description" content="{escape(material.lead)}">')
        if chance.random() < 0.5:
            parts.append(f'<link rel="alternate" hreflang="{material.other[0]}" href="{material.other[1]}">')
        chance.shuffle(parts)
        return "".join(parts)

    def _story_box(self, inner: str) -> str:
        if self.choices["tags"] == "tables":
            return inner
        tag = {"html5": ("article", "main", "section"), "divs": ("div",)}[self.choices["tags"]]
        inner = self.box(self.chance.choice(tag), "article", inner)
        return self.box("div", "main", inner) if self.chance.random() < 0.5 else inner

    def _list_box(self, listing: str, *, is_aside: bool) -> str:
        if self.choices["tags"] == "tables":
            return listing
        tag = "aside" if is_aside and self.choices["tags"] == "html5" else self.chance.choice(("div", "section"))
        return self.box(tag, "side" if is_aside else "list", listing)

    def _columns(self, columns: list[str]) -> str:
        if self.choices["tags"] != "tables":
            return self.box("div", "page", "".join(columns)) if self.chance.random() < 0.8 else "".join(columns)
        end = self.chance.choice(("</td>", ""))
        cells = "".join(f"<td valign=top>{column}{end}" for column in columns)
        rows = "".join(f"<tr><td>{column}{end}</tr>" for column in columns)
        return f"<table width=100%><tr>{cells}</tr></table>" if self.chance.random() < 0.6 else f"<table>{rows}</table>"

    # --- the article --------------------------------------------------------------------------

    def _article(self) -> str:
        """Return the story: the lines of its head in an order drawn by itself, the text, the lines of its tail."""
        title = self.box("h1", "title", escape(self.material.title, quote=False))
        head = {
            "lead": self._lead(),
            "byline": self._byline(),
            "language": self._language(),
            "picture": self._picture(),
            "share": self._share() if self.is_drawn("share at head", 0.15) else "",
        }
        order = [name for name in head if head[name]]
        self.chance.shuffle(order)
        if self.material.lead and self._is_lead_plain():
            # A paragraph like any other is a standfirst only where something is between it and the text.
            order.remove("lead")
            order.insert(self.chance.randrange(max(1, len(order))), "lead")
        above = [name for name in order if name in ("byline", "picture", "share") and self.chance.random() < 0.12]
        order = [name for name in order if name not in above]
        if self.material.lead and self._is_lead_plain() and order[-1:] == ["lead"]:
            order.insert(0, order.pop())
            order.append("byline") if "byline" not in order and "byline" not in above else None
            if order[-1] == "lead":
                order += above
                above = []
        self.choices["order"] = f"{'-'.join(above)}|{'-'.join(order)}"
        lines = [*(head[name] for name in above), title, *(head[name] for name in order)]
        text = self._text()
        tail = self._tail()
        is_tail_inside = self.is_drawn("tail in the text's box", 0.4)
        if is_tail_inside:
            text += "".join(tail)
        if self.pick("box of the text", ("named", "named", "bare", "section")) != "bare":
            text = self.box("section" if self.choices["box of the text"] == "section" else "div", "text", text)
        if not is_tail_inside:
            text += "".join(tail)
        return "".join(lines) + text

    def _is_lead_plain(self) -> bool:
        is_named = self.choices["names"] in ("semantic", "bem")
        return not is_named and self.choices.get("lead") in ("p", "div", "span", "section", "div span")

    def _lead(self) -> str:
        if not self.is_drawn("has a lead", 0.92):
            self.material = replace(self.material, lead="")
            return ""
        form = self.pick("lead", _HEADERS)
        words = self.box(form, "lead", escape(self.material.lead, quote=False))
        is_inline = form in ("b", "em", "strong", "span", "font")
        return words + self.chance.choice(("<br>", "<br><br>", "<br />\n")) if is_inline else words

    def _byline(self) -> str:
        """Return date and author, in one line or two."""
        material, chance = self.material, self.chance
        date = self._date()
        if chance.random() < 0.3:
            date = self.box(chance.choice(("span", "time", "b")), "date", date)
        who = f"{material.words['author']} {escape(material.author)}"
        form = self.pick("author", ("linked", "plain", "boxed", "none", "linked whole"))
        author_url = f"{material.base}/author/{chance.choice((1, 27, 'staff'))}"
        if form == "linked":
            who = f"{material.words['author']} {self.link('author', author_url, material.author)}"
        elif form == "boxed":
            who = f"{material.words['author']} {self.box('span', 'author', escape(material.author))}"
        elif form == "linked whole":
            who = self.link("author", author_url, f"{material.words['author']} {material.author}")
        elif form == "none":
            self.material = replace(material, author="")
            return self.box(chance.choice(("div", "p", "span")), "byline", date) + "<br>"
        separator = self.pick("byline", (" / ", " | ", ", ", " · ", " — ", "two lines", "two boxes", " "))
        parts = [date, who]
        if chance.random() < 0.4:
            parts.reverse()
        tag = chance.choice(("div", "p", "div span", "section", "h6"))
        if separator == "two boxes":
            return "".join(self.box(tag, "byline", part) for part in parts)
        return self.box(tag, "byline", ("<br>" if separator == "two lines" else separator).join(parts))

    def _date(self) -> str:
        moment = self.material.published
        months = self.material.words["months"].split()
        forms: dict[str, Callable[[], str]] = {
            "dashes": lambda: f"{moment:%d-%m-%Y, %H:%M}",
            "dots": lambda: f"{moment:%d.%m.%Y, %H:%M}",
            "clock first": lambda: f"{moment:%H:%M}, {moment:%d.%m.%Y}",
            "words": lambda: f"{moment.day} {months[moment.month - 1]} {moment:%Y, %H:%M}",
            "iso": lambda: f"{moment:%Y-%m-%d %H:%M}",
        }
        return forms[self.pick("date", list(forms))]()

    def _language(self) -> str:
        if not self.is_drawn("translation", 0.75):
            return ""
        _, href, words = self.material.other
        link = self.link("language", href, words)
        form = self.pick("language", ("slash", "slash", "plain", "p", "bare", "button", "li", "b"))
        return {
            "slash": self.box("div", "language", f"/ {link}"),
            "plain": self.box("div", "language", link),
            "p": self.box("p", "language", link),
            "bare": f"/{link}<br>",
            "button": f"<div>{link} <button>↗</button></div>",
            "li": f"<ul><li>{link}</li></ul>",
            "b": f"<b>{link}</b><br>",
        }[form]

    def _picture(self) -> str:
        if not self.is_drawn("picture", 0.85):
            return ""
        alt = self.chance.choice((self.material.title, ""))
        image = f'<img src="/uploads/1.jpg" alt="{escape(alt)}" width="600" height="400">'
        views = self.material.views
        form = self.pick("views", ("span", "p", "div", "none", "loose", "icon", "figure"))
        return {
            "span": self.box("div", "picture", image + self.box("span", "views", views)),
            "p": f"<p>{image}</p>{self.box('p', 'views', views)}",
            "div": self.box("div", "picture", image) + self.box("div", "views", views),
            "none": self.box("div", "picture", image),
            "loose": f"{image}<br>{views}<br>",
            "icon": self.box("div", "picture", f'{image}<div><i class="fa fa-eye"></i> {views}</div>'),
            "figure": f"<figure>{image}</figure>{self.box('small', 'views', views)}<br>",
        }[form]

    def _text(self) -> str:
        form = self.pick(
            "text",
            ("p", "p", "div", "br", "br", "p span", "div p", "section p", "open p", "div div", "p font", "p in cells"),
        )
        self.pick("headings", ("h2", "h3", "h4", "p strong", "div b"))
        self.pick("empty", ("none", "none", "nbsp", "br"))
        pieces = []
        texts = self.material.text
        for place, (kind, text) in enumerate(texts):
            words = escape(text, quote=False)
            if kind == "h":
                tag = self.choices["headings"] if form != "br" else "h3"
                pieces.append(self.box(tag, "paragraph", words) if " " in tag else f"<{tag}>{words}</{tag}>")
            elif form == "br":
                is_last = place == len(texts) - 1
                follows = not is_last and texts[place + 1][0] == "p"
                end = self.chance.choice(("<br />", "<br><br>")) if is_last else "<br /><br />\n" if follows else ""
                pieces.append(words + end)
            elif form == "open p":
                pieces.append(f"<p>{words}\n" + ("</p>" if place == len(texts) - 1 else ""))
            elif form == "p in cells":
                pieces.append(f"<table><tr><td><p>{words}</p></td></tr></table>" if place == 1 else f"<p>{words}</p>")
            else:
                pieces.append(self.box(form, "paragraph", words) if form == "div" else _wrapped(form, words))
            if kind == "p" and form != "br":
                pieces.append({"none": "", "nbsp": "<p>&nbsp;</p>", "br": "<br>"}[self.choices["empty"]])
        return "".join(pieces)

    # --- behind the text ----------------------------------------------------------------------

    def _tail(self) -> list[str]:
        material = self.material
        about = self.link("trust", f"{material.base}/about.html", material.words["trust"])
        service = self.chance.choice(("https://newsstand.example/publications/x", "https://messenger.example/tide"))
        follow = self.link("follow", service, material.words["follow"])
        parts = {
            "trust": self._line("trust", about),
            "follow": self._line("follow", follow),
            "poll": self._poll(),
            "share": self._share(),
            "tags": self._tags(),
            "sign up": self._sign_up(),
            "comment": self._line("comment", self.link("comment", "#respond", material.words["comment"])),
            "source": self._line("source", escape(material.words["source"])),
        }
        shares = {"trust": 0.8, "follow": 0.8, "poll": 0.8, "source": 0.2}
        there = [name for name in parts if self.is_drawn(name, shares.get(name, 0.25))]
        self.chance.shuffle(there)
        self.choices["tail"] = "-".join(there)
        return [parts[name] for name in there]

    def _line(self, part: str, words: str) -> str:
        """Return a line of the site, as a paragraph of its own or loose."""
        form = self.pick(
            f"{part} line", ("p", "p strong", "div", "loose br", "loose", "h4", "div span", "p em", "li", "br")
        )
        if form == "loose":
            return words + "<div></div>"
        if form == "loose br":
            return f"{words}<br>"
        if form == "br":
            return f"<br>{words}<br><br>"
        return f"<ul><li>{words}</li></ul>" if form == "li" else self.box(form, part, words)

    def _poll(self) -> str:
        words = self.material.words
        question = escape(words["poll"])
        answers = [escape(answer) for answer in words["answers"]]
        radios = [f'<label><input type="radio" name="v">{answer}</label>' for answer in answers]
        button = f"<button>{escape(words['vote'])}</button>"
        form = self.pick(
            "poll", ("form", "form", "h4 list", "question alone", "links", "div labels", "divs", "percent", "list form")
        )
        heading = self.chance.choice(("h3", "h4", "p", "div", "b", "strong", "p strong"))
        asked = self.box(heading, "label", question) if heading not in ("b", "strong") else f"<b>{question}</b><br>"
        inside = {
            "form": f"<form action=/vote{self.name('poll')}>{asked}{''.join(radios)}{button}</form>",
            "list form": f"<form action=/vote>{asked}<ul>{_items(radios)}</ul>{button}</form>",
            "h4 list": f"<h4>{question}</h4><ul>{_items(answers)}</ul>",
            "question alone": self.box("div", "poll", f"<div>{question}</div>"),
            "links": self.box("div", "poll", asked + "".join(f'<a href="#v">{answer}</a> ' for answer in answers)),
            "div labels": self.box("div", "poll", asked + "<br>".join(radios) + button),
            "divs": self.box(
                "div", "poll", asked + "".join(self.box("div", "answer", answer) for answer in answers) + button
            ),
            "percent": self.box(
                "div", "poll", asked + "".join(f"<p>{answer} — {17 + 9 * i}%</p>" for i, answer in enumerate(answers))
            ),
        }
        return inside[form]

    def _cookies(self) -> str:
        words = escape(self.material.words["cookies"], quote=False)
        button = f"<button>{self.material.words['accept']}</button>"
        agree = f'<a href="#">{self.material.words["accept"]}</a>'
        form = self.pick("cookies", ("bar", "p", "div link", "section", "none"))
        return {
            "bar": self.box("div", "cookies", f"<span>{words}</span> {button}"),
            "p": f"<p>{words}</p>",
            "div link": self.box("div", "cookies", f"<p>{words} {agree}</p>"),
            "section": self.box("div div", "cookies", f"<p>{words}</p>{agree}"),
            "none": "",
        }[form]

    def _share(self) -> str:
        word = escape(self.material.words["share"])
        names = ("Facebook", "Telegram", "WhatsApp", "X")
        links = [f'<a href="https://share.example/{name.lower()}?u=1">{name}</a>' for name in names]
        form = self.pick("share form", ("row", "list", "word", "buttons"))
        return {
            "row": self.box("div", "share", f"<span>{word}</span> {' '.join(links)}"),
            "list": self.box("div", "share", f"<p>{word}</p><ul>{''.join(f'<li>{link}</li>' for link in links)}</ul>"),
            "word": self.box("div", "share", f"<button>{word}</button>"),
            "buttons": self.box("div", "share", "".join(f"<button>{name}</button>" for name in names)),
        }[form]

    def _tags(self) -> str:
        base = self.material.base
        words = self.material.title.replace(":", "").split()[:3]
        links = [f'<a href="{base}/tag/{number}/">{escape(word)}</a>' for number, word in enumerate(words)]
        form = self.pick("tags form", ("label", "list", "bare"))
        return {
            "label": self.box("div", "tags", f"{self.material.words['tags']} {', '.join(links)}"),
            "list": self.box("ul", "tags", "".join(f"<li>{link}</li>" for link in links)),
            "bare": self.box("p", "tags", " ".join(links)),
        }[form]

    def _sign_up(self) -> str:
        text, button = map(escape, self.material.words["sign_up"])
        entry = f'<input type="email" name="e"><button>{button}</button>'
        form = self.pick("sign up form", ("form", "box", "link"))
        return {
            "form": f"<form action=/mail{self.name('sign_up')}><p>{text}</p>{entry}</form>",
            "box": self.box("div", "sign_up", f"<div>{text}</div>{entry}"),
            "link": self.box("div", "sign_up", f'<p>{text} <a href="{self.material.base}/mail/">{button}</a></p>'),
        }[form]

    # --- the list -----------------------------------------------------------------------------

    def _listing(self) -> str:
        material = self.material
        label = escape(material.words["label"])
        form = self.pick("label", ("h2", "h3", "h4", "div", "p", "b", "strong", "div b", "linked", "span"))
        if form == "linked":
            head = f"<h3>{self.link('label', material.more_url, material.words['label'])}</h3>"
        elif form in ("b", "strong", "span"):
            head = self.box(form, "label", label) + "<br>"
        else:
            head = self.box(form, "label", label)
        more = self.link("more", material.more_url, material.words["more"])
        more = self.chance.choice((more, f"<div>{more}</div>", f"<p>{more}</p>", f"<br>{more}<br>"))
        self.pick("parts of a row", ("clock views", "clock views", "clock", "views"))
        form = self.pick(
            "rows",
            ("li", "div", "p", "tr", "flat spans", "flat text", "linked", "div divs", "article", "bare links", "dl"),
        )
        rows = "".join(self._row(form, row) for row in material.rows)
        wrap = {"li": "ul", "tr": "table", "dl": "dl"}.get(form, self.chance.choice(("div", "section", "")))
        rows = self.box(wrap, "list", rows) if wrap else rows
        if self.is_drawn("label in the list's box", 0.3) and wrap in ("div", "section"):
            return self.box("div", "list", head + rows + more)
        return head + rows + more

    def _row(self, form: str, row: Row) -> str:
        shown = self.choices["parts of a row"]
        clock = row.clock if "clock" in shown else ""
        views = _views(row.views) if "views" in shown else ""
        if "counted" not in self.choices:
            self.pick("counted", ("last", "last", "last", "second"))
        clock_tag = self.choices.setdefault("clock", self.chance.choice(("span", "time", "b", "i", "em", "small")))
        clock_box = self.box(clock_tag, "clock", clock) if clock else ""
        count_tag = self.choices.setdefault("count", self.chance.choice(("span", "small", "i")))
        views_box = self.box(count_tag, "count", views) if views else ""
        link = self.link("link", row.url, row.title)
        order = [clock_box, link, views_box] if self.choices["counted"] == "last" else [link, clock_box, views_box]
        if form == "flat text":
            return f"{clock} {link} {views}<br>"
        if form == "flat spans":
            return "".join(order)
        if form == "bare links":
            return f"{clock_box} {link}<br>"
        if form == "linked":
            inner = f"{clock_box}<span>{escape(row.title, quote=False)}</span>{views_box}"
            return f'<a{self.name("row")} href="{row.url}">{inner}</a>'
        if form == "dl":
            return f"<dt>{clock}</dt><dd>{link} {views_box}</dd>"
        if form == "tr":
            return "<tr>" + "".join(f"<td>{part}</td>" for part in (clock, link, views) if part) + "</tr>"
        if form == "div divs":
            return self.box("div", "row", "".join(f"<div>{part}</div>" for part in (clock, link, views) if part))
        return self.box(form, "row", " ".join(part for part in order if part))


def _items(words: Sequence[str]) -> str:
    return "".join(f"<li>{each}</li>" for each in words)


def _wrapped(form: str, words: str) -> str:
    for tag in reversed(form.split()):
        words = f"<{tag}>{words}</{tag}>"
    return words


def _views(count: int) -> str:
    return str(count) if count < 1000 else f"{count / 1000:.1f}k"


def draw_page(material: Material, seed: int) -> Drawn:
    """Return the page of the material that the seed draws."""
    page = _Page(material, random.Random(f"markup {seed}"))
    text = page.document()
    kind = page.pick("charset", ("utf-8", "utf-8", "legacy", "third"))
    charset = {
        "utf-8": "utf-8",
        "legacy": _LEGACY.get(material.language, "windows-1252"),
        "third": _THIRD.get(material.language, "iso-8859-15"),
    }[kind]
    declared = page.pick("charset declared", ("meta", "http-equiv", "header"))
    meta = {
        "meta": f'<meta charset="{charset}">',
        "http-equiv": f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">',
        "header": "",
    }[declared]
    text = text.replace("<head>", f"<head>{meta}", 1)
    content_type = "text/html" + (f"; charset={charset}" if declared == "header" else "")
    return Drawn(text.encode(charset, "xmlcharrefreplace"), content_type, page.material, page.choices)


COMBINATIONS = prod((4, 3, 13, 8, 5, 5, 8, 7, 12, 5, 3, 10, 10, 9, 4, 3, 10, 11, 5, 6, 3, 3))
"""How many pages the forms of the parts make at least, without order, presence and class names."""
