"""The command line: a short function a command, over the same service as the interface, and no Textual for pipes."""

import asyncio
import contextlib
import io
import json
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import wraps
from inspect import cleandoc
from pathlib import Path
from typing import IO, Any, Concatenate, Literal, ParamSpec

import click

from newsreader.errors import NewsreaderError
from newsreader.i18n import decimal, environment_language, ngettext, use_language
from newsreader.i18n import gettext as _
from newsreader.jsonform import block_to_json, headline_list_to_json, problem_for_people, site_rule_to_json
from newsreader.models import Headline, HeadlineList, Opened
from newsreader.service import NewsService, NoRuleError
from newsreader.settings import Directories, Settings, default_config, load_settings
from newsreader.text import clean, line
from newsreader.urls import is_web_address, normalise_url, shown, split_credentials

P = ParamSpec("P")
INTERRUPTED = 130
NOTHING_FOUND = 4
_LONGEST_TIME = 20  # columns


@dataclass(slots=True)
class Run:
    """One run of the program: its service, and the exit status that it has come to so far."""

    service: NewsService
    status: int = 0
    stream: IO[str] = field(default_factory=lambda: sys.stdout)

    def failed(self, error: NewsreaderError) -> None:
        """Tell of an error and remember its status, the highest of several."""
        complain(error.text, error.advice)
        self.status = max(self.status, error.exit_status)

    def says(self, status: int, text: str, hint: str = "") -> None:
        """Tell of something that is no error of the program, and remember its status."""
        complain(text, hint)
        self.status = max(self.status, status)


def complain(text: str, hint: str = "") -> None:
    """Write one sentence and a hint to stderr."""
    click.echo(f"newsreader: {line(text, 1000)}" + (f"\n  {line(hint, 1000)}" if hint else ""), err=True)


class AddressGroup(click.Group):
    """A group whose first word may be an address: a command name wins, then an existing file, else it is an address."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the named command, or `open` with all the words."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            return "open", self.get_command(ctx, "open"), args
        return super().resolve_command(ctx, args)


def typed_address(text: str) -> str:
    """Return what a typed word names: an existing file as a `file:` address, else the word itself."""
    path = Path(text)
    try:
        return path.resolve().as_uri() if path.is_file() else text
    except OSError:  # too long for a path, so it names no file
        return text


def with_service(
    command: Callable[Concatenate[Run, P], Awaitable[None]],
) -> Callable[P, None]:
    """Run a command with a service of its own, and end with the status that it came to."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        async def with_one() -> int:
            directories, settings = configured()
            async with NewsService(directories, settings) as service:
                run = Run(service)
                try:
                    await command(run, *args, **kwargs)
                except NewsreaderError as error:
                    run.failed(error)
                if service.store_problem is not None:
                    complain(service.store_problem.message, service.store_problem.advice)
                return run.status

        sys.exit(asyncio.run(with_one()))

    return run


def configured() -> tuple[Directories, Settings]:
    """Return the directories and the settings; what is wrong in the configuration is said, and the rest applies."""
    directories = Directories.default()
    settings, problems = load_settings(directories.config / "config.toml")
    for problem in problems:
        complain(problem.message, problem.advice)
    return directories, settings


def speak() -> None:
    """Choose the language, of the help too: what the configuration names, else what the locale asks for."""
    settings, _problems = load_settings(Directories.default().config / "config.toml")
    if use_language(settings.interface.language or environment_language(os.environ)) != "en":
        translate_help(program)
        for module in [each for name, each in sys.modules.items() if name.startswith("click.")]:
            # Click asks the environment for a language, and the system for a catalogue.
            vars(module).update(
                {name: ours for name, ours in (("_", _), ("ngettext", ngettext)) if name in vars(module)}
            )


def translate_help(command: click.Command) -> None:
    """Put the help of a command, of its options and of the commands in it into the chosen language."""
    if command.help:
        command.help = _(cleandoc(command.help))
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = _(parameter.help)
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        translate_help(inner)


def main() -> None:
    """Run the command line; the exit statuses are those of README."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # words that the terminal's charset lacks are no reason to stop
    speak()
    try:
        program.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # the reader of the pipe has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(0)


@click.group(cls=AddressGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newsreader", message="newsreader %(version)s")
@click.pass_context
def program(ctx: click.Context) -> None:
    """Read news in the terminal: newsreader [ADDRESS].

    ADDRESS is any news page, section, front page or feed; without one the program opens where you were.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(open_address)


@program.command("open")
@click.argument("address", required=False)
@click.option("--frugal", is_flag=True, help="No pictures, nothing fetched ahead.")
def open_address(address: str | None = None, frugal: bool = False) -> None:
    """Open ADDRESS in the interface."""
    sys.exit(run_interface(typed_address(address) if address else None, frugal=frugal))


@program.command()
def demo() -> None:
    """Open the sample newspaper; no network is needed."""
    sys.exit(run_interface(None, sample=True))


def run_interface(address: str | None, *, sample: bool = False, frugal: bool = False) -> int:
    """Show the interface and return its exit status."""
    from newsreader.tui.app import NewsreaderApp

    if address is not None and not address.startswith("file:"):
        try:
            normalise_url(address)
        except NewsreaderError as error:
            complain(error.text, error.advice)
            return error.exit_status
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        complain(_("The interface needs a terminal."), _("For a pipe, use: newsreader read ADDRESS."))
        return 2
    directories, settings = configured()
    service = NewsService(directories, settings.with_frugal() if frugal else settings)
    service.start()
    app = NewsreaderApp(service, address, sample=sample)
    app.run()
    if not app.return_code:
        asyncio.run(keep_in_order(directories, settings))
    return app.return_code or 0


async def keep_in_order(directories: Directories, settings: Settings) -> None:
    """Forget what is old and back the library up, once the terminal is the reader's again."""
    async with NewsService(directories, settings) as service:
        await service.care()


# --- read ---------------------------------------------------------------------------------------

Format = Literal["text", "markdown", "html", "json"]


@program.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "html", "json"]), default="text", show_default=True
)
@click.option("--width", type=click.IntRange(20, 400), help="Columns of the text; a pipe gets unbroken paragraphs.")
@click.option("--offline", is_flag=True, help="Only what is stored; do not use the network.")
@click.option("--whole", is_flag=True, help="All words of the page, not only its article.")
@with_service
async def read(run: Run, urls: tuple[str, ...], form: Format, width: int | None, offline: bool, whole: bool) -> None:
    """Print the article of each URL."""
    for number, url in enumerate(urls):
        address = typed_address(url)
        try:
            opened = await run.service.open(address, typed=True, refresh=True, offline=offline)
            if whole:
                opened = replace(opened, page=(await run.service.whole(address, typed=True, offline=offline)).page)
        except NewsreaderError as error:
            run.failed(error)
            continue
        tell_of_copy(run, url, opened)
        if form == "json":
            click.echo(json.dumps(read_json(url, opened), ensure_ascii=False), file=run.stream)
        elif opened.page.article is not None:
            if number:
                click.echo("\n" + "─" * min(width or 72, 72) + "\n", file=run.stream)
            print_article(run, opened, form, width)
        if opened.page.article is None:
            say_no_article(run, url, opened)


def read_json(url: str, opened: Opened) -> dict[str, Any]:
    """Return what `read --format json` prints: all of the article, flat, beside the page's lists."""
    page, article = opened.page, opened.page.article
    asked = url if url.startswith("file:") or typed_address(url) != url else split_credentials(normalise_url(url))[0]
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
        "text": article.text if article else "",
        "blocks": [block_to_json(block) for block in article.blocks] if article else [],
        **lists_json(opened),
    }


def lists_json(opened: Opened) -> dict[str, Any]:
    """Return the lists of a page and the state of the copy, as both JSON forms print them."""
    return {
        "headline_lists": [headline_list_to_json(x) for x in opened.page.headline_lists],
        "fetched_at": iso(opened.fetched_at),
        "from_cache": opened.from_cache,
        "problem": problem_for_people(opened.page.problem),
        "fetch_problem": problem_for_people(opened.fetch_problem),
    }


def iso(time: datetime | None) -> str | None:
    """Return a time as ISO 8601."""
    return time.isoformat() if time else None


def tell_of_copy(run: Run, url: str, opened: Opened) -> None:
    """Say on stderr how old a copy is, and why it is not newer."""
    if opened.fetch_problem is not None:
        complain(opened.fetch_problem.message, opened.fetch_problem.advice)
    if opened.from_cache:
        kind = _("the saved copy") if opened.saved else _("the copy")
        when = opened.fetched_at.astimezone().strftime("%Y-%m-%d %H:%M")
        complain(
            _("this is {kind} of {time}, {age} old").format(kind=kind, time=when, age=age(run, opened.fetched_at)),
        )
    elif opened.page.url.startswith("http://") and "://" not in url and not url.startswith("file:"):
        complain(_("{address} has no secure connection; it was read over plain http").format(address=shown(url)))


def age(run: Run, since: datetime) -> str:
    """Return in words how long ago something was."""
    minutes = max(0, int((run.service.now() - since).total_seconds() // 60))
    if minutes < 60:
        return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    if minutes < 48 * 60:
        return ngettext("{n} hour", "{n} hours", minutes // 60).format(n=minutes // 60)
    return ngettext("{n} day", "{n} days", minutes // 1440).format(n=minutes // 1440)


def say_no_article(run: Run, url: str, opened: Opened) -> None:
    """Say what stands in the place of an article."""
    page = opened.page
    if page.problem is not None:
        run.says(NOTHING_FOUND, page.problem.message, page.problem.advice)
        return
    count = sum(len(x.headlines) for x in page.headline_lists)
    text = _("There is no article at {address}.").format(address=shown(url))
    hint = ngettext(
        "It lists {n} headline: newsreader headlines ADDRESS.",
        "It lists {n} headlines: newsreader headlines ADDRESS.",
        count,
    )
    run.says(NOTHING_FOUND, text, hint.format(n=count) if count else "")


def print_article(run: Run, opened: Opened, form: Format, width: int | None) -> None:
    """Print an article: typeset on a terminal, plain to a pipe, or in the form asked for."""
    article = opened.page.article
    assert article is not None
    if form == "markdown":
        from newsreader.exporting.markdown import to_markdown

        click.echo(to_markdown(article), file=run.stream)
    elif form == "html":
        from newsreader.exporting.html import to_html

        click.echo(to_html(article), file=run.stream)
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


def terminal_width() -> int:
    """Return the columns of the terminal, 80 where they cannot be known."""
    import shutil

    return max(20, shutil.get_terminal_size().columns)


# --- headlines ----------------------------------------------------------------------------------


@program.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--offline", is_flag=True, help="Only what is stored; do not use the network.")
@with_service
async def headlines(run: Run, urls: tuple[str, ...], form: str, offline: bool) -> None:
    """Print the headline lists of each URL."""
    for url in urls:
        try:
            opened = await run.service.open(typed_address(url), typed=True, refresh=True, offline=offline)
        except NewsreaderError as error:
            run.failed(error)
            continue
        tell_of_copy(run, url, opened)
        if form == "json":
            value = {"url": url, "final_url": opened.page.url, "title": opened.page.title, **lists_json(opened)}
            click.echo(json.dumps(value, ensure_ascii=False), file=run.stream)
        else:
            for headline_list in opened.page.headline_lists:
                print_list(run, headline_list)
        if not opened.page.headline_lists:
            say_no_list(run, url, opened)


def say_no_list(run: Run, url: str, opened: Opened) -> None:
    """Say what stands in the place of a headline list."""
    problem = opened.page.problem
    if problem is not None and opened.page.article is None:
        run.says(NOTHING_FOUND, problem.message, problem.advice)
        return
    feeds = ", ".join(shown(feed.url) for feed in opened.page.feeds[:3])
    hint = _("It names a feed: {feeds}").format(feeds=feeds) if feeds else ""
    run.says(NOTHING_FOUND, _("No headline list was found at {address}.").format(address=shown(url)), hint)


def print_list(run: Run, headline_list: HeadlineList) -> None:
    """Print a list: a table that fits the terminal; in a pipe, a line a title and a line an address, never broken."""
    click.echo(click.style(line(headline_list.label or _("Headlines")), bold=True) + "\n", file=run.stream)
    times = time_column(headline_list)
    columns = terminal_width() if sys.stdout.isatty() else None
    for headline in headline_list.headlines:
        click.echo(headline_row(headline, times, columns), file=run.stream)
    if headline_list.more_url:
        address = shown(headline_list.more_url)
        more = _("more: {address}").format(address=address)
        click.echo("\n  " + (cut(more, columns - 2) if columns else more), file=run.stream)
    click.echo(file=run.stream)


def time_column(headline_list: HeadlineList) -> int:
    """Return how many columns the times of a list take."""
    from rich.cells import cell_len

    return max((cell_len(shown_time(h)) for h in headline_list.headlines), default=0)


def shown_time(headline: Headline) -> str:
    """Return the time of a headline as the page shows it; where that is long, as in feeds, in the reader's zone."""
    time = line(headline.time_text or "")
    if len(time) <= _LONGEST_TIME:
        return time
    published = headline.published
    if published is None:
        return line(time, _LONGEST_TIME)
    return (published.astimezone() if published.tzinfo else published).strftime("%Y-%m-%d %H:%M")


def headline_row(headline: Headline, time_width: int, columns: int | None) -> str:
    """Return a headline as lines: time, title and views, then the address; as wide as they are without `columns`."""
    from rich.cells import cell_len

    time = shown_time(headline)
    time = " " * (time_width - cell_len(time)) + time
    margin = "  " + (time + "  " if time_width else "")
    indent = " " * cell_len(margin)
    views = f"{headline.views:,}".replace(",", " ") if headline.views is not None else ""
    title, address = line(headline.title), shown(headline.url)
    if columns is None:
        return f"{margin}{title}{f'  ({views})' if views else ''}\n{indent}{address}"

    from newsreader.typesetting.wrapping import wrap

    views_width = len(views) + 2 if views else 0
    room = max(10, columns - len(indent) - views_width)
    titles = [title[found.start : found.end] for found in wrap(title, room)] or [""]
    first = titles[0] + " " * (room - cell_len(titles[0]) + views_width - len(views)) + views if views else titles[0]
    lines = [margin + first, *(indent + each for each in titles[1:])]
    return "\n".join((*lines, indent + click.style(cut(address, max(10, columns - len(indent))), dim=True)))


def cut(text: str, columns: int) -> str:
    """Return a text with its middle left out where it is wider than so many columns."""
    from rich.cells import cell_len, chop_cells

    if cell_len(text) <= columns:
        return text
    start = chop_cells(text, max(1, columns * 2 // 3))[0]
    end = text[len(start) :]
    while end and cell_len(start) + 1 + cell_len(end) > columns:
        end = end[max(1, (cell_len(start) + 1 + cell_len(end) - columns) // 2) :]
    return f"{start}…{end}"


# --- the library --------------------------------------------------------------------------------


@program.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--offline", is_flag=True, help="Only what is stored; do not use the network.")
@with_service
async def save(run: Run, urls: tuple[str, ...], offline: bool) -> None:
    """Keep the article of each URL with its pictures, for good."""
    for url in urls:
        try:
            kept = await run.service.save(url, typed=True, offline=offline)
        except NewsreaderError as error:
            run.failed(error)
            continue
        pictures = _("{n} of {all} pictures").format(n=kept.pictures, all=kept.pictures_named)
        click.echo(line(kept.title) + (f"  ({pictures})" if kept.pictures_named else ""), file=run.stream)


@program.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@with_service
async def saved(run: Run, form: str) -> None:
    """List the saved articles, the last saved first."""
    for row in await run.service.saved_rows():
        if form == "json":
            value = {
                "url": row.url,
                "title": row.title,
                "site_name": row.site_name,
                "language": row.language,
                "published": iso(row.published),
                "saved_at": iso(row.saved_at),
                "word_count": row.word_count,
                "pictures": row.picture_count,
            }
            click.echo(json.dumps(value, ensure_ascii=False), file=run.stream)
        else:
            day = row.saved_at.astimezone().strftime("%Y-%m-%d")
            click.echo(f"{day}  {line(row.title)}\n            {shown(row.url)}", file=run.stream)


@program.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@with_service
async def remove(run: Run, urls: tuple[str, ...]) -> None:
    """Take the article of each URL out of the library."""
    for url in urls:
        try:
            await run.service.unsave(url)
        except NewsreaderError as error:
            run.failed(error)
            continue
        click.echo(_("removed {address}").format(address=shown(url)), file=run.stream)


# --- rules --------------------------------------------------------------------------------------


@program.group(invoke_without_command=True)
@click.pass_context
def rules(ctx: click.Context) -> None:
    """List the sites where you chose what the article is; see also its commands."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(rules_list)


@rules.command("list")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@with_service
async def rules_list(run: Run, form: str = "text") -> None:
    """List the rules: the site, the block that is its article, and the page where it was chosen."""
    found = (*(await run.service.rules()).items(), *(await run.service.rules("list")).items())
    for host, rule in sorted(found, key=lambda each: (each[0], each[1].purpose)):
        if form == "json":
            click.echo(json.dumps(site_rule_to_json(rule) | {"selector": rule.selector}), file=run.stream)
        else:
            click.echo(f"{line(host)}\n    {line(rule.selector, 300)}\n    {shown(rule.page)}", file=run.stream)


async def _forget_rules(service: NewsService, host: str) -> None:
    """Forget the rule for the list of a host, and the one for its articles; fails where there is neither."""
    try:
        await service.forget_rule(host, "list")
    except NoRuleError:
        await service.forget_rule(host)
        return
    with contextlib.suppress(NoRuleError):
        await service.forget_rule(host)


@rules.command("remove")
@click.argument("hosts", nargs=-1, required=True, metavar="HOST...")
@with_service
async def rules_remove(run: Run, hosts: tuple[str, ...]) -> None:
    """Forget the rule of each HOST; its pages are read as on the first day."""
    for host in hosts:
        try:
            await _forget_rules(run.service, host)
        except NewsreaderError as error:
            run.failed(error)
            continue
        click.echo(_("removed {address}").format(address=line(host, 200)), file=run.stream)


# --- the cache ----------------------------------------------------------------------------------


@program.group()
def cache() -> None:
    """What was merely opened: it can be deleted at any time."""


@cache.command("info")
@with_service
async def cache_info(run: Run) -> None:
    """Say what the cache holds."""
    info = await run.service.cache_info()
    oldest = info.oldest.astimezone().strftime("%Y-%m-%d %H:%M") if info.oldest else "–"
    rows = (
        (_("file"), str(info.path)),
        (_("size"), _("{size} MiB").format(size=decimal(f"{info.size_bytes / 1024 / 1024:.1f}"))),
        (_("pages"), str(info.pages)),
        (_("pictures"), str(info.pictures)),
        (_("oldest"), oldest),
    )
    for name, value in rows:
        click.echo(f"{name:10} {line(value, 1000)}", file=run.stream)


@cache.command("clear")
@with_service
async def cache_clear(run: Run) -> None:
    """Empty the cache; saved articles stay."""
    await run.service.clear_cache()
    click.echo(_("The cache is empty; saved articles are as they were."), file=run.stream)


@cache.command("path")
def cache_path() -> None:
    """Print where the cache lies."""
    click.echo(str(Directories.default().cache / "cache.db"))


# --- the configuration --------------------------------------------------------------------------


def config_file() -> Path:
    """Return where the configuration lies, or would lie."""
    return Directories.default().config / "config.toml"


def write_default(path: Path) -> bool:
    """Write the commented default configuration, unless there is one; say whether it was written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(default_config())
    except FileExistsError:
        return False
    return True


@program.group(invoke_without_command=True)
@click.pass_context
def config(ctx: click.Context) -> None:
    """Print where the configuration lies; see also its commands."""
    if ctx.invoked_subcommand is None:
        click.echo(str(config_file()))


@config.command("default")
def config_default() -> None:
    """Print a configuration that sets nothing, with a comment on everything that can be set."""
    click.echo(default_config(), nl=False)


@config.command("edit")
def config_edit() -> None:
    """Open the configuration in your editor; where there is none yet, begin with the commented default."""
    try:
        write_default(config_file())
    except OSError as error:
        complain(_("Could not write {path}: {reason}.").format(path=config_file(), reason=error.strerror))
        sys.exit(1)
    click.edit(filename=str(config_file()))
    configured()  # says what is wrong in it


# --- the shell ----------------------------------------------------------------------------------


@program.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for SHELL; README says where it goes."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(program, {}, "newsreader", "_NEWSREADER_COMPLETE").source())
