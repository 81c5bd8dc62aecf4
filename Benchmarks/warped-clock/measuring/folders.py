"""Where things are, and how they are written in results that others read."""

from pathlib import Path

BENCHMARK = Path(__file__).resolve().parent.parent
REPOSITORY = BENCHMARK.parent.parent
PROGRAMS = BENCHMARK / "programs"
BUILD = BENCHMARK / "build"


def shown(path):
    """The path as the results name it: relative to the repository, or only its last part."""
    path = Path(path)
    try:
        return str(path.resolve().relative_to(REPOSITORY))
    except ValueError:
        return path.name
