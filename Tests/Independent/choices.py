"""The dispatcher with one decision made in another way that is as good: no check may call it broken.

python3 choices.py --list                         every choice: its name, the providers it is for, what is chosen
python3 choices.py --choice NAME --provider …     runs one; the other options are those of dispatcher.py
python3 choices.py --describe NAME                prints a dispatcher.yaml that runs it
"""

import argparse
import http.client
import json
import random
import re
import secrets
import select
import socket
import sys
import threading
import time
import urllib.parse
from dataclasses import replace

import answers
import bodies
import changed
from sending import Outcome

ALL = ("claimable", "contentspal", "jobber", "oneclickcontractor", "siteservicesnow")
choices = {}


def choice(*providers):
    """Enters a class, which is put before a provider's promises, into the list."""

    def enter(decision):
        name = re.sub(r"(?<=[a-z])(?=[A-Z0-9])", "-", decision.__name__).lower()
        choices[name] = decision, providers or ALL
        return decision

    return enter


@choice()
class KeepsConnections:
    """A connection is used again for the next request, unless the receiver has closed it meanwhile."""

    idle = {}
    turn = threading.Lock()

    def exchange(self, order, attempt):
        parts = urllib.parse.urlsplit(order.url)
        connection = self.take(parts, order)
        over = threading.Event()
        limit = threading.Timer(order.deadline.left(), lambda: (over.set(), cut(connection)))
        limit.start()
        try:
            target = (parts.path or "/") + ("?" + parts.query if parts.query else "")
            connection.request(order.method, target, order.body, dict(order.headers))
            response = connection.getresponse()
            body = response.read()
            if over.is_set():
                raise TimeoutError("there was no complete answer in time")
            outcome = Outcome(response.status, list(response.headers.items()), body)
            if not response.will_close and not over.is_set():
                with self.turn:
                    self.idle.setdefault(parts.netloc, []).append(connection)
                connection = None
            return outcome
        except (OSError, http.client.HTTPException, ValueError) as error:
            kind = "timed out" if over.is_set() else answers.kind(error)
            return Outcome(failure=kind, error=f"{type(error).__name__}: {error}")
        finally:
            limit.cancel()
            if connection:
                connection.close()

    def take(self, parts, order):
        with self.turn:
            waiting = self.idle.get(parts.netloc, [])
            while waiting:
                connection = waiting.pop()
                if connection.sock and not select.select([connection.sock], [], [], 0)[0]:
                    return connection
                connection.close()
        if parts.scheme == "https":
            return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=60, context=order.tls)
        return http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)


def cut(connection):
    try:
        # That of the socket below TLS, for a handshake may be under way in another thread.
        socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
    except (AttributeError, OSError):
        pass


@choice()
class SendsChunks:
    """The body is sent in chunks, without a length."""

    def exchange(self, order, attempt):
        pieces = [order.body[start : start + 100] for start in range(0, len(order.body), 100)]
        order.body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
        order.headers = [*order.headers, ("Transfer-Encoding", "chunked")]
        order.has_length = False
        return super().exchange(order, attempt)


@choice()
class ShoutsHeaders:
    """The names of headers are written in capital letters."""

    def headers(self, attempt):
        return [(name.upper(), value) for name, value in super().headers(attempt)]


@choice()
class NamesTheCharset:
    """The content type has a parameter."""

    def content_type(self):
        return super().content_type() + "; charset=utf-8"


@choice()
class WritesJsonWithSpaces:
    """JSON is written with white space, and with escapes for all that is not ASCII."""

    def body(self, envelope):
        if self.content_type() != "application/json":
            return super().body(envelope)
        return re.sub("[^\x00-\x7f]", escaped, spaced(envelope)).encode()


def escaped(letter):
    return json.dumps(letter[0])[1:-1]


def spaced(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{bodies.compact(name)} : {spaced(member)}" for name, member in value.items()) + "\n}"
    if isinstance(value, list):
        return "[ " + " ,".join(spaced(item) for item in value) + " ]"
    return bodies.compact(value)


@choice("siteservicesnow")
class CountsFromZero:
    """The first attempt has the number 0."""

    def attempt_number(self, attempt):
        return str(attempt.number - 1)


@choice("siteservicesnow")
class NamesEachTry:
    """Every attempt has a delivery id of its own."""

    def own_headers(self, attempt):
        return super().own_headers(replace(attempt, delivery="dlv_" + secrets.token_hex(12)))


@choice("jobber", "siteservicesnow", "oneclickcontractor")
class Jitters:
    """Waits are up to 2 % longer."""

    def next_attempt(self, attempt, outcome, ended_at):
        due = super().next_attempt(attempt, outcome, ended_at)
        return due and due + (due - ended_at) * random.uniform(0, 0.02)


@choice("jobber", "siteservicesnow")
class DoublesItsWaits:
    """The first retry comes after a second, and every wait is twice the one before."""

    waits = tuple(2**number for number in range(16))


@choice("jobber", "siteservicesnow")
class HonoursRetryAfter:
    """A receiver that asks for a pause gets it."""

    def next_attempt(self, attempt, outcome, ended_at):
        due = super().next_attempt(attempt, outcome, ended_at)
        asked = dict(outcome.headers).get("Retry-After", "")
        return max(due, ended_at + int(asked)) if due and asked.isdigit() else due


@choice("jobber")
class DisablesFailingEndpoints:
    """An endpoint with twenty failures in a row gets nothing any more."""

    failures = 0

    def exchange(self, order, attempt):
        outcome = super().exchange(order, attempt)
        type(self).failures = 0 if self.succeeded(outcome) else self.failures + 1
        return outcome

    def next_attempt(self, attempt, outcome, ended_at):
        return None if self.failures >= 20 else super().next_attempt(attempt, outcome, ended_at)

    def is_wanted(self, endpoint, type, source):
        return self.failures < 20 and super().is_wanted(endpoint, type, source)


@choice()
class LooksEverySecond:
    """What is due is looked for once a second, and not at its moment."""

    def scheduling(self, schedule):
        class Polling(schedule):
            def wake(self):
                """Changes are seen at the next look."""

            def run(self):
                while not self.stopping:
                    for attempt in self._claim(time.time()):
                        threading.Thread(target=self._make, args=[attempt], daemon=True).start()
                    time.sleep(1)

        return Polling


@choice("jobber", "siteservicesnow", "claimable", "contentspal")
class SendsOneAfterTheOther:
    """An endpoint gets one request at a time."""

    at_one_endpoint = 1


@choice("claimable")
class TriesAgainAtClaimable:
    """What failed is tried again, for nobody says that it is not."""

    waits = (1, 2, 4)
    repeats_interrupted = True


def main():
    own = argparse.ArgumentParser(add_help=False)
    own.add_argument("--list", action="store_true")
    own.add_argument("--choice", choices=choices)
    own.add_argument("--describe", choices=choices)
    known, rest = own.parse_known_args()
    if known.list:
        for name, (decision, providers) in choices.items():
            print(f"{name}\t{','.join(providers)}\t{decision.__doc__}")
    elif known.describe:
        print(changed.description("choices.py", "choice", known.describe), end="")
    elif known.choice:
        changed.run(choices[known.choice][0], rest)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
