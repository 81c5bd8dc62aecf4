"""Runs a program under libfaketime at a hundred times the speed, against a receiver on the real clock."""

import select
import socket
import threading
import time

from .judging import Attempt, Run
from .processes import TooLong, run_bounded
from .toolchains import tool

SPEED = 100
#: The real time after which a run is ended, in seconds; a right one takes less than 10.
PATIENCE = 30


class RealTimeReceiver:
    """Answers by a script whose delays are divided by the speed, and notes times multiplied by it."""

    def __init__(self, script):
        self.replies = script.replies
        self.attempts = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/hook"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection:
            try:
                if not read_request(connection):
                    return
                attempt = Attempt(now())
                self.attempts.append(attempt)
                reply = self.replies[min(len(self.attempts), len(self.replies)) - 1]
                self.answer(connection, attempt, reply)
            except OSError:
                return

    def answer(self, connection, attempt, reply):
        delay = None if reply.status is None else reply.after / SPEED
        gave_up, _, _ = select.select([connection], [], [], delay)
        if gave_up:
            attempt.ended, attempt.ended_by = now(), "dispatcher"
            return
        # Noted before it is sent: whoever reads the answer first must find the note.
        attempt.answered = attempt.ended = now()
        attempt.ended_by, attempt.status = "receiver", reply.status
        head = f"HTTP/1.1 {reply.status} Scripted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode())

    def close(self):
        self.listener.close()


def now():
    return time.monotonic() * SPEED


def read_request(connection):
    """Reads a request with a Content-Length or chunks, and says whether it was whole."""
    received = b""
    while b"\r\n\r\n" not in received:
        more = connection.recv(65536)
        if not more:
            return False
        received += more
    head, body = received.split(b"\r\n\r\n", 1)
    lines = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:])
    chunked = b"chunked" in lines.get(b"transfer-encoding", b"")
    length = int(lines.get(b"content-length", 0))
    while not body.endswith(b"0\r\n\r\n") if chunked else len(body) < length:
        more = connection.recv(65536)
        if not more:
            return False
        body += more
    return True


def run_scaled(script, command):
    """One run of a program under libfaketime."""
    receiver = RealTimeReceiver(script)
    scaled = [tool("faketime"), "-f", f"+0 x{SPEED}", *command]
    try:
        _, _, code, real = run_bounded(scaled, PATIENCE, environment={"HOOK_URL": receiver.url})
    except TooLong as failure:
        seen = len(receiver.attempts)
        return Run([], PATIENCE, failure=f"{failure}, {seen} {'attempt' if seen == 1 else 'attempts'} seen")
    finally:
        receiver.close()
    attempts = sorted(receiver.attempts, key=lambda attempt: attempt.arrived)
    failure = None if attempts else f"exit code {code} without an attempt"
    return Run([attempts], real, ended=f"exit {code}", failure=failure)
