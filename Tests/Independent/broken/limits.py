"""How long an answer may take, and what counts as one."""

from broken import mutant
from sending import Deadline


class NeverOver(Deadline):
    """A limit for each wait, and for nothing else."""

    def __init__(self, seconds):
        self.seconds = seconds

    def left(self):
        return self.seconds


@mutant(
    "limit.total limit.slow-head", "contentspal/dripped contentspal/dripped-head jobber/dripped-past-the-limit",
    also={
        "limit.kept limit.late-answer-is-failure": "the answer was complete after the limit, and counted",
        "log.failures-shown exhausted.visible":
            "a failure was taken for a success, and is neither tried again nor logged as one",
    },
    reported="botiverse/hands#348",
)
class RenewsTheLimit:
    """The limit is for the whole answer, however steadily it drips."""

    def deadline(self):
        return NeverOver(self.limit)


@mutant("limit.kept", "contentspal/hang jobber/network-timeout", reported="prometheus/alertmanager#2657")
class HasAllTheTimeInTheWorld:
    """A receiver that does not answer is given up at the limit."""

    def deadline(self):
        return Deadline(24 * 3600)


@mutant("limit.kept", "contentspal/in-time jobber/just-under-the-limit")
class HangsUpEarly:
    """An answer within the limit is in time."""

    def deadline(self):
        return Deadline(self.limit / 2)


@mutant(
    "limit.late-answer-is-failure", "contentspal/too-late jobber/just-over-the-limit",
    also={
        "limit.kept": "the attempt was open past the limit",
        "log.failures-shown exhausted.visible":
            "a failure was taken for a success, and is neither tried again nor logged as one",
    },
)
class WaitsTwiceAsLong:
    """An answer after the limit is none."""

    def deadline(self):
        return Deadline(self.limit * 2)


@mutant(
    "failure.no-answer-is-failure", "contentspal/closed-inside-answer jobber/connection-lost",
    also={
        "log.failures-shown exhausted.visible":
            "a failure was taken for a success, and is neither tried again nor logged as one",
    },
)
class TakesHalfAnAnswer:
    """An answer that breaks off is none."""

    def succeeded(self, outcome):
        return super().succeeded(outcome) or outcome.failure in ("answer broke off", "connection reset")


@mutant(
    "failure.no-answer-is-failure", "contentspal/closed oneclickcontractor/every-failure",
    also={
        "log.failures-shown exhausted.visible retry.attempts retry.failure-classes failure.invalid-response":
            "a failure was taken for a success, and is neither tried again nor logged as one",
    },
)
class TakesSilenceForConsent:
    """A connection that is closed without an answer is a failure."""

    def succeeded(self, outcome):
        return super().succeeded(outcome) or outcome.failure == "no answer"


@mutant(
    "redirect.not-logged-as-delivered success.statuses", "oneclickcontractor/redirect oneclickcontractor/every-failure",
    also={
        "log.failures-shown redirect.without-location-fails retry.attempts retry.failure-classes":
            "a failure was taken for a success, and is neither tried again nor logged as one",
    },
)
class TakesLessThan400:
    """A redirect is a failed delivery."""

    def succeeded(self, outcome):
        return outcome.status is not None and 200 <= outcome.status < 400


@mutant(
    "redirect.without-location-fails", "contentspal/not-modified oneclickcontractor/every-failure",
    also={
        "log.failures-shown exhausted.visible retry.attempts retry.failure-classes success.statuses":
            "a failure was taken for a success, and is neither tried again nor logged as one",
    },
)
class TakesNotModified:
    """304 is no 2xx, and a failed delivery."""

    def succeeded(self, outcome):
        return super().succeeded(outcome) or outcome.status == 304


@mutant(
    "success.statuses", "oneclickcontractor/any-2xx siteservicesnow/any-2xx",
    also={"retry.stops-on-success success.body-ignored": "a success was taken for a failure, and sent again"},
    reported="hookdeck/outpost#611",
)
class WantsExactly200:
    """Every 2xx is a success."""

    def succeeded(self, outcome):
        return outcome.status == 200


@mutant(
    "success.body-ignored", "contentspal/error-in-body siteservicesnow/any-2xx",
    also={"retry.stops-on-success success.statuses": "a success was taken for a failure, and sent again"},
)
class ReadsAnswers:
    """Only the status says whether a delivery succeeded."""

    def succeeded(self, outcome):
        return super().succeeded(outcome) and b"error" not in outcome.body
