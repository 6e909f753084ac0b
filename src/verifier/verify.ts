import { VcError } from '../vc/errors.ts';
import { BADGE_TYPE } from '../vc/signed-meaning.ts';
import { checkDates } from './checks/dates.ts';
import { checkEndorsements } from './checks/endorsements.ts';
import { checkForm, display, type Sound } from './checks/form.ts';
import { checkIssuer } from './checks/issuer.ts';
import { keyringOf } from './checks/key.ts';
import { checkRecipient } from './checks/recipient.ts';
import { checkSchema } from './checks/schema.ts';
import { checkSignature } from './checks/signature.ts';
import { checkStatus } from './checks/status.ts';
import { type Policy, PRODUCT } from './policy.ts';
import { type Candidate, limitBroken, MAX_STATUSES } from './read.ts';
import { type Finding, type Findings, type Report, writeReport } from './report.ts';
import type { SeenLists } from './seen-lists.ts';

/** One guarded GET of JSON; rejects with an error that has a `code`. */
export type FetchJson = (url: string, options: { maxBytes: number; accept: string }) => Promise<unknown>;
/** Looks an issuer up in the trust lists. */
export type Known = (did: string) => Promise<{ list: string; name: string; since?: string } | undefined>;
/** Why a bit of a list is set, for lists of our own. */
export type Reason = (
  listUrl: string,
  index: number,
) => Promise<
  { state: 'revoked' | 'suspended' | 'superseded'; reason?: string; at?: string; successor?: string } | undefined
>;

/** A status list of our own as it stood at a moment; `undefined` for lists of others, and before there was one. */
export type ListAt = (listUrl: string, at: Date) => Promise<unknown>;

export type VerifyDeps = {
  now: Date;
  /** The moment to judge the dates at, when it is not now. */
  at?: Date;
  fetchJson: FetchJson;
  /** The same, for what may also be a JWT: that comes as a text. Without it only JSON is read. */
  fetchDocument?: FetchJson;
  listAt?: ListAt;
  seen?: SeenLists;
  known?: Known;
  reason?: Reason;
  /** Any credential may be something other than a badge, and then has no rules of badges to follow. */
  kind?: 'badge' | 'any';
  policy?: Policy;
  /** Asks for form, signature, key and dates only, and says of the status and the rules that nobody asked. */
  proofOnly?: boolean;
};

/**
 * Checks a badge of VC 2.0 or 1.1, with proofs inside it or in a JWT: what it says is read from the graph that was signed,
 * and a line is written for every check. The verdict is never `valid` while something it rests on is unknown.
 * @throws DomainError `limit-broken` when statuses beyond the limit were hidden in the spelling
 */
export async function verify(candidate: Candidate, deps: VerifyDeps): Promise<Report> {
  const { now, at, fetchJson, known, kind = 'badge', policy = PRODUCT, proofOnly } = deps;
  const { document } = candidate;
  const findings: Findings = {};
  const report = async (sound?: Sound, signed = true) =>
    writeReport(findings, { now, at, credential: sound ? await shown(sound, signed) : null });

  // 1. Form. What cannot be read in full is not judged any further.
  const { finding, sound } = await checkForm(candidate, kind === 'badge' ? [BADGE_TYPE] : [], policy);
  findings.form = finding;
  if (finding.outcome !== 'ok' || !sound) return report(sound);
  if (sound.meaning.statuses.length > MAX_STATUSES) throw limitBroken(`more than ${MAX_STATUSES} statuses`);

  // 2. Signature and key. Nothing has been fetched so far; now the issuer's own document may be.
  const keyring = keyringOf(sound.issuerId, { fetchJson, now, policy });
  const { signature, key, methods } = await checkSignature(sound, keyring, now);
  findings.signature = signature;
  findings.key = key;
  // 3. What someone else signed may say anything, so nothing that it names is fetched.
  if (signature.outcome === 'failed' || key.outcome === 'failed') return report(sound, false);

  // 4. What the issuer says of the badge, and what others say of the issuer.
  findings.issuer = await checkIssuer(sound, known);
  findings.dates = checkDates(sound, at ?? now);
  const unasked: Finding = { outcome: 'not-applicable', code: 'skipped' };
  findings.status = proofOnly
    ? unasked
    : await checkStatus(sound, { fetchDocument: fetchJson, ...deps, keyring, methods });
  const isBadge = sound.meaning.types.includes(BADGE_TYPE);
  findings.schema = proofOnly
    ? unasked
    : isBadge
      ? checkSchema(document)
      : { outcome: 'not-applicable', code: 'schema-not-asked' };
  findings.endorsements = checkEndorsements(document);
  findings.recipient = checkRecipient();
  return report(sound);
}

async function shown(sound: Sound, signed: boolean): Promise<Report['credential']> {
  try {
    return await display(sound, signed);
  } catch (error) {
    if (error instanceof VcError) return null;
    throw error;
  }
}
