"""The one Piccolo app: every room's tables, one folder of migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

ROOMS = (
    "accounts", "organisations", "invitations", "second_factor", "limits", "idempotency", "outbox", "audit",
    "dossier", "sickleave", "legal_calendar", "telling", "caseload",
)  # fmt: skip

APP_CONFIG = AppConfig(
    app_name="beterschap",
    migrations_folder_path=str(Path(__file__).resolve().parent.parent / "migrations"),
    table_classes=table_finder([f"backend.{room}.tables" for room in ROOMS], exclude_imported=True),
)
