{% load i18n static %}// The service worker of a judge's pages: the network first, and what was kept where there is none.
// Only pages and copies that the judge could read anyway; erased at sign-out and after three days (offline.js).

const PAGES = "laurel-judging-pages";
const FILES = "laurel-judging-files";
const SHELL = "laurel-judging-shell";
const WANTED = [
  "{% static 'competition/laurel.css' %}", "{% static 'competition/laurel.js' %}", "{% static 'competition/laurel.svg' %}",
  "{% static 'competition/marks.svg' %}", "{% static 'judging/marking.js' %}", "{% static 'judging/keeping.js' %}",
  "{% static 'judging/offline.js' %}",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(WANTED)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function networkFirst(request, keep) {
  try {
    const response = await fetch(request);
    if (response.status >= 500) {
      const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
      if (kept) return kept;
    }
    if (keep && response.ok && !response.redirected) (await caches.open(keep)).put(request, response.clone());
    return response;
  } catch (fault) {
    const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
    if (kept) return kept;
    if (request.mode === "navigate") return notHere();
    throw fault;
  }
}

function notHere() {
  const text = "{% translate 'No network, and this page is not on this device. What you typed is kept. Go back to your pile.' as text %}{{ text|escapejs }}";
  return new Response(text, { status: 503, headers: { "Content-Type": "text/plain; charset=utf-8" } });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(networkFirst(request, SHELL));
  else if (request.mode === "navigate") event.respondWith(networkFirst(request, PAGES));
  else if (url.pathname.startsWith("/judging/")) event.respondWith(networkFirst(request, null));
});
