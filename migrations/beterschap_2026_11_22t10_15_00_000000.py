"""Closed dossiers in the order in which they closed, the latest first."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T10:15:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "closed dossiers, the latest first"

LATEST = """
CREATE INDEX desk_line_ended ON desk_line (desk, (DATE '2000-01-01' - until), dossier) WHERE NOT is_open
"""


async def forwards() -> MigrationManager:
    """One index."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        await execute(LATEST)

    manager.add_raw(add)
    return manager
