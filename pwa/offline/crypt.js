// What rests on the phone is locked with the phone's own key, and bound to its own identifier.

import { key } from "./store.js";

const encode = (text) => new TextEncoder().encode(text);
const box = (iv, id) => ({ name: "AES-GCM", iv, additionalData: encode(id) });

export async function lock(id, text) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, body: await crypto.subtle.encrypt(box(iv, id), await key(), encode(text)) };
}

export async function unlock({ id, iv, body }) {
  return new TextDecoder().decode(await crypto.subtle.decrypt(box(iv, id), await key(), body));
}
