"""A server that holds files, of any protocol: its failures as our errors, and whether it stored a file."""

from collections.abc import Callable, Mapping

from newsreader.devices.transport import (
    MissingNameError,
    NoRoomError,
    NotConfirmedError,
    PlaceForbiddenError,
    TransportError,
    WrongPasswordError,
)
from newsreader.fetching.origin_client import OriginClient, OriginFailure, OriginResponse
from newsreader.i18n import gettext
from newsreader.text import line
from newsreader.urls import shown

LARGEST = 128 * 1024 * 1024
"""Bytes: no larger file is sent or read."""
_LARGEST_ANSWER = 1024 * 1024  # of what is no file


class FileServer:
    """Sends requests to one server, and turns its failures into our errors.

    Attributes:
        base: The address of the folder, with a slash at the end.
        where: The same for people.
    """

    def __init__(self, client: OriginClient, where: str = "") -> None:
        self._client = client
        self.base = client.base
        self.where = line(where or shown(client.base), 300)

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None = None,
        *,
        most_bytes: int = _LARGEST_ANSWER,
    ) -> OriginResponse:
        """Return the response to a request, whatever its status.

        Raises:
            TransportError: there is none.
        """
        if body is not None and len(body) > LARGEST:
            raise self.error(gettext("{limit} MB is the most that is sent").format(limit=LARGEST >> 20))
        try:
            return self._client.send(method, url, headers, body, most_bytes=most_bytes)
        except OriginFailure as failure:
            raise self.error(failure.reason) from failure

    def close(self) -> None:
        """Close the connections; what is in progress ends with an error."""
        self._client.close()

    def error(self, reason: str) -> TransportError:
        """Return the error for a reason."""
        return TransportError(self.where, reason)

    def confirm(self, get: Callable[[str], bytes], name: str, data: bytes) -> None:
        """Read back a file that the server says it stored: some answer 200 and store nothing.

        Raises:
            NotConfirmedError: what is there is not the file.
        """
        try:
            stored = get(name)
        except (PlaceForbiddenError, WrongPasswordError):
            raise
        except TransportError as error:
            raise NotConfirmedError(self.where, line(name)) from error
        if stored != data:
            raise NotConfirmedError(self.where, line(name))

    def holds_other(self, get: Callable[[str], bytes], name: str, data: bytes) -> bool:
        """Return whether something else than this is under a name.

        Raises:
            TransportError: it cannot be known.
        """
        try:
            return get(name) != data
        except MissingNameError:
            return False

    def refusal(self, response: OriginResponse, code: str = "") -> TransportError:
        """Return the error for a status in answer to a file request.

        Args:
            response: What came.
            code: A word of the server for it.
        """
        status = f"{response.status} {code or response.reason}".strip()
        if response.status == 401:
            return WrongPasswordError(self.where, status)
        if response.status == 403:
            return PlaceForbiddenError(self.where, gettext("the server answered {status}").format(status=status))
        if 300 <= response.status < 400:
            target = shown(line(response.headers.get("location", "")))
            return self.error(gettext("it redirects to {address}; use that address").format(address=target))
        if response.status == 423:
            return self.error(gettext("the file is locked ({status})").format(status=status))
        if response.status == 507:
            return NoRoomError(self.where)
        return self.error(gettext("the server answered {status}").format(status=status))
