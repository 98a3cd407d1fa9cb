-- Which cell this database is, and who lives here.
SELECT name, tenants FROM outbox.cell
