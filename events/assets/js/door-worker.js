// Keeps the page of one door on the device, so that it opens without a network: the bare page, which names nobody,
// and the built files it is made of. What guests are called stays in the page's own storage, and not for long.

const { cache, page } = self.kept;
const PATIENCE = 3000;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(cache).then((kept) => kept.add(page)));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const named = event.data?.keep;
  if (Array.isArray(named)) event.waitUntil(caches.open(cache).then((kept) => kept.addAll(named)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname.startsWith("/assets/")) event.respondWith(built(request));
  else if (pathname === page && request.mode === "navigate") event.respondWith(fresh(request, search));
});

// Its name says what is in it: what is kept is never old.
async function built(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function fresh(request, search) {
  const kept = await caches.open(cache);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok && !answer.redirected && !search) await kept.put(page, answer.clone());
    return answer;
  } catch (lost) {
    const before = await kept.match(page);
    if (before) return before;
    throw lost;
  }
}
