"""What the legal calendar asks each minute: who reported of late."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-21T23:13:07:000000"
VERSION = "1.38.0"
DESCRIPTION = "recent sick reports"


async def forwards() -> MigrationManager:
    """One index."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        await execute("CREATE INDEX spell_reported ON spell (reported_at)")

    manager.add_raw(add)
    return manager
