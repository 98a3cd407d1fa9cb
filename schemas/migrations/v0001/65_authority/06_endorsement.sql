-- One person's yes: an approval has as many as it needs, and a document where the person
-- has signed.  No document is used twice for an intent: a new approval is signed anew.
-- It may be one use of a standing grant, each counted, or given by a delegate.  `voice` is in
-- whose name it counts.  `wrote`: it is of somebody who has a hand in the bytes, which only a
-- sole operator may give.
CREATE TABLE outbox.endorsement (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    approval_id bigint NOT NULL REFERENCES outbox.approval (id),
    intent_id   bigint NOT NULL REFERENCES outbox.intent (id),
    approver    text   NOT NULL,
    delegator   text,
    person      text   GENERATED ALWAYS AS (lower(btrim(approver))) STORED,
    voice       text   GENERATED ALWAYS AS (lower(btrim(coalesce(delegator, approver)))) STORED,
    wrote       boolean NOT NULL,
    document_id bigint,
    document    text,
    delegation_id bigint REFERENCES outbox.delegation (id),
    grant_id    bigint,
    use         int,
    uses        int,
    at          timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT a_person_endorses_an_approval_once UNIQUE (approval_id, person),
    CONSTRAINT nobody_is_heard_twice UNIQUE (approval_id, voice),
    CONSTRAINT a_signature_is_used_once_for_an_intent UNIQUE (intent_id, document),
    CONSTRAINT an_endorsement_names_its_document FOREIGN KEY (document_id, document)
        REFERENCES outbox.document (id, digest) MATCH FULL,
    CONSTRAINT a_use_is_of_a_standing_grant FOREIGN KEY (grant_id, uses)
        REFERENCES outbox.standing_grant (id, uses) MATCH FULL,
    CONSTRAINT a_grant_is_used_no_more_often_than_it_says
        CHECK (CASE WHEN grant_id IS NULL THEN use IS NULL
                    ELSE coalesce(use BETWEEN 1 AND uses, false) END),
    CONSTRAINT a_delegate_names_the_delegator
        CHECK ((delegation_id IS NULL) = (delegator IS NULL))
);
