-- `public` becomes all that a citizen's answer is made of: before the case, a line of what the present adds something to.
UPDATE cases SET public = json_object(
    'code', code,
    'state', json_extract(public, '$.state'),
    'agency', agency,
    'division', division,
    'due', due_at,
    'resolved_at', resolved_at,
    'intake', lower(hex(intake_hash))
) || char(10) || public;
