"""One Click Contractor, "GAF Project webhooks" and "Webhook documentation": three attempts, and a log of them all."""

import time

import promises

MINUTE = 60


class Provider(promises.Promises):
    # "Creating a Webhook"; the names on the wire are not told, these follow the kinds of the list.
    events = (
        "job.created", "job.updated", "job.assigned", "job.image_created", "job.document_created",
        "job.status_changed", "estimate.created", "estimate.updated", "signed_document.signed",
        "signable_document.signed",
    )
    # The endpoint is set up with HTTP Basic; whether credentials are there says so already.
    variants = ("basic-auth",)
    # "We do NOT send webhooks to non-secure URLs."
    https_only = True
    # "By default, when you create a webhook, it will be in a deactivated state."
    starts_active = False
    # "Webhook Attempts": each wait counts from the failure before it, and three failures are the end.
    waits = (5 * MINUTE, 10 * MINUTE)
    # Nothing is said of crashes. An event that has attempts left was not delivered yet.
    repeats_interrupted = True

    def when_switched_on(self, endpoint):
        # "Once you've toggled it to the On position, the system will then generate a payload to your endpoint."
        type = (endpoint.events or self.events)[0]
        return type, {"type": type, "timestamp": promises.utc(time.time()), "data": {"id": "example"}}

    def envelope(self, type, payload, source, event_id, now):
        told = {**payload, "type": type}
        told.setdefault("timestamp", promises.utc(now))
        return told
