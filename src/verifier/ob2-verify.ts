import { type Assertion, readAssertion, typesOf } from '../vc/open-badge-2.ts';
import { countEndorsements } from './checks/endorsements.ts';
import { checkIssuer, listed } from './checks/issuer.ts';
import { checkRecipient, statedIn2 } from './checks/recipient.ts';
import { judgeHosted, whyTakenBack } from './ob2-hosted.ts';
import { isWeb, type Parts, sameAddress } from './ob2-parts.ts';
import { judgeSigned } from './ob2-signed.ts';
import type { Candidate } from './read.ts';
import { type Finding, type Findings, type Report, writeReport } from './report.ts';
import type { VerifyDeps } from './verify.ts';

const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * Checks a badge of Open Badges 2.0 or 1.1, hosted or signed, and writes the same lines as for one of 3.0. A picture or
 * evidence that it names is never fetched.
 */
export async function verifyOpenBadge2(
  { document: given, envelope, source }: Candidate,
  deps: VerifyDeps,
): Promise<Report> {
  const { now, at, fetchJson, known, recipient } = deps;
  // Around a badge of this kind there are no claims: all of what was signed is the badge.
  const document = envelope ? envelope.jws.payload : given;
  const findings: Findings = {};
  const report = (credential: JsonObject) => writeReport(findings, { now, at, credential });

  // 1. Form.
  const read = readAssertion(document);
  if ('defect' in read && isTakenBack(document, source)) {
    const evidence = { address: source };
    Object.assign(findings, {
      form: { outcome: 'ok', code: 'form-sound' },
      signature: { outcome: 'ok', code: 'hosted-confirmed', evidence },
      status: { outcome: 'failed', code: 'revoked', evidence: { ...evidence, ...whyTakenBack(document) } },
    } satisfies Findings);
    return report(document);
  }
  if ('defect' in read) {
    const other = typesOf(document).find(type => /^(BadgeClass|Issuer|Profile|Endorsement)$/.test(type));
    findings.form = other
      ? { outcome: 'failed', code: 'badge-not-awarded', evidence: { type: other } }
      : { outcome: 'failed', code: 'malformed', evidence: { member: read.defect } };
    return report(document);
  }
  findings.form = { outcome: 'ok', code: 'form-sound' };
  if (deps.onlyTrusted && !(await mayBeListed(read, known))) {
    findings.key = { outcome: 'unknown', code: 'issuer-not-listed' };
    return report(document);
  }

  // 2. The site or the signature, and whose it is.
  const judged =
    read.verification.type === 'hosted'
      ? await judgeHosted(document, read, fetchJson)
      : await judgeSigned(document, read, envelope?.jws, fetchJson);
  Object.assign(findings, judged.findings);
  const { assertion, parts } = judged;
  const credential = assembled(judged.document, parts);
  if (findings.signature?.outcome === 'failed' || findings.key?.outcome === 'failed') return report(credential);

  // 3. What the issuer says of the badge, and what others say of the issuer.
  if (parts) findings.issuer = await checkIssuer({ id: parts.profile.id, name: parts.issuer.name }, known, now);
  findings.dates = checkDates(assertion, at ?? now);
  findings.schema = parts ? checkRules(judged.document, parts) : { outcome: 'not-applicable', code: 'schema-older' };
  findings.endorsements = countEndorsements(credential);
  findings.recipient = await checkRecipient(statedIn2(assertion.recipient), recipient);
  return report(credential);
}

/** Whether this is all that the site of an issuer still says of a badge: that it took it back. */
const isTakenBack = (document: JsonObject, source: string | undefined): boolean =>
  document.revoked === true && source !== undefined && (document.id === undefined || sameAddress(document.id, source));

/** The parts in one object, as OB 2.0 lets them be written out, so that they are shown as one badge. */
const assembled = (document: JsonObject, parts: Parts | undefined): JsonObject =>
  parts ? { ...document, badge: { ...parts.badgeClass, issuer: parts.issuer } } : document;

/** Registry only (threat F11): of the issuer nothing is known yet but where the badge says that it and its parts are. */
async function mayBeListed({ id, badge, verification }: Assertion, known: VerifyDeps['known']): Promise<boolean> {
  const issuer = typeof badge === 'object' ? badge.issuer : undefined;
  const issuerId = typeof issuer === 'object' && issuer !== null ? (issuer as JsonObject).id : issuer;
  const said = [issuerId, typeof badge === 'string' ? badge : badge.id, id, verification.url];
  const addresses = said.filter((text): text is string => typeof text === 'string' && isWeb(text));
  if (addresses.length === 0) return false;
  // All of them: one that is on a list must not open the way to another that is not.
  for (const address of addresses) if (!(await listed(address, known))) return false;
  return true;
}

function checkDates({ issuedOn, expires }: Assertion, at: Date): Finding {
  const evidence = { validFrom: issuedOn.toISOString(), validUntil: expires?.toISOString() };
  if (expires && expires < issuedOn) return { outcome: 'failed', code: 'malformed', evidence };
  if (expires && expires.getTime() < at.getTime() - CLOCK_SKEW_MS)
    return { outcome: 'failed', code: 'expired', evidence };
  if (issuedOn.getTime() > at.getTime() + CLOCK_SKEW_MS) return { outcome: 'failed', code: 'not-yet-valid', evidence };
  return { outcome: 'ok', code: 'dates-current', evidence };
}

/** The members that OB 2.0 requires of each part. Many a good badge lacks one, so this never decides. */
function checkRules(assertion: JsonObject, { badgeClass, issuer }: Parts): Finding {
  const lacking = (part: JsonObject, of: string, names: string[]) =>
    names.filter(name => part[name] === undefined).map(name => `${of}.${name}`);
  const members = [
    ...lacking(assertion, 'assertion', ['id', 'type', 'recipient', 'badge', 'verification', 'issuedOn']),
    ...lacking(badgeClass, 'badge', ['id', 'type', 'name', 'description', 'image', 'criteria', 'issuer']),
    ...lacking(issuer, 'issuer', ['id', 'type', 'name', 'url', 'email']),
  ];
  return members.length === 0
    ? { outcome: 'ok', code: 'schema-match-older' }
    : { outcome: 'not-applicable', code: 'schema-older', evidence: { members } };
}
