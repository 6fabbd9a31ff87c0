"""The messages about an undone change, for both front ends."""

from typing import TYPE_CHECKING

from newsreader.i18n import gettext, ngettext
from newsreader.text import line

if TYPE_CHECKING:
    from newsreader.library_values import Change

_LONGEST_TITLE = 80


def undo_message(change: "Change") -> str:
    """Return a sentence about what was undone."""
    if change.parts > 1:
        return _message_of_several(change)
    done = {
        "save": gettext("Undone: no longer saved."),
        "unsave": gettext("Undone: saved again."),
        "import": gettext("Undone: what was imported is taken back."),
        "read": gettext("Undone: marked unread again."),
        "unread": gettext("Undone: marked read again."),
        "devices": gettext("Undone: what came from your other devices is taken back, there too."),
        "queue": gettext("Undone: no longer queued."),
        "later": gettext("Undone: no longer in Later."),
        "not-later": gettext("Undone: in Later again."),
        "choice": gettext("Undone: your choice for this site is as it was before."),
        "add-source": gettext("Undone: {title} is no longer followed."),
        "remove-source": gettext("Undone: {title} is followed again."),
        "change-source": gettext("Undone: {title} is as it was."),
        "move-source": gettext("Undone: the sources are in the order in which they were."),
        "tags": gettext("Undone: the tags are as they were."),
        "highlight": gettext("Undone: no longer highlighted."),
        "change-highlight": gettext("Undone: the highlight is as it was."),
        "remove-highlight": gettext("Undone: highlighted again."),
        "account": gettext("Undone: what came from {title} is taken back."),
        "add-rule": gettext("Undone: the rule is gone."),
        "remove-rule": gettext("Undone: the rule applies again."),
        "give-session": gettext("Undone: {title} is read as before."),
        "remove-session": gettext("Undone: {title} is read as you are logged in there again."),
    }
    return done.get(change.action, gettext("Undone.")).format(title=line(change.title or "", _LONGEST_TITLE))


def earlier_message(change: "Change", key: str, time: str) -> str:
    """Return the message before the first change from before the program started is undone.

    Args:
        change: It.
        key: Undoes it.
        time: When it was made, for people.
    """
    about = f": {line(change.title, _LONGEST_TITLE)}" if change.title else ""
    words = gettext("Nothing more to undo since the start; press {key} again to undo your change of {time}")
    return f"{words.format(key=key, time=time)}{about}."


def _message_of_several(change: "Change") -> str:
    count = change.parts
    done = {
        "save": ngettext(
            "Undone: {count} article no longer saved.", "Undone: {count} articles no longer saved.", count
        ),
        "unsave": ngettext("Undone: {count} article saved again.", "Undone: {count} articles saved again.", count),
        "add-source": ngettext(
            "Undone: {count} source no longer followed.", "Undone: {count} sources no longer followed.", count
        ),
        "remove-source": ngettext(
            "Undone: {count} source followed again.", "Undone: {count} sources followed again.", count
        ),
        "tags": gettext("Undone: the tags are as they were."),
        "devices": gettext("Undone: what came from your other devices is taken back, there too."),
    }
    words = done.get(change.action) or ngettext("Undone: {count} change.", "Undone: {count} changes.", count)
    return words.format(count=count)
