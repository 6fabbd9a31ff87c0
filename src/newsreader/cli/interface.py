"""`open` and `demo`: the commands that show the interface."""

import sys

import click

from newsreader.cli.showing import run_interface


@click.command("open", short_help="Open ADDRESS in the interface.")
@click.argument("address", required=False)
@click.option("--frugal", is_flag=True, help="No pictures, nothing fetched ahead.")
def open_address(address: str | None = None, frugal: bool = False) -> None:
    """Open ADDRESS in the interface, even if a command or a file has that name."""
    sys.exit(run_interface(address or None, frugal=frugal))


@click.command(short_help="Open the sample newspaper, without a network.")
def demo() -> None:
    """Open the sample newspaper; no network is needed."""
    sys.exit(run_interface(None, sample=True))
