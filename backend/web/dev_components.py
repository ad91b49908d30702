"""Every component in every state on one page, so that looks are judged in one place. In development only."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from litestar import Request, Response, get

from backend.foundation.fields import (
    CheckboxField,
    CodeField,
    DutchDateField,
    Form,
    HoursField,
    LongTextField,
    PasswordField,
    RadioField,
    TextField,
)
from backend.web.dev_samples import CALENDAR, DOSSIER, FILES, TWO_JOBS
from backend.web.page import page


class Sample(Form):
    """A field of each kind."""

    plain = TextField("E-mailadres", description="Het adres waarop je de uitnodiging kreeg.")
    day = DutchDateField("Eerste ziektedag")
    hours = HoursField(
        "Gewerkte uren op deze dag", description="Bijvoorbeeld 3,5. Niet gewerkt? Laat 0 staan."
    )
    words = LongTextField("Werk dat nu door moet gaan", description="Schrijf hier niet op wat je hebt.")
    secret = PasswordField("Wachtwoord")
    code = CodeField("Code", description="De zes cijfers uit je app.")
    method = RadioField(
        "Hoe wil je inloggen?",
        choices=[("authenticator", "Authenticator-app"), ("sms", "SMS"), ("key", "Beveiligingssleutel")],
    )
    stored = CheckboxField("Mijn herstelcode is veilig opgeborgen")


NOTES = {"authenticator": "Je hebt een app nodig. Veilig.", "sms": "Je hebt bereik nodig. Minder veilig."}
SIGNS = {"authenticator": "phone", "sms": "message", "key": "key"}
CONTACTS = [
    {"role": "leidinggevende", "name": "Marijke van Dalen",
     "phone": "038 000 0011", "email": "marijke.van.dalen@voorbeeld.example"},
    {"role": "casemanager", "name": "Carolien Visser-van Oosterhout", "phone": None,
     "email": "carolien.visser@voorbeeld.example"},
]  # fmt: skip
ROWS = [
    {"label": "Eerste ziektedag", "value": "maandag 3 november"},
    {"label": "Gewerkte uren op deze dag", "value": "3,5"},
    {"label": "Wie ziet dit", "value": "Je leidinggevende en casemanager"},
]
DEVICES = [
    {"name": "Chrome, Android", "last_seen_label": "vandaag om 8.12 uur", "is_this": True},
    {"name": "Safari, iPhone", "last_seen_label": "gisteren om 21.40", "is_this": False, "sign_out_url": "#"},
]  # fmt: skip


def entry(number: int, day: str, kind: str, title: str, text: str = "", **more: Any) -> dict[str, Any]:
    """An entry of a timeline, with what is usual filled in."""
    return {
        "id": UUID(int=number), "kind": kind, "title": title, "text": text, "excerpt": "", "is_long": False,
        "is_opened": False, "sees": "", "day_heading": day, "published_label": "8.12 uur",
        "author_name": "Marijke van Dalen",
        "author_role": "leidinggevende", "is_new": False, "note_url": None, "document": None, "action": None,
        "html": None, "change_url": "", "corrected": "", "changed_at": datetime(2026, 11, 3, tzinfo=UTC),
    } | more  # fmt: skip


def task(state: str) -> dict[str, str]:
    """An action in one of its states."""
    return {
        "state": state, "done_label": "Gedaan op maandag 3 november",
        "due_label": "uiterlijk maandag 3 november", "assignee_label": "Marijke van Dalen, leidinggevende",
        "url": "", "withdraw_url": "",
    }  # fmt: skip


LETTER = {"url": "#", "filename": "Uitnodiging voor het spreekuur van de bedrijfsarts.pdf",
          "size_label": "240 kB", "content_type_label": "PDF"}  # fmt: skip
LONG = (
    "Ik ben Carolien Visser, je casemanager. In dit dossier lees je alles wat wij afspreken. Er staat niets …"
)
ME: dict[str, Any] = {"author_name": "Sanne de Wit", "author_role": "medewerker"}
DOCTOR: dict[str, Any] = {"author_name": "Nadia El Amrani", "author_role": "bedrijfsarts"}
ENTRIES = [
    entry(14, "Vandaag", "advice", "Advies van de bedrijfsarts", "Wat kan wel: zittend werk.", **DOCTOR),
    entry(13, "Vandaag", "problem_analysis", "Probleemanalyse, medisch deel", "Voor de medische kant.",
          sees="Je werkgever ziet dit niet", corrected="aangepast op maandag 3 november", **DOCTOR),
    entry(12, "Vandaag", "recovery", "Hersteld gemeld", "Weer volledig aan het werk vanaf 8 december.", **ME),
    entry(11, "Vandaag", "note", "Verslag van het gesprek", "Kort gebeld. Het gaat beter.", is_new=True),
    entry(10, "Gisteren", "action", "Volgend gesprek over je uren", is_new=True, action=task("open")),
    entry(9, "Gisteren", "action", "Plan van aanpak invullen", action=task("late")),
    entry(8, "Maandag 3 november", "action", "Bellen over het werk", action=task("done")),
    entry(7, "Maandag 3 november", "action", "Gesprek over het rooster", action=task("cancelled")),
    entry(6, "Maandag 3 november", "document", "Uitnodiging", "Lukt het niet? Bel me even.", document=LETTER),
    entry(5, "Maandag 3 november", "note", "Kennismaking", is_long=True, excerpt=LONG, note_url="#note"),
    entry(4, "Maandag 3 november", "partial_recovery", "Weer voor een deel aan het werk",
          "Voorstel: vanaf maandag 3 november 12 uur per week.", **ME),
    entry(3, "Maandag 3 november", "change", "Je uren zijn bevestigd: 12 uur per week"),
    entry(2, "Maandag 3 november", "withdrawal", "Ziekmelding teruggenomen", "Er is niets gewist.", **ME),
    entry(1, "Maandag 3 november", "report", "Ziek gemeld", "Eerste ziektedag: maandag 3 november.", **ME),
]  # fmt: skip


@get("/dev/components", needs="nothing")
async def show_components(request: Request[Any, Any, Any]) -> Response[str]:
    """All of them, also what went wrong."""
    wrong = Sample(method="sms", day=date(2026, 11, 3), hours=Decimal("3.5"))
    for name in ("plain", "day", "secret", "code", "method"):
        wrong[name].errors = ["Vul dit nog in, en kijk of het klopt."]
    return page(
        request, "dev/components.html", form=Sample(hours=Decimal(0)), wrong=wrong, notes=NOTES, signs=SIGNS,
        contacts=CONTACTS, rows=ROWS, devices=DEVICES, entries=ENTRIES, calendar=CALENDAR,
        files=FILES, two_jobs=TWO_JOBS, dossier=DOSSIER,
    )  # fmt: skip


routes = [show_components]
