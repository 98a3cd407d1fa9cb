"""The real parts that tests run against, and how they are picked.

`HOLDSHORT_TEST_DSN` (a server on which databases may be created) and
`HOLDSHORT_TEST_KAFKA` (`embedded`, `apache` or host:port) decide; unset, containers
serve where a Docker engine answers, and the embedded parts everywhere else.
"""
