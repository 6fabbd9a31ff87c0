"""The reader's sessions at sites: cookies, in a file of their own that only the reader may read.

They lie beside the library and not in it, so that no backup, copy or export of the library carries them along.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from newsreader.cookies import Cookie
from newsreader.storage.private_file import PrivateFile
from newsreader.values import dataclass


@dataclass(frozen=True, slots=True)
class SiteSession:
    """What a site gets with every request, so that it knows the reader.

    Attributes:
        host: The site.
        origin: Where the cookies came from: a browser, or the name of a file.
        added_at: When; ISO 8601, UTC.
    """

    host: str
    cookies: tuple[Cookie, ...]
    origin: str
    added_at: str


class SessionStore(PrivateFile[SiteSession]):
    """All sessions, by host."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _from_json, asdict)


def _from_json(value: dict[str, Any]) -> SiteSession:
    cookies = tuple(Cookie(**each) for each in value["cookies"])
    if not all(each.is_sound for each in cookies):
        raise ValueError
    return SiteSession(str(value["host"]), cookies, str(value["origin"]), str(value["added_at"]))
