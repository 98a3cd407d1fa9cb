-- A way to people, by its name in the file of who runs notifiers; where it leads is only there.
-- One notifier at a time tells over it, under a lease; after a failure it rests until `due_at`.
CREATE TABLE outbox.route (
    name             text PRIMARY KEY,
    fence            bigint NOT NULL DEFAULT 0,
    leased_by        text,
    lease_expires_at timestamptz,
    failures         int NOT NULL DEFAULT 0,
    due_at           timestamptz NOT NULL DEFAULT now(),
    told_at          timestamptz,
    CONSTRAINT a_route_has_a_name CHECK (name <> ''),
    CONSTRAINT a_route_is_leased_for_a_time
        CHECK (num_nonnulls(leased_by, lease_expires_at) IN (0, 2))
);
