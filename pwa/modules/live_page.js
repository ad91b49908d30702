// What renewing a timeline and renewing a list have in common: fetching, and nothing that moves under the reader.

let spoken = 0;

export const fetched = (path) =>
  fetch(path, { headers: { Accept: "text/html", "X-By-Itself": "yes" }, redirect: "error" }).catch(() => null);

// Puts it in: what was read stays where it is, not every browser sees to that itself, and so does the focus.
export async function swap(target, text, rows, how) {
  const focused = target.contains(document.activeElement) && document.activeElement;
  const row = focused && focused.closest(rows)?.id;
  const hold = holding(target, rows);
  await htmx.swap({ text, target, sourceElement: target, swap: "innerMorph", ...how });
  hold();
  if (!focused || target.contains(document.activeElement)) return;
  if (focused.isConnected) return focused.focus({ preventScroll: true });
  // Its row looks different by now, or is gone.
  const link = row && document.getElementById(row)?.querySelector("a, button");
  if (!link) target.tabIndex = -1;
  (link || target).focus({ preventScroll: true });
}

const top = (element) => element.getBoundingClientRect().top;

// Where something was scrolled, the first row in sight that is still there afterwards.
function holding(target, rows) {
  const scroller = target.closest("#desk") ?? document.scrollingElement;
  const read = scroller.scrollTop > 0 ? [...target.querySelectorAll(rows)].filter((one) => top(one) > 0).slice(0, 9) : [];
  const were = read.map((one) => [one.id, top(one)]);
  return () => {
    const [id, was] = were.find(([id]) => document.getElementById(id)) ?? [];
    if (id) scroller.scrollTop += top(document.getElementById(id)) - was;
  };
}

// One short sentence to who listens; `seldom`: not after each of many.
export function say(words, seldom = 0) {
  if (Date.now() - spoken < seldom) return;
  spoken = Date.now();
  const voice = document.getElementById("live-said") ?? document.createElement("p");
  if (!voice.isConnected) {
    Object.assign(voice, { id: "live-said", className: "only-heard" }).setAttribute("role", "status");
    document.body.append(voice);
  }
  voice.textContent = "";
  setTimeout(() => (voice.textContent = words), 100);
}
