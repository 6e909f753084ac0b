import type { Deps } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { VcError } from '../../vc/errors.ts';
import { didOfJwk, isSameHolder } from '../../vc/holder-key.ts';
import {
  type Check,
  readCandidate,
  type Report,
  verify,
  verifyDepsOf,
  verifyPresentation,
} from '../../verifier/index.ts';
import { type QueryId, queryFormats } from './query.ts';

/** What an answer has to be made for. */
interface Occasion {
  nonce: string;
  /** The names that we ask under. */
  audiences: string[];
  /** When it was asked. */
  since: Date;
}

/** A badge that somebody showed who holds the key that it was given to. */
export interface Proven {
  report: Report;
  /** The DID of that key. */
  holder: string;
  vct: string | undefined;
}

/** How far the clock of a wallet may be from ours. */
const SKEW_MS = 5 * 60_000;

/**
 * Judges what a wallet showed: made for this occasion, by whoever the badge was given to, and signed by its issuer.
 * What else the check of the badge finds (that it was revoked, or ended) is in the report, and is no reason to refuse
 * it.
 * @throws DomainError `request-invalid` with the code of what is wrong in `reason`
 */
export async function judgePresentation(
  deps: Deps,
  queryId: QueryId,
  presented: unknown,
  occasion: Occasion,
): Promise<Proven> {
  try {
    return queryFormats[queryId] === 'dc+sd-jwt'
      ? await judgeSdJwt(deps, presented, occasion)
      : await judgeVp(deps, presented, occasion, queryFormats[queryId] === 'jwt_vc_json');
  } catch (error) {
    const unread = error instanceof DomainError && UNREAD.includes(error.code);
    throw unread || error instanceof VcError ? refused('credential-unreadable', error) : error;
  }
}

const UNREAD = ['credential-unreadable', 'json-malformed', 'limit-broken', 'limit-depth'];

export const refused = (reason: string, cause?: unknown) =>
  new DomainError('request-invalid', `The answer of the wallet is not right (${reason}).`, {
    extensions: { reason },
    cause,
  });

/** OpenID4VP §B.1.3.1 and §B.1.3.2: a presentation of one badge. */
async function judgeVp(
  deps: Deps,
  presented: unknown,
  { nonce, audiences }: Occasion,
  inJwt: boolean,
): Promise<Proven> {
  const candidate = readCandidate(presented, 'vp');
  const { document, envelope } = candidate;
  const badges = [document.verifiableCredential ?? []].flat();
  if (badges.length !== 1) throw refused('not-one-badge');
  const badge = readCandidate(badges[0]);
  if ((envelope !== undefined) !== inJwt || (badge.envelope !== undefined) !== inJwt || badge.envelope?.selective)
    throw refused('other-format');
  const said = envelope
    ? envelope.audience
    : [document.proof].flat().flatMap(proof => (proof as JsonObject | null)?.domain);
  const domain = audiences.find(audience => said.includes(audience)) ?? audiences[0]!;
  const asked = { challenge: nonce, domain };
  const { findings, credentials } = await verifyPresentation(candidate, asked, {
    ...verifyDepsOf(deps),
    kind: 'badge',
  });
  const wrong = Object.values(findings).find(({ outcome }) => outcome !== 'ok');
  const [report] = credentials;
  if (report) assertSigned(report);
  if (wrong || !report) throw refused(wrong?.code ?? 'not-one-badge');
  const holder = findings.holder.evidence?.holder as string;
  const subjects = [report.credential?.credentialSubject]
    .flat()
    .map(subject => (subject as JsonObject | undefined)?.id);
  const [subject, ...more] = subjects;
  if (typeof subject !== 'string' || more.length || !isSameHolder(subject, holder)) throw refused('holder-unbound');
  return { report, holder, vct: undefined };
}

/** OpenID4VP §B.3.6: the key in `cnf` signs what is shown, for this occasion and now. */
async function judgeSdJwt(deps: Deps, presented: unknown, { nonce, audiences, since }: Occasion): Promise<Proven> {
  if (typeof presented !== 'string') throw refused('other-format');
  const candidate = readCandidate(presented);
  const selective = candidate.envelope?.selective;
  if (!selective) throw refused('other-format');
  const audience = audienceOf(selective.sdJwt.keyBinding, audiences);
  const keyBinding = { required: true, nonce, audience };
  const report = await verify(candidate, { ...verifyDepsOf(deps), keyBinding });
  assertSigned(report);
  const { issuedAt } = proofsIn(report).find(({ cryptosuite }) => cryptosuite === 'kb+jwt') ?? {};
  if (!(Date.parse(String(issuedAt)) >= since.getTime() - SKEW_MS)) throw refused('key-binding-old');
  const { cnf, vct } = candidate.document;
  const { jwk } = (cnf ?? {}) as { jwk?: unknown };
  if (jwk === undefined) throw refused('holder-unbound');
  const holder = didOfJwk(jwk);
  for (const subject of [report.credential?.credentialSubject].flat())
    assertSameKey((subject as JsonObject | undefined)?.id, holder);
  return { report, holder, vct: typeof vct === 'string' ? vct : undefined };
}

/**
 * The name that a key binding is made out to, if it is one of ours. It is only picked here, and verified with the rest.
 */
function audienceOf(keyBinding: string | undefined, audiences: string[]): string {
  try {
    const { aud } = JSON.parse(
      atob(keyBinding!.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')),
    ) as JsonObject;
    return audiences.find(audience => audience === aud) ?? audiences[0]!;
  } catch {
    return audiences[0]!;
  }
}

/** A subject that is a key is the key that signed. */
function assertSameKey(subject: unknown, holder: string): void {
  if (typeof subject !== 'string' || !/^did:(key|jwk):/.test(subject)) return;
  if (!isSameHolder(subject, holder)) throw refused('holder-mismatch');
}

/** What its issuer did not sign says nothing about anyone. */
function assertSigned(report: Report): void {
  const of = (id: Check['id']) => report.checks.find(check => check.id === id);
  for (const check of [of('form'), of('signature'), of('key')])
    if (check?.outcome === 'failed')
      throw refused(proofsIn(report).find(({ outcome }) => outcome === 'failed')?.code ?? check.code);
  if (of('form')?.code === 'form-other-credential') throw refused('not-an-open-badge');
}

/** What the check of the signature says of each. */
function proofsIn(report: Report): { outcome?: string; code?: string; cryptosuite?: string; issuedAt?: string }[] {
  const { proofs } = report.checks.find(({ id }) => id === 'signature')?.evidence ?? {};
  return Array.isArray(proofs) ? proofs : [];
}
