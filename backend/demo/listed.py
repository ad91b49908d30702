"""The demo people with what it takes to sign in as one of them."""

from __future__ import annotations

from typing import Any

from backend.demo.people import HOLDERS, PASSPHRASE, PROVIDER, WORKERS, account_names, email_of, totp_secret
from backend.foundation.database import fetch


async def listed() -> list[dict[str, Any]]:
    """A line for every job and every role of the demo people who are in the database.

    Password and secret are None for who is only invited and for who registered with their own since.
    Somebody with an account of the demo's is not listed again for a job to which they were only invited.
    """
    rows = await fetch(
        "SELECT id FROM employment WHERE id = ANY($1::uuid[])", [worker.id for worker in WORKERS]
    )
    present = {row["id"] for row in rows}
    registered = set(account_names())
    birth_dates = {worker.name: worker.birth_date.isoformat() for worker in WORKERS}
    jobs = [
        (worker.name, worker.employer, "employee")
        for worker in WORKERS
        if worker.id in present and (worker.registered or worker.name not in registered) and worker.has_email
    ]
    roles = [(holder.name, holder.employer or PROVIDER, holder.role) for holder in HOLDERS if present]
    return [
        {
            "name": name,
            "email": email_of(name),
            "employer": employer,
            "role": role,
            "birth_date": birth_dates.get(name),
            "password": PASSPHRASE if name in registered else None,
            "totp_secret": totp_secret(name) if name in registered else None,
        }
        for name, employer, role in jobs + roles
    ]
