CREATE UNIQUE INDEX each_use_of_a_grant_is_counted_once
    ON outbox.endorsement (grant_id, use) WHERE grant_id IS NOT NULL;
