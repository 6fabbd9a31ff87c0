"""Reading aloud: by speech-dispatcher's protocol, by a command, and the message if neither works."""

import asyncio
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from newsreader.annotations.spoken import SpokenSentence, first_from, spoken_sentences
from newsreader.models import Article, Figure, Heading, ListBlock, Paragraph, Preformatted, Span, Table
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.aloud import ReadAloud
from newsreader.settings import AloudSettings, Settings
from newsreader.speech import ssip
from newsreader.speech.speaker import NoSpeechError, SpeechError
from newsreader.speech.ssip import address_of
from tests.speech.speech_server import SpeechServer
from tests.waiting import eventually

ARTICLE = Article(
    "https://town.example/ferry",
    "The ferry",
    (
        Paragraph((Span("Dr. Lund came. "), Span("It rained [1]!", href="https://town.example/rain"))),
        Figure("https://town.example/a.png", caption=(Span("A quay."),)),
        Heading((Span("At sea"),), 2),
        ListBlock(((Paragraph((Span("A dog."),)),), (Paragraph((Span("A cat. A hat."),)),))),
        Table(((),)),
        Paragraph((Span("* * *"),)),
        Preformatted("one\ntwo"),
    ),
    lead="It left at noon.",
    language="en",
)
SENTENCES = [SpokenSentence("One."), SpokenSentence(". begins with a point"), SpokenSentence("Three.")]


@pytest.fixture
def socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have speech-dispatcher expected at a path, and no other synthesiser be found."""
    path = tmp_path / "speechd.sock"
    monkeypatch.setenv("SPEECHD_ADDRESS", f"unix_socket:{path}")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return path


def aloud(**settings: object) -> ReadAloud:
    return ReadAloud(ActiveSettings(replace(Settings(), aloud=AloudSettings(**settings))))  # type: ignore[arg-type]


async def read(
    reader: ReadAloud, sentences: list[SpokenSentence] = SENTENCES, language: str | None = "en"
) -> list[str]:
    shown: list[str] = []
    await reader.read(sentences, language, lambda each: shown.append(each.words))
    return shown


def test_an_article_is_its_title_its_standfirst_and_its_sentences_with_their_places() -> None:
    found = spoken_sentences(ARTICLE)
    assert [each.words for each in found] == [
        "The ferry", "It left at noon.", "Dr. Lund came.", "It rained [1]!", "At sea", "A dog.", "A cat.", "A hat.",
        "one", "two",
    ]  # fmt: skip
    assert [each.block for each in found] == [-1, -1, 0, 0, 2, 3, 3, 3, 6, 6]
    assert first_from(found, -1) == 0
    assert first_from(found, 1) == 4
    assert first_from(found, 99) == 9


async def test_sentences_are_read_in_order_by_speech_dispatcher(socket: Path) -> None:
    reader = aloud(rate=-20, voice="Ada")
    async with SpeechServer(socket) as server:
        assert await read(reader) == [each.words for each in SENTENCES]
        await read(reader, language="uk")
        await read(reader, language="xx")  # which it does not know
        await reader.aclose()
        assert server.said == [each.words for each in SENTENCES] * 3
        assert server.commands[0].startswith("SET self CLIENT_NAME ")
        assert "SET self RATE -20" in server.commands
        assert "SET self SYNTHESIS_VOICE Ada" in server.commands
        languages = [each for each in server.commands if "LANGUAGE" in each]
        assert languages == ["SET self LANGUAGE en", "SET self LANGUAGE uk", "SET self LANGUAGE xx"]
        await eventually(lambda: "QUIT" in server.commands)


async def test_what_is_cancelled_is_silent_at_once_and_reads_again(socket: Path) -> None:
    reader = aloud()
    async with SpeechServer(socket) as server:
        server.holds = True
        reading = asyncio.ensure_future(read(reader))
        await eventually(lambda: bool(server.said))
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        assert "CANCEL self" in server.commands
        server.holds = False
        await read(reader)
        assert len(server.said) == 4
        await reader.aclose()


async def test_a_server_that_ends_is_an_error_and_the_next_time_begins_again(socket: Path) -> None:
    reader = aloud()
    async with SpeechServer(socket) as server:
        server.breaks = True
        with pytest.raises(SpeechError, match="has ended"):
            await read(reader)
        server.breaks = False
        assert len(await read(reader)) == 3
        await reader.aclose()


@pytest.mark.parametrize("fault", ["is_silent", "holds"])
async def test_a_server_that_stays_silent_or_comes_to_no_end_is_an_error(
    socket: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(ssip, "_START_S", 0.05)
    monkeypatch.setattr(ssip, "_LETTER_S", 0.001)
    async with SpeechServer(socket) as server:
        setattr(server, fault, True)
        with pytest.raises(SpeechError, match="is silent"):
            await read(aloud())


async def test_without_any_program_the_error_says_what_to_install(socket: Path) -> None:
    with pytest.raises(
        NoSpeechError, match="no program that reads aloud: speech-dispatcher is not installed"
    ) as raised:
        await read(aloud())
    assert "Install speech-dispatcher or espeak-ng" in raised.value.advice


def program(tmp_path: Path, name: str, body: str) -> Path:
    path = tmp_path / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{body}", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


async def test_speech_dispatcher_is_started_where_it_does_not_run(socket: Path, tmp_path: Path) -> None:
    program(
        tmp_path, "speech-dispatcher", f"import os, sys\nopen({str(tmp_path / 'spawned')!r}, 'w').write(sys.argv[1])"
    )
    server = SpeechServer(socket)
    reader = aloud()
    reading = asyncio.ensure_future(read(reader))
    await eventually((tmp_path / "spawned").exists)
    async with server:
        assert len(await reading) == 3
        await reader.aclose()
    assert (tmp_path / "spawned").read_text() == "--spawn"


async def test_a_synthesiser_that_is_installed_reads_where_there_is_no_speech_dispatcher(
    socket: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    program(
        tmp_path, "espeak-ng", f"import sys\nopen({str(kept)!r}, 'a').write(f'{{sys.argv[1:]}} {{sys.stdin.read()}}')"
    )
    await read(aloud(rate=10), SENTENCES[:1], "de")
    assert kept.read_text() == "['-s', '190', '-v', 'de'] One.\n"


async def test_a_command_of_the_readers_reads_each_sentence(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    own = program(
        tmp_path, "own", f"import sys\nopen({str(kept)!r}, 'a').write(f'{{sys.argv[1]}} {{sys.stdin.read()}}')"
    )
    await read(aloud(run=(str(own), "-{language}-")), SENTENCES[::2], "uk")
    assert kept.read_text() == "-uk- One.\n-uk- Three.\n"


async def test_a_command_that_fails_is_named(tmp_path: Path) -> None:
    own = program(tmp_path, "own", "import sys\nsys.exit('no sound card')")
    with pytest.raises(SpeechError, match="no sound card"):
        await read(aloud(run=(str(own),)))


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({"SPEECHD_ADDRESS": "unix_socket:/run/x"}, ("/run/x", 0)),
        ({"SPEECHD_ADDRESS": "inet_socket:box:99"}, ("box", 99)),
        ({"SPEECHD_ADDRESS": "inet_socket:"}, ("127.0.0.1", 6560)),
        ({"SPEECHD_ADDRESS": "unix_socket", "XDG_RUNTIME_DIR": "/run/1"}, ("/run/1/speech-dispatcher/speechd.sock", 0)),
    ],
)
def test_the_socket_is_where_speech_dispatcher_has_it(environment: dict[str, str], address: tuple[str, int]) -> None:
    assert address_of(environment) == address
    assert address_of({})[0].endswith("speech-dispatcher/speechd.sock")
    assert os.sep in address_of({})[0]
