"""Signatures that no receiver can verify, or that prove less than they seem to."""

import json
from dataclasses import replace

from broken import mutant


def with_body(attempt, body):
    return replace(attempt, event=replace(attempt.event, body=body))


@mutant(
    "signature.bytes", "contentspal/accepted siteservicesnow/accepted jobber/accepted",
    reported="netalertx/NetAlertX#1720 prebid/salesagent#1441",
)
class SignsAnotherSpelling:
    """What is signed are the bytes that are sent."""

    def signature(self, attempt):
        return super().signature(with_body(attempt, json.dumps(json.loads(attempt.event.body)).encode()))


@mutant(
    "signature.bytes", "jobber/awkward-payload",
    reported="box/box-python-sdk-gen#596 jonpulice/node-shopify-auth#2",
)
class EscapesBeforeItSigns:
    """Characters beyond ASCII are signed as they are sent."""

    def signature(self, attempt):
        body = attempt.event.body.decode()
        escaped = "".join(letter if letter < "\x7f" else f"\\u{ord(letter):04x}" for letter in body)
        return super().signature(with_body(attempt, escaped.encode()))


@mutant(
    "signature.encoding", "contentspal/accepted",
    also={"signature.bytes": "receivers compare texts, and this is another one"},
    reported="microsoft/onefuzz#2471",
)
class WritesUpperHex:
    """A signature in hex has lower-case letters."""

    def signature(self, attempt):
        prefix, _, digits = super().signature(attempt).partition("=")
        return f"{prefix}={digits.upper()}"


@mutant(
    "signature.encoding", "jobber/accepted jobber/era-a",
    also={"signature.bytes": "receivers compare texts, and this is another one"},
)
class WritesUrlSafeBase64:
    """A signature in base64 has the standard alphabet, and its padding."""

    def signature(self, attempt):
        return super().signature(attempt).translate(str.maketrans("+/", "-_")).rstrip("=")


@mutant(
    "signature.content", "jobber/era-a",
    also={"signature.bytes": "it does not verify over what is promised to be signed"},
)
class SignsTheForm:
    """What is signed of a form is the JSON of its envelope."""

    def signed(self, attempt):
        return attempt.event.body


@mutant(
    "signature.own-secret", "siteservicesnow/one-fails jobber/chosen-topics",
    also={"signature.bytes": "it does not verify with the endpoint's own secret"},
)
class HasOneSecretForAll:
    """Every endpoint has a secret of its own."""

    secret = None

    def signature(self, attempt):
        type(self).secret = self.secret or attempt.endpoint.secret
        return super().signature(replace(attempt, endpoint=replace(attempt.endpoint, secret=self.secret)))


@mutant("signature.absent-without-secret", "contentspal/without-secret")
class SignsWithNothing:
    """Without a secret there is no signature."""

    def own_headers(self, attempt):
        endpoint = attempt.endpoint
        return super().own_headers(replace(attempt, endpoint=replace(endpoint, secret=endpoint.secret or "none")))


@mutant("signature.algorithm-header", "siteservicesnow/accepted")
class NamesAnotherAlgorithm:
    """The header that names the algorithm is true."""

    def algorithm(self):
        return "hmac-sha1"
