import type { Deps } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { base64url, fromBase64url, sha256Hex } from '../../platform/ids.ts';
import { seal, unseal } from '../../platform/seal.ts';
import type { Report } from '../../verifier/index.ts';
import { readRequest } from './request.ts';
import { type RequestLinks, requestLinks } from './sign-request.ts';

/** What was shown, and the DID of the key of whoever showed it. */
export interface Answer {
  report: Report;
  holder: string;
}

/** How a request stands, for whoever asked. */
export type RequestState =
  | { state: 'waiting'; links: RequestLinks; until: Date }
  | ({ state: 'answered' } & Answer)
  | { state: 'declined' }
  | { state: 'late' };

/**
 * How a request stands: for the browser that asked, which has the secret, and for the one that the wallet sent back with
 * a fresh code. The address alone is in a QR code that anyone may have scanned (OpenID4VP §14.2).
 * @throws DomainError `not-found`, also without either
 */
export async function readRequestState(
  deps: Deps,
  token: string,
  { secret, code }: { secret?: string | undefined; code?: string | undefined },
): Promise<RequestState> {
  const request = await readRequest(deps, token);
  const { data } = request;
  const asked = secret !== undefined && (await sha256Hex(secret)) === data.asker;
  const cameBack = code !== undefined && data.code !== undefined && (await sha256Hex(code)) === data.code;
  if (!asked && !cameBack) throw notFound('request');
  if (data.declined) return { state: 'declined' };
  if (data.answer) return { state: 'answered', ...(await openAnswer(deps, token, data.answer)) };
  const until = new Date(data.answerBy);
  return until <= deps.clock()
    ? { state: 'late' }
    : { state: 'waiting', links: await requestLinks(deps, request), until };
}

const placeOf = (token: string) => `oid4vp-answer:${token}`;

/** What was shown is kept sealed, for as long as it is kept. */
export async function sealAnswer(deps: Deps, token: string, answer: Answer): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(answer));
  return base64url(await seal(deps.config.sessionSecret, bytes, placeOf(token)));
}

async function openAnswer(deps: Deps, token: string, sealed: string): Promise<Answer> {
  const bytes = await unseal(deps.config.sessionSecret, fromBase64url(sealed)!, placeOf(token));
  return JSON.parse(new TextDecoder().decode(bytes)) as Answer;
}
