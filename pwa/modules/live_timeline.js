// A timeline that stands open takes over what came, with the page around it.

import { fetched, say, swap } from "./live_page.js";

export async function renewTimeline(find) {
  const desk = find()?.closest("#desk");
  const id = new URLSearchParams(find()?.dataset.live.split("?")[1]).get("dossier");
  const answer = await fetched(desk ? `/dossiers/${id}` : location.pathname + location.search);
  const target = desk ?? document.getElementById("main");
  if (!find()) return true;
  if (!answer?.ok) return false;
  const text = await answer.text();
  const { said } = find()?.dataset ?? {}, before = news();
  await swap(target, text, ".entry", { select: "#main > *", live: "timeline" });
  if ([...news()].some((one) => !before.has(one))) say(said);
  return true;
}

const news = () => new Set([...document.querySelectorAll(".timeline .is-new")].map(({ id }) => id));

// What is on its way in takes over what only this page knows.
export function keep({ detail: { ctx, tasks } }) {
  if (ctx.live !== "timeline") return;
  const [{ fragment: fresh, target: shown }] = tasks;
  // New, so that it goes out again: what came is seen too.
  shown.querySelector("form[action$='/seen']")?.remove();
  const status = shown.querySelector("#offline-status");
  if (status) fresh.prepend(status.cloneNode(true));
  const [folds, unfolded] = [shown, fresh].map((part) => part.querySelectorAll("details:not([hx-morph-skip] *)"));
  unfolded.forEach((one, at) => (one.open = folds[at]?.open));
  dropChoices(fresh, shown);
  const [coming, there] = [fresh, shown].map((part) => part.querySelector(".timeline"));
  const [sees, saw] = [coming, there].map((part) => part?.parentElement.hasAttribute("data-medical"));
  // Who was just entrusted with the medical part, or is no longer, sees the page as after a reload.
  if (coming && there && sees === saw) keepRead(coming, there);
}

// What somebody else has written by now, once for each dossier, can be written no more; a sheet that is open says so.
function dropChoices(fresh, shown) {
  const [coming, there] = [fresh, shown].map((part) => part.querySelector("[data-composer]"));
  if (!coming || !there) return;
  for (const link of there.querySelectorAll("a:not([aria-current])")) {
    if (!coming.querySelector(`a[href="${CSS.escape(link.getAttribute("href"))}"]`)) link.closest("li").remove();
  }
}

function keepRead(coming, there) {
  const ask = ".act[hx-get]";
  let last = null;
  for (const entry of coming.querySelectorAll(".entry")) {
    last = there.querySelector(`#${entry.id}`);
    if (!last || !entry.querySelector(ask) || last.querySelector(ask)) continue;
    // What was opened stays so, unless it was corrected since.
    if (entry.dataset.changed === last.dataset.changed) entry.replaceWith(last.cloneNode(true));
  }
  // What was fetched further down, and what the newest pushed off the page.
  const rest = [];
  while ((last = last?.nextElementSibling)) rest.push(last.cloneNode(true));
  if (rest.some((row) => row.matches(".entry"))) {
    coming.querySelector(".more")?.remove();
    coming.append(...rest);
  }
}
