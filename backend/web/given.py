"""What the application gives a handler that asks for it by name: `now`, `person`, `session` (see app.py)."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from litestar.di import NamedDependency

from backend.access.person import Person
from backend.accounts.sessions import Session

Now: TypeAlias = NamedDependency[datetime]
"""This moment."""
Asker: TypeAlias = NamedDependency[Person]
"""Who asks, fully signed in."""
OwnSession: TypeAlias = NamedDependency[Session]
"""The session at hand, at whatever level the route needs."""
