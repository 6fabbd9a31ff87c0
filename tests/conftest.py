"""What holds for every test: no network but the loopback, directories of its own, and any day, zone and order.

Two options try what no test may depend on: `--at 2031-02-03` runs the tests, and the programs that they start, as if it
were that day, and `--shuffle 7` runs them in another order.
"""

import gc
import inspect
import ipaddress
import itertools
import logging
import os
import random
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import ModuleType

import hypothesis
import pytest
import pytest_asyncio
from tools.gettext_files import compile_changed

from newsreader.service.clock import VARIABLE as CLOCK_VARIABLE
from newsreader.service.facade import NewsService
from newsreader.settings import Settings
from tests.idle import wait_for_idle
from tests.quick_textual import counted_by_code, parsed_once, passing_over_classes_without_handlers
from tests.servers import SiteServer
from tests.services import NOON, directories
from tests.starting import Program, real_starts
from tests.storage.values import Clock
from tests.worker import shared_sandbox

# Time is no property of what is generated: a busy machine must not fail a test.
# "ci" tries the same examples everywhere and always; "fuzz" many others in every run, and says how to try one again.
_UNHURRIED = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("ci", _UNHURRIED, derandomize=True, database=None)
hypothesis.settings.register_profile("fuzz", _UNHURRIED, derandomize=False, max_examples=2_000, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


_FAST_LANE = "not slow"


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Run one test more at a time than there are cores: programs in terminals spend some of their time waiting.

    A worker takes seconds to import the tests, and as many again to have the programs ready that it forks.
    """
    del config
    return (os.cpu_count() or 1) + 1


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options for another day and another order."""
    parser.addoption("--at", metavar="DATE", help="run as if it were this day or moment (ISO 8601, UTC)")
    parser.addoption(
        "--shuffle", type=int, metavar="SEED", help="run the files, and the tests in each, in another order"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues that have changed; set the clock of this process, and that of the programs it starts.

    Programs that tests start can be interrupted, even where the tests run in the background, as nobody's job.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):  # the workers start when this is done
        compile_changed(config.rootpath)
        if config.getoption("numprocesses") and config.args_source is pytest.Config.ArgsSource.TESTPATHS:
            _compile_tests()
    at = config.getoption("--at")
    if at is not None:
        import time_machine

        moment = datetime.fromisoformat(at)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        os.environ[CLOCK_VARIABLE] = f"{(moment - datetime.now(UTC)).total_seconds():+.6f}"
        travel = time_machine.travel(moment)
        travel.start()
        config.add_cleanup(travel.stop)


def _compile_tests() -> None:
    """Have all tests compiled where none has been, by a process for each core: every worker would compile all of them.

    Whatever goes wrong here goes wrong in the workers as well, which say so.
    """
    here = Path(__file__).parent
    if sys.dont_write_bytecode or next(here.glob("*/__pycache__/test_*.pyc"), None) is not None:
        return
    files = sorted(map(str, here.rglob("test_*.py")))
    cores = os.cpu_count() or 1
    collect = [sys.executable, "-m", "pytest", "-n0", "-p", "no:cacheprovider", "--collect-only", "-qq"]
    running = [
        subprocess.Popen([*collect, *files[core::cores]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for core in range(cores)
    ]
    for each in running:
        each.wait()


# What starts the program, its worker process, or a whole screen, or takes much apart: seconds a test.
_SLOW = (
    "devices/", "e2e/", "fuzz/", "tui/", "exporting/test_feeds.py",
    "extraction/test_drawn_feeds.py", "extraction/test_fronts.py", "extraction/test_hostile_pages.py",
    "extraction/test_markups.py", "extraction/test_sample_pages.py",
    "storage/test_damage.py", "storage/test_index.py", "storage/test_processes.py", "storage/test_scale.py",
    "test_account_simulation.py", "test_accounts.py", "test_kept_entries.py",
    "test_boundaries.py", "test_maintenance.py", "test_cli.py", "test_debuglog.py",
    "test_downloads.py", "test_drawing.py", "test_editions.py", "test_exporting.py",
    "test_finder.py", "test_fork_server.py", "test_i18n.py",
    "test_article_pictures.py", "test_sandbox.py",
    "test_search.py", "test_service.py", "test_sources.py", "test_sync.py", "test_tags_and_rules.py",
    "test_export_and_import.py", "test_wire.py",
)  # fmt: skip
_LONG = re.compile(
    "a_megabyte|a_million|thousand|keeps_nobody_waiting|does_not_block_the_program|of_large_blocks|takes?_(little|no)_(time|longer)|grows_with"
    "|books_(in_sections_)?are_valid|flood|every_link_of_the_paper|no_json_and_no_markup|room_for|ten_times"
)
"""What is in the names of single tests that take long: they try what is long."""
_OF_THE_CLOCK = (
    "e2e/test_reading.py", "e2e/test_sources.py", "extraction/test_dates.py", "extraction/test_feed.py",
    "test_maintenance.py", "test_clock.py", "test_downloads.py", "test_query.py", "test_sample.py", "test_stories.py",
)  # fmt: skip


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even import what is slow where only the rest was asked for."""
    if config.option.markexpr != _FAST_LANE or not collection_path.is_file():
        return None
    return place_of(collection_path).startswith(_SLOW) or None


@cache  # it is asked once for each of thousands of tests
def place_of(path: Path) -> str:
    """Return where a file is below this directory; nothing for one that is elsewhere, as a test's own tests are."""
    here = Path(__file__).parent
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else ""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is slow and what hangs on the clock; shuffle the files, and the tests in each, if that was asked for.

    What a file sets up for all its tests is still set up once.
    """
    for item in items:
        path = place_of(item.path)
        if path.startswith(_SLOW) or _LONG.search(item.name):
            item.add_marker("slow")
        if path.startswith(_OF_THE_CLOCK):
            item.add_marker("clock")
    # Each worker begins with a run of tests that follow each other: give every one its share of the slow files.
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    turns = {path: number % workers for number, path in enumerate(dict.fromkeys(item.path for item in items))}
    items.sort(key=lambda item: turns[item.path])
    seed = config.getoption("--shuffle")
    if seed is not None:
        chance = random.Random(seed)
        items.sort(key=lambda item: item.nodeid)  # that the order hangs on nothing but the seed
        ranks = {path: chance.random() for path in sorted({item.path for item in items})}
        places = {item.nodeid: chance.random() for item in items}
        items.sort(key=lambda item: (ranks[item.path], places[item.nodeid]))


_LOOPBACK_NAMES = frozenset({"localhost", "localhost.", "127.0.0.1", "::1", ""})
_DEAD_PROXY = "http://127.0.0.1:9"  # the discard port: nobody listens


def pytest_collection_finish() -> None:
    """Leave what the collected tests are made of out of every search for garbage, and search less often.

    There are thousands of tests; looking through all that they make was a tenth of their processor time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


class NetworkUsedError(Exception):
    """A test reached for the network; no `except OSError` swallows this."""


def _is_loopback(host: object) -> bool:
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return text in _LOOPBACK_NAMES


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        endpoint, address = arguments
        is_stream = isinstance(endpoint, socket.socket) and endpoint.type == socket.SOCK_STREAM
        if is_stream and isinstance(address, tuple) and not _is_loopback(address[0]):
            raise NetworkUsedError(f"a connection to {address}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname") and not _is_loopback(arguments[0]):
        raise NetworkUsedError(f"a look-up of {arguments[0]!r}")


sys.addaudithook(_refuse_network)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give paths at which there is nothing yet: pytest's own cost more with every test that had one."""
    base = tmp_path_factory.mktemp("homes")
    return (base / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def own_directories(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test, and the programs that it starts, directories of its own, and a proxy that is dead."""
    home = next(homes)
    for name in ("data", "cache", "config"):
        monkeypatch.setenv(f"NEWSREADER_{name.upper()}_DIR", str(home / name))
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(home / f"xdg-{name}"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, _DEAD_PROXY)
        monkeypatch.setenv(name.lower(), _DEAD_PROXY)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1,localhost,::1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("REQUEST_METHOD", raising=False)
    return home


@pytest.fixture(scope="session", autouse=True)
def _fork_workers() -> Iterator[None]:
    """Have the workers of the services that run in tests forked, as those of the command are."""
    forking = ModuleType("subprocess")
    vars(forking).update(vars(subprocess), Popen=Program)
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr("newsreader.sandbox.subprocess", forking)
        yield


@pytest.fixture(scope="session", autouse=True)
def _hurry_interfaces() -> Iterator[None]:
    """Keep tests of the interface waiting no longer than they have to, where there are any.

    Textual's pilot looks for what is left to do; a change is painted as soon as the program has it; and what was
    worked out for one interface is not worked out again for the next.
    """
    with pytest.MonkeyPatch.context() as changed:
        for name in ("textual.pilot", "textual.app"):
            if name in sys.modules:
                changed.setattr(sys.modules[name], "wait_for_idle", wait_for_idle)
        if "textual.screen" in sys.modules:
            changed.setattr(sys.modules["textual.screen"], "UPDATE_PERIOD", 1 / 1000)  # see `cli.showing`
            sheet = sys.modules["textual.css.stylesheet"].Stylesheet
            changed.setattr(sheet, "_parse_rules", parsed_once(sheet._parse_rules))
            pump = sys.modules["textual.message_pump"].MessagePump
            quick = passing_over_classes_without_handlers(pump._get_dispatch_methods)
            changed.setattr(pump, "_get_dispatch_methods", quick)
            callback = sys.modules["textual._callback"]
            changed.setattr(callback, "_count_parameters", counted_by_code(callback._count_parameters))
        yield


class _Records(logging.Handler):
    def __init__(self, kept: list[logging.LogRecord]) -> None:
        super().__init__()
        self._kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        self._kept.append(record)


@pytest.fixture
def unexpected_errors() -> Iterator[list[logging.LogRecord]]:
    """Give the log records of the faults that boundaries caught. A test that asks for them expects some."""
    kept: list[logging.LogRecord] = []
    log = logging.getLogger("newsreader.errors")
    handler = _Records(kept)
    log.addHandler(handler)
    yield kept
    log.removeHandler(handler)


@pytest.fixture(autouse=True)
def no_unexpected_errors(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which a boundary caught a fault that nobody foresaw: to the reader an error, to us a bug."""
    kept: list[logging.LogRecord] = request.getfixturevalue("unexpected_errors")
    yield
    if "unexpected_errors" not in _asked_for(request):
        faults = [logging.Formatter().format(record) for record in kept]
        assert not faults, "\n".join(faults)


def _asked_for(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Return the names of the fixtures that the test itself has as parameters."""
    function = getattr(request, "function", None)
    return tuple(inspect.signature(function).parameters) if function is not None else ()


@pytest.fixture
def always_real() -> Iterator[None]:
    """Start the installed command, and workers, as they are, never from a server that has imported them."""
    with real_starts():
        yield


@pytest.fixture
def clock() -> Clock:
    """Give a clock that a test moves."""
    return Clock(NOON)


@pytest_asyncio.fixture
async def service(own_directories: Path, clock: Clock) -> AsyncIterator[NewsService]:
    """Give a service with directories of its own, over the worker process that all tests share."""
    async with NewsService(directories(own_directories), Settings(), clock=clock, sandbox=shared_sandbox()) as service:
        yield service


@pytest.fixture
def site() -> Iterator[SiteServer]:
    """Give a running site without pages: a test adds its `routes`."""
    with SiteServer() as server:
        yield server
