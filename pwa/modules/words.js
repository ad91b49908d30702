// The words of this phone: templates on the offline page, which the service worker keeps in the person's language.

let page = null;

async function offlinePage() {
  if (document.querySelector("template[data-word]")) return document;
  const answer = await fetch("/offline", { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(`offline page: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** The offline page as a document; fetched once, in good time where it may be needed without network. */
export function words() {
  page ??= offlinePage().catch((error) => {
    page = null;
    throw error;
  });
  return page;
}

/** A copy of the named words, with `{time}` and the like filled in as text. */
export async function word(name, values = {}) {
  const source = (await words()).querySelector(`template[data-word="${name}"]`);
  const copy = document.importNode(source.content, true).firstElementChild;
  for (const part of copy.querySelectorAll("p, h2")) {
    if (part.children.length === 0) part.textContent = fill(part.textContent, values);
  }
  return copy;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

/** What a kind of report is called, from the same page. */
export const kindWord = async (kind) => (await words()).querySelector("template[data-kinds]").dataset[kind];
