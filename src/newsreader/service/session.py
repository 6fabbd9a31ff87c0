"""Where the reader was, for the next start."""

import asyncio
import contextlib
from dataclasses import asdict, replace
from urllib.parse import urljoin, urlsplit

from newsreader.screen_snapshot import ScreenSnapshot
from newsreader.service.preferences import Preferences
from newsreader.service.sample import SAMPLE_PORT, SampleNewspaper
from newsreader.service.trust_policy import TrustPolicy
from newsreader.service.values import SavedSession
from newsreader.settings import Directories
from newsreader.storage.screen import screen_file, write_screen


class SessionMemory:
    """Keeps the last session, and what the screen showed at its end."""

    def __init__(
        self, directories: Directories, preferences: Preferences, trust_policy: TrustPolicy, sample: SampleNewspaper
    ) -> None:
        self._directories = directories
        self._preferences = preferences
        self._trust_policy = trust_policy
        self._sample = sample

    async def save(self, session: SavedSession) -> None:
        """Save where the reader is, for the next start."""
        await self._trust_policy.save()
        is_sample = session.address is not None and self._sample.serves(session.address)
        await self._preferences.save(
            "session", asdict(replace(session, is_sample=is_sample, asked="" if is_sample else session.asked))
        )

    async def last(self) -> SavedSession | None:
        """Return where the reader was; None at the very first start."""
        kept = await self._preferences.get("session")
        if not isinstance(kept, dict):
            return None
        known = {name: value for name, value in kept.items() if name in SavedSession.__dataclass_fields__}
        session = SavedSession(**known)
        if session.address is not None:
            await self._trust_policy.hosts()
            self._trust_policy.private_hosts.note_led(session.address)
        if not session.is_sample or session.address is None:
            return session
        before = urljoin(session.address, "/")
        base = await self._sample.address(urlsplit(before).port or SAMPLE_PORT)
        article = session.article
        if article is not None and article.startswith(before):
            article = base + article.removeprefix(before)
        address = base + session.address.removeprefix(before)
        self._trust_policy.private_hosts.note_led(address)
        return replace(session, address=address, article=article)

    async def save_screen(self, screen: ScreenSnapshot) -> None:
        """Keep what the screen shows, for the next start."""
        with contextlib.suppress(OSError):  # the next start is slower, and nothing else
            await asyncio.to_thread(write_screen, screen_file(self._directories.cache), screen)
