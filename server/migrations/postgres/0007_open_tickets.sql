-- Who is still in a hall is read by what has not ended. By their states, an index of them also fitted the question who
-- is next, and a planner that knows nothing yet of the day read everybody to answer it.
DROP INDEX tickets_open;
CREATE INDEX tickets_open ON tickets (day, site) WHERE finished_at IS NULL;
