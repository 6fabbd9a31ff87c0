"""A server of feeds that nobody here wrote: coldsweat (PyPI), which has the Fever API; it may be in any environment."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.waiting import wait_until


class Coldsweat:
    """The server, and its database, in which a test reads and changes what the reader of another program would."""

    user, password = "ada@paper.example", "difference engine"

    def __init__(self, database: Path, port: int) -> None:
        self._database = database
        self.base = f"http://127.0.0.1:{port}/"

    def urls(self) -> list[str]:
        """Return the addresses of all entries, in order."""
        return [url for (url,) in self._rows("SELECT link FROM entries ORDER BY link")]

    def read(self) -> set[str]:
        """Return the addresses of the entries that are read."""
        return {url for (url,) in self._rows("SELECT link FROM entries WHERE id IN (SELECT entry_id FROM read)")}

    def mark(self, url: str, table: str) -> None:
        """Mark an entry "read" or "saved"."""
        column = {"read": "read_on", "saved": "saved_on"}[table]
        self._rows(
            f"INSERT INTO {table} (user_id, entry_id, {column})"
            f" SELECT 1, id, '2026-11-22 09:00:00' FROM entries WHERE link = '{url}'"
        )

    def _rows(self, query: str) -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(self._database)) as connection, connection:
            return connection.execute(query).fetchall()


@contextmanager
def coldsweat(directory: Path, feed: str) -> Iterator[Coldsweat]:
    """Run the server with an account that follows one feed."""
    command = shutil.which("coldsweat")
    if command is None:
        pytest.skip("the command coldsweat (pip install coldsweat) is not installed")
    database, port = directory / "coldsweat.db", free_port()
    environment = os.environ | {
        "FLASK_DATABASE_URL": f"sqlite:///{database}",
        "FLASK_SECRET_KEY": "only for tests",
        "FLASK_CDN_DOMAIN": "",
    }
    there = Coldsweat(database, port)
    opml = directory / "feeds.opml"
    opml.write_text(
        '<opml version="1.1"><head/><body><outline text="Port" title="Port">'
        f'<outline type="rss" text="Harbour" title="Harbour" xmlUrl="{feed}"/></outline></body></opml>'
    )
    for words in (["setup", there.user, "-p", there.password], ["import", str(opml), there.user, "--fetch"]):
        done = subprocess.run([command, *words], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    serve = [command, "run", "--port", str(port), "--no-reload"]
    process = subprocess.Popen(serve, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: _answers(port))
        yield there
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
