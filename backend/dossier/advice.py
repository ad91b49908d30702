"""What a company doctor says that everybody around the employee may know."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Advice:
    """What work can and cannot be done, for how long, and what is needed for it; never why (Autoriteit
    Persoonsgegevens, De zieke werknemer, chapter 5). `percentage`, 0 to 100, is the degree of incapacity:
    nobody else sets one, and nowhere else.
    """

    can: str
    cannot: str
    expected_duration: str
    adaptations: str = ""
    percentage: int | None = None

    def facts(self) -> dict[str, object]:
        """As an entry keeps it."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None)}

    def body(self) -> dict[str, str]:
        """The same advice always gives the same body (room `idempotency`)."""
        return {name: str(value) for name, value in asdict(self).items()}
