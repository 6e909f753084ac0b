import { and, eq, lte } from 'drizzle-orm';
import { linkSpent } from '../../people/index.ts';
import type { Deps } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { newToken, sha256Hex } from '../../platform/ids.ts';
import { macOf } from '../../platform/mac.ts';
import { didWebOfHost } from '../../vc/did.ts';
import { newGrant } from '../oauth/grants.ts';
import { walletGrants } from '../schema.ts';
import { type EncryptionKey, makeEncryptionKey } from './encryption.ts';
import type { BadgeAsked } from './query.ts';

/** How long a wallet has to answer, and how long whoever asked may read the answer. Nothing of it is kept longer. */
export const ANSWER_MS = 10 * 60_000;
export const READ_MS = 30 * 60_000;
/** Under which a request is used up in `spent`. */
export const REQUEST = 'oid4vp-request';
/** Characters of the address in a QR code, which opens a question and nothing else, for ten minutes: 72 bits. */
const TOKEN_BYTES = 9;

/** What is kept with a request. Of who asked there is a hash of a secret that their browser has. */
export interface RequestData {
  asked: BadgeAsked;
  asker: string;
  answerBy: string;
  encryption: EncryptionKey;
  /** Sealed. */
  answer?: string;
  /** A hash of what the wallet's own browser comes back with, once; and of the secret that it then has. */
  code?: string;
  returned?: string;
  declined?: true;
}

export interface OpenRequest {
  id: string;
  token: string;
  data: RequestData;
  expires: Date;
}

/**
 * Asks whoever has a wallet for a badge. The answer is for the browser that has the secret.
 * Nothing is written to the audit log: who asks for what is nobody's business.
 */
export async function askForBadge(deps: Deps, asked: BadgeAsked): Promise<{ token: string; secret: string }> {
  const token = newToken(TOKEN_BYTES);
  const secret = newToken();
  const data: RequestData = {
    asked,
    asker: await sha256Hex(secret),
    answerBy: new Date(deps.clock().getTime() + ANSWER_MS).toISOString(),
    encryption: await makeEncryptionKey(deps, token),
  };
  const row = await newGrant(deps, 'presentation_request', token, READ_MS, { data });
  await deps.db.attempt(() => deps.db.query.insert(walletGrants).values(row));
  return { token, secret };
}

/** @throws DomainError `not-found`, also for a request that has ended */
export async function readRequest(deps: Deps, token: string): Promise<OpenRequest> {
  const [grant] = await deps.db.query
    .select()
    .from(walletGrants)
    .where(and(eq(walletGrants.id, await sha256Hex(token)), eq(walletGrants.kind, 'presentation_request')));
  const expires = grant && new Date(grant.expiresAt);
  if (!grant || expires! <= deps.clock()) throw notFound('request');
  return { id: grant.id, token, data: grant.data as unknown as RequestData, expires: expires! };
}

/** A request that a wallet may still answer. @throws DomainError `not-found`; `link-spent` */
export async function readOpenRequest(deps: Deps, token: string): Promise<OpenRequest> {
  const request = await readRequest(deps, token);
  const { answer, declined, answerBy } = request.data;
  if (answer || declined || new Date(answerBy) <= deps.clock()) throw linkSpent();
  return request;
}

/** What the answer is bound to. It follows from the request, so nothing is kept of it. */
export const nonceOf = (deps: Deps, token: string): Promise<string> => macOf(deps, REQUEST, token);

export const responseUri = (deps: Deps, token: string): string => `${deps.config.origin}/api/oid4vp/${token}`;

/** Whom an answer may be made out to (OpenID4VP §5.9.3): the name with its prefix. */
export const clientIds = (deps: Deps, token: string) => ({
  signed: `decentralized_identifier:${didWebOfHost(deps.config.origin)}`,
  unsigned: `redirect_uri:${responseUri(deps, token)}`,
});

/** Takes away requests and what was answered to them, as soon as nobody may read them any more. */
export async function sweepRequests({ db, clock }: Deps): Promise<void> {
  const ended = [eq(walletGrants.kind, 'presentation_request'), lte(walletGrants.expiresAt, clock().toISOString())];
  await db.attempt(() => db.query.delete(walletGrants).where(and(...ended)));
}
