// data-badge="3": how much is new, on the app's icon. A number, never what it is about.

export function badge() {
  const count = document.querySelector("[data-badge]")?.dataset.badge;
  if (count === undefined) return;
  if (Number(count) > 0) navigator.setAppBadge?.(Number(count)).catch(() => {});
  else clearBadge();
}

export const clearBadge = () => navigator.clearAppBadge?.().catch(() => {});
