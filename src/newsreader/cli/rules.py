"""`rules`: what is done with headlines that a query finds; and the sites where the reader chose what the article is."""

import contextlib
import json

import click

from newsreader.cli.completing import rule_numbers, tag_names
from newsreader.cli.given import STANDARD_INPUT, bytes_of
from newsreader.cli.output import complain, print_json
from newsreader.cli.running import NOTHING_FOUND, Run, with_service
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext as _
from newsreader.jsonform import site_rule_to_json
from newsreader.library_values import QueryRule, RuleAction
from newsreader.service.errors import NoRuleError, SameRuleError
from newsreader.service.facade import NewsService
from newsreader.text import line
from newsreader.urls import shown

_FORMAT_OPTION = click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
_LARGEST = 4 * 1024 * 1024  # bytes of a file of rules


@click.group(invoke_without_command=True, short_help="List, add or remove rules for headlines.")
@_FORMAT_OPTION
@click.pass_context
def rules(ctx: click.Context, output_format: str) -> None:
    """List your rules: what is done with headlines, and what the article of a site is; see also its commands."""
    ctx.default_map = {name: {"output_format": output_format} for name in rules.commands}
    if ctx.invoked_subcommand is None:
        ctx.invoke(rules_list, output_format=output_format)


@rules.command("list", short_help="List the rules for headlines and for sites.")
@_FORMAT_OPTION
@with_service
async def rules_list(run: Run, output_format: str = "text") -> None:
    """List the rules for headlines, then those for sites: the block that is their article, and where it was chosen."""
    for each in await run.service.rules.all():
        if output_format == "json":
            value = {"id": each.id, "action": each.action, "query": each.query, "tag": each.tag}
            print_json(value, run.stream)
        else:
            click.echo(_rule_line(each), file=run.stream)
    found = (
        *(await run.service.sites.rules.by_host()).items(),
        *(await run.service.sites.rules.by_host("list")).items(),
    )
    if not found and not await run.service.rules.all():
        complain(_("There are no rules yet."), _("`newsreader rules add hide QUERY` makes one."))
    for host, rule in sorted(found, key=lambda each: (each[0], each[1].purpose)):
        if output_format == "json":
            print_json(site_rule_to_json(rule) | {"selector": rule.selector}, run.stream)
        else:
            click.echo(f"{line(host)}\n    {line(rule.selector, 300)}\n    {shown(rule.page)}", file=run.stream)


async def _forget_rules(service: NewsService, host: str) -> None:
    """Forget the rule for the list of a host, and the one for its articles; fails where there is neither."""
    try:
        await service.sites.rules.forget(host, "list")
    except NoRuleError:
        await service.sites.rules.forget(host)
        return
    with contextlib.suppress(NoRuleError):
        await service.sites.rules.forget(host)


def _rule_line(rule: QueryRule) -> str:
    what = {
        "hide": _("hide"),
        "tag": _("tag with {tag}").format(tag=rule.tag),
        "save": _("save"),
        "read": _("mark read"),
    }[rule.action]
    return f"{rule.id:>3}  {what}: {line(rule.query, 300)}"


@rules.command(
    "add",
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
    short_help="Add a rule for headlines matching QUERY.",
)
@click.argument("action", type=click.Choice(["hide", "tag", "save", "read"]))
@click.argument("query", nargs=-1, required=True, type=click.UNPROCESSED, metavar="QUERY...")
@click.option("--tag", metavar="TAG", shell_complete=tag_names, default="", help="The tag to add, for the action tag.")
@with_service
async def rules_add(run: Run, action: RuleAction, query: tuple[str, ...], tag: str) -> None:
    """Hide, tag, save or mark as read every headline that QUERY finds, from now on."""
    rule = await run.service.rules.add(action, " ".join(query), tag)
    click.echo(_rule_line(rule), file=run.stream)


@rules.command("export", short_help="Print the rules for headlines as JSON lines.")
@with_service
async def rules_export(run: Run) -> None:
    """Print the rules for headlines as lines of JSON, as `import` takes them."""
    for each in (await run.service.rules.export()).splitlines():
        print_json(json.loads(each), run.stream)


@rules.command("import", short_help="Import the rules of FILE.")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True), default=STANDARD_INPUT)
@with_service
async def rules_import(run: Run, file: str) -> None:
    """Import the rules of FILE, as `export` prints them; rules that exist already are not duplicated."""
    from newsreader.extraction.decoding import decode
    from newsreader.importing.reading import TooLargeFileError

    body = await bytes_of(file, _LARGEST + 1)
    if len(body) > _LARGEST:
        raise TooLargeFileError(size=str(_LARGEST // 1024 // 1024))
    lines = decode(body, None).split("\n")
    if not any(text.strip() for text in lines):
        run.report(NOTHING_FOUND, _("The file holds no rules."), _("`newsreader rules export` prints yours as one."))
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        run.about = _("line {n}").format(n=number)
        try:
            rule = await run.service.rules.import_line(text)
        except SameRuleError as error:
            run.notify(error.text)
            continue
        except NewsreaderError as error:
            run.report_failure(error)
            continue
        click.echo(_rule_line(rule), file=run.stream)


@rules.command("remove", short_help="Delete the rules, each by NUMBER or HOST.")
@click.argument("names", nargs=-1, required=True, metavar="NUMBER|HOST...", shell_complete=rule_numbers)
@with_service
async def rules_remove(run: Run, names: tuple[str, ...]) -> None:
    """Delete the rules: each NUMBER, as the list gives it, or each HOST."""
    for host in names:
        try:
            if host.isdecimal():
                await run.service.rules.remove(int(host))
            else:
                await _forget_rules(run.service, host)
        except NewsreaderError as error:
            run.report_failure(error)
            continue
        click.echo(_("removed {address}").format(address=line(host, 200)), file=run.stream)
