"""Whether the directories, the stores, the backups and the network are in order."""

import asyncio
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path

from newsreader.errors import NewsreaderError
from newsreader.fetching.routes import network_routes
from newsreader.i18n import N_, decimal, gettext, ngettext, system_reason
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.pages import Pages
from newsreader.service.stores import Stores
from newsreader.service.subscriptions import Subscriptions
from newsreader.service.synced_folders import syncing_program
from newsreader.settings import Directories
from newsreader.storage.backups import backups_of, has_backup
from newsreader.storage.cache_schema import SCHEMA as CACHE_SCHEMA
from newsreader.storage.database_files import check
from newsreader.storage.errors import StoreError
from newsreader.storage.library import Library
from newsreader.storage.library_schema import SCHEMA as LIBRARY_SCHEMA
from newsreader.storage.paths import is_absent
from newsreader.storage.schema import schema_version
from newsreader.text import line
from newsreader.urls import host_of, shown
from newsreader.values import dataclass

_LITTLE_ROOM = 200_000_000  # bytes; a library that is backed up needs some
_NO_ROOM = 20_000_000
_OLD_BACKUP = timedelta(days=8)


class Health(StrEnum):
    """Whether something is in order."""

    OK = "ok"
    WARNING = "warning"  # the program works, though not as well as it could
    ERROR = "error"
    UNKNOWN = "unknown"  # nobody can know it here


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of one check; `advice` says what to do now, if there is something to do.

    Attributes:
        about: A message to be translated; untranslated, a stable name for programs.
    """

    about: str
    health: Health
    text: str
    advice: str = ""


class Doctor:
    """Checks everything that the program needs, and says what to do about each."""

    def __init__(
        self,
        directories: Directories,
        settings: ActiveSettings,
        stores: Stores,
        pages: Pages,
        subscriptions: Subscriptions,
        now: Callable[[], datetime],
    ) -> None:
        self._directories = directories
        self._settings = settings
        self._stores = stores
        self._pages = pages
        self._subscriptions = subscriptions
        self._now = now

    async def check(self, address: str | None = None) -> tuple[CheckResult, ...]:
        """Check the directories, the stores, the backups and the network, and say what to do about each.

        Args:
            address: The site to try the network with; without it, that of the first source.
        """
        places = await asyncio.to_thread(lambda: tuple(self._check_places()))
        stores = await asyncio.to_thread(lambda: tuple(self._check_stores()))
        return (*places, *stores, *await self._check_network(address))

    def _check_places(self) -> Iterator[CheckResult]:
        directories = self._directories
        for about, path in (
            (N_("data"), directories.data),
            (N_("cache"), directories.cache),
            (N_("configuration"), directories.config),
        ):
            yield _directory(about, path, needs_room=path is not directories.config)
        program = syncing_program(directories.data)
        if program is not None:
            yield _synced(directories.data, program)

    def _check_stores(self) -> Iterator[CheckResult]:
        yield self._library()
        yield self._backups()
        path = self._directories.cache / "cache.db"
        found = (
            _none_yet(N_("cache file"))
            if _is_missing(path)
            else _store(N_("cache file"), path, CACHE_SCHEMA.steps, partial(_sound_cache, path))
        )
        is_damaged = found.health is Health.ERROR
        advice = gettext("`newsreader cache clear` starts a new one; saved articles are not affected.")
        yield CheckResult(found.about, Health.WARNING, found.text, advice) if is_damaged else found

    def _library(self) -> CheckResult:
        about, path = N_("library"), self._stores.library_path
        if _is_missing(path) and not has_backup(path):
            return _none_yet(about)
        return _store(about, path, LIBRARY_SCHEMA.steps, self._sound_library)

    def _sound_library(self) -> tuple[str, str]:
        """Return a summary of a readable library, and what is damaged in it.

        Raises:
            StoreError: the file itself is damaged.
        """
        check(self._stores.library_path, LIBRARY_SCHEMA)
        library = Library.open(self._stores.library_path, now=self._now)
        try:
            damaged, downloads = library.check(), library.downloads.check()
            count = len(library.saved.rows())
        finally:
            library.close()
        details = ngettext("{count} saved article", "{count} saved articles", count).format(count=count)
        names = ", ".join(shown(url) for url in (*damaged, *downloads)[:3])
        return details, gettext("damaged: {addresses}").format(addresses=names) if names else ""

    def _backups(self) -> CheckResult:
        about = N_("backups")
        found = backups_of(self._stores.library_path, self._now())
        if not found:
            is_needed = not is_absent(self._stores.library_path)
            text = gettext("There is none yet.")
            advice = gettext("One is made every day when the program ends; `newsreader library backup` makes one now.")
            return CheckResult(about, Health.WARNING if is_needed else Health.OK, text, advice if is_needed else "")
        newest = found[0]
        try:
            check(newest, LIBRARY_SCHEMA)
        except StoreError as error:
            advice = gettext("Delete it, and make another one: `newsreader library backup`.")
            return CheckResult(about, Health.ERROR, error.text, advice)
        made = newest.stat().st_mtime
        text = ngettext("{count}, the newest is {name}", "{count}, the newest is {name}", len(found))
        text = text.format(count=len(found), name=line(newest.name))
        is_old = (
            not is_absent(self._stores.library_path)
            and self._stores.library_path.stat().st_mtime - made > _OLD_BACKUP.total_seconds()
        )
        advice = gettext("`newsreader library backup` makes one now.") if is_old else ""
        return CheckResult(about, Health.WARNING if is_old else Health.OK, text, advice)

    async def _check_network(self, address: str | None) -> tuple[CheckResult, ...]:
        ways = await asyncio.to_thread(network_routes, self._settings.current.network.proxy)
        about = N_("network")
        findings = []
        if ways.has_route:
            findings.append(CheckResult(about, Health.OK, gettext("The internet can be reached.")))
        else:
            text = gettext("The internet cannot be reached.")
            findings.append(CheckResult(about, Health.WARNING, text, gettext("What is stored can be read meanwhile.")))
        proxies = ", ".join(f"{line(scheme, 20)} → {shown(proxy)}" for scheme, proxy in ways.proxies)
        findings.append(CheckResult(N_("proxy"), Health.OK, proxies or gettext("none")))
        findings.append(_certificates(ways.certificates))
        findings.append(_browser())
        target = address
        if target is None and not is_absent(self._stores.library_path):  # looking makes none
            target = next((each.url for each in await self._subscriptions.all() if "://" in each.url), None)
        if target is not None:
            findings.append(await self._check_site(target))
        return tuple(findings)

    async def _check_site(self, address: str) -> CheckResult:
        about = N_("a site")
        started = self._now()
        try:
            opened = await self._pages.open(address, typed=True, refresh=True)
        except NewsreaderError as error:
            return CheckResult(about, Health.ERROR, error.text, error.advice)
        problem = opened.fetch_problem
        if problem is not None:
            return CheckResult(about, Health.ERROR, problem.message, problem.advice)
        seconds = decimal(f"{(self._now() - started).total_seconds():.1f}")
        text = gettext("{host} answered in {seconds} s").format(host=line(host_of(address), 100), seconds=seconds)
        return CheckResult(about, Health.OK, text)


def _browser() -> CheckResult:
    from newsreader.drawing import drawing_browser  # with all that speaks HTTP

    about, found = N_("browser"), drawing_browser()
    none = gettext("There is no Chromium or Chrome that could draw pages; none is needed for any other.")
    draws = gettext("{program} can draw pages that come without words (`newsreader read --draw`).")
    return CheckResult(about, Health.OK, draws.format(program=line(found, 100)) if found else none)


def _certificates(count: int | None) -> CheckResult:
    about = N_("certificates")
    if count is None:
        return CheckResult(about, Health.OK, gettext("those of the system"))
    if count == 0:
        advice = gettext("Install the package ca-certificates, or name a file of them in SSL_CERT_FILE.")
        return CheckResult(about, Health.ERROR, gettext("There are none, so no site can prove who it is."), advice)
    words = ngettext("{count} authority is trusted", "{count} authorities are trusted", count)
    return CheckResult(about, Health.OK, words.format(count=count))


def _directory(about: str, path: Path, *, needs_room: bool) -> CheckResult:
    """Return whether files can be made in a directory; where there is none yet, whether it could be made."""
    name = line(str(path), 300)
    existing = next(each for each in (path, *path.parents) if os.path.lexists(each))
    if not existing.is_dir():
        advice = gettext("Move it away, or name another directory.")
        return CheckResult(
            about, Health.ERROR, gettext("{path} isn't a directory.").format(path=line(str(existing))), advice
        )
    refusal = _refusal(existing)
    if refusal:
        text = gettext("{path} cannot be written: {reason}.").format(path=name, reason=refusal)
        advice = gettext("Allow writing to it, or name another directory in NEWSREADER_DATA_DIR and its like.")
        return CheckResult(about, Health.ERROR, text, advice)
    free = shutil.disk_usage(existing).free
    size = gettext("{size} MB free").format(size=f"{free // 1_000_000}")
    if needs_room and free < _LITTLE_ROOM:
        health = Health.ERROR if free < _NO_ROOM else Health.WARNING
        advice = gettext("Free some space on the disk: what is read could not be kept.")
        return CheckResult(about, health, f"{name}: {size}", advice)
    if existing is not path:
        return CheckResult(about, Health.OK, gettext("{path} will be created when it is needed").format(path=name))
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077 and needs_room:
        text = gettext("other users can read {path}").format(path=name)
        return CheckResult(about, Health.WARNING, text, gettext("chmod 700 keeps it to yourself."))
    return CheckResult(about, Health.OK, f"{name}, {size}")


def _synced(path: Path, program: str) -> CheckResult:
    text = gettext("{path} is in a folder that {program} copies: a library that two computers write is damaged by it.")
    advice = gettext("Move it out of there; `newsreader devices join FOLDER` syncs the library through such a folder.")
    return CheckResult(N_("data"), Health.WARNING, text.format(path=line(str(path), 300), program=program), advice)


def _refusal(directory: Path) -> str:
    """Return why no file can be made in a directory; empty if one can."""
    try:
        with tempfile.TemporaryFile(dir=directory) as file:
            file.write(b"newsreader")
            file.flush()
    except OSError as error:
        return line(system_reason((error.strerror or type(error).__name__).lower()))
    return ""


def _is_missing(path: Path) -> bool:
    """Return whether nothing at all is at a path, not even a file that may not be looked at."""
    return is_absent(path) and not os.path.lexists(path)


def _none_yet(about: str) -> CheckResult:
    return CheckResult(about, Health.OK, gettext("There is none yet."))


def _store(about: str, path: Path, steps: tuple[str, ...], sound: Callable[[], tuple[str, str]]) -> CheckResult:
    """Return whether a store is sound, and which schema it has."""
    try:
        details, damage = sound()
        version = schema_version(path)
    except StoreError as error:
        return CheckResult(about, Health.ERROR, error.text, error.advice)
    if damage:
        advice = gettext("Save them again, or restore a backup: `newsreader library restore`.")
        return CheckResult(about, Health.ERROR, damage, advice)
    words = gettext("sound, schema {version} of {latest}").format(version=version, latest=len(steps))
    return CheckResult(about, Health.OK, f"{words}, {details}" if details else words)


def _sound_cache(path: Path) -> tuple[str, str]:
    check(path, CACHE_SCHEMA)
    return "", ""
