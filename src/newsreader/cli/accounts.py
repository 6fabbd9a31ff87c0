"""`accounts`: servers of feeds that the reader has an account at."""

import shlex
from typing import Any

import click

from newsreader.cli.header_option import header_of
from newsreader.cli.output import complain, print_json
from newsreader.cli.running import Run, iso, with_service
from newsreader.cli.typing_in import typed
from newsreader.i18n import gettext as _
from newsreader.i18n import ngettext
from newsreader.jsonform import problem_for_people
from newsreader.moments import local
from newsreader.service.account_values import FEVER, READER, Account, AccountReport, AccountState
from newsreader.text import line
from newsreader.urls import host_of, shown

_FORMAT_OPTION = click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
NOT_EXCHANGED = 3


@click.group(invoke_without_command=True, short_help="Read with an account at a server of feeds.")
@_FORMAT_OPTION
@click.pass_context
def accounts(ctx: click.Context, output_format: str) -> None:
    """List your accounts at servers of feeds and of saved articles; see also its commands."""
    ctx.default_map = {name: {"output_format": output_format} for name in accounts.commands}
    if ctx.invoked_subcommand is None:
        ctx.invoke(accounts_list, output_format=output_format)


@accounts.command("list", short_help="List the accounts.")
@_FORMAT_OPTION
@with_service
async def accounts_list(run: Run, output_format: str = "text") -> None:
    """List the accounts: when each was last synced, and what is waiting."""
    states = await run.service.accounts.states()
    if not states:
        complain(_("There are no accounts yet."), _("`newsreader accounts add ADDRESS` adds one."))
    for state in states:
        if output_format == "json":
            print_json(_state_json(state), run.stream)
            continue
        account = state.account
        click.echo(f"{line(account.user, 100)} · {shown(account.url)}", file=run.stream)
        click.echo(f"    {', '.join(_about(state))}", file=run.stream)


@accounts.command("add", short_help="Log in at the server at ADDRESS.")
@click.argument("address")
@click.option("--user", help="Your name there; without it, it is asked for.")
@click.option("--password-command", metavar="COMMAND", help="A command that prints the password whenever it is needed.")
@click.option("--keyring", is_flag=True, help="Keep the password in the system's keyring.")
@click.option(
    "--service",
    type=click.Choice([READER, FEVER, "wallabag", "readeck"]),
    default=READER,
    show_default=True,
    help="What the server has: feeds, or saved articles.",
)
@click.option("--client", type=(str, str), metavar="ID SECRET", help="ID and secret of your wallabag API client.")
@click.option("--header", "headers", multiple=True, metavar="NAME:VALUE", help="A header for this server; repeatable.")
@_FORMAT_OPTION
@with_service
async def accounts_add(
    run: Run,
    address: str,
    user: str | None,
    password_command: str | None,
    keyring: bool,
    service: str,
    client: tuple[str, str] | None,
    headers: tuple[str, ...],
    output_format: str,
) -> None:
    """Log in at a server of feeds, and follow what you follow there.

    FreshRSS, Miniflux, BazQux Reader and The Old Reader are such servers; coldsweat is one with --service fever. The
    password is kept in a file that only you can read, unless a command prints it or the keyring has it.

    With --service wallabag or readeck, what is kept there is saved here, and what you save here from now on is kept
    there. Readeck's password is an API token.
    """
    if (service == "wallabag") is not (client is not None):
        raise click.UsageError(_("--client goes with --service wallabag, which needs it."))
    if password_command is not None and keyring:
        raise click.UsageError(_("Only one of --password-command and --keyring can be given."))
    command = _words(password_command) if password_command is not None else ()
    given = tuple(header_of(text) for text in headers)
    place = host_of(run.service.accounts.address_for(address))  # refused before anything is asked
    if not user and service == "readeck":
        user = service  # whose token names the reader
    user = user or await typed(_("Name at {host}").format(host=place))
    if command:
        password = await run.service.accounts.password_from(command, address)
    else:
        password = await typed(_("Password at {host}").format(host=place), is_secret=True)
    kept_in = "command" if command else "keyring" if keyring else "file"
    wanted = Account("", address, user, kept_in, command, given, service, client)
    account = await run.service.accounts.add(wanted, password)
    report_exchange(run, await run.service.accounts.exchange(account), output_format)


@accounts.command("remove", short_help="Forget an account.")
@click.argument("name")
@with_service
async def accounts_remove(run: Run, name: str) -> None:
    """Forget an account and its password. NAME is its host, its address or your name there.

    Its sources stay: they are fetched from their own addresses from then on.
    """
    account = await run.service.accounts.named(name)
    await run.service.accounts.remove(account)
    click.echo(_("removed {address}").format(address=shown(account.url)), file=run.stream)


@accounts.command("accept", short_help="Accept a response that changes a lot.")
@click.argument("name", default="")
@_FORMAT_OPTION
@with_service
async def accounts_accept(run: Run, name: str, output_format: str) -> None:
    """Sync with a server once more, and accept its response even if that changes a lot; `undo` takes it back.

    NAME is the account's host, its address or your name there; it is not needed where there is only one account.
    """
    account = await run.service.accounts.named(name)
    report_exchange(run, await run.service.accounts.exchange(account, is_accepted=True), output_format)


def report_exchange(run: Run, report: AccountReport, output_format: str, *, quiet: bool = False) -> None:
    """Print what came of an exchange."""
    if report.problem is not None:
        host, message = host_of(report.account.url), report.problem.message
        run.report(NOT_EXCHANGED, message if host in message else f"{host}: {message}", report.problem.advice)
    if output_format == "json":
        print_json(_report_json(report), run.stream)
    elif not quiet and (report.problem is None or report.new):
        words = ", ".join(_counts(report)) or _("nothing new")
        click.echo(f"{host_of(report.account.url)}: {words}", file=run.stream)


def _counts(report: AccountReport) -> list[str]:
    counted = (
        (report.sources, ngettext("{n} source followed", "{n} sources followed", report.sources)),
        (report.new, ngettext("{n} new item", "{n} new items", report.new)),
        (report.read, ngettext("{n} read there", "{n} read there", report.read)),
        (report.unread, ngettext("{n} unread again", "{n} unread again", report.unread)),
        (report.starred, ngettext("{n} starred there", "{n} starred there", report.starred)),
        (report.unstarred, ngettext("{n} no longer starred", "{n} no longer starred", report.unstarred)),
        (report.sent, ngettext("{n} change sent", "{n} changes sent", report.sent)),
        (report.waiting, ngettext("{n} change not confirmed", "{n} changes not confirmed", report.waiting)),
    )
    return [words.format(n=count) for count, words in counted if count]


def _about(state: AccountState) -> list[str]:
    words = [ngettext("{n} source", "{n} sources", state.sources).format(n=state.sources)]
    if state.exchanged_at is not None:
        time = local(state.exchanged_at).strftime("%Y-%m-%d %H:%M")
        words.append(_("synced {time}").format(time=time))
    else:
        words.append(_("never synced"))
    if state.waiting:
        words.append(ngettext("{n} change to send", "{n} changes to send", state.waiting).format(n=state.waiting))
    if state.held:
        held = ngettext("{n} change waiting to be accepted", "{n} changes waiting to be accepted", state.held)
        words.append(held.format(n=state.held))
    return words


def _state_json(state: AccountState) -> dict[str, Any]:
    return _account_json(state.account) | {
        "exchanged_at": iso(state.exchanged_at),
        "sources": state.sources,
        "waiting": state.waiting,
        "held": state.held,
    }


def _report_json(report: AccountReport) -> dict[str, Any]:
    names = ("sources", "new", "read", "unread", "starred", "unstarred", "sent", "waiting", "held")
    counts = {name: getattr(report, name) for name in names}
    problem = {"problem": problem_for_people(report.problem)}
    return {"event": "account"} | _account_json(report.account) | counts | problem


def _account_json(account: Account) -> dict[str, Any]:
    return {"url": account.url, "user": account.user, "service": account.service, "password_in": account.kept_in}


def _words(command: str) -> tuple[str, ...]:
    try:
        words = tuple(shlex.split(command))
    except ValueError:
        words = ()
    if not words:
        raise click.UsageError(_("--password-command takes a command, such as “pass show reader”."))
    return words
