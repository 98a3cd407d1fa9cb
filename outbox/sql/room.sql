-- Write a receipt that is as long as a mail's, only to see that there is room: it is rolled
-- back.  Whoever sends without that room could not say afterwards what became of it.
-- Of no intent: the lock on one would hide it from the stages that skip what is locked.
INSERT INTO outbox.receipt (kind, role, actor, evidence)
VALUES ('switch', 'sender', 'nobody', to_jsonb(repeat('x', 1600)))
