// Pushes on this device: asked for when the button is pressed and never before, handed to the server, and kept with
// whoever turned them on. data-push="<the server's public key>" marks where the button and its words stand.

import * as store from "../offline/store.js";
import { forgetPushes, subscription } from "./push_off.js";

const DEVICES = "/account/telling/devices";
const WAVED_OFF = "push-offer-waved-off";
const TOLD = "push-told";

const ownerTag = () => document.querySelector('meta[name="owner-tag"]').content;

export function push() {
  const place = document.querySelector("[data-push]");
  if (place?.hasAttribute("data-push-offer")) offer(place);
  else if (place) listen(place);
  stayWithOwner().catch(() => {});
}

const supported = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
const standalone = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;

// An iPad says that it is a Mac; no Mac has a touch screen.
const ios = () => /iP(hone|ad|od)/.test(navigator.userAgent) || (/Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

/** Quietly, after something was done, and once: whoever answered is not asked again. */
function offer(place) {
  if (!supported() || Notification.permission !== "default" || wavedOff()) return;
  place.hidden = false;
  listen(place);
  place.querySelector("[data-dismiss]").addEventListener("click", () => {
    place.hidden = true;
    waveOff();
  });
}

function listen(place) {
  const button = place.querySelector("[data-push-on]");
  if (!supported()) {
    const steps = place.querySelector("[data-push-ios]");
    if (steps && ios() && !standalone()) steps.open = true;
    else say(place, "unsupported");
    button.disabled = true;
    return;
  }
  button.addEventListener("click", async () => {
    if (button.hasAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    say(place, null);
    const [problem, words] = await turnOn(place.dataset.push);
    button.removeAttribute("aria-busy");
    if (problem) return say(place, problem, words);
    if (place.dataset.pushThen) return location.assign(place.dataset.pushThen);
    place.hidden = true;
    const done = place.parentElement.querySelector("[data-push-done]");
    if (done) done.hidden = false;
  });
}

/** Nothing, or what went wrong and, when the server says so, in which words. */
async function turnOn(key) {
  try {
    const answer = await Notification.requestPermission();
    waveOff();
    if (answer !== "granted") return [answer === "denied" ? "denied" : "later"];
    const registration = await navigator.serviceWorker.ready;
    return await hand(await subscribed(registration, bytes(key)));
  } catch {
    return ["failed"];
  }
}

/** A subscription under another key of ours is of no use any more. */
async function subscribed(registration, key) {
  const options = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await registration.pushManager.subscribe(options);
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error;
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    return registration.pushManager.subscribe(options);
  }
}

async function hand(found) {
  const { endpoint, keys } = found.toJSON();
  const body = new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth });
  const answer = await fetch(DEVICES, { method: "POST", body, redirect: "error" });
  if (answer.ok) {
    await store.setPushes(ownerTag());
    return [];
  }
  await found.unsubscribe().catch(() => {});
  return answer.status === 422 ? ["said", await answer.text()] : ["failed"];
}

/** After signing in anew the pushes go on; somebody else who signs in here does not get them unasked. */
async function stayWithOwner() {
  const found = await subscription();
  if (!found) return;
  const owner = await store.pushes();
  if (owner !== ownerTag()) return forgetPushes();
  const which = `${owner} ${found.endpoint.slice(-12)}`;
  if (sessionStorage.getItem(TOLD) === which) return;
  const [problem] = await hand(found);
  if (!problem) sessionStorage.setItem(TOLD, which);
}

function say(place, name, words) {
  for (const one of place.querySelectorAll("[data-push-error]")) {
    one.hidden = one.dataset.pushError !== name;
    if (words && !one.hidden) one.firstElementChild.textContent = words;
  }
}

function bytes(key) {
  const plain = atob(key.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function wavedOff() {
  try { return localStorage.getItem(WAVED_OFF) !== null; } catch { return true; }
}

function waveOff() {
  try { localStorage.setItem(WAVED_OFF, "1"); } catch { /* private window: it may come back */ }
}
