"""Sums up the runs of one row."""

from dataclasses import dataclass, field
from statistics import median
from typing import List, Optional

from .judging import RECEIVER_BOUND, Verdict, judge


@dataclass
class Tally:
    """The runs of one program with one script, under one engine."""

    label: str
    engine: str
    script: object
    pauses: tuple
    gap_bound: float
    real_bound: Optional[float] = None
    #: How far the receiver's answers may lie from its script, in seconds.
    receiver_bound: float = RECEIVER_BOUND
    #: Says that the engine cannot see this program and has to refuse it.
    must_refuse: bool = False
    runs: List = field(default_factory=list)
    verdicts: List = field(default_factory=list)

    def add(self, run):
        """Counts a run, and returns its verdict."""
        if self.must_refuse:
            verdict = judge_refusal(run)
        else:
            verdict = judge(run, self.script, self.pauses, self.gap_bound, self.receiver_bound)
        self.runs.append(run)
        self.verdicts.append(verdict)
        return verdict

    def count(self, kind):
        return sum(verdict.kind == kind for verdict in self.verdicts)

    @property
    def real(self):
        """The median and the largest real time, in seconds."""
        times = [run.real for run in self.runs]
        return median(times), max(times)

    @property
    def gap_error(self):
        return largest(error for verdict in self.verdicts for error in verdict.gap_errors)

    @property
    def give_up_error(self):
        return largest(error for verdict in self.verdicts for error in verdict.give_up_errors)

    def total(self, field_name):
        return sum(getattr(run, field_name) for run in self.runs)

    def misses(self, under_load):
        """Why the bounds are not met; empty when they are.

        Under load neither the real time counts, nor a few inconclusive runs, which only their share in all runs limits.
        """
        kinds = ["wrong", "failed"] if under_load else ["wrong", "failed", "inconclusive"]
        found = [f"{self.count(kind)} {kind}" for kind in kinds if self.count(kind)]
        if not under_load and self.real_bound is not None and self.real[0] > self.real_bound:
            found.append(f"{self.real[0]:.2f} s > {self.real_bound:g} s")
        return found


def judge_refusal(run):
    """Right when the engine said that it cannot carry the program."""
    if run.ended.startswith("refused"):
        return Verdict("right", reasons=[run.ended])
    if run.failure:
        return Verdict("failed", reasons=[run.failure])
    return Verdict("wrong", reasons=["it was run, though the engine cannot see its clock"])


def largest(errors):
    """The error farthest from nought, without its sign."""
    return max(map(abs, errors), default=None)


def shares(tallies):
    """One sentence on all runs, and whether fewer than one in a hundred are inconclusive."""
    judged = [tally for tally in tallies if not tally.must_refuse]
    total = sum(len(tally.runs) for tally in judged)
    counts = {kind: sum(tally.count(kind) for tally in judged) for kind in ("right", "inconclusive", "wrong", "failed")}
    share = counts["inconclusive"] / total if total else 0
    words = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    return f"{total} runs: {words} ({share:.2%} inconclusive; fewer than 1 % are allowed).", share < 0.01
