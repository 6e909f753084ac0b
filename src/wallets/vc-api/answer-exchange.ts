import { eq } from 'drizzle-orm';
import { makeCopy } from '../../credentials/index.ts';
import { isSpent, linkSpent, spend, wasSpent } from '../../people/index.ts';
import { commit } from '../../platform/audit.ts';
import type { Deps } from '../../platform/context.ts';
import { sha256Hex } from '../../platform/ids.ts';
import { VC2_CONTEXT } from '../../vc/contexts.ts';
import { canonicalJson } from '../../vc/jcs.ts';
import { proveHolder } from '../../verifier/index.ts';
import { walletGrants } from '../schema.ts';
import { challengeOf, EXCHANGE, type Exchange, type ExchangeData, readExchange } from './exchange.ts';
import { type Message, onlyProof, readMessage, withContextOnTop } from './presented.ts';

/** The suites that wallets sign with. The first is that of the Learner Credential Wallet. */
const SUITES = ['Ed25519Signature2020', 'eddsa-rdfc-2022', 'ecdsa-rdfc-2019'];

/**
 * Answers a wallet in an exchange (VCALM, "Participate in an Exchange"): first with what it is to sign, then with the
 * badge, made out to the DID that signed. The same presentation again gets the same badge, for a wallet that lost the
 * answer; another finds the exchange used up.
 * @throws DomainError `not-found`, `link-spent`; `request-invalid` for a presentation that is not right; and what
 * `makeCopy`   throws
 */
export async function answerExchange(deps: Deps, token: string, body: unknown): Promise<JsonObject> {
  const exchange = await readExchange(deps, token);
  const message = readMessage(body);
  if (message.kind === 'asks') return askPresentation(deps, exchange);
  const holder = await holderOf(deps, exchange, message);
  const { awardId, personId } = exchange;
  const { document } = await makeCopy(deps, { awardId, personId, format: 'ldp_vc', holder: { did: holder } });
  const verifiablePresentation = {
    '@context': [VC2_CONTEXT],
    type: ['VerifiablePresentation'],
    verifiableCredential: [JSON.parse(document) as unknown],
  };
  if (message.bare) return verifiablePresentation;
  return { verifiablePresentation, redirectUrl: `${deps.config.origin}/badges/${awardId}` };
}

/** VPR 2021, "DID Authentication". */
async function askPresentation(deps: Deps, { token }: Exchange): Promise<JsonObject> {
  if (await isSpent(deps, EXCHANGE, token)) throw linkSpent();
  return {
    verifiablePresentationRequest: {
      query: [
        {
          type: 'DIDAuthentication',
          acceptedMethods: ['key', 'jwk', 'web'].map(method => ({ method })),
          acceptedCryptosuites: SUITES.map(cryptosuite => ({ cryptosuite })),
        },
      ],
      challenge: await challengeOf(deps, token),
      domain: deps.config.origin,
    },
  };
}

/** The DID that this exchange is answered by, from its first answer on. */
async function holderOf(deps: Deps, exchange: Exchange, message: Message & { kind: 'presents' }): Promise<string> {
  const { token, data } = exchange;
  const presentation = await sha256Hex(canonicalJson(message.presentation));
  if (data.answered) return again(data.answered, presentation);
  const holder = await prove(deps, token, message);
  try {
    await take(deps, exchange, { presentation, holder });
    return holder;
  } catch (error) {
    if (!wasSpent(error)) throw error;
    // Somebody was here in the same moment: the same wallet, or another.
    const { data: now } = await readExchange(deps, token);
    if (!now.answered) throw linkSpent();
    return again(now.answered, presentation);
  }
}

function again(answered: NonNullable<ExchangeData['answered']>, presentation: string): string {
  if (answered.presentation !== presentation) throw linkSpent();
  return answered.holder;
}

async function prove(deps: Deps, token: string, { presentation, bare }: Message & { kind: 'presents' }) {
  const sound = withContextOnTop(presentation);
  const challenge = await challengeOf(deps, token);
  // Wallets that send it by itself were not told of a domain.
  const unnamed = bare && onlyProof(sound).domain === undefined;
  return proveHolder(deps, JSON.stringify(sound), { challenge, domain: unnamed ? undefined : deps.config.origin });
}

/** Uses the exchange up, and says by whom, before anything is signed. */
async function take(deps: Deps, exchange: Exchange, answered: NonNullable<ExchangeData['answered']>): Promise<void> {
  const { id, token, personId, awardId, institutionId, data, expires } = exchange;
  const { query } = deps.db;
  await commit(
    deps.db,
    [
      ...(await spend(deps, EXCHANGE, token, expires)),
      query
        .update(walletGrants)
        .set({ data: { ...data, answered } })
        .where(eq(walletGrants.id, id)),
    ],
    [
      {
        institution: institutionId,
        actor: { kind: 'person', person: personId },
        action: 'wallet.deliver',
        subject: awardId,
        at: deps.clock(),
        details: { way: 'vc-api', keys: 1 },
      },
    ],
  );
}
