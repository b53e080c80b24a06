-- The hall. Times are UTC milliseconds, days are dates in Vietnam.

-- What counts up in a hall: its changes, the places in its line, its calls.
CREATE TABLE halls (
    site TEXT PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    place BIGINT NOT NULL,
    calls BIGINT NOT NULL
);

-- A ticket as it stands, whole in `body`; beside it what lines are read by.
CREATE TABLE tickets (
    id UUID PRIMARY KEY NOT NULL,
    site TEXT NOT NULL,
    day TEXT NOT NULL,
    number TEXT NOT NULL,
    place BIGINT NOT NULL,
    service TEXT NOT NULL,
    class TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    counter INTEGER,
    call_seq BIGINT NOT NULL,
    finished_at BIGINT,
    body TEXT NOT NULL,
    UNIQUE (site, day, number)
);
CREATE INDEX tickets_line ON tickets (site, day, service, class, place) WHERE state = 'waiting';
CREATE INDEX tickets_open ON tickets (day, site)
    WHERE state IN ('waiting', 'called', 'serving', 'parked', 'missed');
CREATE INDEX tickets_counter ON tickets (site, day, counter) WHERE state IN ('called', 'serving');
CREATE INDEX tickets_called ON tickets (site, call_seq) WHERE call_seq > 0;
CREATE INDEX tickets_done ON tickets (site, finished_at) WHERE state = 'done';

-- Whether a counter calls, and how many with priority it has called in a row; of one day.
CREATE TABLE hall_counters (
    site TEXT NOT NULL,
    number INTEGER NOT NULL,
    day TEXT NOT NULL,
    opening TEXT NOT NULL,
    streak SMALLINT NOT NULL,
    PRIMARY KEY (site, number)
);

-- What citizens said, once a ticket and once a case; nobody's name.
CREATE TABLE ratings (
    about TEXT PRIMARY KEY NOT NULL,
    site TEXT NOT NULL,
    day TEXT NOT NULL,
    counter INTEGER,
    clerk UUID,
    case_code TEXT,
    field TEXT,
    level TEXT NOT NULL,
    complaints TEXT NOT NULL
);
CREATE INDEX ratings_day ON ratings (site, day);
