"""A list over thousands of dossiers in order: whose they are by name, and which began first."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-21T23:15:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "the caseload in order"

STATEMENTS = """
CREATE INDEX employment_caseload ON employment (case_manager, lower(last_name || ' ' || first_name));
DROP INDEX employment_case_manager;
CREATE INDEX dossier_oldest ON dossier (opened_on) WHERE closed_on IS NULL;
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
