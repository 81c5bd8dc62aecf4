"""How long hookassay takes from its start to its first answer, and what it needs when idle."""

import time
from dataclasses import dataclass, field
from statistics import median
from typing import List, Optional

from .bounds import IDLE_BYTES, START_SECONDS, Bound
from .servers import Server, ServerFailed


@dataclass
class StartRun:
    """All starts."""

    seconds: List[float] = field(default_factory=list)
    #: Resident bytes, a second after the first answer.
    idle: List[int] = field(default_factory=list)
    #: What of it is no page of the program or of a library, which the kernel can drop and share.
    anonymous: List[int] = field(default_factory=list)
    trouble: Optional[str] = None


def measure(hookassay, times, tell):
    run = StartRun()
    try:
        for number in range(times):
            with Server(hookassay) as server:
                run.seconds.append(server.started)
                if number % 4 == 0:
                    time.sleep(1)
                    run.idle.append(server.resident())
                    run.anonymous.append(server.anonymous())
    except ServerFailed as failure:
        run.trouble = str(failure)
        tell(f"start: {failure}")
    else:
        tell(f"start: {median(run.seconds) * 1e3:.1f} ms, {max(run.idle) / 1e6:.1f} MB idle")
    return run


def bounds(run):
    """The promises of the start."""
    start = f"start to the first answered request below {START_SECONDS * 1e3:g} ms"
    idle = f"idle memory below {IDLE_BYTES / 1e6:g} MB"
    if run.trouble or not run.seconds:
        return [Bound(promise, run.trouble or "not measured", False) for promise in (start, idle)]
    own = max(run.anonymous) / 1e6
    usual, worst = median(run.seconds), max(run.seconds)
    text = f"{usual * 1e3:.1f} ms, median of {len(run.seconds)} (max {worst * 1e3:.1f} ms)"
    return [
        Bound(start, text, usual < START_SECONDS),
        Bound(idle, f"{max(run.idle) / 1e6:.1f} MB at most, {own:.1f} MB without its code", max(run.idle) < IDLE_BYTES),
    ]
