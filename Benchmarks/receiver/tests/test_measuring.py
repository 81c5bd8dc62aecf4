"""Tests of what the benchmark reads and judges: `python3 Benchmarks/receiver/tests/test_measuring.py`."""

import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measuring import exactness, memory, tables, throughput
from measuring.evidence import read_evidence
from measuring.exactness import DelayRun, Plan, ranked
from measuring.load import read_h2load, read_wrk, seconds_of
from measuring.memory import MemoryRun
from measuring.subjects import NGINX_BARE, NGINX_LUA, PEER_SUBJECTS, hookassay
from measuring.throughput import Round, Standing

WRK = """Running 10s test @ http://127.0.0.1:8080/hook
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   500.00us    1.00ms  20.00ms   99.00%
    Req/Sec   100.00k     1.00k  110.00k    70.00%
  Latency Distribution
     50%  440.00us
     75%    0.90ms
     90%    1.10ms
     99%    1.50ms
  1165940 requests in 10.00s, 100.00MB read
Requests/sec: 116594.00
Transfer/sec:     10.00MB
"""

H2LOAD = """finished in 2.50s, 40000.00 req/s, 4.00MB/s
requests: 100000 total, 100000 started, 100000 done, 99990 succeeded, 10 failed, 0 errored, 0 timeout
status codes: 99990 2xx, 0 3xx, 0 4xx, 10 5xx
"""


class Loads(unittest.TestCase):
    def test_wrk(self):
        load = read_wrk(WRK)
        self.assertEqual(load.requests, 1165940)
        self.assertAlmostEqual(load.rate, 116594)
        self.assertAlmostEqual(load.p50, 0.00044)
        self.assertAlmostEqual(load.p99, 0.0015)
        self.assertEqual(load.failures, 0)

    def test_wrk_tells_of_failures(self):
        text = WRK + "  Socket errors: connect 1, read 2, write 0, timeout 3\n  Non-2xx or 3xx responses: 5\n"
        self.assertEqual(read_wrk(text).failures, 11)

    def test_h2load(self):
        load = read_h2load(H2LOAD)
        self.assertEqual((load.requests, load.failures), (99990, 10))
        self.assertAlmostEqual(load.rate, 39996)

    def test_units(self):
        self.assertAlmostEqual(seconds_of("1.06s"), 1.06)
        self.assertAlmostEqual(seconds_of("1.02m"), 61.2)


def line(number, kind="attempt.arrived", **fields):
    return json.dumps({"seq": number, "type": kind, **fields}, sort_keys=True, separators=(",", ":")) + "\n"


class Logs(unittest.TestCase):
    def read(self, lines, body=None):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "evidence.ndjson"
            path.write_text("".join(lines))
            return read_evidence(path, body)

    def test_complete(self):
        hostile = '{"type":"attempt.ended","seq":9,"attempt":1}'
        evidence = self.read([line(1, attempt=1, body={"utf8": hostile}), line(2, "attempt.ended", attempt=1)])
        self.assertEqual((evidence.arrived, evidence.ended, evidence.faults()), (1, 1, []))

    def test_hole(self):
        self.assertEqual(self.read([line(1, attempt=1), line(3, attempt=2)]).holes, 1)

    def test_number_twice(self):
        self.assertEqual(self.read([line(1, attempt=70000), line(2, attempt=70000)]).repeated, 1)

    def test_lost_records(self):
        self.assertTrue(self.read([line(1, "evidence.dropped", count=4)]).faults())

    def test_torn_line(self):
        self.assertTrue(self.read([line(1, attempt=1)[:-3]]).faults())

    def test_another_body(self):
        lines = [line(number, attempt=number, body={"utf8": "other"}) for number in range(1, 300)]
        self.assertTrue(self.read(lines, body="wanted").faults())
        self.assertFalse(self.read(lines, body="other").faults())


class Delays(unittest.TestCase):
    def test_nearest_rank(self):
        values = list(range(1, 101))
        self.assertEqual([ranked(values, share) for share in (0.5, 0.99, 1)], [50, 99, 100])
        self.assertIsNone(ranked([], 0.5))

    def test_an_early_answer_is_an_error_too(self):
        run = DelayRun(Plan(1, "1s", 1, 2, 0), 0, seen=[0.990, 1.001])
        self.assertAlmostEqual(run.error(1), 0.010)
        self.assertEqual(run.early, 1)
        self.assertFalse(exactness.bounds([run])[0].met)

    def test_an_unanswered_request_meets_nothing(self):
        run = DelayRun(Plan(1, "1s", 1, 2, 0), 0, seen=[1.0001], failed=1)
        self.assertFalse(exactness.bounds([run])[0].met)
        run.failed = 0
        self.assertTrue(exactness.bounds([run])[0].met)


class Standings(unittest.TestCase):
    def standing(self, subject, rate):
        round = Round(rate, 0.001, 0.002, 1e-5, 10, 20, 0.01, 1000, 0, 0)
        return Standing(subject, [round])

    def test_ratio_and_order(self):
        own = self.standing(hookassay("hookassay"), 50)
        own.recorded.append((1000, 1010))
        standings = [self.standing(NGINX_BARE, 100), self.standing(NGINX_LUA, 60), own]
        standings.append(self.standing(PEER_SUBJECTS[0], 40))
        self.assertTrue(all(bound.met for bound in throughput.bounds(standings, own.subject)))
        lines = tables.throughput_table(standings).splitlines()
        self.assertEqual([cells.split("|")[4].strip() for cells in lines[2:]], ["1.000", "0.600", "0.500", "0.400"])

    def test_a_faster_peer_is_told(self):
        own = self.standing(hookassay("hookassay"), 50)
        standings = [self.standing(NGINX_BARE, 100), own, self.standing(PEER_SUBJECTS[0], 60)]
        self.assertFalse(throughput.bounds(standings, own.subject)[1].met)

    def test_incomplete_evidence_is_told(self):
        own = self.standing(hookassay("hookassay"), 50)
        own.recorded.append((1000, 900))
        own.faults.append("900 requests in the evidence of 1000 answered ones")
        standings = [self.standing(NGINX_BARE, 100), own]
        self.assertIn("900", throughput.bounds(standings, own.subject)[1].measured)
        self.assertFalse(throughput.bounds(standings, own.subject)[1].met)


class Memory(unittest.TestCase):
    def test_growth(self):
        run = MemoryRun(10, samples=[(number / 10, 50e6 + number * 2e6) for number in range(1, 11)], afterwards=1)
        self.assertAlmostEqual(run.growth, 16e6)
        run.evidence = read_evidence("/dev/null")
        found = {bound.promise: bound.met for bound in memory.bounds(run)}
        self.assertEqual(list(found.values()), [True, False, False])


unittest.main()
