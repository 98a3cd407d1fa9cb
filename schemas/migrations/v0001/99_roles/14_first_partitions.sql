SELECT outbox.make_partitions();
