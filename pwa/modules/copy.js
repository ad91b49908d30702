// data-copy="id of the element": copies its text and says so for a moment.

export function copy() {
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    const words = button.querySelector("[aria-live]") ?? button;
    const before = words.textContent;
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
    } catch {
      return getSelection().selectAllChildren(source);
    }
    words.textContent = button.dataset.done;
    setTimeout(() => (words.textContent = before), 3000);
  });
}
