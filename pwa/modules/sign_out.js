// Signing out wipes what this phone still keeps, before the server ends the session.

import * as store from "../offline/store.js";
import { clearBadge } from "./badge.js";
import { markBusy } from "./busy.js";
import { forgetPushes } from "./push_off.js";

const PATIENCE = 1500;

export function signOut() {
  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (!form.hasAttribute("data-sign-out") || event.defaultPrevented) return;
    event.preventDefault();
    markBusy(submitter);
    const waiting = await store.waiting().catch(() => []);
    if (waiting.length && !confirm(form.dataset.signOut)) return submitter?.removeAttribute("aria-busy");
    await Promise.race([wipe(), new Promise((done) => setTimeout(done, PATIENCE))]);
    form.submit();
  });
}

async function wipe() {
  clearBadge();
  navigator.serviceWorker?.controller?.postMessage({ do: "clear" });
  const names = "caches" in window ? await caches.keys().catch(() => []) : [];
  await Promise.allSettled([forgetPushes(), store.clear(), ...names.map((name) => caches.delete(name))]);
}
