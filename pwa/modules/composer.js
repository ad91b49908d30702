// At a wide screen a sheet opens beside the dossier it belongs to: at the desk in place of the list, on a dossier's own
// page under the composer. On a phone, with a modifier key or without script the link is a link.

import { isPlain } from "./desk.js";

const wide = matchMedia("(min-width: 1180px)");
// A sheet that made way is still there when it is asked for again, with what was typed and chosen.
const sheets = new Map();

export function composer() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-composer] a");
    if (!link || !wide.matches || !isPlain(event)) return;
    event.preventDefault();
    open(link);
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-sheet-close]")) close(target.closest(".sheet-pane"));
  });
}

async function open(link) {
  const pane = paneOf(link);
  const parts = sheets.get(link.pathname) ?? (await fetched(pane, link));
  if (!parts) return location.assign(link.href);
  sheets.set(link.pathname, parts);
  pane.replaceChildren(...parts);
  pane.setAttribute("aria-label", parts[0].firstElementChild.textContent);
  pane.dispatchEvent(new CustomEvent("sheet", { bubbles: true }));
  for (const other of document.querySelectorAll("[data-composer] [aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  pane.hidden = false;
  pane.scrollTop = 0;
  pane.querySelector("h2").focus({ preventScroll: true });
}

function close(pane) {
  pane.hidden = true;
  const link = document.querySelector("[data-composer] [aria-current]");
  link?.removeAttribute("aria-current");
  link?.focus({ preventScroll: true });
}

function paneOf(link) {
  const found = document.querySelector(".sheet-pane");
  if (found) return found;
  const pane = Object.assign(document.createElement("section"), { className: "sheet-pane", hidden: true });
  const list = document.querySelector(".desk > .desk-list");
  if (list) list.after(pane);
  else link.closest("[data-beside]").append(pane);
  return pane;
}

async function fetched(pane, link) {
  const atDesk = pane.parentElement.matches(".desk");
  const back = atDesk ? `?back=${encodeURIComponent(location.pathname + location.search)}` : "";
  const answer = await fetch(link.pathname + back).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  const main = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  const heading = Object.assign(document.createElement("h2"), { textContent: main.querySelector("h1").textContent, tabIndex: -1 });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button quiet" });
  button.dataset.sheetClose = "";
  button.textContent = link.closest("[data-composer]").dataset.close;
  const rest = [...main.children].filter((part) => !part.matches("h1, .back"));
  const top = document.createElement("header");
  top.append(heading, button);
  for (const form of main.querySelectorAll("form[data-sheet], form[data-upload]")) form.dataset.sheet = link.pathname;
  return [top, ...rest];
}
