// data-offline-report="report|return": the form goes to the server as a report; without network it waits on this phone.
// The form's own `request_key` makes that it counts once, however often it is tried.
// With data-offline-url the form is a step before that: it goes on as usual, and without network the person may have it
// kept for that address.

import { post, reachable } from "../offline/post.js";
import { putAway } from "../offline/queue.js";
import { ownerTag } from "../offline/whose.js";
import { markBusy, release } from "./busy.js";
import { askFirst, showWaiting } from "./offline_status.js";
import { words } from "./words.js";

export function offlineForms() {
  if (!canKeep()) return;
  const forms = document.querySelectorAll("form[data-offline-report]");
  // Later there may be no network to fetch them with.
  if (forms.length) words().catch(() => {});
  for (const form of forms) form.addEventListener("submit", (event) => start(event, form));
}

const canKeep = () => Boolean(self.crypto?.subtle && self.indexedDB && self.BroadcastChannel);

async function start(event, form) {
  event.preventDefault();
  if (form.dataset.running) return;
  form.dataset.running = "yes";
  markBusy(event.submitter);
  addHidden(form, event.submitter);
  await (form.dataset.offlineUrl ? step(form) : send(form));
}

async function step(form) {
  // What is not filled in is for the server to say, once there is one.
  if ((await reachable()) || !form.checkValidity()) return form.submit();
  const keepIt = async () => {
    if (await keep(form, form.dataset.offlineUrl, "waiting")) return showWaiting(form);
    form.submit();
  };
  await askFirst(form, keepIt).catch(() => form.submit());
  delete form.dataset.running;
  release(form);
}

async function send(form) {
  const outcome = await post(form.action, textOf(form), await ownerTag().catch(() => ""));
  // In place of this page: going back leads to the form before it, which by then says how it stands.
  if (outcome.state === "sent") return location.replace(outcome.location);
  const state = { later: "waiting", "sign-in": "sign-in" }[outcome.state];
  if (state && (await keep(form, form.getAttribute("action"), state))) return showWaiting(form);
  // The server has something to say about this form: let it say so on a page of its own.
  form.submit();
}

const textOf = (form) => new URLSearchParams(new FormData(form)).toString();

/** Whether the report is safe on this phone now. */
async function keep(form, url, state) {
  try {
    const { value: id } = form.elements.request_key;
    await putAway({ id, kind: form.dataset.offlineReport, url, text: textOf(form), owner: await ownerTag(), state });
    return true;
  } catch {
    return false;
  }
}

function addHidden(form, button) {
  if (!button?.name) return;
  const { name, value } = button;
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
}
