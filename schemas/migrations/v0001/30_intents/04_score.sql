-- What each scorer thought of one artifact.  NaN is not between 0 and 1.  What a scorer says
-- that was a shadow under the policy then in force was never meant to count.
CREATE TABLE outbox.score (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    intent_id      bigint NOT NULL,
    version        int    NOT NULL,
    digest         text   NOT NULL,
    fence          bigint NOT NULL,
    scorer         text   NOT NULL,
    scorer_version text   NOT NULL,
    confidence     double precision NOT NULL,
    holds          boolean NOT NULL DEFAULT false,
    kinds          text[] NOT NULL DEFAULT '{}',
    reasons        jsonb  NOT NULL,
    cost           numeric NOT NULL DEFAULT 0,
    took           interval NOT NULL DEFAULT '0',
    shadow         boolean NOT NULL DEFAULT false,
    scored_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT a_scorer_scores_once_under_a_fence UNIQUE (fence, scorer),
    CONSTRAINT a_confidence_is_between_0_and_1 CHECK (confidence BETWEEN 0 AND 1),
    CONSTRAINT what_was_found_is_said_in_short_words CHECK (
        array_to_string(kinds, ',', '')
        ~ '^([a-z][a-z0-9-]{0,39}(,[a-z][a-z0-9-]{0,39}){0,19})?$'),
    CONSTRAINT a_score_costs_so_many_dollars CHECK (cost BETWEEN 0 AND 1000000),
    CONSTRAINT a_score_is_of_these_very_bytes FOREIGN KEY (intent_id, version, digest)
        REFERENCES outbox.artifact (intent_id, version, digest)
);
