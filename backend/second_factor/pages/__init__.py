"""Every address of this room."""

from __future__ import annotations

from backend.second_factor.pages import manage, prove, recovery, setup

routes = [*setup.routes, *recovery.routes, *prove.routes, *manage.routes]
