"""What a database holds, as one value: an attack that changes nothing leaves it as it was."""

from __future__ import annotations

from outbox.store import Connection

_OURS = (
    "'^(holdshort_|eve|local_(ours|others)_"
    "|local_(agent|s|r|attester|notifier|operator|console))'"
)
"""The roles of a house; other tests make others in the same cluster."""
_CATALOGS = (
    "SELECT proname, prosrc, proacl, proconfig, proowner, prosecdef FROM pg_proc"
    " WHERE pronamespace = 'outbox'::regnamespace",
    "SELECT relname, relacl, relowner, relrowsecurity, relforcerowsecurity, relkind"
    " FROM pg_class WHERE relnamespace = 'outbox'::regnamespace",
    "SELECT tgrelid, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT polrelid, polname, polcmd, polpermissive FROM pg_policy",
    "SELECT rulename, ev_class FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class"
    " WHERE relnamespace = 'outbox'::regnamespace",
    "SELECT nspname, nspacl, nspowner FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'",
    "SELECT defaclrole, defaclobjtype, defaclacl FROM pg_default_acl",
    "SELECT evtname FROM pg_event_trigger",
    "SELECT rolname, rolsuper, rolcanlogin, rolbypassrls, rolcreaterole, rolconfig"
    f" FROM pg_roles WHERE rolname ~ {_OURS}",
    "SELECT roleid, member FROM pg_auth_members JOIN pg_roles ON pg_roles.oid = member"
    f" WHERE rolname ~ {_OURS}",
    "SELECT name, setting FROM pg_file_settings WHERE sourcefile ~ 'auto.conf$'",
)


def tables_of(db: Connection) -> dict[str, str]:
    """Every table of ours, with its last column that may be written at all."""
    rows = db.execute(
        "SELECT DISTINCT ON (relname) relname::text, attname::text"
        " FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0"
        " AND attidentity = '' AND attgenerated = ''"
        " WHERE relnamespace = 'outbox'::regnamespace AND relkind = 'r'"
        " ORDER BY relname, attnum DESC"
    )
    return dict(rows.fetchall())


class Digest:
    """Asked by a superuser, who sees every row."""

    def __init__(self, db: Connection) -> None:
        sources = [f"SELECT * FROM outbox.{table}" for table in tables_of(db)]
        self._db = db
        self._asked = " UNION ALL ".join(
            f"SELECT {number}, (SELECT md5(string_agg(one::text, '|' ORDER BY one::text))"
            f" FROM ({source}) AS one)"
            for number, source in enumerate((*sources, *_CATALOGS))
        ).encode()

    def taken(self) -> list[tuple[object, ...]]:
        return self._db.execute(self._asked).fetchall()
