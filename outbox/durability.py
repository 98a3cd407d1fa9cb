"""What commits must survive a crash, or a permit could be forgotten and given again."""

from __future__ import annotations

from outbox.errors import BadSettings
from outbox.store import Connection, sql


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
