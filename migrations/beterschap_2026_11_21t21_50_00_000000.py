"""What a list over thousands of dossiers asks in order of date: what is due first, and the next of each."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-21T21:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "the caseload"

STATEMENTS = """
CREATE INDEX action_due ON action (due_on, entry) WHERE done_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX calendar_step_planned ON calendar_step (due_on, dossier) WHERE action IS NULL AND done_at IS NULL AND closed_at IS NULL;
CREATE INDEX calendar_step_next ON calendar_step (dossier, due_on) WHERE action IS NULL AND done_at IS NULL AND closed_at IS NULL;
"""


async def forwards() -> MigrationManager:
    """Indexes alone."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await execute(statement)

    manager.add_raw(add)
    return manager
