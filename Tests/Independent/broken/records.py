"""What the log shows, what is printed, and who sees credentials."""

import json
from dataclasses import replace

from broken import mutant


@mutant("secrets.not-in-output", "oneclickcontractor/basic-auth", reported="Agenta-AI/agenta#3988")
class PrintsHeaders:
    """Credentials are not printed."""

    def said(self, attempt, outcome):
        return f"{super().said(attempt, outcome)}; sent {self.headers(attempt)}"


@mutant("secrets.not-in-output", "contentspal/accepted siteservicesnow/accepted", reported="opsmill/infrahub#9810")
class PrintsEndpoints:
    """Secrets are not printed."""

    def said(self, attempt, outcome):
        return f"{super().said(attempt, outcome)}; {attempt.endpoint}"


@mutant("auth.basic-exact", "oneclickcontractor/basic-auth")
class ForgetsToEncode:
    """Credentials are sent as RFC 7617 has it."""

    def headers(self, attempt):
        plain = f"Basic {attempt.endpoint.user}:{attempt.endpoint.password}"
        return [(name, plain if name == "Authorization" else value) for name, value in super().headers(attempt)]


@mutant(
    "auth.basic-exact", "oneclickcontractor/no-auth",
    also={"secrets.not-in-output": "the password of one endpoint goes to another"},
    reported="langwatch/langwatch#5807",
)
class SharesCredentials:
    """Credentials go to the endpoint that has them and to no other."""

    known = None

    def headers(self, attempt):
        endpoint = attempt.endpoint
        if endpoint.user is not None:
            type(self).known = endpoint.user, endpoint.password
        elif self.known:
            endpoint = replace(endpoint, user=self.known[0], password=self.known[1])
        return super().headers(replace(attempt, endpoint=endpoint))


@mutant(
    "log.every-attempt", "oneclickcontractor/exhausted",
    also={"log.every-request transport.one-request-per-attempt": "more requests came than the log has attempts"},
)
class LogsTheLastAttempt:
    """The log has every attempt."""

    def logged(self, entry):
        return None if entry["next_attempt_at"] else super().logged(entry)


@mutant("log.every-attempt", "oneclickcontractor/delivery-log")
class LogsNoHeaders:
    """The log shows the headers of every answer."""

    def logged(self, entry):
        return super().logged({**entry, "response_headers": None})


@mutant("log.every-attempt", "oneclickcontractor/delivery-log")
class GarblesAnswers:
    """The log shows what came back."""

    def logged(self, entry):
        return super().logged({**entry, "response_body": (entry["response_body"] or "").swapcase()})


@mutant("log.event-fields", "oneclickcontractor/delivery-log")
class PrintsPayloadsPrettily:
    """The log shows the payload as it was sent."""

    def listed(self, entry):
        return super().listed({**entry, "payload": json.dumps(json.loads(entry["payload"]), indent=2)})


@mutant(
    "log.failures-shown", "oneclickcontractor/delivery-log",
    also={"log.every-attempt log.event-fields": "what failed has no record at all"},
)
class HidesFailures:
    """The log shows what failed."""

    def listed(self, entry):
        return super().listed(entry) if entry["state"] == "delivered" else None


@mutant(
    "log.failures-shown", "contentspal/server-error oneclickcontractor/several-endpoints",
    also={
        "exhausted.visible failure.no-answer-is-failure failure.invalid-response success.statuses":
            "the log calls failures delivered",
    },
)
class CallsEverythingDelivered:
    """The log does not call a failure a success."""

    def logged(self, entry):
        return super().logged({**entry, "outcome": "succeeded"})


@mutant("exhausted.visible", "oneclickcontractor/exhausted")
class LeavesTheEndOpen:
    """An event that is given up is seen to be."""

    def logged(self, entry):
        return super().logged({**entry, "outcome": "under way"} if not entry["next_attempt_at"] else entry)
