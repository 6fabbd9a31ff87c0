"""What addresses of places mean, and what it takes to get into them."""

import asyncio
import json
import shlex
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.devices import addresses
from newsreader.devices.addresses import COMMAND, FOLDER, S3, WEBDAV, WrongPlaceError, command_address, parse_place
from newsreader.devices.opening import NoKeysError, PlaceAccess, UnsafePasswordError, open_transport
from newsreader.devices.sealed import MixedSealingError, WrongPassPhraseError
from newsreader.devices.transport import WrongPasswordError
from newsreader.passwords import PasswordCommand
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.device_places import DevicePlaces
from newsreader.service.site_passwords import SitePasswords
from newsreader.settings import Settings
from newsreader.storage.place_secrets import PlaceSecrets
from tests.dav import DavServer
from tests.test_regexes import grows

NAME = "newsreader-1/3f9a/1-240.jsonl.z"
NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kind", "text", "url"),
    [
        ("~/Sync", FOLDER, str(Path.home() / "Sync"), ""),
        ("dav://Cloud.example/dav/ada", WEBDAV, "https://cloud.example/dav/ada/", "https://cloud.example/dav/ada/"),
        ("davs://cloud.example", WEBDAV, "https://cloud.example/", "https://cloud.example/"),
        ("https://cloud.example/a b/?x#y", WEBDAV, "https://cloud.example/a%20b/", "https://cloud.example/a%20b/"),
        ("dav://127.0.0.1:8080/x", WEBDAV, "http://127.0.0.1:8080/x/", "http://127.0.0.1:8080/x/"),
        ("http://nas.lan/x/", WEBDAV, "http://nas.lan/x/", "http://nas.lan/x/"),
        ("dav://ada:p%40ss@cloud.example/x", WEBDAV, "https://cloud.example/x/", "https://cloud.example/x/"),
        ("s3://bucket", S3, "s3://bucket/", "https://bucket.s3.us-east-1.amazonaws.com/"),
        ("s3://KEY:secret@my.bucket/a//b/?region=eu-west-1", S3, "s3://my.bucket/a/b?region=eu-west-1",
         "https://s3.eu-west-1.amazonaws.com/my.bucket/"),
        ("s3://bucket/n?endpoint=minio.example:9000", S3,
         "s3://bucket/n?endpoint=https%3A%2F%2Fminio.example%3A9000%2F", "https://minio.example:9000/bucket/"),
        ("command:rclone-sync 'my remote:'", COMMAND, "command:rclone-sync 'my remote:'", ""),
    ],
)  # fmt: skip
def test_an_address_has_one_form_which_holds_no_password(typed: str, kind: str, text: str, url: str) -> None:
    place = parse_place(typed)
    assert (place.kind, place.text, place.url) == (kind, text, url)
    again = parse_place(place.text)
    assert (again.kind, again.text, again.url, again.folder) == (kind, text, url, place.folder)
    assert "secret" not in repr(place)


def test_credentials_of_an_address_are_read_and_words_of_a_command_stay_apart() -> None:
    assert parse_place("dav://ada:p%40ss@cloud.example/x").credentials == ("ada", "p@ss")
    assert parse_place("s3://KEY@bucket/x").credentials == ("KEY", "")
    assert parse_place("s3://bucket/a/b").folder == "a/b/"
    words = ("sync", "my remote:", "it's", "$(x)")
    assert parse_place(command_address(words)).words == words


@pytest.mark.parametrize(
    "typed",
    ["", "ftp://host/x", "dav://", "dav://[", "s3://", "s3://B/", "s3://bucket?region=../x", "command:", "command:'x",
     "https://:99999/", "s3://bucket?endpoint=:"],
)  # fmt: skip
def test_what_is_no_place_is_an_error_that_says_what_is(typed: str) -> None:
    with pytest.raises(WrongPlaceError) as caught:
        parse_place(typed)
    assert "dav://" in caught.value.advice


def test_a_password_does_not_go_over_an_open_connection_and_a_bucket_needs_keys() -> None:
    access = PlaceAccess(("ada", "secret"))
    with pytest.raises(UnsafePasswordError) as caught:
        open_transport(parse_place("http://nas.lan/x"), access, lambda: NOW)
    assert "secret" not in caught.value.text + repr(access)
    with pytest.raises(NoKeysError):
        open_transport(parse_place("s3://bucket/x"), PlaceAccess(), lambda: NOW)


# --- with a real server ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DavServer]:
    with DavServer(tmp_path_factory.mktemp("files")).running() as server:
        yield server


@pytest.fixture
def dav(server: DavServer) -> DavServer:
    server.begin()
    return server


def places_in(directory: Path, settings: Settings | None = None) -> DevicePlaces:
    active = ActiveSettings(settings or Settings())
    return DevicePlaces(directory, active, SitePasswords(active), lambda: NOW)


async def test_stored_secrets_open_the_place_later_and_only_the_reader_may_read_them(
    dav: DavServer, tmp_path: Path
) -> None:
    address = dav.base.replace("http://", "dav://")
    places = places_in(tmp_path)
    secrets = PlaceSecrets(dav.user, dav.password, "correct horse")
    async with places.opened(address, secrets) as transport:
        transport.put_new(NAME, b"data")
    await places.keep(address, secrets)
    await places.keep(address, PlaceSecrets(pass_phrase="correct horse"))
    async with places_in(tmp_path).opened(dav.base) as transport:
        assert transport.list("newsreader-1/") == [NAME]
        assert dav.password not in transport.where
    file = tmp_path / "device-places.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert dav.password in json.loads(file.read_text())["values"][dav.base]["password"]
    await places.forget(address)
    assert not file.exists()
    async with places_in(tmp_path).opened(dav.base) as transport:
        with pytest.raises(WrongPasswordError):
            transport.list("newsreader-1/")


async def test_a_password_of_the_address_or_of_a_command_opens_the_place(dav: DavServer, tmp_path: Path) -> None:
    from urllib.parse import quote

    typed = dav.base.replace("//", f"//{dav.user}:{quote(dav.password)}@")
    async with places_in(tmp_path).opened(typed) as transport:
        assert transport.list("newsreader-1/") == []
    host = dav.base.split("/")[2]
    words = (sys.executable, "-c", f"print({dav.password!r})")
    places = places_in(tmp_path, Settings(passwords=(PasswordCommand(host, dav.user, words),)))
    assert await places.has_password_command(dav.base)
    async with places.opened(dav.base) as transport:
        assert transport.list("newsreader-1/") == []
    assert not (tmp_path / "device-places.json").exists()


async def test_a_folder_with_a_wrong_pass_phrase_or_none_is_noticed(tmp_path: Path) -> None:
    folder, data = tmp_path / "sync", tmp_path / "data"
    folder.mkdir()
    places = places_in(data)
    async with places.opened(str(folder), PlaceSecrets(pass_phrase="one")) as transport:
        transport.put_new(NAME, b"data")
    async with places.opened(str(folder), PlaceSecrets(pass_phrase="two")) as transport:
        with pytest.raises(WrongPassPhraseError):
            transport.list("newsreader-1/")
    async with places.opened(str(folder)) as transport:
        with pytest.raises(MixedSealingError):
            transport.list("newsreader-1/")


async def test_a_command_is_a_place(tmp_path: Path) -> None:
    script = "import sys; print('newsreader-1/a') if sys.argv[1:] == ['list'] else print('body', end='')"
    address = "command:" + shlex.join([sys.executable, "-c", script])
    async with places_in(tmp_path).opened(address) as transport:
        assert await asyncio.to_thread(transport.list, "newsreader-1/") == ["newsreader-1/a"]
        assert await asyncio.to_thread(transport.get, "newsreader-1/a") == b"body"


def test_a_kept_password_is_never_taken_for_another_name() -> None:
    kept = PlaceSecrets("ada", "secret", "phrase")
    assert PlaceSecrets(pass_phrase="other").completed(kept) == PlaceSecrets("ada", "secret", "other")
    assert PlaceSecrets("eve").completed(kept) == PlaceSecrets("eve", "", "phrase")


def test_finding_a_scheme_takes_time_that_grows_with_the_words_alone() -> None:
    assert not grows(addresses._SCHEME, "a" * 5_000, "a" * 20_000)
