"""A report that the phone itself keeps: how it gets there, and what scripts can see of it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from playwright.async_api import Error, Page, expect

from tests.journeys.site import Site
from tests.journeys.steps import heading

WAITS = "Wordt verstuurd zodra er verbinding is"
STATUS = "#offline-status"

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

KNOWN = (
    """() => indexedDB.databases()
  .then((all) => all.some(({name}) => name === "beterschap") && ("""
    + KEPT
    + """)())
  .then((kept) => kept && kept.settings.length > 0)"""
)
"""Whether the phone remembers whose it is. A database that is not there yet is not opened: that makes it."""


async def installed(page: Page, path: str = "/") -> None:
    """Opens a page of somebody signed in, with the service worker in charge, the offline page kept, and whose
    phone it is remembered."""
    await page.goto(path)
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    await page.wait_for_function("() => caches.match('/offline', {ignoreVary: true}).then(Boolean)")
    await page.wait_for_function(KNOWN)


async def kept(page: Page) -> Any:
    """What the phone keeps, as its own scripts could read it."""
    return await page.evaluate(READABLE)


async def nothing_kept(page: Page) -> None:
    """Waits until the phone keeps no report any more."""
    await page.wait_for_function(f"() => ({KEPT})().then(({{reports}}) => reports.length === 0)")


async def waiting_report(page: Page, site: Site, hours: str = "6,75") -> None:
    """The whole form filled in with network, and the last button pressed without."""
    await installed(page)
    await page.goto("/absence/report")
    await page.get_by_label("Gewerkte uren op deze dag").fill(hours)
    await page.get_by_role("button", name="Controleer je melding").click()
    await heading(page, "Controleer en verstuur")
    site.stop_web()
    await page.get_by_role("button", name="Ziek melden").click()
    await expect(page.locator(STATUS)).to_contain_text(WAITS)


async def comes_online(page: Page, site: Site) -> None:
    """The server answers again, and the phone notices that there is network."""
    await site.start_web()
    await notices_network(page)


async def notices_network(page: Page) -> None:
    """As the browser says it to a page."""
    with suppress(Error):  # it tries by itself too, and so does the service worker: it may just be moving on
        await page.evaluate("window.dispatchEvent(new Event('online'))")
