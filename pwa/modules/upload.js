// data-upload on a form with files: shows what was chosen and how far it is, takes files that are dropped, and keeps what
// was chosen when one of them is refused. Without script the form goes out by itself.

import { markBusy, release } from "./busy.js";

export function upload() {
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const field = form.querySelector("input[type=file]");
  field.addEventListener("change", () => showChosen(form, field.files));
  dropping(form, field);
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy || !chosenWell(form, field.files)) return;
    busy = true;
    markBusy(event.submitter);
    const answer = await send(form).catch(() => null);
    if (answer?.location) return location.assign(answer.location);
    busy = false;
    release(form);
    showSending(form, null);
    showProblems(form, answer?.problems ?? [answer?.message ?? form.dataset.failed]);
  });
}

function send(form) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => showSending(form, (100 * loaded) / total));
    request.addEventListener("load", () => resolve(request.response));
    for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, reject);
    showSending(form, 0);
    request.send(new FormData(form));
  });
}

function showSending(form, percent) {
  const state = form.querySelector("[data-sending-state]");
  state.hidden = percent === null;
  if (percent === null) return;
  const { sending, checking } = form.dataset;
  state.querySelector("progress").value = percent;
  // Every tenth is said, so that who listens is not talked to all the time.
  const words = percent >= 100 ? checking : sending.replace("{percent}", 10 * Math.floor(percent / 10));
  const said = state.querySelector("p");
  if (said.textContent !== words) said.textContent = words;
}

function chosenWell(form, files) {
  const { largest, most, tooLarge, tooMany } = form.dataset;
  const problems = [...files].filter((file) => file.size > Number(largest)).map((file) => tooLarge.replace("{name}", file.name));
  if (files.length > Number(most)) problems.unshift(tooMany);
  showProblems(form, problems);
  return problems.length === 0;
}

function showProblems(form, problems) {
  const place = form.querySelector("[data-problems]");
  place.replaceChildren(
    ...problems.map((words) => {
      const line = document.createElement("p");
      line.className = "error";
      line.append(Object.assign(document.createElement("span"), { textContent: words }));
      return line;
    }),
  );
  place.closest(".field").classList.toggle("is-wrong", problems.length > 0);
  if (problems.length) place.scrollIntoView({ block: "center" });
}

function showChosen(form, files) {
  const list = form.querySelector("[data-chosen]");
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  list.hidden = files.length < 2;
  list.replaceChildren(
    ...[...files].map(({ name, size }) => {
      const row = document.createElement("li");
      const words = size < 1e6 ? `${Math.max(1, Math.round(size / 1e3))} kB` : `${number.format(size / 1e6)} MB`;
      row.append(name, Object.assign(document.createElement("small"), { textContent: words }));
      return row;
    }),
  );
  chosenWell(form, files);
}

function dropping(form, field) {
  const place = form.querySelector("[data-drop]");
  const over = (is) => (event) => {
    event.preventDefault();
    place.classList.toggle("is-over", is);
  };
  for (const name of ["dragenter", "dragover"]) place.addEventListener(name, over(true));
  place.addEventListener("dragleave", over(false));
  place.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    showChosen(form, field.files);
  });
}
