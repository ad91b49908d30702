// A Brotli twin beside every text file, made once so that the server never has to.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const squeeze = promisify(brotliCompress);
const TEXT = /\.(js|css|svg|webmanifest)$/;

export async function compress(folder) {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = [];
  for (const file of files.filter((one) => one.isFile())) {
    const path = join(file.parentPath, file.name);
    const body = await readFile(path);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
    const small = TEXT.test(file.name) ? await squeeze(body, { params }) : null;
    if (small) await writeFile(`${path}.br`, small);
    sizes.push({ name: relative(folder, path), size: body.length, brotli: small?.length });
  }
  return sizes.sort((a, b) => a.name.localeCompare(b.name));
}
