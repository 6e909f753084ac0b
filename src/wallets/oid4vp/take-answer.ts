import { parseOpenid4vpAuthorizationResponse } from '@openid4vc/openid4vp';
import { eq, inArray } from 'drizzle-orm';
import { awards, copies } from '../../credentials/schema.ts';
import { isSpent, linkSpent, spend, wasSpent } from '../../people/index.ts';
import type { Deps } from '../../platform/context.ts';
import { newToken, sha256Hex } from '../../platform/ids.ts';
import { parseJson } from '../../platform/json.ts';
import type { Given } from '../oauth/parameters.ts';
import { walletGrants } from '../schema.ts';
import { sealAnswer } from './answer.ts';
import { decryptAnswer } from './encryption.ts';
import { judgePresentation, refused } from './judge.ts';
import { isQueryId, queryOf, satisfies } from './query.ts';
import {
  ANSWER_MS,
  clientIds,
  nonceOf,
  type OpenRequest,
  readOpenRequest,
  REQUEST,
  type RequestData,
} from './request.ts';
import { requestPayload } from './sign-request.ts';

/**
 * Takes what a wallet posts (OpenID4VP §8.2, §8.3), once. What is refused uses nothing up: the wallet that was asked can
 * still answer.
 * @throws DomainError `not-found`; `link-spent` once it was answered and when it took too long; `request-invalid` with a
 *   `reason`
 */
export async function takeAnswer(deps: Deps, token: string, given: Given): Promise<{ redirect_uri: string }> {
  const request = await readOpenRequest(deps, token);
  if (await isSpent(deps, REQUEST, token)) throw linkSpent();
  const code = newToken();
  // OpenID4VP §8.5: the holder said no, or has no such badge.
  if (given('error') !== undefined) await keep(deps, request, { declined: true, code: await sha256Hex(code) });
  else {
    const { queryId, presented } = await readPresented(deps, request, given);
    const proven = await judgePresentation(deps, queryId, presented, {
      nonce: await nonceOf(deps, token),
      audiences: Object.values(clientIds(deps, token)),
      since: new Date(Date.parse(request.data.answerBy) - ANSWER_MS),
    });
    await assertAsked(deps, request, { queryId, claims: proven.report.credential ?? {}, vct: proven.vct });
    const { report, holder } = proven;
    await keep(deps, request, {
      answer: await sealAnswer(deps, token, { report, holder }),
      code: await sha256Hex(code),
    });
  }
  return { redirect_uri: `${deps.config.origin}/verify/wallet/${token}?response_code=${code}` };
}

/** The one presentation in an answer, and the query that it is for. */
async function readPresented(deps: Deps, request: OpenRequest, given: Given) {
  const sealed = given('response');
  const payload = await requestPayload(
    deps,
    request,
    clientIds(deps, request.token).signed,
    sealed === undefined ? 'direct_post' : 'direct_post.jwt',
  );
  const { data, token } = request;
  let presentations: Record<string, unknown[]>;
  try {
    const vp_token = sealed === undefined ? parseJson(given('vp_token') ?? '') : undefined;
    const parsed = await parseOpenid4vpAuthorizationResponse({
      authorizationRequestPayload: payload,
      authorizationResponse: sealed === undefined ? { vp_token } : { response: sealed },
      callbacks: {
        verifyJwt: () => Promise.reject(new TypeError('An answer is encrypted, and not signed.')),
        decryptJwe: async jwe => {
          const text = await decryptAnswer(deps, token, data.encryption, jwe);
          // A text that two readers could read in two ways is refused.
          parseJson(text);
          return { decrypted: true, payload: text, decryptionJwk: { kty: 'EC' } };
        },
      },
    });
    presentations = parsed.type === 'dcql' ? parsed.dcql.presentations : {};
  } catch (error) {
    throw refused('response-malformed', error);
  }
  const [entry, ...more] = Object.entries(presentations);
  if (!entry || more.length || entry[1].length !== 1) throw refused('not-one-badge');
  const [queryId, [presented]] = entry as [string, [unknown]];
  if (!isQueryId(queryId)) throw refused('query-unknown');
  return { queryId, presented };
}

async function assertAsked(deps: Deps, { data }: OpenRequest, shown: Parameters<typeof satisfies>[1]): Promise<void> {
  const { asked } = data;
  if (!satisfies(queryOf(deps.config.origin, asked), shown)) throw refused('not-what-was-asked');
  if (asked.badge !== undefined && !(await isSameBadge(deps, asked.badge, String(shown.claims.id))))
    throw refused('another-badge');
}

/** Whether two ids are of one badge, or of copies of one award. */
async function isSameBadge({ db: { query } }: Deps, one: string, other: string): Promise<boolean> {
  if (one === other) return true;
  const ids = [one, other];
  const found = [
    ...(await query
      .select({ id: awards.credentialId, award: awards.id })
      .from(awards)
      .where(inArray(awards.credentialId, ids))),
    ...(await query
      .select({ id: copies.credentialId, award: copies.awardId })
      .from(copies)
      .where(inArray(copies.credentialId, ids))),
  ];
  const awardOf = (id: string) => found.find(row => row.id === id)?.award;
  return awardOf(one) !== undefined && awardOf(one) === awardOf(other);
}

/** The request is used up in the same write. */
async function keep(
  deps: Deps,
  { id, token, data, expires }: OpenRequest,
  answer: Partial<RequestData>,
): Promise<void> {
  const { query } = deps.db;
  try {
    await deps.db.batch([
      ...(await spend(deps, REQUEST, token, expires)),
      query
        .update(walletGrants)
        .set({ data: { ...data, ...answer } })
        .where(eq(walletGrants.id, id)),
    ]);
  } catch (error) {
    if (wasSpent(error)) throw linkSpent();
    throw error;
  }
}
