// When a further part of the timeline comes in, reading goes on at its first entry instead of at the top of the page.

export function timelineMore() {
  let last = null;
  document.addEventListener("click", ({ target }) => {
    const row = target.closest(".timeline > .more");
    if (row) last = row.previousElementSibling;
  });
  document.addEventListener("htmx:after:swap", () => {
    const first = last?.nextElementSibling;
    last = null;
    if (!first) return;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  });
}
