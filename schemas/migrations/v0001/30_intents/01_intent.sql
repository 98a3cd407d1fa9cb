-- What an agent wants to happen outside.  Its state changes only along `outbox.move`.
-- Every move leaves a dead row behind in the small indexes of live states: vacuumed soon.
CREATE TABLE outbox.intent (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant           text NOT NULL DEFAULT 'default',
    login            text NOT NULL DEFAULT session_user,
    idempotency_key  text NOT NULL,
    producer         text NOT NULL,
    channel          text NOT NULL,
    state            text NOT NULL,
    moved_by         text NOT NULL,
    moved_at         timestamptz NOT NULL DEFAULT now(),
    moves            int  NOT NULL DEFAULT 0,
    version          int  NOT NULL DEFAULT 1,
    digest           text NOT NULL,
    claims           int  NOT NULL DEFAULT 0,
    fence            bigint,
    leased_by        text,
    lease_expires_at timestamptz,
    approval_id      bigint,
    attempt_id       bigint,
    receipt_id       bigint,
    not_before       timestamptz NOT NULL DEFAULT now(),
    not_after        timestamptz,
    due_at           timestamptz NOT NULL DEFAULT now(),
    traceparent      text,
    created_at       timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT one_key_names_one_intent UNIQUE (tenant, idempotency_key),
    CONSTRAINT a_key_is_short_and_not_empty CHECK (length(idempotency_key) BETWEEN 1 AND 200),
    CONSTRAINT it_may_leave_before_it_must_not CHECK (not_after > not_before),
    CONSTRAINT a_lease_is_whole_and_only_where_leased CHECK (
        num_nonnulls(fence, leased_by, lease_expires_at) =
        CASE WHEN state IN ('scoring', 'sending', 'releasing') THEN 3 ELSE 0 END
    ),
    CONSTRAINT nothing_leaves_unapproved CHECK (
        state NOT IN ('approved', 'sending', 'releasing', 'sent', 'stranded')
        OR approval_id IS NOT NULL
    ),
    CONSTRAINT a_new_look_voids_the_approval CHECK (
        state NOT IN ('submitted', 'scoring', 'scored', 'in_review', 'awaiting_approval',
                      'sent_back')
        OR num_nonnulls(approval_id, attempt_id) = 0
    ),
    CONSTRAINT nothing_leaves_without_a_permit CHECK (
        state NOT IN ('releasing', 'sent', 'stranded') OR attempt_id IS NOT NULL
    ),
    CONSTRAINT sent_means_receipted CHECK (state <> 'sent' OR receipt_id IS NOT NULL)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_cost_delay = 0);
