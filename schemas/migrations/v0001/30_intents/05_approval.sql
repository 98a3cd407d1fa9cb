-- Named people's authorisation of exactly what the manifest says, until it expires; who they
-- are is in `endorsement`, and the first of them here.  `extra` people more than the tiers of the
-- policy say must say yes: one of these is tightened, or it was drawn for a second look.
CREATE TABLE outbox.approval (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    intent_id       bigint NOT NULL,
    version         int    NOT NULL,
    digest          text   NOT NULL,
    manifest        bytea,
    manifest_digest text   NOT NULL,
    approver        text   NOT NULL,
    policy          bigint NOT NULL,
    approved_at     timestamptz NOT NULL DEFAULT now(),
    held_until      timestamptz,
    expires_at      timestamptz NOT NULL,
    revoked_at      timestamptz,
    revoked_by      text,
    extra           int NOT NULL DEFAULT 0,
    UNIQUE (id, intent_id, version, digest),
    CONSTRAINT a_digest_names_this_very_manifest
        CHECK (manifest_digest = encode(sha256(manifest), 'hex')),
    CONSTRAINT an_approval_names_a_person CHECK (approver <> ''),
    CONSTRAINT an_approval_is_given_under_a_policy
        FOREIGN KEY (policy) REFERENCES outbox.policy (revision),
    CONSTRAINT nobody_is_spared_a_yes CHECK (extra >= 0),
    CONSTRAINT an_approval_expires CHECK (expires_at > approved_at),
    CONSTRAINT a_hold_ends_before_its_approval CHECK (held_until < expires_at),
    CONSTRAINT a_revocation_names_a_person
        CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)),
    CONSTRAINT approval_is_for_these_very_bytes FOREIGN KEY (intent_id, version, digest)
        REFERENCES outbox.artifact (intent_id, version, digest)
);
