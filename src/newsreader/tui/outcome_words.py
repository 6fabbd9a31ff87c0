"""How the end of something is put in words: a download, a command that was run; and what colours are called."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from newsreader.i18n import gettext, ngettext
from newsreader.library_values import HighlightColour
from newsreader.text import line

if TYPE_CHECKING:
    from newsreader.desktop import Piped
    from newsreader.service.values import DownloadReport

_LONGEST_COMMAND = 60  # columns, as messages show it


def download_outcome(report: "DownloadReport", problems: Mapping[bool, str]) -> str:
    """Return the result of a download, with the first reason why something is missing or comes later."""
    if report.problem is not None and not report.downloaded:
        return line(f"{report.problem.message} {report.problem.advice}", 300)
    n = report.downloaded
    words = [ngettext("{count} article downloaded.", "{count} articles downloaded.", n).format(count=n)]
    if report.pictures_missing:
        n = report.pictures_missing
        lacking = ngettext("{count} picture couldn't be downloaded.", "{count} pictures couldn't be downloaded.", n)
        words.append(lacking.format(count=n))
    failed, later = report.failed, report.later
    if failed + later and not n:
        words.clear()
    if report.is_full:
        words.append(gettext("The limit on their size is reached."))
        return line(" ".join(words), 300)
    if failed:
        could_not = ngettext("{count} failed: {reason}", "{count} failed: {reason}", failed)
        words.append(could_not.format(count=failed, reason=problems.get(False, "")))
    if later:
        reason = line(report.problem.message, 200) if report.problem is not None else problems.get(True, "")
        has_to_wait = ngettext("{count} has to wait: {reason}", "{count} have to wait: {reason}", later)
        words.append(has_to_wait.format(count=later, reason=reason))
    return line(" ".join(words), 300)


def queued_words(asked: int, added: int) -> str:
    """Return what came of letting headlines wait for the network: how many of those asked for were not waiting yet."""
    if not asked:
        return gettext("Everything in the list can be read now.")
    if not added:
        return gettext("Already queued: it is fetched when the network is back.")
    words = ngettext(
        "Queued: it is fetched when the network is back.",
        "{count} queued: they are fetched when the network is back.",
        added,
    )
    return words.format(count=added)


def shown_command(command: Sequence[str]) -> str:
    """Return a command as it is typed."""
    import shlex  # few start a command

    return line(shlex.join(command), _LONGEST_COMMAND)


def command_ended(command: Sequence[str], done: "Piped") -> str:
    """Return how a command has ended."""
    if done.status == 0:
        return gettext("{command} is done.").format(command=shown_command(command))
    if done.status < 0:
        words = gettext("{command} was ended by signal {number}.")
        return words.format(command=shown_command(command), number=-done.status)
    return gettext("{command} ended with status {number}.").format(command=shown_command(command), number=done.status)


def colour_name(colour: HighlightColour) -> str:
    """Return what a colour of highlights is called."""
    names = {
        HighlightColour.YELLOW: gettext("yellow"),
        HighlightColour.GREEN: gettext("green"),
        HighlightColour.BLUE: gettext("blue"),
        HighlightColour.PINK: gettext("pink"),
    }
    return names[colour]
