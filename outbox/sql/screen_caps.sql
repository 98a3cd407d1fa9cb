-- How much of each cap is used that stands for one name.
SELECT id, used, whole FROM outbox.caps_in_use()
