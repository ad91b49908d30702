"""The ways in which a second factor is refused, by name."""

from __future__ import annotations

from datetime import timedelta

from backend.audit.events import Event
from backend.foundation.languages import N_
from backend.foundation.refusal import Refused
from backend.limits.too_often import TooOften


class WrongCode(Refused):
    """Not the code that was asked for."""

    event = Event.FACTOR_FAILED

    def __init__(self) -> None:
        super().__init__(N_("Deze code klopt niet. Kijk hem na en probeer het nog een keer."), "code")


class UsedCode(Refused):
    """Right, but it worked before (RFC 6238, 5.2)."""

    event = Event.FACTOR_REPLAYED

    def __init__(self) -> None:
        super().__init__(N_("Deze code is al een keer gebruikt. Gebruik een nieuwe code."), "code")


class ExpiredCode(Refused):
    """Right, but sent more than ten minutes ago."""

    event = Event.FACTOR_FAILED

    def __init__(self) -> None:
        super().__init__(N_("Deze code is verlopen. Vraag een nieuwe code."), "code")


class WrongKey(Refused):
    """What the security key or passkey answered does not fit what was asked."""

    event = Event.FACTOR_FAILED

    def __init__(self) -> None:
        super().__init__(N_("Dit lukte niet. Probeer het nog een keer, met een sleutel van dit account."))


class ClonedKey(WrongKey):
    """The key's counter went back: there may be a copy (WebAuthn, 6.1.1)."""

    event = Event.FACTOR_CLONED


class WrongRecoveryCode(Refused):
    """Not this account's current recovery code."""

    event = Event.RECOVERY_CODE_FAILED

    def __init__(self) -> None:
        super().__init__(N_("Deze herstelcode klopt niet. Kijk hem na en probeer het nog een keer."), "code")


class UsedRecoveryCode(Refused):
    """It was this account's, and worked before or was replaced."""

    event = Event.RECOVERY_CODE_FAILED

    def __init__(self) -> None:
        super().__init__(
            N_("Deze herstelcode is al gebruikt of vervangen. Gebruik je nieuwste herstelcode."), "code"
        )


class TooManyTries(TooOften):
    """Five tries in five minutes, twenty in an hour, fifty in a day (ASVS 6.3)."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(N_("Er is te vaak een verkeerde code ingevuld. Probeer het %(when)s opnieuw."), wait)


class TooManyCodes(TooOften):
    """One SMS a minute, five in an hour, fifteen in a day."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(N_("We kunnen nu even geen nieuwe sms sturen. Probeer het %(when)s opnieuw."), wait)


class NotAllowed(Refused):
    """The employer, or this installation, does not offer this kind."""

    def __init__(self) -> None:
        super().__init__(N_("Deze manier kun je hier niet gebruiken. Kies een andere manier."))


class AlreadyAdded(Refused):
    """The same phone or key is there already."""

    def __init__(self, field: str | None = None) -> None:
        super().__init__(N_("Deze staat al bij je account. Kies een andere."), field)


class LastFactor(Refused):
    """Without it nobody could be let in."""

    def __init__(self) -> None:
        super().__init__(
            N_("Dit is je laatste extra controle. Voeg eerst een andere toe, dan kun je deze weghalen.")
        )


class StartAgain(Refused):
    """What was under way is no longer there: used, replaced in another window, or expired."""

    def __init__(self) -> None:
        super().__init__(N_("Dit scherm was niet meer geldig. Probeer het nog een keer."))


class ProveFirst(Refused):
    """This session may add no factor yet: the password alone is not enough once there is one."""

    def __init__(self) -> None:
        super().__init__(N_("Bevestig eerst dat jij het bent."))
