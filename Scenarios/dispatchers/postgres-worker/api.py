"""Takes endpoints and events over HTTP and leaves them in the database, where the worker finds them."""

import argparse
import http.server
import json
import os
import threading

from database import Database, make_tables

arguments = argparse.ArgumentParser()
arguments.add_argument("--database", type=os.path.abspath, required=True)
arguments.add_argument("--port", type=int, required=True)
options = arguments.parse_args()
local = threading.local()

DELIVERIES = """
select d.id, d.event, e.type, written(e.created_at), d.url, e.payload, d.state
from delivery d join event e on e.id = d.event order by d.id
"""
ATTEMPTS = """
select delivery, number, outcome, written(attempted_at), status, headers, body, error from attempt
order by delivery, number
"""


# One transaction: an event that was answered with 202 is in the database together with all its deliveries.
PUBLISH = """
with made as (insert into event (type, payload) values ($1, $2) returning id),
    delivered as (
        insert into delivery (event, endpoint, url, due)
        select made.id, p.id, p.url, now() from made, endpoint p where p.active and $1 = any (p.events)
    )
select made.id, pg_notify('deliveries', '') from made
"""

# Switching an endpoint on that was off brings one delivery to it, with an example of its first event.
ENABLE = """
with was as (select * from endpoint where id = $1 and not active for update),
    switched as (update endpoint p set active = true from was where p.id = was.id),
    made as (
        insert into event (type, payload)
        select events[1], json_build_object(
            'type', events[1], 'timestamp', '2026-01-01T00:00:00.000Z', 'data', json_build_object('id', 'example')
        )::text from was
        returning id
    ),
    delivered as (
        insert into delivery (event, endpoint, url, due) select made.id, was.id, was.url, now() from made, was
    )
select pg_notify('deliveries', '')
"""


def register(database, endpoint):
    if not endpoint["url"].startswith("https://"):
        return 422, {"error": "only https URLs are taken"}
    events = "{" + ",".join(endpoint["events"]) + "}"
    database.run(
        "insert into endpoint values ($1, $2, $3, $4, $5, false)",
        endpoint["id"], endpoint["url"], events, endpoint.get("login"), endpoint.get("password"),
    )
    return 201, {"id": endpoint["id"]}


def publish(database, type, payload):
    """The payload stays the text it is: reading and writing it again would change its numbers."""
    rows = database.run(PUBLISH, type, payload)
    return 202, {"id": rows[0][0]}


def enable(database, endpoint):
    database.run(ENABLE, endpoint)
    return 200, {}


def switch_off(database, endpoint, statement):
    database.run(statement, endpoint)
    database.run("update delivery set state = 'cancelled' where state = 'pending' and endpoint = $1", endpoint)
    return 200, {}


def deliveries(database):
    attempts = {}
    for delivery, number, outcome, attempted_at, status, headers, body, error in database.run(ATTEMPTS):
        attempts.setdefault(delivery, []).append({
            "number": int(number), "outcome": outcome, "attempted_at": attempted_at,
            "status": status and int(status), "headers": headers, "body": body, "error": error,
        })
    return 200, [
        {
            "id": id, "event": event, "type": type, "created_at": created_at, "url": url, "payload": payload,
            "state": state, "attempts": attempts.get(id, []),
            "status": attempts[id][-1]["status"] if id in attempts else None,
        }
        for id, event, type, created_at, url, payload, state in database.run(DELIVERIES)
    ]


def answer(method, path, body):
    if not hasattr(local, "database"):
        local.database = Database(options.database)
    match (method, path.strip("/").split("/")):
        case "POST", ["endpoints"]:
            return register(local.database, json.loads(body))
        case "POST", ["endpoints", endpoint, "enable"]:
            return enable(local.database, endpoint)
        case "POST", ["endpoints", endpoint, "disable"]:
            return switch_off(local.database, endpoint, "update endpoint set active = false where id = $1")
        case "DELETE", ["endpoints", endpoint]:
            return switch_off(local.database, endpoint, "delete from endpoint where id = $1")
        case "POST", ["events", type]:
            return publish(local.database, type, body)
        case "GET", ["deliveries"]:
            return deliveries(local.database)
    return 404, {"error": "there is no such thing"}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_request(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        status, value = answer(self.command, self.path, body)
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_DELETE = handle_request

    def log_message(self, *_):
        """The requests are in the evidence already."""


make_tables(options.database)
# It looks that often whether it shall end; a signal ends it at any time.
http.server.ThreadingHTTPServer(("127.0.0.1", options.port), Handler).serve_forever(poll_interval=3600)
