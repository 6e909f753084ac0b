import { VcError } from '../vc/errors.ts';
import { isOpenBadge2 } from '../vc/open-badge-2.ts';
import { BADGE_TYPE, ENDORSEMENT_TYPE } from '../vc/signed-meaning.ts';
import { checkDates } from './checks/dates.ts';
import { checkEndorsements } from './checks/endorsements.ts';
import { checkForm, display, mayLeaveOut, type Sound } from './checks/form.ts';
import { checkIssuer, type Listing, listed } from './checks/issuer.ts';
import { keyringOf } from './checks/key.ts';
import type { KeyBinding } from './checks/key-binding.ts';
import { metadataKeyring } from './checks/key-metadata.ts';
import { checkRecipient, statedIn } from './checks/recipient.ts';
import type { RecipientAsked } from './checks/recipient-asked.ts';
import { checkSchema } from './checks/schema.ts';
import { checkSignature } from './checks/signature.ts';
import { checkStatus } from './checks/status.ts';
import { unlessWithheld, whatMayBeWithheld } from './checks/withheld.ts';
import { verifyOpenBadge2 } from './ob2-verify.ts';
import { type Policy, PRODUCT } from './policy.ts';
import { type Candidate, limitBroken, MAX_STATUSES } from './read.ts';
import { type Finding, type Findings, type Report, withRefresh, writeReport } from './report.ts';
import { fetchNewer, judgeNewer } from './refresh.ts';
import type { SeenLists } from './seen-lists.ts';
import { tellHashed, type Timer } from './technical.ts';
import { verifyShort } from './verify-short.ts';

/** One guarded GET of JSON; rejects with an error that has a `code`. */
export type FetchJson = (url: string, options: FetchOptions) => Promise<unknown>;
type FetchOptions = { maxBytes: number; accept: string };
/** Looks an issuer up in the trust lists. */
export type Known = (issuerId: string) => Promise<Listing[]>;
/** Why a bit of a list is set, for lists of our own. */
export type Reason = (
  listUrl: string,
  index: number,
) => Promise<
  { state: 'revoked' | 'suspended' | 'superseded'; reason?: string; at?: string; successor?: string } | undefined
>;

/** A status list of our own as it stood at a moment: `null` before there was one, `undefined` for lists of others. */
export type ListAt = (listUrl: string, at: Date) => Promise<unknown>;

export type VerifyDeps = {
  now: Date;
  /** The moment to judge the dates at, when it is not now. */
  at?: Date;
  fetchJson: FetchJson;
  /** The same, for what may also be a JWT: that comes as a text. Without it only JSON is read. */
  fetchDocument?: FetchJson;
  /** The same, or what was answered before when nobody answers now; and when that was. */
  fetchKept?: (url: string, options: FetchOptions) => Promise<{ document: unknown; at: Date }>;
  listAt?: ListAt;
  seen?: SeenLists;
  known?: Known;
  /** Fetches nothing for an issuer that is on no list (threat F11). */
  onlyTrusted?: boolean;
  /** Set when the report is to tell how it came about. */
  timer?: Timer;
  /** Whom the checker has in front of them. */
  recipient?: RecipientAsked;
  reason?: Reason;
  /** Set for what is checked within a check: no further newer version, and no endorsements of endorsements. */
  within?: 'refresh' | 'endorsement';
  /** Any credential may be something other than a badge, and then has no rules of badges to follow. */
  kind?: 'badge' | 'any';
  policy?: Policy;
  /** For an SD-JWT: whether its holder has to prove that it is theirs, and for what occasion. */
  keyBinding?: KeyBinding;
  /** Asks for form, signature, key and dates only, and says of the status and the rules that nobody asked. */
  proofOnly?: boolean;
};

/**
 * Checks a badge of VC 2.0 or 1.1, with proofs inside it or in a JWT: what it says is read from the graph that was
 * signed, and a line is written for every check. The verdict is never `valid` while something it rests on is unknown.
 * @throws DomainError `limit-broken` when statuses beyond the limit were hidden in the spelling
 */
export async function verify(candidate: Candidate, deps: VerifyDeps): Promise<Report> {
  if (candidate.short !== undefined) return verifyShort(candidate.short, deps);
  if (isOpenBadge2(candidate.document)) return verifyOpenBadge2(candidate, deps);
  const { now, at, fetchJson, known, kind = 'badge', policy = PRODUCT, proofOnly } = deps;
  const timed: Step = deps.timer ?? ((_, work) => work());
  const findings: Findings = {};
  const report = async (sound?: Sound, isSigned = true) => {
    const withheld = sound && mayLeaveOut(sound.document, sound.envelope);
    const credential = sound ? await shown(sound, isSigned) : null;
    const report = writeReport(findings, { now, at, credential, withheld });
    const { timer } = deps;
    return timer
      ? { ...report, technical: { ...(await tellHashed(sound)), documents: [], timing: timer.timing } }
      : report;
  };

  // 1. Form. What cannot be read in full is not judged any further.
  const types = kind === 'any' ? [] : [isEndorsement(candidate) ? ENDORSEMENT_TYPE : BADGE_TYPE];
  const { finding, sound } = await timed('form', () => checkForm(candidate, types, policy));
  findings.form = finding;
  if (finding.outcome !== 'ok' || !sound) return report(sound);
  if (sound.meaning.statuses.length > MAX_STATUSES) throw limitBroken(`more than ${MAX_STATUSES} statuses`);

  if (deps.onlyTrusted && !(await listed(sound.issuerId, known))) {
    findings.key = { outcome: 'unknown', code: 'issuer-not-listed', evidence: { issuer: sound.issuerId } };
    return report(sound);
  }

  // 2. Signature and key. Nothing has been fetched so far; now the issuer's own document may be.
  const keyring = keyringFor(sound, { fetchJson, now, policy });
  const keyBinding = { required: policy.keyBinding === 'required', ...deps.keyBinding };
  const signed = await timed('signature', () => checkSignature(sound, keyring, now, 'assertionMethod', keyBinding));
  const { signature, key, methods } = signed;
  findings.signature = signature;
  findings.key = key;
  // 3. What someone else signed may say anything, so nothing that it names is fetched.
  if (signature.outcome === 'failed' || key.outcome === 'failed') return report(sound, false);

  // 4. A newer version, which then is what is checked. What a badge was at another moment is asked of that badge.
  const refresh = deps.within || proofOnly || at ? undefined : await timed('refresh', () => newerVersion(sound, deps));
  if (refresh && 'report' in refresh) return refresh.report;
  findings.refresh = refresh?.finding;

  // 5. What the issuer says of the badge, and what others say of the issuer.
  const { issuerId, document } = sound;
  findings.issuer = await timed('issuer', () =>
    checkIssuer({ id: issuerId, name: nameOf(document.issuer) }, known, now),
  );
  const may = whatMayBeWithheld(sound, signed.mandatory);
  findings.dates = unlessWithheld(checkDates(sound, at ?? now), may.dates, 'dates-maybe-withheld', policy);
  const unasked: Finding = { outcome: 'not-applicable', code: 'skipped' };
  findings.status = proofOnly
    ? unasked
    : unlessWithheld(
        await timed('status', () => checkStatus(sound, { fetchDocument: fetchJson, ...deps, keyring, methods })),
        may.status,
        'status-maybe-withheld',
        policy,
      );
  const isBadge = sound.meaning.types.includes(BADGE_TYPE);
  findings.schema = proofOnly
    ? unasked
    : isBadge
      ? await timed('schema', () => checkSchema(sound))
      : { outcome: 'not-applicable', code: 'schema-not-asked' };
  if (deps.within !== 'endorsement' && !proofOnly) {
    const judge = (endorsement: Candidate) => verify(endorsement, { ...deps, ...WITHIN, at: undefined });
    findings.endorsements = await timed('endorsements', () => checkEndorsements(document, judge));
  }
  findings.recipient = await checkRecipient(statedIn(document), deps.recipient);
  return report(sound);
}

/** SD-JWT VCs have a way of their own to find the keys of an issuer that is no DID. */
const keyringFor = (sound: Sound, deps: Parameters<typeof keyringOf>[1]) =>
  sound.envelope?.selective?.plain && sound.issuerId.startsWith('https://')
    ? metadataKeyring(sound.issuerId, deps)
    : keyringOf(sound.issuerId, deps);

/**
 * What is checked within a check has no newer version, no endorsements, nobody in front of it, and no clock of its own.
 */
const WITHIN = { kind: 'badge', within: 'endorsement', recipient: undefined, timer: undefined } as const;

type Step = <T>(step: string, work: () => T | Promise<T>) => T | Promise<T>;

/** OB 3.0 §B.1.7: words of someone about a badge, an achievement or an institution; a credential of its own. */
const isEndorsement = ({ document }: Candidate): boolean => [document.type].flat().includes('EndorsementCredential');

const nameOf = (issuer: unknown): unknown =>
  typeof issuer === 'object' && issuer !== null ? (issuer as JsonObject).name : undefined;

/** The report on the newer version that the badge leads to, or why it is this one that is judged. */
async function newerVersion(
  sound: Sound,
  deps: VerifyDeps,
): Promise<{ report: Report } | { finding: Finding } | undefined> {
  const found = await fetchNewer(sound, deps.fetchDocument ?? deps.fetchJson);
  if (!found || 'finding' in found) return found;
  const { sound: newer } = await checkForm(found.candidate, [BADGE_TYPE], deps.policy);
  const finding = newer ? judgeNewer(sound, newer, deps.now) : judgeNewer(sound, undefined, deps.now);
  if (finding.code !== 'refresh-newer') return { finding };
  const report = await verify(found.candidate, { ...deps, within: 'refresh' });
  const signed = ['form', 'signature', 'key'].every(id => report.checks.find(one => one.id === id)?.outcome === 'ok');
  if (!signed) return { finding: { ...finding, outcome: 'unknown', code: 'refresh-refused' } };
  return { report: withRefresh(report, finding) };
}

async function shown(sound: Sound, signed: boolean): Promise<Report['credential']> {
  try {
    return await display(sound, signed);
  } catch (error) {
    if (error instanceof VcError) return null;
    throw error;
  }
}
