// While a page with a timeline is looked at, the server says that something changed in that dossier, never what
// (backend/live). The page then fetches itself as it always does and takes over what differs: what is open stays open,
// what was typed stays typed, and nothing moves under the reader. Without the stream, all is as it was without script.

// Most pages are left again within seconds: with a stream for each, a visit would ask twice as much. What comes in
// before it is there is said as soon as it is.
const REST = 8_000;
const FIRST = 1_000, REFUSED = 60_000, LONGEST = 300_000;
let stream = null, dossier = "", since = "", wait = FIRST, again = 0, rested = false;

export function live() {
  const begin = () => ((rested = true), follow());
  setTimeout(begin, REST);
  document.addEventListener("visibilitychange", begin);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", follow);
  document.addEventListener("htmx:before:swap", keep);
  document.addEventListener("htmx:after:swap", follow);
}

const place = () => document.querySelector("[data-live]");

function follow() {
  const found = rested && document.visibilityState === "visible" && place();
  if (!found) return close();
  if (dossier !== found.dataset.live) {
    close();
    ({ live: dossier, since } = found.dataset);
  }
  if (!stream && !again) open();
}

function open() {
  stream = new EventSource(`/live?${new URLSearchParams({ dossier, since })}`);
  const at = (name, then) => stream.addEventListener(name, ({ data }) => ((since = data), (wait = FIRST), then?.()));
  at("here");
  at("changed", refresh);
  // More pages are open than one person may have: this one rests until it is looked at again.
  stream.addEventListener("over", close);
  stream.addEventListener("error", later);
}

function later({ target }) {
  const refused = target.readyState === EventSource.CLOSED;
  close();
  if (refused) wait = Math.max(wait, REFUSED);
  again = setTimeout(() => ((again = 0), follow()), wait * (0.5 + Math.random()));
  wait = Math.min(wait * 2, LONGEST);
}

function close() {
  clearTimeout(again);
  again = 0;
  stream?.close();
  stream = null;
}

async function refresh() {
  const desk = place()?.closest("#desk");
  const path = desk ? `/dossiers/${dossier}` : location.pathname + location.search;
  const answer = await fetch(path, { headers: { Accept: "text/html", "X-By-Itself": "yes" }, redirect: "error" }).catch(() => null);
  const target = desk ?? document.getElementById("main");
  if (!answer?.ok || !target.isConnected) return;
  const text = await answer.text();
  const said = place()?.dataset.said, before = news(), hold = holding(desk ?? document.scrollingElement);
  await htmx.swap({ text, target, sourceElement: target, select: "#main > *", swap: "innerMorph", live: true });
  hold();
  if ([...news()].some((id) => !before.has(id))) say(said);
}

const news = () => new Set([...document.querySelectorAll(".timeline .is-new")].map(({ id }) => id));

// Where the page was scrolled, the first entry in sight stays where it is; not every browser sees to that itself.
function holding(scroller) {
  const read = scroller.scrollTop > 0 && [...document.querySelectorAll(".entry")].find((one) => top(one) > 0)?.id;
  const was = read && top(document.getElementById(read));
  return () => {
    const entry = read && document.getElementById(read);
    if (entry) scroller.scrollTop += top(entry) - was;
  };
}

const top = (element) => element.getBoundingClientRect().top;

// What is on its way in takes over what only this page knows.
function keep({ detail: { ctx, tasks } }) {
  if (!ctx.live) return;
  const [{ fragment: fresh, target: shown }] = tasks;
  // New, so that it goes out again: what came is seen too.
  shown.querySelector("form[action$='/seen']")?.remove();
  const status = shown.querySelector("#offline-status");
  if (status) fresh.prepend(status.cloneNode(true));
  const [folds, unfolded] = [shown, fresh].map((part) => part.querySelectorAll("details:not([hx-morph-skip] *)"));
  unfolded.forEach((one, at) => (one.open = folds[at]?.open));
  const [coming, there] = [fresh, shown].map((part) => part.querySelector(".timeline"));
  if (coming && there) keepRead(coming, there);
}

function keepRead(coming, there) {
  const ask = ".act[hx-get]";
  let last = null;
  for (const entry of coming.querySelectorAll(".entry")) {
    last = there.querySelector(`#${entry.id}`);
    if (last && entry.querySelector(ask) && !last.querySelector(ask)) entry.replaceWith(last.cloneNode(true));
  }
  // What was fetched further down, and what the newest pushed off the page.
  const rest = [];
  while ((last = last?.nextElementSibling)) rest.push(last.cloneNode(true));
  if (rest.some((row) => row.matches(".entry"))) {
    coming.querySelector(".more")?.remove();
    coming.append(...rest);
  }
}

function say(words) {
  const voice = document.getElementById("live-said") ?? document.createElement("p");
  if (!voice.isConnected) {
    Object.assign(voice, { id: "live-said", className: "only-heard" }).setAttribute("role", "status");
    document.body.append(voice);
  }
  voice.textContent = "";
  setTimeout(() => (voice.textContent = words), 100);
}
