"""Wrong uses of a notifier's functions, as data: see `forgeries`."""

from __future__ import annotations

TELLING = (
    "SELECT * FROM outbox.claim_to_notify('', 'eve', '1 hour', ARRAY['stranded'],"
    " NULL, NULL, NULL, '0', 9)",
    "SELECT * FROM outbox.claim_to_notify(NULL, 'eve', '1 h', ARRAY['stranded'],"
    " NULL, NULL, NULL, '0', 9)",
    "SELECT outbox.record_notified('no route', 1, ARRAY['stranded'], ARRAY[:stranded],"
    " ARRAY[now()])",
    *(
        f"SELECT outbox.record_notified('x', 1, ARRAY['{kind}'], ARRAY[{id}], ARRAY[now()])"
        for kind, id in (("sent", ":sent"), ("switch", ":sent"), ("stranded", "0"))
    ),
    "SELECT outbox.record_notified('x', 1, ARRAY['stranded'], ARRAY[NULL::bigint],"
    " ARRAY[now()])",
    "SELECT outbox.postpone_route('no route', 1, '1 year')",
    "SET row_security = off;"
    " SELECT * FROM outbox.claim_to_notify('', 'e', '1 h', '{}', NULL, NULL, NULL, '0', 9)",
)
