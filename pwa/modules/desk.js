// At a wide screen a dossier of the caseload opens beside the list; on a phone, with a modifier key, or before htmx has
// come, the link is a link. The address says which one stands open, so that a reload brings it back.

const wide = matchMedia("(min-width: 900px)");
export const isPlain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

export function desk() {
  const pane = document.getElementById("desk");
  if (!pane) return;
  let asked = false;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-desk]");
    if (!link || !wide.matches || !isPlain(event) || !self.htmx) return;
    event.preventDefault();
    asked = true;
    open(link);
  });
  document.addEventListener("htmx:after:swap", ({ detail }) => {
    if (!asked || detail.ctx?.live || pane.querySelector(":scope > .empty")) return;
    asked = false;
    pane.scrollTop = 0;
    pane.focus({ preventScroll: true });
  });
  // The timeline beside the list says by itself that it was seen; then its line is new no more.
  document.addEventListener("htmx:after:request", ({ detail }) => {
    if (!pane.contains(detail.ctx.sourceElement) || !detail.ctx.request.action.endsWith("/seen")) return;
    document.querySelector("a[data-desk][aria-current] .new")?.remove();
  });
  document.addEventListener("htmx:after:process", () => again(pane), { once: true });
}

function open(link) {
  for (const other of document.querySelectorAll("a[data-desk][aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  const chosen = document.getElementById("chosen");
  if (chosen) chosen.value = link.dataset.desk;
  link.dispatchEvent(new CustomEvent("desk"));
}

// The one in the address, once htmx is there. On a phone nothing opens unseen: opening is looking, and is written down.
function again(pane) {
  if (wide.matches && pane.hasAttribute("hx-get")) pane.dispatchEvent(new CustomEvent("desk"));
}
