-- A second person's leave to say "not sent" while the old bytes may still arrive.
INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
VALUES (%(id)s, 'overridden', %(role)s, %(second)s, %(digest)s, %(evidence)s)
