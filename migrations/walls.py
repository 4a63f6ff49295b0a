"""What the database itself refuses: overlaps, edits of what is published or logged, other salons' rows.

raise_walls() is run after every migration step on both databases and only adds what is missing or makes
it anew, so no later migration can forget it: each table with a salon_id gets row-level security.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

BLOCKING = "('requested', 'held', 'booked', 'checked_in', 'in_service', 'completed')"
APPEND_ONLY = {  # table: what is refused; erasing a client may delete, nobody may rewrite
    "audit_entry": ("UPDATE", "DELETE"),
    "health_read": ("UPDATE", "DELETE"),
    "questionnaire_version": ("UPDATE", "DELETE"),
    "evaluation": ("UPDATE",),
    "acknowledgement": ("UPDATE",),
    "observed_caution": ("UPDATE",),
    "visit_record": ("UPDATE",),
}
GUARDS = {  # what may not overlap: (column, from, to)
    "no_double_booking": ("technician_id", "block_starts_at", "block_ends_at"),
    "one_client_per_station": ("station_id", "block_starts_at", "block_ends_at"),
    "one_visit_at_a_time": ("client_id", "starts_at", "ends_at"),
}
_LONGEST_MICROSECONDS = 8 * 24 * 3600 * 1_000_000  # contract: 10080 minutes and two buffers of 240


def _sqlite_triggers(tables: set[str]) -> Iterator[tuple[str, str]]:
    if "appointment" in tables:
        for name, (column, start, end) in GUARDS.items():
            clash = (
                f"SELECT RAISE(ABORT, '{name}') WHERE EXISTS (SELECT 1 FROM appointment AS other"
                f" WHERE other.salon_id = NEW.salon_id AND other.{column} = NEW.{column} AND other.id IS NOT NEW.id"
                f" AND other.{start} < NEW.{end} AND other.{end} > NEW.{start}"
                f" AND other.{start} > NEW.{start} - {_LONGEST_MICROSECONDS} AND other.status IN {BLOCKING})"
            )
            when = f"WHEN NEW.status IN {BLOCKING} AND NEW.{column} IS NOT NULL"
            yield f"{name}_insert", f"BEFORE INSERT ON appointment {when} BEGIN {clash}; END"
            columns = f"salon_id, {column}, {start}, {end}, status"
            yield f"{name}_update", f"BEFORE UPDATE OF {columns} ON appointment {when} BEGIN {clash}; END"
    for table in APPEND_ONLY.keys() & tables:
        for act in APPEND_ONLY[table]:
            yield (
                f"{table}_keeps_{act.lower()}",
                f"BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
            )


def _raise_sqlite(connection: Connection, tables: set[str]) -> None:
    for name, body in _sqlite_triggers(tables):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")


_ROLE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'salon_app') THEN CREATE ROLE salon_app NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
  IF NOT pg_has_role(current_user, 'salon_app', 'MEMBER') THEN
    EXECUTE format('GRANT salon_app TO %I', current_user);
  END IF;
END $$;
"""
_CURRENT_SALON = """
CREATE OR REPLACE FUNCTION current_salon() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT NULLIF(current_setting('salon.id', true), '')::bigint $$
"""
_REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""
# The acts across salons, each one named, with its newest table; they run as the tables' owner and give back only
# what is listed.
ACROSS = {
    "salons_listed()": (
        "salon",
        "TABLE (id bigint, slug text, name text, city text, time_zone text, locales json)",
        "SELECT id, slug, name, city, time_zone, locales FROM salon ORDER BY name, slug",
    ),
    "salon_by_slug(text)": ("salon", "bigint", "SELECT id FROM salon WHERE slug = $1"),
    "salon_of_link(text)": ("link", "bigint", "SELECT salon_id FROM link WHERE token_hash = $1"),
    "salon_of_token(text)": (
        "api_token",
        "bigint",
        "SELECT salon_id FROM api_token WHERE token_hash = $1 AND ended_at IS NULL",
    ),
    "memberships_of(bigint)": (
        "membership",
        "TABLE (salon_id bigint, slug text, name text, member_id bigint, role text, technician_id bigint)",
        """SELECT m.salon_id, s.slug, s.name, m.id, m.role, m.technician_id
             FROM membership m JOIN salon s ON s.id = m.salon_id
            WHERE m.user_id = $1 AND m.ended_at IS NULL ORDER BY s.name, s.id""",
    ),
    "claim_messages(timestamptz, timestamptz, integer)": (
        "outbox_message",
        "TABLE (salon_id bigint, id bigint)",
        """UPDATE outbox_message SET leased_until = $2, tries = tries + 1
            WHERE id IN (SELECT id FROM outbox_message
                          WHERE sent_at IS NULL AND given_up_at IS NULL AND due_at <= $1
                            AND (leased_until IS NULL OR leased_until <= $1)
                          ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)
        RETURNING salon_id, id""",
    ),
}


def _raise_postgresql(connection: Connection, tables: set[str]) -> None:
    for statement in (_ROLE, _CURRENT_SALON, _REFUSE_CHANGE, "GRANT USAGE ON SCHEMA public TO salon_app"):
        connection.exec_driver_sql(statement.replace("%", "%%"))
    inspector = sa.inspect(connection)
    for table in sorted(tables):
        column = "id" if table == "salon" else "salon_id"
        names = {found["name"] for found in inspector.get_columns(table)}
        if table == "salon" or ("salon_id" in names and table != "signed_in_session"):
            _wall(connection, table, column)
        refused = APPEND_ONLY.get(table, ())
        granted = [act for act in ("SELECT", "INSERT", "UPDATE", "DELETE") if act not in refused]
        connection.exec_driver_sql(f'REVOKE ALL ON "{table}" FROM salon_app')
        connection.exec_driver_sql(f'GRANT {", ".join(granted)} ON "{table}" TO salon_app')
        for act in refused:
            name = f"{table}_keeps_{act.lower()}"
            connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS {name} ON "{table}"')
            connection.exec_driver_sql(
                f'CREATE TRIGGER {name} BEFORE {act} ON "{table}" FOR EACH ROW EXECUTE FUNCTION refuse_change()'
            )
    connection.exec_driver_sql("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO salon_app")
    connection.exec_driver_sql("GRANT SELECT ON alembic_version TO salon_app")
    for signature, (needed, returns, body) in ACROSS.items():
        if needed not in tables:
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {signature}")
            continue
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {signature} RETURNS {returns} LANGUAGE sql SECURITY DEFINER"
            f" SET search_path = public, pg_temp AS $$ {body} $$"
        )
        connection.exec_driver_sql(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        connection.exec_driver_sql(f"GRANT EXECUTE ON FUNCTION {signature} TO salon_app")


def _wall(connection: Connection, table: str, column: str) -> None:
    connection.exec_driver_sql(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    connection.exec_driver_sql(f'DROP POLICY IF EXISTS of_this_salon ON "{table}"')
    connection.exec_driver_sql(
        f'CREATE POLICY of_this_salon ON "{table}" USING ({column} = current_salon())'
        f" WITH CHECK ({column} = current_salon())"
    )


def raise_walls(connection: Connection) -> None:
    """Make every trigger, policy, grant and named function anew for the tables that exist now."""
    tables = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
    if not tables:
        return
    if connection.dialect.name == "sqlite":
        _raise_sqlite(connection, tables)
    else:
        _raise_postgresql(connection, tables)


def add_overlap_guard(connection: Connection) -> None:
    """Add PostgreSQL's exclusion constraints (SQLite's triggers come with raise_walls)."""
    connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS btree_gist")
    for name, (column, start, end) in GUARDS.items():
        connection.exec_driver_sql(
            f"ALTER TABLE appointment ADD CONSTRAINT {name} EXCLUDE USING gist"
            f" (salon_id WITH =, {column} WITH =, tstzrange({start}, {end}) WITH &&) WHERE (status IN {BLOCKING})"
        )


def lower_walls(connection: Connection) -> None:
    """Drop what outlives its tables (PostgreSQL's functions); the role stays, other databases may use it."""
    if connection.dialect.name == "postgresql":
        for signature in (*ACROSS, "current_salon()", "refuse_change()"):
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {signature} CASCADE")
