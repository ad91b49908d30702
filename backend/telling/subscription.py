"""What a browser hands over to get pushes: judged, and kept encrypted."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import asdict, dataclass, field

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from backend.foundation.encryption import keyring
from backend.foundation.languages import N_
from backend.foundation.refusal import Refused
from backend.gateways.push_hosts import is_known

FIELD = "push_subscription.secret"
AUTH_BYTES = 16
UNKNOWN_HOST = N_(
    "Deze browser gebruikt een dienst voor meldingen die wij niet kennen. Kies mail, of een andere browser."
)
BROKEN = N_("Je browser gaf geen bruikbaar adres voor meldingen. Probeer het opnieuw, of kies mail.")


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where a browser's pushes go, and with which keys they are sealed for it (RFC 8291)."""

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)

    @property
    def hash(self) -> bytes:
        """The same for the same browser."""
        return hashlib.sha256(self.endpoint.encode()).digest()

    def judge(self, own: str = "") -> None:
        """Raises Refused for a host that is no push service, or keys that are none. `own` is as in
        `push_hosts.is_known`."""
        if not is_known(self.endpoint, own):
            raise Refused(UNKNOWN_HOST)
        try:
            EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _bytes(self.p256dh))
            sound = len(_bytes(self.auth)) == AUTH_BYTES
        except (ValueError, binascii.Error):
            sound = False
        if not sound:
            raise Refused(BROKEN)

    def sealed(self) -> bytes:
        """As the database keeps it."""
        return keyring().encrypt(json.dumps(asdict(self)), FIELD)

    @classmethod
    def opened(cls, stored: bytes) -> Subscription:
        """Raises encryption.CannotDecrypt."""
        return cls(**json.loads(keyring().decrypt(stored, FIELD)))


def _bytes(text: str) -> bytes:
    """From base64url without its padding, and nothing looser."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
