"""What a million recorded requests do to the resident memory, and whether the evidence has them all."""

import threading
from dataclasses import dataclass, field
from typing import List, Optional, Tuple

from .bounds import RESIDENT_BYTES, RESIDENT_GROWTH, Bound
from .evidence import Evidence, read_evidence
from .folders import BODY
from .load import LoadFailed, h2load
from .servers import Server, ServerFailed

SAMPLE_SECONDS = 0.1


@dataclass
class MemoryRun:
    """One run with its memory over time."""

    wanted: int
    answered: int = 0
    seconds: float = 0
    #: The resident memory before the first request of the load generator.
    idle: int = 0
    #: Share of the time that had passed, resident bytes.
    samples: List[Tuple[float, int]] = field(default_factory=list)
    #: After the load, with everything at rest for a second.
    afterwards: int = 0
    evidence: Optional[Evidence] = None
    trouble: Optional[str] = None

    def at(self, share):
        """The resident memory when so much of the time had passed."""
        return next((resident for when, resident in self.samples if when >= share), self.samples[-1][1])

    @property
    def largest(self):
        return max([resident for _, resident in self.samples] + [self.afterwards])

    @property
    def growth(self):
        """From a fifth of the requests to the last tenth, both the largest of a tenth of the time."""
        early = [resident for when, resident in self.samples if 0.1 <= when <= 0.2]
        late = [resident for when, resident in self.samples if when >= 0.9]
        return max(late) - max(early) if early and late else None


def measure(hookassay, requests, tell):
    run = MemoryRun(requests)
    try:
        with Server(hookassay) as server:
            run.idle = server.resident()
            load = sampled(server, run, lambda: h2load(server.port, hookassay.path, requests))
            run.answered, run.seconds = load.requests, load.seconds
            threading.Event().wait(1)
            run.afterwards = server.resident()
    except (ServerFailed, LoadFailed) as failure:
        run.trouble = str(failure)
        tell(f"memory: {failure}")
        return run
    tell(f"memory: {run.answered:,} requests in {run.seconds:.1f} s, at most {run.largest / 1e6:.0f} MB; reading …")
    path = server.folder / "evidence.ndjson"
    try:
        run.evidence = read_evidence(path, body=BODY.read_text())
        path.unlink()
    except OSError as error:
        run.trouble = f"the evidence cannot be read: {error.strerror}"
    return run


def sampled(server, run, work):
    """Does the work and notes the server's memory meanwhile."""
    over = threading.Event()
    found = []

    def sample():
        while not over.wait(SAMPLE_SECONDS):
            found.append(server.resident())

    sampler = threading.Thread(target=sample)
    sampler.start()
    try:
        return work()
    finally:
        over.set()
        sampler.join()
        run.samples = [((index + 1) / len(found), resident) for index, resident in enumerate(found)]


def bounds(run):
    """The promises of memory."""
    flat = f"resident memory over {run.wanted:,} recorded requests below {RESIDENT_BYTES / 1e6:g} MB"
    grown = f"flat: grows less than {RESIDENT_GROWTH / 1e6:g} MB after the first fifth"
    whole = f"the evidence of {run.wanted:,} requests is complete"
    if run.trouble or not run.samples:
        trouble = run.trouble or "too short to sample"
        return [Bound(promise, trouble, False) for promise in (flat, grown, whole)]
    found = [Bound(flat, f"{run.largest / 1e6:.1f} MB at most", run.largest < RESIDENT_BYTES)]
    growth = run.growth
    text = "too short to say" if growth is None else f"{growth / 1e6:+.1f} MB"
    found.append(Bound(grown, text, growth is not None and growth < RESIDENT_GROWTH))
    faults = run.evidence.faults()
    # One request more than the load generator's: the one that found out that the server had started.
    if not run.evidence.arrived == run.evidence.ended == run.answered + 1 == run.wanted + 1:
        faults.append(
            f"{run.wanted + 1:,} asked, {run.answered + 1:,} answered, {run.evidence.arrived:,} arrived,"
            f" {run.evidence.ended:,} ended"
        )
    text = f"{run.evidence.arrived:,} arrived, {run.evidence.ended:,} ended, no hole, nothing dropped"
    found.append(Bound(whole, "; ".join(faults) or text, not faults))
    return found
