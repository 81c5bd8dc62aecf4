"""Delivers one event from a PostgreSQL outbox, due by the server's clock: 30 s limit, pauses of 5 and 10 minutes."""

import os
import time
import urllib.error
import urllib.request

import psycopg2

PAUSES = ["5 minutes", "10 minutes"]

OUTBOX = """
    DROP TABLE IF EXISTS outbox;
    CREATE TABLE outbox (id text PRIMARY KEY, due timestamptz NOT NULL, failures int NOT NULL, state text NOT NULL);
    INSERT INTO outbox VALUES ('evt_1', now(), 0, 'pending');
"""

TAKE = "SELECT id, failures FROM outbox WHERE state = 'pending' AND due <= now() FOR UPDATE SKIP LOCKED"


def connect():
    for _ in range(100):
        try:
            return psycopg2.connect(host=os.environ["PGHOST"], user="postgres", dbname="postgres")
        except psycopg2.OperationalError:
            time.sleep(0.1)
    raise SystemExit("PostgreSQL did not start within 10 s")


def attempt(url, event):
    request = urllib.request.Request(
        url, data=b'{"id":"%s"}' % event.encode(), headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError as failure:
        return type(failure).__name__


def deliver_due(connection, url):
    """Tries the event if it is due, and says whether it is finished with."""
    with connection, connection.cursor() as cursor:
        cursor.execute(TAKE)
        row = cursor.fetchone()
        if row is None:
            return False
        event, failures = row
        outcome = attempt(url, event)
        print(f"{outcome}", flush=True)
        if outcome == 200 or failures == len(PAUSES):
            cursor.execute("UPDATE outbox SET state = %s WHERE id = %s", (str(outcome), event))
            return True
        # now() would be the instant the transaction began, before the attempt.
        cursor.execute(
            "UPDATE outbox SET failures = failures + 1, due = clock_timestamp() + %s::interval WHERE id = %s",
            (PAUSES[failures], event),
        )
        return False


def main():
    connection = connect()
    with connection, connection.cursor() as cursor:
        cursor.execute(OUTBOX)
    while not deliver_due(connection, os.environ["HOOK_URL"]):
        time.sleep(1)


main()
