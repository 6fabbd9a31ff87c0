"""`devices`: the reader's other devices, and the place through which they exchange the library."""

import shlex
from functools import partial
from typing import Any

import click

from newsreader.cli.output import complain, print_json
from newsreader.cli.running import Run, iso, with_service
from newsreader.cli.typing_in import typed
from newsreader.devices.values import DeviceInfo, ExchangeReport, Keep
from newsreader.i18n import gettext as _
from newsreader.i18n import ngettext
from newsreader.jsonform import problem_for_people
from newsreader.moments import local
from newsreader.service.device_messages import received_message
from newsreader.service.devices import NotJoinedError
from newsreader.text import line
from newsreader.urls import shown

NOT_READ = 3
_MOST_IGNORED = 3
_FORMAT_OPTION = click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.group(invoke_without_command=True, short_help="Use one library on several devices.")
@_FORMAT_OPTION
@click.pass_context
def devices(ctx: click.Context, output_format: str) -> None:
    """List the devices that use your library; see also its commands."""
    ctx.default_map = {name: {"output_format": output_format} for name in devices.commands}
    if ctx.invoked_subcommand is None:
        ctx.invoke(devices_list, output_format=output_format)


@devices.command("list", short_help="List the devices.")
@_FORMAT_OPTION
@with_service
async def devices_list(run: Run, output_format: str = "text") -> None:
    """List the devices: when each was last seen, and how far behind it is."""
    joined = await run.service.sync.devices.membership()
    if joined is None:
        nobody = NotJoinedError()
        complain(nobody.text, nobody.advice)
        return
    found = await run.service.sync.devices.all()
    for each in found:
        if output_format == "json":
            print_json(_device_json(each), run.stream)
        else:
            click.echo(f"{line(each.name, 60)} · {', '.join(_about(each))}", file=run.stream)
    if output_format == "text":
        click.echo(_("through {place}").format(place=shown(joined.place)), file=run.stream)


def _about(device: DeviceInfo) -> list[str]:
    words = [_("this device")] if device.is_this else []
    if device.seen_at is not None:
        words.append(_("last seen {time}").format(time=local(device.seen_at).strftime("%Y-%m-%d %H:%M")))
    else:
        words.append(_("not seen yet"))
    n = device.behind
    if n and device.is_this:
        words.append(ngettext("{count} change to send", "{count} changes to send", n).format(count=n))
    elif n:
        words.append(ngettext("{count} change behind", "{count} changes behind", n).format(count=n))
    if n := device.waiting:
        words.append(
            ngettext("{count} of its changes not here yet", "{count} of its changes not here yet", n).format(count=n)
        )
    return [*words, device.id[:8]]


def _device_json(device: DeviceInfo) -> dict[str, Any]:
    return {
        "id": device.id,
        "name": device.name,
        "this": device.is_this,
        "seen_at": iso(device.seen_at),
        "behind": device.behind,
        "waiting": device.waiting,
    }


@devices.command("join", short_help="Sync with the devices that use PLACE.")
@click.argument("place", required=False)
@click.option("--command", metavar="COMMAND", help="A command that stores the files, instead of PLACE.")
@click.option("--name", default="", help="What to call this device; the name of the computer if it is left out.")
@click.option(
    "--keep",
    type=click.Choice(["marks", "saved", "everything"]),
    default="saved",
    show_default=True,
    help="What to sync of saved articles: that they are saved, their text too, or the original pages too.",
)
@click.option("--seal", is_flag=True, help="Seal the files with a pass phrase, which is asked for.")
@click.option("--user", default="", help="Your name at the server, if it is not in the address.")
@_FORMAT_OPTION
@with_service
async def devices_join(
    run: Run,
    place: str | None,
    command: str | None,
    name: str,
    keep: Keep,
    seal: bool,
    user: str,
    output_format: str,
) -> None:
    """Sync your library through PLACE: a folder, dav://HOST/FOLDER, or s3://BUCKET/FOLDER.

    Run it on every device with the same place. A folder may be copied between devices by whatever you like: Syncthing,
    a network share, a stick. What is in it needs no server.
    """
    address = _address(place, command)
    secrets = await run.service.sync.devices.typed_secrets(
        address, user=user, seal=seal, ask=partial(typed, is_secret=True)
    )
    report = await run.service.sync.devices.join(address, secrets, name=name, keep=keep)
    if output_format == "text":
        (own,) = (each for each in await run.service.sync.devices.all() if each.is_this)
        words = _("This device syncs through {place} now, under the name {name}.")
        joined = await run.service.sync.devices.membership()
        place_shown = shown(joined.place) if joined is not None else shown(address)
        click.echo(words.format(place=place_shown, name=own.name), file=run.stream)
    report_devices(run, report, output_format)


def _address(place: str | None, command: str | None) -> str:
    if place is not None and command is not None:
        raise click.UsageError(_("Only one of PLACE and --command can be given."))
    if not place and not command:
        raise click.UsageError(_("Name a place, or a command with --command."))
    if command is None:
        return str(place)
    try:
        shlex.split(command)
    except ValueError as error:
        raise click.UsageError(_("A quotation mark is missing in the command.")) from error
    return f"command:{command}"


@devices.command("leave", short_help="Stop syncing this device.")
@with_service
async def devices_leave(run: Run) -> None:
    """Stop syncing with your other devices. Nothing is deleted, here or there."""
    is_said = await run.service.sync.devices.leave()
    click.echo(_("This device has left. Its library is as it was."), file=run.stream)
    if not is_said:
        complain(
            _("The other devices still list it, because the place could not be reached."),
            _("`newsreader devices forget` on one of them ends that."),
        )


@devices.command("rename", short_help="Call DEVICE by NAME.")
@click.argument("device")
@click.argument("name")
@with_service
async def devices_rename(run: Run, device: str, name: str) -> None:
    """Call DEVICE by another NAME, on all devices. DEVICE is its name, or the beginning of its ID."""
    before = await run.service.sync.devices.rename(device, name)
    click.echo(_("{before} is called {name} now.").format(before=before.name, name=line(name, 60)), file=run.stream)


@devices.command("forget", short_help="Remove DEVICE from the list.")
@click.argument("device")
@with_service
async def devices_forget(run: Run, device: str) -> None:
    """Remove DEVICE from the list, and keep nothing for it. Its changes stay; if it syncs again, nothing is lost."""
    gone = await run.service.sync.devices.forget(device)
    click.echo(_("{name} is forgotten.").format(name=gone.name), file=run.stream)


def report_devices(run: Run, report: ExchangeReport, output_format: str, *, quiet: bool = False) -> None:
    """Print what an exchange with the other devices has done; what could not be read goes to stderr."""
    for problem in report.problems:
        run.report(NOT_READ, problem.message, problem.advice)
    if output_format == "json":
        print_json(_report_json(report), run.stream)
        return
    if report.is_new_device:
        complain(_("This library is a copy of another one that syncs here too: it is a device of its own from now on."))
    if quiet:
        return
    if n := len(report.ignored):
        names = ", ".join(line(name.rpartition("/")[2], 60) for name in report.ignored[:_MOST_IGNORED])
        words = ngettext(
            "{count} file there is not from newsreader: {names}",
            "{count} files there are not from newsreader: {names}",
            n,
        )
        complain(words.format(count=n, names=names + ("…" if n > _MOST_IGNORED else "")))
    sent = ngettext("{count} change sent", "{count} changes sent", report.sent).format(count=report.sent)
    words = received_message(report) or _("nothing new from your other devices")
    click.echo(f"{words} · {sent}", file=run.stream)


def _report_json(report: ExchangeReport) -> dict[str, Any]:
    return {
        "event": "devices",
        "received": {name: dict(counts) for name, counts in report.received.items()},
        "sent": report.sent,
        "articles_received": report.articles_received,
        "articles_sent": report.articles_sent,
        "refused": report.refused,
        "new_device": report.is_new_device,
        "problems": [problem_for_people(problem) for problem in report.problems],
        "ignored": list(report.ignored),
    }
