import { badge } from "./modules/badge.js";
import { busy } from "./modules/busy.js";
import { copy } from "./modules/copy.js";
import { countdown } from "./modules/countdown.js";
import { dateChips } from "./modules/date_chips.js";
import { desk } from "./modules/desk.js";
import { download } from "./modules/download.js";
import { focusFirst } from "./modules/focus.js";
import { htmxWhereNeeded } from "./modules/htmx_where_needed.js";
import { installHint } from "./modules/install_hint.js";
import { manifest } from "./modules/manifest.js";
import { offlineForms } from "./modules/offline_forms.js";
import { offlinePage } from "./modules/offline_page.js";
import { offlineStatus } from "./modules/offline_status.js";
import { passkeys } from "./modules/passkeys.js";
import { passwordToggle } from "./modules/password_toggle.js";
import { pushWhereNeeded } from "./modules/push_where_needed.js";
import { serviceWorker } from "./modules/service_worker.js";
import { sheetsWhereNeeded } from "./modules/sheets_where_needed.js";
import { signOut } from "./modules/sign_out.js";
import { strength } from "./modules/strength.js";
import { submitAtOnce } from "./modules/submit_at_once.js";

// Offline forms, passkeys and signing out may hold a form back; `busy` comes after them and marks only what goes on.
offlineForms();
passkeys();
signOut();
busy();

passwordToggle();
strength();
copy();
download();
dateChips();
countdown();
submitAtOnce();

// The rest waits for the first sight of the page: some of it asks how wide things are, which would hold that up.
requestAnimationFrame(() => setTimeout(afterFirstSight));

function afterFirstSight() {
  focusFirst();
  manifest();
  installHint();
  badge();
  desk();
  htmxWhereNeeded();
  sheetsWhereNeeded();
  pushWhereNeeded();
  offlinePage();
  offlineStatus();
  serviceWorker();
}
