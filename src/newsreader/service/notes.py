"""What a reader should know about a page although it can be read."""

from dataclasses import replace

from newsreader.i18n import N_
from newsreader.models import Page, Problem, Response

_DAMAGED = Problem(
    "damaged",
    N_("This page came to its own end, but it was sent damaged: words of it may be missing."),
    N_("Refresh it to ask the site for it again."),
)
FROM_SERVER = Problem(
    "from-server",
    N_("This is what the server of your account sent; the article's own page has not been fetched."),
    N_("Connect to the network and refresh it to read the page itself."),
)
_OF_COPIES = (_DAMAGED, FROM_SERVER)  # how a page came, not what is in it


def with_note(page: Page, response: Response) -> Page:
    """Return a page with the note that its response calls for, else the one that its content calls for, if any."""
    note = _DAMAGED if response.is_damaged else page.note if page.note not in _OF_COPIES else None
    return page if page.note == note else replace(page, note=note)
