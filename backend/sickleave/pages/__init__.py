"""Reporting sick, taking that back, hours worked again, and full recovery."""

from backend.sickleave.pages import hours, recovery, report, spell

routes = [*report.routes, *spell.routes, *recovery.routes, *hours.routes]
