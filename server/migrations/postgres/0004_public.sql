-- `public` becomes all that a citizen's answer is made of: before the case, a line of what the present adds something to.
-- Written by hand, for PostgreSQL's own functions put blanks between the keys.
UPDATE cases SET public = concat(
    '{"code":', to_json(code),
    ',"state":', to_json(public::json ->> 'state'),
    ',"agency":', to_json(agency),
    ',"division":', to_json(division),
    ',"due":', due_at,
    ',"resolved_at":', coalesce(resolved_at::text, 'null'),
    ',"intake":"', encode(intake_hash, 'hex'),
    '"}', E'\n', public
);
