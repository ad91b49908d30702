"""The legal calendar: which terms a dossier has, what an employer adds or does without, who was reminded."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-21T21:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "the legal calendar"

STATEMENTS = """
ALTER TABLE employer ADD COLUMN country varchar(2) NOT NULL DEFAULT 'NL';

ALTER TABLE employer_settings ADD COLUMN reminder_days_before smallint NOT NULL DEFAULT 3 CHECK (reminder_days_before BETWEEN 1 AND 28);

CREATE TABLE protocol_step (
    id uuid PRIMARY KEY,
    employer uuid NOT NULL REFERENCES employer,
    title varchar(120) NOT NULL,
    assignee_role varchar(32) NOT NULL CHECK (assignee_role IN ('employee', 'manager', 'case_manager', 'company_doctor')),
    days_after smallint NOT NULL CHECK (days_after BETWEEN 0 AND 730),
    at_report smallint CHECK (at_report BETWEEN 2 AND 20),
    since date NOT NULL,
    ended_on date
);

CREATE TABLE switched_off_term (
    id uuid PRIMARY KEY,
    employer uuid NOT NULL REFERENCES employer,
    term varchar(40) NOT NULL CHECK (term IN ('provider_report', 'plan_evaluation', 'second_track')),
    since timestamptz NOT NULL,
    by_account uuid NOT NULL REFERENCES account,
    UNIQUE (employer, term)
);

CREATE TABLE calendar (
    dossier uuid PRIMARY KEY REFERENCES dossier,
    laid_out_for text NOT NULL,
    is_open boolean NOT NULL,
    laid_out_at timestamptz NOT NULL
);

CREATE TABLE calendar_step (
    id uuid PRIMARY KEY,
    dossier uuid NOT NULL REFERENCES dossier,
    term varchar(40) NOT NULL,
    turn smallint NOT NULL,
    spell uuid REFERENCES spell,
    protocol_step uuid REFERENCES protocol_step,
    opens_on date NOT NULL,
    due_on date NOT NULL,
    done_at timestamptz,
    closed_at timestamptz,
    action uuid UNIQUE REFERENCES action,
    CHECK ((spell IS NULL) = (protocol_step IS NULL))
);

CREATE TABLE calendar_reminder (
    id bigserial PRIMARY KEY,
    step uuid NOT NULL REFERENCES calendar_step ON DELETE CASCADE,
    kind varchar(8) NOT NULL CHECK (kind IN ('before', 'day')),
    due_on date NOT NULL,
    reminded_at timestamptz NOT NULL,
    UNIQUE (step, kind, due_on)
);

CREATE TABLE calendar_digest (
    id bigserial PRIMARY KEY,
    role_holder uuid NOT NULL REFERENCES role_holder,
    monday date NOT NULL,
    promised_at timestamptz NOT NULL,
    UNIQUE (role_holder, monday)
);

CREATE INDEX protocol_step_employer ON protocol_step (employer) WHERE ended_on IS NULL;
CREATE INDEX entry_problem_analysis ON entry (dossier, published_at) WHERE kind = 'problem_analysis';
CREATE INDEX dossier_open ON dossier (id) WHERE closed_on IS NULL;
CREATE INDEX calendar_open ON calendar (dossier) WHERE is_open;
CREATE UNIQUE INDEX calendar_step_term ON calendar_step (dossier, term, turn) WHERE closed_at IS NULL AND protocol_step IS NULL;
CREATE UNIQUE INDEX calendar_step_protocol ON calendar_step (spell, protocol_step) WHERE closed_at IS NULL AND protocol_step IS NOT NULL;
CREATE INDEX calendar_step_dossier ON calendar_step (dossier, due_on);
CREATE INDEX calendar_step_opens ON calendar_step (opens_on) WHERE action IS NULL AND done_at IS NULL AND closed_at IS NULL;
CREATE INDEX calendar_step_due ON calendar_step (due_on) WHERE done_at IS NULL AND closed_at IS NULL;
"""


async def forwards() -> MigrationManager:
    """Adds the calendar's own tables; employers are Dutch unless somebody says otherwise."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def add() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await execute(statement)

    manager.add_raw(add)
    return manager
