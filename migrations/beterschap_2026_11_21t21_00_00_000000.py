"""What the people around an employee need: advice, drafts, corrections, and how an action went."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-21T21:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "manager, case manager and company doctor"

STATEMENTS = """
CREATE TABLE medical_delegation (
    id uuid PRIMARY KEY,
    role_holder uuid NOT NULL REFERENCES role_holder,
    employer uuid NOT NULL REFERENCES employer,
    since timestamptz NOT NULL,
    by_account uuid NOT NULL REFERENCES account,
    UNIQUE (role_holder, employer)
);

CREATE TABLE draft (
    id uuid PRIMARY KEY,
    dossier uuid NOT NULL REFERENCES dossier,
    author uuid NOT NULL REFERENCES account,
    kind varchar(20) NOT NULL CHECK (kind IN ('note', 'document', 'action', 'advice', 'problem_analysis')),
    title varchar(200) NOT NULL,
    body text NOT NULL DEFAULT '',
    audience varchar(12) NOT NULL DEFAULT 'shared' CHECK (audience IN ('shared', 'medical')),
    updated_at timestamptz NOT NULL,
    UNIQUE (dossier, author)
);

CREATE TABLE correction (
    id uuid PRIMARY KEY,
    entry uuid NOT NULL REFERENCES entry,
    title varchar(200) NOT NULL,
    body text NOT NULL DEFAULT '',
    corrected_at timestamptz NOT NULL,
    corrected_by uuid NOT NULL REFERENCES account
);

ALTER TABLE entry DROP CONSTRAINT entry_kind_check;

ALTER TABLE entry ADD CONSTRAINT entry_kind_check CHECK (kind IN ('report', 'recovery', 'partial_recovery', 'withdrawal', 'note', 'document', 'action', 'change', 'advice', 'problem_analysis'));

ALTER TABLE action ADD COLUMN term varchar(40);

ALTER TABLE action ADD COLUMN reason text;

ALTER TABLE action ADD COLUMN word text;

ALTER TABLE action ADD COLUMN postponed_from date;

ALTER TABLE action ADD CONSTRAINT action_closed_once CHECK (done_at IS NULL OR cancelled_at IS NULL);

CREATE INDEX correction_entry ON correction (entry, corrected_at);
CREATE INDEX entry_action ON entry (dossier) WHERE kind = 'action';
CREATE INDEX action_open ON action (assignee, due_on) WHERE done_at IS NULL AND cancelled_at IS NULL;
"""


async def forwards() -> MigrationManager:
    """Adds to the first tables; nothing that is stored changes."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await execute(statement)

    manager.add_raw(add)
    return manager
