"""Runs a program under the warped clock, by `hookassay clock`."""

import json

from .judging import Attempt, Run
from .processes import TooLong, run_bounded

#: The virtual time after which a run is ended.
HORIZON = "2h"
#: The real time after which a run is ended, in seconds.
PATIENCE = 60


def run_warped(hookassay, engine, script, command):
    """One run of a program, as the receiver of `hookassay clock` saw it."""
    options = ["--engine", engine, "--horizon", HORIZON, "--script", str(script), "--json"]
    try:
        output, errors, code, real = run_bounded([hookassay, "clock", *options, "--", *command], PATIENCE)
    except TooLong as failure:
        return Run([], PATIENCE, failure=str(failure))
    try:
        report = json.loads(output.strip().splitlines()[-1])
    except (IndexError, ValueError):
        said = errors.strip().splitlines()
        return Run([], real, failure=f"exit code {code}, {said[-1] if said else 'nothing said'}")
    return read(report, code, real)


def read(report, code, real):
    jumps = report["jumps"]
    attempts = [Attempt(**{key: item.get(key) for key in Attempt.__annotations__}) for item in report["attempts"]]
    return Run(
        [attempts] if attempts else [],
        real,
        ended=report["ended"],
        forced=jumps["forced"],
        held=jumps["held"],
        skipped_ticks=jumps["skipped_ticks"],
        failure=None if code == 0 else report["ended"],
    )
