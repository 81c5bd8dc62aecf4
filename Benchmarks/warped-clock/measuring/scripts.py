"""What the receiver answers, and what a program that keeps its promise does with it."""

from dataclasses import dataclass
from typing import Optional, Tuple

#: The limit of every program for one attempt, in seconds.
LIMIT = 30.0


@dataclass(frozen=True)
class Reply:
    """One answer of the receiver; without a status it never answers."""

    status: Optional[int]
    after: float = 0.0

    def __str__(self):
        if self.status is None:
            return "hang"
        return f"{self.status} after {self.after:g}s" if self.after else str(self.status)


@dataclass(frozen=True)
class Script:
    """The answers to the attempts of a delivery, in order."""

    name: str
    title: str
    replies: Tuple[Reply, ...]

    def __str__(self):
        return ", ".join(map(str, self.replies))


SCHEDULE = Script("schedule", "Two failures, then success", (Reply(503), Reply(503), Reply(200)))
SLOW = Script("slow", "Slow answers around the limit", (Reply(503, 29.5), Reply(None), Reply(200, 1)))
EXHAUSTED = Script("exhausted", "Failures only", (Reply(500), Reply(500), Reply(500)))

SCRIPTS = [SCHEDULE, SLOW]
