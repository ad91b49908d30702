// What the service worker does with a push: shows that something is there, and opens it. It never says what.

const DEVICES = "/account/telling/devices";
const USUAL = { title: "Beterschap", body: "", opens: "/", tag: "news" };

const showing = () => self.registration.getNotifications();

/** Two that open the same page take each other's place. */
export async function show(data) {
  const { title, body, opens, tag } = { ...USUAL, ...read(data) };
  await self.registration.showNotification(title, { body, tag, renotify: true, icon: __ICON__, data: { opens } });
  await count();
}

function read(data) {
  try { return data?.json() ?? {}; } catch { return {}; }
}

/** How many are waiting; an open page knows better and says so itself. */
async function count() {
  const { length } = await showing();
  if (length) await navigator.setAppBadge?.(length).catch(() => {});
  else await navigator.clearAppBadge?.().catch(() => {});
}

/** In the window that shows it already, else in one of its own; where that is refused, in one that is there. */
export async function open(notification) {
  notification.close();
  await count();
  const url = new URL(within(notification.data?.opens), self.location.origin).href;
  const windows = await self.clients.matchAll({ type: "window" });
  const there = windows.find((one) => one.url.split("#")[0] === url);
  if (there) return there.focus().catch(() => {});
  await self.clients.openWindow(url).catch(() => windows[0]?.navigate(url));
}

/** A path of ours, whatever a message says. */
const within = (path) => (/^\/(?![/\\])/.test(path ?? "") ? path : "/");

export async function closeAll() {
  for (const one of await showing()) one.close();
}

/** The browser renewed it by itself: the server must know where it goes now. */
export async function renew({ oldSubscription, newSubscription }) {
  const options = oldSubscription?.options;
  const found = newSubscription ?? (options && (await self.registration.pushManager.subscribe(options)));
  if (!found) return;
  const { endpoint, keys } = found.toJSON();
  const body = new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth });
  await fetch(DEVICES, { method: "POST", body, redirect: "error" });
}
