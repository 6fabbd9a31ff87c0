"""`open` and `demo`: the commands that show the interface."""

import sys

import click

from newsreader.cli.completing import files
from newsreader.cli.interrupts import raised
from newsreader.cli.running import check_decoded
from newsreader.cli.showing import run_interface

_linear = click.option("--linear/--screen", default=None, help="Plain lines, for screen readers; or the screen.")


@click.command("open", short_help="Open each ADDRESS in the interface.")
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...", shell_complete=files)
@click.option("--frugal", is_flag=True, help="No pictures, nothing fetched ahead.")
@_linear
@click.pass_context
def open_address(
    ctx: click.Context, addresses: tuple[str, ...] = (), frugal: bool = False, linear: bool | None = None
) -> None:
    """Open ADDRESS in the interface, even if a command or a file has that name.

    With several addresses, their lists are shown one below the other.
    """
    for address in addresses:
        check_decoded(address)
    _show(ctx, [address for address in addresses if address], frugal=frugal, linear=linear)


@click.command(short_help="Open the sample newspaper, without a network.")
@_linear
@click.pass_context
def demo(ctx: click.Context, linear: bool | None = None) -> None:
    """Open the sample newspaper; no network is needed."""
    _show(ctx, (), sample=True, linear=linear)


def _show(
    ctx: click.Context,
    addresses: "list[str] | tuple[str, ...]",
    *,
    linear: bool | None,
    sample: bool = False,
    frugal: bool = False,
) -> None:
    """Show the interface: as plain lines where the command line, or else the configuration, says so."""
    asked = linear if linear is not None else ctx.find_root().params.get("linear")
    if not (_is_configured() if asked is None else asked):
        sys.exit(run_interface(addresses, sample=sample, frugal=frugal))
    from newsreader.cli.lines import run_lines

    with raised():
        sys.exit(run_lines(addresses, sample=sample, frugal=frugal))


def _is_configured() -> bool:
    from newsreader.settings import Directories, load_settings

    settings, _ = load_settings(Directories.default().config / "config.toml")
    return settings.interface.linear
