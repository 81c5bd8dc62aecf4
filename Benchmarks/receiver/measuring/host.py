"""What the results say of the machine and of the versions they were measured with."""

import os
import platform
import re
from datetime import datetime, timezone
from pathlib import Path

from .folders import shown
from .tools import first_line


def facts(hookassay, command_line):
    """The facts in pairs of name and value."""
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    return [
        ("date", datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")),
        ("command", f"`{command_line}`"),
        ("host", f"{processor()}, {os.cpu_count()} cores, shared with the clients; {memory()}"),
        ("system", f"{distribution()}, Linux {platform.release()}, {platform.machine()}"),
        ("load average at the start", load),
        ("hookassay", f"{first_line(hookassay, '--version') or 'unknown'}, {shown(hookassay)}"),
        ("clients", "; ".join(clients())),
    ]


class Others:
    """Watches how much of the processors other programs used while the benchmark ran."""

    def __init__(self):
        self.began = self.look()

    def look(self):
        """Seconds so far: all of the processors, their busy ones, and those of this benchmark and what it started."""
        words = Path("/proc/stat").read_text().splitlines()[0].split()[1:9]
        ticks = os.sysconf("SC_CLK_TCK")
        times = [int(word) / ticks for word in words]
        idle = times[3] + times[4]
        # What is still running is not in it yet, so this is to be asked between the parts.
        return sum(times), sum(times) - idle, sum(os.times()[:4])

    def share(self):
        """The share of all processor time that went to others."""
        everything, busy, own = (now - then for now, then in zip(self.look(), self.began))
        return max(busy - own, 0) / everything if everything > 0 else 0

    def fact(self):
        return "processor time that other programs took meanwhile", f"{self.share():.1%} of all"


def clients():
    """The load generators, and what the benchmark's own clients are built and driven with."""
    commands = {"wrk": ["wrk", "-v"], "h2load": ["h2load", "--version"], "cc": ["cc", "-dumpfullversion"]}
    for name, command in {**commands, "Python": ["python3", "--version"]}.items():
        found = re.search(r"\d+(\.\d+)+", first_line(*command) or "")
        if found:
            yield f"{name} {found.group()}"


def processor():
    return value_of("/proc/cpuinfo", "model name") or platform.processor() or "processor unknown"


def memory():
    kibibytes = (value_of("/proc/meminfo", "MemTotal") or "0").split()[0]
    return f"{int(kibibytes) / 1024 / 1024:.1f} GiB"


def distribution():
    return (value_of("/etc/os-release", "PRETTY_NAME", "=") or "Linux").strip('"')


def value_of(path, name, separator=":"):
    """The value of the first line `name : value` of a file."""
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return None
    for line in lines:
        key, _, value = line.partition(separator)
        if key.strip() == name:
            return value.strip()
    return None
