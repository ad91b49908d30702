// data-countdown="60" on a button: it sleeps that many seconds. The server guards the wait; this only shows it.

export function countdown() {
  for (const button of document.querySelectorAll("[data-countdown]")) run(button);
}

function run(button) {
  const words = button.textContent;
  const wakes = Date.now() + Number(button.dataset.countdown) * 1000;
  button.disabled = true;
  const tick = () => {
    const left = Math.ceil((wakes - Date.now()) / 1000);
    button.disabled = left > 0;
    button.textContent = left > 0 ? button.dataset.wait.replace("{s}", left) : words;
    if (left > 0) setTimeout(tick, 1000);
  };
  tick();
}
