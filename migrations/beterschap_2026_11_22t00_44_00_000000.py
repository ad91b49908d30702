"""Long lists that read no more than they show, each in the order of an index.

`employment_team` gives a manager's people by name, and holds what says whether somebody is in service, so
that a team is counted without reading the people. It does what `employment_manager` did.
`employment_name` gives everybody by name, for the list of a company doctor who serves many employers.
`spell_until` finds who is away or came back of late: an open spell lasts until infinity.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T00:44:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "long lists in order"

STATEMENTS = """
CREATE INDEX employment_team ON employment (manager, lower(last_name), lower(first_name), id) INCLUDE (employer, account, started_on, left_on);
DROP INDEX employment_manager;
CREATE INDEX employment_name ON employment (lower(last_name || ' ' || first_name));
CREATE INDEX spell_until ON spell (coalesce(recovered_on, 'infinity'::date), employment) WHERE withdrawn_at IS NULL;
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
