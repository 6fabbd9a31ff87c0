"""Pages that come from files."""

import asyncio
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from newsreader.contents import is_text
from newsreader.files import read_file
from newsreader.i18n import gettext, system_reason
from newsreader.models import Opened, Response
from newsreader.sandbox import Sandbox
from newsreader.service.errors import FileError, LargeFileError, NoTextError
from newsreader.text import line
from newsreader.urls import shown

LARGEST_FILE = 10 * 1024 * 1024


class PageFiles:
    """Opens pages that are kept as files; nothing of them is stored."""

    def __init__(self, sandbox: Sandbox, now: Callable[[], datetime]) -> None:
        self._sandbox = sandbox
        self._now = now

    async def open(self, address: str) -> Opened:
        """Return the page of a file, known by its `file:` address.

        Raises:
            FileError: it cannot be read.
            NoTextError: it is not text.
            ExtractionError: the page is too large to be parsed.
        """
        response = await self.response(address)
        return Opened(await self._sandbox.parse(response), response.fetched_at)

    async def stored(self, address: str) -> Opened | None:
        """Return None: no copy of a file is kept."""
        return None

    async def open_body(self, body: bytes, url: str, *, whole: bool = False) -> Opened:
        """Return the page of bytes that came from elsewhere, such as a file; nothing of it is kept.

        Args:
            body: At most 10 MB.
            url: Where they came from: what relative addresses are resolved against.
            whole: All words of the page are its article.

        Raises:
            NoTextError: they are not text, or there are none.
            LargeFileError: they are more than that.
            ExtractionError: the page is too large to be parsed.
        """
        _refuse_large(body, url)
        if not body.strip() or not is_text(body):
            raise NoTextError(address=shown(url))
        response = Response(url, url, 200, None, body, None, None, self._now())
        page = await (self._sandbox.whole_page(response) if whole else self._sandbox.parse(response))
        return Opened(page, response.fetched_at)

    async def open_as(self, address: str, url: str, *, whole: bool = False) -> Opened:
        """Return the page of a file that came from an address; see `open_body`.

        Raises:
            FileError: the file cannot be read.
        """
        return await self.open_body((await self.response(address)).body, url, whole=whole)

    async def response(self, address: str) -> Response:
        """Return a file as if it had been fetched.

        Raises:
            FileError: it cannot be read.
            NoTextError: it is not text.
            LargeFileError: it is larger than 10 MB.
        """
        path = Path(os.fsdecode(unquote_to_bytes(urlsplit(address).path)))
        try:
            body = await asyncio.to_thread(read_file, path, LARGEST_FILE + 1)
        except OSError as error:
            reason = line(system_reason(error.strerror or "") or gettext("it cannot be opened"))
            raise FileError(address=line(str(path), 500), reason=reason) from error
        if not body.strip() or not is_text(body):
            raise NoTextError(address=shown(str(path)))
        _refuse_large(body, str(path))
        return Response(address, address, 200, None, body, None, None, self._now())


def _refuse_large(body: bytes, address: str) -> None:
    """Raise `LargeFileError` for what is too much: a part of it is not taken for the whole."""
    if len(body) > LARGEST_FILE:
        raise LargeFileError(address=shown(address), limit=str(LARGEST_FILE // 1024 // 1024))
