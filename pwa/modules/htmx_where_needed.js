// htmx is the larger half of our script and never needed for the first sight of a page: it comes when the page is at rest,
// and only where something asks for it. Until then links and forms work by themselves.

const ASKS = "[hx-get], [hx-post], [data-live]";

export function htmxWhereNeeded() {
  if (!document.querySelector(ASKS)) return;
  const load = () => import("./htmx.js");
  const atRest = self.requestIdleCallback ?? ((call) => setTimeout(call, 200));
  const rest = () => atRest(load, { timeout: 2_000 });
  if (document.readyState === "complete") rest();
  else window.addEventListener("load", rest, { once: true });
}
