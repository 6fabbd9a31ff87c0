"""Files of devices through a command of the reader's."""

import sys
from pathlib import Path

import pytest

from newsreader.devices.command import CommandTransport
from newsreader.devices.transport import MissingNameError, NameTakenError, NotConfirmedError, TransportError

NAME = "newsreader-1/3f9a/1-240.jsonl.z"
SCRIPT = """\
import pathlib, sys
root = pathlib.Path(sys.argv[1])
verb, *names = sys.argv[2:]
if verb == "list":
    print(*("./" + file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()), sep="\\n")
elif verb == "get":
    sys.stdout.buffer.write((root / names[0]).read_bytes())
elif verb == "put":
    data = sys.stdin.buffer.read()
    if not (root / "forgetful").exists():
        (root / names[0]).parent.mkdir(parents=True, exist_ok=True)
        (root / names[0]).write_bytes(data)
elif verb == "delete":
    (root / names[0]).unlink()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "sync.py").write_text(SCRIPT)
    (tmp_path / "place with spaces; $(touch x)").mkdir()
    return tmp_path / "place with spaces; $(touch x)"


@pytest.fixture
def transport(place: Path) -> CommandTransport:
    return CommandTransport([sys.executable, str(place.parent / "sync.py"), str(place)])


def test_a_file_is_stored_listed_read_and_deleted(place: Path, transport: CommandTransport) -> None:
    data = bytes(range(256)) * 1000
    assert transport.list("newsreader-1/") == []
    transport.put_new(NAME, data)
    transport.put_new(NAME, data)
    assert transport.list("newsreader-1/") == [NAME]
    assert transport.list("other/") == []
    assert transport.get(NAME) == data
    with pytest.raises(NameTakenError):
        transport.put_new(NAME, b"other")
    transport.delete(NAME)
    transport.delete(NAME)
    with pytest.raises(MissingNameError):
        transport.get(NAME)
    assert [path.name for path in place.parent.iterdir()] == ["sync.py", place.name] or not Path("x").exists()


def test_a_command_that_stores_nothing_is_not_believed(place: Path, transport: CommandTransport) -> None:
    (place / "forgetful").touch()
    with pytest.raises(NotConfirmedError):
        transport.put_new(NAME, b"data")
    (place / "forgetful").unlink()
    transport.put_new(NAME, b"data")
    assert (place / NAME).read_bytes() == b"data"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["/no/such/program"], "no such file"),
        ([sys.executable, "-c", "import sys; sys.exit('the disk is\\x1b[31m full')"], "the disk is full"),
        ([sys.executable, "-c", "import time; time.sleep(30)"], "took longer"),
    ],
)
def test_a_command_that_fails_says_why(words: list[str], reason: str) -> None:
    transport = CommandTransport(words, limit_s=5 if "longer" not in reason else 0.3)
    with pytest.raises(TransportError, match=f"(?i){reason}"):
        transport.list("newsreader-1/")


def test_closing_from_another_thread_ends_the_run() -> None:
    import threading
    import time

    transport = CommandTransport([sys.executable, "-c", "import time; time.sleep(60)"])
    started = time.monotonic()
    threading.Timer(0.5, transport.close).start()
    with pytest.raises(TransportError, match="cancelled"):
        transport.list("newsreader-1/")
    assert time.monotonic() - started < 30
    with pytest.raises(TransportError, match="cancelled"):
        transport.list("newsreader-1/")
