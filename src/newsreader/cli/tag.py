"""`tag`: tags given, taken away, listed."""

import click

from newsreader.cli.completing import tag_names
from newsreader.cli.output import complain, print_json
from newsreader.cli.running import Run, with_service
from newsreader.i18n import gettext as _
from newsreader.text import line
from newsreader.urls import normalise_url, shown, split_credentials


@click.command(short_help="Show or change the tags of an article.")
@click.argument("url", required=False)
@click.argument("tags", nargs=-1, metavar="[TAG]...", shell_complete=tag_names)
@click.option("--remove", is_flag=True, help="Remove the tags.")
@click.option("--list", "listed", metavar="TAG", shell_complete=tag_names, help="List the articles with this tag.")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@with_service
async def tag(
    run: Run, url: str | None, tags: tuple[str, ...], remove: bool, listed: str | None, output_format: str
) -> None:
    """Tag the article at URL; without a TAG, print its tags; without a URL, list all tags."""
    if listed is not None:
        for story in await run.service.tags.stories(listed):
            if output_format == "json":
                print_json({"url": story.url, "title": story.title}, run.stream)
            else:
                click.echo(f"{line(story.title)}\n    {shown(story.url)}", file=run.stream)
        return
    if url is None:
        tags_of_all = await run.service.tags.all()
        if not tags_of_all:
            complain(_("There are no tags yet."), _("`newsreader tag ADDRESS TAG` adds one."))
        for each in tags_of_all:
            if output_format == "json":
                print_json({"tag": each.tag, "count": each.count}, run.stream)
            else:
                click.echo(f"{each.count:>5}  {line(each.tag)}", file=run.stream)
        return
    address, _credentials = split_credentials(normalise_url(url))
    if tags:
        names = {name for each in tags for name in each.split(",")}
        now = await run.service.tags.tag_story(address, names, remove=remove)
    else:
        now = await run.service.tags.of(address)
    if output_format == "json":
        print_json({"url": address, "tags": sorted(now)}, run.stream)
    else:
        click.echo(", ".join(sorted(now)) or _("no tags"), file=run.stream)
