// data-upload on a form with files: they are chosen, dropped or photographed, each shows how far it is, and a refused one
// says why while the rest stays chosen. Without script the form goes out by itself.

import { claim, markBusy, release } from "./busy.js";
import { ChosenFiles } from "./chosen_files.js";
import { keep } from "./writing.js";

export function upload() {
  prepare();
  document.addEventListener("sheet", prepare);
}

function prepare() {
  const form = document.querySelector("form[data-upload]:not([data-ready])");
  if (!form) return;
  form.dataset.ready = "";
  const chosen = new ChosenFiles(form);
  const add = (files) => {
    chosen.add(files);
    showProblems(form, chosen, tooMany(form, chosen));
  };
  choosing(form, chosen, add);
  dropping(form, add);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (chosen.wrong.length || tooMany(form, chosen).length) return showProblems(form, chosen, tooMany(form, chosen), true);
    if (claim(form)) go(form, chosen, event.submitter);
  });
}

async function go(form, chosen, button) {
  markBusy(button);
  for (const one of form.querySelectorAll("[data-said]")) {
    one.parentElement.classList.remove("is-wrong");
    one.remove();
  }
  const answer = (await keep(form)) && (await send(form, chosen).catch((why) => ({ problems: [form.dataset[why]] })));
  if (answer?.done) return follow(answer.location);
  release(form);
  showSending(form, chosen, null);
  if (!answer) return;
  const general = [];
  const said = answer.problems ?? [answer.message ?? form.dataset.failed];
  said.forEach((words, number) => {
    const one = chosen.rows[answer.files?.[number] ?? -1];
    if (one) chosen.refuse(one, words);
    else if (!beside(answer.fields?.[number], words)) general.push(words);
  });
  showProblems(form, chosen, general, true);
  // Files come first on the page: what is wrong with them has the focus.
  const first = general.length || chosen.wrong.length ? null : form.querySelector("[data-said]");
  first?.parentElement.querySelector("input, textarea").focus({ preventScroll: true });
  first?.scrollIntoView({ block: "center" });
}

// The dossier may be the page on which one already is.
function follow(address) {
  const there = new URL(address, location.href);
  const here = there.pathname === location.pathname && there.search === location.search;
  location.assign(there);
  if (here) location.reload();
}

function send(form, chosen) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => showSending(form, chosen, loaded / total));
    request.addEventListener("load", () => resolve({ ...request.response, done: request.status === 200 }));
    for (const end of ["error", "timeout"]) request.addEventListener(end, () => reject("failed"));
    request.addEventListener("abort", () => reject("stopped"));
    form.querySelector("[data-stop]").onclick = () => request.abort();
    showSending(form, chosen, 0);
    request.send(new FormData(form));
  });
}

function showSending(form, chosen, share) {
  const state = form.querySelector("[data-sending-state]");
  state.hidden = share === null;
  chosen.progress(share);
  if (share === null) return;
  form.querySelector("[data-stop]").hidden = share >= 1; // all is there: what comes of it is no longer ours to stop
  const { sending, checking } = form.dataset;
  state.querySelector("progress").value = 100 * share;
  // Every tenth is said, so that who listens is not talked to all the time.
  const words = share >= 1 ? checking : sending.replace("{percent}", 10 * Math.floor(10 * share));
  const said = state.querySelector("p");
  if (said.textContent !== words) said.textContent = words;
}

function tooMany(form, chosen) {
  return chosen.rows.length > Number(form.dataset.most) ? [form.dataset.tooMany] : [];
}

// What is wrong with another field stands beside that field; whether there is one of that name.
function beside(id, words) {
  const place = document.getElementById(id)?.closest(".field, fieldset");
  if (!place) return false;
  const said = Object.assign(line(words, "error"), { role: "alert" });
  said.dataset.said = "";
  place.append(said);
  place.classList.add("is-wrong");
  return true;
}

// What is wrong with one file stands in its row, and is read out here.
function showProblems(form, chosen, general, jump = false) {
  const place = form.querySelector("[data-problems]");
  const seen = chosen.wrong.length ? [...general, form.dataset.mend] : general;
  place.replaceChildren(...chosen.wrong.map((words) => line(words, "only-heard")), ...seen.map((words) => line(words, "error")));
  place.closest(".field").classList.toggle("is-wrong", seen.length > 0);
  if (!jump || !seen.length) return;
  place.focus({ preventScroll: true });
  (chosen.list.querySelector(".error:not([hidden])") ?? place).scrollIntoView({ block: "center" });
}

function line(words, className) {
  const made = Object.assign(document.createElement("p"), { className });
  made.append(Object.assign(document.createElement("span"), { textContent: words }));
  return made;
}

function choosing(form, chosen, add) {
  const camera = form.querySelector("[data-camera]");
  chosen.field.addEventListener("change", () => add([...chosen.field.files]));
  camera.addEventListener("change", () => {
    add([...camera.files]);
    camera.value = "";
  });
  form.addEventListener("click", ({ target }) => {
    if (target.closest("[data-photo]")) camera.click();
    const gone = target.closest("[data-remove]");
    if (!gone) return;
    chosen.remove(gone.closest("li"));
    showProblems(form, chosen, tooMany(form, chosen));
  });
}

function dropping(form, add) {
  const place = form.querySelector("[data-drop]");
  const over = (is) => (event) => {
    event.preventDefault();
    place.classList.toggle("is-over", is);
  };
  for (const name of ["dragenter", "dragover"]) place.addEventListener(name, over(true));
  place.addEventListener("dragleave", over(false));
  place.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) add([...event.dataTransfer.files]);
  });
}
