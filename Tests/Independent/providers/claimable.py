"""Claimable, "Webhook Events" in both editions: a request for each event, and not a word on what follows it."""

import promises

NAMES = (
    "claim.created", "claim.closed", "claim.reopened", "claim.label_added", "claim.label_removed", "claim.assigned",
    "claim.unassigned", "claim.switched_type", "contact.created",
)
RENAMED = {"claim.label_added": "claim.label.added", "claim.label_removed": "claim.label.removed"}
LATER = ("claim.deleted", "claim.damage.created", "claim.damage.deleted")


class Provider(promises.Promises):
    # The later edition renames two events, has three more and lets an endpoint take those of the interface only.
    # The example prints the name in quotes, which may or may not be meant.
    variants = ("renamed-events", "quoted-event-name")

    @property
    def events(self):
        if "renamed-events" in self.chosen:
            return tuple(RENAMED.get(name, name) for name in NAMES) + LATER
        return NAMES

    def is_wanted(self, endpoint, type, source):
        return super().is_wanted(endpoint, type, source) and endpoint.source in (None, source)

    def envelope(self, type, payload, source, event_id, now):
        told = {**payload, "event_name": type}
        if source is not None:
            told["source"] = source
        # "If source is api only performed_by.name is included."
        if told.get("source") != "ui" and isinstance(told.get("performed_by"), dict):
            told["performed_by"] = {key: value for key, value in told["performed_by"].items() if key != "user_id"}
        return told

    def own_headers(self, attempt):
        return [("Event-Name", self.event_header(attempt.event.type))]

    def event_header(self, type):
        return f'"{type}"' if "quoted-event-name" in self.chosen else type
