// data-badge="3": how much is new in one's own running dossiers, on the app's icon. A number, never what it is about.
// Right at the beginning, when something came in, and when it was read: the answer to that says how much is left.

const place = () => document.querySelector("[data-badge]");

export function badge() {
  show();
  document.addEventListener("htmx:after:swap", show);
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const left = ctx.response?.headers.get("Badge");
    if (left && place()) place().dataset.badge = left;
    if (left) set(left);
  });
}

function show() {
  const count = place()?.dataset.badge;
  if (count !== undefined) set(count);
}

function set(count) {
  if (Number(count) > 0) navigator.setAppBadge?.(Number(count)).catch(() => {});
  else clearBadge();
}

export const clearBadge = () => navigator.clearAppBadge?.().catch(() => {});
