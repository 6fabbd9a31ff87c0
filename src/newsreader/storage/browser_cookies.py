"""The cookies of one site in a browser of this computer, read from a copy of its file; nothing is changed."""

import configparser
import hashlib
import json
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from newsreader.cookies import Cookie, cookies_of
from newsreader.errors import NewsreaderError
from newsreader.i18n import N_
from newsreader.text import line

_LARGEST = 512 * 1024 * 1024
_MILLISECONDS = 10**11  # larger numbers are not seconds of any future year


class NoProfileError(NewsreaderError):
    """No profile of the browser was found."""

    message = N_("No profile of {browser} was found in {place}.")
    hint = N_("Name its directory with --profile, or export a cookies.txt from the browser and use --cookies.")
    kind = "no-profile"
    exit_status = 3


class UnreadableCookiesError(NewsreaderError):
    """A browser's file cannot be read."""

    message = N_("The cookies of {browser} cannot be read from {path}: {reason}.")
    hint = N_("Export a cookies.txt from the browser and use --cookies.")
    kind = "cookies-unreadable"
    exit_status = 3


def firefox_homes(home: Path) -> tuple[Path, ...]:
    """Return where Firefox keeps its profiles: as it is installed by systems, by Snap and by Flatpak."""
    if sys.platform == "darwin":
        return (home / "Library/Application Support/Firefox",)
    if sys.platform == "win32":
        return (home / "AppData/Roaming/Mozilla/Firefox",)
    return (
        home / ".mozilla/firefox",
        home / "snap/firefox/common/.mozilla/firefox",
        home / ".var/app/org.mozilla.firefox/.mozilla/firefox",
    )


def firefox_cookies(host: str, now: float, home: Path, profile: Path | None = None) -> tuple[Cookie, ...]:
    """Return what Firefox would send to a host: from its default profile, or from the one given.

    Raises:
        NoProfileError: there is none.
        UnreadableCookiesError: its cookies cannot be read.
    """
    profiles = [profile] if profile is not None else list(_firefox_profiles(home))
    database = next((path for each in profiles if (path := each / "cookies.sqlite").is_file()), None)
    if database is None:
        place = str(profile) if profile is not None else ", ".join(map(str, firefox_homes(home)))
        raise NoProfileError(browser="Firefox", place=line(place, 300))
    query = (
        "SELECT host, path, isSecure, name, value, expiry, originAttributes FROM moz_cookies"
        " WHERE ltrim(host, '.') = ? OR ? LIKE '%.' || ltrim(host, '.')"
    )
    found: list[Cookie] = []
    names = tuple(dict.fromkeys((host, host.removeprefix("www."), f"www.{host.removeprefix('www.')}")))
    for name in names:
        for domain, path, is_secure, key, value, expiry, attributes in _rows(
            "Firefox", database, query, (name, f".{name}")
        ):
            if attributes:  # of a container, or of a frame in another site
                continue
            until = int(expiry or 0)
            until = until // 1000 if until > _MILLISECONDS else until
            cookie = Cookie(domain.lstrip("."), domain.startswith("."), path, bool(is_secure), key, value, until)
            if cookie.is_sound and cookie not in found:
                found.append(cookie)
    return cookies_of(found, host, now)


def _firefox_profiles(home: Path) -> Iterator[Path]:
    """Yield the profiles, the default one first."""
    for place in firefox_homes(home):
        parser = configparser.ConfigParser(interpolation=None, strict=False)
        with suppress(OSError, UnicodeDecodeError, configparser.Error):
            parser.read(place / "profiles.ini", encoding="utf-8")
        installed = [parser[each].get("Default") for each in parser.sections() if each.startswith("Install")]
        yield from (place / each for each in installed if each)
        profiles = [parser[each] for each in parser.sections() if each.startswith("Profile") and "Path" in parser[each]]
        for each in sorted(profiles, key=lambda section: section.get("Default") != "1"):
            yield place / each["Path"]


# --- Chromium -----------------------------------------------------------------------------------

_SINCE_1601 = 11_644_473_600
_SALT, _START = b"saltysalt", b" " * 16
_USUAL_SECRET = b"peanuts"  # with which Chromium hides its cookies where the desktop has no keyring
_HASHED_SINCE = 24  # version of the file since which the digest of the host is before the value
_DIGEST = 32


class KeyringError(NewsreaderError):
    """The keyring does not give the secret with which the cookies are encrypted."""

    message = N_(
        "The cookies of {browser} are encrypted with a secret of the desktop's keyring, which was not available."
    )
    hint = N_("Install secret-tool and unlock the keyring, or export a cookies.txt from the browser and use --cookies.")
    kind = "keyring"
    exit_status = 3


class NoDecryptionError(NewsreaderError):
    """The package that decrypts Chromium's cookies is not installed."""

    message = N_("The cookies of {browser} are encrypted, and the package cryptography is not installed.")
    hint = N_("Install it with `pip install cryptography`, or export a cookies.txt from the browser and use --cookies.")
    kind = "no-decryption"
    exit_status = 3


def chromium_homes(home: Path) -> tuple[tuple[Path, str], ...]:
    """Return where Chromium and Chrome keep their profiles on Linux, each with its name in the keyring."""
    return (
        (home / ".config/chromium", "chromium"),
        (home / "snap/chromium/common/chromium", "chromium"),
        (home / ".var/app/org.chromium.Chromium/config/chromium", "chromium"),
        (home / ".config/google-chrome", "chrome"),
        (home / ".var/app/com.google.Chrome/config/google-chrome", "chrome"),
    )


def chromium_cookies(
    host: str, now: float, home: Path, profile: Path | None, secret_of: Callable[[str], bytes | None]
) -> tuple[Cookie, ...]:
    """Return what Chromium or Chrome would send to a host: from the profile used last, or from the one given.

    Args:
        host: The site.
        now: Seconds since 1970.
        home: The reader's home.
        profile: A directory of a profile; None for the usual ones.
        secret_of: Asks the keyring for a program's secret.

    Raises:
        NoProfileError: there is none.
        UnreadableCookiesError: its cookies cannot be read.
        KeyringError: they are encrypted, and the keyring gives no secret.
        NoDecryptionError: they are encrypted, and what decrypts them is not installed.
    """
    places = [(profile, _keyring_name(profile))] if profile is not None else list(_chromium_profiles(home))
    files = ((each / inner, name) for each, name in places for inner in ("Cookies", "Network/Cookies"))
    database, program = next(((path, name) for path, name in files if path.is_file()), (None, ""))
    if database is None:
        place = str(profile) if profile is not None else ", ".join(str(each) for each, _ in chromium_homes(home))
        raise NoProfileError(browser="Chromium", place=line(place, 300))
    versions = _rows("Chromium", database, "SELECT value FROM meta WHERE key = 'version'", ())
    is_hashed = bool(versions) and int(versions[0][0]) >= _HASHED_SINCE
    query = (
        "SELECT host_key, path, is_secure, name, value, encrypted_value, expires_utc FROM cookies"
        " WHERE ltrim(host_key, '.') = ? OR ? LIKE '%.' || ltrim(host_key, '.')"
    )
    names = tuple(dict.fromkeys((host, host.removeprefix("www."), f"www.{host.removeprefix('www.')}")))
    rows = [row for each in names for row in _rows("Chromium", database, query, (each, f".{each}"))]
    keys = {b"v10": _key(_USUAL_SECRET)}
    if any(bytes(row[5]).startswith(b"v11") for row in rows):
        secret = secret_of(program)
        if secret is None:
            raise KeyringError(browser="Chromium")
        keys[b"v11"] = _key(secret)
    found: list[Cookie] = []
    for domain, path, is_secure, name, value, encrypted, expires in rows:
        plain = value or _decrypted(bytes(encrypted), keys, is_hashed=is_hashed)
        until = max(1, int(expires) // 1_000_000 - _SINCE_1601) if expires else 0
        cookie = Cookie(domain.lstrip("."), domain.startswith("."), path, bool(is_secure), name, plain or "", until)
        if plain is not None and cookie.is_sound and cookie not in found:
            found.append(cookie)
    return cookies_of(found, host, now)


def _keyring_name(profile: Path) -> str:
    return "chrome" if "google-chrome" in profile.parts else "chromium"


def _key(secret: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha1", secret, _SALT, 1, 16)


def _decrypted(encrypted: bytes, keys: Mapping[bytes, bytes], *, is_hashed: bool) -> str | None:
    """Return a decrypted value; None if its format is unknown.

    Raises:
        NoDecryptionError: what decrypts it is not installed.
    """
    key = keys.get(encrypted[:3])
    if key is None:
        return None
    try:
        plain = _decrypt_cbc(encrypted[3:], key)
        return plain[_DIGEST if is_hashed else 0 :].decode()
    except ValueError:  # not encrypted in this way, or with another key
        return None


def _decrypt_cbc(data: bytes, key: bytes) -> bytes:
    try:
        from cryptography.hazmat.primitives.ciphers import Cipher
        from cryptography.hazmat.primitives.ciphers.algorithms import AES128
        from cryptography.hazmat.primitives.ciphers.modes import CBC
        from cryptography.hazmat.primitives.padding import PKCS7
    except ImportError as error:
        raise NoDecryptionError(browser="Chromium") from error
    decryptor = Cipher(AES128(key), CBC(_START)).decryptor()
    unpadder = PKCS7(AES128.block_size).unpadder()
    return unpadder.update(decryptor.update(data) + decryptor.finalize()) + unpadder.finalize()


def _chromium_profiles(home: Path) -> Iterator[tuple[Path, str]]:
    """Yield the profiles, for each program the one used last first."""
    for place, name in chromium_homes(home):
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            yield place / str(json.loads((place / "Local State").read_bytes())["profile"]["last_used"]), name
        yield place / "Default", name


def _rows(browser: str, database: Path, query: str, values: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Return what a query finds in a copy of a browser's file, which the browser may have open."""
    try:
        with tempfile.TemporaryDirectory(prefix="newsreader-") as directory:
            copy = Path(directory) / "cookies"
            for suffix in ("", "-wal"):
                part = database.with_name(database.name + suffix)
                if part.is_file() and part.stat().st_size <= _LARGEST:
                    shutil.copyfile(part, copy.with_name(copy.name + suffix))
            with closing(sqlite3.connect(copy)) as connection:
                return connection.execute(query, values).fetchall()
    except (OSError, sqlite3.Error) as error:
        reason = line(getattr(error, "strerror", None) or str(error), 200)
        raise UnreadableCookiesError(browser=browser, path=line(str(database), 300), reason=reason) from error
