-- The province's book. Ids are 16-byte UUIDs, times are UTC milliseconds, money is whole đồng.

CREATE TABLE settings (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE units (
    code TEXT PRIMARY KEY NOT NULL,
    parent TEXT,
    kind TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE counters (
    unit TEXT NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (unit, number)
) STRICT;

CREATE TABLE fields (
    code TEXT PRIMARY KEY NOT NULL,
    place INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE procedures (
    code TEXT PRIMARY KEY NOT NULL,
    field TEXT NOT NULL,
    search_text TEXT NOT NULL,
    verified INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE holidays (
    day TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    verified INTEGER NOT NULL
) STRICT;

CREATE TABLE staff (
    id BLOB PRIMARY KEY NOT NULL,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    counter INTEGER,
    demo INTEGER NOT NULL,
    active INTEGER NOT NULL,
    must_change INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    locked_until INTEGER NOT NULL
) STRICT;

CREATE TABLE posts (
    staff BLOB NOT NULL REFERENCES staff (id),
    unit TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (staff, unit, role)
) STRICT;
CREATE INDEX posts_unit ON posts (unit);

CREATE TABLE sessions (
    token BLOB PRIMARY KEY NOT NULL,
    staff BLOB NOT NULL REFERENCES staff (id),
    began_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_staff ON sessions (staff);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- The present state of each case: the fold of its actions, kept beside them. `rid` orders by time of
-- reception; the full-text index refers to it. `public` is what citizens see.
CREATE TABLE cases (
    rid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    id BLOB NOT NULL UNIQUE,
    code TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    agency TEXT NOT NULL,
    division TEXT NOT NULL,
    procedure TEXT NOT NULL,
    procedure_name TEXT NOT NULL,
    field TEXT NOT NULL,
    state INTEGER NOT NULL,
    step TEXT NOT NULL,
    step_no INTEGER NOT NULL,
    steps INTEGER NOT NULL,
    holder_unit TEXT NOT NULL,
    holder_role TEXT NOT NULL,
    holder_staff BLOB,
    applicant TEXT NOT NULL,
    search_text TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    resolved_at INTEGER,
    returned_at INTEGER,
    head_hash BLOB NOT NULL,
    intake_hash BLOB NOT NULL,
    public TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
-- Work lists read only what is open, however large the archive grows.
CREATE INDEX cases_desk ON cases (holder_unit, holder_role, due_at, id) WHERE state IN (2, 4);
CREATE INDEX cases_waiting ON cases (agency, due_at, id) WHERE state = 5;
CREATE INDEX cases_ready ON cases (agency, due_at, id) WHERE state = 9;
CREATE INDEX cases_open ON cases (agency, due_at, id) WHERE state IN (1, 2, 4, 5, 6, 8, 9);
CREATE INDEX cases_division_open ON cases (division, due_at, id) WHERE state IN (1, 2, 4, 5, 6, 8, 9);
CREATE INDEX cases_counted ON cases (agency, field, state, due_at) WHERE state IN (1, 2, 4, 5, 6, 8, 9);

-- The log. Nobody changes it, not even the server.
CREATE TABLE case_actions (
    pos INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor BLOB NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    command_id BLOB NOT NULL,
    prev_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (case_id, seq)
) STRICT;
CREATE TRIGGER case_actions_stay BEFORE UPDATE ON case_actions
BEGIN
    SELECT RAISE(ABORT, 'the case log is append-only');
END;
CREATE TRIGGER case_actions_remain BEFORE DELETE ON case_actions
BEGIN
    SELECT RAISE(ABORT, 'the case log is append-only');
END;

CREATE TABLE commands (
    id BLOB PRIMARY KEY NOT NULL,
    actor BLOB NOT NULL,
    route TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    case_id BLOB,
    case_seq INTEGER,
    reply TEXT,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE serials (
    series TEXT PRIMARY KEY NOT NULL,
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE files (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    pages INTEGER NOT NULL,
    content BLOB NOT NULL,
    at INTEGER NOT NULL,
    by_staff BLOB NOT NULL
) STRICT;

-- Which cases hold a file: whoever may see one of them may read it.
CREATE TABLE case_files (
    file BLOB NOT NULL,
    case_id BLOB NOT NULL,
    PRIMARY KEY (file, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_figures (
    agency TEXT NOT NULL,
    field TEXT NOT NULL,
    day TEXT NOT NULL,
    received INTEGER NOT NULL,
    resolved_on_time INTEGER NOT NULL,
    resolved_late INTEGER NOT NULL,
    returned INTEGER NOT NULL,
    supplements INTEGER NOT NULL,
    fees INTEGER NOT NULL,
    PRIMARY KEY (agency, field, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX day_figures_day ON day_figures (day);
