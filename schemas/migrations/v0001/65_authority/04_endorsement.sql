-- One person's yes: an approval has as many as it needs, and a document where the person
-- has signed.  No document is used twice for an intent: a new approval is signed anew.  `wrote`:
-- it is of somebody who has a hand in the bytes, which only a sole operator may give.
CREATE TABLE outbox.endorsement (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    approval_id bigint NOT NULL REFERENCES outbox.approval (id),
    intent_id   bigint NOT NULL REFERENCES outbox.intent (id),
    approver    text   NOT NULL,
    person      text   GENERATED ALWAYS AS (lower(btrim(approver))) STORED,
    wrote       boolean NOT NULL,
    document_id bigint,
    document    text,
    at          timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT a_person_endorses_an_approval_once UNIQUE (approval_id, person),
    CONSTRAINT a_signature_is_used_once_for_an_intent UNIQUE (intent_id, document),
    CONSTRAINT an_endorsement_names_its_document FOREIGN KEY (document_id, document)
        REFERENCES outbox.document (id, digest) MATCH FULL
);
