"""A sick report, judged before it is shown once more."""

from __future__ import annotations

from functools import partial

from backend.foundation.fields import Form
from backend.foundation.refusal import Refused
from backend.sickleave.answers import SickReport
from backend.sickleave.forms import SickReportForm
from backend.sickleave.rules import (
    judge_amount,
    judge_first_day,
    judge_not_sick,
    judge_report,
    judge_start,
    open_spell,
)
from backend.sickleave.situation import Situation
from backend.web.page import beside_field, judge_fields


async def judge_rest(form: SickReportForm, situation: Situation) -> None:
    """Of a report that goes back anyway: also what else is to be mended in it."""
    well, day = partial(judge_not_sick, situation), partial(judge_first_day, situation)
    await judge_fields(form, well, first_sick_day=day)


async def judge_rest_of_hours(form: Form, situation: Situation) -> None:
    """The same of hours that are proposed, or recorded as agreed."""
    sick, start = partial(open_spell, situation), partial(judge_start, situation)
    await judge_fields(form, sick, starts_on=start, hours_a_week=judge_amount)


async def checked(form: SickReportForm, situation: Situation) -> SickReport | None:
    """What was filled in, when it can be read and the rules allow it; otherwise the form says why not."""
    if not form.validate():
        await judge_rest(form, situation)
        return None
    report = form.report().only(situation.asked)
    try:
        judge_report(situation, report.first_sick_day, report.worked_hours)
    except Refused as refused:
        beside_field(form, refused)
        return None
    return report


def opens(form: SickReportForm, situation: Situation, at: str = "") -> bool:
    """Whether the questions that may be skipped stand open: something was said there, or `at` names one that
    the person wants to change. Takes away what this employer does not ask."""
    form.keep_only(situation.asked)
    return at in situation.asked or any(form[name].data or form[name].errors for name in situation.asked)
