"""Who said that an action is not needed: who may take a step of the calendar up again."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T06:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "who called an action unneeded"


async def forwards() -> MigrationManager:
    """Empty for what was said before: the case manager may take that up again."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        await execute("ALTER TABLE action ADD COLUMN cancelled_by uuid REFERENCES account")

    manager.add_raw(add)
    return manager
