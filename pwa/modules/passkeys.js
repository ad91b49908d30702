// A key or passkey: the server's options in, the browser's ceremony, the answer in the hidden field `credential`.
// The form then goes out as any other form.

import { markBusy, release } from "./busy.js";
import { createOptions, credentialJson, getOptions } from "./passkey_json.js";

export function passkeys() {
  const supported = "PublicKeyCredential" in window;
  for (const form of document.querySelectorAll("[data-passkey-create], [data-passkey-get]")) {
    if (!supported) refuse(form, "unsupported");
  }
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || !form.matches("[data-passkey-create], [data-passkey-get]")) return;
    event.preventDefault();
    if (form.dataset.running) return;
    form.dataset.running = "yes";
    markBusy(submitter);
    ceremony(form).then(
      () => form.submit(),
      (error) => {
        delete form.dataset.running;
        release(form);
        say(form, reason(error));
      },
    );
  });
}

async function ceremony(form) {
  say(form, null);
  const answer = await fetch(form.dataset.optionsUrl, { method: "POST", headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  const options = await answer.json();
  const credential = form.hasAttribute("data-passkey-create")
    ? await navigator.credentials.create({ publicKey: createOptions(options) })
    : await navigator.credentials.get({ publicKey: getOptions(options) });
  form.elements.credential.value = JSON.stringify(credentialJson(credential));
}

function reason(error) {
  if (error.name === "InvalidStateError") return "known";
  if (error instanceof TypeError) return "offline";
  return error.name === "NotSupportedError" ? "unsupported" : "cancelled";
}

function say(form, name) {
  for (const words of form.querySelectorAll("[data-passkey-error]")) words.hidden = words.dataset.passkeyError !== name;
}

function refuse(form, name) {
  say(form, name);
  for (const button of form.querySelectorAll("button:not([type=button])")) button.disabled = true;
}
