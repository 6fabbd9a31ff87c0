"""`rules`: the sites where the reader chose what the article is."""

import contextlib
import json

import click

from newsreader.cli.running import Run, with_service
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext as _
from newsreader.jsonform import site_rule_to_json
from newsreader.service.errors import NoRuleError
from newsreader.service.news import NewsService
from newsreader.text import line
from newsreader.urls import shown


@click.group(invoke_without_command=True)
@click.pass_context
def rules(ctx: click.Context) -> None:
    """List the sites where you chose what the article is; see also its commands."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(rules_list)


@rules.command("list")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@with_service
async def rules_list(run: Run, form: str = "text") -> None:
    """List the rules: the site, the block that is its article, and the page where it was chosen."""
    found = (*(await run.service.rules()).items(), *(await run.service.rules("list")).items())
    for host, rule in sorted(found, key=lambda each: (each[0], each[1].purpose)):
        if form == "json":
            click.echo(json.dumps(site_rule_to_json(rule) | {"selector": rule.selector}), file=run.stream)
        else:
            click.echo(f"{line(host)}\n    {line(rule.selector, 300)}\n    {shown(rule.page)}", file=run.stream)


async def _forget_rules(service: NewsService, host: str) -> None:
    """Forget the rule for the list of a host, and the one for its articles; fails where there is neither."""
    try:
        await service.forget_rule(host, "list")
    except NoRuleError:
        await service.forget_rule(host)
        return
    with contextlib.suppress(NoRuleError):
        await service.forget_rule(host)


@rules.command("remove")
@click.argument("hosts", nargs=-1, required=True, metavar="HOST...")
@with_service
async def rules_remove(run: Run, hosts: tuple[str, ...]) -> None:
    """Forget the rule of each HOST; its pages are read as on the first day."""
    for host in hosts:
        try:
            await _forget_rules(run.service, host)
        except NewsreaderError as error:
            run.failed(error)
            continue
        click.echo(_("removed {address}").format(address=line(host, 200)), file=run.stream)
