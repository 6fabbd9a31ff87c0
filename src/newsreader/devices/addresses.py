"""How a reader writes the place where devices exchange files: a folder, WebDAV, S3, or a command."""

import re
import shlex
from collections.abc import Sequence
from dataclasses import field
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from newsreader.errors import NewsreaderError
from newsreader.files import absolute, at_home
from newsreader.i18n import N_, gettext
from newsreader.system_network import is_loopback
from newsreader.text import line
from newsreader.urls import InvalidURLError, normalise_url, shown
from newsreader.values import dataclass

FOLDER, WEBDAV, S3, COMMAND = "folder", "webdav", "s3", "command"
_SCHEMES = {
    "dav": WEBDAV, "davs": WEBDAV, "webdav": WEBDAV, "webdavs": WEBDAV, "https": WEBDAV, "http": WEBDAV, "s3": S3,
}  # fmt: skip
_SCHEME = re.compile(r"\A([A-Za-z][A-Za-z0-9+.-]*)://")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]")
_REGION = re.compile(r"[a-z0-9-]{1,40}")
_COMMAND = "command:"


class WrongPlaceError(NewsreaderError):
    """What was typed is not a place where devices can exchange files."""

    message = N_("{place} is not a place to sync devices through: {reason}.")
    hint = N_("Use a folder, dav://HOST/FOLDER, s3://BUCKET/FOLDER, or a command with --command.")
    kind = "devices-place"
    exit_status = 2

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place=shown(line(place, 200)), reason=reason)


@dataclass(frozen=True, slots=True)
class PlaceAddress:
    """A parsed place.

    Attributes:
        kind: One of `FOLDER`, `WEBDAV`, `S3`, `COMMAND`.
        text: The normalised address, which is stored; never with a password.
        url: What a server is asked: the folder, or the bucket; empty if there is no server.
        folder: Within the bucket: empty, or with a slash at the end.
        region: Of the bucket.
        words: Of the command.
        credentials: The name and the password that were in the address; the password may be empty.
    """

    kind: str
    text: str
    url: str = ""
    folder: str = ""
    region: str = "us-east-1"
    words: tuple[str, ...] = ()
    credentials: tuple[str, str] | None = field(default=None, repr=False)


def command_address(words: Sequence[str]) -> str:
    """Return the address of a command."""
    return f"{_COMMAND}{shlex.join(words)}"


def parse_place(text: str) -> PlaceAddress:
    """Return what an address means.

    Raises:
        WrongPlaceError: it cannot be understood.
    """
    text = text.strip()
    if text.startswith(_COMMAND):
        return _command(text)
    scheme = _SCHEME.match(text)
    if scheme is None:
        return _folder(text)
    kind = _SCHEMES.get(scheme[1].lower())
    try:
        if kind == WEBDAV:
            return _webdav(text)
        if kind == S3:
            return _s3(text)
    except (ValueError, InvalidURLError) as error:
        raise WrongPlaceError(text, gettext("it is not a valid address")) from error
    raise WrongPlaceError(text, gettext("{scheme}:// is not known here").format(scheme=scheme[1]))


def _folder(text: str) -> PlaceAddress:
    if not text or "\0" in text:
        raise WrongPlaceError(text, gettext("it names no folder"))
    return PlaceAddress(FOLDER, str(absolute(at_home(text))))


def _command(text: str) -> PlaceAddress:
    try:
        words = tuple(shlex.split(text.removeprefix(_COMMAND)))
    except ValueError as error:
        raise WrongPlaceError(text, gettext("a quotation mark is missing")) from error
    if not words:
        raise WrongPlaceError(text, gettext("it names no command"))
    return PlaceAddress(COMMAND, command_address(words), words=words)


def _webdav(text: str) -> PlaceAddress:
    """Return a folder of a server: over https, unless http was typed or the server is this computer."""
    parts = urlsplit(text)
    place = parts.netloc.rpartition("@")[2]
    if parts.scheme in ("http", "https"):
        scheme = parts.scheme
    else:
        scheme = "http" if is_loopback(parts.hostname or "") else "https"
    url = normalise_url(f"{scheme}://{place}{parts.path}")
    url = url if url.endswith("/") else f"{url}/"
    return PlaceAddress(WEBDAV, url, url, credentials=_credentials(text))


def _s3(text: str) -> PlaceAddress:
    """Return a bucket; its server is that of AWS, or the `endpoint` of the address."""
    parts, options = urlsplit(text), parse_qs(urlsplit(text).query)
    bucket = parts.netloc.rpartition("@")[2]
    region = options.get("region", ["us-east-1"])[0]
    if not _BUCKET.fullmatch(bucket) or not _REGION.fullmatch(region):
        raise WrongPlaceError(text, gettext("it names no bucket, or no region"))
    path = "/".join(part for part in unquote(parts.path).split("/") if part)
    folder = f"{path}/" if path else ""
    kept = {"region": region} if "region" in options else {}
    if "endpoint" in options:
        endpoint = options["endpoint"][0].rstrip("/")
        endpoint = normalise_url(endpoint if "://" in endpoint else f"https://{endpoint}")
        url, kept = f"{endpoint.rstrip('/')}/{bucket}/", {"endpoint": endpoint, **kept}
    elif "." in bucket:  # the certificate of AWS is not for names with dots
        url = f"https://s3.{region}.amazonaws.com/{bucket}/"
    else:
        url = f"https://{bucket}.s3.{region}.amazonaws.com/"
    address = f"s3://{bucket}/{path}" + (f"?{urlencode(kept)}" if kept else "")
    return PlaceAddress(S3, address, url, folder, region, credentials=_credentials(text))


def _credentials(text: str) -> tuple[str, str] | None:
    parts = urlsplit(text)
    return None if not parts.username else (unquote(parts.username), unquote(parts.password or ""))
