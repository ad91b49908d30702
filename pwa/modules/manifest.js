// What makes the app installable is named after the first sight: read with the page, it would take turns with the face.

export function manifest() {
  document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: "/manifest.webmanifest" }));
}
