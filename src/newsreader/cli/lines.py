"""How the program is shown as plain lines: for screen readers, Braille displays and pipes."""

import asyncio
import logging
from collections.abc import Sequence

from newsreader.cli.showing import check_addresses, choose_language, end_with_devices, keep_in_order
from newsreader.linear.console import Console
from newsreader.linear.program import LinearProgram
from newsreader.models import Problem
from newsreader.service.facade import NewsService
from newsreader.settings import Directories, Settings, load_settings


def run_lines(addresses: Sequence[str], *, sample: bool = False, frugal: bool = False) -> int:
    """Show the program as plain lines, with the page at an address, and return its exit status."""
    logging.getLogger("newsreader").addHandler(logging.NullHandler())  # nothing goes to stderr
    directories = Directories.default()
    settings, problems = load_settings(directories.config / "config.toml")
    choose_language(settings)
    status = check_addresses(addresses)
    if status:
        return status
    if frugal:
        settings = settings.with_frugal()
    status = asyncio.run(_shown(directories, settings, addresses, sample=sample, problems=problems))
    asyncio.run(keep_in_order(directories, settings))
    if not status:
        end_with_devices(directories, settings)
    return status


async def _shown(
    directories: Directories,
    settings: Settings,
    addresses: Sequence[str],
    *,
    sample: bool,
    problems: Sequence[Problem],
) -> int:
    console = Console()
    async with NewsService(directories, settings) as service:
        program = LinearProgram(service, console)
        program.take_signals()
        console.start()
        await asyncio.to_thread(service.start)
        await service.own_settings.apply()
        await service.apply_metered_mode()
        return await program.run(addresses, sample=sample, problems=problems)
