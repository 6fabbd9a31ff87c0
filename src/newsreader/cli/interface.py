"""`open` and `demo`: the commands that show the interface."""

import asyncio
import os
import sys

import click

from newsreader.cli.running import complain
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext as _
from newsreader.service.news import NewsService
from newsreader.settings import Directories, Settings, load_settings
from newsreader.urls import normalise_url


@click.command("open")
@click.argument("address", required=False)
@click.option("--frugal", is_flag=True, help="No pictures, nothing fetched ahead.")
def open_address(address: str | None = None, frugal: bool = False) -> None:
    """Open ADDRESS in the interface, even where a command or a file is called like it."""
    sys.exit(run_interface(address or None, frugal=frugal))


@click.command()
def demo() -> None:
    """Open the sample newspaper; no network is needed."""
    sys.exit(run_interface(None, sample=True))


def run_interface(address: str | None, *, sample: bool = False, frugal: bool = False) -> int:
    """Show the interface and return its exit status."""
    from newsreader.tui.terminal import Colours, can_show_a_screen, take_in_colours

    if address is not None and not address.startswith("file:"):
        try:
            normalise_url(address)
        except NewsreaderError as error:
            complain(error.text, error.advice)
            return error.exit_status
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        complain(_("The interface needs a terminal."), _("For a pipe, use: newsreader read ADDRESS."))
        return 2
    if not can_show_a_screen(os.environ):
        complain(
            _("This terminal cannot show the interface: TERM is {name}.").format(name=os.environ["TERM"]),
            _("Use: newsreader read ADDRESS; or set TERM to what the terminal is, such as xterm-256color."),
        )
        return 2
    colours = take_in_colours(os.environ)  # before Textual looks

    from newsreader.tui.app import NewsreaderApp

    directories = Directories.default()
    settings, problems = load_settings(directories.config / "config.toml")
    service = NewsService(directories, settings.with_frugal() if frugal else settings)
    service.start()
    has_few = colours is Colours.FEW
    app = NewsreaderApp(service, address, sample=sample, problems=problems, has_few_colours=has_few)
    app.run()
    if not app.return_code:
        asyncio.run(keep_in_order(directories, settings))
    return app.return_code or 0


async def keep_in_order(directories: Directories, settings: Settings) -> None:
    """Forget what is old and back the library up, once the terminal is the reader's again."""
    async with NewsService(directories, settings) as service:
        await service.care()
