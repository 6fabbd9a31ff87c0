"""Requests to the servers of accounts: which hosts of private networks they may reach, and what failures say."""

from collections.abc import Sequence

from newsreader.fetch_errors import EmptyError, FetchError
from newsreader.networks import NO_TRUST, Trust
from newsreader.service.network import Network
from newsreader.service.private_hosts import sounds_private
from newsreader.service.trust_policy import TrustPolicy
from newsreader.source_values import SourceSettings

Form = Sequence[tuple[str, str]]


class AccountRequests:
    """Sends requests. A server is trusted as a source is: where it was when the reader typed its address.

    Methods raise FetchError where there is no response.
    """

    def __init__(self, network: Network, trust_policy: TrustPolicy) -> None:
        self._network = network
        self._trust_policy = trust_policy

    async def ask_typed(self, url: str, form: Form | None, headers: Form, json_body: bytes | None = None) -> bytes:
        """Return the body of the response from an address that the reader has just typed."""
        places = (await self._trust_policy.hosts()).places
        return await self._ask(url, form, headers, json_body, Trust(is_typed=True, places=places))

    async def ask(self, url: str, form: Form | None, headers: Form, json_body: bytes | None = None) -> bytes:
        """Return the body of a response."""
        hosts = await self._trust_policy.hosts()
        trust = Trust(is_led=True, places=hosts.places) if hosts.has_place(url) else NO_TRUST
        if trust is NO_TRUST and sounds_private(url):  # kept by a library that came from another computer
            trust = Trust(is_typed=True, places=hosts.places)
        return await self._ask(url, form, headers, json_body, trust)

    async def remember_place(self, url: str) -> None:
        """Remember where the host of an address is, for later runs."""
        hosts = await self._trust_policy.hosts()
        hosts.note(url, self._network.private_addresses(url))
        await self._trust_policy.save()

    async def _ask(self, url: str, form: Form | None, headers: Form, json_body: bytes | None, trust: Trust) -> bytes:
        self._network.hosts.check(url)
        settings = SourceSettings(headers=tuple(headers))
        try:
            response, _ = await self._network.exchange(
                url, form=form, json_body=json_body, settings=settings, trust=trust
            )
        except EmptyError:
            return b""
        except FetchError as error:
            self._network.note_error(error)
            if error.retry_after is not None:
                await self._network.hosts.note(url, error)
            raise
        self._network.note_success()
        return response.body
