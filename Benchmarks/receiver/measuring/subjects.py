"""The servers that are measured: hookassay, the two faces of nginx, and the mock servers that Debian and PyPI have."""

import shutil
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Dict

from .folders import PEERS
from .tools import first_line, from_pypi, nginx_modules, pypi_version, tool, wiremock_jar


@dataclass
class Subject:
    """A server that can be started."""

    name: str
    label: str
    #: What it keeps of each request, in a few words.
    journal: str
    #: Makes the command line for a port and a folder of its own; raises `Missing`.
    command: Callable
    #: The version that the results name, or `None` when it cannot be found out.
    version: Callable
    path: str = "/hook"
    environment: Dict[str, str] = field(default_factory=dict)
    end_signal: int = signal.SIGTERM
    #: Says that its first answer comes at once, so that readiness can be found out by asking.
    asks_at_start: bool = True


def filled(source, target, **words):
    """Copies a file of peers/ and fills in its capital words."""
    text = (PEERS / source).read_text()
    for word, value in words.items():
        text = text.replace(word, str(value))
    Path(target).write_text(text)
    return str(target)


def nginx_bare(port, folder):
    return [tool("nginx"), "-c", filled("nginx-bare.conf", folder / "nginx.conf", PORT=port, FOLDER=folder)]


def nginx_lua(port, folder):
    words = {"PORT": port, "FOLDER": folder, "MODULES": nginx_modules()}
    return [tool("nginx"), "-c", filled("nginx-lua.conf", folder / "nginx.conf", **words)]


def wiremock(*options):
    def command(port, folder):
        (folder / "mappings").mkdir()
        shutil.copy(PEERS / "wiremock-mapping.json", folder / "mappings" / "any.json")
        start = [tool("java"), "-jar", str(wiremock_jar()), "--bind-address", "127.0.0.1", "--port", str(port)]
        return [*start, "--root-dir", str(folder), *options]

    return command


def asyncio_recorder(port, folder):
    return [tool("python3"), str(PEERS / "asyncio_recorder.py"), str(port), str(folder / "journal")]


def pytest_httpserver(port, folder):
    program = str(PEERS / "pytest_httpserver_peer.py")
    return [from_pypi("pytest-httpserver", "python"), program, str(port)]


def mockintosh(port, folder):
    configuration = filled("mockintosh.yaml", folder / "mockintosh.yaml", PORT=port)
    return [from_pypi("mockintosh", "mockintosh"), "--quiet", "--bind", "127.0.0.1", configuration]


def mitmproxy(port, folder):
    program = [from_pypi("mitmproxy", "mitmdump"), "--quiet", "--set", f"confdir={folder}"]
    # Nothing listens at the address behind; lazily, mitmproxy never finds out, because the addon answers.
    program += ["--set", "connection_strategy=lazy"]
    way = ["--mode", "reverse:http://127.0.0.1:9", "--listen-host", "127.0.0.1", "--listen-port", str(port)]
    return [*program, *way, "-s", str(PEERS / "mitmproxy_addon.py"), "-w", str(folder / "flows")]


def httpbin(port, folder):
    program = [from_pypi("httpbin", "gunicorn"), "--worker-class", "gevent", "--workers", "1"]
    return [*program, "--bind", f"127.0.0.1:{port}", "httpbin:app"]


def nginx_version():
    return (first_line("nginx", "-v") or first_line("/usr/sbin/nginx", "-v") or "").rpartition("/")[2] or None


def lua_version():
    version = first_line("dpkg-query", "-W", "-f", "${Version}", "libnginx-mod-http-lua")
    return f"{nginx_version()}, Lua module {version}"


def wiremock_version():
    java = first_line("java", "-version")
    return f"{wiremock_jar().stem.rpartition('-')[2]}, {java}".replace('"', "")


NGINX_BARE = Subject(
    "nginx-bare", "nginx, bare `return 200`, 1 worker", "nothing", nginx_bare, nginx_version
)
NGINX_LUA = Subject(
    "nginx-lua", "nginx with a journal in Lua, 1 worker", "head and body, to a file", nginx_lua, lua_version
)
PEER_SUBJECTS = [
    Subject("wiremock", "WireMock", "everything, in memory", wiremock(), wiremock_version),
    Subject(
        "wiremock-without-journal",
        "WireMock `--no-request-journal`",
        "nothing",
        wiremock("--no-request-journal"),
        wiremock_version,
    ),
    Subject(
        "asyncio-recorder",
        "a recorder of 40 lines on Python's asyncio",
        "head and body, JSON lines to a file",
        asyncio_recorder,
        lambda: first_line("python3", "--version"),
    ),
    Subject(
        "pytest-httpserver",
        "pytest-httpserver, threaded",
        "everything, in memory",
        pytest_httpserver,
        lambda: pypi_version("pytest-httpserver", "pytest-httpserver"),
    ),
    Subject(
        "mitmproxy",
        "mitmdump with an addon that answers",
        "everything, to a file",
        mitmproxy,
        lambda: pypi_version("mitmproxy", "mitmproxy"),
    ),
    Subject(
        "httpbin",
        "httpbin under gunicorn, gevent, 1 worker",
        "nothing",
        httpbin,
        lambda: f"{pypi_version('httpbin', 'httpbin')}, gunicorn {pypi_version('httpbin', 'gunicorn')}",
        path="/status/200",
    ),
    Subject(
        "mockintosh",
        "Mockintosh",
        "how many there were",
        mockintosh,
        lambda: pypi_version("mockintosh", "mockintosh"),
    ),
]


def hookassay(program, script="200", name="hookassay", label="**hookassay receive**", asks_at_start=True):
    """`hookassay receive` with a script, recording everything into `evidence.ndjson` of its folder."""

    def command(port, folder):
        evidence = str(folder / "evidence.ndjson")
        start = [program, "receive", "--script", script, "--port", str(port)]
        return [*start, "--quiet", "--no-page", "--out", evidence]

    def version():
        return first_line(program, "--version")

    return Subject(
        name,
        label,
        "everything, to a file",
        command,
        version,
        end_signal=signal.SIGINT,
        asks_at_start=asks_at_start,
    )
