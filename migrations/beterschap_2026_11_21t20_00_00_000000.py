"""The first tables, of every room.

Written as SQL because half of what must hold (partial unique indexes, checks) has no other notation; a test
compares the outcome with the tables in the code, column by column.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.foundation.database import execute

ID = "2026-11-21T20:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "the first tables"

STATEMENTS = """
CREATE TABLE account (
    id uuid PRIMARY KEY,
    username varchar(254) NOT NULL,
    email varchar(254) NOT NULL,
    first_name varchar(100) NOT NULL,
    last_name varchar(100) NOT NULL,
    password_hash varchar(200) NOT NULL,
    language varchar(2) NOT NULL DEFAULT 'nl',
    created_at timestamptz NOT NULL,
    password_changed_at timestamptz,
    blocked_at timestamptz
);

CREATE TABLE provider (
    id uuid PRIMARY KEY,
    name varchar(200) NOT NULL
);

CREATE TABLE employer (
    id uuid PRIMARY KEY,
    provider uuid NOT NULL REFERENCES provider,
    name varchar(200) NOT NULL,
    time_zone varchar(64) NOT NULL DEFAULT 'Europe/Amsterdam'
);

CREATE TABLE employer_settings (
    employer uuid PRIMARY KEY REFERENCES employer,
    allowed_factors varchar[] NOT NULL DEFAULT '{sms,authenticator,security_key}',
    days_back smallint NOT NULL DEFAULT 7,
    days_ahead smallint NOT NULL DEFAULT 7,
    ask_phone boolean NOT NULL DEFAULT true,
    ask_nursing_address boolean NOT NULL DEFAULT true,
    ask_expected_duration boolean NOT NULL DEFAULT true,
    ask_work_handover boolean NOT NULL DEFAULT true,
    ask_safety_net boolean NOT NULL DEFAULT true,
    ask_work_accident boolean NOT NULL DEFAULT true,
    ask_third_party_accident boolean NOT NULL DEFAULT true,
    show_manager boolean NOT NULL DEFAULT true,
    show_case_manager boolean NOT NULL DEFAULT true,
    show_dossier boolean NOT NULL DEFAULT true,
    allow_partial_recovery boolean NOT NULL DEFAULT true
);

CREATE TABLE branch (
    id uuid PRIMARY KEY,
    employer uuid NOT NULL REFERENCES employer,
    name varchar(200) NOT NULL
);

CREATE TABLE role_holder (
    id uuid PRIMARY KEY,
    account uuid REFERENCES account,
    provider uuid REFERENCES provider,
    employer uuid REFERENCES employer,
    branch uuid REFERENCES branch,
    role varchar(32) NOT NULL CHECK (role IN ('manager', 'case_manager', 'company_doctor', 'administrator', 'second_contact', 'contact')),
    name varchar(200) NOT NULL,
    email varchar(254) NOT NULL,
    phone bytea,
    language varchar(2) NOT NULL DEFAULT 'nl',
    ended_on date,
    CHECK ((provider IS NULL) <> (employer IS NULL))
);

CREATE TABLE employment (
    id uuid PRIMARY KEY,
    account uuid REFERENCES account,
    employer uuid NOT NULL REFERENCES employer,
    branch uuid REFERENCES branch,
    first_name varchar(100) NOT NULL,
    last_name varchar(100) NOT NULL,
    birth_date date,
    email varchar(254),
    personnel_number varchar(40) NOT NULL,
    job varchar(120) NOT NULL,
    started_on date,
    left_on date,
    manager uuid REFERENCES role_holder,
    case_manager uuid REFERENCES role_holder,
    CHECK (left_on > started_on)
);

CREATE TABLE invitation (
    id uuid PRIMARY KEY,
    employment uuid NOT NULL REFERENCES employment,
    token_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    wrong_tries smallint NOT NULL DEFAULT 0,
    used_at timestamptz,
    withdrawn_at timestamptz,
    replaced_at timestamptz
);

CREATE TABLE session (
    id uuid PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE,
    account uuid REFERENCES account,
    level varchar(16) NOT NULL CHECK (level IN ('invited', 'password', 'full')),
    invitation uuid REFERENCES invitation,
    employment uuid REFERENCES employment,
    remember boolean NOT NULL DEFAULT false,
    agent varchar(120) NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    ended_at timestamptz,
    pending bytea,
    CHECK ((account IS NULL) = (level = 'invited'))
);

CREATE TABLE password_reset (
    id uuid PRIMARY KEY,
    account uuid NOT NULL REFERENCES account,
    token_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);

CREATE TABLE factor (
    id uuid PRIMARY KEY,
    account uuid NOT NULL REFERENCES account,
    kind varchar(16) NOT NULL CHECK (kind IN ('sms', 'authenticator', 'security_key')),
    name varchar(80) NOT NULL,
    secret bytea,
    last_step bigint,
    credential_id bytea,
    public_key bytea,
    sign_count bigint NOT NULL DEFAULT 0,
    passkey boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    used_at timestamptz
);

CREATE TABLE sms_code (
    id uuid PRIMARY KEY,
    account uuid NOT NULL REFERENCES account,
    session uuid NOT NULL REFERENCES session,
    factor uuid REFERENCES factor,
    phone bytea NOT NULL,
    code_hash bytea NOT NULL,
    sent_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);

CREATE TABLE recovery_code (
    id uuid PRIMARY KEY,
    account uuid NOT NULL REFERENCES account,
    code_hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    used_at timestamptz,
    replaced_at timestamptz
);

CREATE TABLE attempts (
    key varchar(200) PRIMARY KEY,
    moments timestamptz[] NOT NULL DEFAULT '{}'
);

CREATE TABLE answered_request (
    key uuid PRIMARY KEY,
    account uuid NOT NULL REFERENCES account,
    body_hash bytea NOT NULL,
    location varchar(200) NOT NULL,
    answered_at timestamptz NOT NULL
);

CREATE TABLE message (
    id uuid PRIMARY KEY,
    notice varchar(60) NOT NULL,
    channel varchar(8) NOT NULL CHECK (channel IN ('mail', 'sms', 'push')),
    subject jsonb NOT NULL DEFAULT '{}',
    secret bytea,
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    expires_at timestamptz,
    attempts smallint NOT NULL DEFAULT 0,
    leased_until timestamptz,
    done_at timestamptz,
    dead_at timestamptz,
    last_error text
);

CREATE TABLE audit_event (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    event varchar(60) NOT NULL,
    account uuid,
    employment uuid,
    subject uuid,
    details jsonb NOT NULL DEFAULT '{}'
);

CREATE TABLE access_log_line (
    id bigserial PRIMARY KEY,
    at timestamptz NOT NULL,
    employment uuid NOT NULL,
    viewer uuid NOT NULL,
    viewer_name varchar(200) NOT NULL,
    viewer_role varchar(32) NOT NULL,
    what varchar(32) NOT NULL,
    subject uuid NOT NULL
);

CREATE TABLE dossier (
    id uuid PRIMARY KEY,
    employment uuid NOT NULL REFERENCES employment,
    opened_on date NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_on date,
    CHECK (closed_on >= opened_on)
);

CREATE TABLE entry (
    id uuid PRIMARY KEY,
    dossier uuid NOT NULL REFERENCES dossier,
    kind varchar(20) NOT NULL CHECK (kind IN ('report', 'recovery', 'partial_recovery', 'withdrawal', 'note', 'document', 'action', 'change')),
    published_at timestamptz NOT NULL,
    author uuid REFERENCES account,
    author_name varchar(200) NOT NULL,
    author_role varchar(32) NOT NULL,
    audience varchar(12) NOT NULL DEFAULT 'shared' CHECK (audience IN ('shared', 'medical')),
    title varchar(200) NOT NULL,
    body text NOT NULL DEFAULT '',
    facts jsonb NOT NULL DEFAULT '{}'
);

CREATE TABLE document (
    entry uuid PRIMARY KEY REFERENCES entry,
    filename varchar(200) NOT NULL,
    content_type varchar(100) NOT NULL,
    size bigint NOT NULL DEFAULT 0,
    stored_as varchar(200) NOT NULL,
    key bytea NOT NULL
);

CREATE TABLE action (
    entry uuid PRIMARY KEY REFERENCES entry,
    assignee uuid REFERENCES role_holder,
    assignee_role varchar(32) NOT NULL,
    due_on date NOT NULL,
    done_at timestamptz,
    done_by uuid REFERENCES account,
    cancelled_at timestamptz
);

CREATE TABLE dossier_seen (
    id uuid PRIMARY KEY,
    account uuid NOT NULL REFERENCES account,
    dossier uuid NOT NULL REFERENCES dossier,
    seen_at timestamptz NOT NULL,
    UNIQUE (account, dossier)
);

CREATE TABLE spell (
    id uuid PRIMARY KEY,
    employment uuid NOT NULL REFERENCES employment,
    dossier uuid NOT NULL REFERENCES dossier,
    first_sick_day date NOT NULL,
    worked_hours numeric(4, 2) NOT NULL DEFAULT 0 CHECK (worked_hours BETWEEN 0 AND 24 AND worked_hours * 4 = floor(worked_hours * 4)),
    reported_at timestamptz NOT NULL,
    reported_by uuid NOT NULL REFERENCES account,
    recovered_on date,
    recovery_reported_at timestamptz,
    recovery_reported_by uuid REFERENCES account,
    withdrawn_at timestamptz,
    phone bytea,
    nursing_address bytea,
    expected_duration varchar(200),
    work_handover text,
    safety_net varchar(12) CHECK (safety_net IN ('yes', 'no', 'rather_not')),
    work_accident boolean,
    third_party_accident boolean,
    CHECK (recovered_on >= first_sick_day)
);

CREATE TABLE partial_recovery (
    id uuid PRIMARY KEY,
    spell uuid NOT NULL REFERENCES spell,
    starts_on date NOT NULL,
    hours_a_week numeric(4, 2) NOT NULL DEFAULT 0,
    explanation text,
    proposed_at timestamptz NOT NULL,
    proposed_by uuid NOT NULL REFERENCES account,
    confirmed_at timestamptz,
    confirmed_by uuid REFERENCES account
);

CREATE UNIQUE INDEX account_username ON account (lower(username));
CREATE INDEX account_email ON account (lower(email));
CREATE INDEX employer_provider ON employer (provider);
CREATE INDEX branch_employer ON branch (employer);
CREATE INDEX role_holder_account ON role_holder (account);
CREATE INDEX role_holder_employer ON role_holder (employer);
CREATE INDEX role_holder_provider ON role_holder (provider);
CREATE INDEX employment_account ON employment (account);
CREATE INDEX employment_employer ON employment (employer, last_name, first_name);
CREATE INDEX employment_manager ON employment (manager);
CREATE INDEX employment_case_manager ON employment (case_manager);
CREATE UNIQUE INDEX invitation_open ON invitation (employment)
    WHERE used_at IS NULL AND withdrawn_at IS NULL AND replaced_at IS NULL;
CREATE INDEX session_account ON session (account) WHERE ended_at IS NULL;
CREATE INDEX session_expires ON session (expires_at);
CREATE INDEX password_reset_account ON password_reset (account);
CREATE INDEX factor_account ON factor (account);
CREATE UNIQUE INDEX factor_credential ON factor (credential_id) WHERE credential_id IS NOT NULL;
CREATE INDEX sms_code_session ON sms_code (session, sent_at DESC);
CREATE UNIQUE INDEX recovery_code_current ON recovery_code (account)
    WHERE used_at IS NULL AND replaced_at IS NULL;
CREATE INDEX answered_request_answered ON answered_request (answered_at);
CREATE INDEX message_waiting ON message (due_at) WHERE done_at IS NULL AND dead_at IS NULL;
CREATE INDEX message_dead ON message (dead_at) WHERE dead_at IS NOT NULL;
CREATE INDEX audit_event_account ON audit_event (account, at DESC);
CREATE INDEX audit_event_employment ON audit_event (employment, at DESC);
CREATE INDEX access_log_line_employment ON access_log_line (employment, at DESC);
CREATE INDEX dossier_employment ON dossier (employment, opened_on DESC);
CREATE INDEX entry_timeline ON entry (dossier, published_at DESC, id DESC);
CREATE UNIQUE INDEX spell_open ON spell (employment) WHERE recovered_on IS NULL AND withdrawn_at IS NULL;
CREATE INDEX spell_employment ON spell (employment, first_sick_day DESC);
CREATE INDEX spell_dossier ON spell (dossier);
CREATE INDEX partial_recovery_spell ON partial_recovery (spell, starts_on);
"""


async def forwards() -> MigrationManager:
    """Creates every table, then the indexes that carry rules or speed."""
    manager = MigrationManager(migration_id=ID, app_name="beterschap", description=DESCRIPTION)

    async def create() -> None:
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                await execute(statement)

    manager.add_raw(create)
    return manager
