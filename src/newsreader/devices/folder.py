"""A plain folder as the place of exchange: whatever copies it to the other devices does the rest."""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from newsreader.devices.transport import (
    MissingNameError,
    NameTakenError,
    NoFolderError,
    NoRoomError,
    NotAFileError,
    NotAFolderError,
    NotConfirmedError,
    PlaceForbiddenError,
    TransportError,
    UnreadableError,
)
from newsreader.files import read_file
from newsreader.i18n import N_, gettext, system_reason
from newsreader.text import line
from newsreader.writing import WriteError, write_unless_there

_LARGEST = 512 * 1024 * 1024
_NO_FILE = (errno.EINVAL, errno.EISDIR, errno.ENXIO, errno.ELOOP)  # a pipe, directory, socket, link to itself
_NO_FOLDER = N_("there is no such folder")
_NOT_A_FOLDER = N_("it is not a folder")
_TOO_LARGE = N_("it is too large")


class FolderTransport:
    """Stores files in a folder: each appears whole under its name, or not at all, and replaces nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def where(self) -> str:
        """The path of the folder."""
        return line(str(self._folder), 300)

    def list(self, prefix: str) -> Sequence[str]:
        """Return the names that begin with this, and those of folders that cannot be read with a slash at the end.

        Raises:
            TransportError: the folder is not there, such as a stick that is not plugged in, or cannot be read.
        """
        self._check_folder()
        try:
            return list(self._names(self._path(prefix)))
        except OSError as error:
            raise self._error(error) from error

    def _names(self, directory: Path) -> Iterator[str]:
        """Yield the names of the files below a directory, and of directories with names of files.

        The directories that devices make have no dot in their names. Links to directories are not followed.
        """
        try:
            entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            return
        for entry in entries:
            is_directory = entry.is_dir(follow_symlinks=False)
            name = Path(entry.path).relative_to(self._folder).as_posix()
            if not is_directory or "." in entry.name:
                yield name
            if is_directory:
                try:
                    yield from self._names(Path(entry.path))
                except OSError:
                    yield f"{name}/"

    def get(self, name: str) -> bytes:
        """Return what is stored under a name.

        Raises:
            TransportError: nothing is, or it cannot be read.
        """
        try:
            data = read_file(self._path(name), _LARGEST + 1)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise MissingNameError(self.where, line(name)) from error
        except OSError as error:
            if error.errno in _NO_FILE:
                raise NotAFileError(self.where, line(name)) from error
            self._check_folder()  # it may be all of it, such as a stick that was pulled out
            raise UnreadableError(self.where, line(name), _reason(error)) from error
        if len(data) > _LARGEST:
            raise UnreadableError(self.where, line(name), gettext(_TOO_LARGE))
        return data

    def put_new(self, name: str, data: bytes) -> None:
        """Store bytes under a name that is not taken, and read them back.

        Raises:
            TransportError: they cannot be stored, or the name is taken.
        """
        self._check_folder()  # of a stick that is not plugged in: nothing may be written under its mount point
        path = self._path(name)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            is_written = write_unless_there(path, data)
        except WriteError as error:
            raise self._error(error.__cause__) from error
        except OSError as error:
            raise self._error(error) from error
        if not is_written:
            raise NameTakenError(self.where, line(name))
        if self.get(name) != data:
            raise NotConfirmedError(self.where, line(name))

    def delete(self, name: str) -> None:
        """Delete the file that is stored under a name, and the folders that it was the last in.

        Nothing there, or something else, is no error.

        Raises:
            TransportError: it cannot be deleted.
        """
        path = self._path(name)
        try:
            if path.is_file():
                path.unlink(missing_ok=True)
        except OSError as error:
            raise self._error(error) from error
        with suppress(OSError):  # it is not empty
            for parent in path.parents[: len(PurePosixPath(name).parts) - 2]:
                parent.rmdir()

    def close(self) -> None:
        """Do nothing: no file stays open."""

    def _check_folder(self) -> None:
        if self._folder.is_dir():
            return
        if os.path.lexists(self._folder):
            raise NotAFolderError(self.where, gettext(_NOT_A_FOLDER))
        raise NoFolderError(self.where, gettext(_NO_FOLDER))

    def _path(self, name: str) -> Path:
        parts = PurePosixPath(name).parts
        if not parts or ".." in parts or parts[0] == "/":
            raise MissingNameError(self.where, line(name))
        return self._folder.joinpath(*parts)

    def _error(self, error: BaseException | None) -> TransportError:
        if not isinstance(error, OSError):
            return TransportError(self.where, gettext("it cannot be written"))
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            return NoRoomError(self.where)
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return PlaceForbiddenError(self.where, _reason(error))
        return TransportError(self.where, _reason(error))


def _reason(error: OSError) -> str:
    return line(system_reason((error.strerror or type(error).__name__).lower()))
