CREATE INDEX score_of_artifact ON outbox.score (intent_id, version, id);
