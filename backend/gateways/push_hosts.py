"""Which addresses a push may go to: those of the browsers' own push services, and no other.

A browser tells us where its pushes go, so without this list anybody who is signed in could have our worker
knock at an address of their choice, inside our own network too (OWASP ASVS 5.0, 1.3.6).
"""

from __future__ import annotations

import re

HOSTS = frozenset(
    {
        "fcm.googleapis.com",
        "jmt17.google.com",
        "updates.push.services.mozilla.com",
        "web.push.apple.com",
    }
)
"""Chrome, Edge on Android, Samsung Internet; Firefox; Safari."""
ENDINGS = (".push.services.mozilla.com", ".notify.windows.com", ".push.apple.com")
"""Services that hand out a host for each region."""
LONGEST = 2000

ENDPOINT = re.compile(r"https://((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]+)/[!\"$-\[\]-~]+")
"""As browsers write it: a name in lower case, no user, no port, and visible ASCII without `#` and `\\`. What
is read this strictly, no two readers take for different hosts."""


def is_known(endpoint: str, own: str = "") -> bool:
    """Whether we may push to it. `own` is the origin of a push service of one's own, in development."""
    if own.startswith("http://") and endpoint.startswith(own + "/"):
        return True
    found = ENDPOINT.fullmatch(endpoint)
    if found is None or len(endpoint) > LONGEST:
        return False
    return found[1] in HOSTS or found[1].endswith(ENDINGS)
