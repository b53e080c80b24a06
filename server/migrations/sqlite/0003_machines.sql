-- What every installed machine last reported of itself. No personal data.
CREATE TABLE machines (
    id BLOB PRIMARY KEY NOT NULL,
    key_hash BLOB NOT NULL,
    app TEXT NOT NULL,
    version TEXT NOT NULL,
    system TEXT NOT NULL,
    name TEXT NOT NULL,
    site TEXT,
    counter INTEGER,
    findings TEXT NOT NULL,
    standing TEXT,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL
) STRICT;
