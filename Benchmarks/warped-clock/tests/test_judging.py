"""The benchmark's own judge must notice what it is there to notice."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measuring.judging import Attempt, Run, judge
from measuring.scripts import SCHEDULE, SLOW

PAUSES = (300, 600)
BOUND = 0.002


def answered(at, status, after=0.0):
    return Attempt(at, at + after, at + after, "receiver", status)


def given_up(at, after):
    return Attempt(at, None, at + after, "dispatcher")


def of_schedule(first=300.0, second=600.0, **counts):
    arrivals = [0, first, first + second]
    attempts = [answered(at, status) for at, status in zip(arrivals, (503, 503, 200))]
    return Run([attempts], 0.1, **counts)


def of_slow(first=29.5, second=30.0):
    attempts = [answered(0, 503, first), given_up(first + 300, second), answered(first + second + 900, 200, 1)]
    return Run([attempts], 0.1)


class Judging(unittest.TestCase):
    def kind(self, run, script=SCHEDULE):
        return judge(run, script, PAUSES, BOUND).kind

    def test_gaps_within_the_bound_are_right(self):
        self.assertEqual(self.kind(of_schedule(300.0019, 599.9981)), "right")

    def test_a_gap_beyond_the_bound_is_wrong_in_either_direction(self):
        self.assertEqual(self.kind(of_schedule(first=300.0021)), "wrong")
        self.assertEqual(self.kind(of_schedule(second=599.9979)), "wrong")

    def test_a_forced_step_leaves_every_run_inconclusive(self):
        self.assertEqual(self.kind(of_schedule(forced=1)), "inconclusive")
        self.assertEqual(self.kind(of_schedule(first=310, forced=1)), "inconclusive")

    def test_a_missing_attempt_is_wrong(self):
        run = of_schedule()
        run.deliveries[0].pop()
        self.assertEqual(self.kind(run), "wrong")
        self.assertEqual(self.kind(Run([], 0.1)), "wrong")

    def test_the_give_up_may_lie_five_milliseconds_from_the_limit(self):
        self.assertEqual(self.kind(of_slow(second=30.0049), SLOW), "right")
        self.assertEqual(self.kind(of_slow(second=30.0051), SLOW), "wrong")
        self.assertEqual(self.kind(of_slow(second=29.9949), SLOW), "wrong")

    def test_a_late_answer_of_the_receiver_is_wrong(self):
        self.assertEqual(self.kind(of_slow(first=29.502), SLOW), "wrong")

    def test_giving_up_an_answer_that_was_in_time_is_wrong(self):
        run = of_slow()
        run.deliveries[0][0] = given_up(0, 29.4)
        self.assertEqual(self.kind(run, SLOW), "wrong")

    def test_a_failed_command_is_not_judged(self):
        self.assertEqual(self.kind(Run([], 0.1, failure="exit code 3")), "failed")


if __name__ == "__main__":
    unittest.main()
