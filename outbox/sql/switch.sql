-- Where the switch stands; no row is off.
SELECT outbound, flipped_by, flipped_at FROM outbox.switch
