"""Endpoints, events, deliveries and attempts in SQLite; whatever is in there survives a crash."""

import contextlib
import fcntl
import json
import sqlite3
import threading

from promises import Attempt, Endpoint, Event

TABLES = """
create table if not exists endpoint (
    id text primary key, url text, events text, secret text, user text, password text, source text, active int
);
create table if not exists event (id text primary key, type text, body blob, created_at real, occurrence text unique);
create table if not exists delivery (
    id text primary key, event text, endpoint text, url text, state text, due real, attempts int default 0
);
create index if not exists waiting on delivery (state, endpoint, due);
create table if not exists attempt (
    delivery text, number int, began_at real, outcome text, status int, headers text, body text, error text,
    next_at real, primary key (delivery, number)
);
"""
FIELDS = "id, url, events, secret, user, password, source, active"


class Store:
    """One file for one process at a time."""

    def __init__(self, path):
        self._lock = open(path + ".lock", "w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit("another process uses this store") from None
        self._turn = threading.RLock()
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.run("pragma journal_mode = wal")
        # What is committed is on the disk, and not merely with the system.
        self.run("pragma synchronous = full")
        self._database.executescript(TABLES)

    def run(self, statement, *values):
        """Runs one statement and returns its rows."""
        with self._turn:
            return self._database.execute(statement, values).fetchall()

    @contextlib.contextmanager
    def transaction(self):
        """All of what is run inside, or nothing; nobody else runs anything meanwhile."""
        with self._turn:
            self._database.execute("begin immediate")
            try:
                yield self
            except BaseException:
                self._database.execute("rollback")
                raise
            self._database.execute("commit")

    def close(self):
        """Waits for what is being written, and lets nobody write any more."""
        self._turn.acquire()
        self._database.close()

    def put_endpoint(self, endpoint):
        events = json.dumps(endpoint.events) if endpoint.events else None
        self.run(
            f"insert or replace into endpoint ({FIELDS}) values (?, ?, ?, ?, ?, ?, ?, ?)",
            endpoint.id, endpoint.url, events, endpoint.secret, endpoint.user, endpoint.password, endpoint.source,
            endpoint.active,
        )

    def endpoints(self, identifier=None):
        """All endpoints, or those (one or none) with an id."""
        where = "where id = ?" if identifier is not None else "where ? is null"
        rows = self.run(f"select {FIELDS} from endpoint {where} order by id", identifier)
        return [Endpoint(row[0], row[1], json.loads(row[2] or "null"), *row[3:7], bool(row[7])) for row in rows]

    def find_event(self, occurrence):
        """The id of the event that told of an occurrence already."""
        rows = self.run("select id from event where occurrence = ?", occurrence)
        return rows[0][0] if rows else None

    def put_event(self, event, occurrence):
        self.run(
            "insert into event values (?, ?, ?, ?, ?)", event.id, event.type, event.body, event.created_at, occurrence
        )

    def put_delivery(self, identifier, event, endpoint, due):
        self.run(
            "insert into delivery (id, event, endpoint, url, state, due) values (?, ?, ?, ?, 'pending', ?)",
            identifier, event.id, endpoint.id, endpoint.url, due,
        )

    def cancel(self, endpoint):
        """Gives up what waits for an endpoint that was switched off or deleted."""
        self.run("update delivery set state = 'cancelled' where endpoint = ? and state = 'pending'", endpoint)

    def begin(self, delivery, now):
        """Notes an attempt before its first byte is sent, and returns it."""
        self.run("update delivery set state = 'sending', attempts = attempts + 1 where id = ?", delivery)
        (number, endpoint, *event), = self.run(
            "select d.attempts, d.endpoint, e.id, e.type, e.body, e.created_at "
            "from delivery d join event e on e.id = d.event where d.id = ?", delivery,
        )
        self.run(
            "insert into attempt (delivery, number, began_at, outcome) values (?, ?, ?, 'under way')",
            delivery, number, now,
        )
        return Attempt(delivery, number, Event(*event), self.endpoints(endpoint)[0], now)

    def end(self, attempt, outcome, named, state, due):
        """Notes what came of an attempt and what is to come of its delivery."""
        headers = "\n".join(f"{name}: {value}" for name, value in outcome.headers)
        answered = outcome.status is not None
        self.run(
            "update attempt set outcome = ?, status = ?, headers = ?, body = ?, error = ?, next_at = ? "
            "where delivery = ? and number = ?",
            named, outcome.status, headers if answered else None,
            outcome.body.decode(errors="replace") if answered else None, outcome.error, due,
            attempt.delivery, attempt.number,
        )
        self.run("update delivery set state = ?, due = ? where id = ?", state, due, attempt.delivery)
