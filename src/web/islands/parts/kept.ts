// What this device keeps to check without a network: the page, what the page brings, and what is known of badges. It
// keeps nothing until someone asks for that, nothing of what they check, and can let go of all of it.
import { joinKnowledge, type Knowledge } from '../../../verifier/in-browser.ts';
import { KEPT, KNOWLEDGE, PAGE } from './places.ts';

/** The addresses that the worker answers for when nobody else does: the check, and what the QR code on paper opens. */
const SCOPES = ['/verify', '/V'];
const WORKER = '/verify/worker.js';

/** Whether this browser can keep anything: some cannot, or not in a private window. */
export const canKeep = 'serviceWorker' in navigator && 'caches' in window;

/** What is known here; nothing where nobody asked to keep it, or the browser threw it away. */
export async function readKept(): Promise<Knowledge | undefined> {
  const [worker, found] = await Promise.all([
    navigator.serviceWorker.getRegistration(PAGE),
    caches.match(KNOWLEDGE, { cacheName: KEPT, ignoreVary: true }),
  ]);
  return worker && found ? ((await found.json()) as Knowledge) : undefined;
}

/** Keeps it from now on. @throws what went wrong; then nothing is kept */
export async function keep(): Promise<Knowledge> {
  try {
    const knowledge = await renew();
    await Promise.all(SCOPES.map(async scope => atWork(await navigator.serviceWorker.register(WORKER, { scope }))));
    return knowledge;
  } catch (error) {
    await letGo();
    throw error;
  }
}

/** Waits until a worker answers: it is not ready to be without a network before that. */
function atWork({ active, waiting, installing }: ServiceWorkerRegistration): Promise<void> {
  const worker = installing ?? waiting;
  if (active || !worker) return Promise.resolve();
  return new Promise((resolve, reject) =>
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve();
      if (worker.state === 'redundant') reject(new Error('the worker was refused'));
    }),
  );
}

/**
 * Puts what is new in the place of what was kept. The page comes last but one and what is known last, so that whatever is
 * cut off halfway leaves a page with all that it needs.
 */
export async function renew(): Promise<Knowledge> {
  const knowledge = await askKnowledge();
  // As nobody in particular: who is signed in here stands on no page that is kept.
  const headers = { accept: 'text/html', 'accept-language': document.documentElement.lang };
  const page = await ask(PAGE, { credentials: 'omit', headers });
  const brings = new DOMParser()
    .parseFromString(await page.clone().text(), 'text/html')
    .querySelector<HTMLElement>('[data-brings]')!
    .dataset.brings!.split(' ');
  const cache = await caches.open(KEPT);
  await Promise.all(
    brings.map(
      async address => (await cache.match(address, { ignoreVary: true })) ?? cache.put(address, await ask(address)),
    ),
  );
  await cache.put(PAGE, page);
  await cache.put(KNOWLEDGE, new Response(JSON.stringify(knowledge)));
  const kept = new Set([...brings, PAGE, KNOWLEDGE]);
  for (const request of await cache.keys()) if (!kept.has(new URL(request.url).pathname)) await cache.delete(request);
  return knowledge;
}

/** Lets go of all of it. */
export async function letGo(): Promise<void> {
  for (const worker of await navigator.serviceWorker.getRegistrations())
    if (SCOPES.includes(new URL(worker.scope).pathname)) await worker.unregister();
  await caches.delete(KEPT);
}

async function askKnowledge(): Promise<Knowledge> {
  type Part = Knowledge & { next?: string };
  let { next, ...all } = (await (await ask(KNOWLEDGE)).json()) as Part;
  while (next !== undefined) {
    const part = (await (await ask(`${KNOWLEDGE}?after=${encodeURIComponent(next)}`)).json()) as Part;
    all = joinKnowledge(all, part);
    next = part.next;
  }
  return all;
}

async function ask(address: string, options: RequestInit = {}): Promise<Response> {
  const answer = await fetch(address, { cache: 'no-cache', ...options });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer;
}
