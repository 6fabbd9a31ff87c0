"""A server of the Speech Synthesis Internet Protocol that records what it is asked to read."""

import asyncio
from pathlib import Path
from typing import Self


class SpeechServer:
    """Listens at a path; each message ends at once, unless it is held.

    Attributes:
        said: The texts of messages.
        commands: Everything else that was asked.
        holds: Messages do not end by themselves.
        is_silent: Messages do not even begin.
        breaks: The connection is cut off at the next message.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.said: list[str] = []
        self.commands: list[str] = []
        self.holds = self.is_silent = self.breaks = False
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_unix_server(self._serve, self.path)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = 0
        while octets := await reader.readline():
            command = octets.decode().rstrip("\r\n")
            if command == "SPEAK":
                number += 1
                writer.write(b"230 OK RECEIVING DATA\r\n")
                lines = []
                while (text := (await reader.readline()).decode().rstrip("\r\n")) != ".":
                    lines.append(text.removeprefix(".") if text.startswith("..") else text)
                self.said.append("\n".join(lines))
                if self.breaks:
                    writer.transport.abort()
                    return
                writer.write(f"225-{number}\r\n225 OK MESSAGE QUEUED\r\n".encode())
                if not self.is_silent:
                    self._report(writer, number, "701", "BEGIN")
                    if not self.holds:
                        self._report(writer, number, "702", "END")
                continue
            self.commands.append(command)
            if command == "QUIT":
                writer.write(b"231 HAPPY HACKING\r\n")
                writer.close()
                return
            if command.startswith("SET self LANGUAGE xx"):
                writer.write(b"409 ERR INVALID LANGUAGE\r\n")
                continue
            writer.write(b"200 OK\r\n")
            if command == "CANCEL self":
                self._report(writer, number, "703", "CANCELED")

    @staticmethod
    def _report(writer: asyncio.StreamWriter, number: int, code: str, words: str) -> None:
        writer.write(f"{code}-{number}\r\n{code}-1\r\n{code} {words}\r\n".encode())
