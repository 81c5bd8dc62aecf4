"""What the results say of the machine and of the versions they were measured with."""

import os
import platform
from datetime import datetime, timezone
from pathlib import Path

from .folders import shown
from .toolchains import Missing, first_line, postgres, python


def facts(hookassay, command_line):
    """The facts in pairs of name and value."""
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    return [
        ("date", datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")),
        ("command", f"`{command_line}`"),
        ("host", f"{processor()}, {os.cpu_count()} cores, {memory()}"),
        ("system", f"{distribution()}, Linux {platform.release()}, {platform.machine()}"),
        ("load average at the start", load),
        ("hookassay", f"{first_line(hookassay, '--version') or 'unknown'}, {shown(hookassay)}"),
        ("programs", "; ".join(versions())),
    ]


def processor():
    return field("/proc/cpuinfo", "model name") or platform.processor() or "processor unknown"


def memory():
    kibibytes = (field("/proc/meminfo", "MemTotal") or "0").split()[0]
    return f"{int(kibibytes) / 1024 / 1024:.1f} GiB"


def distribution():
    return (field("/etc/os-release", "PRETTY_NAME", "=") or "Linux").strip('"')


def field(path, name, separator=":"):
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


def versions():
    """The versions of the toolchains that are here."""
    commands = {
        "Node": ["node", "--version"],
        "Java": ["java", "-version"],
        "curl": ["curl", "--version"],
        "Swift": ["swiftc", "--version"],
        "Go": ["go", "version"],
        "libfaketime": ["faketime", "--version"],
    }
    try:
        commands = {"Python": [python(), "--version"], **commands}
        commands["PostgreSQL"] = [postgres("postgres"), "--version"]
    except Missing:
        pass
    for name, command in commands.items():
        line = first_line(*command)
        number = next((word.strip('"v,') for word in (line or "").split() if any(map(str.isdigit, word))), None)
        if number:
            yield f"{name} {number.removeprefix('go')}"
