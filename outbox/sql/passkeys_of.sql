-- The passkeys that a person has made on our page, in their order.
SELECT name, content, made_at FROM outbox.passkey WHERE person = %(person)s ORDER BY made_at, name
