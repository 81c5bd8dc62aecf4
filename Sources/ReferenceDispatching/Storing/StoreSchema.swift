import GRDB

/// The tables.
///
/// Times are seconds since 1970; lists and header fields are JSON.
enum StoreSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("first tables") { database in
            try database.execute(sql: tables)
        }
        migrator.registerMigration("changed secrets") { database in
            try database.execute(sql: "ALTER TABLE endpoint ADD COLUMN former_secret TEXT")
            try database.execute(sql: "ALTER TABLE endpoint ADD COLUMN secret_changed_at REAL")
        }
        migrator.registerMigration("paces and orders") { database in
            try database.execute(sql: "ALTER TABLE endpoint ADD COLUMN paused_until REAL")
            try database.execute(sql: "ALTER TABLE delivery ADD COLUMN order_key TEXT")
            try database.execute(
                sql: """
                    CREATE INDEX delivery_order ON delivery(endpoint_id, order_key, sequence)
                    WHERE state = 'pending' AND order_key IS NOT NULL;
                    CREATE INDEX attempt_started ON attempt(endpoint_id, started_at);
                    """
            )
        }
        migrator.registerMigration("redeliveries") { database in
            try database.execute(
                sql: """
                    ALTER TABLE delivery ADD COLUMN first_url TEXT;
                    ALTER TABLE delivery ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
                    ALTER TABLE delivery ADD COLUMN uncounted INTEGER NOT NULL DEFAULT 0;
                    ALTER TABLE delivery ADD COLUMN resumes_at REAL;
                    """
            )
        }
        return migrator
    }

    private static let tables = """
        CREATE TABLE endpoint (
            id TEXT PRIMARY KEY,
            url TEXT NOT NULL,
            events TEXT,
            secret TEXT,
            basic_user TEXT,
            basic_password TEXT,
            source TEXT,
            headers TEXT NOT NULL,
            status TEXT NOT NULL,
            reason TEXT,
            active_since REAL NOT NULL,
            deleted INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE event (
            id TEXT PRIMARY KEY,
            type TEXT NOT NULL,
            origin TEXT NOT NULL,
            body BLOB NOT NULL,
            envelope BLOB,
            created_at REAL NOT NULL,
            held_back TEXT,
            publication_key TEXT UNIQUE
        );
        CREATE TABLE delivery (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            event_id TEXT NOT NULL REFERENCES event(id),
            endpoint_id TEXT NOT NULL REFERENCES endpoint(id),
            url TEXT NOT NULL,
            state TEXT NOT NULL,
            reason TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            first_started_at REAL,
            due_at REAL,
            latest_outcome TEXT,
            latest_status INTEGER
        );
        CREATE INDEX delivery_due ON delivery(endpoint_id, due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX delivery_state ON delivery(state);
        CREATE TABLE attempt (
            delivery_id TEXT NOT NULL REFERENCES delivery(id),
            number INTEGER NOT NULL,
            endpoint_id TEXT NOT NULL,
            started_at REAL NOT NULL,
            ended_at REAL,
            succeeded INTEGER,
            status TEXT NOT NULL,
            response_code INTEGER,
            response_headers TEXT NOT NULL DEFAULT '[]',
            response_body BLOB NOT NULL DEFAULT X'',
            error TEXT,
            next_attempt_at REAL,
            PRIMARY KEY (delivery_id, number)
        );
        CREATE INDEX attempt_ended ON attempt(endpoint_id, ended_at) WHERE ended_at IS NOT NULL;
        CREATE INDEX attempt_in_flight ON attempt(delivery_id) WHERE ended_at IS NULL;
        """
}
