// A form goes out once: a second tap does nothing, and the button shows that it is busy.

const sent = new WeakSet();

export function busy() {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.method !== "post") return;
    if (!claim(form)) return event.preventDefault();
    markBusy(submitter);
  });
  // Back from the next page, the browser may show this one as it was left.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.forms) release(form);
  });
}

// Whether this is the first time it goes out.
export function claim(form) {
  if (sent.has(form)) return false;
  sent.add(form);
  return true;
}

export function markBusy(button) {
  if (button?.hasAttribute("data-busy")) button.setAttribute("aria-busy", "true");
}

export function release(form) {
  sent.delete(form);
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}
