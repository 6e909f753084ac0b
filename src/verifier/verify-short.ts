import { VcError } from '../vc/errors.ts';
import { readShortBadge, SHORT_BADGE, type SignedShortBadge, verifyShortBadge } from '../vc/short-badge.ts';
import { checkIssuer, listed } from './checks/issuer.ts';
import { keyringOf } from './checks/key.ts';
import { checkRecipient, statedIn } from './checks/recipient.ts';
import { judgeTokenEntry } from './checks/status-token.ts';
import { type Finding, type Findings, type Report, writeReport } from './report.ts';
import type { FetchJson, VerifyDeps } from './verify.ts';

const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * The short form of a badge in a text: `undefined` for a text that is something else, `null` for one that cannot be read.
 * Digits of which one was changed are the short form of a badge all the same, and a bad one.
 */
export function readShort(text: string): SignedShortBadge | null | undefined {
  const [, digits] = SHORT_BADGE.exec(text.trim()) ?? [];
  if (!digits) return undefined;
  try {
    return readShortBadge(digits);
  } catch (error) {
    if (error instanceof VcError) return null;
    throw error;
  }
}

/**
 * Checks the short form of a badge, which fits in a QR code and is no Open Badge (docs/decisions/0017). It is for where
 * there is no network: what nobody answers for now is taken from what was answered before, and the report says when that
 * was. Without that it is unknown, as always.
 */
export async function verifyShort(read: SignedShortBadge | null, deps: VerifyDeps): Promise<Report> {
  const { now, at, known, recipient, seen, reason } = deps;
  const findings: Findings = {};
  if (!read) {
    findings.form = { outcome: 'failed', code: 'malformed', evidence: { member: 'short' } };
    return writeReport(findings, { now, at, credential: null });
  }
  const { badge, method } = read;
  const credential = shown(read);
  const report = () => writeReport(findings, { now, at, credential, short: true });
  findings.form = { outcome: 'ok', code: 'form-short' };
  if (deps.onlyTrusted && !(await listed(badge.issuer, known))) {
    findings.key = { outcome: 'unknown', code: 'issuer-not-listed', evidence: { issuer: badge.issuer } };
    return report();
  }

  // 1. The key, from the issuer's own document and nothing that the code holds; then the signature.
  const { fetchKept, heard } = remembering(deps);
  const keyring = keyringOf(badge.issuer, { fetchJson: fetchKept, now });
  const found = await keyring.keyFor(method);
  const evidence = { verificationMethods: [method], ...knownAt([...heard.values()][0]) };
  // A document from before the short form was made says nothing of a key that came after it.
  const isOlder = [...heard.values()].some(at => at < badge.made);
  if ('code' in found) {
    const later = found.code === 'key-not-found' && isOlder;
    findings.key = later
      ? { outcome: 'unknown', code: 'issuer-unresolvable', evidence }
      : { outcome: found.outcome, code: found.code, evidence };
    findings.signature = { outcome: 'skipped', code: 'signature-not-checked' };
  } else if (await verifyShortBadge(read, found.key)) {
    findings.signature = { outcome: 'ok', code: 'signature-valid' };
    findings.key = { outcome: 'ok', code: 'key-authorized', evidence };
  } else findings.signature = { outcome: 'failed', code: 'signature-invalid' };
  if (findings.signature.outcome === 'failed' || findings.key?.outcome === 'failed') return report();

  // 2. What the issuer says of it.
  findings.issuer = await checkIssuer({ id: badge.issuer, name: undefined }, known, now);
  findings.dates = checkDates(read, at ?? now);
  const { list, index } = badge.status;
  const entry = { kind: 'token-status-list', uri: list, idx: index } as const;
  const status = await judgeTokenEntry(entry, {
    ...{ keyring, methods: [method], fetchDocument: fetchKept, now },
    ...(seen ? { seen } : {}),
    ...(reason ? { reason } : {}),
  });
  findings.status = { ...status, evidence: { ...status.evidence, ...knownAt(heard.get(list)) } };
  findings.schema = { outcome: 'not-applicable', code: 'schema-other-form' };
  findings.endorsements = { outcome: 'not-applicable', code: 'no-endorsements' };
  findings.recipient = await checkRecipient(statedIn(credential), recipient);
  return report();
}

/** Fetches that fall back on what was answered before, and when each answer was given. */
function remembering({ fetchKept, fetchDocument, fetchJson, now }: VerifyDeps) {
  const heard = new Map<string, Date>();
  const fetch: FetchJson = async (url, options) => {
    const { document, at } = fetchKept
      ? await fetchKept(url, options)
      : { document: await (fetchDocument ?? fetchJson)(url, options), at: now };
    heard.set(url, at);
    return document;
  };
  return { fetchKept: fetch, heard };
}

const knownAt = (at: Date | undefined) => (at ? { knownAt: at.toISOString() } : {});

function checkDates({ badge: { made, validUntil } }: SignedShortBadge, at: Date): Finding {
  const evidence = { validFrom: made.toISOString(), validUntil: validUntil?.toISOString() };
  if (validUntil && validUntil.getTime() < at.getTime() - CLOCK_SKEW_MS)
    return { outcome: 'failed', code: 'expired', evidence };
  if (made.getTime() > at.getTime() + CLOCK_SKEW_MS) return { outcome: 'failed', code: 'not-yet-valid', evidence };
  return { outcome: 'ok', code: 'dates-current', evidence };
}

/** What the short form says, in the words of a badge, without calling it one. */
function shown({ badge }: SignedShortBadge): JsonObject {
  const { issuer, id, title, recipient, awarded, made, validUntil } = badge;
  const identifier = { identityType: 'name', hashed: false, identityHash: recipient };
  return {
    type: ['VerifiableCredential'],
    id,
    name: title,
    issuer: { id: issuer },
    awardedDate: `${awarded}T00:00:00Z`,
    validFrom: made.toISOString(),
    ...(validUntil ? { validUntil: validUntil.toISOString() } : {}),
    credentialSubject: { ...(recipient ? { identifier: [identifier] } : {}), achievement: { name: title } },
  };
}
