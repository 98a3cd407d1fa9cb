-- Whose yes it takes, and how many; the newest revision is in force.  An approval says under
-- which one it was given.  Only the function `set_policy` adds one.
CREATE TABLE outbox.policy (
    revision    bigint PRIMARY KEY,
    document    jsonb  NOT NULL,
    document_id bigint,
    set_by      text   NOT NULL,
    set_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT a_policy_names_a_person CHECK (set_by <> ''),
    CONSTRAINT a_policy_says_whether_one_may_be_alone
        CHECK (coalesce(jsonb_typeof(document -> 'sole_operator'), '') = 'boolean'),
    CONSTRAINT a_policy_is_made_of_tiers
        CHECK (coalesce(jsonb_typeof(document -> 'tiers'), '') = 'array')
);
