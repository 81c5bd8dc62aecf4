"""When an event is tried again, how often, and with what."""

import json
from dataclasses import replace

from broken import mutant


@mutant(
    "retry.none", "contentspal/server-error contentspal/not-found",
    also={"retry.attempts": "there is one attempt more than promised"},
)
class RetriesFireAndForget:
    """A failed delivery is not tried again."""

    waits = (2,)


@mutant("retry.attempts", "oneclickcontractor/exhausted")
class TriesAFourthTime:
    """After three failures nothing is tried again."""

    waits = (300, 600, 600)


@mutant(
    "retry.attempts", "oneclickcontractor/exhausted",
    also={
        "retry.failure-classes success.statuses": "the second failure is not tried again, as if it were none or final",
    },
    reported="fenilsonani/email-server#36",
)
class GivesUpAfterTwo:
    """A failing delivery is tried three times."""

    waits = (300,)


@mutant(
    "retry.gaps", "oneclickcontractor/exhausted oneclickcontractor/third-time-lucky",
    reported="frain-dev/convoy#2110",
)
class SwapsTheWaits:
    """The second attempt comes after 5 minutes and the third after 10."""

    waits = (600, 300)


@mutant("retry.gaps", "oneclickcontractor/hang-retried")
class CountsFromTheStart:
    """A wait counts from the failure of the attempt before it."""

    def next_attempt(self, attempt, outcome, ended_at):
        return super().next_attempt(attempt, outcome, attempt.began_at)


@mutant(
    "retry.failure-classes", "oneclickcontractor/every-failure",
    also={"retry.attempts success.statuses": "there are fewer attempts than promised, as after a success"},
)
class GivesUpOnClientErrors:
    """A 4xx is tried again like every other failure."""

    def next_attempt(self, attempt, outcome, ended_at):
        if outcome.status is not None and 400 <= outcome.status < 500:
            return None
        return super().next_attempt(attempt, outcome, ended_at)


@mutant(
    "retry.failure-classes", "oneclickcontractor/hang-retried",
    also={"retry.attempts": "there are fewer attempts than promised"},
)
class GivesUpOnTimeouts:
    """What timed out is sent again."""

    def next_attempt(self, attempt, outcome, ended_at):
        return None if outcome.failure == "timed out" else super().next_attempt(attempt, outcome, ended_at)


@mutant(
    "retry.attempt-number", "siteservicesnow/server-error",
    also={"transport.one-request-per-attempt": "two requests have one number, as repeated ones have"},
)
class AlwaysSaysOne:
    """The number of the attempt counts on."""

    def attempt_number(self, attempt):
        return "1"


@mutant("retry.same-payload", "oneclickcontractor/taken-on-retry", reported="8x8/jaas_demo#8")
class WritesRetriesAnew:
    """A retry brings the event as it was."""

    def exchange(self, order, attempt):
        if attempt.number > 1:
            order.body = json.dumps(json.loads(order.body)).encode()
        return super().exchange(order, attempt)


@mutant(
    "dedup.natural-key-stable", "jobber/server-error",
    also={"body.times": "it lies after the arrival"},
)
class DatesRetriesAnew:
    """The fields by which receivers know an event again stay what they were."""

    def exchange(self, order, attempt):
        if attempt.number > 1:
            told = json.loads(attempt.event.body)
            told["data"]["webHookEvent"]["occurredAt"] = "2030-01-01T00:00:00+00:00"
            order.body = self.body(told)
            order.headers = self.headers(replace(attempt, event=replace(attempt.event, body=order.body)))
        return super().exchange(order, attempt)


@mutant(
    "dedup.key-stable", "siteservicesnow/server-error",
    also={"event.id-agrees": "the body keeps the id that the header loses"},
    reported="go-gitea/gitea#9183",
)
class NamesEveryAttempt:
    """All attempts have the id of their event."""

    def own_headers(self, attempt):
        return super().own_headers(replace(attempt, event=replace(attempt.event, id=self.event_id())))


@mutant("dedup.keys-differ", "siteservicesnow/accepted")
class NamesEventsAfterTheirKind:
    """No two events have one id."""

    def envelope(self, type, payload, source, event_id, now):
        return super().envelope(type, payload, source, "evt_" + payload["resourceType"], now)

    def own_headers(self, attempt):
        known = json.loads(attempt.event.body)["id"]
        return super().own_headers(replace(attempt, event=replace(attempt.event, id=known)))


@mutant(
    "retry.stops-on-success", "siteservicesnow/accepted jobber/accepted",
    also={
        "transport.one-request-per-attempt log.every-request":
            "the second request is one more than is promised and logged",
        "retry.attempt-number": "the second request has the number of the first",
        "success.statuses": "the success is followed by a request",
    },
)
class SendsEverythingTwice:
    """Nothing follows a success."""

    def exchange(self, order, attempt):
        outcome = super().exchange(order, attempt)
        return super().exchange(order, attempt) if self.succeeded(outcome) else outcome


@mutant(
    "retry.only-the-failing-endpoint", "siteservicesnow/one-fails jobber/one-fails",
    also={"retry.stops-on-success success.statuses": "a request follows the success"},
    reported="prometheus/alertmanager#1494 MainfluxLabs/mainflux#1332",
)
class TriesAllAgain:
    """Only the endpoint that failed gets the event again."""

    def scheduling(self, schedule):
        class EventByEvent(schedule):
            def _make(self, attempt):
                super()._make(attempt)
                waiting = "from delivery where state = 'pending' and event = ?"
                self.store.run(
                    f"update delivery set state = 'pending', due = (select min(due) {waiting}) "
                    f"where event = ? and state = 'delivered' and exists (select * {waiting})",
                    attempt.event.id, attempt.event.id, attempt.event.id,
                )
                self.wake()

        return EventByEvent


@mutant("publication.once", "siteservicesnow/published-twice", reported="frain-dev/convoy#2747")
class TellsOfEveryPublication:
    """One created visit is told once, though two paths publish it."""

    def occurrence(self, type, payload):
        return None
