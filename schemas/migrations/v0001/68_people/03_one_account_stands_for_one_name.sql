-- However it is spelled: `Ada` must not be another person than `ada`.
CREATE UNIQUE INDEX one_account_stands_for_one_name
    ON outbox.account (lower(name), disabled_at) NULLS NOT DISTINCT;
