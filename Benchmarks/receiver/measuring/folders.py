"""Where things are, and how they are written in results that others read."""

from pathlib import Path

BENCHMARK = Path(__file__).resolve().parent.parent
REPOSITORY = BENCHMARK.parent.parent
CLIENTS = BENCHMARK / "clients"
PEERS = BENCHMARK / "peers"
BUILD = BENCHMARK / "build"
#: What servers write; on the disk that the repository is on, because evidence goes to a disk.
SCRATCH = BUILD / "scratch"
BODY = BUILD / "body.json"


def shown(path):
    """The path as the results name it: relative to the repository, or only its last part."""
    path = Path(path)
    try:
        return str(path.resolve().relative_to(REPOSITORY))
    except ValueError:
        return path.name


def write_body():
    """Writes the body of every request: 1024 bytes of JSON, the size of a usual event."""
    start = '{"id":"evt_1","type":"invoice.paid","data":{"note":"'
    end = '"}}'
    BUILD.mkdir(exist_ok=True)
    BODY.write_text(start + "x" * (1024 - len(start) - len(end)) + end)
