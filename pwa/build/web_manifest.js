// The web app manifest with the hashed addresses of its pictures filled in.

import { readFile } from "node:fs/promises";

export async function webManifest(assets) {
  const manifest = JSON.parse(await readFile(new URL("../manifest.webmanifest", import.meta.url), "utf8"));
  const pictures = [...manifest.icons, ...manifest.screenshots];
  for (const { icons = [] } of manifest.shortcuts) pictures.push(...icons);
  for (const picture of pictures) picture.src = `/static/${assets[picture.src].file}`;
  return JSON.stringify(manifest);
}
