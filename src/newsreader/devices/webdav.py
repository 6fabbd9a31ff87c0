"""The files of devices in a folder of a WebDAV server (RFC 4918): Nextcloud, Apache, a NAS."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, unquote, urlsplit

from newsreader.devices.file_server import LARGEST, FileServer
from newsreader.devices.transport import MissingNameError, NameTakenError, PlaceForbiddenError, TransportError
from newsreader.fetching.origin_client import OriginResponse
from newsreader.i18n import gettext
from newsreader.text import line

_MOST_NAMES = 200_000
_LARGEST_LISTING = 64 * 1024 * 1024
_ASKED = b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'
_LISTING = {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"}
_NEW_FILE = {"If-None-Match": "*", "Content-Type": "application/octet-stream"}
_GONE = frozenset({404, 410})
_FOLDER_IS_THERE = frozenset({200, 201, 204, 301, 405})  # 405, or 301 from Apache: it was there


class WebDavTransport:
    """Stores files on a WebDAV server. A file counts as stored when it was read back.

    Args:
        server: Its base is the folder.
        credentials: Name and password, if the server asks for them.
    """

    def __init__(self, server: FileServer, credentials: tuple[str, str] | None = None) -> None:
        self._server = server
        self._base_path = unquote(urlsplit(server.base).path)
        self._known_folders: set[str] = set()
        self._authorization: dict[str, str] = {}
        if credentials is not None:
            pair = base64.b64encode(":".join(credentials).encode()).decode("ascii")
            self._authorization = {"Authorization": f"Basic {pair}"}

    @property
    def where(self) -> str:
        """The address, without a password."""
        return self._server.where

    def list(self, prefix: str) -> Sequence[str]:
        """Return the names that begin with this. Folders are asked one by one: many servers refuse more.

        Raises:
            TransportError: the server cannot be asked.
        """
        names: list[str] = []
        top = prefix.rpartition("/")[0]
        folders, seen = [top], set[str]()
        while folders:
            folder = folders.pop()
            seen.add(folder)
            try:
                children = list(self._children(folder))
            except PlaceForbiddenError:
                if folder == top:
                    raise
                names.append(f"{folder}/")
                continue
            for name, is_folder in children:
                if is_folder and name not in seen:
                    folders.append(name)
                elif not is_folder and name.startswith(prefix):
                    names.append(name)
            if len(names) + len(seen) > _MOST_NAMES:
                raise self._server.error(gettext("it holds too many files"))
        return names

    def get(self, name: str) -> bytes:
        """Return what is stored under a name.

        Raises:
            TransportError: nothing is, or it cannot be read.
        """
        response = self._send("GET", name, most_bytes=LARGEST)
        if response.status in _GONE:
            raise MissingNameError(self.where, line(name))
        if response.status != 200:
            raise self._refusal(response)
        return response.body

    def put_new(self, name: str, data: bytes) -> None:
        """Store bytes under a new name, with the folders above it, and read them back.

        Raises:
            TransportError: they cannot be stored, or the name is taken.
        """
        self._make_folders(name)
        response = self._send("PUT", name, _NEW_FILE, data)
        if response.status in (404, 409):  # a folder above it is gone again
            self._known_folders.clear()
            self._make_folders(name)
            response = self._send("PUT", name, _NEW_FILE, data)
        if response.status == 412:
            if self._server.holds_other(self.get, name, data):
                raise NameTakenError(self.where, line(name))
        elif not 200 <= response.status < 300:
            raise self._refusal(response)
        self._server.confirm(self.get, name, data)

    def delete(self, name: str) -> None:
        """Delete what is stored under a name; nothing there is no error.

        Raises:
            TransportError: it cannot be deleted.
        """
        response = self._send("DELETE", name)
        if response.status not in _GONE and not 200 <= response.status < 300:
            raise self._refusal(response)

    def close(self) -> None:
        """Close the connections."""
        self._server.close()

    def _make_folders(self, name: str) -> None:
        """Make the folders above a file; the topmost is the reader's, and has to be there."""
        parts = name.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            folder = "/".join(parts[:depth])
            if folder not in self._known_folders:
                response = self._send("MKCOL", f"{folder}/")
                if response.status not in _FOLDER_IS_THERE:
                    raise self._refusal(response)
                self._known_folders.add(folder)

    def _children(self, folder: str) -> Iterator[tuple[str, bool]]:
        """Yield the names directly in a folder, and whether each is a folder; none where it is not there."""
        path = f"{folder}/" if folder else ""
        response = self._send("PROPFIND", path, _LISTING, _ASKED, most_bytes=_LARGEST_LISTING)
        if response.status == 404 and folder and self._is_there():
            return
        if response.status != 207:
            raise self._refusal(response)
        for href, is_folder in self._listed(response.body):
            found = unquote(urlsplit(href).path)
            rest = found.removeprefix(self._base_path + path).rstrip("/")
            if found.startswith(self._base_path + path) and rest and "/" not in rest and rest not in (".", ".."):
                yield path + rest, is_folder or found.endswith("/")

    def _is_there(self) -> bool:
        """Return whether the folder itself is: if not, nothing of the devices is there, and that is a failure."""
        headers = {**_LISTING, "Depth": "0"}
        return self._send("PROPFIND", "", headers, _ASKED, most_bytes=_LARGEST_LISTING).status == 207

    def _listed(self, body: bytes) -> Iterator[tuple[str, bool]]:
        """Yield the addresses in a listing, and whether each is a folder."""
        from lxml import etree

        try:
            root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._server.error(gettext("its list of files cannot be read")) from error
        for response in root.iterfind("{DAV:}response"):
            href = response.findtext("{DAV:}href")
            if href:
                yield href.strip(), response.find(".//{DAV:}resourcetype/{DAV:}collection") is not None

    def _send(
        self, method: str, name: str, headers: Mapping[str, str] | None = None, body: bytes | None = None, **limit: int
    ) -> OriginResponse:
        url = self._server.base + quote(name)
        return self._server.send(method, url, {**self._authorization, **(headers or {})}, body, **limit)

    def _refusal(self, response: OriginResponse) -> TransportError:
        if response.status == 404:
            return self._server.error(gettext("there is no such folder on the server; make it first"))
        if response.status in (405, 501):
            return self._server.error(gettext("the server does not speak WebDAV there"))
        return self._server.refusal(response)
