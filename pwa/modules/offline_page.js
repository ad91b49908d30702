// The page without network: shows the short forms where somebody signed in before, opens the one that was asked for,
// and gives each a key of its own.

import * as store from "../offline/store.js";

export async function offlinePage() {
  const forms = document.querySelector("[data-offline-forms]");
  if (!forms) return;
  document.querySelector("[data-reload]").addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  const [owner, waiting] = await Promise.all([store.owner(), store.waiting()]).catch(() => [null, []]);
  if (!owner) return;

  for (const part of forms.querySelectorAll("[data-offline-kind]")) {
    const { offlineKind: kind } = part.dataset;
    // One is enough: what waits already goes out by itself.
    part.hidden = waiting.some((report) => report.kind === kind);
    const form = part.querySelector("form");
    part.open = new URL(form.action).pathname === location.pathname;
    const key = { type: "hidden", name: "request_key", value: crypto.randomUUID() };
    form.append(Object.assign(document.createElement("input"), key));
  }
  forms.hidden = false;
}
