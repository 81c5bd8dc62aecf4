"""The HTTP interface at 127.0.0.1 by which endpoints and events come in, and the log goes out."""

import http.server
import json

import bodies
from promises import Endpoint, utc


class Refused(Exception):
    """A request that is not carried out, with the status to answer."""

    def __init__(self, status, why):
        super().__init__(why)
        self.status = status


class API:
    """What the interface can do; every method returns a status and a JSON value."""

    def __init__(self, schedule):
        self.schedule = schedule
        self.store = schedule.store
        self.promises = schedule.promises

    def answer(self, method, path, body):
        match (method, path.strip("/").split("/")):
            case "GET", ["health"]:
                return 200, {}
            case "POST", ["endpoints"]:
                return self.register(json.loads(body))
            case "POST", ["endpoints", endpoint, "enable"]:
                self.known(endpoint)
                self.schedule.switch_on(endpoint)
                return 200, {"id": endpoint}
            case "POST", ["endpoints", endpoint, "disable"]:
                return self.take_out(endpoint, "update endpoint set active = 0 where id = ?")
            case "DELETE", ["endpoints", endpoint]:
                forget = "update endpoint set active = 0, secret = null, password = null where id = ?"
                return self.take_out(endpoint, forget)
            case "POST", ["events"]:
                return self.publish(bodies.parse(body))
            case "GET", ["deliveries"]:
                return 200, {"deliveries": self.log()}
        raise Refused(404, "there is no such thing")

    def known(self, identifier):
        for endpoint in self.store.endpoints(identifier):
            return endpoint
        raise Refused(404, f"there is no endpoint {identifier}")

    def register(self, asked):
        basic = asked.get("basic") or {}
        endpoint = Endpoint(
            asked["id"], asked["url"], asked.get("events"), asked.get("secret"), basic.get("user"),
            basic.get("password"), asked.get("source"), self.promises.starts_active,
        )
        with self.store.transaction():
            refusal = self.promises.refusal(endpoint)
            if refusal:
                raise Refused(422, refusal)
            if self.promises.one_endpoint and any(other.id != endpoint.id for other in self.store.endpoints()):
                raise Refused(409, "there is an endpoint already, and there can be no other")
            self.store.put_endpoint(endpoint)
        return 201, {"id": endpoint.id, "active": endpoint.active}

    def take_out(self, identifier, statement):
        self.known(identifier)
        with self.store.transaction():
            self.store.run(statement, identifier)
            if self.promises.drops_waiting:
                self.store.cancel(identifier)
        return 200, {"id": identifier}

    def publish(self, asked):
        if asked["type"] not in self.promises.events:
            raise Refused(422, f"there is no event {asked['type']}")
        gates = asked.get("closed_gates") or []
        if set(gates) - set(self.promises.gates):
            raise Refused(422, "there is no such gate")
        return 202, {"id": self.schedule.publish(asked["type"], asked["payload"], asked.get("source"), gates)}

    def log(self):
        attempts = {}
        for delivery, number, began_at, outcome, status, headers, body, error, next_at in self.store.run(
            "select * from attempt order by delivery, number"
        ):
            entry = self.promises.logged({
                "number": number, "outcome": outcome, "attempted_at": utc(began_at), "response_code": status,
                "response_headers": headers, "response_body": body, "error": error,
                "next_attempt_at": next_at and utc(next_at),
            })
            if entry:
                attempts.setdefault(delivery, []).append(entry)
        entries = [
            self.promises.listed({
                "id": delivery, "event_id": event, "event_type": type, "created_at": utc(created_at), "url": url,
                "payload": body.decode(), "state": state, "attempts": attempts.get(delivery, []),
                "latest_status": attempts[delivery][-1]["response_code"] if delivery in attempts else None,
            })
            for delivery, event, type, created_at, url, body, state in self.store.run(
                "select d.id, e.id, e.type, e.created_at, d.url, e.body, d.state "
                "from delivery d join event e on e.id = d.event order by d.rowid"
            )
        ]
        return [entry for entry in entries if entry]


def server(api, port):
    """A server that is not running yet."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # An answer goes out in one piece.

        def handle_request(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                status, value = api.answer(self.command, self.path, body)
            except Refused as refusal:
                status, value = refusal.status, {"error": str(refusal)}
            except (KeyError, TypeError, ValueError) as error:
                status, value = 400, {"error": f"the request is not understood ({type(error).__name__})"}
            data = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_DELETE = handle_request

        def log_message(self, *_):
            """Says nothing: a URL may hold a token."""

    class Server(http.server.ThreadingHTTPServer):
        request_queue_size = 256

    return Server(("127.0.0.1", port), Handler)
