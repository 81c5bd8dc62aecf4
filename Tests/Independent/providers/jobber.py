"""Jobber, "Setting up Webhooks", in the three eras of apps: at least once, with a second to answer."""

import bodies
import promises
import signing

MINUTE, HOUR = 60, 3600


class Provider(promises.Promises):
    # CLIENT_X stands in the guide, APP_DISCONNECT in Jobber's own app template.
    events = ("CLIENT_CREATE", "CLIENT_UPDATE", "CLIENT_DESTROY", "APP_DISCONNECT")
    # "You must have the appropriate read scope for that topic."
    gates = {"read-scope": None}
    # era-a: apps created before April 11, 2022, which get forms. era-b: before December 8, 2023, which get JSON with
    # the time under its old name; era-a has that name too.
    variants = ("era-a", "era-b")
    # "Webhook requests must be responded to within 1 second of receipt."
    limit = 1
    # "At-least-once delivery"; when it is sent again is not told.
    waits = (3, 30, 5 * MINUTE, HOUR, 12 * HOUR)
    repeats_interrupted = True

    def time_name(self):
        return "occuredAt" if self.chosen else "occurredAt"

    def envelope(self, type, payload, source, event_id, now):
        told = dict(payload["data"]["webHookEvent"])
        if "topic" in told:
            told["topic"] = type
        # The field keeps its place whatever it is called.
        names = {"occuredAt": self.time_name(), "occurredAt": self.time_name()}
        told = {names.get(name, name): value for name, value in told.items()}
        return {"data": {"webHookEvent": {"topic": type, **told}}}

    def content_type(self):
        return "application/x-www-form-urlencoded" if "era-a" in self.chosen else "application/json"

    def body(self, envelope):
        return bodies.form(envelope).encode() if "era-a" in self.chosen else super().body(envelope)

    def own_headers(self, attempt):
        if not attempt.endpoint.secret:
            return []
        return [("X-Jobber-Hmac-SHA256", self.signature(attempt))]

    def signature(self, attempt):
        return signing.in_base64(attempt.endpoint.secret, self.signed(attempt))

    def signed(self, attempt):
        """The bytes that are signed: the body; of a form, the JSON that Jobber's app template makes of it."""
        if "era-a" not in self.chosen:
            return attempt.event.body
        return bodies.compact(bodies.read_form(attempt.event.body.decode())).encode()
