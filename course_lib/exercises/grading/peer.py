"""Let two processes call each other's functions over one socket.

Each request has one reply. While a side waits for it, it serves what the
other asks: an answer that is called may call the function that it was
given. Both sides use this module; the judging side believes nothing.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from typing import Any

from course_lib.exercises.grading.values import Arrays, BadMessage, Coder
from course_lib.exercises.limit import TimeLimit

MOST_TEXT = 64 * 2**20  # bytes of JSON in a message
MOST_BYTES = 512 * 2**20  # of all its arrays together
DEEPEST = 30  # requests inside requests
LOOK_EVERY = 0.2  # seconds


class Gone(Exception):
    """Say that the other side has ended, hangs, or talks nonsense."""


class Peer:
    """Be one end of the line; a subclass says what it serves.

    side: a letter for the names of the arrays made here. A conversation
    begins with a request of a cell and ends with its reply: asks_at and
    serves_at are the depths at which either side knows that it is over.
    """

    asks_at = serves_at = -1

    def __init__(self, line: socket.socket, side: str) -> None:
        self.line = line
        self.arrays = Arrays(side)
        self.coder = Coder(self.arrays, self.refer, self.resolve)
        self.depth = 0
        self.until: float | None = None  # when a reply is late
        self.broken = ""

    def refer(self, value: Any) -> dict:
        """Return what stands for an object that stays here."""
        raise NotImplementedError

    def resolve(self, said: dict) -> Any:
        """Return the object or stand-in that a message speaks of."""
        raise NotImplementedError

    def serve(self, do: str, said: dict) -> Any:
        """Do what the other side asks, and return a value."""
        raise NotImplementedError

    def failure(self, error: BaseException) -> dict:
        """Return what is said of an exception that a request raised."""
        raise NotImplementedError

    def raise_failure(self, said: dict) -> Any:
        """Raise what a request raised on the other side."""
        raise NotImplementedError

    def ask(self, do: str, value: Any = None, **more: Any) -> Any:
        """Send a request, serve until its reply is there, return that."""
        try:
            self.send({"do": do, **more}, value)
            while True:
                said, value = self.receive()
                if "do" in said:
                    self.answer(said, value)
                elif "failed" in said:
                    return self.raise_failure(said["failed"])
                else:
                    return value
        finally:
            if self.depth == self.asks_at:
                self.arrays.clear()

    def answer(self, said: dict, value: Any) -> None:
        """Serve one request and send the reply."""
        self.depth += 1
        try:
            if self.depth > DEEPEST:
                raise RecursionError("too many calls inside calls")
            result = self.serve(str(said["do"]), {**said, "value": value})
            reply: dict = {}
        except Gone:
            raise
        except BaseException as error:
            result, reply = None, {"failed": self.failure(error)}
        finally:
            self.depth -= 1
        try:
            self.send(reply, result)
        except (TypeError, ValueError, RecursionError) as error:
            self.send({"failed": self.failure(error)}, None)
        if self.depth == self.serves_at:
            self.arrays.clear()

    def send(self, said: dict, value: Any) -> None:
        """Send a message with a value and what was written to arrays."""
        blobs: list[bytes] = []
        changes = self.arrays.changes(blobs)
        body = {
            **said,
            "changes": changes,
            "value": self.coder.encode(value, blobs),
        }
        text = json.dumps(body).encode("utf-8", "surrogatepass")
        sizes = [len(text), *map(len, blobs)]
        head = struct.pack(f"<I{len(sizes)}Q", len(sizes), *sizes)
        try:
            self._write(b"".join([head, text, *blobs]))
        except OSError as error:
            raise Gone(self._end(str(error))) from error

    def receive(self) -> tuple[dict, Any]:
        """Return a message and its value."""
        try:
            (count,) = struct.unpack("<I", self._read(4))
            if not 0 < count < 100_000:
                raise BadMessage("too many parts")
            sizes = struct.unpack(f"<{count}Q", self._read(8 * count))
            if sizes[0] > MOST_TEXT or sum(sizes) > MOST_BYTES:
                raise BadMessage("too large")
            said = json.loads(self._read(sizes[0]))
            blobs = [self._read(size) for size in sizes[1:]]
            if not isinstance(said, dict):
                raise BadMessage("no message")
            self.arrays.apply(said.pop("changes", []), blobs)
            value = self.coder.decode(said.pop("value", None), blobs)
            return said, value
        except (Gone, TimeLimit, KeyboardInterrupt):
            raise
        except Exception as error:
            raise Gone(self._end(f"{type(error).__name__}: {error}")) from None

    def _end(self, reason: str) -> str:
        self.broken = self.broken or reason[:200] or "ended"
        return self.broken

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            self._wait(writing=True)
            view = view[self.line.send(view[: 2**20]) :]

    def _read(self, count: int) -> bytes:
        pieces = bytearray()
        while len(pieces) < count:
            self._wait(writing=False)
            try:
                piece = self.line.recv(min(count - len(pieces), 2**20))
            except OSError as error:
                raise Gone(self._end(str(error))) from None
            if not piece:
                raise Gone(self._end("ended"))
            pieces += piece
        return bytes(pieces)

    def _wait(self, writing: bool) -> None:
        """Wait until the line is ready, or it is too late."""
        lines = [self.line]
        while True:
            if self.broken:
                raise Gone(self.broken)
            ready = select.select(
                [] if writing else lines,
                lines if writing else [],
                [],
                LOOK_EVERY,
            )
            if ready[0] or ready[1]:
                return
            if self.until is not None and time.monotonic() > self.until:
                raise Gone(self._end("late"))
