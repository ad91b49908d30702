"""Hours that were agreed by talking, written down by the manager or case manager."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T02:18:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "hours agreed by talking"

STATEMENTS = """
ALTER TABLE partial_recovery ADD COLUMN recorded boolean NOT NULL DEFAULT false;
ALTER TABLE partial_recovery ADD CONSTRAINT partial_recovery_recorded_is_agreed CHECK (NOT recorded OR confirmed_at IS NOT NULL);
"""


async def forwards() -> MigrationManager:
    """A column and a check; nothing that is stored changes."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await execute(statement)

    manager.add_raw(add)
    return manager
