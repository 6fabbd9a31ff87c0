"""`read`: articles in pipes and on terminals."""

import sys
from typing import Any, Literal

import click

from newsreader.cli.completing import files
from newsreader.cli.copies import failure_json, lists_json, report_copy
from newsreader.cli.given import STANDARD_INPUT, came_from, open_given
from newsreader.cli.output import print_json, print_markup
from newsreader.cli.running import NOTHING_FOUND, Run, iso, typed_address, with_optional_library
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext as _
from newsreader.i18n import ngettext
from newsreader.jsonform import block_to_json, comments_to_json, enclosure_to_json
from newsreader.models import Article, Opened
from newsreader.service.page_drawer import needs_drawing
from newsreader.text import clean
from newsreader.urls import host_of, is_web_address, normalise_url, shown, split_credentials

Format = Literal["text", "markdown", "html", "json"]
_OPENED_BY_SESSIONS = frozenset({"login", "paywall"})


@click.command(short_help="Print the article of each URL.")
@click.argument("urls", nargs=-1, required=True, metavar="URL...", shell_complete=files)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    show_default=True,
)
@click.option("--plain", is_flag=True, help="Text for screen readers: no lines drawn, the links at the end.")
@click.option("--width", type=click.IntRange(20, 400), help="Columns of the text; a pipe gets unbroken paragraphs.")
@click.option("--offline", is_flag=True, help="Use only stored copies, no network.")
@click.option("--draw", is_flag=True, help="Let Chromium draw what comes without words, on this site from now on.")
@click.option("--aloud", is_flag=True, help="Read it aloud, each sentence printed as it is read.")
@click.option("--whole", is_flag=True, help="All words of the page, not only its article.")
@came_from
@with_optional_library
async def read(
    run: Run,
    urls: tuple[str, ...],
    output_format: Format,
    plain: bool,
    width: int | None,
    offline: bool,
    draw: bool,
    aloud: bool,
    whole: bool,
    base: str | None,
) -> None:
    """Print the article of each URL; of a file, or with - of standard input."""
    run.service.is_library_required = offline
    if aloud and output_format != "text":
        raise click.UsageError(_("--aloud cannot be combined with another format."))
    plain = plain or run.service.settings.reading.plain
    for number, url in enumerate(run.each(urls)):
        try:
            if draw:
                await draw_site(run, url)
            opened = await open_given(run, url, base, offline=offline, whole=whole)
        except NewsreaderError as error:
            run.report_failure(error)
            if output_format == "json":
                print_json(failure_json(url, error), run.stream)
            continue
        report_copy(run, url, opened)
        if output_format == "json":
            print_json(read_json(url, opened), run.stream)
        elif aloud and opened.page.article is not None:
            await read_aloud(run, opened.page.article)
        elif opened.page.article is not None:
            if number:
                click.echo("\n\n" if plain else "\n" + "─" * min(width or 72, 72) + "\n", file=run.stream)
            print_article(run, opened, output_format, width, plain=plain)
        if opened.page.article is None:
            say_no_article(run, url, opened)
        elif opened.page.problem is not None and output_format != "json":
            run.notify(opened.page.problem.message, opened.page.problem.advice)
            say_session(run, opened)


def read_json(url: str, opened: Opened) -> dict[str, Any]:
    """Return what `read --format json` prints: all of the article, flat, beside the page's lists."""
    page, article = opened.page, opened.page.article
    asked = (
        url
        if url == STANDARD_INPUT or url.startswith("file:") or typed_address(url) != url
        else split_credentials(normalise_url(url))[0]
    )
    return {
        "url": asked,
        "final_url": page.url,
        "title": article.title if article else page.title,
        "lead": article.lead if article else None,
        "authors": list(article.authors) if article else [],
        "published": iso(article.published if article else None),
        "updated": iso(article.updated if article else None),
        "site_name": page.site_name,
        "language": article.language if article else page.language,
        "image": article.image if article else None,
        "translations": dict(article.translations) if article else {},
        "next_url": article.next_url if article else None,
        "word_count": article.word_count if article else 0,
        "comments": comments_to_json(article.comments) if article else None,
        "enclosures": [enclosure_to_json(each) for each in article.enclosures] if article else [],
        "categories": list(article.categories) if article else [],
        "text": article.text if article else "",
        "blocks": [block_to_json(block) for block in article.blocks] if article else [],
        **lists_json(opened),
    }


async def read_aloud(run: Run, article: Article) -> None:
    """Read an article aloud, and print each sentence when it is read."""
    from newsreader.annotations.spoken import spoken_sentences

    try:
        await run.service.desktop.aloud.read(
            spoken_sentences(article), article.language, lambda each: click.echo(each.words, file=run.stream)
        )
    except NewsreaderError as error:
        run.report_failure(error)


async def draw_site(run: Run, word: str) -> None:
    """Remember that the pages of an address's site are drawn; nothing of a file or standard input is."""
    if word != STANDARD_INPUT and not typed_address(word).startswith("file:"):
        await run.service.pages.drawer.draw_site(word)


def say_no_article(run: Run, url: str, opened: Opened) -> None:
    """Report what the page has instead of an article."""
    page = opened.page
    if page.problem is not None:
        run.report(NOTHING_FOUND, page.problem.message, page.problem.advice)
        if needs_drawing(page) and page.url.startswith("http") and not opened.from_cache:
            run.notify(_("`newsreader read --draw` lets Chromium or Chrome draw the page, if one is installed"))
        say_session(run, opened)
        return
    count = sum(len(x.headlines) for x in page.headline_lists)
    text = _("There is no article at {address}.").format(address=shown(url))
    hint = ngettext(
        "It lists {n} headline: newsreader headlines ADDRESS.",
        "It lists {n} headlines: newsreader headlines ADDRESS.",
        count,
    )
    run.report(NOTHING_FOUND, text, hint.format(n=count) if count else "")


def say_session(run: Run, opened: Opened) -> None:
    """Name the command that may open a page which only shows those who are logged in what it has."""
    page = opened.page
    if page.problem is not None and page.problem.kind in _OPENED_BY_SESSIONS and not opened.logged_in:
        text = _(
            "`newsreader sources session {host} --from firefox` (or chromium) reads it with your browser's session"
        )
        run.notify(text.format(host=host_of(page.url)))


def print_article(run: Run, opened: Opened, output_format: Format, width: int | None, *, plain: bool = False) -> None:
    """Print an article: typeset on a terminal, plain to a pipe, or in the requested format."""
    article = opened.page.article
    assert article is not None
    if output_format == "markdown":
        from newsreader.exporting.markdown import to_markdown

        click.echo(to_markdown(article), file=run.stream)
    elif output_format == "html":
        from newsreader.exporting.html import to_html

        print_markup(to_html(article), run.stream)
    elif plain:
        from newsreader.exporting.linear import to_linear

        click.echo(to_linear(article, width), file=run.stream)
    elif sys.stdout.isatty():
        print_typeset(run, opened, width)
    else:
        from newsreader.exporting.plain import to_text

        click.echo(to_text(article, width), file=run.stream)


def print_typeset(run: Run, opened: Opened, width: int | None) -> None:
    """Print an article on a terminal in the lines that the interface shows."""
    from rich.console import Console
    from rich.style import Style
    from rich.text import Text

    from newsreader.typesetting.layout import Layout
    from newsreader.typesetting.styles import style_name

    article = opened.page.article
    assert article is not None
    console = Console(file=run.stream, highlight=False, markup=False, emoji=False)
    columns = min(width or 72, max(20, console.width - 2))
    hyphenate = article.language if run.service.settings.reading.hyphenate else None
    layout = Layout(article, columns, hyphenate=hyphenate)
    for number in range(layout.complete()):
        set_line = layout.line(number)
        assert set_line is not None
        text = Text("  ", no_wrap=True, overflow="ignore", end="")
        for segment in set_line.segments:
            style = Style.parse(style_name(segment)) if style_name(segment) else Style.null()
            if segment.href and is_web_address(segment.href):
                style += Style(link=segment.href)
            text.append(clean(segment.text).replace("\n", " "), style)
        console.print(text, soft_wrap=True)
