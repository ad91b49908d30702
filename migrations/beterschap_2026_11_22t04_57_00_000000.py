"""The indexes by which long lists were ordered by name before `desk_line` and `employment.name_key` were: nothing
reads them any more, and every change of a job wrote them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T04:57:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "no indexes that nobody reads"


async def forwards() -> MigrationManager:
    """Drops them."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def drop() -> None:
        await execute("DROP INDEX employment_caseload")
        await execute("DROP INDEX employment_name")

    manager.add_raw(drop)
    return manager
