"""Articles as Markdown: CommonMark, with tables as GitHub writes them."""

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote

from newsreader.exporting.about import authors_of, caption_of, date_of, lead_of, title_of, with_what_it_brings
from newsreader.models import (
    Article,
    Block,
    Cell,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Span,
    Spans,
    Table,
    plain,
)
from newsreader.text import clean, line
from newsreader.typesetting.wrapping import squeezed
from newsreader.urls import host_of, is_web_address

_MARKUP = re.compile(r"[\\`*_\[\]<>|~#]|&(?=#?\w+;)")
_AT_LINE_START = re.compile(r"(?m)^(?:[-+=:]|\d{1,9}(?=[.)]))")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>\\\"`|\[\]{}()^]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BACKTICKS = re.compile("`+")


def to_markdown(article: Article) -> str:
    """Return the article as Markdown: title, standfirst, a line about it, its blocks; without a newline at the end."""
    parts = ["# " + _one_line(title_of(article))]
    if lead := lead_of(article):
        parts.append(_inline((Span(lead, strong=True),)))
    parts.append(_about(article))
    parts += _parts(with_what_it_brings(article))
    return "\n\n".join(part for part in parts if part)


def words_in_markdown(text: str) -> str:
    """Return one line of words that are read as nothing else."""
    return _one_line(text)


def link_in_markdown(words: str, url: str) -> str:
    """Return a link with some words; only the words if the address is not a web address."""
    return _inline((Span(words, href=url),))


def _about(article: Article) -> str:
    items = [_one_line(authors_of(article))]
    if article.published:
        items.append(date_of(article.published))
    if is_web_address(article.url):
        items.append(_inline((Span(host_of(article.url), href=article.url),)))
    return " · ".join(item for item in items if item)


def _parts(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the blocks; two lists in a row get different markers, so that they stay two."""
    is_other = False
    before: Block | None = None
    for block in blocks:
        is_same_kind = (
            isinstance(block, ListBlock) and isinstance(before, ListBlock) and block.ordered == before.ordered
        )
        is_other = is_same_kind and not is_other
        if part := _part(block, is_other=is_other):
            yield part
            before = block


def _would_merge(before: Block | None, block: Block) -> bool:
    return isinstance(block, ListBlock) and isinstance(before, ListBlock) and block.ordered == before.ordered


def _part(block: Block, *, is_other: bool) -> str:
    match block:
        case Paragraph(spans):
            return _inline(spans)
        case Heading(spans, level):
            words = _inline(spans).replace("\\\n", " ")
            return "#" * max(2, min(6, level)) + " " + words if words else ""
        case Quote(blocks, source):
            parts = [*_parts(blocks), *(["— " + _one_line(source)] if source else [])]
            return _indented("\n\n".join(parts), "> ", "> ")
        case ListBlock():
            return _list(block, is_other=is_other)
        case Preformatted(text, language):
            return _code_block(clean(text), language or "")
        case Figure():
            return _figure(block)
        case Table():
            return _table(block)


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([(first + lines[0]).rstrip(), *((rest + each).rstrip() for each in lines[1:])])


def _list(block: ListBlock, *, is_other: bool) -> str:
    is_tight = all(sum(not isinstance(inner, ListBlock) for inner in item) <= 1 for item in block.items)
    items = []
    for i, item in enumerate(block.items):
        if block.ordered:
            marker = f"{max(0, block.start + i) % 10**9}{')' if is_other else '.'} "
        else:
            marker = "* " if is_other else "- "
        words = ("\n" if is_tight else "\n\n").join(_parts(item))
        items.append(_indented(words, marker, " " * len(marker)))
    return ("\n" if is_tight else "\n\n").join(items)


def _code_block(text: str, language: str) -> str:
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{re.sub(r'[^0-9A-Za-z+#.-]', '', language)[:30]}\n{text.strip(chr(10))}\n{fence}"


def _figure(figure: Figure) -> str:
    caption = caption_of(figure)
    alt = _one_line(line(figure.alt or plain(figure.caption)))
    picture = f"![{alt}]({_address(figure.url)})" if is_web_address(figure.url) else ""
    return "\n\n".join(part for part in (picture, _inline(caption)) if part)


def _table(table: Table) -> str:
    rows = list(table.rows)
    columns = max((len(row) for row in rows), default=0)
    if columns == 0:
        return ""
    has_head = bool(rows[0]) and all(cell.header for cell in rows[0])
    head, body = (rows[0], rows[1:]) if has_head else ((), rows)
    lines = [_row(head, columns), "|" + " --- |" * columns, *(_row(row, columns) for row in body)]
    caption = [_one_line(line(table.caption))] if table.caption else []
    return "\n\n".join([*caption, "\n".join(lines)])


def _row(cells: Iterable[Cell], columns: int) -> str:
    texts = [_inline(cell.spans, in_table=True).replace("\\\n", " ") for cell in cells]
    texts += [""] * (columns - len(texts))
    return "| " + " | ".join(texts) + " |"


# --- words ---


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)


def _starts_escaped(text: str) -> str:
    """Return the text with what would begin a list or be a rule at the start of a line escaped."""
    return _AT_LINE_START.sub(lambda found: found[0] + "\\" if found[0].isdecimal() else "\\" + found[0], text)


def _one_line(text: str) -> str:
    """Return words without styles."""
    return _starts_escaped(_escaped(line(text, 3000)))


def _address(url: str) -> str:
    """Return an address as a link's destination: nothing in it ends the link."""
    return _ENTITY.sub(r"\&", _UNSAFE_IN_ADDRESS.sub(lambda found: quote(found[0], safe=""), clean(url)))


def _longest_run(text: str) -> int:
    return max((len(run) for run in _BACKTICKS.findall(text)), default=0)


def _inline(spans: Spans, *, in_table: bool = False) -> str:
    """Return the words with their looks and links; line breaks as CommonMark's hard ones."""
    parts = _trimmed(spans)
    pieces: list[str] = []
    for i, span in enumerate(parts):
        before = parts[i - 1] if i else None
        after = parts[i + 1] if i + 1 < len(parts) else None
        if span.mark and (before is None or before.mark != span.mark):
            pieces.append("<mark>")
        if span.href and not _is_one_link(before, span):
            pieces.append("[")
        last = pieces[-1][-1:] if pieces else ""
        pieces.append(_looks(span, last, _first_sign(span, after), in_table=in_table))
        if span.href and not _is_one_link(span, after):
            pieces.append(f"]({_address(span.href)})")
        if span.mark and (after is None or after.mark != span.mark):
            pieces.append("</mark>")
    return "\\\n".join(_starts_escaped("".join(pieces)).split("\n"))


def _is_one_link(span: Span | None, after: Span | None) -> bool:
    """Whether two neighbours are in one link: what is highlighted begins another one."""
    return span is not None and after is not None and span.href == after.href and span.mark == after.mark


def _first_sign(span: Span, after: Span | None) -> str:
    """Return the character that will follow the span."""
    if span.href and not _is_one_link(span, after):
        return "]"
    if after is None:
        return "<" if span.mark else ""
    if span.mark != after.mark:
        return "<"
    return "[" if after.href and after.href != span.href else _rendered(after, in_table=False)[:1]


def _trimmed(spans: Spans) -> list[Span]:
    """Return the spans cleaned, without empty ones; white space stands outside of looks, and links lead to the web."""
    parts: list[Span] = []
    text_before = " "
    for span in spans:
        text = squeezed(clean(span.text)).replace("\n\n", "\n")
        if text_before[-1] in " \n":
            text = text.lstrip(" \n")
        if not text:
            continue
        text_before = text
        href = span.href if span.href and is_web_address(span.href) else None
        for part in _parted(replace(span, text=text, href=href)):
            if parts and replace(parts[-1], text="") == replace(part, text=""):
                parts[-1] = replace(part, text=parts[-1].text + part.text)
            else:
                parts.append(part)
    while parts and not parts[-1].text.strip():
        parts.pop()
    return parts


def _parted(span: Span) -> Iterator[Span]:
    """Yield the white space before the words, the words, and the white space after them, as far as there are any."""
    text = span.text
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if start:
        yield Span(text[:start], mark=span.mark)
    if start < end:
        yield replace(span, text=text[start:end])
    if start < end < len(text):
        yield Span(text[end:], mark=span.mark)


def _rendered(span: Span, *, in_table: bool) -> str:
    """Return the words without emphasis."""
    text = span.text
    if span.code:
        text = text.replace("\n", " ")
        fence = "`" * (_longest_run(text) + 1)
        padding = " " if text[0] == "`" or text[-1] == "`" else ""
        text = f"{fence}{padding}{text}{padding}{fence}"
        return text.replace("|", "\\|") if in_table else text
    return f"<sup>{_escaped(text)}</sup>" if span.superscript else _escaped(text)


def _looks(span: Span, last: str, following: str, *, in_table: bool) -> str:
    """Return the words with their emphasis, as far as CommonMark would see it between these neighbours."""
    if last == "`":  # backticks in a row would be one fence
        span = replace(span, code=False)
    text = _rendered(span, in_table=in_table)
    stars = "**" * span.strong + "*" * span.emphasis
    opens = last != "*" and (not _may_be_punctuation(text[0]) or _sets_apart(last))
    closes = following != "*" and (not _may_be_punctuation(text[-1]) or _sets_apart(following))
    return stars + text + stars if opens and closes else text


def _may_be_punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS"


def _sets_apart(sign: str) -> bool:
    """Whether emphasis may begin or end with punctuation beside this; at the text's ends too."""
    return not sign or sign.isspace() or sign in string.punctuation or unicodedata.category(sign)[0] == "P"
