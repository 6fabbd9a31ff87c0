"""Two real nodes of Syncthing on the loopback that keep one folder the same; neither talks to anybody else."""

import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.ports import free_port

_LONGEST_S = 120.0
_OFF = (
    "globalAnnounceEnabled", "localAnnounceEnabled", "relaysEnabled", "natEnabled", "startBrowser",
    "crashReportingEnabled",
)  # fmt: skip


class Node:
    """One node, with a folder of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "Sync"
        self.folder.mkdir(parents=True)
        command = ["syncthing", "generate", "--home", str(home), "--no-default-folder"]
        printed = subprocess.run(command, check=True, capture_output=True, text=True)
        found = re.search(r"[A-Z2-7]{7}(?:-[A-Z2-7]{7}){7}", printed.stdout + printed.stderr)
        assert found is not None
        self.id = found[0]
        self.port, self.gui_port, self.key = free_port(), free_port(), "k" * 32
        self._process: subprocess.Popen[bytes] | None = None

    def configure(self, other: "Node") -> None:
        """Have it share the folder with another node."""
        file = self.home / "config.xml"
        tree = ET.parse(file)
        root, options = tree.getroot(), tree.getroot().find("options")
        assert options is not None
        for name in _OFF:
            options.find(name).text = "false"  # type: ignore[union-attr]
        for name, value in {
            "listenAddress": f"tcp://127.0.0.1:{self.port}", "urAccepted": "-1", "autoUpgradeIntervalH": "0",
            "reconnectionIntervalS": "1",
        }.items():  # fmt: skip
            options.find(name).text = value  # type: ignore[union-attr]
        gui = root.find("gui")
        assert gui is not None
        gui.find("address").text = f"127.0.0.1:{self.gui_port}"  # type: ignore[union-attr]
        gui.find("apikey").text = self.key  # type: ignore[union-attr]
        device = ET.SubElement(root, "device", id=other.id, name="other", compression="metadata")
        ET.SubElement(device, "address").text = f"tcp://127.0.0.1:{other.port}"
        folder = ET.SubElement(
            root, "folder", id="news", path=str(self.folder), type="sendreceive", rescanIntervalS="3600",
            fsWatcherEnabled="true", fsWatcherDelayS="1",
        )  # fmt: skip
        for each in (self, other):
            ET.SubElement(folder, "device", id=each.id)
        tree.write(file)

    def start(self) -> None:
        """Start it."""
        command = ["syncthing", "serve", "--home", str(self.home), "--no-browser", "--no-restart", "--logfile=-"]
        with (self.home / "log.txt").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def scan(self) -> None:
        """Have it look at its folder now."""
        url = f"http://127.0.0.1:{self.gui_port}/rest/db/scan?folder=news"
        request = urllib.request.Request(url, b"", {"X-API-Key": self.key})
        until = time.monotonic() + _LONGEST_S
        while True:
            try:
                urllib.request.urlopen(request, timeout=30).close()
            except OSError:  # it has not started yet
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
            else:
                return


@contextmanager
def syncthing(directory: Path) -> Iterator[tuple[Node, Node]]:
    """Run two nodes."""
    if shutil.which("syncthing") is None:
        pytest.skip("the program syncthing is not installed")
    one, other = Node(directory / "one"), Node(directory / "other")
    one.configure(other)
    other.configure(one)
    try:
        one.start()
        other.start()
        yield one, other
    finally:
        one.stop()
        other.stop()


def wait_until_same(one: Node, other: Node) -> None:
    """Have both look at their folders, and wait until these hold the same."""
    until = time.monotonic() + _LONGEST_S
    while True:
        one.scan()
        other.scan()
        if _files(one) == _files(other):
            return
        if time.monotonic() > until:
            raise TimeoutError((_files(one), _files(other)))
        time.sleep(0.2)


def _files(node: Node) -> dict[str, bytes]:
    found = (path for path in node.folder.rglob("*") if path.is_file())
    paths = ((path.relative_to(node.folder).as_posix(), path) for path in found)
    return {name: path.read_bytes() for name, path in paths if ".st" not in name and ".syncthing" not in name}
