"""What the phone itself keeps, seen through its own scripts."""

from __future__ import annotations

KEPT = """() => new Promise((done, fail) => {
  const opening = indexedDB.open("beterschap");
  opening.onerror = () => fail(opening.error);
  opening.onsuccess = () => {
    const all = {}, transaction = opening.result.transaction(["reports", "keys", "settings"]);
    for (const name of transaction.objectStoreNames) {
      transaction.objectStore(name).getAll().onsuccess = ({target}) => (all[name] = target.result);
    }
    transaction.oncomplete = () => { opening.result.close(); done(all); };
  };
})"""
"""Every store, whole."""
READABLE = (
    "async () => { const {reports, keys} = await ("
    + KEPT
    + """)();
  const bytes = (value) => new TextDecoder("latin1").decode(value);
  return {
    reports: reports.map((one) => ({...one, body: one.body && bytes(one.body), iv: null})),
    extractable: keys.map((key) => key.extractable),
    exported: await Promise.all(
      keys.map((key) => crypto.subtle.exportKey("raw", key).then(Boolean, () => false)),
    ),
  };
}"""
)
"""The reports with their locked parts as text, and whether a script gets at the key."""
OLDER = """(hours) => new Promise((done) => {
  const opening = indexedDB.open("beterschap");
  opening.onsuccess = () => {
    const transaction = opening.result.transaction("reports", "readwrite");
    const store = transaction.objectStore("reports");
    store.getAll().onsuccess = ({target}) => {
      for (const one of target.result) store.put({...one, createdAt: one.createdAt - hours * 3600000});
    };
    transaction.oncomplete = () => { opening.result.close(); done(); };
  };
})"""
"""Makes what is kept so many hours older."""
