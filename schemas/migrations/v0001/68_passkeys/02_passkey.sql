-- Passkeys that people have made on our page, each as the file that a root is given.  No
-- signature counts by a row of this: a root's word on the key does that.
CREATE TABLE outbox.passkey (
    name    text  NOT NULL,
    person  text  NOT NULL,
    content bytea NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT a_passkey_is_made_once PRIMARY KEY (name),
    CONSTRAINT a_passkey_names_a_person CHECK (person <> ''),
    CONSTRAINT a_passkey_is_short CHECK (octet_length(content) <= 8192)
);
