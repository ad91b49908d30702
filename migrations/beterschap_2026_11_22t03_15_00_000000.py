"""An action that who asked for it takes back."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T03:15:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "an action may be withdrawn"


async def forwards() -> MigrationManager:
    """A column; nothing that is stored changes."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        await execute("ALTER TABLE action ADD COLUMN withdrawn_by uuid REFERENCES account")

    manager.add_raw(add)
    return manager
