// The reading face, cut down to the letters of Dutch and English and the weights that we use: 10 kB in place of 34. Its
// table of pairs that stand closer (kerning) took a third of that, and at the size of reading nobody sees it. So the face
// comes in one go, also while the style and the script are under way. Another letter falls back to the system's face.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import subsetFont from "subset-font";

const pkg = "@fontsource-variable/atkinson-hyperlegible-next";
const source = new URL(
  import.meta.resolve(`${pkg}/files/atkinson-hyperlegible-next-latin-wght-normal.woff2`),
);
const made = new URL("../node_modules/.made/", import.meta.url);

const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("").replace(/[\\^`{|}~]/g, "");
const letters = "àáâäåçèéêëíîïñóôöøùúûüßÉÖÜ";
const dropTables = ["GDEF", "GPOS", "GSUB", "STAT", "MVAR"];
const signs = "\u00a0€·–‘’“”…";

export async function makeFont() {
  const face = await readFile(source);
  const axes = { wght: { min: 400, max: 640, default: 400 } };
  await mkdir(made, { recursive: true });
  for (const [name, targetFormat] of [["reading.woff2", "woff2"], ["reading.ttf", "sfnt"]]) {
    const cut = await subsetFont(face, ascii + letters + signs, { targetFormat, variationAxes: axes, keepFeatures: [], dropTables });
    await writeFile(new URL(name, made), cut);
  }
}
