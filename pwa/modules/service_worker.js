// Registers the worker once the page is at rest, offers a new version when one is ready, and tells it the language.

import { word } from "./words.js";

export async function serviceWorker() {
  const { serviceWorker: container } = navigator;
  if (!container) return;
  if (document.readyState !== "complete") await loaded();
  const registration = await container.register("/sw.js", { updateViaCache: "all" }).catch(() => null);
  if (!registration) return;

  container.ready.then(({ active }) => active.postMessage({ do: "keep", language: document.documentElement.lang }));
  if (registration.waiting && container.controller) offer(registration);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker.addEventListener("statechange", () => {
      if (worker.state === "installed" && container.controller) offer(registration);
    });
  });
}

const loaded = () => new Promise((done) => window.addEventListener("load", done, { once: true }));

async function offer(registration) {
  const prompt = await word("update").catch(() => null);
  if (!prompt || document.querySelector("[data-update-now]")) return;
  prompt.querySelector("[data-update-now]").addEventListener("click", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    // The newest by now: the one that was offered may have been overtaken.
    registration.waiting?.postMessage({ do: "take-over" });
  });
  prompt.querySelector("[data-dismiss]").addEventListener("click", () => prompt.remove());
  document.body.append(prompt);
}
