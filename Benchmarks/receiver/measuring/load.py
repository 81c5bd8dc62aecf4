"""Drives a server with wrk and h2load, and reads what they say."""

import os
import re
import subprocess
from dataclasses import dataclass

from .folders import BODY, CLIENTS
from .servers import HOST
from .tools import tool

CONNECTIONS = 64


class LoadFailed(Exception):
    """The load generator failed, or not every answer was what it should be."""


@dataclass
class Load:
    """What a load generator saw."""

    #: Answered requests; wrk leaves up to one unanswered request a connection uncounted at its end.
    requests: int
    seconds: float
    #: Seconds; `None` when the generator does not say.
    p50: float = None
    p99: float = None
    #: Answers that were no 2xx, broken connections, timeouts.
    failures: int = 0

    @property
    def rate(self):
        return self.requests / self.seconds


def wrk(port, path, seconds):
    """Sends requests for a while over connections that stay open."""
    url = f"http://{HOST}:{port}{path}"
    command = [tool("wrk"), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "--timeout", "10s"]
    command += ["-s", str(CLIENTS / "post.lua"), url]
    return read_wrk(output_of(command, seconds + 60))


def h2load(port, path, requests):
    """Sends so many requests over connections that stay open, HTTP/1.1."""
    url = f"http://{HOST}:{port}{path}"
    command = [tool("h2load"), "--h1", "-t1", f"-c{CONNECTIONS}", f"-n{requests}", f"--data={BODY}"]
    return read_h2load(output_of([*command, "-H", "content-type: application/json", url], 1200))


def output_of(command, patience):
    try:
        answer = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=patience,
            env={**os.environ, "BODY_FILE": str(BODY)},
        )
    except subprocess.TimeoutExpired:
        raise LoadFailed(f"{os.path.basename(command[0])} was not over after {patience:g} s") from None
    if answer.returncode != 0:
        raise LoadFailed(f"{os.path.basename(command[0])} ended with {answer.returncode}: {answer.stderr.strip()}")
    return answer.stdout


def read_wrk(text):
    total = re.search(r"(\d+) requests in ([\d.]+)(us|ms|s|m)\b", text)
    if not total:
        raise LoadFailed("wrk's output has no total")
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    failures = int(wrong.group(1)) if wrong else 0
    failures += sum(map(int, broken.groups())) if broken else 0
    return Load(
        requests=int(total.group(1)),
        seconds=seconds_of(total.group(2) + total.group(3)),
        p50=percentile(text, 50),
        p99=percentile(text, 99),
        failures=failures,
    )


def percentile(text, number):
    found = re.search(rf"^\s*{number}%\s+([\d.]+(?:us|ms|s|m))\s*$", text, re.MULTILINE)
    return seconds_of(found.group(1)) if found else None


def read_h2load(text):
    total = re.search(r"finished in ([\d.]+(?:us|ms|s|m))", text)
    counts = re.search(r"requests: (\d+) total, .*?(\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout", text)
    kinds = re.search(r"status codes: (\d+) 2xx", text)
    if not (total and counts and kinds):
        raise LoadFailed("h2load's output has no total")
    wanted, good = int(counts.group(1)), int(kinds.group(1))
    return Load(requests=good, seconds=seconds_of(total.group(1)), failures=wanted - good)


def seconds_of(text):
    """The seconds that `440.00us`, `1.50ms`, `10.00s` or `1.02m` stand for."""
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 1e-6, "ms": 1e-3, "s": 1, "m": 60}[unit]
