"""Who moves lines to another desk takes the dossiers first and their lines after, like who posts in one: two who
take turns the other way round would wait for each other until PostgreSQL ends one of them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-22T09:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "dossiers are taken before their lines"

MOVE = """
CREATE OR REPLACE FUNCTION move_desk_lines(dossiers uuid[]) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
    PERFORM FROM dossier d WHERE d.id = ANY(dossiers) ORDER BY d.id FOR NO KEY UPDATE;
    DELETE FROM desk_line l WHERE l.dossier = ANY(dossiers);
    PERFORM keep_desk_lines(dossiers);
END $$
"""
MANY = {
    "an_employer_changed": """
        PERFORM move_desk_lines(ARRAY(SELECT d.id FROM dossier d JOIN employment m ON m.id = d.employment
                                      WHERE m.employer = NEW.id));
    """,
    "a_role_changed": """
        PERFORM keep_desk_lines(ARRAY(SELECT l.dossier FROM desk_line l WHERE l.desk = NEW.id));
    """,
    "a_trust_changed": """
        PERFORM keep_desk_lines(ARRAY(
            SELECT l.dossier FROM desk_line l
            WHERE (l.desk, l.employer) IN ((OLD.role_holder, OLD.employer), (NEW.role_holder, NEW.employer))));
    """,
}
"""Of these no dossier may be missed that opens meanwhile, so they wait for whoever holds any, and hold all."""


async def forwards() -> MigrationManager:
    """Other bodies for four functions that are there."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def change() -> None:
        await execute(MOVE)
        for name, body in MANY.items():
            await execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
                " SET enable_seqscan = off SET plan_cache_mode = force_generic_plan"
                f" AS $$ BEGIN LOCK TABLE dossier IN EXCLUSIVE MODE; {body} RETURN NULL; END $$"
            )

    manager.add_raw(change)
    return manager
