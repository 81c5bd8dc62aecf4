"""Counts what hookassay wrote down, and looks for holes."""

import json
import re
import time
from dataclasses import dataclass, field
from typing import Dict, List

#: A quotation mark inside a JSON string is escaped, so these cannot be met inside a body or a head.
TYPE = re.compile(rb'(?<!\\)"type":"([a-z.-]+)"')
SEQUENCE = re.compile(rb'(?<!\\)"seq":(\d+)')
ATTEMPT = re.compile(rb'(?<!\\)"attempt":(\d+)')
#: Each line's type and numbers are read; one line in so many is read as JSON as well, with its body.
READ_WHOLE = 101


@dataclass
class Evidence:
    """What stands in an evidence log."""

    #: How often each type of record is in it.
    counts: Dict[str, int] = field(default_factory=dict)
    #: Places where the sequence does not go on by one.
    holes: int = 0
    #: Requests that arrived under a number that another one had.
    repeated: int = 0
    #: Requests whose end was recorded.
    ended: int = 0
    #: Records that say that others were lost.
    dropped: int = 0
    bytes: int = 0
    mistakes: List[str] = field(default_factory=list)

    @property
    def arrived(self):
        return self.counts.get("attempt.arrived", 0)

    def faults(self):
        """What is wrong with it, in words; empty when it is complete in itself."""
        found = list(self.mistakes[:3])
        if self.holes:
            found.append(f"{self.holes} holes in the sequence")
        if self.repeated:
            found.append(f"{self.repeated} numbers of attempts twice")
        if self.dropped:
            found.append(f"{self.dropped} records say that others were lost")
        return found


class Arrivals:
    """Follows a log that is being written, and counts the requests in it."""

    def __init__(self, path):
        self.path = path
        self.offset = 0
        self.count = 0
        self.rest = b""

    def look(self):
        """How many requests are in the log by now."""
        try:
            with open(self.path, "rb") as file:
                file.seek(self.offset)
                new = file.read()
        except FileNotFoundError:
            return 0
        self.offset += len(new)
        *lines, self.rest = (self.rest + new).split(b"\n")
        for line in lines:
            kind = TYPE.search(line)
            self.count += bool(kind) and kind.group(1) == b"attempt.arrived"
        return self.count

    def wait(self, wanted, patience):
        """Waits until so many requests are in the log; returns how many there are in the end."""
        deadline = time.monotonic() + patience
        while self.look() < wanted and time.monotonic() < deadline:
            time.sleep(0.02)
        return self.count


def read_evidence(path, body=None):
    """Reads a log; `body` is what every request carried."""
    evidence = Evidence()
    expected = None
    numbers = bytearray()
    with open(path, "rb", buffering=1 << 20) as lines:
        for count, line in enumerate(lines, 1):
            evidence.bytes += len(line)
            kind, sequence = TYPE.search(line), SEQUENCE.search(line)
            if not (kind and sequence and line.endswith(b"}\n")):
                evidence.mistakes.append(f"line {count} is no record")
                continue
            name = kind.group(1).decode()
            evidence.counts[name] = evidence.counts.get(name, 0) + 1
            number = int(sequence.group(1))
            if expected is not None and number != expected:
                evidence.holes += 1
            expected = number + 1
            if name == "attempt.arrived":
                note_attempt(evidence, numbers, line, count)
            elif name == "attempt.ended":
                evidence.ended += 1
            elif name == "evidence.dropped":
                evidence.dropped += 1
            if count % READ_WHOLE == 0:
                read_whole(evidence, line, count, body)
    return evidence


def note_attempt(evidence, numbers, line, count):
    attempt = ATTEMPT.search(line)
    if not attempt:
        evidence.mistakes.append(f"line {count} has no number of an attempt")
        return
    number = int(attempt.group(1))
    if number >= len(numbers):
        numbers.extend(bytes(number + 65536 - len(numbers)))
    evidence.repeated += numbers[number]
    numbers[number] = 1


def read_whole(evidence, line, count, body):
    try:
        record = json.loads(line)
    except ValueError as error:
        evidence.mistakes.append(f"line {count} is not JSON: {error}")
        return
    if body is not None and record.get("type") == "attempt.arrived" and record.get("body") != {"utf8": body}:
        evidence.mistakes.append(f"line {count} has another body than was sent")
