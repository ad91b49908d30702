"""An entry says itself when it was last corrected, so that what was corrected counts as new, and is found quickly."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T03:13:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "when an entry was corrected"


async def forwards() -> MigrationManager:
    """A column, filled from the corrections that were kept, and an index over the few that have it."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        await execute("ALTER TABLE entry ADD COLUMN corrected_at timestamptz")
        await execute(
            "UPDATE entry e SET corrected_at = c.at"
            " FROM (SELECT entry, max(corrected_at) AS at FROM correction GROUP BY entry) c WHERE c.entry = e.id"
        )
        await execute(
            "CREATE INDEX entry_corrected ON entry (dossier, corrected_at) WHERE corrected_at IS NOT NULL"
        )

    manager.add_raw(add)
    return manager
