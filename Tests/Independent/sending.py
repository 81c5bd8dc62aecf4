"""One HTTP/1.1 request on a connection of its own, within a limit that is for everything together."""

import io
import select
import socket
import ssl
import time
from dataclasses import dataclass, field

import addresses

KEPT_OF_AN_ANSWER = 64 * 1024
MOST_OF_AN_ANSWER = 16 * 1024 * 1024


@dataclass
class Order:
    """What to send, and how."""

    url: str
    headers: list
    body: bytes
    deadline: "Deadline"
    tls: ssl.SSLContext
    method: str = "POST"
    has_length: bool = True
    allow_loopback: bool = False


@dataclass
class Outcome:
    """What came of it: an answer, or the kind of failure and its text."""

    status: int = None
    headers: list = field(default_factory=list)
    body: bytes = b""
    failure: str = None
    error: str = None


class Deadline:
    """A moment after which nothing is waited for."""

    def __init__(self, seconds):
        self.end = time.monotonic() + seconds

    def left(self):
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError("there was no complete answer in time")
        return left


class Line(io.RawIOBase):
    """A connection that never waits longer than its deadline, whatever is done on it."""

    def __init__(self, parts, order):
        self.deadline = order.deadline
        self.early = b""
        secure = parts.scheme == "https"
        found = addresses.resolve(parts.hostname, parts.port or (443 if secure else 80), order.allow_loopback)
        self.socket = self._connect(found)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if secure:
            # A connection that just ends must not look like the end of an answer without a length.
            self.socket = order.tls.wrap_socket(
                self.socket, server_hostname=parts.hostname, do_handshake_on_connect=False, suppress_ragged_eofs=False
            )
            self._until_done(select.POLLIN, self.socket.do_handshake)

    def _connect(self, found):
        """Tries one address after the other; each has an equal share of the time that is left."""
        error = None
        for index, (family, kind, protocol, _, address) in enumerate(found):
            attempt = socket.socket(family, kind, protocol)
            attempt.setblocking(False)
            try:
                attempt.connect_ex(address)
                _wait(attempt, select.POLLOUT, self.deadline.left() / (len(found) - index))
                code = attempt.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if code == 0:
                    return attempt
                error = ConnectionRefusedError(code, "nobody took the connection")
            except TimeoutError as late:
                error = late
            attempt.close()
        raise error

    def _until_done(self, waits_for, operation, *arguments):
        while True:
            try:
                return operation(*arguments)
            except ssl.SSLWantReadError:
                _wait(self.socket, select.POLLIN, self.deadline.left())
            except ssl.SSLWantWriteError:
                _wait(self.socket, select.POLLOUT, self.deadline.left())
            except BlockingIOError:
                _wait(self.socket, waits_for, self.deadline.left())

    def send(self, data):
        """Sends all of it, or as much as is taken before the receiver begins to answer or hangs up."""
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[self.socket.send(rest[:65536]):]
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
                _wait(self.socket, select.POLLIN | select.POLLOUT, self.deadline.left())
                if self._has_answer():
                    return
            except (ConnectionResetError, BrokenPipeError):
                return  # An answer may have come before that; if not, reading says what happened.

    def _has_answer(self):
        try:
            self.early = self.socket.recv(65536)
            return True
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
            return False

    def readable(self):
        return True

    def readinto(self, buffer):
        if self.early:
            count = min(len(buffer), len(self.early))
            buffer[:count], self.early = self.early[:count], self.early[count:]
            return count
        return self._until_done(select.POLLIN, self.socket.recv_into, buffer)

    def hang_up(self):
        self.socket.close()


def _wait(connection, events, seconds):
    poll = select.poll()
    poll.register(connection, events)
    if not poll.poll(seconds * 1000):
        raise TimeoutError("nothing came in time")
