// data-submit-at-once on a form: it goes out by itself when the page opens, so that its one button need not be
// pressed. Not on the way back through the history, where the person wants to see the page.

export function submitAtOnce() {
  const form = document.querySelector("form[data-submit-at-once]");
  const [visit] = performance.getEntriesByType("navigation");
  if (form && visit?.type !== "back_forward") form.requestSubmit(form.querySelector("button"));
}
