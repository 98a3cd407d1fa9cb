-- Lift the cap that the next one takes the place of.
UPDATE outbox.cap SET lifted_at = clock_timestamp(), lifted_by = %(actor)s
 WHERE scope = %(scope)s AND name = %(name)s AND span = make_interval(secs => %(seconds)s)
   AND lifted_at IS NULL
