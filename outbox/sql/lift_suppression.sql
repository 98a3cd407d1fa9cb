-- Let mail leave to it again; what was refused meanwhile needs a new approval.
UPDATE outbox.suppression SET lifted_at = clock_timestamp(), lifted_by = %(actor)s
 WHERE id = %(id)s AND lifted_at IS NULL
RETURNING id
