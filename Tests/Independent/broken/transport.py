"""What libraries do when nobody tells them not to."""

import ssl
import urllib.parse

from broken import mutant


@mutant(
    "redirect.not-followed", "contentspal/temporary-redirect oneclickcontractor/redirect",
    also={
        "transport.one-request-per-attempt retry.none retry.attempts retry.gaps log.every-attempt log.every-request":
            "the request at the other place is one more than is promised and logged",
        "request.method-and-target": "it goes to another place than the configured one",
        "exhausted.visible": "the answer at the other place ends the delivery in the log",
    },
)
class FollowsRedirects:
    """A redirect is an answer and is not followed."""

    def exchange(self, order, attempt):
        outcome = super().exchange(order, attempt)
        if outcome.status in (307, 308):
            order.url = urllib.parse.urljoin(order.url, dict(outcome.headers)["Location"])
            outcome = super().exchange(order, attempt)
        return outcome


@mutant(
    "redirect.not-followed", "contentspal/redirect",
    also={
        "transport.one-request-per-attempt retry.none retry.attempts retry.gaps log.every-attempt log.every-request":
            "the request at the other place is one more than is promised and logged",
        "request.method-and-target": "it is a GET, and goes to another place than the configured one",
        "body.content-type body.schema retry.same-payload signature.bytes signature.every-size body.decimals":
            "it has no body",
        "exhausted.visible": "the answer at the other place ends the delivery in the log",
    },
    reported="MrZoller/vantage-point#49 formancehq/ledger#1990",
)
class TurnsRedirectsIntoGets:
    """A redirect is a failed delivery."""

    def exchange(self, order, attempt):
        outcome = super().exchange(order, attempt)
        if outcome.status in (301, 302, 303):
            order.url = urllib.parse.urljoin(order.url, dict(outcome.headers)["Location"])
            order.method, order.body = "GET", b""
            outcome = super().exchange(order, attempt)
        return outcome


@mutant("transport.certificates", "contentspal/self-signed contentspal/expired oneclickcontractor/bad-certificates")
class TrustsAnyCertificate:
    """Nothing is sent to a receiver whose certificate does not verify."""

    def tls(self, trust_store):
        context = super().tls(trust_store)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context


@mutant("transport.certificates", "contentspal/wrong-host oneclickcontractor/bad-certificates")
class IgnoresHostNames:
    """A certificate has to be that of the URL's host."""

    def tls(self, trust_store):
        context = super().tls(trust_store)
        context.check_hostname = False
        return context


@mutant("transport.https-only", "contentspal/http-url oneclickcontractor/http-url")
class TakesPlainUrls:
    """Nothing is sent to URLs that are not secure."""

    https_only = False


@mutant(
    "transport.one-request-per-attempt", "contentspal/reset contentspal/closed siteservicesnow/connection-lost",
    also={
        "log.every-request retry.attempts retry.none": "the second request is one more than is promised and logged",
        "retry.attempt-number": "the second request has the number of the first",
    },
    reported="gitlabhq/gitlabhq#9893",
)
class RepeatsBrokenRequests:
    """An attempt is one request, also when the connection breaks."""

    def exchange(self, order, attempt):
        outcome = super().exchange(order, attempt)
        if outcome.failure in ("connection reset", "no answer"):
            outcome = super().exchange(order, attempt)
        return outcome


@mutant("request.method-and-target", "contentspal/accepted claimable/accepted jobber/exact-target")
class TidiesTargets:
    """A delivery goes to exactly the URL that was configured."""

    def exchange(self, order, attempt):
        parts = urllib.parse.urlsplit(order.url)
        query = urllib.parse.urlencode(sorted(urllib.parse.parse_qsl(parts.query)))
        path = urllib.parse.quote(urllib.parse.unquote(parts.path))
        order.url = urllib.parse.urlunsplit((parts.scheme, parts.netloc, path, query, ""))
        return super().exchange(order, attempt)


@mutant("request.method-and-target", "contentspal/accepted jobber/accepted")
class SendsPut:
    """Deliveries are POST requests."""

    def exchange(self, order, attempt):
        order.method = "PUT"
        return super().exchange(order, attempt)


@mutant("request.length", "claimable/accepted contentspal/awkward-data")
class TellsTwoLengths:
    """A request has one way of telling where its body ends."""

    def exchange(self, order, attempt):
        order.headers = [*order.headers, ("Transfer-Encoding", "chunked")]
        order.body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(order.body), order.body)
        return super().exchange(order, attempt)


@mutant("latency.first-attempt", "oneclickcontractor/exhausted")
class Lingers:
    """A delivery starts a couple of minutes after its event at the latest."""

    def scheduling(self, schedule):
        class Lingering(schedule):
            def wake(self):
                as_made = "due <= (select created_at from event e where e.id = event)"
                self.store.run(f"update delivery set due = due + 180 where {as_made}")
                super().wake()

        return Lingering
