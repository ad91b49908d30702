// The service worker is one file under a fixed name; it carries the list of what it keeps.

import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));

// Pictures for the home screen are fetched by the system when it needs them; the icon stands in the page itself.
const KEPT = /^(app\.(js|css)|htmx\.js|reading\.woff2)$/;

export async function buildWorker(assets, output) {
  const kept = Object.entries(assets)
    .filter(([name]) => KEPT.test(name))
    .map(([, { file }]) => `/static/${file}`);
  const version = createHash("sha256").update(kept.join()).digest("hex").slice(0, 12);
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    define: {
      __ICON__: JSON.stringify(`/static/${assets["icon-192.png"].file}`),
      __KEPT__: JSON.stringify(kept),
      __VERSION__: JSON.stringify(version),
    },
    build: {
      outDir: fileURLToPath(output),
      emptyOutDir: false,
      rolldownOptions: {
        input: "service-worker.js",
        output: { format: "iife", entryFileNames: "sw.js" },
      },
    },
  });
}
