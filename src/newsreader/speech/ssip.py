"""Reading aloud by speech-dispatcher, over its socket: the Speech Synthesis Internet Protocol (SSIP)."""

import asyncio
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from newsreader.files import at_home
from newsreader.i18n import gettext, system_reason
from newsreader.speech.speaker import NoSpeechError, SpeechError
from newsreader.text import line
from newsreader.values import dataclass

_SPAWN = ("speech-dispatcher", "--spawn")
_SPAWN_S = 15.0
_REPLY_S = 10.0
_TRIES, _PAUSE_S = 20, 0.1  # until the socket is there
_PORT = 6560
_LONGEST = 64 * 1024  # bytes of a line
_START_S = 15.0  # of reading; a screen reader may have the word before
_LETTER_S = 0.5  # of reading a letter; the slowest voices take a third of it
_BEGIN, _END, _CANCELLED = "701", "702", "703"


@dataclass(frozen=True, slots=True)
class Voice:
    """The voice to use.

    Attributes:
        rate: From -100 to 100; 0 as speech-dispatcher has it.
        name: Of a voice of the synthesiser; None for its own choice.
    """

    rate: int = 0
    name: str | None = None


def address_of(environment: Mapping[str, str]) -> tuple[str, int]:
    """Return where speech-dispatcher listens: a path and 0, or a host and a port."""
    given = environment.get("SPEECHD_ADDRESS", "").strip()
    kind, _, rest = given.partition(":")
    if kind == "inet_socket":
        host, _, port = rest.partition(":")
        return host or "127.0.0.1", int(port) if port.isdecimal() else _PORT
    if kind == "unix_socket" and rest:
        return rest, 0
    base = environment.get("XDG_RUNTIME_DIR") or environment.get("XDG_CACHE_HOME") or str(at_home("~/.cache"))
    return str(Path(base) / "speech-dispatcher" / "speechd.sock"), 0


class SsipSpeaker:
    """A connection to speech-dispatcher: replies come in the order of commands, events between them."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._replies: asyncio.Queue[list[str] | None] = asyncio.Queue()
        self._ended: dict[str, asyncio.Future[None]] = {}  # by the number of the message
        self._early: set[str] = set()  # messages that ended before their number was known
        self._started: asyncio.Event = asyncio.Event()  # the last message is being read
        self._language = ""
        self._commands = asyncio.Lock()
        self._reading = asyncio.ensure_future(self._read())

    @classmethod
    async def connect(cls, voice: Voice, environment: Mapping[str, str] | None = None) -> "SsipSpeaker":
        """Connect to speech-dispatcher, and start it where it does not run.

        Raises:
            NoSpeechError: it does not run, and cannot be started.
            SpeechError: it refuses to speak so.
        """
        address = address_of(os.environ if environment is None else environment)
        try:
            streams = await _open(address)
        except OSError:
            streams = await _open_spawned(address)
        speaker = cls(*streams)
        try:
            await speaker._set_up(voice)
        except BaseException:
            await speaker.aclose()
            raise
        return speaker

    async def _set_up(self, voice: Voice) -> None:
        await self._command("SET self CLIENT_NAME user:newsreader:aloud")
        await self._command("SET self PRIORITY message")
        for event in ("BEGIN", "END", "CANCEL"):
            await self._command(f"SET self NOTIFICATION {event} on")
        if voice.rate:
            await self._command(f"SET self RATE {voice.rate}")
        if voice.name:
            await self._command(f"SET self SYNTHESIS_VOICE {line(voice.name, 200)}")

    async def say(self, words: str, language: str) -> None:
        """Read words aloud; see `Speaker`."""
        self._early.clear()
        self._started.clear()
        try:
            if language != self._language:
                with suppress(SpeechError):  # a language that it does not know: it reads as it did before
                    await asyncio.shield(self._command(f"SET self LANGUAGE {line(language, 35)}"))
                self._language = language
            await self._until_end(await asyncio.shield(self._speak(words)), _START_S + _LETTER_S * len(words))
        except asyncio.CancelledError:
            with suppress(SpeechError):
                await asyncio.shield(self._command("CANCEL self"))
            raise

    async def _until_end(self, message: str, limit_s: float) -> None:
        """Wait until a message has been read, or something else has silenced it.

        Raises:
            SpeechError: nothing is read, or it never ends, as without a sound card.
        """
        ended = self._ended[message] = asyncio.get_running_loop().create_future()
        if message in self._early:
            ended.set_result(None)
        try:
            started = asyncio.ensure_future(self._started.wait())
            await asyncio.wait({ended, started}, timeout=_START_S, return_when=asyncio.FIRST_COMPLETED)
            started.cancel()
            if self._started.is_set():
                await asyncio.wait({ended}, timeout=limit_s)
            if not ended.done():
                raise SpeechError(gettext("speech-dispatcher is silent; its log says why"))
            await ended
        finally:
            del self._ended[message]

    async def _speak(self, words: str) -> str:
        """Have words queued, and return the number of the message."""
        async with self._commands:
            await self._exchange("SPEAK")
            text = "\r\n".join("." + each if each.startswith(".") else each for each in words.splitlines())
            reply = await self._exchange(f"{text}\r\n.")
        return reply[0][4:].strip() if len(reply) > 1 else ""

    async def aclose(self) -> None:
        """Stop speaking, and close the connection."""
        with suppress(OSError, SpeechError, TimeoutError):
            self._writer.write(b"CANCEL self\r\nQUIT\r\n")
            await self._writer.drain()
        self._reading.cancel()
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()

    # --- the protocol ---

    async def _command(self, command: str) -> list[str]:
        async with self._commands:
            return await self._exchange(command)

    async def _exchange(self, command: str) -> list[str]:
        """Send a command, and return the lines of the reply.

        Raises:
            SpeechError: the reply says that it failed, or none comes.
        """
        try:
            self._writer.write(command.encode("utf-8", "replace") + b"\r\n")
            await self._writer.drain()
            async with asyncio.timeout(_REPLY_S):
                reply = await self._replies.get()
        except OSError as error:  # so is a time limit that has passed
            raise SpeechError(system_reason(error.strerror or "") or gettext("it does not answer")) from error
        if reply is None:
            self._replies.put_nowait(None)
            raise SpeechError(gettext("speech-dispatcher has ended"))
        if not reply[-1].startswith("2"):
            raise SpeechError(reply[-1][4:])
        return reply

    async def _read(self) -> None:
        """Take in replies and events, to the end."""
        lines: list[str] = []
        try:
            while octets := await self._reader.readline():
                text = octets.decode("utf-8", "replace").rstrip("\r\n")
                lines.append(text)
                if text[3:4] != "-":
                    self._take(lines)
                    lines = []
        except (OSError, ValueError):  # a line that does not end
            pass
        finally:
            self._replies.put_nowait(None)
            for ended in self._ended.values():
                if not ended.done():
                    ended.set_exception(SpeechError(gettext("speech-dispatcher has ended")))

    def _take(self, lines: list[str]) -> None:
        code = lines[-1][:3]
        if not code.startswith("7"):
            self._replies.put_nowait(lines)
        elif code == _BEGIN:
            self._started.set()
        elif code in (_END, _CANCELLED):
            message = lines[0][4:].strip()
            ended = self._ended.get(message)
            if ended is None:
                self._early.add(message)
            elif not ended.done():
                ended.set_result(None)


async def _open(address: tuple[str, int]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, port = address
    if port:
        return await asyncio.open_connection(host, port, limit=_LONGEST)
    return await asyncio.open_unix_connection(host, limit=_LONGEST)


async def _spawn() -> None:
    """Start speech-dispatcher; what it leaves running is its own, and of use to other programs too."""
    nowhere = asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            *_SPAWN, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
        )
        async with asyncio.timeout(_SPAWN_S):
            status = await process.wait()
    except TimeoutError as error:
        process.kill()
        raise NoSpeechError(gettext("speech-dispatcher does not start")) from error
    except FileNotFoundError as error:
        raise NoSpeechError(gettext("speech-dispatcher is not installed")) from error
    except OSError as error:
        raise NoSpeechError(f"speech-dispatcher: {system_reason(error.strerror or '')}") from error
    if status:
        raise NoSpeechError(f"speech-dispatcher: {gettext('it ended with status {status}').format(status=status)}")


async def _open_spawned(address: tuple[str, int]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Start speech-dispatcher, and connect to it as soon as it listens."""
    await _spawn()
    for _ in range(_TRIES):
        with suppress(OSError):
            return await _open(address)
        await asyncio.sleep(_PAUSE_S)
    raise NoSpeechError(gettext("speech-dispatcher was started and does not listen"))
