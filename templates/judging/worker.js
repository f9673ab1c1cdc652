{% load i18n static %}// The service worker of a judge's pages: the network first, and what was kept where there is none.
// Only pages and copies that the judge could read anyway; erased at sign-out and after three days (offline.js).

const PAGES = "laurel-judging-pages";
const FILES = "laurel-judging-files";
const SHELL = "laurel-judging-shell";
const WANTED = [
  "{% static 'competition/laurel.css' %}", "{% static 'competition/laurel.js' %}", "{% static 'competition/laurel.svg' %}",
  "{% static 'competition/marks.svg' %}", "{% static 'judging/marking.js' %}",
  // a module imports another by its plain name, whatever digest the server puts into names
  "{% get_static_prefix %}judging/keeping.js", "{% get_static_prefix %}judging/offline.js", "{% get_static_prefix %}judging/sending.js",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(WANTED)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The very page; or the same with another query, such as a work that was not opened from the wall. Another page of the
// wall is not the one that was asked for: whoever turned to it would sort the same works twice and miss these.
async function keptOf(request) {
  const ignoreSearch = !new URL(request.url).searchParams.has("begin");
  return await caches.match(request, { ignoreVary: true }) ?? caches.match(request, { ignoreSearch, ignoreVary: true });
}

async function networkFirst(request, keep) {
  try {
    const response = await fetch(request);
    if (response.status >= 500) {
      const kept = await keptOf(request);
      if (kept) return kept;
    }
    if (keep && response.ok && !response.redirected) (await caches.open(keep)).put(request, response.clone());
    return response;
  } catch (fault) {
    const kept = await keptOf(request);
    if (kept) return kept;
    if (request.mode === "navigate") return notHere(new URL(request.url));
    throw fault;
  }
}

// {% translate "No network, and this page is not on this device. What you typed is kept." as text %}{% translate "Back to my pile" as back %}
function notHere(url) {
  const pile = url.pathname.split("/").slice(0, 3).join("/");
  const page = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <link rel="stylesheet" href="{% static 'competition/laurel.css' %}"><main class="page"><p>{{ text|escapejs }}</p>
    <p><a class="button" href="${pile}/">{{ back|escapejs }}</a></p></main>`;
  return new Response(page, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

// What a judge says of themselves, and how others marked, is never kept on a device.
const isKept = (url) => !url.pathname.endsWith("/answer/") && !url.pathname.includes("/common/") && !url.pathname.includes("/practice/");

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(networkFirst(request, SHELL));
  else if (request.mode === "navigate") event.respondWith(networkFirst(request, isKept(url) ? PAGES : null));
  else if (url.pathname.startsWith("/judging/")) event.respondWith(networkFirst(request, null));
});
