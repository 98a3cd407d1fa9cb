-- An address, or a whole domain, to which nothing may leave; set and lifted like a cap.
CREATE TABLE outbox.suppression (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target    text NOT NULL,
    reason    text NOT NULL,
    set_by    text NOT NULL,
    set_at    timestamptz NOT NULL DEFAULT now(),
    lifted_by text,
    lifted_at timestamptz,
    CONSTRAINT a_target_is_suppressed_once UNIQUE NULLS NOT DISTINCT (target, lifted_at),
    CONSTRAINT a_suppression_says_why CHECK (reason <> ''),
    CONSTRAINT a_suppression_names_a_person CHECK (set_by <> '' AND lifted_by <> ''),
    CONSTRAINT a_lifted_suppression_says_by_whom
        CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
);
