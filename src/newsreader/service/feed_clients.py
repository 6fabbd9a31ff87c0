"""What servers of feeds are asked for, whichever API they have."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from newsreader.fetch_errors import FetchError
from newsreader.greader.values import ServerItem, Subscription
from newsreader.service.account_client import PATHS, AccountClient, Ask
from newsreader.service.account_errors import NoFeverServerError, NoReaderServerError
from newsreader.service.account_values import FEVER, Account
from newsreader.service.fever_client import PATHS as FEVER_PATHS
from newsreader.service.fever_client import FeverClient


class FeedEditor(Protocol):
    """Changes whole subscriptions of an account; see `AccountClient`."""

    async def mark_all_read(self, stream: str, until: int) -> None: ...  # noqa: D102
    async def rename(self, stream: str, title: str, *, folder: str, before: str) -> None: ...  # noqa: D102
    async def subscribe(self, url: str) -> str | None: ...  # noqa: D102
    async def unsubscribe(self, stream: str) -> None: ...  # noqa: D102


class FeedClient(Protocol):
    """Asks the server of one account; see `AccountClient`. Methods raise FetchError if it cannot be reached.

    Attributes:
        editor: None if the API cannot change subscriptions.
    """

    @property
    def editor(self) -> FeedEditor | None: ...  # noqa: D102
    async def log_in(self) -> None: ...  # noqa: D102
    async def subscriptions(self) -> tuple[Subscription, ...]: ...  # noqa: D102
    async def ids(self, stream: str, *, without: str | None = None) -> frozenset[str]: ...  # noqa: D102
    async def items(self, ids: Sequence[str]) -> tuple[ServerItem, ...]: ...  # noqa: D102
    async def edit(self, ids: Sequence[str], *, add: str | None = None, remove: str | None = None) -> None: ...  # noqa: D102


def feed_client_of(account: Account, password: Callable[[], Awaitable[str]], ask: Ask) -> FeedClient:
    """Return the client for an account at a server of feeds."""
    return (FeverClient if account.service == FEVER else AccountClient)(account, password, ask)


def places_of(service: str) -> tuple[tuple[str, ...], type[FetchError]]:
    """Return where servers have an API, below the address of their pages, and the error for one that has it nowhere."""
    return (FEVER_PATHS, NoFeverServerError) if service == FEVER else (PATHS, NoReaderServerError)
