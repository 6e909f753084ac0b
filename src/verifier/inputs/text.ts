import { DomainError } from '../../platform/errors.ts';
import { parseJson } from '../../platform/json.ts';
import { decodeBase64url } from '../../vc/bytes.ts';
import { SHORT_BADGE } from '../../vc/short-badge.ts';
import { MAX_DEPTH, limitBroken } from '../read.ts';
import { type Kind, tooLarge, unreadable } from './refuse.ts';

/** Bytes of a badge as text. */
export const MAX_TEXT = 1_000_000;

/** What a text turned out to be. */
export type Told =
  | { json: unknown }
  /** A compact JWS or an SD-JWT, as it stands. */
  | { token: string }
  | { link: string }
  | { markup: string };

// Three parts, and for an SD-JWT its disclosures behind tildes.
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]*(~[\w.~-]*)?$/;

/**
 * Tells what a text is by what stands in it. Text is UTF-8 without a byte order mark, here and in files.
 * @throws DomainError `json-malformed`, `limit-broken`, `body-too-large`, `credential-unreadable` with a kind
 */
export function readText(input: string): Told {
  if (input.length > MAX_TEXT) throw tooLarge(undefined, `A badge has at most ${MAX_TEXT} bytes.`);
  if (input.startsWith('\uFEFF')) throw encoding();
  const text = input.trim();
  if (text === '') throw unreadable('empty', 'There is nothing in this.');
  if (isToken(text)) return { token: text };
  const link = linkIn(text);
  if (link) return { link };
  const wallet = walletKind(text);
  if (wallet) throw unreadable(wallet, WALLET[wallet]);
  if (text.startsWith('<')) return { markup: text };
  return { json: readJson(text) };
}

/** @throws DomainError `json-malformed` for bytes that are not UTF-8 or begin with a byte order mark */
export function decodeText(bytes: Uint8Array): string {
  const [a, b, c] = bytes;
  if ((a === 0xef && b === 0xbb && c === 0xbf) || (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    throw encoding();
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw unreadable('file-kind', 'There is no badge in this file: it is not text, nor a picture or a PDF.');
  }
}

/**
 * A token names its algorithm in its first part (RFC 7515 §4.1.1); three words with points between them do not. The short
 * form of a badge is one too: it looks like a link, and leads nowhere.
 */
export function isToken(text: string): boolean {
  if (SHORT_BADGE.test(text)) return true;
  if (!TOKEN.test(text)) return false;
  try {
    const header = new TextDecoder().decode(decodeBase64url(text.slice(0, text.indexOf('.'))));
    return header.trimStart().startsWith('{');
  } catch {
    return false;
  }
}

/** A link, also as people copy it: without its scheme. */
export function linkIn(text: string): string | undefined {
  if (text.length > 2_048) return undefined;
  if (/^https?:\/\/\S+$/i.test(text)) return text;
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?\/\S*$/i.test(text) ? `https://${text}` : undefined;
}

/** What wallets say to each other. */
export function walletKind(text: string): 'wallet-offer' | 'wallet-request' | undefined {
  if (/^(openid-credential-offer|openid-initiate-issuance|haip|haip-vci|dccrequest|eudi-wallet):/i.test(text))
    return 'wallet-offer';
  if (/^https?:.*[?&]credential_offer(_uri)?=/is.test(text)) return 'wallet-offer';
  if (/^(openid4vp|openid-vc|openid|haip-vp|mdoc-openid4vp|eudi-openid4vp|siopv2|didcomm):/i.test(text))
    return 'wallet-request';
  if (/^https?:.*[?&](request_uri|presentation_definition(_uri)?|dcql_query)=/is.test(text)) return 'wallet-request';
  return undefined;
}

export const WALLET = {
  'wallet-offer': 'This is an invitation to collect a badge in a wallet, and no badge itself.',
  'wallet-request': 'This is a question to a wallet to show something, and no badge itself.',
} satisfies Partial<Record<Kind, string>>;

function readJson(text: string): unknown {
  try {
    // Some levels more than a badge may have: a list, or a presentation, may stand around it.
    return parseJson(text, { maxDepth: MAX_DEPTH + 3 });
  } catch (error) {
    if (error instanceof DomainError && error.code === 'limit-depth')
      throw limitBroken(`more than ${MAX_DEPTH} levels`);
    throw error;
  }
}

const encoding = () =>
  new DomainError('json-malformed', 'The text has a byte order mark. Text is UTF-8 without one.', {
    extensions: { kind: 'encoding' satisfies Kind },
  });
