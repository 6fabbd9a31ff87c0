"""The reader's sessions at sites: cookies, in a file of their own that only the reader may read.

They are beside the library and not in it, so that no backup, copy or export of the library carries them along.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from newsreader.cookies import Cookie, SiteSession
from newsreader.storage.private_file import PrivateFile


class SessionStore(PrivateFile[SiteSession]):
    """All sessions, by host."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _from_json, asdict)


def _from_json(value: dict[str, Any]) -> SiteSession:
    cookies = tuple(Cookie(**each) for each in value["cookies"])
    if not all(each.is_sound for each in cookies):
        raise ValueError
    return SiteSession(str(value["host"]), cookies, str(value["origin"]), str(value["added_at"]))
