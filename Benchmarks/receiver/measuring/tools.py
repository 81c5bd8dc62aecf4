"""Finds the programs that are needed, and says how to get the missing ones on Debian and Ubuntu."""

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from .folders import BUILD


class Missing(Exception):
    """A program is not here; the text says which, and how to get it."""

    def __init__(self, what, packages="", prepared=False):
        way = f": apt install {packages}" if packages else ": Benchmarks/receiver/prepare" if prepared else ""
        super().__init__(f"{what} is missing{way}")
        self.packages = packages


#: The Debian packages the programs come with.
PACKAGES = {
    "cc": "gcc libc6-dev",
    "h2load": "nghttp2-client",
    "java": "openjdk-17-jre-headless",
    "nginx": "nginx",
    "wrk": "wrk",
}
LUA_PACKAGE = "libnginx-mod-http-lua"


def tool(name):
    """The path of a program on PATH, or where Debian keeps a server's."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        raise Missing(name, PACKAGES.get(name, name))
    return found


def nginx_modules():
    """The folder of nginx's modules, with the one for Lua in it."""
    for folder in ("/usr/lib/nginx/modules", "/usr/lib64/nginx/modules"):
        if (Path(folder) / "ngx_http_lua_module.so").exists():
            return folder
    raise Missing("nginx's module for Lua", LUA_PACKAGE)


def from_pypi(environment, program):
    """A program in a virtual environment that `prepare` made."""
    found = BUILD / f"venv-{environment}" / "bin" / program
    if not found.exists():
        raise Missing(f"{environment} from PyPI", prepared=True)
    return str(found)


def wiremock_jar():
    """WireMock itself, as it lies in the wheel of its Python client."""
    found = sorted((BUILD / "venv-wiremock").glob("lib/python*/site-packages/wiremock/server/*.jar"))
    if not found:
        raise Missing("wiremock from PyPI", prepared=True)
    return found[-1]


def client(name):
    """One of the benchmark's own clients, built by `prepare`."""
    found = BUILD / name
    if not found.exists():
        raise Missing(f"the client `{name}`", prepared=True)
    return str(found)


@lru_cache(maxsize=None)
def first_line(*command):
    """The first line a command prints, or `None` when it prints none."""
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = (answer.stdout + answer.stderr).strip().splitlines()
    return lines[0] if lines else None


@lru_cache(maxsize=None)
def pypi_version(environment, package):
    """The version of a package in a virtual environment, or `None`."""
    code = f"import importlib.metadata as m; print(m.version('{package}'))"
    try:
        return first_line(from_pypi(environment, "python"), "-c", code)
    except Missing:
        return None
