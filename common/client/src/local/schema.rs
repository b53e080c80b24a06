//! The tables. All are made with `IF NOT EXISTS`; a later version adds its own beside them.

/// Run at every opening.
pub(super) const TABLES: [&str; 6] = [
    "CREATE TABLE IF NOT EXISTS outbox (
        place INTEGER PRIMARY KEY AUTOINCREMENT,
        command TEXT NOT NULL UNIQUE,
        case_id TEXT NOT NULL,
        what TEXT NOT NULL,
        path TEXT NOT NULL,
        body TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0,
        last_error TEXT,
        parked INTEGER NOT NULL DEFAULT 0
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS outbox_pages (
        command TEXT NOT NULL REFERENCES outbox (command) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        page TEXT NOT NULL,
        PRIMARY KEY (command, place)
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS prints (
        id TEXT PRIMARY KEY,
        what TEXT NOT NULL,
        case_id TEXT NOT NULL,
        code TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        state TEXT NOT NULL,
        copy INTEGER NOT NULL,
        made_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL,
        note TEXT NOT NULL DEFAULT ''
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS drafts (
        name TEXT PRIMARY KEY,
        body TEXT NOT NULL,
        saved_at INTEGER NOT NULL
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS taken (
        case_id TEXT PRIMARY KEY,
        code TEXT NOT NULL,
        procedure_name TEXT NOT NULL,
        staff TEXT NOT NULL,
        at INTEGER NOT NULL,
        seconds INTEGER NOT NULL
    ) STRICT",
    "CREATE TABLE IF NOT EXISTS tickets (
        id TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL
    ) STRICT",
];
