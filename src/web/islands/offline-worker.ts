/**
 * Answers for the pages of the check when nobody else does: with the page that checks without a network. Asks the network
 * first, sends nothing of itself, and leaves what is posted alone. It is there only for who asked for it.
 */
import { KEPT, PAGE } from './parts/places.ts';

interface Happening extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Happening {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
declare const self: {
  addEventListener(kind: 'install' | 'activate', listener: (event: Happening) => void): void;
  addEventListener(kind: 'fetch', listener: (event: Asked) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
};

/** Milliseconds that the network has where a kept page can answer at once: a phone may show bars and hear nothing. */
const PATIENCE = 5_000;
const pages = [PAGE, '/V'];

const kept = (address: string) => caches.match(address, { cacheName: KEPT, ignoreVary: true });
const late = () => new Promise<undefined>(done => setTimeout(done, PATIENCE));

async function answerPage(request: Request): Promise<Response> {
  const asked = fetch(request);
  // Nobody may be left to hear that it failed.
  asked.catch(() => undefined);
  const instead = kept(PAGE);
  try {
    const answer = await Promise.race([asked, ...(pages.includes(new URL(request.url).pathname) ? [late()] : [])]);
    // A service that is being mended answers no more than one that is away.
    return answer && answer.status < 500 ? answer : ((await instead) ?? (await asked));
  } catch (error) {
    const page = await instead;
    if (!page) throw error;
    return page;
  }
}

// It keeps nothing of itself, so a newer one can take over at any moment.
self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', event => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') return event.respondWith(answerPage(request));
  // What pages bring has its bytes in its name, or hardly ever changes.
  if (!pathname.startsWith('/verify')) event.respondWith(kept(pathname).then(found => found ?? fetch(request)));
});
