// After a refused form the summary is read first; its links put the cursor in the field itself.

export function focusFirst() {
  document.querySelector("[data-focus]")?.focus();
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#error-summary a[href^='#']");
    const place = link && document.getElementById(link.hash.slice(1));
    if (!place) return;
    event.preventDefault();
    const field = place.matches("fieldset") ? place.querySelector("input") : place;
    place.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });
}
