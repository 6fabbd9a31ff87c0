"""A process that has imported the program and forks: a start then takes a few thousandths of a second, not half of one.

`python -m tests.fork_server` imports what the installed command and its worker import, starts nothing, and forks for
each request. The child is given what a new process would have: standard streams, directory, environment, session,
controlling terminal, process group and limits; it then runs the console script itself, to the end of the interpreter.
`tests/starting.py` asks for such starts; the child is a child of whoever asked.

What differs from a real start, so that a test of these things needs one:

- Modules are imported already, those of the worker too, and what they keep (compiled patterns, caches) is warm; nothing
  is read from their files, and nothing can interrupt their import.
- The environment at the time of the imports was that of the first request. A variable that is read by then (the locale,
  `PYTHON…`, `TEXTUAL…`, and others in `starting.READ_AT_START`) that has another value gets a real start.
- The seed of hashes is that of the server; objects made before the fork are left out of searches for garbage.
- A worker may take longer on a machine that is busy otherwise.
- After the last function of `atexit` the process ends: modules are not taken apart, which takes longer than all else.
- `/proc/PID/cmdline`, `sys.flags`, `sys.orig_argv` and the mask of new files' modes are the server's; a module `tests`
  is there. There is one more child, which waits to become a worker and ends with its parent.

The server has one thread and no event loop, and opens no file, so forking it is safe.
"""

import atexit
import fcntl
import gc
import importlib
import io
import json
import os
import pkgutil
import resource
import runpy
import signal
import socket
import subprocess
import sys
import termios
import threading
import time
from pathlib import Path
from typing import Any

LONGEST_REQUEST = 128 * 1024
_ASIDE = 100  # descriptors from here on are out of the way of 0, 1 and 2
_BUSY = 60.0  # a worker may wait for so many times its own work, where many tests run at once
_IMPORTED_AT_USE = ("PIL.Image", "lxml.html", "readability", "htmldate", "dateparser")


def prepare() -> None:
    """Import the program and do a page, as a worker does; leave what that made out of all searches for garbage."""
    os.environ["TEXTUAL_FPS"] = "1000"  # as the program has it before it imports Textual
    import newsreader
    from newsreader import sandbox, worker
    from newsreader.patterns import pattern

    for module in pkgutil.walk_packages(newsreader.__path__, "newsreader."):
        if not module.name.endswith("__main__"):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, pattern):  # type: ignore[arg-type]
                    value.pattern  # noqa: B018  (it is compiled when it is first looked at)
    sandbox._WALL_PER_WORK = _BUSY
    for name in _IMPORTED_AT_USE:
        importlib.import_module(name)
    worker.warm_up()
    assert threading.active_count() == 1
    assert len(list(Path("/proc/self/task").iterdir())) == 1
    gc.collect()
    gc.freeze()


def serve(connection: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Fork for each request; return in the children alone, with the request and the standard streams' descriptors.

    The process in between ends at once, and its child is adopted by whoever asks, which is a subreaper meanwhile.
    """
    while True:
        asked, streams, _, _ = socket.recv_fds(connection, LONGEST_REQUEST, 3)
        if not asked:
            os._exit(0)
        adopted, adopt = os.pipe()
        named, name = os.pipe()
        between = os.fork()
        if not between:
            child = os.fork()
            if child:
                os.write(name, str(child).encode())
                os._exit(0)
            os.close(adopt)
            os.read(adopted, 1)
            connection.close()
            return json.loads(asked), streams
        os.waitpid(between, 0)
        connection.send(os.read(named, 32))
        for descriptor in (adopted, adopt, named, name, *streams):
            os.close(descriptor)


def keep_only(streams: list[int], connection: socket.socket | None) -> socket.socket | None:
    """Make these descriptors the standard streams, and close all others but the connection."""
    aside = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, _ASIDE) for each in streams]
    kept = -1
    if connection is not None:
        kept = fcntl.fcntl(connection.detach(), fcntl.F_DUPFD_CLOEXEC, _ASIDE)
    for number, each in enumerate(aside):
        os.dup2(each, number, inheritable=True)
    last = max([*aside, kept])
    os.closerange(3, max(kept, 3))
    os.closerange(max(kept, 2) + 1, last + 1)
    return socket.socket(fileno=kept) if kept >= 0 else None


def become(request: dict[str, Any]) -> None:
    """Take on what a new process has of whoever starts it; the standard streams are in their places."""
    for kind, limits in request["limits"]:
        if resource.getrlimit(kind) != tuple(limits):
            resource.setrlimit(kind, tuple(limits))
    if request["is_leader"]:
        os.setsid()
    else:
        os.setpgid(0, request["group"])
    if request["is_in_terminal"]:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.chdir(request["directory"])
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN if request["ignores_interrupts"] else signal.default_int_handler)
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        stream = _standard_stream(number, f"<{name}>", mode, getattr(sys, f"__{name}__"))
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _standard_stream(number: int, name: str, mode: str, like: io.TextIOWrapper) -> io.TextIOWrapper:
    """Return a stream as the interpreter makes it at its start; its charset is that of the server's."""
    buffer: Any = open(number, f"{mode}b", closefd=False)  # noqa: SIM115
    buffer.raw.name = name
    is_by_line = name == "<stderr>" or os.isatty(number)
    stream = io.TextIOWrapper(buffer, like.encoding, like.errors, newline="\n", line_buffering=is_by_line)
    stream.mode = mode  # type: ignore[misc]
    return stream


def run(arguments: list[str]) -> None:
    """Be the console script, the worker, or the code of a test, with these arguments."""
    if arguments[1:4] == ["-P", "-m", "newsreader.worker"]:
        del sys.path[0], sys.modules["newsreader.worker"]
        sys.argv = ["-m", *arguments[4:]]
        runpy.run_module("newsreader.worker", run_name="__main__", alter_sys=True)
    elif arguments[1:3] == ["-P", "-c"]:
        del sys.path[0]
        sys.argv = ["-c", *arguments[4:]]
        exec(compile(arguments[3], "<string>", "exec"), {"__name__": "__main__"})
    else:
        sys.argv = list(arguments)
        sys.path[0] = os.path.dirname(arguments[0])  # noqa: PTH120
        runpy.run_path(arguments[0], run_name="__main__")


_statuses: list[int] = []
"""What this process is to end with, once it is known."""


def end_quickly() -> None:
    """End with the status that is known, all but the taking apart of modules being done."""
    if _statuses:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()  # where that fails, the interpreter ends as it does
        os._exit(_statuses[-1] & 0xFF)


def _with_workers() -> socket.socket:
    """Fork the child that forks the workers of this program; return in the program, and in every worker."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if os.fork():
        theirs.close()
        return ours
    os.setpgid(0, 0)  # an interrupt of the program is not for it
    ours.close()
    nowhere = os.open(os.devnull, os.O_RDWR)
    connection = keep_only([nowhere] * 3, theirs)
    assert connection is not None
    request, streams = serve(connection)
    keep_only(streams, None)
    become(request)
    run(request["arguments"])
    sys.exit()


def main() -> None:
    """Serve requests; in a child, be what was asked for."""
    from tests.starting import WORKER, Connection, Program

    atexit.register(end_quickly)  # the first to be registered is the last to be called
    connection = socket.socket(fileno=int(sys.argv[1]))
    prepare()
    connection.send(b"ready")
    request, streams = serve(connection)
    if request["arguments"][:4] == WORKER:
        keep_only(streams, None)
    else:
        for_workers = keep_only(streams, _with_workers())
        assert for_workers is not None
        Program.server_for_workers = Connection(for_workers)
        subprocess.Popen = Program  # type: ignore[misc]
    become(request)
    try:
        run(request["arguments"])
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            _statuses.append(end.code or 0)
        raise
    _statuses.append(0)


if __name__ == "__main__":
    main()
