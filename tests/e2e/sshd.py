"""A real ssh server on the loopback, Debian's openssh-server, with keys of its own."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.waiting import LONG_S

_SERVER = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {directory}/host
AuthorizedKeysFile {directory}/reader.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
"""
_CLIENT = """\
#!/bin/sh
exec {ssh} -q -F none -p {port} -i {directory}/reader -o IdentitiesOnly=yes -o BatchMode=yes \\
    -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \\
    -o ControlMaster=auto -o ControlPath={directory}/one -o ControlPersist=yes "$@"
"""


@contextmanager
def ssh_server() -> Iterator[Path]:
    """Run the server; give the directory of a program `ssh` that reaches it as `ssh 127.0.0.1`, without asking.

    All its runs share one connection.
    """
    server = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
    client, keygen = shutil.which("ssh"), shutil.which("ssh-keygen")
    if server is None or client is None or keygen is None:
        pytest.skip("the program sshd (openssh-server) or ssh is not installed")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # without it the server does not start
    with tempfile.TemporaryDirectory() as directory, _running(server, client, keygen, Path(directory)) as programs:
        yield programs


@contextmanager
def _running(server: str, client: str, keygen: str, directory: Path) -> Iterator[Path]:
    for name in ("host", "reader"):
        subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(directory / name)], check=True)
    port = free_port()
    (directory / "sshd_config").write_text(_SERVER.format(port=port, directory=directory))
    program = directory / "bin" / "ssh"
    program.parent.mkdir()
    program.write_text(_CLIENT.format(ssh=client, port=port, directory=directory))
    program.chmod(0o700)
    command = [server, "-D", "-E", str(directory / "log"), "-f", str(directory / "sshd_config")]
    process = subprocess.Popen(command)
    try:
        _wait(program, process, directory / "log")
        yield program.parent
    finally:
        subprocess.run([program, "-O", "exit", "127.0.0.1"], check=False)
        process.terminate()
        process.wait()


def _wait(program: Path, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + LONG_S
    while subprocess.run([program, "127.0.0.1", "true"], check=False).returncode:
        if process.poll() is not None or time.monotonic() > until:
            pytest.fail(f"sshd does not answer: {log.read_text()}")
        time.sleep(0.05)
