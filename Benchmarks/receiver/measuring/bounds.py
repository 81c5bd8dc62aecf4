"""The bounds that the receiver is held to, and what was measured beside them."""

from dataclasses import dataclass

#: Of nginx's bare `return 200` in the same run.
RATE_RATIO = 0.35
#: What nginx with a Lua journal reaches, and hookassay aims at; not held.
RATE_AIM = 0.5
RESIDENT_BYTES = 200e6
#: How much the resident memory may grow between a fifth of the requests and the last of them, to be called flat.
RESIDENT_GROWTH = 10e6
DELAY_ERROR_IDLE = 0.002
DELAY_ERROR_BESIDE_HUNG = 0.005
START_SECONDS = 0.050
IDLE_BYTES = 40e6


@dataclass
class Bound:
    """One promise and what came of it."""

    promise: str
    measured: str
    met: bool
