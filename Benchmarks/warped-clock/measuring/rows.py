"""The programs under the clock: how each is built and started, and what its issue allows."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional, Tuple

from .folders import BUILD, PROGRAMS
from .toolchains import Missing, postgres, python, tool


@dataclass(frozen=True)
class Row:
    """One program of the table."""

    name: str
    label: str
    #: The command line, or `Missing` when the program cannot run here.
    command: Callable[[], list]
    #: Builds what the command needs.
    build: Optional[Callable[[], None]] = None
    #: The pauses that the program promises, in seconds.
    pauses: Tuple[float, float] = (300, 600)
    #: The largest allowed median of the real time, in seconds; `None` when the issue names none.
    real_bound: Optional[float] = None
    #: The largest allowed error of a gap, in seconds.
    gap_bound: float = 0.002
    #: The engines that must carry it; any other must refuse it.
    engines: Tuple[str, ...] = ("trace", "preload")


def built(name):
    """A file that `prepare` makes."""
    path = BUILD / name
    if not path.exists():
        raise Missing(f"build/{name} (run prepare)")
    return str(path)


def compile_with(*command, **environment):
    """Runs a compiler inside the folder of the programs."""
    BUILD.mkdir(exist_ok=True)
    subprocess.run(command, cwd=PROGRAMS, env={**os.environ, **environment}, check=True)


def build_swift(source, product):
    sources = ["swift/HookCall.swift", f"swift/{source}.swift"]
    options = ["-swift-version", "6", "-O", "-parse-as-library", "-o", str(BUILD / product)]
    compile_with(tool("swiftc"), *options, *sources)


def build_nio():
    folders = ["--package-path", "nio-dispatcher", "--scratch-path", str(BUILD / "nio-dispatcher")]
    compile_with(tool("swift"), "build", *folders)


def build_go(product, cgo):
    go = tool("go")
    if cgo:
        tool("gcc")
    options = ["build", "-o", str(BUILD / product), "retry.go"]
    compile_with(go, *options, CGO_ENABLED="1" if cgo else "0", GOFLAGS="-mod=mod", GO111MODULE="off")


def build_database():
    python("psycopg2")
    data = BUILD / "postgres"
    if (data / "PG_VERSION").exists():
        return
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    command = [postgres("initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "--no-sync", "--no-instructions"]
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root; Debian's package brings this user.
        shutil.chown(data, "postgres", "postgres")
        command = [tool("setpriv"), "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def database_command():
    data = Path(built("postgres/PG_VERSION")).parent
    session = str(PROGRAMS / "postgres" / "session.sh")
    return ["/bin/sh", session, postgres("postgres"), str(data), python("psycopg2")]


def curl_command():
    tool("curl")
    return ["/bin/sh", str(PROGRAMS / "curl-retry.sh")]


def script(interpreter, name):
    return lambda: [interpreter(), str(PROGRAMS / name)]


ROWS = [
    Row(
        "python-urllib",
        "Python, `time.sleep` + urllib",
        script(python, "python-urllib.py"),
        real_bound=0.6,
        gap_bound=0.001,
    ),
    Row(
        "python-asyncio",
        "Python, asyncio",
        script(python, "python-asyncio.py"),
        real_bound=0.6,
        gap_bound=0.001,
    ),
    Row(
        "node",
        "Node, `setTimeout` + `fetch` with `AbortSignal.timeout`",
        script(lambda: tool("node"), "node-fetch.mjs"),
        real_bound=0.8,
    ),
    Row(
        "java",
        "Java, `ScheduledExecutorService` + `HttpClient`",
        lambda: [tool("java"), "-cp", str(Path(built("RetryDispatcher.class")).parent), "RetryDispatcher"],
        lambda: compile_with(tool("javac"), "-d", str(BUILD), "RetryDispatcher.java"),
        real_bound=4,
    ),
    Row(
        "curl",
        "`curl --retry 3 --retry-delay 300 --max-time 30`",
        curl_command,
        pauses=(300, 300),
        real_bound=0.2,
    ),
    Row(
        "swift-task",
        "Swift, `Task.sleep`",
        lambda: [built("swift-task")],
        lambda: build_swift("TaskDispatcher", "swift-task"),
        real_bound=1.5,
    ),
    Row(
        "swift-dispatch",
        "Swift, `DispatchSourceTimer`",
        lambda: [built("swift-dispatch")],
        lambda: build_swift("TimerDispatcher", "swift-dispatch"),
        real_bound=1.5,
    ),
    Row(
        "swift-nio",
        "Swift, SwiftNIO + AsyncHTTPClient",
        lambda: [built("nio-dispatcher/debug/nio-dispatcher")],
        build_nio,
    ),
    Row(
        "go-static",
        "Go, static",
        lambda: [built("go-static")],
        lambda: build_go("go-static", cgo=False),
        real_bound=0.3,
        gap_bound=0.001,
        engines=("trace",),
    ),
    Row(
        "go-dynamic",
        "Go, dynamic (cgo)",
        lambda: [built("go-dynamic")],
        lambda: build_go("go-dynamic", cgo=True),
        real_bound=0.3,
        gap_bound=0.001,
        engines=("trace",),
    ),
    Row(
        "postgres",
        "Python + PostgreSQL server, due times by SQL",
        database_command,
        build_database,
        # It looks for due rows once a second, so a retry may be that much late by right.
        gap_bound=1,
    ),
]
