-- Where sending was armed, and by whom.  The newest row counts; none means unarmed, as a
-- migration leaves it.  A copy of the database carries the rows along, but not the place.
CREATE TABLE outbox.epoch (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    system_identifier bigint NOT NULL,
    timeline          int    NOT NULL,
    database_oid      bigint NOT NULL,
    database          text   NOT NULL,
    environment       text   NOT NULL,
    nonce             text   NOT NULL,
    armed_by          text   NOT NULL,
    armed_at          timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT an_epoch_names_a_person CHECK (armed_by <> '')
);
