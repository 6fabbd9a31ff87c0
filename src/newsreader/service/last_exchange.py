"""The exchange with the other devices at the end of the program, when the terminal is the reader's again."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from enum import Enum

from newsreader.errors import NewsreaderError
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.devices import Devices
from newsreader.service.site_passwords import SitePasswords
from newsreader.service.stores import Stores
from newsreader.settings import Directories, Settings

_LONGEST_S = 0.25  # that the reader waits at most


class LastExchange(Enum):
    """What came of it.

    Attributes:
        DONE: The other devices lack nothing of this one, or there are none.
        NEXT_TIME: They are sent it next time.
        CUT: The same; and a thread is still at it, which is to be ended with the process. It may be cut anywhere.
    """

    DONE = "done"
    NEXT_TIME = "next time"
    CUT = "cut"


def may_exchange(directories: Directories, settings: Settings, now: Callable[[], datetime]) -> bool:
    """Return whether there may be other devices; it costs next to nothing to ask."""
    active = ActiveSettings(settings)
    stores = Stores(directories, active, now)
    return Devices(directories, active, stores, SitePasswords(active), now).may_have_joined


async def exchange_at_end(
    directories: Directories, settings: Settings, now: Callable[[], datetime], longest_s: float = _LONGEST_S
) -> LastExchange:
    """Send the other devices what they lack, where that is a matter of a moment: in a folder."""
    active = ActiveSettings(settings)
    stores = Stores(directories, active, now)
    devices = Devices(directories, active, stores, SitePasswords(active), now)
    if not devices.may_have_joined:
        return LastExchange.DONE
    try:
        async with asyncio.timeout(longest_s):
            is_done = await _done(devices)
            await stores.aclose()
    except TimeoutError:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(max_workers=1))  # nobody waits for the other
        return LastExchange.CUT
    return LastExchange.DONE if is_done else LastExchange.NEXT_TIME


async def _done(devices: Devices) -> bool:
    try:
        if not await devices.has_changes():
            return True
        if not await devices.is_place_near():
            return False
        await devices.exchange()
    except NewsreaderError:  # the interface has said why, if it lasts
        return False
    return True
