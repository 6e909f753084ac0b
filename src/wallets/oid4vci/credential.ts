import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { vctOf } from '../../credentials/index.ts';
import type { Institution } from '../../institutions/index.ts';
import { spend, wasSpent } from '../../people/index.ts';
import { commit } from '../../platform/audit.ts';
import type { Deps } from '../../platform/context.ts';
import { type Statement, violatedKey } from '../../platform/database.ts';
import { sha256Hex } from '../../platform/ids.ts';
import { walletGrants } from '../schema.ts';
import type { Access } from './access.ts';
import { type Configuration, configurationIds, configurations, isConfiguration, TYPES } from './configurations.ts';
import { defer } from './deferred.ts';
import { deliver } from './deliver.ts';
import { makeNonce, NONCE, NONCE_MS, readNonce } from './nonce.ts';
import type { ProvenKey } from './proof.ts';
import { provenKeys } from './proofs.ts';
import { refused } from '../oauth/refusal.ts';

/** OID4VCI §8.2. `format` with its members, and `proof`, are how it was asked up to draft 13. */
const credentialRequest = z.looseObject({
  credential_configuration_id: z.string().optional(),
  credential_identifier: z.string().optional(),
  format: z.string().optional(),
  credential_definition: z.looseObject({ type: z.array(z.string()).optional() }).optional(),
  vct: z.string().optional(),
  proofs: z.record(z.string(), z.array(z.unknown())).optional(),
  proof: z.looseObject({ proof_type: z.string(), jwt: z.string().optional() }).optional(),
  credential_response_encryption: z.unknown().optional(),
});
type CredentialRequest = z.infer<typeof credentialRequest>;

/**
 * The credential endpoint (OID4VCI §8): a copy for each key that is proven. Asked for again for the same keys it is
 * the same copy; a token is good for no other keys than those that it was used for first.
 * @throws DomainError with the refusals of §8.3.1, and what stands in the way of signing
 */
export async function issueCredential(deps: Deps, institution: Institution, access: Access, body: unknown) {
  const parsed = credentialRequest.safeParse(body);
  if (!parsed.success) throw refused('invalid_credential_request', 'The request does not have the expected form.');
  const request = parsed.data;
  if (request.credential_response_encryption !== undefined)
    throw refused('invalid_encryption_parameters', 'Answers are not encrypted here.');
  const configuration = asked(deps, request, access);
  const keys = await provenKeys(deps, institution, access, request);
  const notification = await reserve(deps, institution, { access, configuration, keys });

  const holders = keys.map(key => key.holder);
  const documents = await deliver(deps, access, configuration, holders);
  if (!documents) return defer(deps, institution, access, { configuration, holders });
  const told = { notification_id: notification };
  if (request.format && documents.length === 1)
    return {
      format: configurations[configuration],
      credential: documents[0],
      // Up to draft 13 the nonce for the next request came along.
      c_nonce: await makeNonce(deps, institution.id),
      c_nonce_expires_in: NONCE_MS / 1000,
      ...told,
    };
  return { credentials: documents.map(credential => ({ credential })), ...told };
}

/** Which configuration is meant (OID4VCI §8.2), if the token is for that one. */
function asked(deps: Deps, request: CredentialRequest, { wanted }: Access): Configuration {
  const { credential_configuration_id: id, credential_identifier: identifier, format } = request;
  if ([id, identifier, format].filter(value => value !== undefined).length !== 1)
    throw refused('invalid_credential_request', 'Name the credential once.');
  if (identifier !== undefined) {
    const given = wanted.identified.find(one => one === identifier);
    if (!given) throw refused('unknown_credential_identifier', 'This identifier was not given out.');
    return given;
  }
  const configuration = id === undefined ? byFormat(deps, request) : id;
  if (!isConfiguration(configuration))
    throw refused('unknown_credential_configuration', 'No such credential is issued here.');
  if (wanted.named.includes(configuration)) return configuration;
  if (wanted.identified.length)
    throw refused('invalid_credential_request', 'Use the credential_identifier that was given out.');
  throw refused('insufficient_scope', 'The token is for another credential.');
}

/** How it was asked up to draft 13. */
function byFormat(deps: Deps, { format, credential_definition, vct }: CredentialRequest): Configuration | undefined {
  if (vct !== undefined && vct !== vctOf(deps.config.origin)) return undefined;
  if ((credential_definition?.type ?? []).some(type => !TYPES.includes(type))) return undefined;
  return configurationIds.find(name => configurations[name] === format);
}

/**
 * Uses up the nonces and says for which keys this token is, before anything is signed. The answer is what a wallet
 * names the delivery by afterwards.
 */
async function reserve(
  deps: Deps,
  institution: Institution,
  { access, configuration, keys }: { access: Access; configuration: Configuration; keys: ProvenKey[] },
): Promise<string> {
  const badNonce = () => refused('invalid_nonce', 'The nonce of a proof is not one of ours, too old, or used before.');
  const now = deps.clock();
  const nonces: Statement[] = [];
  for (const nonce of new Set(keys.map(key => key.nonce))) {
    const ends = await readNonce(deps, institution.id, nonce);
    if (!ends) throw badNonce();
    nonces.push(...(await spend(deps, NONCE, nonce, ends)));
  }
  const notification = await sha256Hex(`notification:${access.id}:${configuration}`);
  const id = await sha256Hex(notification);
  const holders = keys.map(key => key.did).sort();
  const row = {
    id,
    kind: 'notification' as const,
    personId: access.personId,
    awardId: access.awardId,
    institutionId: institution.id,
    data: { access: access.id, holders },
    createdAt: now.toISOString(),
    expiresAt: access.expires.toISOString(),
  };
  const take = (statements: Statement[]) =>
    commit(
      deps.db,
      [...nonces, ...statements],
      [
        {
          institution: institution.id,
          actor: { kind: 'person', person: access.personId },
          action: 'wallet.deliver',
          subject: access.awardId,
          at: now,
          details: { configuration, keys: holders.length },
        },
      ],
    );
  try {
    await take([deps.db.query.insert(walletGrants).values(row)]).catch(async error => {
      if (violatedKey(error) !== 'wallet_grants.id') throw error;
      const [first] = await deps.db.query.select().from(walletGrants).where(eq(walletGrants.id, id));
      if (JSON.stringify(first?.data.holders) !== JSON.stringify(holders))
        throw refused('credential_request_denied', 'This token was used for other keys.');
      await take([]);
    });
  } catch (error) {
    if (wasSpent(error)) throw badNonce();
    throw error;
  }
  return notification;
}
