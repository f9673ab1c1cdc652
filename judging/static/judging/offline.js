// Pages and copies on the device, so that a hall without a network is a place to judge in. See templates/judging/worker.js.

import { KEPT_FOR } from "./keeping.js";

const PAGES = "laurel-judging-pages";
const FILES = "laurel-judging-files";
const SINCE = "laurel.judging.since";
const WHOSE = "laurel.judging.whose";  // laurel.js erases the pages where somebody else has signed in

/** Whether this browser can go on without a network here. `user`: whose pages these are. */
export async function registerWorker(url, user) {
  if (!window.isSecureContext || !("serviceWorker" in navigator) || !window.caches) return false;
  try {
    await forgetOld();
    localStorage.setItem(WHOSE, user);
    await navigator.serviceWorker.register(url, { scope: new URL("./", new URL(url, location)).pathname });
    await navigator.serviceWorker.ready;
    return true;
  } catch {
    return false;
  }
}

// Three days from when the first of them came; after that they are fetched anew.
async function forgetOld() {
  const since = Number(localStorage.getItem(SINCE) || 0);
  if (since && Date.now() - since <= KEPT_FOR) return;
  await Promise.all([caches.delete(PAGES), caches.delete(FILES)]);
  localStorage.setItem(SINCE, String(Date.now()));
}

/** Keep these pages, those that are not there yet, one after the other. */
export async function keepPages(urls) {
  const cache = await caches.open(PAGES);
  for (const url of new Set(urls)) {
    if (await cache.match(url)) continue;
    if (!await kept(cache, url)) return;
  }
}

async function kept(cache, url) {
  try {
    const response = await fetch(url, { credentials: "same-origin" });
    if (!response.ok || response.redirected) return false;
    await cache.put(url, response);
    return true;
  } catch {
    return false;
  }
}

/** Keep these works with their copies; `told` hears how far it is. Whether all came. */
export async function takeAlong(works, told) {
  const [pages, files] = await Promise.all([caches.open(PAGES), caches.open(FILES)]);
  let isWhole = true;
  let done = 0;
  for (const work of works) {
    told(done, works.length);
    isWhole = (await kept(pages, work)) && isWhole;
    const page = await pages.match(work);
    const text = page ? await page.text() : "";
    const found = new DOMParser().parseFromString(text, "text/html").querySelectorAll("[data-file]");
    for (const one of found) {
      const url = new URL(one.getAttribute("src") || one.getAttribute("href"), location).href;
      if (!await files.match(url)) isWhole = (await kept(files, url)) && isWhole;
    }
    done += 1;
    told(done, works.length);
  }
  return isWhole;
}
