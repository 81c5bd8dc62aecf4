"""What is left after the process has died, or was asked to end."""

import secrets
import threading
import time

from broken import mutant


@mutant(
    "crash.accepted-is-delivered", "siteservicesnow/killed-with-a-queue jobber/killed-with-a-queue",
    reported="go-gitea/gitea#7404 mohamedboukari/bunmail#30",
)
class QueuesInMemory:
    """What was accepted is on the disk."""

    def scheduling(self, schedule):
        class Later(schedule):
            def publish(self, *event):
                threading.Timer(0.05, super().publish, event).start()
                return None

        return Later


@mutant(
    "crash.resent-with-same-key", "jobber/killed-midway siteservicesnow/killed-midway",
    also={"crash.accepted-is-delivered": "the event was accepted and is lost"},
)
class ForgetsTheInterrupted:
    """An attempt that a crash interrupted is made again."""

    repeats_interrupted = False


@mutant("crash.at-most-once", "contentspal/killed")
class RepeatsTheInterrupted:
    """Best effort is once at most."""

    def is_repeated(self, number):
        return True


@mutant("crash.retry-when-due", "oneclickcontractor/killed-while-waiting")
class HurriesAfterCrashes:
    """A retry keeps its time through a crash."""

    def due_after_crash(self, due):
        return time.time()


@mutant("crash.retry-when-due", "oneclickcontractor/killed-while-waiting")
class WaitsAnewAfterCrashes:
    """A retry does not begin to wait again because of a crash."""

    def due_after_crash(self, due):
        return time.time() + self.waits[0]


@mutant("stop.keeps-accepted", "jobber/stopped siteservicesnow/stopped", reported="rmyndharis/OpenWA#1614")
class FailsEverythingWhenStopped:
    """What waits when the dispatcher is asked to end comes after its next start."""

    def scheduling(self, schedule):
        class Tidy(schedule):
            def stop(self):
                self.store.run("update delivery set state = 'failed' where state = 'pending'")
                super().stop()

        return Tidy


@mutant("publication.once", "siteservicesnow/killed-between-publications")
class RemembersPublicationsInMemory:
    """One created visit is told once, also when the process died in between."""

    process = secrets.token_hex(4)

    def occurrence(self, type, payload):
        known = super().occurrence(type, payload)
        return known and f"{known} {self.process}"
