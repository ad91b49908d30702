"""Reporting sick, taking that back, hours worked again, and full recovery."""

from backend.sickleave.pages import hours, recovery, report, spell, withdrawals

routes = [*report.routes, *spell.routes, *recovery.routes, *withdrawals.routes, *hours.routes]
