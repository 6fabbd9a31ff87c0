"""Sessions at sites are kept for the reader alone, and read from browsers without touching them."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.cookies import Cookie
from newsreader.storage.browser_cookies import NoProfileError, UnreadableCookiesError, firefox_cookies
from newsreader.storage.errors import StoreError
from newsreader.storage.sessions import Session, SessionStore

COOKIE = Cookie("quay.example", True, "/", True, "sid", "abc", 1_900_000_000)
SESSION = Session("quay.example", (COOKIE,), "cookies.txt", "2026-11-22T12:00:00+00:00")
NOW = 1_800_000_000


def test_a_session_is_kept_for_the_reader_alone_and_seen_by_other_programs(tmp_path: Path) -> None:
    path = tmp_path / "data" / "sessions.json"
    one, other = SessionStore(path), SessionStore(path)
    assert one.all() == {}
    one.change(lambda sessions: sessions.update({SESSION.host: SESSION}))
    assert other.all() == {"quay.example": SESSION}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    other.change(lambda sessions: sessions.clear())
    assert one.all() == {}
    assert not path.exists()
    assert not list(path.parent.glob("*.part"))


@pytest.mark.parametrize("body", [b"", b"{}", b'{"version": 1, "values": {"a": {"host": 1}}}', b"\xff", b"[" * 9999])
def test_a_damaged_file_is_named_and_left_as_it_is(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "sessions.json"
    path.write_bytes(body)
    with pytest.raises(StoreError, match=r"sessions\.json cannot be read: it is damaged"):
        SessionStore(path).all()
    with pytest.raises(StoreError):
        SessionStore(path).change(lambda sessions: sessions.clear())
    assert path.read_bytes() == body


def firefox(home: Path, rows: list[tuple[object, ...]]) -> Path:
    place = home / ".mozilla/firefox"
    profile = place / "abc.default-release"
    profile.mkdir(parents=True)
    (place / "profiles.ini").write_text(
        "[Install4F96]\nDefault=abc.default-release\n\n[Profile0]\nName=old\nPath=old.default\nDefault=1\n"
    )
    with closing(sqlite3.connect(profile / "cookies.sqlite")) as connection:
        connection.execute(
            "CREATE TABLE moz_cookies (id INTEGER PRIMARY KEY, originAttributes TEXT, name TEXT, value TEXT, host TEXT,"
            " path TEXT, expiry INTEGER, isSecure INTEGER)"
        )
        connection.executemany(
            "INSERT INTO moz_cookies (host, path, isSecure, name, value, expiry, originAttributes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        connection.commit()
    return profile


def test_firefox_is_asked_for_one_site_and_is_left_as_it_was(tmp_path: Path) -> None:
    profile = firefox(
        tmp_path,
        [
            (".quay.example", "/", 1, "sid", "abc", 1_900_000_000_000, ""),
            ("www.quay.example", "/", 0, "w", "1", 1_900_000_000, ""),
            (".quay.example", "/", 1, "contained", "1", 1_900_000_000, "^userContextId=2"),
            (".quay.example", "/", 1, "over", "1", 1000, ""),
            ("other.example", "/", 1, "other", "1", 1_900_000_000, ""),
            ("notquay.example", "/", 1, "near", "1", 1_900_000_000, ""),
        ],
    )
    before = sorted((path.name, path.read_bytes()) for path in profile.iterdir())
    with closing(sqlite3.connect(profile / "cookies.sqlite", isolation_level=None)) as browser:
        browser.execute("PRAGMA locking_mode = EXCLUSIVE")
        browser.execute("BEGIN EXCLUSIVE")  # it is running
        found = firefox_cookies("quay.example", NOW, tmp_path)
        assert firefox_cookies("quay.example", NOW, tmp_path / "elsewhere", profile) == found
    assert [(each.name, each.value, each.expires) for each in found] == [
        ("sid", "abc", 1_900_000_000),
        ("w", "1", 1_900_000_000),
    ]
    assert sorted((path.name, path.read_bytes()) for path in profile.iterdir()) == before


def test_a_browser_that_is_not_there_or_whose_file_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoProfileError, match="No profile of Firefox"):
        firefox_cookies("quay.example", NOW, tmp_path)
    profile = firefox(tmp_path, [])
    (profile / "cookies.sqlite").write_bytes(b"no database at all" * 99)
    with pytest.raises(UnreadableCookiesError, match="cookies of Firefox cannot be read"):
        firefox_cookies("quay.example", NOW, tmp_path)
