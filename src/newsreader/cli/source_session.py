"""`sources session`: with what the reader is logged in at the site of a source."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsreader.cli.completing import source_names
from newsreader.cli.given import STANDARD_INPUT, bytes_of
from newsreader.cli.running import Run, with_service
from newsreader.cli.typing_in import typed
from newsreader.i18n import gettext as _
from newsreader.service.errors import NoSourceError
from newsreader.service.site_sessions import LARGEST_COOKIES, session_words
from newsreader.source_values import Source, site_source
from newsreader.text import line
from newsreader.urls import InvalidURLError

if TYPE_CHECKING:
    from newsreader.cookies import SiteSession


@click.command("session", short_help="Read a SOURCE as you are logged in there.")
@click.argument("name", metavar="SOURCE", shell_complete=source_names)
@click.option(
    "--cookies", type=click.Path(dir_okay=False, allow_dash=True), metavar="FILE", help="A cookies.txt; or -."
)
@click.option(
    "--from", "browser", type=click.Choice(["firefox", "chromium"]), help="What this browser would send there."
)
@click.option(
    "--profile", type=click.Path(file_okay=False, path_type=Path), help="Its profile, in place of its usual one."
)
@click.option("--log-in", is_flag=True, help="Fill in its log-in form; asks for name and password.")
@click.option("--at", "address", metavar="ADDRESS", help="The page with the form, if it is another one.")
@click.option("--remove", is_flag=True, help="Forget the session.")
@with_service
async def session(
    run: Run,
    name: str,
    cookies: str | None,
    browser: str | None,
    profile: Path | None,
    log_in: bool,
    address: str | None,
    remove: bool,
) -> None:
    """Read a SOURCE, or any address, while logged in at its site; or show whether it has a session.

    The cookies stay on this computer and are only sent to that site. With --log-in the site's own form is filled in
    once: name and password only go to that site, over https, and are not kept.
    """
    if sum((cookies is not None, browser is not None, log_in, remove)) > 1:
        raise click.UsageError(_("Only one of --cookies, --from, --log-in and --remove can be given."))
    if address is not None and not log_in:
        raise click.UsageError(_("--at goes with --log-in."))
    if profile is not None and browser is None:
        raise click.UsageError(_("--profile goes with --from."))
    source = await _source_or_site(run, name)
    sessions = run.service.sites.sessions
    title = line(source.title, 100)
    if remove:
        await sessions.remove(source)
        click.echo(_("{title} is read without a session again").format(title=title), file=run.stream)
        return
    if cookies == STANDARD_INPUT:
        body = await bytes_of(STANDARD_INPUT, LARGEST_COOKIES + 1)
        kept = await sessions.take_cookies_txt(source, body, _("standard input"))
    elif cookies is not None:
        kept = await sessions.take_cookies_file(source, Path(cookies))
    elif browser is not None:
        take = sessions.take_from_firefox if browser == "firefox" else sessions.take_from_chromium
        kept = await take(source, profile)
    elif log_in:
        kept = await _logged_in(run, source, address)
    else:
        found = await sessions.session_of(source)
        if found is None:
            click.echo(_("{title} has no session").format(title=title), file=run.stream)
            return
        kept = found
    click.echo(f"{title}: {session_words(kept)}", file=run.stream)


async def _source_or_site(run: Run, name: str) -> Source:
    """Return the source that is meant, or the site of an address that is not followed.

    Raises:
        NoSourceError: it is neither.
    """
    try:
        return await run.service.subscriptions.named(name)
    except NoSourceError:
        with suppress(InvalidURLError):
            return site_source(name, run.service.now())
        raise


async def _logged_in(run: Run, source: Source, address: str | None) -> "SiteSession":
    """Fill the form with what a command of the configuration prints, else with what is typed here."""
    login = run.service.sites.login
    page = await login.find_form(source, address)
    given = await login.password_for(page)
    if given is None:
        place = line(page.host, 100)
        has_user = page.form.user_field is not None
        user = await typed(_("User name at {host}").format(host=place)) if has_user else ""
        given = user, await typed(_("Password at {host}").format(host=place), is_secret=True)
    return await login.log_in(source, page, *given)
