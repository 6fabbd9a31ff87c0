"""What a shell completes besides options: files, commands to help with, sources, tags, the numbers of rules."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from newsreader.errors import NewsreaderError
from newsreader.settings import Directories, Settings
from newsreader.text import line

if TYPE_CHECKING:
    from newsreader.service.facade import NewsService

_LONGEST = 120  # characters of a description


def files(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Have the shell complete the path of a file: an address may be one."""
    del context, parameter
    return [CompletionItem(typed, type="file")]


def command_names(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the commands that begin with what is typed, or those of the command that is typed already."""
    command: click.Command | None = context.find_root().command
    for name in context.params.get(parameter.name or "") or ():
        command = command.get_command(context, name) if isinstance(command, click.Group) else None
    if not isinstance(command, click.Group):
        return []
    found = ((name, command.get_command(context, name)) for name in command.list_commands(context))
    return _items([(name, each.get_short_help_str()) for name, each in found if each and not each.hidden], typed)


def source_names(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the titles of the sources that begin with what is typed, and addresses that do."""
    del context, parameter

    async def found(service: "NewsService") -> Iterable[tuple[str, str]]:
        sources = await service.subscriptions.all()
        return [pair for each in sources for pair in ((each.title, each.url), (each.url, each.title))]

    offers = _asked(found)
    by_title = _items(offers[::2], typed)
    return by_title if by_title and "://" not in typed else by_title + _items(offers[1::2], typed)


def tag_names(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the tags that begin with what is typed."""
    del context, parameter

    async def found(service: "NewsService") -> Iterable[tuple[str, str]]:
        return [(each.tag, str(each.count)) for each in await service.tags.all()]

    return _items(_asked(found), typed)


def rule_numbers(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the numbers of the rules for headlines, and the hosts that have rules of their own."""
    del context, parameter

    async def found(service: "NewsService") -> Iterable[tuple[str, str]]:
        numbers = [(str(each.id), f"{each.action}: {each.query}") for each in await service.rules.all()]
        hosts = {**await service.sites.rules.by_host("list"), **await service.sites.rules.by_host()}
        return [*numbers, *((host, rule.selector) for host, rule in hosts.items())]

    return _items(_asked(found), typed)


def _asked(question: "Callable[[NewsService], Awaitable[Iterable[tuple[str, str]]]]") -> Sequence[tuple[str, str]]:
    """Return what the stores contain; nothing if they cannot be read, as a shell cannot show why."""
    from newsreader.service.facade import NewsService

    async def ask() -> Sequence[tuple[str, str]]:
        async with NewsService(Directories.default(), Settings()) as service:
            return [*await question(service)]

    with suppress(NewsreaderError):
        return asyncio.run(ask())
    return []


def _items(offers: Iterable[tuple[str, str]], typed: str) -> list[CompletionItem]:
    return [
        CompletionItem(line(value), help=line(about, _LONGEST))
        for value, about in offers
        if value.casefold().startswith(typed.casefold())
    ]
