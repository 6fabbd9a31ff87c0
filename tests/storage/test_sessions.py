"""Sessions at sites are kept for the reader alone, and read from browsers without touching them."""

import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.cookies import Cookie, SiteSession
from newsreader.storage.browser_cookies import (
    KeyringError,
    NoDecryptionError,
    NoProfileError,
    UnreadableCookiesError,
    chromium_cookies,
    firefox_cookies,
)
from newsreader.storage.errors import StoreError
from newsreader.storage.sessions import SessionStore

COOKIE = Cookie("quay.example", True, "/", True, "sid", "abc", 1_900_000_000)
SESSION = SiteSession("quay.example", (COOKIE,), "cookies.txt", "2026-11-22T12:00:00+00:00")
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


def chromium(home: Path, rows: list[tuple[object, ...]], version: int) -> Path:
    profile = home / ".config/chromium/Profile 2"
    (profile / "Network").mkdir(parents=True, exist_ok=True)
    (profile.parent / "Local State").write_text('{"profile": {"last_used": "Profile 2"}}')
    database = profile / "Network" / "Cookies"
    database.unlink(missing_ok=True)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        connection.execute("INSERT INTO meta VALUES ('version', ?)", (str(version),))
        connection.execute(
            "CREATE TABLE cookies (host_key TEXT, path TEXT, is_secure INTEGER, name TEXT, value TEXT,"
            " encrypted_value BLOB, expires_utc INTEGER)"
        )
        connection.executemany("INSERT INTO cookies VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        connection.commit()
    return profile


# "abc=1" behind the digest of ".quay.example", as Chromium writes it without a keyring; made by openssl.
HASHED = bytes.fromhex(
    "763130708d386cc109531b7c74e910222e093207e7974073d2f176eb9b1d5b749aaf19d3ab0f65b7a1741f27094248b03f732c"
)


def test_chromiums_cookies_are_decrypted(tmp_path: Path) -> None:
    until = (1_900_000_000 + 11_644_473_600) * 1_000_000
    rows: list[tuple[object, ...]] = [
        (".quay.example", "/", 1, "sid", "", HASHED, until),
        ("quay.example", "/", 0, "plain", "1", b"", until),
        ("quay.example", "/", 0, "broken", "", HASHED[:-1], until),
        ("quay.example", "/", 0, "newer", "", b"v99" + HASHED[3:], until),
        (".quay.example", "/", 1, "over", "1", b"", 1_000_000),
        ("other.example", "/", 0, "other", "1", b"", until),
    ]
    chromium(tmp_path, rows, 24)
    found = chromium_cookies("quay.example", NOW, tmp_path, None, lambda _: None)
    assert [(each.name, each.value, each.expires) for each in found] == [
        ("sid", "abc=1", 1_900_000_000),
        ("plain", "1", 1_900_000_000),
    ]


def test_what_the_keyring_guards_is_asked_of_it(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [(".quay.example", "/", 1, "sid", "", b"v11" + HASHED[3:], 0)]
    profile = chromium(tmp_path, rows, 24)
    with pytest.raises(KeyringError, match="keyring"):
        chromium_cookies("quay.example", NOW, tmp_path, profile, lambda _: None)
    asked: list[str] = []

    def secret(name: str) -> bytes:
        asked.append(name)
        return b"peanuts"

    assert chromium_cookies("quay.example", NOW, tmp_path, profile, secret)[0].value == "abc=1"
    assert asked == ["chromium"]
    assert chromium_cookies("quay.example", NOW, tmp_path, profile, lambda _: b"another") == ()


def test_without_the_decryption_package_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.ciphers", None)
    chromium(tmp_path, [(".quay.example", "/", 1, "sid", "", HASHED, 0)], 24)
    with pytest.raises(NoDecryptionError, match="cryptography is not installed"):
        chromium_cookies("quay.example", NOW, tmp_path, None, lambda _: None)
