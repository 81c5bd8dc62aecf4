"""What becomes of the data of an event on its way, and of the headers that go with it."""

import json
import time

import bodies
import promises
from broken import mutant


@mutant("body.preserved", "contentspal/awkward-data claimable/awkward-data", reported="grnhse/greenhouse-api-docs#276")
class RoundsNumbers:
    """Numbers arrive with the digits they were handed over with."""

    def body(self, envelope):
        value = json.loads(bodies.compact(envelope))
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


@mutant("body.preserved", "claimable/awkward-data siteservicesnow/awkward-payload")
class SortsMembers:
    """The members of an object keep their order."""

    def body(self, envelope):
        def in_order(value):
            if isinstance(value, dict):
                return {name: in_order(value[name]) for name in sorted(value)}
            return [in_order(item) for item in value] if isinstance(value, list) else value

        return super().body(in_order(envelope))


@mutant("body.preserved", "oneclickcontractor/awkward-data siteservicesnow/awkward-payload")
class KnowsNothingButAscii:
    """Every character arrives as it was."""

    def body(self, envelope):
        return super().body(envelope).decode().encode("ascii", "replace")


@mutant("body.content-type", "jobber/accepted claimable/accepted")
class CallsItText:
    """The content type is that of the body."""

    def content_type(self):
        return "text/plain"


@mutant(
    "body.time-field-name", "jobber/era-b",
    also={"body.schema": "the schema of the era has the era's name of the time"},
)
class SpellsTheTimeRight:
    """Apps of an era get the time under the name they were written for."""

    def time_name(self):
        return "occurredAt"


@mutant("body.times", "contentspal/accepted")
class TellsWhenItHappened:
    """The time of a body is that of the dispatch."""

    def envelope(self, type, payload, *rest):
        return {**super().envelope(type, payload, *rest), "timestamp": payload["job"]["updatedAt"]}


@mutant(
    "body.times", "contentspal/accepted",
    also={"body.schema": "the schema asks for a time with its offset"},
)
class TellsLocalTime:
    """Times have their offset."""

    def envelope(self, type, payload, source, event_id, now):
        local = time.strftime("%Y-%m-%dT%H:%M:%S", time.localtime(now))
        return {**super().envelope(type, payload, source, event_id, now), "timestamp": local}


@mutant("body.conditional-fields", "claimable/performed-by")
class ShowsWhoOwnsTheToken:
    """The id of a user is sent for what a user did, and never for what came through the API."""

    def envelope(self, type, payload, *rest):
        return {**super().envelope(type, payload, *rest), "performed_by": payload["performed_by"]}


@mutant("body.conditional-fields", "contentspal/changes")
class ListsAllChanges:
    """The list of changes belongs to one event and names what is watched."""

    def envelope(self, type, payload, *rest):
        told = super().envelope(type, payload, *rest)
        return {**told, "changes": payload["changes"]} if "changes" in payload else told


@mutant("body.forbidden-data", "siteservicesnow/private-data")
class RevealsReps:
    """Nothing but the name is told of a rep."""

    def about_rep(self, data):
        return {**data, "fieldRepName": data.get("fieldRepName") or "Awaiting reassignment"}


@mutant(
    "body.forbidden-data", "siteservicesnow/rep-cleared",
    also={"body.schema": "the schema asks for a name that is not empty"},
)
class LeavesReplacedRepsEmpty:
    """A cleared rep is told by the words for it."""

    def about_rep(self, data):
        return {**super().about_rep(data), "fieldRepName": data.get("fieldRepName")}


@mutant(
    "body.schema", "contentspal/optional-fields",
    also={"body.preserved": "what was not handed over is there"},
)
class WritesNulls:
    """What an event does not have is left out."""

    def envelope(self, *event):
        told = super().envelope(*event)
        return {**told, "job": {"status": None, "customer": None, "insurance": None, **told["job"]}}


@mutant("event.names", "claimable/accepted")
class WritesNamesWithDashes:
    """Events have the names that the documents give."""

    def envelope(self, type, *rest):
        return super().envelope(type.replace("_", "-").replace(".", "-"), *rest)

    def event_header(self, type):
        return super().event_header(type.replace("_", "-").replace(".", "-"))


@mutant(
    "event.name-agrees", "claimable/accepted",
    also={"event.names": "the name in the header is none of the documented ones"},
)
class Contradicts:
    """The header and the body have the same name of the event."""

    def event_header(self, type):
        return super().event_header(type.upper())


@mutant(
    "event.name-unquoted", "claimable/accepted",
    also={"event.name-agrees event.names": "with quotes it is another text"},
)
class QuotesNames:
    """The name in the header has no quotes that do not belong to it."""

    def event_header(self, type):
        return json.dumps(type)


@mutant("event.id-agrees", "siteservicesnow/accepted")
class HasTwoIds:
    """The header and the body have the same id of the event."""

    def envelope(self, *event):
        return {**super().envelope(*event), "id": self.event_id()}


@mutant("headers.no-injection", "claimable/awkward-data")
class InjectsHeaders:
    """What is in an event never becomes a line of the head."""

    def own_headers(self, attempt):
        contact = json.loads(attempt.event.body).get("contact")
        return super().own_headers(attempt) + ([("X-Contact", contact["name"])] if contact else [])


@mutant("headers.user-agent", "contentspal/accepted")
class SaysPython:
    """The user agent is the documented one."""

    def user_agent(self):
        return "Python-urllib/3.11"


@mutant("headers.present-once", "siteservicesnow/accepted", reported="zapier/zapier-platform-cli#111")
class DoublesHeaders:
    """Every header of the documents is there once, whatever the case of its name."""

    def own_headers(self, attempt):
        return super().own_headers(attempt) + [("X-SSN-Event-Type", attempt.event.type)]


@mutant("headers.present-once", "siteservicesnow/server-error")
class LeavesOutTheDelivery:
    """Every header of the documents is there."""

    def own_headers(self, attempt):
        return [(name, value) for name, value in super().own_headers(attempt) if name != "x-ssn-delivery-id"]
