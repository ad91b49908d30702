"""An answer to proposed hours that is no yes; and no employer in a time zone that nobody knows."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-21T23:25:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "hours refused, known time zones"

# An unknown zone makes AT TIME ZONE itself fail; the pattern keeps out what only PostgreSQL understands
# ("XYZ3" is a zone to it).
STATEMENTS = """
ALTER TABLE partial_recovery ADD COLUMN refused_at timestamptz, ADD COLUMN refused_by uuid REFERENCES account, ADD COLUMN refusal text;
ALTER TABLE partial_recovery ADD CONSTRAINT partial_recovery_answered_once CHECK (confirmed_at IS NULL OR refused_at IS NULL);
UPDATE employer SET time_zone = 'Europe/Amsterdam' WHERE time_zone NOT IN (SELECT name FROM pg_timezone_names) OR time_zone !~ '^(UTC|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$';
ALTER TABLE employer ADD CONSTRAINT employer_time_zone CHECK (time_zone ~ '^(UTC|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$' AND timestamptz '2026-01-01 00:00Z' AT TIME ZONE time_zone IS NOT NULL);
"""


async def forwards() -> MigrationManager:
    """Columns and checks."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await execute(statement)

    manager.add_raw(add)
    return manager
