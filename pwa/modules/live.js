// While a page with a timeline or a list is looked at, the server says that something changed there, never what
// (backend/live). The page then fetches itself as it always does and takes over what differs: what is open stays open,
// what was typed stays typed, and nothing moves under the reader. Without the stream, all is as it was without script.

import { renewList, typing } from "./live_list.js";
import { keep, renewTimeline } from "./live_timeline.js";

// Most pages are left again within seconds: with a stream for each, a visit would ask twice as much. What comes in
// before it is there is said as soon as it is. What is medical and of somebody else is followed at once: who may read it
// no more should not go on seeing it, and such pages are few.
const REST = 8_000;
const FIRST = 1_000, REFUSED = 60_000, LONGEST = 300_000;
// A timeline, or where one will come to stand: what is around it changes with it.
const WITH_PAGE = /^\/live(\?|\/dashboard$)/;
const followers = new Map();
let rested = false;

export function live() {
  const begin = () => ((rested = true), follow(true));
  setTimeout(begin, REST);
  follow();
  document.addEventListener("visibilitychange", begin);
  window.addEventListener("pagehide", () => followers.forEach((one) => one.close()));
  window.addEventListener("pageshow", () => follow(true));
  document.addEventListener("htmx:before:swap", keep);
  document.addEventListener("htmx:after:swap", () => follow());
}

const placeOf = (address) => document.querySelector(`[data-live="${CSS.escape(address)}"]`);

// Each place has its own stream; one that had to make way comes back when the page is looked at again.
function follow(anew) {
  const seen = document.visibilityState === "visible";
  for (const [address, one] of followers) {
    if (anew) one.over = false;
    if (!seen || !placeOf(address)) one.close();
    if (!placeOf(address)) followers.delete(address);
  }
  if (!seen) return;
  if (typing()) return void setTimeout(follow, typing());
  for (const { dataset } of document.querySelectorAll(rested ? "[data-live]" : "[data-live][data-at-once]")) {
    if (!followers.has(dataset.live)) followers.set(dataset.live, new Follower(dataset));
    followers.get(dataset.live).begin();
  }
}

class Follower {
  stream = null;
  again = 0;
  wait = FIRST;
  over = false;

  constructor({ live, since }) {
    Object.assign(this, { address: live, since, told: since });
  }

  begin() {
    if (this.stream || this.again || this.over) return;
    const address = new URL(this.address, location);
    address.searchParams.set("since", this.since);
    this.stream = new EventSource(address.href);
    const at = (name, then) => this.stream.addEventListener(name, then);
    at("here", ({ data }) => ((this.since = this.told = data), (this.wait = FIRST)));
    at("changed", ({ data }) => ((this.told = data), (this.wait = FIRST), this.renew()));
    // More pages are open than one person may have.
    at("over", () => ((this.over = true), this.close()));
    at("error", ({ target }) => this.later(target.readyState === EventSource.CLOSED));
  }

  // However often it is told in the meantime, it asks once more at most. What could not be fetched is told of again.
  async renew() {
    if (this.renewing) return;
    this.renewing = true;
    let fine = true;
    while (fine && this.told !== this.since) {
      const { told } = this;
      const find = () => placeOf(this.address);
      fine = await (WITH_PAGE.test(this.address) ? renewTimeline(find) : renewList(find)).catch(() => false);
      if (fine) this.since = told;
    }
    this.renewing = false;
    if (!fine && this.stream) this.later(false);
  }

  later(refused) {
    this.close();
    if (refused) this.wait = Math.max(this.wait, REFUSED);
    this.again = setTimeout(() => ((this.again = 0), follow()), this.wait * (0.5 + Math.random()));
    this.wait = Math.min(this.wait * 2, LONGEST);
  }

  close() {
    clearTimeout(this.again);
    this.again = 0;
    this.stream?.close();
    this.stream = null;
  }
}
