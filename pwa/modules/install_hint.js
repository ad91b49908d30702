// Offers to install where the browser can, explains it where only the person can (iOS), and stays away after "Niet nu".

const WAVED_OFF = "install-hint-waved-off";

export function installHint() {
  const hint = document.querySelector("[data-install]");
  if (!hint || matchMedia("(display-mode: standalone)").matches || navigator.standalone || wavedOff()) return;

  let offer = null;
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event;
    hint.hidden = false;
  });
  window.addEventListener("appinstalled", () => (hint.hidden = true));

  // An iPad says that it is a Mac; no Mac has a touch screen.
  const { userAgent, maxTouchPoints } = navigator;
  const ios = /iP(hone|ad|od)/.test(userAgent) || (/Mac/.test(userAgent) && maxTouchPoints > 1);
  if (ios) {
    hint.classList.add("is-ios");
    hint.hidden = false;
  }

  hint.querySelector("[data-install-now]").addEventListener("click", async () => {
    await offer?.prompt();
    hint.hidden = true;
  });
  hint.querySelector("[data-dismiss]").addEventListener("click", () => {
    hint.hidden = true;
    try { localStorage.setItem(WAVED_OFF, "1"); } catch { /* private window: it may come back */ }
  });
}

function wavedOff() {
  try { return localStorage.getItem(WAVED_OFF) !== null; } catch { return false; }
}
