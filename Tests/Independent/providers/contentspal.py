"""ContentsPal, "Webhooks - API Reference": fire and forget, to one endpoint, signed when there is a secret."""

import promises
import signing

WATCHED = {"jobName", "settings.customer", "settings.insurance"}


class Provider(promises.Promises):
    # "Events", "Watched Fields".
    events = ("job.created", "job.updated", "job.deleted")
    # "Events": only jobs linked to the organization.
    gates = {"organization-link": None}
    # "Configuration": an HTTPS URL, in a single field of the organization's settings.
    https_only = True
    one_endpoint = True
    # "HTTP Request".
    limit = 30
    # "Error Handling": no retries, so `waits` stays empty, and what a crash interrupts is not repeated.

    def user_agent(self):
        return "ContentsPal-Webhook/1.0"

    def is_held_back(self, type, payload, closed_gates):
        # A job is updated when something changed that is watched.
        nothing_changed = type == "job.updated" and not self.watched_changes(payload)
        return nothing_changed or super().is_held_back(type, payload, closed_gates)

    def watched_changes(self, payload):
        return [change for change in payload.get("changes") or [] if change.get("field") in WATCHED]

    def envelope(self, type, payload, source, event_id, now):
        # The time is that of the dispatch, and not of what happened.
        told = {**payload, "event": type, "timestamp": promises.utc(now)}
        told.pop("changes", None)
        if type == "job.updated":
            told["changes"] = self.watched_changes(payload)
        return told

    def own_headers(self, attempt):
        headers = [("X-Webhook-Event", attempt.event.type)]
        if attempt.endpoint.secret:
            headers.append(("X-Webhook-Signature", self.signature(attempt)))
        return headers

    def signature(self, attempt):
        # "Verifying Signatures".
        return "sha256=" + signing.in_hex(attempt.endpoint.secret, attempt.event.body)
