-- Which backend answers.  A pooler has greeted us with a number of its own.
SELECT pg_backend_pid()
