-- Everything that roots have signed, in its order.
SELECT kind, content, signature, key, about FROM outbox.document
 WHERE kind IN ('enrolment', 'revocation', 'policy') ORDER BY id
