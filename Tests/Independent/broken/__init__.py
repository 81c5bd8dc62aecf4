"""Broken decisions. Each is a class that is put before a provider's promises and overrides one of them."""

import re
from dataclasses import dataclass, field

mutants = {}


@dataclass
class Mutant:
    """A dispatcher that breaks one promise, the checks that have to notice, and where they get to see it."""

    name: str
    # The promise, as a sentence.
    breaks: str
    caught_by: list
    hunts: list
    # Other checks that find it violated there, and why each is right to.
    also: dict
    # Public reports of dispatchers that did the same.
    reported: list
    decision: type = field(repr=False)

    def line(self):
        """What `--list` prints: name, checks, scenarios, promise, other checks and reports, with tabs between."""
        also = " | ".join(f"{check}: {why}" for check, why in sorted(self.also.items()))
        columns = [",".join(self.caught_by), ",".join(self.hunts), self.breaks, also, ",".join(self.reported)]
        return "\t".join([self.name, *columns])


def mutant(caught_by, hunts, also=None, reported=""):
    """Enters a class into the list. Its name is the mutant's, and its docstring the promise that it breaks.

    The keys of `also` hold one check or several with the same reason.
    """
    reasons = {check: why for checks, why in (also or {}).items() for check in checks.split()}

    def enter(decision):
        name = re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z])", "-", decision.__name__).lower()
        mutants[name] = Mutant(
            name, decision.__doc__, caught_by.split(), hunts.split(), reasons, reported.split(), decision
        )
        return decision

    return enter
