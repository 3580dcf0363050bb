// SPDX-License-Identifier: Apache-2.0
// Keeps one release of the page whole, so that it opens without a network. A newer release is fetched beside it and takes
// its place only when the page asks for that: files of two releases never meet.

const kRelease = 'kata-RELEASE';  // written when the page is published
const scope = new URL(self.registration.scope);
const is_mine = (name) => name.startsWith(`kata ${scope.pathname} `);
const kCache = `kata ${scope.pathname} ${kRelease}`;

async function keep_release() {
  const site = await (await fetch(new URL('site.json', scope), {cache: 'reload'})).clone().json();
  if (site.release !== kRelease) throw new Error('the host is between two releases');
  const cache = await caches.open(kCache);
  await cache.addAll(site.files.map((path) => new Request(new URL(path, scope), {cache: 'reload'})));
}

self.addEventListener('install', (event) => event.waitUntil(keep_release()));

self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (is_mine(name) && name !== kCache) await caches.delete(name);
  await self.clients.claim();
})()));

self.addEventListener('message', ({data}) => { if (data === 'take over') self.skipWaiting(); });

self.addEventListener('fetch', (event) => {
  const {request} = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== scope.origin || !address.pathname.startsWith(scope.pathname)) return;
  event.respondWith((async () => {
    const cache = await caches.open(kCache);
    return (await cache.match(request, {ignoreSearch: request.mode === 'navigate'})) ?? fetch(request);
  })());
});
