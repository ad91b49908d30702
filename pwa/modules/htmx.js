// htmx with what only works beside it, in one file: a request is dear on a phone.

import "htmx.org";
import { live } from "./live.js";
import { timelineMore } from "./timeline_more.js";

live();
timelineMore();

// What was typed before htmx came is heard now; it begins to listen in a task of its own.
setTimeout(() => {
  for (const field of document.querySelectorAll("[type=search], [type=password]")) {
    if (field.value !== field.defaultValue) field.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
