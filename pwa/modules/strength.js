// The strength meter sends the password alone, never the rest of the form that it stands in. Once somebody types on, what
// was said about the password that was sent makes way for what the meter says of this one.

export function strength() {
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    const { strengthOf } = ctx.sourceElement.dataset;
    if (!strengthOf) return;
    ctx.request.body = new FormData();
    ctx.request.body.set("password", document.getElementById(strengthOf).value);
  });
  document.addEventListener("input", ({ target }) => {
    if (target.id && document.getElementById(`${target.id}-strength`)) forget(target);
  });
}

function forget(field) {
  const error = document.getElementById(`${field.id}-error`);
  if (!error) return;
  error.remove();
  field.closest(".field").classList.remove("is-wrong");
  field.removeAttribute("aria-invalid");
  const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== `${field.id}-error`);
  field.setAttribute("aria-describedby", others.join(" "));
}
