// Writing in another's dossier is for few people and few pages: its script comes when the page is at rest, and only there.
// Until then links and forms work by themselves.

const ASKS = "[data-sheet], [data-upload], [data-composer], #desk";

export function sheetsWhereNeeded() {
  if (document.querySelector(ASKS)) import("./sheets.js").then(({ sheets }) => sheets());
}
