// htmx with what only works beside it, in one file: a request is dear on a phone.

import "htmx.org";
import { live } from "./live.js";
import { timelineMore } from "./timeline_more.js";

live();
timelineMore();
