-- Whether sending is on.
SELECT EXISTS (SELECT FROM outbox.switch WHERE outbound)
