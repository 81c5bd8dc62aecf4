"""Makes the deliveries that are due: three attempts, 5 and 10 minutes after the failure of the one before."""

import argparse
import base64
import http.client
import os
import socket
import ssl
import sys
import threading
import urllib.parse

from database import Database, DatabaseError, make_tables

arguments = argparse.ArgumentParser()
arguments.add_argument("--database", type=os.path.abspath, required=True)
arguments.add_argument("--trust-store", required=True)
options = arguments.parse_args()
trust = ssl.create_default_context(cafile=options.trust_store)

WAITS = ["5 minutes", "10 minutes"]
SECONDS_FOR_AN_ATTEMPT = 30
ATTEMPTS_AT_A_TIME = 24
MOST_OF_AN_ANSWER = 65536

# What the worker before this one had under way when it ended is due again; its last attempt is in the log as it was.
TAKE_BACK = """
update delivery set state = 'pending' where state = 'sending';
update attempt set outcome = 'failed', error = 'interrupted' where outcome = 'under way';
"""

# An endpoint gets four attempts at a time and no more, so that receivers which hang hold up nobody else.
CLAIM = """
update delivery set state = 'sending' where id = (
    select d.id from delivery d where d.state = 'pending' and d.due <= $1
        and (select count(*) from delivery s where s.endpoint = d.endpoint and s.state = 'sending') < 4
    order by d.due, d.id limit 1
)
returning id, (select count(*) + 1 from attempt where delivery = id)
"""
BEGIN = "insert into attempt (delivery, number, attempted_at, outcome) values ($1, $2, clock_timestamp(), 'under way')"
REQUEST = """
select d.url, e.payload, p.login, p.password
from delivery d join event e on e.id = d.event left join endpoint p on p.id = d.endpoint where d.id = $1
"""
END = """
update attempt set outcome = $3, status = $4, headers = $5, body = $6, error = $7 where delivery = $1 and number = $2
"""
# An endpoint that was switched off meanwhile gets nothing any more.
RETRY = """
update delivery d set due = clock_timestamp() + $2::interval, state = case
    when exists (select from endpoint p where p.id = d.endpoint and p.active) then 'pending' else 'cancelled' end
where id = $1
"""
# What was due at that moment already waits for another thread.
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


def claim(database, moment):
    """Takes a delivery that was due at a moment, and notes its attempt; returns its id and the attempt's number."""
    database.run("begin")
    # One claim at a time, so that each sees what the others took.
    database.run("select pg_advisory_xact_lock(2)")
    claimed = database.run(CLAIM, moment)
    if claimed:
        database.run(BEGIN, *claimed[0])
    database.run("commit")
    return claimed[0] if claimed else None


def deliver(database, delivery, number):
    status, headers, body, error = attempt(*database.run(REQUEST, delivery)[0])
    succeeded = status is not None and 200 <= status < 300
    database.run("begin")
    database.run(END, delivery, number, "succeeded" if succeeded else "failed", status, headers, body, error)
    if succeeded or int(number) > len(WAITS):
        state = "delivered" if succeeded else "exhausted"
        database.run("update delivery set state = $2 where id = $1", delivery, state)
    else:
        database.run(RETRY, delivery, WAITS[int(number) - 1])
    # The others may have something else to wait for now.
    database.run("notify deliveries")
    database.run("commit")


def work(database):
    database.run("listen deliveries")
    while True:
        moment = database.run("select clock_timestamp()")[0][0]
        claimed = claim(database, moment)
        if claimed:
            deliver(database, *claimed)
        else:
            left = database.run(NEXT, moment)[0][0]
            database.wait(max(0, float(left)) if left is not None else None)


def stay_alone(database):
    """Keeps other workers off: each would take what the others are at for what a crash left behind."""
    try:
        # A worker that was killed a moment ago may still be there in the eyes of the database.
        database.run("set lock_timeout = '5s'")
        database.run("select pg_advisory_lock(3)")
    except DatabaseError:
        sys.exit("another worker is at work on this database; stop that one first")
    return database


make_tables(options.database)
# Held until this process ends.
alone = stay_alone(Database(options.database))
alone.script(TAKE_BACK)
threads = [threading.Thread(target=work, args=[Database(options.database)]) for _ in range(ATTEMPTS_AT_A_TIME)]
for thread in threads:
    thread.start()
print("waiting for deliveries", flush=True)
