// What this phone keeps: reports that wait for the network, the key that locks them, and whose phone this is now.
// Page and service worker share it. Everything goes at sign-out.

const NAME = "beterschap";
const STORES = { reports: { keyPath: "id" }, keys: {}, settings: {} };

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const [name, options] of Object.entries(STORES)) request.result.createObjectStore(name, options);
    };
    request.onsuccess = () => {
      // Another tab wants to wipe it: step aside.
      request.result.onversionchange = () => {
        request.result.close();
        opened = null;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  opened.catch(() => (opened = null));
  return opened;
}

async function run(name, mode, act) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode, { durability: "strict" });
    const request = act(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const reports = () => run("reports", "readonly", (store) => store.getAll());
export const keep = (report) => run("reports", "readwrite", (store) => store.put(report));
export const remove = (id) => run("reports", "readwrite", (store) => store.delete(id));

/** Reports that still have to go out. */
export const waiting = async () => (await reports()).filter(({ body }) => body);

/** Who signed in here last: owner (their tag), employment (its id), and its name, locked, where there are more. */
export const whose = async () => (await run("settings", "readonly", (store) => store.get("whose"))) ?? {};
export const setWhose = (whose) => run("settings", "readwrite", (store) => store.put(whose, "whose"));

/** The tag of who turned pushes on here. */
export const pushes = () => run("settings", "readonly", (store) => store.get("pushes"));
export const setPushes = (owner) => run("settings", "readwrite", (store) => store.put(owner, "pushes"));

/** The key of this phone, made once; its bytes can never be read, also not by us. */
export async function key() {
  const old = await run("keys", "readonly", (store) => store.get("reports"));
  if (old) return old;
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Another tab may have been first: `add` then fails, and its key is the one.
  await run("keys", "readwrite", (store) => store.add(fresh, "reports")).catch(() => {});
  return run("keys", "readonly", (store) => store.get("reports"));
}

/** All of it at once, and for certain as soon as it was asked: the page may be left before the answer comes. */
export async function clear() {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(Object.keys(STORES), "readwrite", { durability: "strict" });
    for (const name of Object.keys(STORES)) transaction.objectStore(name).clear();
    transaction.commit?.();
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}
