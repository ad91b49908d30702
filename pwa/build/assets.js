// Draws the icons and adds them to the build; lists what came out by the name that a template uses.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";

const drawings = new URL("../drawings/", import.meta.url);
const face = fileURLToPath(new URL("../node_modules/.made/reading.ttf", import.meta.url));

const PICTURES = [
  { name: "icon-192.png", drawing: "icon.svg", width: 192 },
  { name: "icon-512.png", drawing: "icon.svg", width: 512 },
  { name: "maskable-192.png", drawing: "maskable.svg", width: 192 },
  { name: "maskable-512.png", drawing: "maskable.svg", width: 512 },
  { name: "apple-touch-icon.png", drawing: "maskable.svg", width: 180 },
  { name: "screenshot-dashboard.png", drawing: "screenshot-dashboard.svg", width: 585 },
  { name: "screenshot-dossier.png", drawing: "screenshot-dossier.svg", width: 585 },
];

async function draw({ drawing, width }) {
  const svg = await readFile(new URL(drawing, drawings), "utf8");
  const font = { fontFiles: [face], loadSystemFonts: false, defaultFontFamily: "Atkinson Hyperlegible Next" };
  return new Resvg(svg, { fitTo: { mode: "width", value: width }, font }).render().asPng();
}

/** A Vite plugin that emits the drawn pictures with hashed names. */
export function assets() {
  return {
    name: "beterschap-pictures",
    async generateBundle() {
      const icon = await readFile(new URL("icon.svg", drawings));
      this.emitFile({ type: "asset", name: "icon.svg", source: icon });
      for (const picture of PICTURES) {
        this.emitFile({ type: "asset", name: picture.name, source: await draw(picture) });
      }
    },
  };
}

/** `{"app.js": {"file": "assets/app-….js"}, …}`, the same shape as Vite's own manifest. */
export function listAssets(files) {
  const named = files.map(({ fileName }) => {
    const [, name, extension] = fileName.match(/^assets\/(.+)-\w{8}(\.\w+)$/);
    return [name + extension, { file: fileName }];
  });
  return Object.fromEntries(named.sort(([a], [b]) => a.localeCompare(b)));
}
