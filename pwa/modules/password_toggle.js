// data-password-toggle="id of the field": shows and hides what is typed; hides it again before it is sent.

export function passwordToggle() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-password-toggle]");
    if (button) show(button, fieldOf(button).type === "password");
  });
  document.addEventListener("submit", ({ target }) => {
    for (const button of target.querySelectorAll("[data-password-toggle]")) show(button, false);
  });
}

function show(button, visible) {
  const { dataset } = button;
  dataset.show ??= button.textContent;
  fieldOf(button).type = visible ? "text" : "password";
  button.textContent = visible ? dataset.hide : dataset.show;
}

const fieldOf = (button) => document.getElementById(button.dataset.passwordToggle);
