"""Runs commands with a bound on their real time, and keeps cores busy."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager


class TooLong(Exception):
    """The command was ended after its bound."""


def run_bounded(command, bound, environment=None, folder=None):
    """Runs a command, and ends it with all its group after `bound` seconds.

    Returns what it printed on standard output and on standard error, its exit code, and the real seconds it took.
    """
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env={**os.environ, **(environment or {})},
        cwd=folder,
        start_new_session=True,
    )
    try:
        output, errors = process.communicate(timeout=bound)
        return output, errors, process.returncode, time.monotonic() - began
    except subprocess.TimeoutExpired:
        end_group(process)
        process.communicate()
        raise TooLong(f"not over after {bound} s of real time") from None
    except BaseException:
        end_group(process)
        process.wait()
        raise


def end_group(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


@contextmanager
def busy_cores(count):
    """Keeps `count` cores busy."""
    spinning = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in spinning:
            process.kill()
            process.wait()
