// When a further part of the timeline comes in, or a whole note in place of its beginning, reading goes on there instead
// of at the top of the page.

export function timelineMore() {
  let last = null;
  document.addEventListener("click", ({ target }) => {
    const row = target.closest(".timeline > .more");
    if (row) last = row.previousElementSibling;
  });
  document.addEventListener("htmx:after:swap", () => {
    const note = document.querySelector("[data-opened]");
    if (note) {
      note.removeAttribute("data-opened");
      return note.focus({ preventScroll: true });
    }
    const first = last?.nextElementSibling;
    last = null;
    if (!first) return;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  });
}
