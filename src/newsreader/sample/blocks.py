"""Blocks of a story as markup."""

from newsreader.models import Block, Figure, Heading, ListBlock, Paragraph, Preformatted, Quote, Span, Spans, Table
from newsreader.sample.templates import CAPTION, FIGURE, NOTHING, Markup, fill, join


def blocks_markup(blocks: tuple[Block, ...], photo: str) -> tuple[Markup, ...]:
    """Return every block as markup; `photo` is the word before a picture's credit."""
    return tuple(_block(block, photo) for block in blocks)


def spans_markup(spans: Spans) -> Markup:
    """Return words in their styles as markup."""
    return Markup("".join(_span(span) for span in spans))


def caption_markup(figure: Figure, photo: str) -> Markup:
    """Return the caption below a picture."""
    return fill(CAPTION, caption=spans_markup(figure.caption), photo=photo, credit=figure.credit or "")


def _span(span: Span) -> Markup:
    words = fill("{text}", text=span.text)
    for tag, wanted in (("code", span.code), ("em", span.emphasis), ("strong", span.strong)):
        if wanted:
            words = Markup(f"<{tag}>{words}</{tag}>")
    return fill('<a href="{href}">{words}</a>', href=span.href, words=words) if span.href else words


def _block(block: Block, photo: str) -> Markup:
    match block:
        case Paragraph(spans):
            return fill("<p>{words}</p>", words=spans_markup(spans))
        case Heading(spans, level):
            return Markup(f"<h{level}>{spans_markup(spans)}</h{level}>")
        case Quote(inner, source):
            cite = fill("<footer><cite>{source}</cite></footer>", source=source) if source else NOTHING
            return fill("<blockquote>{inner}{cite}</blockquote>", inner=join(blocks_markup(inner, photo)), cite=cite)
        case ListBlock():
            return _list(block, photo)
        case Preformatted(text):
            return fill("<pre><code>{text}</code></pre>", text=text)
        case Table():
            return _table(block)
        case Figure(url, alt):
            caption = caption_markup(block, photo)
            return fill(FIGURE, url=url, small=url.replace(".png", "-320.png"), alt=alt, caption=caption)


def _list(block: ListBlock, photo: str) -> Markup:
    items = join([fill("<li>{words}</li>", words=_item(item, photo)) for item in block.items])
    if not block.ordered:
        return fill("<ul>\n{items}\n</ul>", items=items)
    start = Markup(f' start="{block.start}"') if block.start != 1 else NOTHING
    return fill("<ol{start}>\n{items}\n</ol>", start=start, items=items)


def _item(blocks: tuple[Block, ...], photo: str) -> Markup:
    return join(
        [spans_markup(block.spans) if isinstance(block, Paragraph) else _block(block, photo) for block in blocks]
    )


def _table(table: Table) -> Markup:
    rows = [
        Markup(
            "<tr>"
            + "".join(
                fill("<th>{words}</th>" if cell.header else "<td>{words}</td>", words=spans_markup(cell.spans))
                for cell in row
            )
            + "</tr>"
        )
        for row in table.rows
    ]
    caption = fill("<caption>{caption}</caption>", caption=table.caption) if table.caption else NOTHING
    return fill(
        '<table class="data">{caption}\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody></table>',
        caption=caption,
        head=rows[0],
        rows=join(rows[1:]),
    )
