"""Runs the scenario of the reference dispatcher that has both pauses, and reads them off its evidence."""

import json
import tempfile
from pathlib import Path

from .folders import REPOSITORY
from .judging import Attempt, Run
from .processes import TooLong, run_bounded

SCENARIO = REPOSITORY / "Scenarios" / "oneclickcontractor" / "exhausted.yaml"
PATIENCE = 60


def run_reference(hookassay, engine):
    """One run of the scenario, judged by its evidence and not by hookassay's own judge."""
    with tempfile.TemporaryDirectory(prefix="hookassay-benchmark-") as folder:
        options = ["--clock", f"warped:{engine}", "--out", folder, "--progress", "none"]
        try:
            output, errors, code, real = run_bounded([hookassay, "run", str(SCENARIO), *options], PATIENCE)
        except TooLong as failure:
            return Run([], PATIENCE, failure=str(failure))
        evidence = Path(folder) / "evidence.ndjson"
        if code != 0 or not evidence.exists():
            said = (output + errors).strip().splitlines()
            return Run([], real, failure=f"exit code {code}, {said[-1] if said else 'nothing said'}")
        with evidence.open() as lines:
            return read(map(json.loads, lines), real)


def read(records, real):
    run = Run([], real, ended="exit 0")
    attempts, deliveries = {}, {}
    for record in records:
        kind = record["type"]
        if kind == "attempt.arrived":
            attempt = Attempt(record["firstByte"] / 1e9)
            attempts[record["attempt"]] = attempt
            deliveries.setdefault(record.get("deliveryKey"), []).append(attempt)
        elif kind == "attempt.ended":
            note_end(attempts[record["attempt"]], record)
        elif kind == "clock.jumped":
            run.forced += not record["exact"]
            run.skipped_ticks += record.get("skippedTicks", 0)
        elif kind == "clock.held":
            run.held += 1
    run.deliveries = list(deliveries.values())
    return run


def note_end(attempt, record):
    answered = record.get("answerEnded")
    closing = record.get("closing")
    attempt.status = record.get("status")
    if answered is not None:
        attempt.answered = attempt.ended = answered / 1e9
        attempt.ended_by = "receiver"
    elif closing is not None:
        attempt.ended = closing["at"] / 1e9
        attempt.ended_by = closing["by"]
