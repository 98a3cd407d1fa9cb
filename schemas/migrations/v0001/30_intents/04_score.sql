-- What a scorer thought of one artifact.  NaN is not between 0 and 1.
CREATE TABLE outbox.score (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    intent_id      bigint NOT NULL,
    version        int    NOT NULL,
    digest         text   NOT NULL,
    fence          bigint NOT NULL,
    scorer         text   NOT NULL,
    scorer_version text   NOT NULL,
    confidence     double precision NOT NULL,
    reasons        jsonb  NOT NULL,
    scored_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT a_fence_scores_once UNIQUE (fence),
    CONSTRAINT a_confidence_is_between_0_and_1 CHECK (confidence BETWEEN 0 AND 1),
    CONSTRAINT a_score_is_of_these_very_bytes FOREIGN KEY (intent_id, version, digest)
        REFERENCES outbox.artifact (intent_id, version, digest)
);
