// Puts a report away and sends what waits: once, whoever is first, the page or the service worker. The server remembers
// the identifier, so that a report whose answer got lost is not written twice.

import { lock, unlock } from "./crypt.js";
import { post } from "./post.js";
import * as store from "./store.js";

const KEPT_FOR = 48 * 60 * 60 * 1000;
const TAG = "reports";

/** report: id (the form's request_key), kind ("report" or "return"), url, text (urlencoded), owner, state */
export async function putAway({ id, kind, url, text, owner, state = "waiting" }) {
  await store.keep({ id, kind, url, owner, state, message: "", createdAt: Date.now(), ...(await lock(id, text)) });
  await askForSync();
}

async function askForSync() {
  try {
    const registration = self.registration ?? (await self.navigator.serviceWorker?.getRegistration());
    await registration?.sync?.register(TAG);
  } catch {
    // Not here, or not allowed: the page sends it when the network or the person comes back.
  }
}

/** Sends everything that waits. Answers whether something has to be tried again later. */
export function sendWaiting() {
  const { locks } = self.navigator;
  return locks ? locks.request(TAG, sendAll) : sendAll();
}

async function sendAll() {
  let again = false;
  for (const report of await store.waiting()) {
    if (Date.now() - report.createdAt > KEPT_FOR) await settle(report, { state: "expired" });
    else if (!(await sendOne(report))) again = true;
  }
  return again;
}

async function sendOne(report) {
  let text;
  try {
    text = await unlock(report);
  } catch {
    await settle(report, { state: "expired" });
    return true;
  }
  const outcome = await post(report.url, text, report.owner);
  if (outcome.state === "later") return false;
  if (outcome.state === "sign-in") await change({ ...report, state: "sign-in" }, report.state);
  else await settle(report, outcome.state === "unknown" ? { ...outcome, state: "refused" } : outcome);
  return true;
}

/** The body goes; what happened stays until the person has read it. */
const settle = (report, outcome) =>
  change({ ...report, ...outcome, body: null, iv: null, settledAt: Date.now() }, report.state);

async function change(report, before) {
  // Signed out in the meantime: then it was wiped, and stays so.
  if (!(await store.reports()).some(({ id }) => id === report.id)) return;
  await store.keep(report);
  if (report.state !== before) tell(report);
}

function tell({ state, location }) {
  const channel = new BroadcastChannel(TAG);
  channel.postMessage({ state, location });
  channel.close();
}

/** Calls back with the new state and location whenever a tab or the service worker changed a report. */
export function onChange(callback) {
  new BroadcastChannel(TAG).addEventListener("message", ({ data }) => callback(data));
}
