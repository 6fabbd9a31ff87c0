"""The sample newspaper, served on this computer."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from newsreader.i18n import chosen_language
from newsreader.moments import local
from newsreader.service.trust_policy import TrustPolicy

if TYPE_CHECKING:
    from newsreader.sample.server import SampleServer

# The same at every start while it is free, so that what was read in the sample newspaper stays read.
SAMPLE_PORT = 18347


class SampleNewspaper:
    """Serves the sample newspaper once its address is asked for."""

    def __init__(self, trust_policy: TrustPolicy, now: Callable[[], datetime]) -> None:
        self._trust_policy = trust_policy
        self._now = now
        self._server: SampleServer | None = None

    def serves(self, address: str) -> bool:
        """Return whether an address is one of the newspaper that is being served."""
        return self._server is not None and address.startswith(self._server.base_url)

    async def aclose(self) -> None:
        """Stop serving it."""
        if self._server is not None:
            await asyncio.to_thread(self._server.stop)

    async def address(self, port: int = SAMPLE_PORT) -> str:
        """Serve the sample newspaper on the loopback, if it is not yet served, and return its address.

        It uses the port of the wanted address, unless another instance or program has that.
        """
        if self._server is None:
            self._server = await asyncio.to_thread(self._started, port)
        self._trust_policy.private_hosts.note(self._server.base_url, frozenset({"127.0.0.1"}), is_passing=True)
        self._trust_policy.private_hosts.note_led(self._server.base_url)
        return self._server.base_url

    async def front_page(self) -> str:
        """Return the address of its front page in the language of the messages."""
        language = chosen_language()
        return await self.address() + (f"{language}/" if language != "en" else "")

    def _started(self, port: int) -> "SampleServer":
        from newsreader.sample.server import SampleServer

        for each in (port, SAMPLE_PORT):
            with contextlib.suppress(OSError):
                sample = SampleServer(self._local_now, each)
                sample.start()
                return sample
        sample = SampleServer(self._local_now)
        sample.start()
        return sample

    def _local_now(self) -> datetime:
        return local(self._now())
