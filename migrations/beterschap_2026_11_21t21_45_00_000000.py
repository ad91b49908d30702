"""A draft of each kind, and one problem analysis in a dossier."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-21T21:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "posting to a dossier"

STATEMENTS = """
ALTER TABLE draft DROP CONSTRAINT draft_dossier_author_key;

ALTER TABLE draft ADD COLUMN fields jsonb NOT NULL DEFAULT '{}';

ALTER TABLE draft ADD CONSTRAINT draft_one_of_a_kind UNIQUE (dossier, author, kind);

CREATE UNIQUE INDEX problem_analysis_once ON entry (dossier, audience) WHERE kind = 'problem_analysis';

CREATE INDEX document_stored_as ON document (stored_as)
"""


async def forwards() -> MigrationManager:
    """Adds to the tables of drafts and entries; nothing that is stored changes."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await execute(statement)

    manager.add_raw(add)
    return manager
