"""Site Services Now, "Webhooks": at least once, signed, with an id to deduplicate by."""

import promises
import signing

MINUTE, HOUR = 60, 3600


class Provider(promises.Promises):
    # "Supported event types".
    events = (
        "ticket.created", "rep.assigned", "job.scheduled", "schedule.updated", "job.dispatched", "job.completed",
        "deliverables.transmitted",
    )
    # "Event-specific behavior", and the setting API Enabled of the client.
    gates = {
        "api-enabled": None,
        "qa-passed": {"job.completed"},
        "date-entered": {"schedule.updated"},
        "before-dispatch": {"schedule.updated"},
    }
    # The algorithm is told, and not how the signature is written.
    variants = ("base64-signature",)
    # At least once; when the attempts are made is not told.
    waits = (4, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR)
    repeats_interrupted = True

    def occurrence(self, type, payload):
        # "A single created site visit should not produce duplicate ticket.created deliveries."
        return f"{type} {payload['resourceId']}" if type == "ticket.created" else None

    def envelope(self, type, payload, source, event_id, now):
        told = {**payload, "id": event_id, "type": type}
        told.setdefault("occurredAt", promises.utc(now))
        if type == "rep.assigned":
            told["data"] = self.about_rep(payload.get("data") or {})
        return told

    def about_rep(self, data):
        # "The payload includes fieldRepName only"; and when nobody is assigned, these words.
        told = without_private(data)
        told["fieldRepName"] = told.get("fieldRepName") or "Awaiting reassignment"
        return told

    def own_headers(self, attempt):
        headers = [
            ("x-ssn-event-id", attempt.event.id),
            ("x-ssn-event-type", attempt.event.type),
            ("x-ssn-delivery-id", attempt.delivery),
            ("x-ssn-attempt", self.attempt_number(attempt)),
        ]
        if attempt.endpoint.secret:
            headers += [("x-ssn-signature", self.signature(attempt)), ("x-ssn-signature-alg", self.algorithm())]
        return headers

    def attempt_number(self, attempt):
        return str(attempt.number)

    def algorithm(self):
        return "hmac-sha256"

    def signature(self, attempt):
        write = signing.in_base64 if "base64-signature" in self.chosen else signing.in_hex
        return write(attempt.endpoint.secret, attempt.event.body)


def is_private(name):
    """Whether a member tells more of a rep than the name: e-mail, phone, an id in the app, or the person as such."""
    name = name.lower()
    about_rep = name.startswith(("fieldrep", "rep")) and name != "fieldrepname"
    return about_rep or "email" in name or "phone" in name or name.endswith("appid")


def without_private(value):
    if isinstance(value, dict):
        return {name: without_private(member) for name, member in value.items() if not is_private(name)}
    return [without_private(item) for item in value] if isinstance(value, list) else value
