-- What a revocation may name: a key that was enrolled, or what a person has signed.
SELECT kind FROM outbox.document
 WHERE kind = 'enrolment' AND about = %(named)s
    OR kind IN ('approval', 'grant', 'delegation') AND digest = %(named)s
 LIMIT 1
