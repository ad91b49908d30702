// Keeps the hashed assets and the page without network, nothing else: never a personal page. Sends waiting reports,
// and shows that something is there when a push comes.

import { sendWaiting } from "./offline/queue.js";
import { closeAll, open, renew, show } from "./push/shown.js";

const CACHE = `kept-${__VERSION__}`;
const OFFLINE = "/offline";
const AS_KEPT = { ignoreVary: true };

const fetchOffline = () => fetch(OFFLINE, { cache: "no-cache", headers: { Accept: "text/html" } });

async function keepAll() {
  const cache = await caches.open(CACHE);
  await Promise.all([cache.addAll(__KEPT__), keepOffline(cache)]);
}

async function keepOffline(cache) {
  const page = await fetchOffline();
  if (page.ok && !page.redirected) await cache.put(OFFLINE, page);
}

/** The page says in which language the person reads; after a sign-out it also fills the cache again. */
async function keepLanguage(language) {
  const cache = await caches.open(CACHE);
  const page = await cache.match(OFFLINE, AS_KEPT);
  if (!page) return keepAll();
  if (!(await page.text()).includes(`<html lang="${language}"`)) await keepOffline(cache);
}

async function dropOld() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function dropAll() {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}

async function kept(request) {
  return (await caches.match(request, AS_KEPT)) ?? fetch(request);
}

// Going back to what a form led to, the browser looks in its cache alone, where no personal page ever is. What stored
// nothing is then asked again with the same answers; of anything else, how it stands now.
const STORES_NOTHING = /^\/(absence|team\/[\w-]+)\/report\/(check|change)$/;

async function asked(request) {
  const { url, method, headers } = request;
  if (request.cache !== "only-if-cached") return request;
  if (method !== "POST" || !STORES_NOTHING.test(new URL(url).pathname)) return new Request(url, { redirect: "manual" });
  const type = { "Content-Type": headers.get("Content-Type") };
  return new Request(url, { method, headers: type, body: await request.blob(), redirect: "manual" });
}

/** What the browser asked for ahead, unless it looked in its cache alone: that it found nothing there says nothing. */
function preloaded({ request, preloadResponse }) {
  if (request.cache !== "only-if-cached") return preloadResponse;
  preloadResponse.catch(() => {});
  return null;
}

async function page(event) {
  try {
    return (await preloaded(event)) ?? (await fetch(await asked(event.request)));
  } catch (error) {
    const offline = await caches.match(OFFLINE, AS_KEPT);
    if (offline) return offline;
    throw error;
  }
}

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(dropOld()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode === "navigate") return event.respondWith(page(event));
  const ours = pathname === OFFLINE || __KEPT__.includes(pathname);
  if (ours && request.method === "GET") event.respondWith(kept(request));
});

self.addEventListener("message", (event) => {
  const { data } = event;
  if (data?.do === "take-over") self.skipWaiting();
  if (data?.do === "keep") event.waitUntil(keepLanguage(data.language).catch(() => {}));
  if (data?.do === "clear") event.waitUntil(Promise.all([dropAll(), closeAll()]));
});

self.addEventListener("push", (event) => event.waitUntil(show(event.data)));
self.addEventListener("notificationclick", (event) => event.waitUntil(open(event.notification)));
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

self.addEventListener("sync", (event) => {
  if (event.tag === "reports") event.waitUntil(sendAndRetry());
});

/** The browser tries again by itself when this fails. */
async function sendAndRetry() {
  if (await sendWaiting()) throw new Error("still no network");
}
