"""Writes what was measured as Markdown."""

from statistics import median

from .judging import GIVE_UP_BOUND, RECEIVER_BOUND
from .scripts import LIMIT


def warped_table(tallies, under_load):
    """The table of one script under the warped clock."""
    has_give_up = any(tally.give_up_error is not None for tally in tallies)
    heads = ["program", "engine", "real, median (max)", "bound", "gap error", "bound"]
    if has_give_up:
        heads += ["give-up error", "bound"]
    heads += ["right", "inconclusive", "wrong", "failed", "forced", "held", "ticks skipped", "met"]
    lines = [row(heads), row(["---"] * len(heads))]
    for tally in tallies:
        lines.append(row(warped_cells(tally, has_give_up, under_load)))
    return "\n".join(lines)


def warped_cells(tally, has_give_up, under_load):
    usual, longest = tally.real
    cells = [tally.label, tally.engine, f"{usual:.3f} s ({longest:.3f} s)"]
    if tally.must_refuse:
        kind = tally.verdicts[0].kind
        verdict = "refused" if kind == "right" else "; ".join(tally.verdicts[0].reasons)
        blank = ["–"] * (4 if has_give_up else 2)
        return cells + ["to be refused", *blank, verdict, *["–"] * 6, "yes" if kind == "right" else "**no**"]
    cells.append("–" if tally.real_bound is None else f"≤ {tally.real_bound:g} s")
    cells += [milliseconds(tally.gap_error), f"≤ {tally.gap_bound * 1000:g} ms"]
    if has_give_up:
        cells += [milliseconds(tally.give_up_error), f"≤ {GIVE_UP_BOUND * 1000:g} ms"]
    cells.append(f"{tally.count('right')} of {len(tally.runs)}")
    cells += [str(tally.count(kind)) for kind in ("inconclusive", "wrong", "failed")]
    cells += [str(tally.total(name)) for name in ("forced", "held", "skipped_ticks")]
    misses = tally.misses(under_load)
    cells.append(f"**no**: {', '.join(misses)}" if misses else "yes")
    return cells


def contracts_table(contracts):
    """The table of whole runs of hookassay."""
    heads = ["`hookassay run` on", "time on the contracts' clocks", "real, median (max)", "bound", "runs", "met"]
    lines = [row(heads), row(["---"] * len(heads))]
    for contract in contracts:
        real = f"{median(contract.times):.3f} s ({max(contract.times):.3f} s)" if contract.times else "–"
        passed = "–" if contract.contract_time is None else hours(contract.contract_time)
        misses = contract.verdict()
        met = f"**no**: {', '.join(misses)}" if misses else "yes"
        lines.append(row([contract.label, passed, real, f"≤ {contract.bound:g} s", str(len(contract.times)), met]))
    return "\n".join(lines)


def hours(seconds):
    minutes, rest = divmod(round(seconds), 60)
    whole, minutes = divmod(minutes, 60)
    return f"{whole} h {minutes} min" if whole else f"{minutes} min {rest} s"


def scaled_table(tallies):
    """The table of the comparison with libfaketime; the warped clock's bounds are not its promise, but the measure."""
    heads = ["program", "script", "real, median", "gap error", "give-up error", "right", "what was wrong"]
    lines = [row(heads), row(["---"] * len(heads))]
    for tally in tallies:
        reasons = [reason for verdict in tally.verdicts for reason in verdict.reasons]
        failed = tally.count("failed") == len(tally.runs)
        cells = [tally.label, f"`{tally.script}`", "–" if failed else f"{tally.real[0]:.1f} s"]
        cells += [milliseconds(tally.gap_error, 0), milliseconds(tally.give_up_error, 0)]
        cells += [f"{tally.count('right')} of {len(tally.runs)}", reasons[0] if reasons else "–"]
        lines.append(row(cells))
    return "\n".join(lines)


def legend(load):
    """What the columns mean, for who reads the results alone."""
    lines = [
        "*real*: the whole command, its start included. *gap error*: the largest of all runs, between the end of an",
        "attempt and the arrival of the next, as the receiver saw them. *give-up error*: the same for the moment at",
        f"which the program gave up an attempt that was never answered; its limit is {LIMIT:g} s. *right*: every",
        "attempt, gap and give-up within its bound, and the receiver's own delays within",
        f"{RECEIVER_BOUND * 1000:g} ms. *inconclusive*: a step was forced, so the run proves nothing. *wrong*: a bound",
        "was missed although no step was forced. *failed*: the command failed. *forced*, *held* and *ticks skipped*",
        "are sums over all runs.",
    ]
    if load:
        lines.append(f"Busy loops kept {load} of the cores busy, so the bounds of real time do not count here.")
    return "\n".join(lines)


def row(cells):
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def milliseconds(seconds, digits=3):
    return "–" if seconds is None else f"{seconds * 1000:.{digits}f} ms"
