"""Pushes: to which browsers, and how each person chose to be told."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-21T23:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "being told"

STATEMENTS = """
CREATE TABLE push_subscription (
    id uuid PRIMARY KEY,
    account uuid NOT NULL REFERENCES account,
    session uuid NOT NULL UNIQUE REFERENCES session ON DELETE CASCADE,
    endpoint_hash bytea NOT NULL UNIQUE,
    secret bytea NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE INDEX push_subscription_account ON push_subscription (account);

CREATE TABLE telling_choice (
    id uuid PRIMARY KEY,
    account uuid NOT NULL REFERENCES account,
    kind varchar(16) NOT NULL,
    mail boolean NOT NULL,
    push boolean NOT NULL,
    sms boolean NOT NULL,
    CONSTRAINT telling_choice_once UNIQUE (account, kind)
);

CREATE FUNCTION end_push_subscription() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM push_subscription WHERE session = NEW.id; RETURN NULL; END $$;

CREATE TRIGGER session_ended AFTER UPDATE OF ended_at ON session FOR EACH ROW WHEN (NEW.ended_at IS NOT NULL) EXECUTE FUNCTION end_push_subscription();

CREATE FUNCTION end_push_subscriptions() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM push_subscription WHERE account = NEW.id; RETURN NULL; END $$;

CREATE TRIGGER account_blocked AFTER UPDATE OF blocked_at ON account FOR EACH ROW WHEN (NEW.blocked_at IS NOT NULL) EXECUTE FUNCTION end_push_subscriptions()
"""


async def forwards() -> MigrationManager:
    """Two tables, and triggers that end a device's pushes with its session, however that ends."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await execute(statement)

    manager.add_raw(add)
    return manager
