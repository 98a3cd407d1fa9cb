-- Who wrote the first version has proposed it.  Not on `intent`: there each move would pay.
CREATE INDEX artifact_by_producer ON outbox.artifact (written_by, intent_id)
    WHERE version = 1;
