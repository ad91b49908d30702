"""Why a file cannot be taken, in words that say what to do."""

from __future__ import annotations

from backend.foundation.languages import N_
from backend.foundation.languages import gettext as _
from backend.uploads.unfit import Why

WORDS = {
    Why.EMPTY: N_("“%(name)s” is leeg. Kies een ander bestand."),
    Why.TOO_LARGE: N_("“%(name)s” is te groot. Een bestand mag hooguit 25 MB zijn."),
    Why.UNKNOWN: N_(
        "“%(name)s” kunnen we niet openen. Kies een pdf, een Word-, Excel-, PowerPoint- of "
        "OpenDocument-bestand, een foto (jpg, png of heic) of gewone tekst."
    ),
    Why.NAME: N_("De naam van dit bestand bevat tekens die niet kunnen. Geef het een andere naam."),
    Why.MACROS: N_(
        "In “%(name)s” zitten macro’s: kleine programma’s. Sla het op zonder macro’s of als pdf, en kies dat."
    ),
    Why.WEB_PAGE: N_("“%(name)s” is een webpagina. Sla het op als pdf, en kies dat."),
    Why.DRAWING: N_("“%(name)s” is een svg-tekening. Sla het op als png of pdf, en kies dat."),
    Why.PROGRAM: N_("“%(name)s” is een programma. Dat kunnen we niet bewaren."),
    Why.LOCKED: N_("“%(name)s” heeft een wachtwoord. Haal dat eraf: wij bewaren het bestand versleuteld."),
    Why.OLD_OFFICE: N_(
        "“%(name)s” is van een oude Office. Sla het op als docx, xlsx of pptx, of als pdf, en kies dat."
    ),
    Why.ARCHIVE: N_("“%(name)s” is een ingepakte map. Pak die uit en kies de bestanden zelf."),
    Why.BOMB: N_("“%(name)s” wordt veel te groot als het opengaat. Sla het op als pdf, en kies dat."),
    Why.PIXELS: N_("De foto “%(name)s” heeft te veel beeldpunten. Maak de foto kleiner."),
    Why.HIDDEN: N_("In “%(name)s” zit nog een ander bestand. Sla het opnieuw op als pdf, en kies dat."),
    Why.ACTIVE: N_(
        "“%(name)s” start iets of bevat een ander bestand. Druk het af naar een nieuwe pdf, en kies die."
    ),
    Why.REMOTE: N_("“%(name)s” haalt iets van elders als het opengaat. Sla het op als pdf, en kies dat."),
    Why.DAMAGED: N_("“%(name)s” is beschadigd of niet compleet. Sla het opnieuw op, en kies dat."),
    Why.NOT_UTF8: N_("“%(name)s” kunnen we niet lezen. Is het tekst? Sla die op als UTF-8 of als pdf."),
    Why.TOO_COMPLEX: N_(
        "“%(name)s” kunnen we niet controleren. Druk het af naar een nieuwe pdf, en kies die."
    ),
    Why.VIRUS: N_("In “%(name)s” zit een virus. We hebben het niet bewaard. Vraag hulp aan je ICT-afdeling."),
    Why.NO_SCANNER: N_(
        "We kunnen bestanden nu niet op virussen controleren. Probeer het over een paar minuten opnieuw."
    ),
}


def refusal_words(why: Why, name: str) -> str:
    """In the reader's language. The name is shown as far as it can be."""
    shown = "".join(sign for sign in name if sign.isprintable())[:80] or "?"
    return _(WORDS[why], name=shown)
