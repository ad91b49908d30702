// Whose phone this is now, as far as a report without network needs it. A signed-in page says so; the page without
// network asks.

import { lock, unlock } from "./crypt.js";
import * as store from "./store.js";

const meta = (name) => document.querySelector(`meta[name="${name}"]`);

/** The owner's tag as this page has it, or else as the last signed-in page had it. */
export const ownerTag = async () => meta("owner-tag")?.content ?? (await store.whose()).owner ?? "";

export async function remember() {
  const owner = meta("owner-tag")?.content;
  if (!owner) return;
  const employment = meta("employment")?.content ?? "";
  const before = await store.whose();
  if (before.owner === owner && before.employment === employment) return;
  const { name } = meta("employment")?.dataset ?? {};
  await store.setWhose({ owner, employment, ...(name ? await lock(employment, name) : {}) });
}

/** owner, employment, and the employer's name where the person has more than one job. */
export async function recall() {
  const { owner, employment, iv, body } = await store.whose();
  return { owner, employment, name: body ? await unlock({ id: employment, iv, body }) : "" };
}
