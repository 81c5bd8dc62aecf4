"""How far the delay a client sees lies from the delay the script asks for."""

import subprocess
from dataclasses import dataclass, field
from statistics import median
from typing import List, Optional

from .bounds import DELAY_ERROR_BESIDE_HUNG, DELAY_ERROR_IDLE, Bound
from .evidence import Arrivals
from .folders import BODY
from .hung import HungFailed, hung
from .servers import HOST, Server, ServerFailed
from .tools import client


@dataclass
class Plan:
    """How a delay is measured: so many connections, each asking so often, begun over a while."""

    delay: float
    text: str
    connections: int
    rounds: int
    spread: float


#: The first one has no delay: it is the floor, what the way to the receiver and back takes.
PLANS = [
    Plan(0, "none", 1, 3000, 0),
    Plan(0.001, "1ms", 1, 2000, 0),
    Plan(0.050, "50ms", 10, 60, 0.05),
    Plan(1, "1s", 50, 6, 1),
    Plan(30, "30s", 300, 1, 10),
]
QUICK_PLANS = [Plan(0, "none", 1, 500, 0), Plan(0.001, "1ms", 1, 500, 0), Plan(0.050, "50ms", 10, 10, 0.05)]


@dataclass
class DelayRun:
    """What was seen of one delay."""

    plan: Plan
    #: Connections that hung meanwhile.
    hung: int
    #: Seconds, sorted.
    seen: List[float] = field(default_factory=list)
    failed: int = 0
    trouble: Optional[str] = None

    def error(self, share):
        """The distance from the asked delay that this share of the answers stays within, nothing subtracted."""
        return ranked(sorted(abs(time - self.plan.delay) for time in self.seen), share)

    @property
    def early(self):
        """Answers that came before their time."""
        return sum(time < self.plan.delay for time in self.seen)


#: How long the hung requests may take to arrive: the kernel repeats what found a full queue after seconds.
ARRIVAL_PATIENCE = 60


def ranked(values, share):
    """The value at the nearest rank, such as the 99th of 100 for 0.99."""
    if not values:
        return None
    # Rounded first, so that 0.99 times 100 is 99 and not a little more.
    rank = -int(-round(share * len(values), 9) // 1)
    return values[max(rank, 1) - 1]


def script(plan, hung_count):
    """The script of a run: first the connections that hang, then the delay."""
    answer = f"200 after {plan.text}" if plan.delay else "200"
    return f"hang x{hung_count}, {answer}" if hung_count else answer


def measure(make_subject, plans, hung_count, tell):
    """Measures each delay at a receiver of its own, with so many connections hanging at it."""
    runs = []
    for plan in plans:
        run = DelayRun(plan, hung_count)
        runs.append(run)
        subject = make_subject(script=script(plan, hung_count), asks_at_start=False)
        try:
            with Server(subject) as server:
                if hung_count:
                    with hung(server.port, hung_count, 0) as connections:
                        must_hang(connections.report(), hung_count)
                        connections.report()
                        arrived = Arrivals(server.folder / "evidence.ndjson").wait(hung_count, ARRIVAL_PATIENCE)
                        if arrived != hung_count:
                            raise HungFailed(f"only {arrived} of {hung_count} hung requests arrived")
                        ask(server, run)
                else:
                    ask(server, run)
            (server.folder / "evidence.ndjson").unlink()
        except (ServerFailed, HungFailed, OSError) as failure:
            run.trouble = str(failure)
            tell(f"delay {plan.text}, {hung_count} hung: {failure}")
            continue
        if run.seen:
            figures = ", ".join(f"{run.error(share) * 1e3:.3f}" for share in (0.5, 0.99, 1))
            tell(f"delay {plan.text}, {hung_count} hung: error {figures} ms (p50, p99, max)")
    return runs


def must_hang(report, wanted):
    if report["open"] != wanted:
        raise HungFailed(f"only {report['open']:.0f} of {wanted} connections hang")


def ask(server, run):
    plan = run.plan
    patience = plan.rounds * (plan.delay + 0.05) + 20
    words = [plan.connections, plan.rounds, plan.spread, patience]
    command = [client("delay"), HOST, str(server.port), *map(str, words), str(BODY)]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=patience + plan.spread + 30)
    lines = answer.stdout.split()
    run.seen = sorted(int(line) / 1e9 for line in lines if line != "failed")
    run.failed = lines.count("failed")
    if answer.returncode != 0 or not run.seen:
        run.trouble = answer.stderr.strip() or "no answer at all"


def floor(runs):
    """What a request without a delay takes, at the median; `None` when that was not measured."""
    return next((median(run.seen) for run in runs if run.plan.delay == 0 and run.seen), None)


def bounds(runs):
    """The promises of exactness."""
    found = []
    for is_hung, limit in ((False, DELAY_ERROR_IDLE), (True, DELAY_ERROR_BESIDE_HUNG)):
        chosen = [run for run in runs if bool(run.hung) == is_hung and run.plan.delay]
        if not chosen:
            continue
        where = f"with {chosen[0].hung:,} hung connections" if is_hung else "idle"
        promise = f"error of a scripted delay, {where}: p99 below {limit * 1e3:g} ms"
        trouble = [f"{run.plan.text}: {run.trouble}" for run in chosen if run.trouble]
        trouble += [f"{run.plan.text}: {run.failed} without an answer" for run in chosen if run.failed]
        errors = [run.error(0.99) for run in chosen if run.seen]
        text = f"{max(errors) * 1e3:.3f} ms, the worst of {len(errors)} delays" if errors else "not measured"
        met = bool(errors) and not trouble and max(errors) < limit
        found.append(Bound(promise, "; ".join([text, *trouble]), met))
    return found
