"""The pages of the people around somebody who is sick, and that person's own dossier once it is filled.

Who: `manager` (with a job of their own), `hanna` (a manager without, of somebody away for seven weeks),
`quiet` (a manager whose team is in), `guide` and `idle` (case managers, with and without dossiers), `doctor`,
`administrator`, `nowhere` (whose role ended), and `long` (away for seven weeks).
"""

from __future__ import annotations

from tests.journeys import acts
from tests.journeys.scene import SEND, Scene

PAST = {"#due_on": "2001-01-01"}
POSTPONE = "main form[action$=postponement] button"
CANCEL = "main form[action$=cancellation] button"
PUT_OFF = "main form:has([value=postponed]) button"
DROPPED = "main form:has([value=cancelled]) button"

TEAM = [
    Scene("team", "manager", "/team"),
    Scene("team, found", "manager", "/team?q=an"),
    Scene("team, nobody found", "manager", "/team?q=zzz"),
    Scene("team, everybody in", "quiet", "/team"),
    Scene("team, without a job of one's own", "hanna", "/team"),
    Scene("member, in", "manager", "/team/{daan}"),
    Scene("member, away", "manager", "/team/{anna}"),
    Scene("member, with hours", "hanna", "/team/{ilse}"),
    Scene("hours, to talk over", "hanna", "/team/hours/{hours}/refusal"),
    Scene("hours, too long a word", "hanna", "/team/hours/{hours}/refusal", {"#word": "x" * 1001}, SEND),
    Scene("hours, agreed by talking", "hanna", "/team/{ilse}/hours"),
    Scene("hours, the first, agreed by talking", "manager", "/team/{anna}/hours"),
    Scene("hours, agreed wrongly", "hanna", "/team/{ilse}/hours", {"#hours_a_week": "99"}, SEND),
    Scene("member, back", "leader", "/team/{eva}"),
    Scene("team, somebody back", "leader", "/team"),
    Scene("report for", "manager", "/team/{daan}/report", do=acts.unfold),
    Scene("report for, wrong", "manager", "/team/{daan}/report",
          {"#first_sick_day": "2001-01-01", "#worked_hours": "x"}, SEND),
    Scene("report for, check", "manager", "/team/{daan}/report", {"#worked_hours": "2,5"}, SEND),
    Scene("report for, taken back", "manager", "/team/{gijs}/withdrawal"),
    Scene("recovery for", "manager", "/team/{anna}/recovery"),
    Scene("recovery for, wrong", "manager", "/team/{anna}/recovery", {"#recovered_on": "2001-01-01"}, SEND),
    Scene("to do", "manager", "/to-do"),
    Scene("to do, hours and steps", "hanna", "/to-do"),
    Scene("to do, just done", "manager", "/to-do?changed={done}"),
    Scene("to do, nothing", "idle", "/to-do"),
    Scene("action", "manager", "/actions/{action}"),
    Scene("action, to put off", "manager", "/actions/{action}?way=postpone"),
    Scene("action, put off wrongly", "manager", "/actions/{action}?way=postpone", PAST, POSTPONE),
    Scene("action, to withdraw", "guide", "/actions/{action}/withdrawal"),
    Scene("action, withdrawn without a reason", "guide", "/actions/{action}/withdrawal", press=SEND),
    Scene("action, not needed", "manager", "/actions/{action}?way=cancel", press=CANCEL),
]  # fmt: skip
CASELOAD = [
    Scene("caseload", "guide", "/caseload"),
    Scene("caseload, filters", "guide", "/caseload?sort=name&week=7-42&late=1", do=acts.unfold),
    Scene("caseload, nothing fits", "guide", "/caseload?q=zzz"),
    Scene("caseload, closed ones", "guide", "/caseload?state=closed"),
    Scene(
        "caseload, further on", "guide", "/caseload?state=all", do=acts.follow("li.more a"), at="/caseload"
    ),
    Scene("caseload, empty", "idle", "/caseload"),
    Scene("caseload, dossier at the desk", "guide", "/caseload", do=acts.desk, no_script=False),
    Scene("caseload, doctor", "doctor", "/caseload"),
    Scene("account, doctor", "doctor", "/account"),
    Scene("entrusted", "doctor", "/account/entrusted"),
]
DOSSIER = [
    Scene("dossier, manager", "manager", "/dossiers/{fresh}"),
    Scene("dossier, seven weeks, manager", "hanna", "/dossiers/{long}", do=acts.unfold),
    Scene("dossier, case manager", "guide", "/dossiers/{long}", do=acts.unfold),
    Scene("dossier, doctor", "doctor", "/dossiers/{long}"),
    Scene("dossier, writing beside it", "doctor", "/dossiers/{long}", do=acts.write_beside, no_script=False),
    Scene("dashboard, seven weeks", "long", "/"),
    Scene("dossier, seven weeks", "long", "/dossiers/{long}", do=acts.unfold),
    Scene("dossier, before", "long", "/dossiers/{long}", do=acts.follow("li.more a"),
          at="/dossiers/{dossier}/entries"),
    Scene("hours, sent", "long", "/absence/{spell}/hours"),
    Scene("note, own", "manager", "/dossiers/{fresh}/notes/{note}", do=acts.unfold),
    Scene("note, corrected", "sick", "/dossiers/{fresh}/notes/{note}", do=acts.unfold),
    Scene("advice, corrected", "sick", "/dossiers/{fresh}/notes/{advice}", do=acts.unfold),
    Scene("document, own", "manager", "/dossiers/{fresh}/documents/{document}", do=acts.unfold),
    Scene("step", "hanna", "/dossiers/{long}/steps/{step}", do=acts.unfold),
    Scene("step, put off wrongly", "hanna", "/dossiers/{long}/steps/{step}", do=acts.press_folded(PUT_OFF)),
    Scene("step, not needed", "hanna", "/dossiers/{long}/steps/{step}", do=acts.press_folded(DROPPED)),
    Scene("step, one's own", "long", "/dossiers/{long}/steps/{step}"),
    Scene("step, needed after all", "guide", "/dossiers/{long}/steps/{dropped}"),
    Scene("protocol", "administrator", "/protocol", do=acts.unfold),
    Scene("protocol, wrong step", "administrator", "/protocol", at="/protocol/steps", do=acts.press_folded(
        "main form[action$='/steps'] button")),
    Scene("protocol, wrong days", "administrator", "/protocol", {"#days": "99"},
          "main form[action$=reminders] button"),
    Scene("no job, no role", "nowhere", "/"),
]  # fmt: skip
NEW = "/dossiers/{fresh}/new/"
WRITING = [
    Scene("note, new", "manager", NEW + "note"),
    Scene("note, empty", "manager", NEW + "note", press=SEND),
    Scene("note, who may read it", "doctor", NEW + "note"),
    Scene("note, draft", "guide", NEW + "note"),
    Scene("correction", "manager", "/dossiers/{fresh}/notes/{note}/correction"),
    Scene("correction, empty", "manager", "/dossiers/{fresh}/notes/{note}/correction", {"#body": ""}, SEND),
    Scene("correction of an advice", "doctor", "/dossiers/{fresh}/advice/{advice}/correction"),
    Scene("correction of an advice, wrong", "doctor", "/dossiers/{fresh}/advice/{advice}/correction",
          {"#percentage": "veel"}, SEND),
    Scene("correction of a text", "manager", "/dossiers/{fresh}/documents/{document}/correction"),
    Scene("correction of an action", "manager", "/dossiers/{fresh}/actions/{action}/correction"),
    Scene("correction of an action, empty", "manager", "/dossiers/{fresh}/actions/{action}/correction",
          {"#title": ""}, SEND),
    Scene("action, corrected", "manager", "/dossiers/{fresh}/actions/{action}", do=acts.unfold),
    Scene("correction of a text, empty", "manager", "/dossiers/{fresh}/documents/{document}/correction",
          {"#title": ""}, SEND),
    Scene("document, new", "manager", NEW + "document"),
    Scene("document, none", "manager", NEW + "document", do=acts.no_file, no_script=False),
    Scene("document, none, without script", "manager", NEW + "document", press=SEND, script=False),
    Scene("document, one refused", "manager", NEW + "document", do=acts.files_refused, no_script=False),
    Scene("document, who may read it", "doctor", NEW + "document"),
    Scene("action, new", "manager", NEW + "action"),
    Scene("action, wrong", "manager", NEW + "action", PAST, SEND),
    Scene("advice, new", "doctor", NEW + "advice"),
    Scene("advice, wrong", "doctor", NEW + "advice", {"#percentage": "veel"}, SEND),
    Scene("analysis, new", "doctor", NEW + "problem-analysis"),
    Scene("analysis, wrong", "doctor", NEW + "problem-analysis", {"#percentage": "101"}, SEND),
]  # fmt: skip
SCENES_AROUND = [*TEAM, *CASELOAD, *DOSSIER, *WRITING]
