"""What people write in a dossier, and what is said when it cannot be so.

Beside every free text stands what not to write: an employer may not know it, not even when the employee tells
it (BWBR0037896).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.dossier.post_document import Letter
from backend.dossier.post_note import Note
from backend.dossier.posted_wording import NOTE_KINDS
from backend.dossier.save_draft import Words
from backend.foundation.fields import (
    DutchDateField,
    Form,
    LongTextField,
    Optional,
    RadioField,
    RequestKeyField,
    Required,
    TextField,
)
from backend.foundation.languages import N_

NO_HEALTH = N_(
    "Schrijf over het werk en wat jullie afspreken. Laat weg wat iemand heeft, en klachten, behandeling of "
    "afspraken bij een dokter, ook als diegene dat zelf vertelt."
)
SHORT = N_("Kort, en zonder iets over iemands gezondheid.")
"""For one line: the same as above, in as few words as it holds."""
IF_SHARED = (
    N_("Kort. Leest iedereen mee? Schrijf dan niets over iemands gezondheid."),
    N_(
        "Leest iedereen mee? Schrijf dan over het werk en wat jullie afspreken, en laat weg wat iemand "
        "heeft, en klachten, behandeling of afspraken bij een dokter. Leest alleen de medische kant mee? "
        "Schrijf dan wat nodig is voor de begeleiding, en niet meer."
    ),
)
"""The two of them for who still has to choose who reads it: whatever the choice, each sentence is true."""
MEDICAL = (
    N_("Kort."),
    N_("De werkgever leest dit nooit. Schrijf wat nodig is voor de begeleiding, en niet meer."),
)
"""The two of them where the medical side alone reads it."""
AUDIENCES = [("shared", N_("Iedereen rond het dossier")), ("medical", N_("Alleen de medische kant"))]
NO_LONGER = N_(
    "Je schrijft in dit dossier niet meer voor de medische kant. Haal weg wat de werkgever niet mag lezen."
)
LONGEST = 8000
LONGEST_KEPT = 100_000
"""A draft keeps more than may be published: who wrote too much is told when sending it, and loses nothing."""


def audience_field() -> RadioField:
    """Who reads it. A form places it last, as its page does: errors are told in the order of the fields."""
    missing = N_("Kies wie dit mag lezen.")
    return RadioField(N_("Wie mag dit lezen?"), choices=AUDIENCES, validators=[Required(missing)])


def warn(form: Form, words: tuple[str, str]) -> None:
    """Says this beside its title and its text, rather than what is usual."""
    form.title.description, form.body.description = words


class AudienceForm(Form):
    """Who reads it is asked of the medical side only."""

    audience: RadioField

    def ask_only(self, *, medical: bool) -> None:
        """Leaves the question out for the employer's side. Who wrote for the medical side, and belongs to it
        no longer, is asked anew: what was meant for few must not come to all by itself."""
        if medical:
            warn(self, IF_SHARED)
        elif self.audience.data not in (None, "shared"):
            self.audience.choices = self.audience.choices[:1]
            self.audience.description = NO_LONGER
        else:
            del self.audience

    @property
    def audience_given(self) -> str:
        """Nothing when it is none of those that were offered."""
        if "audience" not in self:
            return "shared"
        offered = [choice.value for choice in self.audience.choices]
        return self.audience.data if self.audience.data in offered else ""

    def kept_for(self) -> tuple[str, dict[str, str]]:
        """Whom a draft may be kept for, and whom it was meant for."""
        audience = self.audience_given
        meant = self.audience.data if "audience" in self else audience
        return audience or "shared", {"audience": meant if meant in dict(AUDIENCES) else ""}


class NoteForm(AudienceForm):
    """A note, of some kind."""

    kind = RadioField(
        N_("Wat voor notitie is het?"),
        choices=list(NOTE_KINDS.items()),
        default="conversation_report",
        validators=[Required(N_("Kies wat voor notitie het is."))],
    )
    title = TextField(N_("Titel"), description=SHORT, validators=[Optional()])
    body = LongTextField(
        N_("Tekst"),
        description=NO_HEALTH,
        longest=LONGEST,
        validators=[Required(N_("Schrijf hier wat jullie hebben besproken of afgesproken."))],
    )
    audience = audience_field()
    request_key = RequestKeyField()

    def note(self) -> Note:
        """What was filled in."""
        return Note(self.kind.data, self.title.data or "", self.body.data, self.audience_given)

    def words(self) -> Words:
        """What was filled in so far, whatever is still missing."""
        audience, meant = self.kept_for()
        kind = self.kind.data if self.kind.data in NOTE_KINDS else "other"
        return Words(_cut(self.title), as_typed(self.body), audience, {"kind": kind, **meant})


class CorrectionForm(Form):
    """A note as it should read."""

    title = TextField(N_("Titel"), description=SHORT, validators=[Optional()])
    body = LongTextField(
        N_("Tekst"),
        description=NO_HEALTH,
        longest=LONGEST,
        validators=[Required(N_("Laat de tekst niet leeg. Schrijf hoe het wel moet zijn."))],
    )
    request_key = RequestKeyField()

    def words(self) -> Words:
        """What was filled in so far."""
        return Words(_cut(self.title), as_typed(self.body))


class LetterForm(CorrectionForm):
    """What goes along with a document, as it should read."""

    title = TextField(N_("Titel"), description=SHORT, validators=[Required(N_("Laat de titel niet leeg."))])
    body = LongTextField(N_("Tekst erbij"), description=NO_HEALTH, validators=[Optional()])


class ActionTextForm(CorrectionForm):
    """What an action asks, as it should read."""

    title = TextField(
        N_("Wat gaat er gebeuren?"), description=SHORT,
        validators=[Required(N_("Schrijf in een paar woorden wat er gaat gebeuren."))],
    )  # fmt: skip
    body = LongTextField(N_("Uitleg"), description=NO_HEALTH, validators=[Optional()])


class DocumentForm(AudienceForm):
    """What goes along with files; the files themselves come apart from it."""

    title = TextField(N_("Titel"), description=SHORT, validators=[Optional()])
    body = LongTextField(N_("Tekst erbij"), description=NO_HEALTH, validators=[Optional()])
    audience = audience_field()
    request_key = RequestKeyField()

    def letter(self) -> Letter:
        """What was filled in."""
        return Letter(self.title.data or "", self.body.data or "", self.audience_given)

    def words(self) -> Words:
        """What was filled in so far, without the files."""
        return Words(_cut(self.title), as_typed(self.body), *self.kept_for())


class ActionForm(Form):
    """Who does what, and by when."""

    what = TextField(
        N_("Wat gaat er gebeuren?"),
        description=N_("Bijvoorbeeld: samen het werkrooster maken. Schrijf niets over iemands gezondheid."),
        validators=[Required(N_("Schrijf in een paar woorden wat er gaat gebeuren."))],
    )
    assignee = RadioField(
        N_("Wie doet dit?"), choices=[], validators=[Required(N_("Kies wie dit gaat doen."))]
    )
    due_on = DutchDateField(
        N_("Uiterlijk op"), validators=[Required(N_("Vul in op welke dag het klaar moet zijn."))]
    )
    explanation = LongTextField(N_("Uitleg"), description=NO_HEALTH, validators=[Optional()])
    request_key = RequestKeyField()

    def assigned(self) -> UUID | None:
        """The role holder, or None for the employee."""
        return None if self.assignee.data == "employee" else UUID(self.assignee.data)

    def words(self) -> Words:
        """What was filled in so far."""
        fields = {name: as_typed(self[name]) for name in ("what", "due_on", "explanation")}
        offered = [value for value, _label in self.assignee.choices]
        assignee = self.assignee.data if self.assignee.data in offered else ""
        return Words(fields={**fields, "assignee": assignee})


def as_typed(field: Any) -> str:
    """As typed, also when it was not understood or is too long."""
    return str(field._value())[:LONGEST_KEPT]


def _cut(field: Any) -> str:
    return as_typed(field)[:200]
