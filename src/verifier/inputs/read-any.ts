// Whatever someone holds → the badges in it. What a thing is, is told by what stands in it, never by its name or by the
// type that was declared for it; each thing is measured before it is read.
import { DomainError } from '../../platform/errors.ts';
import { parseJson } from '../../platform/json.ts';
import { isPng, readBakedPng } from '../../vc/baked-png.ts';
import { readBakedSvg } from '../../vc/baked-svg.ts';
import { latin1 } from '../../vc/bytes.ts';
import { parseJws } from '../../vc/jws.ts';
import { documentInClaims } from '../../vc/jwt-claims.ts';
import { isDecision } from '../check-decision.ts';
import { isReport } from '../check-report.ts';
import { type Found, type Step, unique } from './choose.ts';
import { ANY_BADGE, type Ask, dataBehind, type Get, isPage, MAX_LINKED, ownLink } from './link.ts';
import { isPdf, readPdfFiles } from './pdf.ts';
import { isJpeg, measurePixels, sizeOf } from './picture-size.ts';
import type { QrReader } from './qr.ts';
import { limit, refuseFetch, refuseVc, tooLarge, unreadable } from './refuse.ts';
import { decodeText, isToken, MAX_TEXT, readText, WALLET, walletKind } from './text.ts';

/** What someone hands in: a value of JSON, a text of any kind, the bytes of a file, or a link. */
export type Input = { value: unknown } | { text: string } | { bytes: Uint8Array } | { url: string };

/** What reading needs of the service: one budget of fetches, our own address, and eyes for QR codes. */
export type Reading = { get: Get; origin: string; readQr: QrReader };

/** How we got here, and how far we may still go: links that may be followed, pictures that may be looked at for a QR. */
type Place = { where: Step[]; source?: string; links: number; pictures: number; unwrapped?: boolean };

/** Bytes of a picture, and its pixels (interfaces.md, Limits). */
const MAX_PICTURE = 2_000_000;
const MAX_PIXELS = 16_000_000;
/** Times that a JPEG may go over its pixels; cameras do so ten times at most. */
const MAX_SCANS = 100;
const MAX_FILE = 10_000_000;
const MAX_FOUND = 10;
// A link to a picture with a QR code that holds a link: no further.
const MAX_LINKS = 2;
const MAX_PICTURES = 1;

/**
 * Finds every badge in what was handed in; of equal ones, one. There is at least one.
 * @throws DomainError `credential-unreadable` with a `kind`, `credential-unreachable`, `json-malformed`, `limit-broken`,
 *   `body-too-large`
 */
export async function readAny(reading: Reading, input: Input): Promise<Found[]> {
  const start: Place = { where: [], links: MAX_LINKS, pictures: MAX_PICTURES };
  if ('value' in input) return unique(await inValue(input.value, start));
  if ('text' in input) return unique(await inText(reading, input.text, start));
  if ('bytes' in input) return unique(await inBytes(reading, input.bytes, start));
  return unique(await behindLink(reading, input.url, start));
}

async function inBytes(reading: Reading, bytes: Uint8Array, place: Place): Promise<Found[]> {
  if (bytes.length > MAX_FILE) throw tooLarge(undefined, `A file has at most ${MAX_FILE} bytes.`);
  if (bytes.length === 0) throw unreadable('empty', 'The file is empty.');
  if (isPng(bytes) || isJpeg(bytes)) return inPicture(reading, bytes, place);
  const head = latin1(bytes.subarray(0, 1_024));
  if (/^(GIF8|RIFF....WEBP|BM....\0\0\0\0|II\*\0|MM\0\*|....ftyp)/s.test(head))
    throw unreadable('picture-kind', 'Pictures are read as PNG, SVG and JPEG.');
  if (isPdf(head)) return inPdf(reading, bytes, place);
  if (head.startsWith('PK\x03\x04'))
    throw unreadable('file-kind', 'Archives and documents of other programs are not read.');
  const markup = /^\s*</.test(head);
  if (markup && bytes.length > MAX_PICTURE)
    throw tooLarge('picture-too-large', `A picture has at most ${MAX_PICTURE} bytes.`);
  if (!markup && bytes.length > MAX_TEXT) throw tooLarge(undefined, `A badge has at most ${MAX_TEXT} bytes.`);
  const text = decodeText(bytes);
  return markup ? inMarkup(reading, text.trim(), place) : inText(reading, text, place);
}

async function inText(reading: Reading, text: string, place: Place): Promise<Found[]> {
  const told = readText(text);
  if ('token' in told) return inToken(told.token, place);
  if ('link' in told) return behindLink(reading, told.link, place);
  if ('markup' in told) return inMarkup(reading, told.markup, place);
  return inValue(told.json, place);
}

/** A badge; a list of badges; a presentation, of which the badges are meant; or a token that is written as JSON. */
async function inValue(value: unknown, place: Place): Promise<Found[]> {
  if (typeof value === 'string' && isToken(value.trim())) return inToken(value.trim(), place);
  const listed = Array.isArray(value) ? { kind: 'list' as const, items: value as unknown[] } : inPresentation(value);
  if (listed) {
    const { kind, items } = listed;
    if (items.length > MAX_FOUND) throw limit('too-many-badges', `There are more than ${MAX_FOUND} badges in this.`);
    const found = items.map((item, i) => one(item, step(place, { kind, name: String(i + 1) })));
    if (found.length > 0) return found;
  }
  return [one(value, place)];
}

function one(value: unknown, { where, source }: Place): Found {
  const token = typeof value === 'string' && isToken(value.trim()) ? value.trim() : undefined;
  if (isJsonToken(value))
    throw unreadable(
      'json-token',
      'This is a token in its JSON form. Give it in its compact form: parts with points between.',
    );
  if (!token && (typeof value !== 'object' || value === null || Array.isArray(value)))
    throw new DomainError('credential-unreadable', 'There is no badge in this: a badge is a JSON object.');
  return { badge: token ?? (value as Record<string, unknown>), where, ...(source ? { source } : {}) };
}

/** RFC 7515 §7.2, RFC 9901 §8: a JWS or an SD-JWT that is written out as an object. */
const isJsonToken = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'payload' in value &&
  ('signature' in value || 'signatures' in value) &&
  !('@context' in value);

function inPresentation(value: unknown): { kind: 'presentation'; items: unknown[] } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { type, verifiableCredential } = value as Record<string, unknown>;
  if (![type].flat().includes('VerifiablePresentation') || verifiableCredential === undefined) return undefined;
  return { kind: 'presentation', items: [verifiableCredential].flat() };
}

async function inToken(token: string, place: Place): Promise<Found[]> {
  const shown = inPresentation(presentationOf(token));
  return shown
    ? inValue({ type: 'VerifiablePresentation', verifiableCredential: shown.items }, place)
    : [one(token, place)];
}

/** The presentation in a token, when it is one; whatever else is wrong with a token is for the check to tell. */
function presentationOf(token: string): unknown {
  if (token.includes('~')) return undefined;
  try {
    const { payload } = parseJws(token, json => {
      if (json.includes('"vp"') || json.includes('VerifiablePresentation') || json.length < 1_000)
        return parseJson(json, { maxDepth: 35 });
      throw new DomainError('credential-unreadable', 'This is no presentation.');
    });
    return documentInClaims(payload, 'vp')?.document;
  } catch {
    return undefined;
  }
}

/** A badge that is baked in counts; a QR code is looked for in a picture without one. */
async function inPicture(reading: Reading, bytes: Uint8Array, place: Place): Promise<Found[]> {
  if (bytes.length > MAX_PICTURE) throw tooLarge('picture-too-large', `A picture has at most ${MAX_PICTURE} bytes.`);
  const size = sizeOf(bytes);
  if (!size) throw unreadable('damaged', 'The picture is damaged: it does not say how large it is.');
  if (size.pixels > MAX_PIXELS) throw limit('picture-too-large', `The picture has more than ${MAX_PIXELS} pixels.`);
  if (size.scans > MAX_SCANS) throw limit('picture-too-large', `The picture has more than ${MAX_SCANS} scans.`);
  const png = size.kind === 'png' ? await readBakedPng(bytes, MAX_TEXT).catch(refuseVc) : undefined;
  if (png && png.baked.length > 0) {
    if (png.trailing > 0) throw unreadable('damaged', 'The picture is damaged: there is something behind its end.');
    const inside = step(place, { kind: 'png' });
    return gather(png.baked.map(text => () => inText(reading, text, inside)));
  }
  if (place.pictures === 0) throw unreadable('no-badge-in-picture', 'There is no badge in this picture.');
  if (png) await measurePixels(png).catch(refuseVc);
  const codes = await reading.readQr(bytes);
  if (codes.length === 0) throw unreadable('no-badge-in-picture', 'There is no badge and no QR code in this picture.');
  const inside = { ...step(place, { kind: 'qr' }), pictures: place.pictures - 1 };
  return gather(
    codes.map(text => async () => {
      try {
        return await inText(reading, text, inside);
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'json-malformed') throw error;
        throw unreadable('qr-other', 'The QR code in this picture holds no badge and no link.', error);
      }
    }),
  );
}

async function inMarkup(reading: Reading, text: string, place: Place): Promise<Found[]> {
  if (isPage(text)) throw unreadable('no-badge-in-page', 'This is a web page, and there is no badge in it.');
  let baked: ReturnType<typeof readBakedSvg>;
  try {
    baked = readBakedSvg(text);
  } catch (error) {
    refuseVc(error);
  }
  if (!baked) throw unreadable('file-kind', 'There is no badge in this: it is no picture, and no JSON.');
  // OB 2.0 Baking §3: where `verify` is an address, the text beside it is the assertion that stands there.
  const texts = baked.flatMap(({ verify, body }) => [
    verify && body && /^https?:/i.test(verify) ? undefined : verify,
    body,
  ]);
  const inside = step(place, { kind: 'svg' });
  const found = texts.filter(found => found !== undefined).map(found => () => inText(reading, found, inside));
  if (found.length === 0) throw unreadable('no-badge-in-picture', 'There is no badge in this picture.');
  return gather(found);
}

/** Of the files in a PDF those that hold a badge; invoices and pictures may stand beside them. */
async function inPdf(reading: Reading, bytes: Uint8Array, place: Place): Promise<Found[]> {
  const files = await readPdfFiles(bytes);
  const inside = (name?: string) => ({
    ...step(step(place, { kind: 'pdf' }), { kind: 'file', ...(name ? { name } : {}) }),
    links: 0,
    pictures: 0,
  });
  const none = unreadable('no-badge-in-pdf', 'There is no badge attached to this PDF.');
  const tries = files
    .filter(file => !isPdf(latin1(file.bytes.subarray(0, 1_024))))
    .map(file => async () => (await inBytes(reading, file.bytes, inside(file.name))).filter(looksLikeBadge));
  const found = await gather(tries).catch(error => {
    if (error instanceof DomainError && error.code === 'limit-broken') throw error;
    throw none;
  });
  if (found.length === 0) throw none;
  return found;
}

/** Data of other kinds is attached to a PDF too, and a report of a check or a decision is read as one. */
const looksLikeBadge = ({ badge }: Found): boolean =>
  typeof badge === 'string' ||
  '@context' in badge ||
  'credentialSubject' in badge ||
  isReport(badge) ||
  isDecision(badge);

async function behindLink(reading: Reading, link: string, place: Place): Promise<Found[]> {
  if (isToken(link)) return inToken(link, place);
  const wallet = walletKind(link);
  if (wallet) throw unreadable(wallet, WALLET[wallet]);
  const own = ownLink(link, reading.origin);
  if (own && 'claim' in own) throw unreadable('claim', 'This is a link to collect a badge, and no badge yet.');
  if (own && 'text' in own) {
    if (place.unwrapped) throw unreadable('too-many-links', 'The link leads to a link that leads to a link.');
    return inText(reading, own.text, { ...place, unwrapped: true });
  }
  if (place.links === 0) throw unreadable('too-many-links', 'The link leads to a link that leads to a link.');
  const next = { ...step(place, { kind: 'link', name: link }), links: place.links - 1 };
  if (own) return firstThatAnswers(reading, own.ask, next);
  let page: string | undefined;
  let failure: unknown;
  try {
    return await ask(reading, { url: link, accept: ANY_BADGE }, next);
  } catch (error) {
    if (error instanceof Page) page = error.html;
    else if (!(error instanceof DomainError) || error.code !== 'credential-unreachable') throw error;
    failure = error instanceof Page ? error.refusal : error;
  }
  return firstThatAnswers(reading, dataBehind(link, page), next, failure);
}

/** A page where a badge was hoped for. */
class Page extends Error {
  readonly html: string;
  readonly refusal = unreadable('no-badge-in-page', 'At this address is a web page, and no badge that we can read.');
  constructor(html: string) {
    super('a page');
    this.html = html;
  }
}

async function firstThatAnswers(reading: Reading, asks: Ask[], place: Place, failure?: unknown): Promise<Found[]> {
  let first = failure;
  for (const one of asks) {
    try {
      return await ask(reading, one, place);
    } catch (error) {
      const known = error instanceof Page ? error.refusal : error;
      if (!(known instanceof DomainError)) throw known;
      first ??= known;
    }
  }
  throw first;
}

async function ask(reading: Reading, { url, accept }: Ask, place: Place): Promise<Found[]> {
  const fetched = await reading.get(url, { maxBytes: MAX_LINKED, accept }).catch(refuseFetch);
  const { body } = fetched;
  if (isPage(latin1(body.subarray(0, 1_024)).trim())) throw new Page(latin1(body.subarray(0, 200_000)));
  try {
    return await inBytes(reading, body, { ...place, source: fetched.url });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'json-malformed') throw error;
    throw unreadable('no-badge-in-page', 'There is no badge at this address.', error);
  }
}

/** What is inside something was not fetched as it is: the address of the outside says nothing about it. */
const step = ({ source: _, ...place }: Place, next: Step): Place => ({ ...place, where: [...place.where, next] });

/** What was found in any of them; when there is nothing at all, why not in the first. */
async function gather(tries: (() => Promise<Found[]>)[]): Promise<Found[]> {
  const found: Found[] = [];
  let failure: unknown;
  for (const look of tries) {
    try {
      found.push(...(await look()));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      failure ??= error;
    }
    if (found.length > MAX_FOUND) throw limit('too-many-badges', `There are more than ${MAX_FOUND} badges in this.`);
  }
  if (found.length === 0 && failure !== undefined) throw failure;
  return found;
}
