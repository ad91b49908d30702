"""What proves a person beside the password, and the recovery code for when that is lost."""

from __future__ import annotations

from piccolo.columns import UUID, BigInt, Boolean, Bytea, ForeignKey, Timestamptz, Varchar
from piccolo.table import Table

from backend.accounts.tables import Account, Session
from backend.foundation.tokens import new_id


class Factor(Table):
    """A proven second factor: a phone that receives SMS, an authenticator app, or a key or passkey."""

    id = UUID(primary_key=True, default=new_id)
    account = ForeignKey(Account, null=False)
    kind = Varchar(length=16)
    """`sms`, `authenticator` or `security_key`."""
    name = Varchar(length=80)
    secret = Bytea(null=True, default=None)
    """Encrypted: the phone number (E.164) or the TOTP secret (base32)."""
    last_step = BigInt(null=True, default=None)
    """The last TOTP time step accepted; the same or an older one is refused (RFC 6238, 5.2)."""
    credential_id = Bytea(null=True, default=None)
    public_key = Bytea(null=True, default=None)
    sign_count = BigInt(default=0)
    passkey = Boolean(default=False)
    created_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)


class SmsCode(Table):
    """A code sent by SMS to one session; lives ten minutes and works once (NIST SP 800-63B-4)."""

    id = UUID(primary_key=True, default=new_id)
    account = ForeignKey(Account, null=False)
    session = ForeignKey(Session, null=False)
    factor = ForeignKey(Factor, null=True, default=None)
    """None while a new phone number is being proven."""
    phone = Bytea()
    """Encrypted: the number (E.164) it goes to."""
    code_hash = Bytea()
    """Keyed with the product's secret: six digits alone could be guessed from a hash."""
    sent_at = Timestamptz()
    expires_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)


class RecoveryCode(Table):
    """Shown once, kept hashed, replaced after use. Old ones stay, marked, so that replay is seen."""

    id = UUID(primary_key=True, default=new_id)
    account = ForeignKey(Account, null=False)
    code_hash = Bytea()
    created_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)
    replaced_at = Timestamptz(null=True, default=None)
