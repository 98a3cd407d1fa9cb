-- Whether a session lets anybody in, here and now.
CREATE FUNCTION outbox.is_live(one outbox.session) RETURNS boolean
LANGUAGE sql STABLE
RETURN one.revoked_at IS NULL AND one.expires_at > now() AND one.seen_at + one.idle > now()
   AND NOT outbox.is_shut_out(one.person);
