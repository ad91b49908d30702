"""Who has been sick longest, apart for who is absent without an end and for who has a day of recovery: closed
dossiers are nearly all of the second kind, and had all to be read to find that none of them lasts."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T06:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "indexes for longest sick first"

STATEMENTS = (
    "DROP INDEX desk_line_lasting",
    """
    CREATE INDEX desk_line_lasting ON desk_line (desk, is_open, counts_from, dossier)
    WHERE until = '9999-01-01'
    """,
    "CREATE INDEX desk_line_until ON desk_line (desk, is_open, until) WHERE until < '9999-01-01'",
)


async def forwards() -> MigrationManager:
    """Makes them."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def make() -> None:
        for statement in STATEMENTS:
            await execute(statement)

    manager.add_raw(make)
    return manager
