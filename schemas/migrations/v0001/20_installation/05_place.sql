-- What PostgreSQL itself says of where it stands; any role may ask.  The timeline is read
-- off the name of the WAL file being written: pg_control learns of a promotion later.
CREATE FUNCTION outbox.place(
    OUT system_identifier bigint, OUT timeline int, OUT database_oid bigint, OUT database text
) LANGUAGE sql STABLE AS $$
    SELECT control.system_identifier,
           ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int,
           mine.oid::bigint, mine.datname::text
      FROM pg_control_system() AS control, pg_database AS mine
     WHERE mine.datname = current_database()
$$;
