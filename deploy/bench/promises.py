"""What each product does for an item while it is measured here, and what it does not.

By their own documentation and sources, in the versions that the locks name.
"""

from __future__ import annotations

HEAD = (
    *("product", "an approval of these very bytes", "a permit before the one attempt"),
    *("a late worker is fenced out", "illegal changes of state are refused"),
    *("receipts", "what a worker held that dies"),
)
PROMISES: tuple[tuple[str, ...], ...] = (
    (
        *("Holdshort", "yes: a signed standing grant", "yes"),
        *("yes: a fence for each lease", "yes: by a foreign key"),
        *("of each step, in its transaction", "never repeated once it was permitted"),
    ),
    (
        *("PgQueuer", "no", "no"),
        *("no: it is completed by its id", "no"),
        *("no: a log of states", "is picked again"),
    ),
    (
        *("pg-boss", "no", "no"),
        *("by the number of its retry", "no"),
        *("no", "is fetched again"),
    ),
    (
        *("graphile-worker", "no", "no"),
        *("no: it is deleted by its id", "no"),
        *("no", "is run again, after 4 hours"),
    ),
    (
        *("procrastinate", "no", "no"),
        *("no: it is deleted by its id", "no"),
        *("no", "stays as it is until somebody acts"),
    ),
    (
        *("AgentBarrier", "not as run here: allowed at once", "yes: its claim"),
        *("yes: by its state", "not by the database"),
        *("of each step, in one chain", "is unknown, and waits for a person"),
    ),
    (
        *("Debezium", "no", "no"),
        *("by its one replication slot", "no"),
        *("no", "is published again"),
    ),
)
