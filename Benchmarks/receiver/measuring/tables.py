"""Writes what was measured as Markdown."""

from . import exactness
from .throughput import ratio


def bounds_table(bounds):
    """The promises beside what was measured."""
    heads = ["promise", "measured", "met"]
    return table(heads, ([bound.promise, bound.measured, "yes" if bound.met else "**no**"] for bound in bounds))


def throughput_table(standings):
    """One line a server, the fastest first."""
    heads = ["server", "keeps of a request", "req/s, each round", "× nginx bare (median)", "p50 / p99"]
    heads += ["server CPU a request", "start to first answer", "resident idle / after", "requests a round"]
    measured = [standing for standing in standings if standing.rounds]
    measured.sort(key=lambda standing: standing.median("rate"), reverse=True)
    return table(heads, (throughput_cells(standing, standings) for standing in measured))


def throughput_cells(standing, standings):
    share = ratio(standing, standings)
    idle, after = standing.median("resident_idle"), standing.median("resident_after")
    return [
        standing.subject.label,
        standing.subject.journal,
        ", ".join(f"{round.rate:,.0f}" for round in standing.rounds),
        "–" if share is None else f"{share:.3f}",
        f"{milliseconds(standing.median('p50'), 2)} / {milliseconds(standing.median('p99'), 2)}",
        f"{standing.median('cost') * 1e6:.1f} µs",
        milliseconds(standing.median("started"), 0),
        f"{megabytes(idle)} / {megabytes(after)}",
        f"{standing.median('requests'):,.0f}",
    ]


def versions_list(standings):
    """The version of each server that was measured."""
    measured = (standing.subject for standing in standings if standing.rounds)
    return "\n".join(f"- {subject.label}: {subject.version() or 'version unknown'}" for subject in measured)


def troubles_list(standings):
    """The servers that were not measured, or not to the end, and why."""
    troubled = (standing for standing in standings if standing.trouble)
    return "\n".join(f"- {standing.subject.label}: {standing.trouble}" for standing in troubled)


def memory_table(run):
    """The resident memory over the run."""
    shares = [0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1]
    heads = ["idle", *(f"at {share:.0%}" for share in shares), "at most", "at rest afterwards"]
    cells = [megabytes(run.idle), *(megabytes(run.at(share)) for share in shares)]
    cells += [megabytes(run.largest), megabytes(run.afterwards)]
    rate = run.answered / run.seconds
    size = "" if run.evidence is None else f", and left {run.evidence.bytes / 1e9:.2f} GB of evidence"
    text = f"{run.answered:,} requests took {run.seconds:.1f} s ({rate:,.0f} a second){size}."
    return f"{table(heads, [cells])}\n\n{text}"


def burst_table(run):
    """What became of the connections."""
    heads = ["connections", "connected after", "all recorded after", "accept queues of the host overran"]
    heads += ["open after holding", "recorded", "resident idle / held / released"]
    heads += ["descriptors idle / held / released", "let go within"]
    release = "–" if run.release_seconds is None else f"{run.release_seconds:.2f} s"
    cells = [
        f"{run.asked:,}",
        f"{run.connected['seconds']:.2f} s",
        "–" if run.arrival_seconds is None else f"{run.arrival_seconds:.2f} s",
        f"{run.overflows:,} times",
        f"{run.held['open']:,.0f}",
        f"{run.evidence.arrived:,}",
        f"{megabytes(run.idle)} / {megabytes(run.resident_held)} / {megabytes(run.resident_released)}",
        f"{run.files['idle']:,} / {run.files['held']:,} / {run.files['released']:,}",
        release,
    ]
    return table(heads, [cells])


def exactness_table(runs):
    """One line for each delay and number of hung connections."""
    heads = ["hung connections", "asked", "answers", "p50 seen", "error p50", "error p99", "error max"]
    heads += ["p99 less the floor", "too early", "unanswered"]
    floors = {run.hung: exactness.floor([other for other in runs if other.hung == run.hung]) for run in runs}
    return table(heads, (exactness_cells(run, floors[run.hung]) for run in runs))


def exactness_cells(run, floor):
    asked = "none (the floor)" if not run.plan.delay else run.plan.text
    if not run.seen:
        return [f"{run.hung:,}", asked, run.trouble or "none", *["–"] * 7]
    middle = exactness.ranked(run.seen, 0.5)
    errors = [run.error(share) for share in (0.5, 0.99, 1)]
    less = "–" if floor is None or not run.plan.delay else milliseconds(max(errors[1] - floor, 0))
    cells = [f"{run.hung:,}", asked, f"{len(run.seen):,}", milliseconds(middle), *map(milliseconds, errors)]
    return [*cells, less, f"{run.early:,}", f"{run.failed:,}"]


def table(heads, lines):
    return "\n".join([row(heads), row(["---"] * len(heads)), *map(row, lines)])


def row(cells):
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def milliseconds(seconds, digits=3):
    return "–" if seconds is None else f"{seconds * 1000:,.{digits}f} ms"


def megabytes(count):
    return "–" if count is None else f"{count / 1e6:,.1f} MB"
