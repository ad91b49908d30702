"""Who lives in the demo. All of it is made up; the numbers are ones that no telephone company hands out."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

NAMESPACE = UUID("7b1f6a52-8f0c-4a1e-9d55-6d6f2b8c1a10")
PASSPHRASE = "kalm-water-onder-de-brug"
"""The password of everybody in the demo who has one."""

BAKERY = "Bakkerij Zoete Broodjes"
CARE = "Zorghuis Ter Linden"
PROVIDER = "Arbodienst Zonnewende"


def named_id(what: str, name: str) -> UUID:
    """The same thing has the same identifier in every demo."""
    return uuid5(NAMESPACE, f"{what}:{name}")


@dataclass(frozen=True)
class Holder:
    """Somebody in a role, at an employer or (when None) at the provider."""

    name: str
    role: str
    employer: str | None
    phone: str
    branch: str | None = None

    @property
    def id(self) -> UUID:
        return named_id("role_holder", f"{self.role} {self.name}")


@dataclass(frozen=True)
class Worker:
    """A job. `registered` jobs hang under an account, the others were only invited to, or not even that."""

    name: str
    employer: str
    branch: str
    job: str
    birth_date: date
    manager: str
    started_on: date = date(2019, 3, 1)
    registered: bool = True
    invited: bool = True
    has_email: bool = True
    left_days_ago: int | None = None

    @property
    def id(self) -> UUID:
        return named_id("employment", f"{self.name} at {self.employer}")


def email_of(name: str) -> str:
    """`sanne.de.wit@voorbeeld.example`; the ending is reserved, so nothing ever arrives anywhere."""
    return f"{name.lower().replace('.', '').replace(' ', '.')}@voorbeeld.example"


def account_id(name: str) -> UUID:
    """One account a person, whatever number of jobs and roles."""
    return named_id("account", name)


def totp_secret(name: str) -> str:
    """The authenticator secret of a demo person (base32, 160 bits)."""
    return base64.b32encode(hashlib.sha256(f"demo totp {name}".encode()).digest()[:20]).decode()


BRANCHES = {BAKERY: ("Zwolle", "Deventer"), CARE: ("Gent", "Aalst")}

HOLDERS = (
    Holder("Marijke van Dalen", "manager", BAKERY, "+31380000011", "Zwolle"),
    Holder("Rob Stevens", "manager", BAKERY, "+31380000012", "Deventer"),
    Holder("Willem Bakker", "administrator", BAKERY, "+31380000013"),
    Holder("Griet Lemmens", "manager", CARE, "+3253000021", "Gent"),
    Holder("An Peeters", "administrator", CARE, "+3253000022"),
    Holder("Carolien Visser", "case_manager", None, "+31380000031"),
    Holder("Joke Maes", "case_manager", None, "+3253000032"),
    Holder("Nadia El Amrani", "company_doctor", None, "+31380000033"),
)
CASE_MANAGERS = {BAKERY: "Carolien Visser", CARE: "Joke Maes"}
DOCTOR = "Nadia El Amrani"

MARIJKE, ROB, GRIET = "Marijke van Dalen", "Rob Stevens", "Griet Lemmens"

WORKERS = (
    Worker("Sanne de Wit", BAKERY, "Zwolle", "verkoopmedewerker", date(1991, 4, 12), MARIJKE),
    Worker("Mohammed Yilmaz", BAKERY, "Zwolle", "broodbakker", date(1978, 9, 30), MARIJKE),
    Worker("Lotte Jansen", BAKERY, "Zwolle", "banketbakker", date(1996, 1, 25), MARIJKE),
    Worker("Peter Kuipers", BAKERY, "Deventer", "chauffeur", date(1969, 7, 3), ROB),
    Worker("Fatima Haddou", BAKERY, "Deventer", "winkelhulp", date(1988, 11, 17), ROB),
    Worker("Marijke van Dalen", BAKERY, "Zwolle", "filiaalmanager", date(1982, 2, 8), ROB),
    Worker("Emily Carter", BAKERY, "Deventer", "pastry chef", date(1993, 6, 21), ROB),
    Worker("Daan Mulder", BAKERY, "Zwolle", "inpakker", date(2001, 12, 5), MARIJKE),
    Worker("Karel Hofman", BAKERY, "Deventer", "magazijnmedewerker", date(1960, 5, 14), ROB,
           left_days_ago=40),
    Worker("Iris Bos", BAKERY, "Zwolle", "verkoopmedewerker", date(1999, 8, 19), MARIJKE, registered=False),
    Worker("Tom de Graaf", BAKERY, "Zwolle", "broodbakker", date(1985, 3, 2), MARIJKE, registered=False),
    Worker("Noor Verbeek", BAKERY, "Deventer", "winkelhulp", date(2003, 10, 11), ROB, registered=False),
    Worker("Youssef Aydin", BAKERY, "Deventer", "chauffeur", date(1975, 1, 7), ROB, registered=False),
    Worker("Esther Smit", BAKERY, "Zwolle", "schoonmaker", date(1967, 6, 28), MARIJKE, registered=False),
    Worker("Anouk Peters", BAKERY, "Zwolle", "inpakker", date(1998, 2, 14), MARIJKE, registered=False,
           invited=False, has_email=False),
    Worker("Fatima Haddou", CARE, "Gent", "nachthulp", date(1988, 11, 17), GRIET, date(2022, 9, 1)),
    Worker("Lien Verstraete", CARE, "Gent", "verzorgende", date(1984, 4, 4), GRIET),
    Worker("Wout De Smet", CARE, "Aalst", "kok", date(1972, 12, 24), GRIET),
    Worker("Bart Goossens", CARE, "Gent", "onderhoudsmedewerker", date(1990, 9, 9), GRIET),
    Worker("Wout De Smet", BAKERY, "Zwolle", "weekendhulp", date(1972, 12, 24), MARIJKE, date(2026, 1, 5),
           registered=False),
    Worker("Jef Claes", CARE, "Aalst", "verzorgende", date(1995, 5, 31), GRIET, registered=False),
    Worker("Ilse Wouters", CARE, "Gent", "onthaalmedewerker", date(1987, 7, 22), GRIET, registered=False),
)  # fmt: skip

ENGLISH = {"Emily Carter"}


def account_names() -> list[str]:
    """Everybody who can sign in: registered workers and all role holders, each once."""
    names = [worker.name for worker in WORKERS if worker.registered] + [holder.name for holder in HOLDERS]
    return list(dict.fromkeys(names))
