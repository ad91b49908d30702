import { composer } from "./composer.js";
import { upload } from "./upload.js";
import { writing } from "./writing.js";

export function sheets() {
  upload();
  writing();
  composer();
}
