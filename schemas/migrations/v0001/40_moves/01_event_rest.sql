-- What no partition was made for in time: nothing is ever refused for want of one.
CREATE TABLE outbox.event_rest PARTITION OF outbox.event DEFAULT;
