import type { Context } from 'hono';
import { picturePolicy } from './security.ts';

/** A file that tells of somebody: it is saved and runs nothing, no cache keeps it and no search engine finds it. */
export const sendPrivateFile = (
  c: Context,
  body: string | Uint8Array<ArrayBuffer> | ReadableStream,
  { type, name }: { type: string; name: string },
): Response =>
  c.body(body, 200, {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'content-security-policy': picturePolicy,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
  });
