// data-date-chip="id of the date field" data-days="-1": fills in the day, as the person's own clock has it.

export function dateChips() {
  for (const field of document.querySelectorAll("[data-today]")) {
    field.value ||= isoDay(0);
    if (field.dataset.today === "max") field.max = isoDay(0);
  }
  document.addEventListener("click", ({ target }) => {
    const chip = target.closest("[data-date-chip]");
    if (!chip) return;
    const field = document.getElementById(chip.dataset.dateChip);
    field.value = isoDay(Number(chip.dataset.days));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("input", showChosen);
  showChosen();
}

function showChosen() {
  for (const chip of document.querySelectorAll("[data-date-chip]")) {
    const { value } = document.getElementById(chip.dataset.dateChip);
    chip.setAttribute("aria-pressed", String(value === isoDay(Number(chip.dataset.days))));
  }
}

function isoDay(offset) {
  const day = new Date();
  day.setDate(day.getDate() + offset);
  const two = (number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
