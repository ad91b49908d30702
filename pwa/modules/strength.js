// The strength meter sends the password alone, never the rest of the form that it stands in.

export function strength() {
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    const { strengthOf } = ctx.sourceElement.dataset;
    if (!strengthOf) return;
    ctx.request.body = new FormData();
    ctx.request.body.set("password", document.getElementById(strengthOf).value);
  });
}
