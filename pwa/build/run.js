// Builds everything that the browser gets into ../static: hashed assets, their list, the web app
// manifest, the service worker and a Brotli twin of every text file.

import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { listAssets } from "./assets.js";
import { compress } from "./compress.js";
import { makeFont } from "./font.js";
import { webManifest } from "./web_manifest.js";
import { buildWorker } from "./worker.js";

const root = new URL("..", import.meta.url);
const output = new URL("../static/", root);

await makeFont();
const { output: files } = await build({ configFile: fileURLToPath(new URL("vite.config.js", root)) });
const assets = listAssets(files);

await writeFile(new URL("manifest.json", output), JSON.stringify(assets, null, 2));
await writeFile(new URL("manifest.webmanifest", output), await webManifest(assets));
await buildWorker(assets, output);

for (const { name, size, brotli } of await compress(fileURLToPath(output))) {
  const wire = brotli ? `${(brotli / 1000).toFixed(1)} kB br` : `${(size / 1000).toFixed(1)} kB`;
  console.log(`${wire.padStart(12)}  ${name}`);
}
