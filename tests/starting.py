"""Starts of the installed command that may be forked from a process that has imported it: see `tests/fork_server.py`.

`NEWSREADER_REAL_STARTS=1` has every test start a real one, which is what systems other than Linux always do.
"""

import atexit
import ctypes
import inspect
import json
import os
import pty
import resource
import signal
import socket
import subprocess
import sys
import termios
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from ptyprocess import PtyProcess

from tests.waiting import LONG_S

ROOT = Path(__file__).parents[1]
COMMAND = Path(sys.executable).parent / "newsreader"
CAN_FORK = sys.platform == "linux" and "NEWSREADER_REAL_STARTS" not in os.environ
READ_AT_START = (
    "PYTHON", "TEXTUAL", "LD_", "MALLOC_", "GLIBC_", "WCWIDTH", "PILLOW", "OPENSSL", "XML_", "ESCDELAY", "TERM_PROGRAM",
    "LC_TERMINAL", "LOCPATH",
)  # fmt: skip
"""How the names of variables begin that are read before the program's own code runs; those of the locale aside."""
WORKER = [sys.executable, "-P", "-m", "newsreader.worker"]
CODE = [sys.executable, "-P", "-c"]
"""What goes before code that may be run where the program has been imported."""
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER
_REAL_FIRST = 2  # a server takes as long to start as three programs
_LIMITS = [getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")]

Environment = Mapping[str, str]


def read_at_start(environment: Environment) -> tuple[object, ...]:
    """Return all that a process takes of its environment before the program's own code runs."""
    locale = environment.get("LC_ALL") or environment.get("LC_CTYPE") or environment.get("LANG") or ""
    return locale, *sorted((name, each) for name, each in environment.items() if name.startswith(READ_AT_START))


class Connection:
    """A connection to a server that forks."""

    def __init__(self, its_socket: socket.socket) -> None:
        self._socket = its_socket
        self._lock = threading.Lock()
        self._set_process = ctypes.CDLL(None).prctl

    def start(self, request: Mapping[str, Any], streams: Sequence[int]) -> int:
        """Have a child forked with these standard streams, and return its process: it is one of ours."""
        with self._lock:
            self._set_process(_SUBREAPER, 1, 0, 0, 0)
            try:
                socket.send_fds(self._socket, [json.dumps(request).encode()], streams)
                return int(self._socket.recv(32))
            finally:
                self._set_process(_SUBREAPER, 0, 0, 0, 0)

    def close(self) -> None:
        """Let the server end."""
        self._socket.close()


class _Server(Connection):
    """A server of this process: it ends with it."""

    def __init__(self, environment: Environment) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        super().__init__(ours)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.fork_server", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                cwd=ROOT,
                env=environment,
                pass_fds=[theirs.fileno()],
                process_group=0,
            )
        assert ours.recv(32) == b"ready", "the server that forks did not start"
        atexit.register(self.close)

    def close(self) -> None:
        super().close()
        self._process.wait()


_may_fork = CAN_FORK
_servers: dict[tuple[object, ...], _Server] = {}
_asked: Counter[tuple[object, ...]] = Counter()


def _server_for(arguments: Sequence[str], environment: Environment) -> Connection | None:
    """Return the server for the command in such an environment; None where there were few starts in it so far."""
    is_worker = list(arguments[:4]) == WORKER
    is_known = is_worker or list(arguments[:3]) == CODE or list(arguments[:1]) == [str(COMMAND)]
    if not _may_fork or not is_known:
        return None
    if is_worker:  # which speaks through pipes in no locale: that of most commands does
        environment = {**environment, "LC_ALL": "C.UTF-8"}
    kind = read_at_start(environment)
    _asked[kind] += 1
    if kind not in _servers and _asked[kind] > _REAL_FIRST:
        _servers[kind] = _Server(environment)
    return _servers.get(kind)


@contextmanager
def real_starts() -> Iterator[None]:
    """Start every program as it is installed meanwhile."""
    global _may_fork  # noqa: PLW0603
    before, _may_fork = _may_fork, False
    try:
        yield
    finally:
        _may_fork = before


class Program(subprocess.Popen[Any]):
    """A `Popen` whose process is forked where it is the installed command, or its worker, and nothing forbids it.

    Attributes:
        server_for_workers: In a program that was forked: what forks its workers.
    """

    server_for_workers: ClassVar[Connection | None] = None

    def _execute_child(self, *arguments: Any, **named: Any) -> None:
        start: Any = super()._execute_child  # type: ignore[misc]
        given = inspect.signature(start).bind(*arguments, **named).arguments
        server = self._server(given)
        if server is None:
            start(*arguments, **named)
            return
        streams = [given[name] for name in ("p2cread", "c2pwrite", "errwrite")]
        environment = os.environ if given["env"] is None else given["env"]
        request = _request(
            given["args"],
            environment,
            given["cwd"],
            is_leader=bool(given["start_new_session"]),
            group=None if given["process_group"] == -1 else given["process_group"],
        )
        self.pid = server.start(request, [number if each < 0 else each for number, each in enumerate(streams)])
        self._child_created = True
        ends = ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")
        close: Any = self._close_pipe_fds  # type: ignore[attr-defined]
        close(*(given[name] for name in ends))

    def _server(self, given: Mapping[str, Any]) -> Connection | None:
        """Return who forks this process; None where a real start is needed."""
        is_odd = given["preexec_fn"] or given["shell"] or given["pass_fds"] or given["executable"]
        is_other = any(given[name] not in (None, -1) for name in ("gid", "gids", "uid", "umask"))
        if is_odd or is_other or not os.path.isdir(given["cwd"] or "."):  # noqa: PTH112
            return None
        if given["args"][:4] == WORKER and self.server_for_workers is not None:
            return self.server_for_workers
        return _server_for(given["args"], os.environ if given["env"] is None else given["env"])


def run_command(
    arguments: Sequence[str], environment: Environment, *, errors: str = "strict", typed: str | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run the installed command, which may be forked, and return what it printed, taken for UTF-8.

    What is typed comes through a pipe.
    """
    pipe = subprocess.PIPE
    command = [str(COMMAND), *arguments]
    options: dict[str, Any] = {"env": environment, "encoding": "utf-8", "errors": errors}
    given = None if typed is None else pipe
    with Program(command, stdin=given, stdout=pipe, stderr=pipe, **options) as program:
        try:
            printed, complaints = program.communicate(typed, timeout=LONG_S)
        except BaseException:
            program.kill()
            raise
    return subprocess.CompletedProcess(command, program.returncode, printed, complaints)


def start_in_terminal(
    arguments: Sequence[str],
    environment: Environment,
    dimensions: tuple[int, int],
    directory: Path | None = None,
) -> PtyProcess:
    """Start a program in a pseudo-terminal of its own, with so many rows and columns."""
    server = _server_for(arguments, environment)
    if server is None:
        return PtyProcess.spawn(list(arguments), env=environment, cwd=directory, dimensions=dimensions)
    ours, its = pty.openpty()
    try:
        termios.tcsetwinsize(its, dimensions)
        request = _request(arguments, environment, directory, is_leader=True, is_in_terminal=True)
        return PtyProcess(server.start(request, [its] * 3), ours)
    finally:
        os.close(its)


def end_in_terminal(process: PtyProcess) -> None:
    """Kill what runs in a pseudo-terminal and close that, however long the machine takes to end it."""
    if process.closed:
        return
    if process.isalive():
        process.kill(signal.SIGKILL)
        process.wait()
    process.close()


def _request(
    arguments: Sequence[str],
    environment: Environment,
    directory: str | Path | None,
    *,
    is_leader: bool,
    is_in_terminal: bool = False,
    group: int | None = None,
) -> dict[str, Any]:
    return {
        "arguments": list(arguments),
        "environment": dict(environment),
        "directory": str(Path.cwd() / (directory or ".")),
        "is_leader": is_leader,
        "is_in_terminal": is_in_terminal,
        "group": os.getpgrp() if group is None else group,
        "ignores_interrupts": signal.getsignal(signal.SIGINT) is signal.SIG_IGN,
        "limits": [(kind, resource.getrlimit(kind)) for kind in _LIMITS],
    }
