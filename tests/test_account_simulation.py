"""Weeks of reading on two sides, with an exchange that breaks off anywhere: what each side changed last is kept."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from newsreader.fetch_errors import BadAnswerError, FetchError, HTTPStatusError, PasswordError
from newsreader.service.account_exchange import AccountExchange
from newsreader.service.account_values import FEVER, READER, Account
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.feed_clients import feed_client_of
from newsreader.service.stores import Stores
from newsreader.settings import Directories, Settings
from newsreader.storage.accounts import reader_of
from tests.fever_server import FeverServer
from tests.reader_server import ReaderServer
from tests.servers import Request

BASE = "https://paper.example/"
ACCOUNT = Account("ada", "https://reader.example/api/greader.php", "ada")


class Cut:
    """Breaks the connection after so many requests."""

    def __init__(self, server: ReaderServer) -> None:
        self.server = server
        self.left = 1_000_000

    async def ask(self, url, form, headers) -> bytes:  # type: ignore[no-untyped-def]
        self.left -= 1
        if self.left == 0:
            raise BadAnswerError(url, reason="cut")
        parts = urlsplit(url)
        body = urlencode(form).encode() if form is not None else b""
        sent = {name.lower(): value for name, value in headers}
        answer = self.server._answer(Request("POST", f"{parts.path}?{parts.query}", sent, body))
        if self.left == -1:  # it arrived, but the answer did not
            raise BadAnswerError(url, reason="cut")
        if answer.status >= 400:
            kind = PasswordError if answer.status == 401 else HTTPStatusError
            raise kind(url, status=answer.status, reason="no")
        return answer.octets


def url_of(n: int) -> str:
    return f"{BASE}story/{n}"


@pytest.mark.parametrize(
    ("seed", "service"), [*((seed, READER) for seed in range(25)), *((seed, FEVER) for seed in range(8))]
)
async def test_both_sides_agree_and_the_last_change_is_kept(tmp_path: Path, seed: int, service: str) -> None:
    chance = random.Random(seed)
    now = datetime(2026, 11, 22, tzinfo=UTC)

    def skewed_clock() -> datetime:
        return now + timedelta(days=chance.choice((-400, 0, 0, 0, 1)))

    stores = Stores(Directories(tmp_path, tmp_path, tmp_path), ActiveSettings(Settings()), skewed_clock)
    server = FeverServer() if service == FEVER else ReaderServer()
    account = replace(ACCOUNT, url="https://reader.example/fever", service=FEVER) if service == FEVER else ACCOUNT
    server.quirks.ids = chance.choice(("short", "long", "words"))
    server.quirks.page = chance.choice((3, 17, 1000))
    for number in (1, 2):
        server.add_feed(number, f"Feed {number}", f"{BASE}{number}.xml")
    cut = Cut(server)

    async def password() -> str:
        return "lovelace"

    library = await stores.library()
    library.journal.add_reader(reader_of(ACCOUNT.key))
    expected: dict[int, bool] = {}  # whether each is read, by the rules
    here: set[int] = set()  # changed here since the last exchange that came to its end
    unsure: set[int] = set()
    seen: set[int] = set()
    for turn in range(12):
        fresh = range(turn * 30, turn * 30 + chance.randrange(30))
        server.add_items(f"feed/{chance.choice((1, 2))}", fresh, BASE)
        expected |= dict.fromkeys(fresh, False)
        for n in chance.sample(sorted(expected), min(len(expected), chance.randrange(12))):
            server.items[n].read = chance.random() < 0.7
            if n not in here:
                expected[n] = server.items[n].read
        for n in chance.sample(sorted(seen), min(len(seen), chance.randrange(25))):
            is_read = chance.random() < 0.7
            if is_read is not bool(library.read_marks.which([url_of(n)])):
                library.read_marks.mark(url_of(n), is_read)
                here.add(n)
                expected[n] = is_read
        client = feed_client_of(account, password, cut.ask)
        cut.left = chance.choice((3, 6, 8, 10, 14, 1_000_000, 1_000_000))
        if turn == 11:
            cut.left = 1_000_000
        try:
            report = await AccountExchange(stores, account, client, "saved").run(is_accepted=True)
        except FetchError:
            continue
        finally:
            known = _known(library)
            seen = {n for n in expected if url_of(n) in known}
        unsure |= here if report.problem is not None else set()  # sent, and nobody knows whether it arrived
        here.clear()
    cut.left = 1_000_000
    client = feed_client_of(account, password, cut.ask)
    await AccountExchange(stores, account, client, "saved").run(is_accepted=True)
    marked = library.read_marks.which([url_of(n) for n in expected])
    read_here = {n for n in seen if url_of(n) in marked}
    assert read_here == {n for n in seen if server.items[n].read}
    assert read_here - unsure == {n for n in seen if expected[n]} - unsure
    await stores.aclose()


def _known(library) -> set[str]:  # type: ignore[no-untyped-def]
    return {item.url for item in library.accounts.items(ACCOUNT.key, "saved")}
