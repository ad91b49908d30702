// One file, because what is told live is put in its place by htmx, and a request is dear on a phone.

import "htmx.org";
import { live } from "./live.js";

live();
