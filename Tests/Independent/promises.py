"""The decisions of a dispatcher. Each provider states its own; what is here is what none of the five contradicts."""

import secrets
import ssl
import time
from dataclasses import dataclass

import answers
import bodies
import signing
from sending import Deadline


@dataclass
class Endpoint:
    """Where to deliver to."""

    id: str
    url: str
    events: list = None
    secret: str = None
    user: str = None
    password: str = None
    source: str = None
    active: bool = True


@dataclass
class Event:
    """Something that happened, and the bytes that tell of it. They are written once and never again."""

    id: str
    type: str
    body: bytes
    created_at: float


@dataclass
class Attempt:
    """One try to deliver an event to an endpoint; the first has the number 1."""

    delivery: str
    number: int
    event: Event
    endpoint: Endpoint
    began_at: float


class Promises:
    """What a provider promises. A method for each decision, so that one can be changed and the others stay."""

    # The names of the events; what each gate holds back (None: all); the editions and readings there are.
    events = ()
    gates = {}
    variants = ()

    https_only = False
    one_endpoint = False
    starts_active = True
    # Seconds for an attempt, from the opening of the connection to the last byte of the answer.
    limit = 10
    # Seconds to wait after each failure; when there are no more, the event is given up.
    waits = ()
    # Whether an attempt that a crash interrupted is made again: twice is better than never.
    repeats_interrupted = False
    # How many attempts at one endpoint may be under way, so that one that hangs holds up no other.
    at_one_endpoint = 8
    # Whether what waits for an endpoint is given up when it is switched off or deleted.
    drops_waiting = True

    def __init__(self, variants=()):
        unknown = set(variants) - set(self.variants)
        if unknown:
            raise SystemExit(f"{type(self).__name__} has no variant {', '.join(sorted(unknown))}")
        self.chosen = frozenset(variants)

    def refusal(self, endpoint):
        """Why an endpoint is not taken, or None."""
        if not endpoint.url.startswith(("https://",) if self.https_only else ("https://", "http://")):
            return "only https URLs are taken" if self.https_only else "only http and https URLs are taken"
        if "@" in endpoint.url.split("/")[2]:
            return "the URL holds credentials"
        unknown = set(endpoint.events or []) - set(self.events)
        return f"there are no events {', '.join(sorted(unknown))}" if unknown else None

    def when_switched_on(self, endpoint):
        """The type and the payload of an event that is made up for an endpoint that was just switched on, or None."""

    def is_wanted(self, endpoint, type, source):
        """Whether an event is for an endpoint."""
        return endpoint.active and (not endpoint.events or type in endpoint.events)

    def is_held_back(self, type, payload, closed_gates):
        """Whether an event is sent to nobody."""
        return any(self.gates[gate] is None or type in self.gates[gate] for gate in closed_gates)

    def occurrence(self, type, payload):
        """What an event has in common with its repetitions, or None where nothing is recognised."""

    def event_id(self):
        return "evt_" + secrets.token_hex(12)

    def envelope(self, type, payload, source, event_id, now):
        """What is told of an event, as a JSON value."""
        return payload

    def body(self, envelope):
        """The bytes that tell it."""
        return bodies.compact(envelope).encode()

    def headers(self, attempt):
        """The headers of a request, but for those of HTTP itself."""
        headers = [("Content-Type", self.content_type()), ("User-Agent", self.user_agent())]
        if attempt.endpoint.user is not None:
            headers.append(("Authorization", signing.basic(attempt.endpoint.user, attempt.endpoint.password)))
        return headers + self.own_headers(attempt)

    def content_type(self):
        return "application/json"

    def user_agent(self):
        return "independent-dispatcher/1.0"

    def own_headers(self, attempt):
        """The headers that are the provider's own."""
        return []

    def tls(self, trust_store):
        """Verifies certificates and host names, and speaks nothing older than TLS 1.2."""
        context = ssl.create_default_context(cafile=trust_store)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context

    def deadline(self):
        """When an attempt that begins now is given up."""
        return Deadline(self.limit)

    def exchange(self, order, attempt):
        """Sends a request once, and returns what came of it."""
        return answers.exchange(order)

    def succeeded(self, outcome):
        """Every 2xx is a success, and nothing else is."""
        return outcome.status is not None and 200 <= outcome.status < 300

    def next_attempt(self, attempt, outcome, ended_at):
        """When a failed delivery is tried again, counted from the end of the attempt that failed; None: never."""
        if attempt.number > len(self.waits):
            return None
        return ended_at + self.waits[attempt.number - 1]

    def is_repeated(self, number):
        """Whether the attempt with a number is made again after a crash interrupted it."""
        return self.repeats_interrupted and number <= len(self.waits)

    def due_after_crash(self, due):
        """When an attempt is made that was waiting as the process died: when it would have been made."""
        return due

    def logged(self, entry):
        """What the log shows of an attempt; None shows nothing."""
        return entry

    def listed(self, entry):
        """What the log shows of a delivery with its attempts; None shows nothing."""
        return entry

    def said(self, attempt, outcome):
        """The line that is printed about an attempt. Secrets and URLs, which may hold tokens, do not belong in it."""
        what = outcome.status or outcome.failure
        return f"attempt {attempt.number} of {attempt.delivery} to endpoint {attempt.endpoint.id}: {what}"


def utc(moment):
    """A time as 2026-03-03T14:30:00.000Z."""
    whole, part = divmod(int(moment * 1000), 1000)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(whole)) + f".{part:03}Z"
