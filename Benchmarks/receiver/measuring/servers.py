"""Starts a server, waits for its first answer, reads what it costs from /proc, and ends it."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from .folders import BODY, SCRATCH

HOST = "127.0.0.1"
#: How long a server may take to answer for the first time, and to end; the slowest (a JVM) needs about a second.
START_PATIENCE = 60
END_PATIENCE = 120
TICK = 1 / os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


class ServerFailed(Exception):
    """The server did not start, or did not live on."""


class Server:
    """A running server of its own folder and port; a context manager."""

    def __init__(self, subject, **options):
        self.subject = subject
        self.folder = SCRATCH / subject.name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.port = free_port()
        self.output = self.folder / "output"
        self.command = subject.command(self.port, self.folder, **options)

    def __enter__(self):
        request = post_bytes(self.port, self.subject.path)
        with self.output.open("wb") as output:
            began = time.monotonic()
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env={**os.environ, **self.subject.environment},
                start_new_session=True,
            )
        try:
            #: Seconds from starting the process to the first byte of the first answer; `None` if nothing was asked.
            self.started = self.first_answer(request, began) if self.subject.asks_at_start else self.listening(began)
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *_):
        self.end()

    def first_answer(self, request, began):
        while time.monotonic() - began < START_PATIENCE:
            self.must_live()
            try:
                with socket.create_connection((HOST, self.port), timeout=5) as connection:
                    connection.sendall(request)
                    if connection.recv(4096).startswith(b"HTTP/1.1 200"):
                        return time.monotonic() - began
            except OSError:
                pass
            time.sleep(0.0005)
        raise ServerFailed(f"{self.subject.name} gave no 200 within {START_PATIENCE} s: {self.last_words()}")

    def listening(self, began):
        while time.monotonic() - began < START_PATIENCE:
            self.must_live()
            try:
                socket.create_connection((HOST, self.port), timeout=5).close()
                return None
            except OSError:
                time.sleep(0.005)
        raise ServerFailed(f"{self.subject.name} did not listen within {START_PATIENCE} s: {self.last_words()}")

    def must_live(self):
        if self.process.poll() is not None:
            code = self.process.returncode
            raise ServerFailed(f"{self.subject.name} ended with {code}: {self.last_words()}")

    def last_words(self):
        lines = self.output.read_text(errors="replace").strip().splitlines()
        return lines[-1][:200] if lines else "it printed nothing"

    def end(self):
        """Asks the server to end, insists after a while, and returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(self.subject.end_signal)
            try:
                self.process.wait(END_PATIENCE)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        return self.process.wait()

    def resident(self):
        """The resident memory of the server and its children, in bytes."""
        return sum(int(words[21]) for words in self.statistics()) * PAGE

    def anonymous(self):
        """The part of the server's own resident memory that is not pages of programs and libraries, in bytes."""
        for line in Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Anonymous:"):
                return int(line.split()[1]) * 1024
        raise ServerFailed("the anonymous memory cannot be read")

    def processor_seconds(self):
        """What the server and its children have used of the processors so far."""
        return sum(int(words[11]) + int(words[12]) for words in self.statistics()) * TICK

    def open_files(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def open_files_limit(self):
        for line in Path(f"/proc/{self.process.pid}/limits").read_text().splitlines():
            if line.startswith("Max open files"):
                return int(line.split()[4])
        raise ServerFailed("the limit of open files cannot be read")

    def statistics(self):
        """The fields of /proc/PID/stat behind the name, of the server and everything it started."""
        found = {}
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    words = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                # Every process of the server is in the session that was made for it.
                if int(words[3]) == self.process.pid:
                    found[entry] = words
        return list(found.values())


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def post_bytes(port, path):
    """The request of all measurements, as bytes."""
    body = BODY.read_bytes()
    head = f"POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def used_by(folder):
    """The bytes of the files below a folder."""
    return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
