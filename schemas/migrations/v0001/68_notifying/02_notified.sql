-- What was told over each route of what waits, for as long as it waits: no history.  What is of
-- the installation is of intent 0.
CREATE TABLE outbox.notified (
    route     text   NOT NULL REFERENCES outbox.route (name),
    kind      text   NOT NULL,
    intent_id bigint NOT NULL,
    since     timestamptz NOT NULL,
    at        timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT it_is_told_once PRIMARY KEY (route, kind, intent_id, since),
    CONSTRAINT what_is_told_of_is_known CHECK (
        kind IN ('in_review', 'awaiting_approval', 'stranded', 'reminded', 'escalated')
        AND intent_id > 0
        OR kind IN ('switch', 'attester_silent') AND intent_id = 0
    )
);
