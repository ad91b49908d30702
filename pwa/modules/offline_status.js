// Says what became of a report that waited, at the top of the page, and sends what still waits whenever there may be
// network again.

import { onChange, sendWaiting } from "../offline/queue.js";
import * as store from "../offline/store.js";
import { remember } from "../offline/whose.js";
import { kindWord, word } from "./words.js";

const FORMS = { report: "/absence/report", return: "/absence/return" };
const SAID_ONCE = 5_000;
const TRY_EVERY = 30_000;

export async function offlineStatus() {
  if (!self.indexedDB || !self.crypto?.subtle) return;
  onChange(changed);
  window.addEventListener("online", trySending);
  document.addEventListener("visibilitychange", tryWhenSeen);
  setInterval(tryWhenSeen, TRY_EVERY);
  try {
    await remember();
    if ((await store.reports()).length === 0) return;
    if (await makesWay()) return;
  } catch {
    return;
  }
  await show();
  await trySending();
}

// Sent since this page was asked for: what stands on it is no longer so. The news is said on the page that comes instead,
// which may be long in coming.
async function makesWay() {
  const overtakes = ({ state, settledAt }) => state === "sent" && settledAt > performance.timeOrigin;
  const overtaken = (await store.reports()).find(overtakes);
  if (overtaken) changed(overtaken);
  return Boolean(overtaken);
}

const tryWhenSeen = () => document.visibilityState === "visible" && trySending();

async function trySending() {
  if ((await store.waiting().catch(() => [])).length === 0) return;
  await sendWaiting();
  if (!(await makesWay())) await show();
}

// Once sent, what stands on the page is no longer so: the server says how it is now. A page with a form that went out
// makes way for what came of it.
function changed(report) {
  if (report.state !== "sent") return show();
  const done = document.querySelector("[data-offline-report]");
  location.replace(done ? report.location : location.pathname + location.search);
}

/** In place of the form that could not be sent. */
export async function showWaiting(form) {
  form.hidden = true;
  form.before(place());
  await show();
  read();
}

/** Above the form: there is no network, and does the person want it kept? Calls back when they do. */
export async function askFirst(form, agreed) {
  const notice = await word("ask");
  notice.querySelector("[data-agree]").addEventListener("click", agreed, { once: true });
  form.before(place());
  place().replaceChildren(notice);
  read();
}

function read() {
  place().scrollIntoView({ block: "center" });
  place().focus({ preventScroll: true });
}

function place() {
  const old = document.getElementById("offline-status");
  if (old) return old;
  const fresh = Object.assign(document.createElement("div"), { id: "offline-status", className: "flow", tabIndex: -1 });
  document.querySelector("main").prepend(fresh);
  return fresh;
}

async function show() {
  const reports = (await store.reports()).filter(fresh);
  const notices = await Promise.all(reports.map(describe));
  place().replaceChildren(...notices);
}

// Good news is said once; the page it was said on may be the one that is just making way.
function fresh(report) {
  if (report.state !== "sent") return true;
  const again = report.saidAt && Date.now() - report.saidAt > SAID_ONCE;
  if (again) store.remove(report.id);
  else if (!report.saidAt) store.keep({ ...report, saidAt: Date.now() });
  return !again;
}

async function describe(report) {
  const values = { kind: await kindWord(report.kind), message: report.message, ...moment(report.createdAt) };
  const notice = await word(report.state, values);
  // Where the browser sends by itself once there is network, nobody has to come back for it.
  if ("SyncManager" in self) notice.querySelector("[data-without-sync]")?.remove();
  const link = notice.querySelector("[data-link]");
  // Already signing in: no need to be sent there.
  if (report.state === "sign-in" && location.pathname.startsWith("/sign-in")) link.parentElement.remove();
  if (link && !link.getAttribute("href")) link.href = FORMS[report.kind];
  for (const done of notice.querySelectorAll("[data-dismiss], [data-link]:not([href='/sign-in'])")) {
    done.addEventListener("click", () => forget(report, notice));
  }
  return notice;
}

// As the rest of the pages writes it: dinsdag, 8.12.
function moment(time) {
  const { lang } = document.documentElement;
  const write = (options) => new Intl.DateTimeFormat(lang, options).format(time);
  const clock = write({ hour: "numeric", minute: "2-digit", hourCycle: "h23" });
  return { day: write({ weekday: "long" }), time: lang === "nl" ? clock.replace(":", ".") : clock };
}

async function forget({ id }, notice) {
  notice.remove();
  await store.remove(id);
}
