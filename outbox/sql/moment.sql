-- So long ago, by the database's clock.
SELECT now() - %(ago)s::interval
