// WebAuthn between JSON and the browser's own objects. New browsers do this themselves; the rest of this file is for
// those that do not yet.

const { PublicKeyCredential: Key } = globalThis;

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const known = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

export function createOptions(json) {
  if (Key.parseCreationOptionsFromJSON) return Key.parseCreationOptionsFromJSON(json);
  return {
    ...json,
    challenge: bytes(json.challenge),
    user: { ...json.user, id: bytes(json.user.id) },
    excludeCredentials: known(json.excludeCredentials),
  };
}

export function getOptions(json) {
  if (Key.parseRequestOptionsFromJSON) return Key.parseRequestOptionsFromJSON(json);
  return { ...json, challenge: bytes(json.challenge), allowCredentials: known(json.allowCredentials) };
}

export function credentialJson(credential) {
  // Some password managers put a credential of their own here whose toJSON throws.
  try { if (credential.toJSON) return credential.toJSON(); } catch { /* by hand, below */ }
  const { response } = credential;
  const parts = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = text(response[name]);
  }
  if (response.getTransports) parts.transports = response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: parts,
  };
}
