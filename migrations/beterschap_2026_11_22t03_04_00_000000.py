"""The access log tells how much there was to see: what is medical too, and what came since the last look."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T03:04:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "how much somebody saw who looked"


async def forwards() -> MigrationManager:
    """Two columns; of the lines that are stored nobody knows it."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        await execute("ALTER TABLE access_log_line ADD COLUMN medical boolean, ADD COLUMN extent integer")

    manager.add_raw(add)
    return manager
