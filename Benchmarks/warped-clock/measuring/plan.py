"""Which rows are run with which script under which engine, and how."""

import math
from dataclasses import dataclass
from typing import Callable

from .contracts import contracts
from .reference import run_reference
from .rows import ROWS
from .scaled import run_scaled
from .scripts import EXHAUSTED, SCHEDULE, SCRIPTS
from .tallies import Tally
from .toolchains import Missing, tool
from .warped import run_warped

ENGINES = ["trace", "preload"]
REFERENCE = "reference"


@dataclass
class Measurement:
    """One line of a table to be, and how one run of it is made."""

    name: str
    tally: Tally
    run: Callable
    #: How often it is run.
    times: int


def chosen_rows(only):
    return [row for row in ROWS if not only or row.name in only]


def names():
    return [row.name for row in ROWS] + [REFERENCE] + [contract.name for contract in contracts()]


def commands(only):
    """The command line of each chosen row, and for each row that cannot run the reason."""
    found, missing = {}, {}
    for row in chosen_rows(only):
        try:
            found[row.name] = row.command()
        except Missing as reason:
            missing[row.name] = str(reason)
    return found, missing


def warped(hookassay, only, engines, scripts, runs):
    """The measurements under the warped clock; none for no runs."""
    if runs <= 0:
        return
    lines, _ = commands(only)
    for script in SCRIPTS:
        if script.name not in scripts:
            continue
        for row in chosen_rows(only):
            if row.name not in lines:
                continue
            for engine in engines:
                # A refusal does not depend on the script: once is enough.
                if engine in row.engines or script is SCHEDULE:
                    yield program(hookassay, row, lines[row.name], engine, script, runs)
        if script is SCHEDULE and (not only or REFERENCE in only):
            for engine in engines:
                yield reference(hookassay, engine, runs)


def program(hookassay, row, command, engine, script, runs):
    tally = Tally(row.label, engine, script, row.pauses, row.gap_bound, row.real_bound)
    tally.must_refuse = engine not in row.engines
    return Measurement(
        row.name, tally, lambda: run_warped(hookassay, engine, script, command), 1 if tally.must_refuse else runs
    )


def reference(hookassay, engine, runs):
    tally = Tally("the reference dispatcher, `exhausted.yaml`", engine, EXHAUSTED, (300, 600), 0.002, 1.0)
    return Measurement(REFERENCE, tally, lambda: run_reference(hookassay, engine), runs)


def scaled(only, scripts, runs):
    """The measurements under libfaketime."""
    tool("faketime")
    lines, _ = commands(only)
    for row in chosen_rows(only):
        if row.name not in lines:
            continue
        for script in SCRIPTS:
            if script.name in scripts:
                tally = Tally(row.label, "faketime ×100", script, row.pauses, row.gap_bound)
                # Its receiver is on the real clock, where a delay is never exact; only the program is judged.
                tally.receiver_bound = math.inf
                yield Measurement(
                    row.name, tally, lambda script=script, row=row: run_scaled(script, lines[row.name]), runs
                )
