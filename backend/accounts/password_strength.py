"""How hard a password is to guess, and which ones we refuse (NIST SP 800-63B-4, 3.1.1.2; ASVS 5.0, 6.2).

No rule about capitals, digits or signs: length and surprise are what count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from anyio import to_thread
from zxcvbn import zxcvbn

from backend.foundation.languages import N_, ngettext
from backend.foundation.languages import gettext as _
from backend.foundation.refusal import Refused

SHORTEST = 12
JUDGED = 40
"""Characters that are weighed; more only make it stronger, and cost time."""
WORD = 4
"""Letters from which a name or part of an address counts as one that others can guess."""
EXPECTED = (
    "welkom", "wachtwoord", "geheim", "beterschap", "ziek", "beter", "werk", "nederland", "amsterdam",
    "rotterdam", "utrecht", "lente", "zomer", "herfst", "winter", "januari", "februari", "maart", "april",
    "juni", "juli", "augustus", "september", "oktober", "november", "december", "maandag", "dinsdag",
    "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "ajax", "feyenoord", "psv", "lieverd",
    "schatje", "hallo", "inloggen",
)  # fmt: skip
"""Dutch words that guessers try first; the built-in lists are English."""
WORDS = (
    N_("Heel makkelijk te raden"),
    N_("Makkelijk te raden"),
    N_("Redelijk"),
    N_("Sterk"),
    N_("Heel sterk"),
)

EMPTY = N_("Kies een wachtwoord.")
SHORT = N_("Gebruik minstens 12 tekens. Een zinnetje mag ook: dat onthoud je makkelijk.")
NAMED = N_("Gebruik je naam of e-mailadres niet in je wachtwoord. Die raadt iemand anders ook.")
GUESSED = N_("Dit wachtwoord is makkelijk te raden. Kies een ander, bijvoorbeeld vier losse woorden.")


@dataclass(frozen=True, slots=True)
class Strength:
    """`score` from 0 to 4; `words` for the person; `refusal` says why it is refused, or is None."""

    score: int
    words: str
    refusal: str | None

    @property
    def hint(self) -> str:
        """The words, with what to do about a password that would be refused."""
        return f"{self.words}. {_(self.refusal)}" if self.refusal and self.words else self.words


async def password_strength(password: str, about: Sequence[str] = ()) -> Strength:
    """Weighs a password for somebody of whom others may know `about`: names, addresses, the employer."""
    if not password:
        return Strength(0, "", EMPTY)
    score = await to_thread.run_sync(_score, password, tuple(about))
    if missing := max(0, SHORTEST - len(password)):
        more = ngettext("Nog minstens %(number)s teken", "Nog minstens %(number)s tekens", missing)
        return Strength(min(score, 1), more, SHORT)
    if _holds_a_name(password, about):
        return Strength(min(score, 1), _(WORDS[min(score, 1)]), NAMED)
    return Strength(score, _(WORDS[score]), GUESSED if score < 2 else None)


async def refuse_weak(password: str, about: Sequence[str] = ()) -> None:
    """Raises Refused beside the field `password` when it would be guessed."""
    refusal = (await password_strength(password, about)).refusal
    if refusal is not None:
        raise Refused(refusal, field="password")


def _score(password: str, about: tuple[str, ...]) -> int:
    known: list[Any] = [*EXPECTED, *_guessable(about)]
    score = int(zxcvbn(password[:JUDGED], user_inputs=known)["score"])
    return min(score, 1) if _is_expected(password) else score


def _is_expected(password: str) -> bool:
    """Expected words with little beside them, such as Welkom-Welkom-2026."""
    rest = password.casefold()
    for word in EXPECTED:
        rest = rest.replace(word, "")
    return len(rest) < len(password) and sum(sign.isalpha() for sign in rest) < WORD


def _holds_a_name(password: str, about: Sequence[str]) -> bool:
    folded = password.casefold()
    return any(part in folded for part in _guessable(about))


def _guessable(about: Sequence[str]) -> set[str]:
    parts = {part for text in about for part in _parts(text.casefold())}
    return {part for part in parts if len(part) >= WORD}


def _parts(text: str) -> list[str]:
    """The whole, what stands before the @, and the words in it; not the domain, which many share."""
    name = text.partition("@")[0]
    return [text, name, *"".join(sign if sign.isalpha() else " " for sign in name).split()]
