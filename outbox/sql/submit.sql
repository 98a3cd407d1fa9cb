-- Propose inside the caller's transaction.
SELECT id, version, digest
  FROM outbox.submit(%(key)s, %(producer)s, %(channel)s, %(content)s,
                     %(not_before)s, %(not_after)s, %(traceparent)s)
