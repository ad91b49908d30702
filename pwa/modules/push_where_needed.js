// Pushes are for some pages and some people: their script comes only where a page offers them, or they may be on here.

const mayBeOn = () => "PushManager" in window && self.Notification?.permission === "granted";

export function pushWhereNeeded() {
  const signedIn = document.querySelector('meta[name="owner-tag"]');
  if (!signedIn || !(document.querySelector("[data-push]") || mayBeOn())) return;
  import("./push.js").then(({ push }) => push()).catch(() => {});
}
