// A list that stands open (the team, what is to be done, the caseload) takes over what changed: its rows move, come and
// go by their ids, and what stands around it is left alone.

import { fetched, say, swap } from "./live_page.js";

const STILL = 2_000, SELDOM = 10_000;
let typed = 0;

document.addEventListener("input", ({ target }) => {
  if (target.type === "search") typed = Date.now();
});

// How many milliseconds yet until a search counts as typed; nothing is renewed before.
export const typing = () => Math.max(typed + STILL - Date.now(), 0);

export async function renewList(find) {
  while (typing()) await new Promise((go) => setTimeout(go, typing()));
  if (!find()) return true;
  const answer = await fetched(find().dataset.live.slice("/live".length));
  if (!answer?.ok) return !find();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (typing()) return renewList(find);
  const shown = find(), fresh = shown && page.getElementById(shown.id);
  if (!shown) return true;
  // Something of it is being sent, which leads on to another page.
  if (!fresh || shown.querySelector("[aria-busy]")) return false;
  keepOwn(fresh, shown);
  const text = shown.textContent;
  await swap(shown, fresh.innerHTML, ".case, li[id]", { live: "list" });
  shown.dataset.since = fresh.dataset.since;
  if (!counts(page) && shown.textContent !== text) say(shown.dataset.said, SELDOM);
  return true;
}

// Which dossier stands open beside it, the keys of its forms, and what was fetched further down.
function keepOwn(fresh, shown) {
  const chosen = shown.querySelector("[aria-current]")?.id;
  if (chosen) fresh.querySelector(`#${chosen}`)?.setAttribute("aria-current", "true");
  for (const form of fresh.querySelectorAll("form")) {
    const same = shown.querySelector(`form[action="${CSS.escape(form.getAttribute("action"))}"]`);
    if (same) form.replaceWith(same.cloneNode(true));
  }
  const [coming, there] = [fresh, shown].map((part) => part.querySelectorAll(".cases > li"));
  const more = fresh.querySelector(".cases > .more");
  if (!more || there.length <= coming.length) return;
  const ids = new Set([...coming].map(idOf)), rows = [...there];
  const rest = rows.slice(rows.findLastIndex((row) => idOf(row) && ids.has(idOf(row))) + 1);
  more.replaceWith(...rest.map((row) => row.cloneNode(true)));
}

const idOf = (row) => row.querySelector(".case")?.id;

// A number of rows that is read out by itself when it changes; whether it did.
function counts(page) {
  const [there, now] = [document, page].map((one) => one.getElementById("caseload-count"));
  if (!there || !now || there.textContent === now.textContent) return false;
  there.textContent = now.textContent;
  return true;
}
