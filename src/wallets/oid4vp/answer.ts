import { eq, sql } from 'drizzle-orm';
import { spend, wasSpent } from '../../people/index.ts';
import type { Deps } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { base64url, fromBase64url, newToken, sha256Hex } from '../../platform/ids.ts';
import { seal, unseal } from '../../platform/seal.ts';
import type { Report } from '../../verifier/index.ts';
import { walletGrants } from '../schema.ts';
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
 * How a request stands: for the browser that asked, and for the one that the wallet sent back, which each have a secret.
 * The address alone is in a QR code that anyone may have scanned (OpenID4VP §14.2).
 * @throws DomainError `not-found`, also without such a secret
 */
export async function readRequestState(deps: Deps, token: string, secret: string | undefined): Promise<RequestState> {
  const request = await readRequest(deps, token);
  const { data } = request;
  if (secret === undefined || ![data.asker, data.returned].includes(await sha256Hex(secret))) throw notFound('request');
  if (data.declined) return { state: 'declined' };
  if (data.answer) return { state: 'answered', ...(await openAnswer(deps, token, data.answer)) };
  const until = new Date(data.answerBy);
  return until <= deps.clock()
    ? { state: 'late' }
    : { state: 'waiting', links: await requestLinks(deps, request), until };
}

/**
 * The secret for the browser that comes back with the code of the answer (OpenID4VP §13.3), once: the code is in an
 * address, which is logged and remembered. Undefined for any other code, and from then on.
 * @throws DomainError `not-found` for a request that has ended
 */
export async function redeemResponseCode(deps: Deps, token: string, code: string): Promise<string | undefined> {
  const { id, data, expires } = await readRequest(deps, token);
  if (data.code !== (await sha256Hex(code))) return undefined;
  const secret = newToken();
  const returned = await sha256Hex(secret);
  try {
    await deps.db.batch([
      ...(await spend(deps, 'oid4vp-response-code', code, expires)),
      deps.db.query
        .update(walletGrants)
        .set({ data: sql`json_set(${walletGrants.data}, '$.returned', ${returned})` })
        .where(eq(walletGrants.id, id)),
    ]);
  } catch (error) {
    if (wasSpent(error)) return undefined;
    throw error;
  }
  return secret;
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
