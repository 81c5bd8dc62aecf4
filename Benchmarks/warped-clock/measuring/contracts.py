"""Times `hookassay run` on the scenarios whose contracts take minutes to days."""

import json
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import List, Optional, Tuple

from .folders import REPOSITORY
from .processes import TooLong, run_bounded

SCENARIOS = REPOSITORY / "Scenarios"
PATIENCE = 300


@dataclass
class Contract:
    """One call of `hookassay run`, what it may take, and what it took."""

    name: str
    label: str
    #: Files or folders below Scenarios/, as patterns; empty for all scenarios.
    patterns: Tuple[str, ...]
    #: The largest allowed median of the real time, in seconds.
    bound: float
    times: List[float] = field(default_factory=list)
    #: The time that passed on the clocks of all its scenarios, in seconds.
    contract_time: Optional[float] = None
    misses: List[str] = field(default_factory=list)

    def paths(self):
        """What the patterns name; `None` when one names nothing."""
        found = [sorted(SCENARIOS.glob(pattern)) for pattern in self.patterns]
        return [str(path) for paths in found for path in paths] if all(found) else None

    def verdict(self):
        misses = sorted(set(self.misses))
        if self.times and median(self.times) > self.bound:
            misses.append(f"{median(self.times):.2f} s > {self.bound:g} s")
        return misses


def contracts():
    return [
        Contract("suite", "all shipped scenarios", (), 20),
        Contract(
            "killed",
            "SIGKILL while a retry waits, restart, the retry at its first due time",
            ("oneclickcontractor/killed-while-waiting.yaml",),
            1,
        ),
        Contract(
            "standard-webhooks",
            "Standard Webhooks' schedule of 75 h 35 min to exhaustion",
            ("standard-webhooks/*exhaust*.yaml",),
            5,
        ),
    ]


def measure_contract(hookassay, contract):
    """Runs the scenarios of a contract once, each on the clock that it names itself."""
    with tempfile.TemporaryDirectory(prefix="hookassay-benchmark-") as folder:
        options = ["--out", folder, "--progress", "none"]
        try:
            command = [hookassay, "run", *contract.paths(), *options]
            output, _, code, real = run_bounded(command, PATIENCE, folder=REPOSITORY)
        except TooLong as failure:
            contract.misses.append(str(failure))
            return
        contract.times.append(real)
        evidence = Path(folder) / "evidence.ndjson"
        if evidence.exists():
            with evidence.open() as lines:
                contract.contract_time = contract_time(map(json.loads, lines))
        if code != 0:
            contract.misses.append(f"exit code {code}, {summary(output) or 'no summary'}")


def summary(output):
    """The line in which hookassay counts what held and what did not."""
    return next((line for line in output.splitlines() if "(clock: " in line), None)


def contract_time(records):
    """The sum, over the scenarios, of the time that passed on the clock of each, in seconds."""
    first, last = {}, defaultdict(int)
    for record in records:
        scenario = record.get("scenario")
        if scenario:
            first.setdefault(scenario, record["at"])
            last[scenario] = max(last[scenario], record["at"])
    return sum(last[scenario] - first[scenario] for scenario in first) / 1e9
