// data-download="id of the element": keeps its text as a file, without a trip to the server.

export function download() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-download]");
    if (!button) return;
    const text = document.getElementById(button.dataset.download).textContent.trim();
    const address = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain" }));
    const link = Object.assign(document.createElement("a"), { href: address, download: button.dataset.filename });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  });
}
