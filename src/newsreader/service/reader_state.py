"""What is remembered of the reader: places, choices, the last session; undo."""

import asyncio
import contextlib
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from newsreader.service.base import Base
from newsreader.service.private_hosts import PrivateHosts
from newsreader.service.values import Session
from newsreader.storage.screen import LastScreen, read_screen, screen_file, write_screen

if TYPE_CHECKING:
    from newsreader.sample.server import SampleServer
    from newsreader.storage.library import Change, KeptPlace

# The same at every start while it is free, so that what was read in the sample newspaper stays read.
_SAMPLE_PORT = 18347
_PRIVATE_HOSTS = "private-hosts"


class Remembering(Base):
    """Keeps places and choices, and takes changes back."""

    async def place(self, url: str) -> "KeptPlace | None":
        """Return where the reader was in an article; None if it has not been begun."""
        return await self._read_library(lambda library: library.place(url))

    async def keep_place(
        self, url: str, block: int, words: str, *, signs: int = 0, percent: int = 0, title: str = ""
    ) -> None:
        """Remember where the reader is in an article, as `KeptPlace` tells; forget it at the beginning."""
        if block <= 0 and not signs:
            await self._tried(self._open_library, lambda library: library.forget_place(url))
            return
        await self._tried(
            self._open_library,
            lambda library: library.keep_place(url, block, words, signs=signs, percent=percent, title=title),
        )

    async def undo(self) -> "Change | None":
        """Take back the last change of state, and return it; None if there is none left.

        Raises:
            StoreError: the library cannot be written.
        """
        library = await self._open_library()
        change = await asyncio.to_thread(library.undo)
        if change is not None and change.action in ("read", "unread"):
            await self._write_cache(lambda cache: cache.mark_stories(change.urls, change.action == "unread"))
        return change

    async def choice(self, key: str) -> object:
        """Return what the reader chose in the interface under this name, a JSON value; None if nothing."""
        return await self._read_library(lambda library: library.choice(key))

    async def choose(self, key: str, value: object) -> None:
        """Remember a choice, a JSON value; where the library cannot be written it holds until the program ends."""
        await self._tried(self._open_library, lambda library: library.choose(key, value))

    async def _private_hosts(self) -> PrivateHosts:
        """Return the hosts of private networks that the reader asked for, in former runs too."""
        if not self._has_private:
            self._has_private = True
            self._private.load(await self.choice(_PRIVATE_HOSTS))
        return self._private

    async def _keep_private_hosts(self) -> None:
        """Keep for later runs which hosts of private networks the reader asked for."""
        kept = (await self._private_hosts()).kept()
        if kept is not None:
            await self.choose(_PRIVATE_HOSTS, kept)

    async def remember(self, session: Session) -> None:
        """Keep where the reader is, for the next start."""
        await self._keep_private_hosts()
        is_sample = bool(self._sample and session.address and session.address.startswith(self._sample.base_url))
        await self.choose("session", asdict(replace(session, is_sample=is_sample)))

    def last_screen(self) -> LastScreen | None:
        """Return the list as it was left on the screen; None where there is none. It takes reading a small file."""
        return read_screen(screen_file(self.directories.cache))

    async def keep_screen(self, screen: LastScreen) -> None:
        """Keep what the screen shows, for the next start."""
        with contextlib.suppress(OSError):  # the next start is slower, and nothing else
            await asyncio.to_thread(write_screen, screen_file(self.directories.cache), screen)

    async def last_session(self) -> Session | None:
        """Return where the reader was; None at the very first start."""
        kept = await self.choice("session")
        if not isinstance(kept, dict):
            return None
        known = {name: value for name, value in kept.items() if name in Session.__dataclass_fields__}
        session = Session(**known)
        if session.address is not None:
            await self._private_hosts()
            self._private.note_led(session.address)
        if not session.is_sample or session.address is None:
            return session
        before = urljoin(session.address, "/")
        base = await self.sample_address(urlsplit(before).port or _SAMPLE_PORT)
        article = session.article
        if article is not None and article.startswith(before):
            article = base + article.removeprefix(before)
        address = base + session.address.removeprefix(before)
        self._private.note_led(address)
        return replace(session, address=address, article=article)

    async def sample_address(self, port: int = _SAMPLE_PORT) -> str:
        """Serve the sample newspaper on the loopback, if it is not yet served, and return its address.

        It has the port that it is wanted at, unless another instance or another program has that.
        """
        if self._sample is None:
            self._sample = await asyncio.to_thread(self._served_sample, port)
        self._private.note(self._sample.base_url, frozenset({"127.0.0.1"}), is_passing=True)
        self._private.note_led(self._sample.base_url)
        return self._sample.base_url

    def _served_sample(self, port: int) -> "SampleServer":
        from newsreader.sample.server import SampleServer

        for each in (port, _SAMPLE_PORT):
            with contextlib.suppress(OSError):
                sample = SampleServer(self._local_now, each)
                sample.start()
                return sample
        sample = SampleServer(self._local_now)
        sample.start()
        return sample

    def _local_now(self) -> datetime:
        return self.now().astimezone()
