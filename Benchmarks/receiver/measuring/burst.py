"""Whether a burst of connections that hang is held: accepted, recorded, open, and let go."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, Optional

from .bounds import Bound
from .evidence import Arrivals, Evidence, read_evidence
from .folders import BODY
from .hung import HungFailed, hung
from .servers import Server, ServerFailed

#: Descriptors that are left to the receiver itself beside the ones it has when idle.
SPARE_DESCRIPTORS = 32
RELEASE_PATIENCE = 20
ARRIVAL_PATIENCE = 30


@dataclass
class BurstRun:
    """One burst."""

    wanted: int
    hold_seconds: float
    #: How many connections were asked for; fewer than wanted where the limit of open files is lower.
    asked: int = 0
    limit: int = 0
    idle: int = 0
    #: The reports of the clients when all were connected, and after the time of holding.
    connected: Dict[str, float] = field(default_factory=dict)
    held: Dict[str, float] = field(default_factory=dict)
    #: Seconds until the last request was in the evidence; `None` when some were not there in time.
    arrival_seconds: Optional[float] = None
    #: Open descriptors of the receiver: idle, held, after the release.
    files: Dict[str, int] = field(default_factory=dict)
    resident_held: int = 0
    resident_released: int = 0
    #: Seconds from closing the connections until the receiver had let go of them; `None` when it did not.
    release_seconds: Optional[float] = None
    #: Times that the kernel's queue of connections to be accepted was full.
    overflows: int = 0
    evidence: Optional[Evidence] = None
    trouble: Optional[str] = None


def measure(subject, wanted, seconds, tell):
    """Holds `wanted` connections for so many seconds at a receiver whose script hangs."""
    run = BurstRun(wanted, seconds)
    try:
        with Server(subject) as server:
            run.limit = server.open_files_limit()
            run.files["idle"] = server.open_files()
            run.idle = server.resident()
            run.asked = min(wanted, run.limit - run.files["idle"] - SPARE_DESCRIPTORS)
            hold(server, run)
            wait_for_release(server, run)
            run.resident_released = server.resident()
        run.evidence = read_evidence(server.folder / "evidence.ndjson", body=BODY.read_text())
    except (ServerFailed, HungFailed) as failure:
        run.trouble = str(failure)
    except OSError as error:
        run.trouble = f"the evidence cannot be read: {error.strerror}"
    if run.trouble:
        tell(f"burst: {run.trouble}")
    else:
        tell(f"burst: {run.held['open']:.0f} of {run.asked} held, {run.resident_held / 1e6:.0f} MB")
    return run


def hold(server, run):
    before = accept_overflows()
    began = time.monotonic()
    with hung(server.port, run.asked, run.hold_seconds) as connections:
        run.connected = connections.report()
        arrivals = Arrivals(server.folder / "evidence.ndjson")
        if arrivals.wait(run.asked, ARRIVAL_PATIENCE) == run.asked:
            run.arrival_seconds = time.monotonic() - began
        run.overflows = accept_overflows() - before
        run.held = connections.report()
        run.files["held"] = server.open_files()
        run.resident_held = server.resident()


def wait_for_release(server, run):
    began = time.monotonic()
    while time.monotonic() - began < RELEASE_PATIENCE:
        run.files["released"] = server.open_files()
        if run.files["released"] <= run.files["idle"] + 2:
            run.release_seconds = time.monotonic() - began
            return
        time.sleep(0.05)


def accept_overflows():
    """How often, since the host began, a queue of connections to be accepted was full."""
    lines = [line.split() for line in Path("/proc/net/netstat").read_text().splitlines()]
    for names, values in zip(lines[::2], lines[1::2]):
        if "ListenOverflows" in names:
            return int(values[names.index("ListenOverflows")])
    return 0


def bounds(run):
    """The promises of a burst."""
    why = "" if run.asked == run.wanted else f" ({run.wanted:,} asked; a process has {run.limit:,} open files here)"
    promise = f"a burst of {run.asked:,} connections that hang {run.hold_seconds:g} s is held{why}"
    if run.trouble:
        return [Bound(promise, run.trouble, False)]
    still, arrived = int(run.held["open"]), run.evidence.arrived
    met = still == run.asked == arrived and not run.evidence.faults()
    text = f"{still:,} still open, {arrived:,} requests recorded"
    released = run.release_seconds is not None
    text += "" if released else f", {run.files['released']:,} descriptors not let go"
    return [Bound(promise, "; ".join([text, *run.evidence.faults()]), met and released)]
