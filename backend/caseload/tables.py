"""What the caseload is found by. PostgreSQL keeps it itself, by the triggers of one migration."""

from __future__ import annotations

from piccolo.columns import UUID, Array, Boolean, Date, ForeignKey, Text
from piccolo.table import Table

from backend.dossier.tables import Dossier


class DeskLine(Table, tablename="desk_line"):
    """A dossier on a desk: that of the case manager, or that of all company doctors of the provider. It holds
    what that desk may know, and nothing is shown from it that is not judged again (see access/scopes.py).

    9999-01-01 stands for never."""

    dossier = ForeignKey(Dossier, primary_key=True, null=False)
    """With `desk`, the key."""
    desk = UUID()
    """The case manager's role, or the provider."""
    employment = UUID()
    employer = UUID()
    name_key = Text()
    """As Employment.name_key."""
    is_open = Boolean()
    next_on = Date()
    """By when the first thing still to do must be done: an action, or a step that is on no timeline yet."""
    counts_from = Date()
    """The day from which sick days would count if there had been no recovered days in between (these do not
    count, BW 7:629(10)): up to a day of the absence there were as many as have passed since."""
    until = Date()
    """The recovery date of the last spell; never, while it is open."""
    read_by = Array(base_column=UUID(), null=True, default=None)
    """The accounts for which nothing is new: others put nothing there since they looked. None when nothing
    is there at all, so that it is new for nobody."""
    unread = Boolean()
    """Whether something is new for the case manager; on the doctors' desk, whether anything is there."""
