import type { Deps } from '../platform/context.ts';

/** How long a provider may take for one answer. */
export const PROVIDER_TIMEOUT_MS = 5_000;
/** Tokens, keys and claims are far smaller. */
const MAX_BYTES = 512_000;

/** A provider that gave no answer, or one that is no answer. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/**
 * Asks a provider: within a few seconds, no redirects followed, and a body of bounded size. The body is read here, so
 * that one that trickles or never ends is cut off too.
 * @throws NoAnswer
 */
export async function askProvider(deps: Deps, url: string, init: RequestInit = {}): Promise<Response> {
  const controller = new AbortController();
  const late = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(new NoAnswer('no answer in time')));
  });
  // Whoever lost the race is not waited for, and must not be an unhandled rejection.
  late.catch(() => undefined);
  const timer = setTimeout(() => controller.abort(), PROVIDER_TIMEOUT_MS);
  try {
    return await Promise.race([
      readAnswer(deps, url, { ...init, redirect: 'manual', signal: controller.signal }),
      late,
    ]);
  } catch (error) {
    throw error instanceof NoAnswer ? error : new NoAnswer('no answer', { cause: error });
  } finally {
    clearTimeout(timer);
    // Also ends what is still being read.
    controller.abort();
  }
}

async function readAnswer(deps: Deps, url: string, init: RequestInit): Promise<Response> {
  const response = await deps.providerFetch(url, init);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) break;
    size += part.value.length;
    if (size > MAX_BYTES) {
      void reader!.cancel().catch(() => undefined);
      throw new NoAnswer('the answer is too large');
    }
    chunks.push(part.value);
  }
  if (response.status >= 500) throw new NoAnswer(`the answer was ${response.status}`);
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  const { status, headers } = response;
  const empty = [204, 205, 304].includes(status);
  return new Response(empty ? null : body, { status: status || 502, headers: bare(headers) });
}

/** What was said about how the body was sent no longer holds. */
function bare(headers: Headers): Headers {
  const kept = new Headers(headers);
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) kept.delete(name);
  return kept;
}
