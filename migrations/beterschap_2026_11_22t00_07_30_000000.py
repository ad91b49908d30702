"""A draft of a correction."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T00:07:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "a correction may be a draft"

STATEMENTS = """
ALTER TABLE draft DROP CONSTRAINT draft_kind_check;

ALTER TABLE draft ADD CONSTRAINT draft_kind_check
    CHECK (kind IN ('note', 'document', 'action', 'advice', 'problem_analysis', 'correction'))
"""


async def forwards() -> MigrationManager:
    """Lets one more kind of draft in; nothing that is stored changes."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def widen() -> None:
        for statement in STATEMENTS.split(";\n"):
            await execute(statement)

    manager.add_raw(widen)
    return manager
