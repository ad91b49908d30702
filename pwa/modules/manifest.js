// What makes the app installable is named when the page has come to rest: read with the page, it would take turns with the
// face and with this script.

const REST = 1_000;

export function manifest() {
  const link = Object.assign(document.createElement("link"), { rel: "manifest", href: "/manifest.webmanifest" });
  const name = () => setTimeout(() => document.head.append(link), REST);
  if (document.readyState === "complete") name();
  else window.addEventListener("load", name, { once: true });
}
