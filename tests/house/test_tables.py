"""The migrations and the tables in the code say the same."""

from __future__ import annotations

from typing import Any

from backend.foundation.database import fetch
from backend.piccolo_app import APP_CONFIG
from tests.cast import Cast

TYPES = {
    "UUID": "uuid",
    "VARCHAR": "character varying",
    "TEXT": "text",
    "DATE": "date",
    "TIMESTAMPTZ": "timestamp with time zone",
    "BOOLEAN": "boolean",
    "BYTEA": "bytea",
    "SMALLINT": "smallint",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "BIGSERIAL": "bigint",
    "NUMERIC": "numeric",
    "JSONB": "jsonb",
}


def declared(column: Any) -> tuple[str, bool]:
    """Type and nullability as the code declares them."""
    kind = column.column_type
    name = "ARRAY" if kind.endswith("[]") else TYPES[kind.split("(")[0]]
    return name, bool(column._meta.null)


async def test_the_migrations_make_the_tables_of_the_code(database: Cast) -> None:
    rows = await fetch(
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name <> 'migration'"
    )
    made = {
        (row["table_name"], row["column_name"]): (row["data_type"], row["is_nullable"] == "YES")
        for row in rows
    }
    wanted = {
        (table._meta.tablename, column._meta.db_column_name): declared(column)
        for table in APP_CONFIG.table_classes
        for column in table._meta.columns
    }
    assert made == wanted
