"""What becomes of many events, and of neighbours."""

import secrets
import threading

from broken import mutant


@mutant(
    "endpoints.do-not-wait-for-each-other", "claimable/hanging-neighbour",
    reported="rmyndharis/OpenWA#511 owncast/owncast#1504",
)
class DoesOneThingAtATime:
    """A receiver that hangs holds up nobody else."""

    def scheduling(self, schedule):
        class OneByOne(schedule):
            turn = threading.Lock()

            def _make(self, attempt):
                with self.turn:
                    super()._make(attempt)

        return OneByOne


@mutant(
    "burst.all-delivered-once", "siteservicesnow/sudden-volume jobber/sudden-volume",
    also={"delivery.arrives endpoint.subscription": "some accepted events never come"},
)
class DropsWhatIsTooMuch:
    """Every event of a burst that was accepted comes."""

    def scheduling(self, schedule):
        class Bounded(schedule):
            count = 0

            def publish(self, *event):
                self.count += 1
                return self.promises.event_id() if self.count % 20 == 0 else super().publish(*event)

        return Bounded


@mutant(
    "burst.all-delivered-once", "contentspal/burst jobber/sudden-volume",
    also={"retry.attempts retry.stops-on-success success.statuses": "a request follows the success"},
    reported="go-gitea/gitea#21558",
)
class TakesSomeTwice:
    """Every event of a burst comes once."""

    def scheduling(self, schedule):
        class Racing(schedule):
            count = 0

            def publish(self, *event):
                identifier = super().publish(*event)
                self.count += 1
                if self.count % 20 == 0:
                    self.store.run(
                        "insert into delivery (id, event, endpoint, url, state, due) "
                        "select ?, event, endpoint, url, 'pending', due from delivery where event = ? limit 1",
                        "dlv_" + secrets.token_hex(12), identifier,
                    )
                    self.wake()
                return identifier

        return Racing
