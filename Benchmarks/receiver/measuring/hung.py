"""Connections that sent a request and are left hanging, from several processes."""

import json
import subprocess
from contextlib import contextmanager

from .folders import BODY
from .servers import HOST
from .tools import client

PROCESSES = 4


class HungFailed(Exception):
    """The clients that hold the connections failed."""


class Hung:
    """Connections that are being held."""

    def __init__(self, processes):
        self.processes = processes

    def report(self):
        """The sum of the next report of each process: the connections by state, and the seconds of the slowest."""
        sums = {}
        for process in self.processes:
            line = process.stdout.readline()
            if not line:
                raise HungFailed(f"a client ended: {process.stderr.read().strip()}")
            for name, value in json.loads(line).items():
                sums[name] = max(sums.get(name, 0), value) if name == "seconds" else sums.get(name, 0) + value
        return sums


@contextmanager
def hung(port, count, seconds):
    """Opens `count` connections at once; with the scope they are closed."""
    program = client("hold")
    shares = [count // PROCESSES + (index < count % PROCESSES) for index in range(PROCESSES)]
    processes = []
    try:
        for index, share in enumerate(shares):
            source = f"127.0.0.{index + 2}"
            command = [program, HOST, str(port), str(share), source, f"{seconds:g}", str(BODY)]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
            processes.append(subprocess.Popen(command, text=True, **pipes))
        yield Hung(processes)
    finally:
        for process in processes:
            process.stdin.close()
        for process in processes:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()
            process.stderr.close()
