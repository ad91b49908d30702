"""Who left of late is found by the day, so that the worker can ask every minute."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T02:56:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "who left of late"


async def forwards() -> MigrationManager:
    """An index alone."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        await execute("CREATE INDEX employment_left ON employment (left_on) WHERE left_on IS NOT NULL")

    manager.add_raw(add)
    return manager
