"""Makes a request over a line and reads the whole answer; whatever goes wrong becomes an outcome with a name."""

import http.client
import io
import socket
import ssl
import urllib.parse

import addresses
from sending import KEPT_OF_AN_ANSWER, MOST_OF_AN_ANSWER, Line, Outcome


def exchange(order):
    """Sends an order once. A redirect is an answer like any other and is not followed."""
    parts = urllib.parse.urlsplit(order.url)
    line = None
    try:
        line = Line(parts, order)
        line.send(head(parts, order) + order.body)
        return read(line, order.method)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Outcome(failure=kind(error), error=f"{type(error).__name__}: {error}"[:500])
    finally:
        if line:
            line.hang_up()


def head(parts, order):
    """The head of the request; the target stands in it byte for byte as it stands in the URL."""
    target = (parts.path or "/") + ("?" + parts.query if parts.query else "")
    fixed = [("Host", parts.netloc), ("Connection", "close")]
    fixed += [("Content-Length", str(len(order.body)))] if order.has_length else []
    lines = [f"{name}: {value}" for name, value in fixed + order.headers]
    return "\r\n".join([f"{order.method} {target} HTTP/1.1", *lines, "", ""]).encode("latin-1")


class Source(io.BufferedReader):
    """What http.client wants of a socket. It takes the end of a connection for the end of a head, so that is noted."""

    last_line = None

    def makefile(self, _mode):
        return self

    def readline(self, *limit):
        self.last_line = super().readline(*limit)
        return self.last_line


def read(line, method):
    """Reads the final answer to its last byte."""
    source = Source(line)
    while True:
        response = http.client.HTTPResponse(source, method=method)
        response.begin()
        if not source.last_line:
            raise http.client.IncompleteRead(b"")
        if response.status >= 200:
            break
    lengths = set(response.headers.get_all("Content-Length", []))
    if len(lengths) > 1 or any(not length.strip().isdigit() for length in lengths):
        raise http.client.HTTPException("the answer has no certain length")
    kept, count = b"", 0
    while piece := response.read(65536):
        count += len(piece)
        if count > MOST_OF_AN_ANSWER:
            raise http.client.HTTPException("the answer is too long")
        kept += piece[: KEPT_OF_AN_ANSWER - len(kept)]
    if response.length:
        raise http.client.IncompleteRead(kept, response.length)
    return Outcome(status=response.status, headers=list(response.headers.items()), body=kept)


def kind(error):
    """What a failure is called in the log. The order matters: some of these are kinds of others."""
    for types, name in [
        (addresses.AddressRefused, "address refused"),
        (TimeoutError, "timed out"),
        (socket.gaierror, "name not resolved"),
        (http.client.RemoteDisconnected, "no answer"),
        ((ssl.SSLEOFError, ConnectionResetError, BrokenPipeError), "connection reset"),
        (ssl.SSLError, "tls failed"),
        (ConnectionRefusedError, "connection refused"),
        (http.client.IncompleteRead, "answer broke off"),
        (http.client.HTTPException, "not http"),
    ]:
        if isinstance(error, types):
            return name
    return "failed"
