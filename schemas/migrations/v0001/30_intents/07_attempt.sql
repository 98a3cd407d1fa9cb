-- One crossing of the point of no return: the recorded permit.
CREATE TABLE outbox.attempt (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    intent_id    bigint NOT NULL REFERENCES outbox.intent (id),
    approval_id  bigint NOT NULL REFERENCES outbox.approval (id),
    fence        bigint NOT NULL,
    worker       text   NOT NULL,
    permitted_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (id, intent_id, approval_id),
    CONSTRAINT an_approval_is_spent_by_one_attempt UNIQUE (approval_id),
    CONSTRAINT a_fence_crosses_once UNIQUE (fence)
);
