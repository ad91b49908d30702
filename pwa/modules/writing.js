// A sheet in a dossier (data-sheet). What is typed is kept as a draft where the sheet has one (data-draft), and the form
// goes out only while one is signed in and there is network: else what was typed would be gone with the page.

import { claim, markBusy, release } from "./busy.js";

const PAUSE = 1_000;
const PATIENCE = 15_000;
const timers = new WeakMap();
const lines = new WeakMap();
const unsaved = new Set();

export function writing() {
  document.addEventListener("input", ({ target }) => {
    const form = target.closest("form[data-draft]");
    if (!form) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => keep(form), PAUSE));
  });
  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (!form.matches("form[data-sheet]:not([data-upload])")) return;
    event.preventDefault();
    if (!claim(form)) return;
    markBusy(submitter);
    if (await keep(form)) return form.submit();
    release(form);
  }, true);
  // Signed in again on another tab, or the network is back.
  for (const sign of ["focus", "online"]) window.addEventListener(sign, () => unsaved.forEach((form) => keep(form)));
}

// One after the other, so that an early draft never overwrites a late one. Says whether the form may go out.
export function keep(form) {
  clearTimeout(timers.get(form));
  const line = (lines.get(form) ?? Promise.resolve()).then(() => ask(form));
  lines.set(form, line);
  return line;
}

async function ask(form) {
  const { draft } = form.dataset;
  const body = draft ? new URLSearchParams(new FormData(form)) : undefined;
  const options = { method: draft ? "POST" : "HEAD", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) };
  const answer = await fetch(draft ?? form.dataset.sheet ?? location.pathname, options).catch(() => null);
  const state = form.querySelector("[data-sheet-state]");
  const { offline, signedOut, signIn } = state.dataset;
  const away = !answer || answer.status >= 500;
  const held = away || answer.status === 401;
  state.classList.toggle("is-held", held);
  if (held) {
    unsaved.add(form);
    state.textContent = away ? offline : `${signedOut} `;
    if (!away) state.append(Object.assign(document.createElement("a"), { href: "/sign-in", target: "_blank", textContent: signIn }));
    state.scrollIntoView({ block: "nearest" });
    return false;
  }
  const waited = unsaved.delete(form);
  if (draft && answer.ok) state.textContent = (await answer.json()).message;
  else if (waited) state.textContent = "";
  return true;
}
