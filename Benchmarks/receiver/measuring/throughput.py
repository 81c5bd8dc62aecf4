"""How many requests a second each server answers, and what a request costs it."""

from dataclasses import dataclass, field
from statistics import median
from typing import List, Optional

from .bounds import RATE_AIM, RATE_RATIO, Bound
from .evidence import read_evidence
from .folders import BODY
from .load import CONNECTIONS, LoadFailed, wrk
from .servers import Server, ServerFailed, used_by
from .subjects import NGINX_BARE, NGINX_LUA, PEER_SUBJECTS
from .tools import Missing

#: Before it is measured each server answers for so long: the JVM compiles meanwhile, and files are open.
WARM_UP_SECONDS = 2


@dataclass
class Round:
    """One server, started, driven and ended once."""

    rate: float
    p50: Optional[float]
    p99: Optional[float]
    #: Processor seconds of the server for each request.
    cost: float
    resident_idle: int
    resident_after: int
    started: Optional[float]
    requests: int
    failures: int
    bytes_written: int


@dataclass
class Standing:
    """What all rounds of one server came to."""

    subject: object
    rounds: List[Round] = field(default_factory=list)
    #: Why there are not more rounds.
    trouble: Optional[str] = None
    #: Of each round: the requests that the load generator saw answered, and those in the evidence.
    recorded: List[tuple] = field(default_factory=list)
    #: What is wrong with the evidence.
    faults: List[str] = field(default_factory=list)

    def median(self, name):
        values = [getattr(round, name) for round in self.rounds]
        return None if not values or None in values else median(values)


def measure_round(subject, seconds):
    """Starts a server, drives it and ends it; the second value is its folder, for who reads its journal."""
    with Server(subject) as server:
        idle = server.resident()
        warm = wrk(server.port, subject.path, min(WARM_UP_SECONDS, seconds))
        before = server.processor_seconds()
        load = wrk(server.port, subject.path, seconds)
        cost = (server.processor_seconds() - before) / max(load.requests, 1)
        resident = server.resident()
    return Round(
        rate=load.rate,
        p50=load.p50,
        p99=load.p99,
        cost=cost,
        resident_idle=idle,
        resident_after=resident,
        started=server.started,
        requests=warm.requests + load.requests + 1,
        failures=warm.failures + load.failures,
        bytes_written=used_by(server.folder),
    ), server


def measure(hookassay, names, rounds, seconds, tell, save):
    """Runs all servers in turn, and that so many times; returns the standings."""
    subjects = [NGINX_BARE, NGINX_LUA, hookassay, *PEER_SUBJECTS]
    standings = [Standing(subject) for subject in subjects if not names or subject.name in names]
    for number in range(1, rounds + 1):
        for standing in standings:
            if standing.trouble:
                continue
            try:
                round, server = measure_round(standing.subject, seconds)
            except (Missing, ServerFailed, LoadFailed) as failure:
                standing.trouble = str(failure)
                tell(f"{standing.subject.name:25} {failure}")
                continue
            standing.rounds.append(round)
            if standing.subject is hookassay:
                compare(standing, round, server)
            tell(
                f"{standing.subject.name:25} round {number} {round.rate:9,.0f} req/s,"
                f" {round.cost * 1e6:7.1f} µs CPU a request, {round.resident_after / 1e6:6.0f} MB"
            )
            save(standings)
    return standings


def compare(standing, round, server):
    """Counts the evidence of a round of hookassay."""
    path = server.folder / "evidence.ndjson"
    try:
        evidence = read_evidence(path, body=BODY.read_text())
    except OSError as error:
        standing.faults.append(f"the evidence cannot be read: {error.strerror}")
        return
    path.unlink()
    standing.recorded.append((round.requests, evidence.arrived))
    standing.faults += evidence.faults()
    # At the end of each of its two runs wrk leaves what is under way unanswered and uncounted.
    if not round.requests <= evidence.arrived <= round.requests + 2 * CONNECTIONS:
        standing.faults.append(f"{evidence.arrived} requests in the evidence of {round.requests} answered ones")


def ratio(standing, standings):
    """The median rate over that of nginx's bare answer in the same run, or `None`."""
    ceiling = next((other.median("rate") for other in standings if other.subject is NGINX_BARE), None)
    rate = standing.median("rate")
    return None if not ceiling or rate is None else rate / ceiling


def bounds(standings, hookassay):
    """The promises of throughput."""
    own = next((standing for standing in standings if standing.subject is hookassay), None)
    if own is None:
        return []
    promise = f"at least {RATE_RATIO:g} of nginx's bare rate, recording everything (aim: {RATE_AIM:g})"
    reached = ratio(own, standings)
    if reached is None:
        return [Bound(promise, own.trouble or "not measured", False)]
    found = [Bound(promise, f"{reached:.3f}", reached >= RATE_RATIO)]
    peers = [standing for standing in standings if standing.subject in PEER_SUBJECTS and standing.rounds]
    best = max(peers, key=lambda standing: standing.median("rate"), default=None)
    if best:
        times = own.median("rate") / best.median("rate")
        text = f"{times:.2f} times the fastest, {best.subject.label}"
        found.append(Bound("ahead of every mock server that runs here", text, times > 1))
    recorded = "; ".join(f"{arrived:,} of {answered:,}" for answered, arrived in own.recorded)
    whole = bool(own.recorded) and not own.faults
    text = f"{recorded}, of each round" if whole else "; ".join(dict.fromkeys(own.faults)) or "not read"
    found.append(Bound("every answered request is in the evidence", text, whole))
    wrong = sum(round.failures for round in own.rounds)
    found.append(Bound("no failed request", f"{wrong:,}", wrong == 0))
    return found
