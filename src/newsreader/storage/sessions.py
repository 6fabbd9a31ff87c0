"""The reader's sessions at sites: cookies, in a file of their own that only the reader may read.

They are beside the library and not in it, so that no backup, copy or export of the library includes them.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from newsreader.cookies import Cookie, SiteSession
from newsreader.storage.private_file import PrivateFile


class SessionStore(PrivateFile[SiteSession]):
    """All sessions, by host."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _from_json, asdict)


@dataclass(frozen=True, slots=True)
class ReplacedSession:
    """What a change of a site's session has replaced, so that it can be undone.

    Attributes:
        action: Of the change, as the undo log has it.
        session: The one before it; None if there was none.
        at: When it was changed; aware.
    """

    host: str
    action: str
    session: SiteSession | None
    at: datetime


class ReplacedSessionStore(PrivateFile[ReplacedSession]):
    """Recently replaced sessions, by a name for each change, in order."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _replaced_from_json, _replaced_to_json)


def _replaced_to_json(value: ReplacedSession) -> dict[str, Any]:
    session = asdict(value.session) if value.session is not None else None
    return {"host": value.host, "action": value.action, "session": session, "at": value.at.isoformat()}


def _replaced_from_json(value: dict[str, Any]) -> ReplacedSession:
    at, session = datetime.fromisoformat(value["at"]), value["session"]
    if at.tzinfo is None:
        raise ValueError
    before = _from_json(session) if session is not None else None
    return ReplacedSession(str(value["host"]), str(value["action"]), before, at)


def _from_json(value: dict[str, Any]) -> SiteSession:
    cookies = tuple(Cookie(**each) for each in value["cookies"])
    if not all(each.is_sound for each in cookies):
        raise ValueError
    return SiteSession(str(value["host"]), cookies, str(value["origin"]), str(value["added_at"]))
