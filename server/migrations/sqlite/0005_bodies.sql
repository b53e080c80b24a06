-- The whole of a case in a table of its own: lists, look-ups and figures read the lean rows beside it.
CREATE TABLE case_bodies (
    id BLOB PRIMARY KEY NOT NULL,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO case_bodies (id, body) SELECT id, body FROM cases;
ALTER TABLE cases DROP COLUMN body;
