// The page without network: shows the short forms where somebody signed in before, opens the one that was asked for,
// and gives each a key of its own.

import * as store from "../offline/store.js";
import { recall } from "../offline/whose.js";

export async function offlinePage() {
  const forms = document.querySelector("[data-offline-forms]");
  if (!forms) return;
  document.querySelector("[data-reload]").addEventListener("click", (event) => {
    event.preventDefault();
    // Not a reload: that would offer to send the form again that led here.
    location.replace(location.pathname + location.search);
  });
  const [whose, waiting] = await Promise.all([recall(), store.waiting()]).catch(() => [{}, []]);
  if (!whose.owner || !whose.employment) return;
  sayWhichJob(forms.querySelector("[data-offline-job]"), whose.name);

  for (const part of forms.querySelectorAll("[data-offline-kind]")) {
    const { offlineKind: kind } = part.dataset;
    // One is enough: what waits already goes out by itself.
    part.hidden = waiting.some((report) => report.kind === kind);
    const form = part.querySelector("form");
    part.open = new URL(form.action).pathname === location.pathname;
    hide(form, "request_key", crypto.randomUUID());
    hide(form, "employment", whose.employment);
  }
  forms.hidden = false;
}

const hide = (form, name, value) =>
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));

function sayWhichJob(words, name) {
  words.textContent = words.textContent.replace("{name}", name);
  words.hidden = !name;
}
