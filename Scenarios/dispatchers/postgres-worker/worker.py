"""Makes the deliveries that are due: three attempts, 5 and 10 minutes after the failure of the one before."""

import argparse
import base64
import http.client
import os
import socket
import ssl
import threading
import urllib.parse

from database import Database, make_tables

arguments = argparse.ArgumentParser()
arguments.add_argument("--database", type=os.path.abspath, required=True)
arguments.add_argument("--trust-store", required=True)
options = arguments.parse_args()
trust = ssl.create_default_context(cafile=options.trust_store)

WAITS = ["5 minutes", "10 minutes"]
SECONDS_FOR_AN_ATTEMPT = 30
ATTEMPTS_AT_A_TIME = 16
MOST_OF_AN_ANSWER = 65536

# Of each endpoint only one delivery is attempted at a time, so that receivers which hang hold up nobody else.
# The row stays locked while the attempt is made. When the worker is killed the lock goes with its connection, and the
# delivery is as due as it was.
CLAIM = """
select d.id, d.url, e.payload, p.login, p.password, (select count(*) from attempt a where a.delivery = d.id)
from delivery d join event e on e.id = d.event join endpoint p on p.id = d.endpoint
join lane on lane.endpoint = d.endpoint
where d.state = 'pending' and d.due <= $1 order by d.due, d.id limit 1 for update of d, lane skip locked
"""
# What was due at that moment already is in the hands of another thread.
NEXT = "select extract(epoch from min(due) - clock_timestamp()) from delivery where state = 'pending' and due > $1"


def attempt(url, payload, login, password):
    """Posts once, and returns the status, headers and body of the answer, or why there is none."""
    parts = urllib.parse.urlsplit(url)
    headers = {"Content-Type": "application/json"}
    if login is not None:
        headers["Authorization"] = "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()
    connection = http.client.HTTPSConnection(
        parts.hostname, parts.port, timeout=SECONDS_FOR_AN_ATTEMPT, context=trust
    )
    # The limit of a socket is for each of its waits; this one is for all of them together.
    limit = threading.Timer(SECONDS_FOR_AN_ATTEMPT, give_up, [connection])
    limit.start()
    try:
        connection.request("POST", parts.path + ("?" + parts.query if parts.query else ""), payload.encode(), headers)
        response = connection.getresponse()
        body = response.read(MOST_OF_AN_ANSWER)
        if response.length and len(body) < MOST_OF_AN_ANSWER:
            raise http.client.IncompleteRead(body, response.length)
        return response.status, str(response.headers).strip(), body.decode(errors="replace"), None
    except (OSError, http.client.HTTPException) as error:
        return None, None, None, type(error).__name__
    finally:
        limit.cancel()
        connection.close()


def give_up(connection):
    try:
        socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
    except (AttributeError, OSError):
        pass  # It is not there yet, or not any more.


def deliver(database, moment):
    """Makes one attempt that was due at a moment, and says whether there was one."""
    database.run("begin")
    due = database.run(CLAIM, moment)
    if not due:
        database.run("commit")
        return False
    delivery, url, payload, login, password, made = due[0]
    began = database.run("select clock_timestamp()")[0][0]
    status, headers, body, error = attempt(url, payload, login, password)
    number = int(made) + 1
    succeeded = status is not None and 200 <= status < 300
    database.run(
        "insert into attempt values ($1, $2, $3, $4, $5, $6, $7, $8)",
        delivery, number, began, "succeeded" if succeeded else "failed", status, headers, body, error,
    )
    if succeeded or number > len(WAITS):
        database.run(
            "update delivery set state = $2 where id = $1 and state = 'pending'",
            delivery, "delivered" if succeeded else "exhausted",
        )
    else:
        database.run(
            "update delivery set due = clock_timestamp() + $2::interval where id = $1", delivery, WAITS[number - 1]
        )
    # The others may have something else to wait for now.
    database.run("notify deliveries")
    database.run("commit")
    return True


def work(database):
    database.run("listen deliveries")
    while True:
        moment = database.run("select clock_timestamp()")[0][0]
        if not deliver(database, moment):
            left = database.run(NEXT, moment)[0][0]
            database.wait(max(0, float(left)) if left is not None else None)


make_tables(options.database)
threads = [threading.Thread(target=work, args=[Database(options.database)]) for _ in range(ATTEMPTS_AT_A_TIME)]
for thread in threads:
    thread.start()
print("waiting for deliveries", flush=True)
