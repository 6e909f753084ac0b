import { and, count, eq, gt } from 'drizzle-orm';
import { z } from 'zod';
import { isSpent, spend, wasSpent } from '../../people/index.ts';
import { commit } from '../../platform/audit.ts';
import type { Deps } from '../../platform/context.ts';
import { newId, newToken, sha256Hex } from '../../platform/ids.ts';
import { parseJson } from '../../platform/json.ts';
import { grantTries, walletGrants } from '../schema.ts';
import { ACCESS_MS, type AccessData } from './access.ts';
import { type Configuration, configurationIds } from './configurations.ts';
import { PRE_AUTHORIZED } from './metadata.ts';
import { verifyDpop } from './dpop.ts';
import { makeNonce, NONCE_MS } from './nonce.ts';
import { CODE, txHashOf } from './offer.ts';
import { refused } from './refusal.ts';

/** Wrong codes after which an offer is of no use any more. */
export const MOST_TRIES = 5;

/**
 * The token endpoint (OID4VCI §6; RFC 6749 §3.2): a code and what its owner typed for a token. Of many at the same
 * moment, one gets it.
 * @throws DomainError with `invalid_request`, `invalid_grant`, `unsupported_grant_type`, `invalid_authorization_details`,
 *   `invalid_dpop_proof`
 */
export async function redeemCode(
  deps: Deps,
  institution: { id: string },
  form: URLSearchParams,
  dpop?: { proof: string; method: string; url: string },
) {
  // RFC 6749 §3.2: no parameter twice; an empty one was left out.
  const given = (name: string) => form.get(name) || undefined;
  if (new Set(form.keys()).size < [...form.keys()].length)
    throw refused('invalid_request', 'A parameter stands twice.');
  const grantType = given('grant_type');
  if (!grantType) throw refused('invalid_request', 'There is no grant_type.');
  if (grantType !== PRE_AUTHORIZED) throw refused('unsupported_grant_type', `Only ${PRE_AUTHORIZED} is taken here.`);
  const code = given('pre-authorized_code');
  if (!code) throw refused('invalid_request', 'There is no pre-authorized_code.');
  const identifiers = readDetails(given('authorization_details'));

  const grant = await findGrant(deps, institution.id, code);
  const txCode = given('tx_code');
  if (!txCode) throw refused('invalid_request', 'There is no tx_code.');
  await checkTxCode(deps, grant, txCode);

  const thumbprint = dpop ? await verifyDpop(deps, dpop.proof, dpop) : null;

  const token = newToken(32);
  const now = deps.clock();
  const actor = { kind: 'person', person: grant.personId! } as const;
  const data: AccessData = {
    offer: grant.id,
    identifiers: identifiers.length > 0,
    clientId: given('client_id') ?? null,
    thumbprint,
  };
  const access = {
    id: await sha256Hex(token),
    kind: 'access_token' as const,
    personId: grant.personId,
    awardId: grant.awardId,
    institutionId: grant.institutionId,
    data: { ...data },
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + ACCESS_MS).toISOString(),
  };
  try {
    await commit(
      deps.db,
      [
        ...(await spend(deps, CODE, code, new Date(grant.expiresAt))),
        deps.db.query.insert(walletGrants).values(access),
      ],
      [
        {
          institution: institution.id,
          actor,
          action: 'wallet.redeem',
          subject: grant.awardId!,
          at: now,
          details: { grant: grant.id },
        },
      ],
    );
  } catch (error) {
    if (wasSpent(error)) throw badCode();
    throw error;
  }
  return {
    access_token: token,
    token_type: dpop ? 'DPoP' : 'bearer',
    expires_in: ACCESS_MS / 1000,
    // Up to draft 13 the first nonce came along; others pass over it (RFC 6749 §5.1).
    c_nonce: await makeNonce(deps, institution.id),
    c_nonce_expires_in: NONCE_MS / 1000,
    ...(identifiers.length
      ? {
          authorization_details: identifiers.map(id => ({
            type: 'openid_credential',
            credential_configuration_id: id,
            credential_identifiers: [id],
          })),
        }
      : {}),
  };
}

const badCode = () => refused('invalid_grant', 'The pre-authorized_code or the tx_code is not right, or not any more.');

async function findGrant(deps: Deps, institutionId: string, code: string) {
  const [grant] = await deps.db.query
    .select()
    .from(walletGrants)
    .where(
      and(
        eq(walletGrants.id, await sha256Hex(code)),
        eq(walletGrants.kind, 'pre-authorized_code'),
        eq(walletGrants.institutionId, institutionId),
        gt(walletGrants.expiresAt, deps.clock().toISOString()),
      ),
    );
  if (!grant || (await isSpent(deps, CODE, code))) throw badCode();
  return grant;
}

/**
 * Each different guess takes a place before it is looked at, the right one too, so that guesses at the same moment do
 * not pass by the limit; a wrong one that comes again takes another.
 */
async function checkTxCode(deps: Deps, grant: typeof walletGrants.$inferSelect, txCode: string): Promise<void> {
  const { db } = deps;
  const guess = await txHashOf(grant.id, txCode);
  const now = deps.clock();
  const row = { id: `${grant.id}:${guess}`, grantId: grant.id, at: now.toISOString() };
  const right = guess === grant.data.txHash;
  const [fresh] = await db.attempt(() =>
    db.query.insert(grantTries).values(row).onConflictDoNothing().returning({ id: grantTries.id }),
  );
  if (!fresh && !right)
    await db.attempt(() => db.query.insert(grantTries).values({ ...row, id: `${grant.id}:${newId(now)}` }));
  const [tries] = await db.query.select({ n: count() }).from(grantTries).where(eq(grantTries.grantId, grant.id));
  // The right one has a place as well.
  if (!right || tries!.n > MOST_TRIES) throw badCode();
}

const details = z
  .array(
    z.looseObject({
      type: z.literal('openid_credential'),
      credential_configuration_id: z.enum(configurationIds as [Configuration, ...Configuration[]]),
    }),
  )
  .min(1)
  .max(configurationIds.length);

/** The configurations that `authorization_details` asks for (RFC 9396; OID4VCI §5.1.1); none when it was not sent. */
function readDetails(text: string | undefined): Configuration[] {
  if (text === undefined) return [];
  try {
    return [...new Set(details.parse(parseJson(text)).map(d => d.credential_configuration_id))];
  } catch (cause) {
    throw refused('invalid_authorization_details', 'The authorization_details ask for what is not offered.', cause);
  }
}
