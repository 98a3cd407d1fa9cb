-- Our durable record of what each role did, with what it knew.  Only ever added to.
-- What concerns all intents (the switch, the arming, the limits, the policy, what roots sign,
-- what people give in advance, who may sign in, what is archived, who lives here, what is asked
-- of people's attention) is a receipt without one.  The actor is who says to have done
-- it; the login is who was really connected.
CREATE TABLE outbox.receipt (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    intent_id bigint REFERENCES outbox.intent (id),
    kind      text   NOT NULL,
    role      text   NOT NULL,
    actor     text   NOT NULL,
    login     text   NOT NULL DEFAULT session_user,
    digest    text,
    fence     bigint,
    evidence  jsonb  NOT NULL,
    at        timestamptz NOT NULL DEFAULT now(),
    UNIQUE (id, intent_id),
    CONSTRAINT a_receipt_is_of_an_intent_or_of_the_installation CHECK (
        num_nonnulls(intent_id, digest) =
        CASE WHEN kind IN ('switch', 'epoch', 'enrolment', 'revocation',
                           'limit_set', 'limit_lifted', 'policy', 'granted',
                           'grant_revoked', 'delegated', 'delegation_revoked', 'account',
                           'archived', 'cell', 'seeded', 'tightened')
             THEN 0 ELSE 2 END
    )
);
