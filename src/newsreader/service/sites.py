"""What the reader has set for single sites."""

from dataclasses import dataclass

from newsreader.service.site_log_in import SiteLogin
from newsreader.service.site_rules import SiteRules
from newsreader.service.site_sessions import SiteSessions


@dataclass(frozen=True, slots=True)
class Sites:
    """The parts of the service that keep something for one site.

    Attributes:
        rules: Which block of a site's pages is the article, or the list.
        sessions: The cookies with which the reader is logged in.
        login: Logging in by a site's own form.
    """

    rules: SiteRules
    sessions: SiteSessions
    login: SiteLogin
