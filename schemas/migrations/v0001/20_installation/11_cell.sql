-- Which of several installations this one is, and the tenants that live in it; without a row it
-- is the only one, and whoever is bound to no tenant proposes for `default`.
CREATE TABLE outbox.cell (
    only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    name        text   NOT NULL,
    tenants     text[] NOT NULL,
    declared_by text   NOT NULL,
    declared_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT a_cell_has_a_name CHECK (name <> ''),
    CONSTRAINT a_cell_names_who_declared_it CHECK (declared_by <> '')
);
