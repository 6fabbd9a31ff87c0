"""The messages about a copy, and its fields in both JSON outputs."""

from datetime import datetime
from typing import Any

from newsreader.cli.running import Run, iso
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext as _
from newsreader.i18n import ngettext
from newsreader.jsonform import headline_list_to_json, problem_for_people
from newsreader.models import Opened, Problem
from newsreader.moments import local
from newsreader.urls import shown


def lists_json(opened: Opened) -> dict[str, Any]:
    """Return the lists of a page and the state of the copy, as both JSON forms print them."""
    return {
        "headline_lists": [headline_list_to_json(x) for x in opened.page.headline_lists],
        "icon": opened.page.icon,
        "refresh_minutes": opened.page.refresh_minutes,
        "fetched_at": iso(opened.fetched_at),
        "from_cache": opened.from_cache,
        "logged_in": opened.logged_in,
        "problem": problem_for_people(opened.page.problem),
        "note": problem_for_people(opened.page.note),
        "fetch_problem": problem_for_people(opened.fetch_problem),
    }


def failure_json(url: str, error: NewsreaderError) -> dict[str, Any]:
    """Return what both JSON forms print about an address that failed."""
    return {"url": shown(url), "final_url": None, "fetch_problem": problem_for_people(Problem.of(error))}


def report_copy(run: Run, url: str, opened: Opened) -> None:
    """Report on stderr how old a copy is, and why it is not newer."""
    if opened.fetch_problem is not None:
        run.notify(opened.fetch_problem.message, opened.fetch_problem.advice)
    if opened.page.note is not None:
        run.notify(opened.page.note.message, opened.page.note.advice)
    if opened.from_cache:
        kind = _("the saved copy") if opened.saved else _("the copy")
        when = local(opened.fetched_at).strftime("%Y-%m-%d %H:%M")
        run.notify(
            _("this is {kind} of {time}, {age} old").format(kind=kind, time=when, age=age(run, opened.fetched_at)),
        )
    elif opened.page.url.startswith("http://") and "://" not in url and not url.startswith("file:"):
        run.notify(_("{address} has no secure connection; it was read over plain http").format(address=shown(url)))


def age(run: Run, since: datetime) -> str:
    """Return in words how long ago something was."""
    minutes = max(0, int((run.service.now() - since).total_seconds() // 60))
    if minutes < 60:
        return ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    if minutes < 48 * 60:
        return ngettext("{n} hour", "{n} hours", minutes // 60).format(n=minutes // 60)
    return ngettext("{n} day", "{n} days", minutes // 1440).format(n=minutes // 1440)
