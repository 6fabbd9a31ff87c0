"""Accounts at feed servers, and at services that keep articles, as the front ends show them."""

from dataclasses import field
from datetime import datetime

from newsreader.models import Problem
from newsreader.values import dataclass

FEVER = "fever"
READER = "reader"
"""What a server speaks that has the Google Reader API."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account at a feed server, or at a service that keeps articles.

    Attributes:
        key: Names it among all accounts: user and address.
        url: Where its API is, without a slash at the end.
        kept_in: Where the password is: "file", "command" or "keyring".
        headers: Further ones, for this server alone.
        service: What its server speaks: "reader" for the Google Reader API, "fever", "wallabag" or "readeck".
        client: The id and the secret that wallabag gives programs.
        added_at: What was saved here before is not sent to services that keep articles.
    """

    key: str
    url: str
    user: str
    kept_in: str = "file"
    command: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    service: str = READER
    client: tuple[str, str] | None = field(default=None, repr=False)
    added_at: datetime | None = None

    @property
    def is_of_feeds(self) -> bool:
        """Whether its server is one of feeds."""
        return self.service in (READER, FEVER)


@dataclass(frozen=True, slots=True)
class AccountReport:
    """The result of an exchange with a server.

    Attributes:
        new: How many items came.
        read: How many became read here; `unread`, `starred` and `unstarred` likewise.
        sent: How many changes of this computer the server has now.
        waiting: How many it does not have yet.
        held: How many changes it would make here, if they wait for the reader's consent; else 0.
        problem: Why not everything was exchanged.
    """

    account: Account
    new: int = 0
    read: int = 0
    unread: int = 0
    starred: int = 0
    unstarred: int = 0
    sent: int = 0
    waiting: int = 0
    sources: int = 0
    held: int = 0
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class AccountState:
    """What is known about an account.

    Attributes:
        exchanged_at: When everything was exchanged last; None if never.
        sources: How many sources come from it.
        waiting: How many changes of this computer its server does not have yet.
        held: As of a report.
    """

    account: Account
    exchanged_at: datetime | None
    sources: int
    waiting: int
    held: int
