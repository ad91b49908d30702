// data-offline-report="report|return": the form goes to the server as a report; without network it waits on this phone.
// The form's own `request_key` makes that it counts once, however often it is tried.

import { post } from "../offline/post.js";
import { putAway } from "../offline/queue.js";
import * as store from "../offline/store.js";
import { markBusy } from "./busy.js";
import { showWaiting } from "./offline_status.js";
import { words } from "./words.js";

export function offlineForms() {
  if (!canKeep()) return;
  const forms = document.querySelectorAll("form[data-offline-report]");
  // Later there may be no network to fetch them with.
  if (forms.length) words().catch(() => {});
  for (const form of forms) form.addEventListener("submit", (event) => send(event, form));
}

const canKeep = () => Boolean(self.crypto?.subtle && self.indexedDB && self.BroadcastChannel);

async function send(event, form) {
  event.preventDefault();
  if (form.dataset.running) return;
  form.dataset.running = "yes";
  markBusy(event.submitter);
  addHidden(form, event.submitter?.name, event.submitter?.value);

  const text = new URLSearchParams(new FormData(form)).toString();
  const owner = document.querySelector('meta[name="owner-tag"]')?.content || (await store.owner().catch(() => "")) || "";
  const outcome = await post(form.action, text, owner);
  if (outcome.state === "sent") return location.assign(outcome.location);
  if (outcome.state === "later" || outcome.state === "sign-in") {
    const kept = await keep(form, text, owner, outcome.state).catch(() => false);
    if (kept) return showWaiting(form);
  }
  // The server has something to say about this form: let it say so on a page of its own.
  form.submit();
}

async function keep(form, text, owner, state) {
  const { offlineReport: kind } = form.dataset;
  const id = form.elements.request_key.value;
  await putAway({ id, kind, url: form.getAttribute("action"), text, owner, state: state === "later" ? "waiting" : state });
  return true;
}

function addHidden(form, name, value) {
  if (!name) return;
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
}
