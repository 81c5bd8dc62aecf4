"""Holds what the receiver saw of one run against the promise of the program."""

from dataclasses import dataclass, field
from typing import List, Optional

from .scripts import LIMIT

#: How far a give-up may lie from the limit, in seconds.
GIVE_UP_BOUND = 0.005
#: How far the receiver's own answer may lie from its script, in seconds.
RECEIVER_BOUND = 0.001


@dataclass
class Attempt:
    """What the receiver saw of one attempt; times in virtual seconds."""

    arrived: float
    answered: Optional[float] = None
    ended: Optional[float] = None
    ended_by: Optional[str] = None
    status: Optional[int] = None

    @property
    def over(self):
        """When the pause before the next attempt began."""
        return self.ended if self.answered is None else self.answered


@dataclass
class Run:
    """One run of a program; without deliveries it says why."""

    #: The attempts of each delivery.
    deliveries: List[List[Attempt]]
    #: The whole command, its start included, in seconds.
    real: float
    ended: str = ""
    forced: int = 0
    held: int = 0
    skipped_ticks: int = 0
    failure: Optional[str] = None


@dataclass
class Verdict:
    """`right`, `wrong`, `inconclusive` (a step was forced) or `failed` (nothing to judge)."""

    kind: str
    gap_errors: List[float] = field(default_factory=list)
    give_up_errors: List[float] = field(default_factory=list)
    reasons: List[str] = field(default_factory=list)


def judge(run, script, pauses, gap_bound, receiver_bound=RECEIVER_BOUND):
    """The verdict on a run; a forced step leaves none but `inconclusive`, even when all gaps are right."""
    if run.failure:
        return Verdict("failed", reasons=[run.failure])
    verdict = Verdict("right")
    if not run.deliveries:
        verdict.reasons.append("no attempt arrived")
    for attempts in run.deliveries:
        hold_attempts(attempts, script, receiver_bound, verdict)
        hold_gaps(attempts, pauses, gap_bound, verdict)
    if run.forced:
        verdict.kind = "inconclusive"
        verdict.reasons.insert(0, f"{run.forced} forced")
    elif verdict.reasons:
        verdict.kind = "wrong"
    return verdict


def hold_attempts(attempts, script, receiver_bound, verdict):
    if len(attempts) != len(script.replies):
        verdict.reasons.append(f"{len(attempts)} attempts instead of {len(script.replies)}")
    for number, (attempt, reply) in enumerate(zip(attempts, script.replies), 1):
        if reply.status is None:
            hold_give_up(number, attempt, verdict)
        elif attempt.ended_by != "receiver" or attempt.status != reply.status:
            lasted = "" if attempt.ended is None else f" after {attempt.ended - attempt.arrived:.3f} s"
            verdict.reasons.append(f"attempt {number} ended{lasted} without the answer '{reply}'")
        elif abs(attempt.answered - attempt.arrived - reply.after) > receiver_bound:
            took = attempt.answered - attempt.arrived
            verdict.reasons.append(f"attempt {number} was answered after {took:.4f} s instead of {reply.after:g} s")


def hold_give_up(number, attempt, verdict):
    if attempt.ended_by != "dispatcher":
        verdict.reasons.append(f"attempt {number} was not given up")
        return
    error = attempt.ended - attempt.arrived - LIMIT
    verdict.give_up_errors.append(error)
    if abs(error) > GIVE_UP_BOUND:
        verdict.reasons.append(f"attempt {number} was given up after {LIMIT + error:.4f} s instead of {LIMIT:g} s")


def hold_gaps(attempts, pauses, bound, verdict):
    for number, (before, after, pause) in enumerate(zip(attempts, attempts[1:], pauses), 1):
        if before.over is None:
            verdict.reasons.append(f"attempt {number} did not end before the next")
            continue
        error = after.arrived - before.over - pause
        verdict.gap_errors.append(error)
        if abs(error) > bound:
            verdict.reasons.append(f"gap {number} was {pause + error:.4f} s instead of {pause:g} s")
