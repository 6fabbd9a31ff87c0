"""A place where devices leave files for each other: what it has to be able to do, and what can go wrong there."""

from collections.abc import Sequence
from typing import ClassVar, Protocol

from newsreader.errors import NewsreaderError
from newsreader.i18n import N_


class Transport(Protocol):
    """Stores files under names: relative, POSIX, such as `newsreader-1/3f9a…/1-240.jsonl.z`.

    A file never changes once it is there, and no two devices write under one name. Everything blocks: it is called in a
    thread, and by one thread at a time. What it raises is a `TransportError`.
    """

    @property
    def where(self) -> str:
        """The place, as people know it: fit for a screen, without a password."""
        ...

    def list(self, prefix: str) -> Sequence[str]:
        """Return the names that begin with this, of whatever kind they are, in any order; none where nothing is.

        The prefix ends with a slash. A folder below it that cannot be read is listed itself, with a slash at its end.

        Raises:
            TransportError: the place cannot be asked. An empty list means that there is nothing.
        """
        ...

    def get(self, name: str) -> bytes:
        """Return what is stored under a name.

        Raises:
            MissingNameError: nothing is.
            NotAFileError: it is a directory, a pipe or the like.
            UnreadableError: it is there, but just this file cannot be read.
            TransportError: it cannot be read.
        """
        ...

    def put_new(self, name: str, data: bytes) -> None:
        """Store bytes under a name that is not taken: when this returns, they are there, whole.

        Raises:
            NameTakenError: something is under this name already; it was not touched.
            NotConfirmedError: the place accepted the bytes, but does not return them.
            TransportError: they cannot be stored.
        """
        ...

    def delete(self, name: str) -> None:
        """Delete what this device once stored under a name; nothing there is no error.

        Raises:
            TransportError: it cannot be deleted.
        """
        ...

    def close(self) -> None:
        """Close what is open. Any thread may call it: what another one is doing then ends with an error."""
        ...


class TransportError(NewsreaderError):
    """The place where devices exchange files cannot be used.

    `place` is `Transport.where`, `reason` a few words in the reader's language.
    """

    message = N_("The devices cannot be synced through {place}: {reason}.")
    hint = N_("Nothing is lost: what changed here is sent next time.")
    kind = "devices-unreachable"
    exit_status: ClassVar[int] = 3

    def __init__(self, place: str, reason: str = "", **parameters: str) -> None:
        super().__init__(place=place, reason=reason, **parameters)


class MissingNameError(TransportError):
    """There is nothing under a name."""

    message = N_("{name} is not in {place} any more.")
    hint = N_("Sync again later: the other device, or what copies its files, may not be done yet.")
    kind = "devices-missing"

    def __init__(self, place: str, name: str) -> None:
        super().__init__(place, name=name)


class NoFolderError(TransportError):
    """The folder of the place is not there."""

    hint = N_("Create the folder first, or plug in or mount what it is on, and try again. Nothing is lost.")
    kind = "devices-no-folder"


class NotAFolderError(TransportError):
    """A file has the name of the folder."""

    hint = N_("Move the file out of the way, or use another folder. Nothing is lost.")
    kind = "devices-not-a-folder"


class NotAFileError(TransportError):
    """What is under a name is no file: a directory, a pipe or the like, which newsreader has never stored."""

    message = MissingNameError.message
    hint = MissingNameError.hint
    kind = "devices-not-a-file"

    def __init__(self, place: str, name: str) -> None:
        super().__init__(place, name=name)


class UnreadableError(TransportError):
    """One file or folder in the place cannot be read, though the others can."""

    message = N_("{name} in {place} cannot be read: {reason}. It was left as it is.")
    hint = N_("The rest was synced. See who may read it, and what program made it; it is tried again next time.")
    kind = "devices-unreadable"

    def __init__(self, place: str, name: str, reason: str) -> None:
        super().__init__(place, reason, name=name)


class NameTakenError(TransportError):
    """Something is under a name that was to be new."""

    message = N_("{name} is in {place} already. It was left as it is.")
    hint = N_("Another copy of this library may be in use: sync again, and this one becomes a device of its own.")
    kind = "devices-name-taken"

    def __init__(self, place: str, name: str) -> None:
        super().__init__(place, name=name)


class EmptyPlaceError(TransportError):
    """What this device has stored is all gone: perhaps it is a folder in which nothing is mounted now."""

    message = N_("{place} is empty, though this device has stored its changes there.")
    hint = N_("Plug it in or mount it. To begin again in an empty place: `newsreader devices leave`, then `join`.")
    kind = "devices-empty"


class NotConfirmedError(TransportError):
    """What was stored is not what comes back."""

    message = N_("{place} accepted {name}, but does not return it as it was sent.")
    hint = N_("Nothing is lost: it is sent again next time. If this stays so, the place cannot be used for syncing.")
    kind = "devices-not-confirmed"

    def __init__(self, place: str, name: str) -> None:
        super().__init__(place, name=name)


class NoRoomError(TransportError):
    """The place is full."""

    message = N_("There is no room left in {place}.")
    hint = N_("Free some space there. Nothing is lost: what changed here is sent next time.")
    kind = "devices-full"


class PlaceForbiddenError(TransportError):
    """The place does not let this device write, or read, there."""

    message = N_("{place} denies access: {reason}.")
    hint = N_("Allow reading and writing there. What changed here is kept until then.")
    kind = "devices-refused"


class WrongPasswordError(TransportError):
    """A server does not accept the name and the password, or the keys, or was given none."""

    message = N_("{place} does not accept your name and password ({reason}).")
    hint = N_("Run `newsreader devices join --user NAME` again for this place, and type the password.")
    kind = "devices-password"
