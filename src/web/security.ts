import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../platform/http.ts';

/** What a page may do: nothing but our own stylesheet, our own pictures and sound, and our own forms. */
const pagePolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** For a page whose form leads, by way of us, to another site: browsers look at where the form ends up (CSP3 §6.4.1). */
export const policyWithFormsTo = (origin: string): string =>
  pagePolicy.replace("form-action 'self'", `form-action 'self' ${origin}`);

/** The scripts of our own that a page can bring; each page works without. */
export type Island = 'drop' | 'camera' | 'offline' | 'notebook' | 'editor';

/** The headers of a page with scripts of our own: what it may beside a plain one, and nothing to any other page. */
export function islandHeaders(island: Island): Record<string, string> {
  if (island === 'drop') return { 'content-security-policy': `${pagePolicy}; script-src 'self'` };
  // It asks for the page again as one types.
  if (island === 'editor') return { 'content-security-policy': `${pagePolicy}; script-src 'self'; connect-src 'self'` };
  // It records, and plays what was recorded before it is sent.
  if (island === 'notebook')
    return {
      'content-security-policy': `${pagePolicy}; script-src 'self'`.replace(
        "media-src 'self'",
        "media-src 'self' blob:",
      ),
      'permissions-policy': permissions.replace('microphone=()', 'microphone=(self)'),
    };
  // The reader of QR codes is WebAssembly, which is compiled here and fetched from our own origin.
  const worker = island === 'offline' ? "; worker-src 'self'" : '';
  return {
    'content-security-policy': `${pagePolicy}; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'${worker}`,
    'permissions-policy': permissions.replace('camera=()', 'camera=(self)'),
  };
}

/** For the worker of the check without a network: what pages ask it for it asks of us, and of nobody else. */
export const workerPolicy = `${pagePolicy}; script-src 'self'; connect-src 'self'`;

/** The same for what others may put in their own pages, which has nothing to send. */
export const embedPolicy = pagePolicy
  .replace("frame-ancestors 'none'", 'frame-ancestors *')
  .replace("form-action 'self'", "form-action 'none'");

/** For a picture that is opened as a document of its own. */
export const picturePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; sandbox";

/** Every power that a browser can give a page and that none of ours asks for. */
const powers = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
  'browsing-topics',
];
const permissions = powers.map(power => `${power}=()`).join(', ');

const TWO_YEARS = 2 * 365 * 24 * 3600;

/**
 * Puts the security headers on every answer, errors included (OWASP ASVS 3.4). A handler that set one of its own keeps
 * it. HSTS only where the service is reached by https, or a development machine would lock itself out.
 */
export const secureHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const https = c.var.deps?.config.origin.startsWith('https:') ?? false;
  const headers: Record<string, string> = {
    'content-security-policy': pagePolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': permissions,
    'cross-origin-opener-policy': 'same-origin',
    // The header knows no "anyone", so what may be framed goes without it.
    ...(c.res.headers.get('content-security-policy') === embedPolicy ? {} : { 'x-frame-options': 'DENY' }),
    ...(https ? { 'strict-transport-security': `max-age=${TWO_YEARS}; includeSubDomains` } : {}),
  };
  for (const [name, value] of Object.entries(headers)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
};
