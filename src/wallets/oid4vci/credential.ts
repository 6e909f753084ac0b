import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { makeCopy, type SignedCopy, vctOf } from '../../credentials/index.ts';
import type { Institution } from '../../institutions/index.ts';
import { spend, wasSpent } from '../../people/index.ts';
import { commit } from '../../platform/audit.ts';
import type { Deps } from '../../platform/context.ts';
import { type Statement, violatedKey } from '../../platform/database.ts';
import { DomainError, type ErrorCode } from '../../platform/errors.ts';
import { sha256Hex } from '../../platform/ids.ts';
import { walletGrants } from '../schema.ts';
import type { Access } from './access.ts';
import {
  BATCH_SIZE,
  type Configuration,
  configurationIds,
  configurations,
  isConfiguration,
  TYPES,
} from './configurations.ts';
import { issuerId } from './metadata.ts';
import { NONCE, readNonce } from './nonce.ts';
import { type ProvenKey, verifyProof } from './proof.ts';
import { refused } from './refusal.ts';

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

  const copies: SignedCopy[] = [];
  for (const { holder } of keys) copies.push(await copyFor(deps, access, configuration, holder));
  const documents = copies.map(({ document }) =>
    configurations[configuration] === 'ldp_vc' ? (JSON.parse(document) as unknown) : document,
  );
  const told = { notification_id: notification };
  if (request.format && documents.length === 1)
    return { format: configurations[configuration], credential: documents[0], ...told };
  return { credentials: documents.map(credential => ({ credential })), ...told };
}

/** Which configuration is meant (OID4VCI §8.2). */
function asked(deps: Deps, request: CredentialRequest, { identifiers }: Access): Configuration {
  const { credential_configuration_id: id, credential_identifier: identifier, format } = request;
  if ([id, identifier, format].filter(value => value !== undefined).length !== 1)
    throw refused('invalid_credential_request', 'Name the credential once.');
  if (identifier !== undefined) {
    if (!identifiers || !isConfiguration(identifier))
      throw refused('unknown_credential_identifier', 'This identifier was not given out.');
    return identifier;
  }
  if (identifiers) throw refused('invalid_credential_request', 'Use the credential_identifier that was given out.');
  if (id !== undefined) {
    if (!isConfiguration(id)) throw refused('unknown_credential_configuration', 'This configuration is not known.');
    return id;
  }
  const found = configurationIds.find(name => configurations[name] === format);
  const types = request.credential_definition?.type ?? [];
  const otherVct = request.vct !== undefined && request.vct !== vctOf(deps.config.origin);
  if (!found || otherVct || types.some(type => !TYPES.includes(type)))
    throw refused('unknown_credential_configuration', 'No such credential is issued here.');
  return found;
}

async function provenKeys(
  deps: Deps,
  institution: Institution,
  access: Access,
  { proof, proofs }: CredentialRequest,
): Promise<ProvenKey[]> {
  if (proof && proofs) throw refused('invalid_credential_request', 'Send proofs, or a proof.');
  const kinds = proof ? { [proof.proof_type]: [proof.jwt] } : (proofs ?? {});
  const jwts = kinds.jwt;
  // OID4VCI §8.2: `proofs` holds one kind of proof.
  if (!jwts?.length || Object.keys(kinds).length !== 1)
    throw refused('invalid_proof', 'A proof of kind jwt is needed.');
  if (jwts.length > BATCH_SIZE)
    throw refused('invalid_credential_request', `At most ${BATCH_SIZE} proofs go in one request.`);
  const now = deps.clock();
  const audience = issuerId(deps, institution.slug);
  return Promise.all(
    jwts.map(jwt => {
      if (typeof jwt !== 'string') throw refused('invalid_proof', 'A proof of kind jwt is a string.');
      return verifyProof(jwt, { audience, clientId: access.clientId, now });
    }),
  );
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

/** What of an award makes that no copy of it leaves. */
const DENIED: ErrorCode[] = ['not-found', 'award-state', 'award-erased', 'not-signed'];

async function copyFor(deps: Deps, access: Access, configuration: Configuration, holder: ProvenKey['holder']) {
  const { awardId, personId } = access;
  try {
    return await makeCopy(deps, { awardId, personId, format: configurations[configuration], holder });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'request-invalid')
      throw refused('invalid_proof', 'The badge cannot be bound to this key.', error);
    if (DENIED.includes(error.code)) throw refused('credential_request_denied', 'This badge is not in force.', error);
    throw error;
  }
}
