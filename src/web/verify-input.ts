import type { Context } from 'hono';
import { DomainError } from '../platform/errors.ts';

/** What the form asks: a link, a badge, or nothing that can be checked. `text` is what was given, to send again. */
export type Asked =
  | { url: string; text?: string }
  | { credential: string; text?: string }
  | { nothing: 'empty' | 'both'; text?: undefined };

/** Bytes of a file or text. */
const LIMIT = 1_000_000;
/** A text of more characters is not sent along with the page to be sent again. */
const RESEND = 100_000;

/**
 * Reads the form of the check.
 * @throws DomainError `request-invalid`, `body-too-large`, and `credential-unreadable` with a `kind`
 */
export async function readAsked(c: Context): Promise<Asked> {
  const fields = await c.req.parseBody().catch(cause => {
    throw new DomainError('request-invalid', 'The form could not be read.', { cause });
  });
  const text = typeof fields.text === 'string' ? fields.text.trim() : '';
  // A browser sends an empty file when none was chosen.
  const file = fields.file instanceof File && fields.file.size > 0 ? fields.file : undefined;
  if (text && file) return { nothing: 'both' };
  if (!text && !file) return { nothing: 'empty' };
  return readText(file ? await readFile(file) : text);
}

/** What one text asks. */
export function readText(text: string): Asked {
  const trimmed = text.trim();
  const resend = trimmed.length <= RESEND ? trimmed : undefined;
  const url = readLink(trimmed);
  return url ? { url, text: resend } : { credential: trimmed, text: resend };
}

/** A link, also as people copy it: without its scheme. */
function readLink(text: string): string | undefined {
  if (/^https?:\/\/\S+$/i.test(text)) return text;
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?\/\S*$/i.test(text) ? `https://${text}` : undefined;
}

async function readFile(file: File): Promise<string> {
  if (file.size > LIMIT) throw new DomainError('body-too-large', `A file has at most ${LIMIT} bytes.`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isPicture(bytes))
    throw new DomainError('credential-unreadable', 'Pictures and PDFs are not read here yet.', {
      extensions: { kind: 'picture' },
    });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError('credential-unreadable', 'The file is not UTF-8 text.', { extensions: { kind: 'not-text' } });
  }
}

/** By content, never by name: PNG, JPEG, GIF, WebP, PDF, SVG. */
function isPicture(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 256));
  return (
    /^(\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|%PDF-)/s.test(head) ||
    /^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<svg[\s>]/is.test(head)
  );
}
