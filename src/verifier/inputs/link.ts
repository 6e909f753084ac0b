import type { Fetched } from '../../platform/fetch.ts';

/** Badges first. It never says text/html: some hosts of Open Badges 2.0 send whoever names it to a page elsewhere. */
export const ANY_BADGE =
  'application/vc, application/ld+json, application/json, application/vc+jwt;q=0.9, application/dc+sd-jwt;q=0.8, image/png;q=0.5, image/svg+xml;q=0.5, application/pdf;q=0.5, */*;q=0.1';
const ONLY_JSON = 'application/ld+json, application/json';
/** Bytes of what a link leads to: as much as of a file that is handed in. */
export const MAX_LINKED = 10_000_000;

export type Ask = { url: string; accept: string };

/** What a link to ourselves means, if it is one; nobody has to ask for it over the network. */
type OwnLink = { text: string } | { claim: true } | { ask: Ask[] };

/** did:web and QR codes say https where a service on localhost has http. */
export function ownLink(link: string, origin: string): OwnLink | undefined {
  if (!URL.canParse(link)) return undefined;
  const [url, own] = [new URL(link), new URL(origin)];
  if (url.host !== own.host || (url.protocol !== 'https:' && url.protocol !== own.protocol)) return undefined;
  if (url.pathname === '/verify') return { text: url.searchParams.get('url') ?? fragmentOf(url) };
  if (url.pathname.startsWith('/claim/')) return { claim: true };
  const [, page] = /^(\/c\/[\w-]+)\.[\w-]+$/.exec(url.pathname) ?? [];
  const asks = [link, ...(page ? [new URL(page, own).href] : [])];
  return { ask: asks.map(address => ({ url: address, accept: ANY_BADGE })) };
}

function fragmentOf(url: URL): string {
  try {
    return decodeURIComponent(url.hash.slice(1));
  } catch {
    return url.hash.slice(1);
  }
}

/**
 * Where the badge of a page may be had as data, the likeliest first: what the page itself names, the API of a host of
 * Open Badges 2.0, and the same address for whoever asks for JSON alone. `html`: the page, when there is one.
 */
export function dataBehind(link: string, html?: string): Ask[] {
  const asks = html === undefined ? [] : alternates(link, html).slice(0, 1);
  const api = assertionApi(link);
  if (api) asks.push(api);
  if (html !== undefined) asks.push(link);
  return asks.map(url => ({ url, accept: ONLY_JSON }));
}

/** `<link rel="alternate" type="…json" href="…">` (HTML §4.6.7.1), on the same host only: a page decides for no other. */
function alternates(page: string, html: string): string[] {
  const found: string[] = [];
  for (const [tag] of html.slice(0, 200_000).matchAll(/<link\s[^<>]{1,2000}>/gi)) {
    const attribute = (name: string) => {
      const [, quoted, single, bare] =
        new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag) ?? [];
      return (quoted ?? single ?? bare ?? '').replaceAll('&amp;', '&');
    };
    if (!/\balternate\b/i.test(attribute('rel'))) continue;
    if (!/^application\/(json|vc|[\w.-]+\+json|[\w.+-]*jwt)\b/i.test(attribute('type'))) continue;
    const href = attribute('href');
    if (!href || !URL.canParse(href, page)) continue;
    const url = new URL(href, page);
    if (url.host === new URL(page).host) found.push(url.href);
  }
  return found;
}

/** Badgr and what grew out of it, edubadges among them, show pages at one host and answer programs at another. */
const APIS: Record<string, string> = { 'badgr.com': 'api.badgr.io', 'eu.badgr.com': 'api.eu.badgr.io' };

function assertionApi(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const { hostname, pathname } = new URL(link);
  const [path] = /^\/public\/assertions\/[\w-]+/.exec(pathname) ?? [];
  if (!path || hostname.startsWith('api.')) return undefined;
  return `https://${APIS[hostname] ?? `api.${hostname.replace(/^www\./, '')}`}${path}`;
}

/**
 * Whether a text is a web page, behind comments or not. Step by step: a pattern over both tries every way to divide
 * them.
 */
export function isPage(text: string): boolean {
  let at = 0;
  while (text.startsWith('<!--', at)) {
    const end = text.indexOf('-->', at + 4);
    if (end < 0) return false;
    at = end + 3;
    while (/\s/.test(text.charAt(at))) at++;
  }
  return /^<(!doctype\s+html|html|head|body)\b/i.test(text.slice(at, at + 100));
}

export type Get = (url: string, options: { maxBytes: number; accept: string }) => Promise<Fetched>;
