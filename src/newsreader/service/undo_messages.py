"""The messages about an undone change, for both front ends."""

from typing import TYPE_CHECKING

from newsreader.i18n import gettext
from newsreader.text import line

if TYPE_CHECKING:
    from newsreader.library_values import Change

_LONGEST_TITLE = 80


def undo_message(change: "Change") -> str:
    """Return a sentence that says what is as it was before."""
    done = {
        "save": gettext("Undone: no longer saved."),
        "unsave": gettext("Undone: saved again."),
        "import": gettext("Undone: what was imported is taken back."),
        "read": gettext("Undone: marked unread again."),
        "unread": gettext("Undone: marked read again."),
        "queue": gettext("Undone: no longer queued."),
        "later": gettext("Undone: no longer in Later."),
        "not-later": gettext("Undone: in Later again."),
        "choice": gettext("Undone: your choice for this site is as it was before."),
        "add-source": gettext("Undone: {title} is no longer followed."),
        "remove-source": gettext("Undone: {title} is followed again."),
        "change-source": gettext("Undone: {title} is as it was."),
        "move-source": gettext("Undone: the sources are in the order in which they were."),
        "tags": gettext("Undone: the tags are as they were."),
        "add-rule": gettext("Undone: the rule is gone."),
        "remove-rule": gettext("Undone: the rule applies again."),
    }
    return done.get(change.action, gettext("Undone.")).format(title=line(change.title or "", _LONGEST_TITLE))
