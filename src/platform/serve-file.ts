import type { Context } from 'hono';
import type { Deps } from './context.ts';
import { notFound } from './errors.ts';
import type { StoredFile } from './files.ts';

/** What a browser shows without running anything in it; all else is saved. */
const shown = /^(image\/(png|jpeg|webp|gif)|audio\/|video\/)/;

/**
 * Answers a file that someone brought, to whoever the caller found may have it. It is shown only where that is safe, runs
 * nothing, is in no cache, and comes in parts for a player that asks for them (RFC 9110 §14; threats P5, W3).
 * @throws DomainError `not-found` where the bytes are gone
 */
export async function answerFile(c: Context, deps: Deps, file: StoredFile): Promise<Response> {
  const headers: Record<string, string> = {
    'content-type': file.mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : file.mediaType,
    'content-disposition': disposition(file),
    'x-content-type-options': 'nosniff',
    'content-security-policy':
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    'accept-ranges': 'bytes',
  };
  const range = rangeOf(c.req.header('range'), file.size);
  if (range === 'unsatisfiable') return c.body(null, 416, { ...headers, 'content-range': `bytes */${file.size}` });
  const bytes = await deps.files.get(file.id, range);
  if (!bytes) throw notFound('file');
  if (c.req.method === 'HEAD') {
    await bytes.cancel();
    return c.body(null, 200, { ...headers, 'content-length': String(file.size) });
  }
  if (!range) return c.body(bytes, 200, { ...headers, 'content-length': String(file.size) });
  const last = range.offset + range.length - 1;
  return c.body(bytes, 206, {
    ...headers,
    'content-length': String(range.length),
    'content-range': `bytes ${range.offset}-${last}/${file.size}`,
  });
}

/** RFC 6266, with a name in ASCII beside the real one. */
function disposition({ name, mediaType }: StoredFile): string {
  const plain = name.replace(/[^A-Za-z0-9._ -]/g, '_');
  const coded = encodeURIComponent(name).replace(
    /['()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${shown.test(mediaType) ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${coded}`;
}

/** One range; several, and what is none, are answered with the whole (RFC 9110 §14.2). */
function rangeOf(header: string | undefined, size: number) {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!match || (!match[1] && !match[2])) return undefined;
  const first = match[1] ? Number(match[1]) : Math.max(0, size - Number(match[2]));
  const last = match[1] && match[2] ? Math.min(Number(match[2]), size - 1) : size - 1;
  if (first >= size || (match[1] === '' && Number(match[2]) === 0)) return 'unsatisfiable';
  return last < first ? undefined : { offset: first, length: last - first + 1 };
}
