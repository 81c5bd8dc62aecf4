"""Finds the tools that the programs need, and says how to get the missing ones on Debian and Ubuntu."""

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path


class Missing(Exception):
    """A tool is not here; the text says which, and how to get it."""

    def __init__(self, what, packages=""):
        super().__init__(f"{what} is missing" + (f": apt install {packages}" if packages else ""))
        self.packages = packages


PACKAGES = {
    "curl": "curl",
    "faketime": "faketime",
    "go": "golang-go",
    "gcc": "gcc",
    "java": "openjdk-17-jre-headless",
    "javac": "openjdk-17-jdk-headless",
    "node": "nodejs",
    "python3": "python3",
    "setpriv": "util-linux",
}


def tool(name):
    """The path of a tool on PATH."""
    found = shutil.which(name)
    if found is None:
        if name.startswith("swift"):
            raise Missing(f"{name} (see swift.org/install)")
        raise Missing(name, PACKAGES.get(name, name))
    return found


@lru_cache(maxsize=None)
def python(module=None):
    """A Python interpreter itself, not a launcher in front of it, which has `module`."""
    for candidate in dict.fromkeys(filter(None, [shutil.which("python3"), "/usr/bin/python3"])):
        code = f"import sys{', ' + module if module else ''}; print(sys.executable)"
        answer = subprocess.run([candidate, "-c", code], capture_output=True, text=True)
        if answer.returncode == 0:
            return answer.stdout.strip()
    raise Missing(f"Python's {module}" if module else "python3", f"python3-{module}" if module else "python3")


def postgres(program):
    """A program of the newest PostgreSQL server that is installed."""
    folders = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    newest = sorted(folders, key=lambda folder: int(folder.parent.name), reverse=True)
    for folder in newest:
        if (folder / program).exists():
            return str(folder / program)
    raise Missing("PostgreSQL", "postgresql")


def first_line(*command):
    """The first line a command prints, or `None` when it does not run."""
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = (answer.stdout + answer.stderr).strip().splitlines()
    return lines[0] if answer.returncode == 0 and lines else None
