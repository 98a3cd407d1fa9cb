-- The hashes of every complete subtree of the log (RFC 6962): the leaves are level 0, and
-- the node `index` of a level covers the leaves from index * 2^level on.  Every proof reads
-- a few of them for each level, and none of them ever changes.
CREATE TABLE outbox.node (
    level smallint NOT NULL,
    index bigint   NOT NULL,
    hash  bytea    NOT NULL,
    PRIMARY KEY (level, index)
);
