-- Lift a cap.  What it held back leaves once it is due.
UPDATE outbox.cap SET lifted_at = clock_timestamp(), lifted_by = %(actor)s
 WHERE id = %(id)s AND lifted_at IS NULL
RETURNING id
