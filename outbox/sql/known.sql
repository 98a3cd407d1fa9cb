-- What a revocation may name: a key that was enrolled, or an approval that was signed.
SELECT kind FROM outbox.document
 WHERE kind = 'enrolment' AND about = %(named)s OR kind = 'approval' AND digest = %(named)s
 LIMIT 1
