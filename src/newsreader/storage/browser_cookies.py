"""The cookies that a browser of this computer keeps of one site, read from a copy of its file; nothing is changed."""

import configparser
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from newsreader.cookies import Cookie, cookies_of
from newsreader.errors import NewsreaderError
from newsreader.i18n import N_
from newsreader.text import line

_LARGEST = 512 * 1024 * 1024
_MILLISECONDS = 10**11  # what is larger is no number of seconds of any year to come


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
    """Return what Firefox would send to a host: of the profile that it starts with, or of the one that is named.

    Raises:
        NoProfileError: there is none.
        UnreadableCookiesError: its cookies cannot be read.
    """
    profiles = [profile] if profile is not None else list(_firefox_profiles(home))
    database = next((found for each in profiles if (found := each / "cookies.sqlite").is_file()), None)
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
    """Yield the profiles, that which Firefox starts with first."""
    for place in firefox_homes(home):
        parser = configparser.ConfigParser(interpolation=None, strict=False)
        with suppress(OSError, UnicodeDecodeError, configparser.Error):
            parser.read(place / "profiles.ini", encoding="utf-8")
        installed = [parser[each].get("Default") for each in parser.sections() if each.startswith("Install")]
        yield from (place / each for each in installed if each)
        profiles = [parser[each] for each in parser.sections() if each.startswith("Profile") and "Path" in parser[each]]
        for each in sorted(profiles, key=lambda section: section.get("Default") != "1"):
            yield place / each["Path"]


def _rows(
    browser: str, database: Path, query: str, values: tuple[str, ...]
) -> list[tuple[str, str, int, str, str, int, str]]:
    """Return what a query finds in a copy of a browser's file, which may be open in it."""
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
