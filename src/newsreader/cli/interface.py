"""`open` and `demo`: the commands that show the interface."""

import sys

import click

from newsreader.cli.showing import run_interface


@click.command("open", short_help="Open each ADDRESS in the interface.")
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@click.option("--frugal", is_flag=True, help="No pictures, nothing fetched ahead.")
def open_address(addresses: tuple[str, ...] = (), frugal: bool = False) -> None:
    """Open ADDRESS in the interface, even if a command or a file has that name.

    With several addresses, their lists are shown one below the other.
    """
    sys.exit(run_interface([address for address in addresses if address], frugal=frugal))


@click.command(short_help="Open the sample newspaper, without a network.")
def demo() -> None:
    """Open the sample newspaper; no network is needed."""
    sys.exit(run_interface((), sample=True))
