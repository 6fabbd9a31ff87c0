"""The files of devices in a bucket of S3, or of what speaks it: MinIO, Ceph, Garage, Backblaze, Wasabi."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from newsreader.devices.file_server import LARGEST, FileServer
from newsreader.devices.s3_signature import S3Keys, canonical_query, signed_headers
from newsreader.devices.transport import MissingNameError, NameTakenError, TransportError, WrongPasswordError
from newsreader.fetching.origin_client import OriginResponse
from newsreader.i18n import gettext
from newsreader.moments import utc
from newsreader.text import line

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_PAGES = 400  # of a thousand names each
_LARGEST_PAGE = 8 * 1024 * 1024
_WRONG_KEYS = frozenset({"InvalidAccessKeyId", "SignatureDoesNotMatch"})
_ALLOWED_SKEW = timedelta(minutes=1)


class S3Transport:
    """Stores files in a bucket. A file counts as stored when it was read back.

    Args:
        server: Its base is the bucket.
        keys: Who signs the requests.
        folder: What comes before each name: nothing, or with a slash at the end.
        now: The clock; aware. Where it is wrong, that of the server is used: it takes no other.
    """

    def __init__(self, server: FileServer, keys: S3Keys, folder: str, now: Callable[[], datetime]) -> None:
        self._server = server
        self._keys = keys
        self._folder = folder
        self._now = now
        self._skew = timedelta(0)

    @property
    def where(self) -> str:
        """The bucket and the folder."""
        return self._server.where

    def list(self, prefix: str) -> Sequence[str]:
        """Return the names that begin with this.

        Raises:
            TransportError: the server cannot be asked.
        """
        names: list[str] = []
        asked = {"list-type": "2", "prefix": self._folder + prefix, "encoding-type": "url"}
        for _ in range(_MOST_PAGES):
            page = self._page(asked)
            keys = (unquote(key.text or "") for key in page.iterfind("{*}Contents/{*}Key"))
            names += [key.removeprefix(self._folder) for key in keys if key.startswith(self._folder + prefix)]
            token = page.findtext("{*}NextContinuationToken")
            if page.findtext("{*}IsTruncated") != "true" or not token:
                return names
            asked["continuation-token"] = token
        raise self._server.error(gettext("it holds too many files"))

    def get(self, name: str) -> bytes:
        """Return what is stored under a name.

        Raises:
            TransportError: nothing is, or it cannot be read.
        """
        response = self._send("GET", name, most_bytes=LARGEST)
        if response.status == 404 and _code(response) != "NoSuchBucket":
            raise MissingNameError(self.where, line(name))
        if response.status != 200:
            raise self._refusal(response)
        return response.body

    def put_new(self, name: str, data: bytes) -> None:
        """Store bytes under a new name, and read them back.

        Raises:
            TransportError: they cannot be stored, or the name is taken.
        """
        response = self._send("PUT", name, headers={"If-None-Match": "*"}, body=data)
        if response.status in (400, 501):  # the server knows no conditions: look first
            self._check_free(name, data)
            response = self._send("PUT", name, body=data)
        if response.status == 412:
            self._check_free(name, data)
        elif not 200 <= response.status < 300:
            raise self._refusal(response)
        self._server.confirm(self.get, name, data)

    def delete(self, name: str) -> None:
        """Delete what is stored under a name; nothing there is no error.

        Raises:
            TransportError: it cannot be deleted.
        """
        response = self._send("DELETE", name)
        if not 200 <= response.status < 300 and (response.status != 404 or _code(response) == "NoSuchBucket"):
            raise self._refusal(response)

    def close(self) -> None:
        """Close the connections."""
        self._server.close()

    def _check_free(self, name: str, data: bytes) -> None:
        if self._server.holds_other(self.get, name, data):
            raise NameTakenError(self.where, line(name))

    def _page(self, asked: dict[str, str]) -> "_Element":
        """Return one page of the list of files."""
        response = self._send("GET", "", asked, most_bytes=_LARGEST_PAGE)
        if response.status != 200:
            raise self._refusal(response)
        page = _xml(response.body)
        if page is None or not str(page.tag).endswith("ListBucketResult"):
            raise self._server.error(gettext("its list of files cannot be read"))
        return page

    def _send(
        self,
        method: str,
        name: str,
        query: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
        **limit: int,
    ) -> OriginResponse:
        """Send a signed request; once more by the server's clock if this computer's is wrong."""
        url = self._server.base + (quote(self._folder + name, safe="/-._~") if name else "")
        url += f"?{canonical_query(query)}" if query else ""
        response = self._send_signed(method, url, headers or {}, body, **limit)
        if response.status == 403 and self._learn_skew(response):
            response = self._send_signed(method, url, headers or {}, body, **limit)
        return response

    def _send_signed(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None, **limit: int
    ) -> OriginResponse:
        now = utc(self._now()) + self._skew
        signed = signed_headers(self._keys, method, url, headers, body or b"", now)
        return self._server.send(method, url, signed, body, **limit)

    def _learn_skew(self, response: OriginResponse) -> bool:
        """Adopt the server's clock; return whether it differs from the one used before."""
        try:
            server = parsedate_to_datetime(response.headers.get("date", ""))
        except ValueError:
            return False
        server = server if server.tzinfo else server.replace(tzinfo=UTC)
        skew = server - self._now()
        differs = abs(skew - self._skew) > _ALLOWED_SKEW
        self._skew = skew if differs else self._skew
        return differs

    def _refusal(self, response: OriginResponse) -> TransportError:
        code = _code(response)
        if code == "NoSuchBucket":
            return self._server.error(gettext("there is no such bucket; make it first"))
        if code in _WRONG_KEYS:
            return WrongPasswordError(self.where, code)
        return self._server.refusal(response, code)


def _code(response: OriginResponse) -> str:
    """Return the server's code for an error; empty if there is none."""
    error = _xml(response.body)
    return "" if error is None else line(error.findtext("{*}Code") or "", 60)


def _xml(body: bytes) -> "_Element | None":
    from lxml import etree

    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        return None
