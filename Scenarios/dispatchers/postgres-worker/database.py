"""What the two programs of this dispatcher need of PostgreSQL, with nothing but Python's own library."""

import os
import select
import socket
import struct
import time

TABLES = """
create table if not exists endpoint (
    id text primary key, url text not null, events text[] not null, login text, password text, active boolean not null
);
create table if not exists event (
    id bigint generated always as identity primary key, type text not null, payload text not null,
    created_at timestamptz not null default now()
);
create table if not exists delivery (
    id bigint generated always as identity primary key, event bigint not null references event,
    endpoint text not null, url text not null, state text not null default 'pending', due timestamptz not null
);
create or replace function written(moment timestamptz) returns text language sql as
    $$ select to_char(moment at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;
create index if not exists delivery_due on delivery (due) where state = 'pending';
create table if not exists attempt (
    delivery bigint not null references delivery, number int not null, attempted_at timestamptz not null,
    outcome text not null, status int, headers text, body text, error text, primary key (delivery, number)
);
"""


class DatabaseError(Exception):
    def __init__(self, fields):
        super().__init__(fields.get("M", "unknown"))
        self.code = fields.get("C")


class Database:
    """One connection, over the frontend/backend protocol 3.0: https://www.postgresql.org/docs/15/protocol.html"""

    def __init__(self, folder):
        # The kernel takes no long paths of sockets; seen from the folder it is short.
        os.chdir(folder)
        self.notices = 0
        deadline = time.monotonic() + 60
        while True:
            try:
                return self._connect()
            except (DatabaseError, OSError) as error:
                # 57P03: it takes connections, but is still starting up.
                if getattr(error, "code", "57P03") != "57P03" or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def _connect(self):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(".s.PGSQL.5432")
        self.buffer = b""
        settings = b"user\0hooks\0database\0postgres\0\0"
        self.socket.sendall(struct.pack("!ii", 8 + len(settings), 196608) + settings)
        self._answer()

    def run(self, query, *values):
        """Runs one statement with $1, $2 and so on, and returns its rows as lists of texts (or None)."""
        values = [None if value is None else str(value).encode() for value in values]
        bound = b"".join(struct.pack("!i", -1) if v is None else struct.pack("!i", len(v)) + v for v in values)
        self.socket.sendall(
            self._message(b"P", b"\0" + query.encode() + b"\0" + struct.pack("!h", 0))
            + self._message(b"B", b"\0\0" + struct.pack("!hh", 0, len(values)) + bound + struct.pack("!h", 0))
            + self._message(b"E", b"\0" + struct.pack("!i", 0))
            + self._message(b"S", b"")
        )
        return self._answer()

    def script(self, text):
        """Runs several statements in one transaction."""
        self.socket.sendall(self._message(b"Q", text.encode() + b"\0"))
        self._answer()

    def wait(self, seconds):
        """Waits for a notification, or until the time is over."""
        if not self.notices and not self.buffer:
            select.select([self.socket], [], [], seconds)
            self.run("select")
        self.notices = 0

    @staticmethod
    def _message(kind, body):
        return kind + struct.pack("!i", 4 + len(body)) + body

    def _read(self, count):
        while len(self.buffer) < count:
            data = self.socket.recv(65536)
            if not data:
                raise ConnectionError("the database closed the connection")
            self.buffer += data
        data, self.buffer = self.buffer[:count], self.buffer[count:]
        return data

    def _answer(self):
        rows, error = [], None
        while True:
            kind, size = struct.unpack("!ci", self._read(5))
            body = self._read(size - 4)
            if kind == b"D":
                rows.append(self._row(body))
            elif kind == b"A":
                self.notices += 1
            elif kind == b"E":
                fields = (field.decode() for field in body.rstrip(b"\0").split(b"\0"))
                error = DatabaseError({field[0]: field[1:] for field in fields})
                if error.code == "57P03":
                    raise error
            elif kind == b"Z":
                if error:
                    raise error
                return rows

    @staticmethod
    def _row(body):
        (count,), at, row = struct.unpack_from("!h", body), 2, []
        for _ in range(count):
            (size,) = struct.unpack_from("!i", body, at)
            at += 4
            row.append(None if size < 0 else body[at : at + size].decode())
            at += max(size, 0)
        return row


def make_tables(folder):
    """Both programs start at about the same time, and only one of them may make the tables."""
    Database(folder).script("begin; select pg_advisory_xact_lock(1);" + TABLES + "commit;")
