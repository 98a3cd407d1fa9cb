"""What a database must be able to do before anything is sent from it.

What commits must survive a crash, or a permit could be forgotten and given again; and
what became of a mail must find room to be written down.
"""

from __future__ import annotations

from outbox.errors import BadSettings
from outbox.store import Connection, call, sql


def check_durable(connection: Connection) -> None:
    """Raise `BadSettings` for a server, or a session, that may forget what it committed.

    The permit asks again each time: a setting may be changed under a running sender.
    """
    unsafe = [name for (name,) in connection.execute(sql("unsafe_settings"))]
    if unsafe:
        raise BadSettings(
            f"PostgreSQL runs with {', '.join(f'{name}=off' for name in unsafe)}: after a"
            " crash it could forget a permit, and a mail could leave twice",
            hint=f"as its superuser: ALTER SYSTEM SET {unsafe[0]} = on;"
            " SELECT pg_reload_conf(); and look for it in ALTER ROLE, ALTER DATABASE and"
            " HOLDSHORT_DSN",
        )


def check_room(connection: Connection) -> None:
    """Raise psycopg's `DiskFull` where no receipt can be written.

    A sender that could not record an outcome ends.  Started again, it would send one more
    mail that nobody can record, and one more at every start.
    """
    call(connection, "try_room")
