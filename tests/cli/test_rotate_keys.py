"""After a rotation the old key may go, and nothing is lost that changed meanwhile."""

from __future__ import annotations

import os

from piccolo.columns import Bytea

from backend.foundation import encryption
from backend.foundation.database import execute, fetch, fetch_value
from backend.piccolo_app import APP_CONFIG
from backend.rotate_keys import SEALED, rotate_keys
from tests.cast import NOW, Cast

NOT_SEALED = {
    "session.token_hash", "password_reset.token_hash", "invitation.token_hash", "sms_code.code_hash",
    "recovery_code.code_hash", "factor.credential_id", "factor.public_key",
    "push_subscription.endpoint_hash",
}  # fmt: skip
"""Hashes, and what a security key may tell anybody."""


def test_every_column_of_bytes_is_sealed_or_known_not_to_be() -> None:
    columns = {
        f"{table._meta.tablename}.{column._meta.db_column_name}"
        for table in APP_CONFIG.table_classes
        for column in table._meta.columns
        if isinstance(column, Bytea)
    }
    assert columns == {f"{table}.{column}" for table, _key, column in SEALED} | NOT_SEALED


async def test_everything_opens_with_the_new_key_alone(database: Cast) -> None:
    old, new = os.urandom(32), os.urandom(32)
    theirs = await fetch_value("SELECT count(phone) FROM role_holder")
    encryption.use((old,))
    for number in range(1200):
        await execute(
            "INSERT INTO role_holder (id, employer, role, name, email, phone)"
            " VALUES (gen_random_uuid(), $1, 'contact', 'x', 'x@voorbeeld.example', $2)",
            database.bakery, encryption.keyring().encrypt(str(number), "role_holder.phone"),
        )  # fmt: skip
    encryption.use((new, old))
    outcomes = await rotate_keys(now=NOW)
    assert outcomes["role_holder.phone"].done == 1200
    assert outcomes["role_holder.phone"].unreadable == theirs, (
        "those of the cast were sealed with quite another key"
    )
    encryption.use((new,))
    rows = await fetch("SELECT phone FROM role_holder WHERE role = 'contact'")
    opened = {encryption.keyring().decrypt(row["phone"], "role_holder.phone") for row in rows}
    assert opened == {str(number) for number in range(1200)}
    assert (await rotate_keys(now=NOW))["role_holder.phone"].done == 0
    assert await fetch_value("SELECT count(*) FROM audit_event WHERE event = 'keys:rotated'") == 2


async def test_what_no_key_opens_is_left_as_it_is(database: Cast) -> None:
    stored = await fetch_value("SELECT phone FROM role_holder ORDER BY id LIMIT 1")
    encryption.use((os.urandom(32),))
    await rotate_keys(now=NOW)
    assert await fetch_value("SELECT phone FROM role_holder ORDER BY id LIMIT 1") == stored
