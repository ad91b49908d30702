"""Wrong birth dates are counted per link, as those of an invitation are."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T03:06:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "wrong tries of a password link"


async def forwards() -> MigrationManager:
    """A constant default: the table is not rewritten."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        await execute("ALTER TABLE password_reset ADD COLUMN wrong_tries smallint NOT NULL DEFAULT 0")

    manager.add_raw(add)
    return manager
