"""`sources`: the pages and feeds that are followed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from shlex import join
from typing import Any

import click

from newsreader.cli.completing import source_names
from newsreader.cli.header_option import header_of
from newsreader.cli.output import complain, print_json
from newsreader.cli.running import Run, iso, with_service
from newsreader.cli.source_command import add_by_command
from newsreader.cli.source_session import session
from newsreader.commands import Words, is_command_address
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext as _
from newsreader.i18n import ngettext
from newsreader.jsonform import problem_for_people, source_settings_to_json
from newsreader.moments import local
from newsreader.source_values import Source, SourceKind, SourceSettings, SourceState
from newsreader.text import line
from newsreader.urls import normalise_url, shown, split_credentials

_FORMAT_OPTION = click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.group(invoke_without_command=True, short_help="List, add, edit or remove followed sources.")
@_FORMAT_OPTION
@click.pass_context
def sources(ctx: click.Context, output_format: str) -> None:
    """List the pages and feeds that you follow; see also its commands."""
    ctx.default_map = {name: {"output_format": output_format} for name in sources.commands}
    if ctx.invoked_subcommand is None:
        ctx.invoke(sources_list, output_format=output_format)


sources.add_command(session)


@sources.command("list", short_help="List the sources, with unread and failing.")
@click.option("--failing", is_flag=True, help="Only those that failed the last time.")
@_FORMAT_OPTION
@with_service
async def sources_list(run: Run, failing: bool = False, output_format: str = "text") -> None:
    """List the sources in their groups: how many headlines are unread, and what fails since when."""
    states = await run.service.unread_counts.states()
    found = await run.service.subscriptions.all()
    if not found:
        complain(_("There are no sources yet."), _("`newsreader sources add ADDRESS` adds one."))
    group = ""
    for source in found:
        state = states.get(source.id, SourceState())
        if failing and state.problem is None:
            continue
        if output_format == "json":
            print_json(source_json(source, state), run.stream)
            continue
        if source.group != group:
            group = source.group
            click.echo(f"\n{line(group)}", file=run.stream)
        command = await run.service.source_commands.of(source.url)
        for text in source_lines(source, state, command or ()):
            click.echo(text, file=run.stream)


@sources.command("add", short_help="Follow the page or feed at each ADDRESS.")
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@click.option("--command", help="A command that prints the source; or, with an ADDRESS, changes what comes from there.")
@click.option("--title", help="A title of your choice; for a single ADDRESS.")
@click.option("--group", default="", help="The group to put it in.")
@_FORMAT_OPTION
@with_service
async def sources_add(
    run: Run, addresses: tuple[str, ...], command: str | None, title: str | None, group: str, output_format: str
) -> None:
    """Follow the page or feed at each ADDRESS; its title and kind are detected.

    Where the feed of a page has more than the page, the command says so.
    """
    if title is not None and len(addresses) > 1:
        raise click.UsageError(_("--title is for a single ADDRESS."))
    if command is not None:
        source, is_new = await add_by_command(run, command, addresses, title, group)
        state = (await run.service.subscriptions.states()).get(source.id, SourceState())
        if output_format == "json":
            print_json(source_json(source, state) | {"added": is_new}, run.stream)
        else:
            words = _("follows {title}").format(title=line(source.title or shown(source.url)))
            click.echo(f"{words}\n    {line(command, 200)}", file=run.stream)
        return
    if not addresses:
        raise click.UsageError(_("Name an ADDRESS, or a --command."))
    for address in run.each(addresses):
        try:
            is_known = await _followed(run, address) is not None
            source = await run.service.sources.add(address, title=title, group=group)
            state = (await run.service.subscriptions.states())[source.id]
        except NewsreaderError as error:
            run.report_failure(error)
            continue
        if output_format == "json":
            value = source_json(source, state) | {"added": not is_known}
            print_json(value, run.stream)
        else:
            words = _("already following {title}") if is_known else _("follows {title}")
            click.echo(words.format(title=line(source.title)) + f"\n    {shown(source.url)}", file=run.stream)
        if not is_known:
            await _propose_feed(run, source)


async def _followed(run: Run, address: str) -> Source | None:
    return await run.service.subscriptions.of(split_credentials(normalise_url(address))[0])


async def _propose_feed(run: Run, source: Source) -> None:
    """Suggest the feed of a page if it offers more than the page."""
    copy = await run.service.pages.stored(source.url)
    offer = await run.service.sources.better_feed(source, copy.page) if copy is not None else None
    if offer is not None:
        feed = shown(offer.url)
        words = _("Its feed has more ({count} headlines): {feed}").format(count=offer.count, feed=feed)
        hint = _("newsreader sources edit {url} --url {feed} follows the feed instead.")
        run.report(0, words, hint.format(url=shown(source.url), feed=feed))


@sources.command("remove", short_help="Stop following each SOURCE.")
@click.argument("names", nargs=-1, required=True, metavar="SOURCE...", shell_complete=source_names)
@with_service
async def sources_remove(run: Run, names: tuple[str, ...]) -> None:
    """Stop following each SOURCE; a SOURCE is named by its address, its host or its title."""
    for name in names:
        try:
            source = await run.service.subscriptions.named(name)
            await run.service.subscriptions.remove(source)
        except NewsreaderError as error:
            run.report_failure(error)
            continue
        click.echo(_("removed {address}").format(address=shown(source.url)), file=run.stream)


@sources.command("edit", short_help="Change the settings of a SOURCE.")
@click.argument("name", metavar="SOURCE", shell_complete=source_names)
@click.option("--title", help="Another title.")
@click.option("--url", help="Another address: its feed, or where it has moved.")
@click.option("--group", help='The group to put it in; "" for none.')
@click.option("--up", "by", flag_value=-1, type=int, help="Move it up in its group.")
@click.option("--down", "by", flag_value=1, type=int, help="Move it down in its group.")
@click.option("--refresh-minutes", type=click.IntRange(-1, 100_000), help="0: never; -1: the default.")
@click.option("--full-articles/--summaries", default=None, help="What is downloaded for offline.")
@click.option("--pictures/--no-pictures", default=None, help="Whether pictures are downloaded too.")
@click.option("--list", "lists", multiple=True, metavar="LABEL", help="A list of the page to include; repeatable.")
@click.option("--all-lists", is_flag=True, help="Include all lists of the page.")
@click.option("--rule/--no-rule", "use_rule", default=None, help="Whether your content block is used.")
@click.option("--user-agent", help='The user agent sent there; "" for the default.')
@click.option("--header", "headers", multiple=True, metavar="NAME:VALUE", help="A header for this site; repeatable.")
@click.option("--no-headers", is_flag=True, help="No extra headers.")
@click.option("--keep-days", type=click.IntRange(0, 100_000), help="How long downloads are kept; 0 for the default.")
@click.option(
    "--keep-megabytes", type=click.IntRange(0, 1_000_000), help="How many MB of them are kept; 0 for the default."
)
@_FORMAT_OPTION
@with_service
async def sources_edit(
    run: Run,
    /,
    name: str,
    title: str | None,
    url: str | None,
    group: str | None,
    by: int | None,
    output_format: str,
    **chosen: object,
) -> None:
    """Change a SOURCE, which is named by its address, its host or its title; what is not given stays."""
    before = await run.service.subscriptions.named(name)
    source = replace(before, settings=_settings(before.settings, chosen))
    if title is not None and title.strip():
        source = replace(source, title=line(title, 120))
    if group is not None:
        source = replace(source, group=line(group, 80))
    if source != before:
        await run.service.subscriptions.edit(source, before=before)
    if url is not None:
        source = await run.service.sources.redirect(source, url)
    if by:
        await run.service.subscriptions.move(source, by)
    await _miss_lists(run, source)
    state = (await run.service.subscriptions.states())[source.id]
    if output_format == "json":
        print_json(source_json(source, state), run.stream)
    else:
        click.echo("\n".join(source_lines(source, state)), file=run.stream)


async def _miss_lists(run: Run, source: Source) -> None:
    """Say which of the lists that are wanted the page does not show, and which it does."""
    copy = await run.service.pages.stored(source.url) if source.settings.lists else None
    if copy is None:
        return
    shown_lists = [each.label for each in copy.page.headline_lists if each.label]
    for label in source.settings.lists:
        if label not in shown_lists:
            words = _("The page has no list “{label}” at the moment.").format(label=line(label, 200))
            names = ", ".join(f"“{line(each, 80)}”" for each in shown_lists)
            complain(words, _("Its lists are: {names}").format(names=names) if names else "")


def _settings(settings: SourceSettings, chosen: Mapping[str, Any]) -> SourceSettings:
    """Return the settings with what was chosen on the command line."""
    values: dict[str, Any] = {
        name: chosen[name] for name in ("full_articles", "pictures", "use_rule") if chosen[name] is not None
    }
    if chosen["refresh_minutes"] is not None:
        minutes = chosen["refresh_minutes"]
        values["refresh_minutes"] = None if minutes < 0 else minutes
    for name in ("keep_days", "keep_megabytes"):
        if chosen[name] is not None:
            values[name] = chosen[name] or None
    if chosen["lists"] or chosen["all_lists"]:
        values["lists"] = tuple(line(label, 200) for label in chosen["lists"])
    if chosen["headers"] or chosen["no_headers"]:
        values["headers"] = tuple(header_of(text) for text in chosen["headers"])
    agent = chosen["user_agent"]
    if agent is not None:
        if not (agent.isascii() and agent.isprintable() and len(agent) <= 200):
            raise click.UsageError(_("--user-agent takes up to 200 plain ASCII characters."))
        values["user_agent"] = agent or None
    return replace(settings, **values)


def source_json(source: Source, state: SourceState) -> dict[str, Any]:
    """Return a source and its state; the values of its headers, which may be secret, are left out."""
    settings = source_settings_to_json(source.settings)
    if "headers" in settings:
        settings["headers"] = [name for name, _value in source.settings.headers]
    return {
        "id": source.id,
        "url": source.url,
        "title": source.title,
        "kind": source.kind.value,
        "group": source.group,
        "added_at": iso(source.added_at),
        "settings": settings,
        "unread": state.unread,
        "headlines": state.count,
        "checked_at": iso(state.checked_at),
        "failed_since": iso(state.failed_since),
        "retry_at": iso(state.retry_at),
        "problem": problem_for_people(state.problem),
    }


def source_lines(source: Source, state: SourceState, command: Words = ()) -> list[str]:
    """Return a source in two lines, with the command that makes it, and in a third one why it fails."""
    names = {SourceKind.PAGE: _("page"), SourceKind.FEED: _("feed"), SourceKind.SEARCH: _("search")}
    unread = ngettext("{unread} of {count} headline unread", "{unread} of {count} headlines unread", state.count)
    about = names[source.kind]
    if source.kind is not SourceKind.SEARCH:  # what a search finds is reported when it is made
        about += f", {unread.format(unread=state.unread, count=state.count)}"
    mark = "!" if state.problem is not None else " "
    address = [] if is_command_address(source.url) else [shown(source.url)]
    made = " | ".join((*address, *([line(join(command), 300)] if command else [])))
    lines = [f"{mark} {line(source.title)}  ({about})", f"    {made or shown(source.url)}"]
    if state.problem is not None:
        since = _clock(state.failed_since)
        words = _("failing since {time}: {problem}")
        lines.append("    " + words.format(time=since, problem=line(state.problem.message, 300)))
    return lines


def _clock(time: datetime | None) -> str:
    return local(time).strftime("%Y-%m-%d %H:%M") if time is not None else "?"
