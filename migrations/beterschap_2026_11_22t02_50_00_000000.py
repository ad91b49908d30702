"""What an advice said before it was corrected."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T02:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "an advice may be corrected"


async def forwards() -> MigrationManager:
    """A column; nothing that is stored changes."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        await execute("ALTER TABLE correction ADD COLUMN facts jsonb NOT NULL DEFAULT '{}'")

    manager.add_raw(add)
    return manager
