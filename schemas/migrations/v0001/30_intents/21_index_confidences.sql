CREATE INDEX score_by_confidence ON outbox.score (confidence, intent_id);
