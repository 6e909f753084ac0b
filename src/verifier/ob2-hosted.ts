import { type Assertion, differences, isWithinScope, readAssertion } from '../vc/open-badge-2.ts';
import type { Code } from './codes.ts';
import { isObject, isWeb, OB2_PART, type Parts, readParts, sameAddress } from './ob2-parts.ts';
import type { Finding, Findings } from './report.ts';
import type { FetchJson } from './verify.ts';

/** What was judged: the assertion that counts, and its parts as far as they could be read. */
export type Judged = { findings: Findings; document: JsonObject; assertion: Assertion; parts: Parts | undefined };

/**
 * Judges a hosted assertion (OB 2.0 §"Hosted Verification"). It has no signature: that the issuer gave it rests on what
 * the issuer's own site says now, so the copy that was handed over counts for nothing but to say where to ask.
 */
export async function judgeHosted(document: JsonObject, assertion: Assertion, fetchJson: FetchJson): Promise<Judged> {
  const address = [assertion.id, assertion.verification.url].find(text => text !== undefined && isWeb(text));
  if (address === undefined) {
    const signature: Finding = { outcome: 'unknown', code: 'hosted-no-address' };
    return { findings: { signature }, document, assertion, parts: undefined };
  }

  // 1. What the site says now.
  const live = await askSite(address, fetchJson);
  if ('said' in live && live.said.code === 'hosted-unreachable') {
    return { findings: { signature: live.said }, document, assertion, parts: undefined };
  }
  const now = 'document' in live ? { ...live.document, id: address } : document;
  const read = readAssertion(now);
  const judged = 'defect' in read ? assertion : read;
  const findings: Findings = { ...compare(document, live, address) };
  if ('defect' in read && !('said' in live)) {
    findings.signature = { outcome: 'failed', code: 'hosted-mismatch', evidence: { address, members: [read.defect] } };
  }
  if (findings.signature?.outcome === 'failed') {
    return { findings, document, assertion, parts: undefined };
  }

  // 2. Whether the site is the issuer's.
  const parts = await readParts(judged.badge, fetchJson);
  if ('code' in parts) {
    const { outcome, code, evidence } = parts;
    return {
      findings: { ...findings, key: { outcome, code, evidence } },
      document: now,
      assertion: judged,
      parts: undefined,
    };
  }
  findings.key = isWithinScope(address, parts.profile)
    ? { outcome: 'ok', code: 'hosted-at-issuer', evidence: { address, issuer: parts.profile.id } }
    : { outcome: 'failed', code: 'hosted-elsewhere', evidence: { address, issuer: parts.profile.id } };
  return { findings, document: 'said' in live ? document : now, assertion: judged, parts };
}

type Live = { document: JsonObject } | { said: Finding };

/** The assertion at its own address, or what the site says in its place. */
async function askSite(address: string, fetchJson: FetchJson): Promise<Live> {
  const evidence: Record<string, unknown> = { address };
  let fetched: unknown;
  try {
    fetched = await fetchJson(address, OB2_PART);
  } catch (error) {
    const { code, status } = error as { code?: unknown; status?: unknown };
    // OB 2.0 §"Hosted Verification": 410 Gone is how a site says that it took the badge back.
    if (status === 410)
      return { said: { outcome: 'failed', code: 'revoked', evidence: { ...evidence, httpStatus: 410 } } };
    return { said: { outcome: 'unknown', code: 'hosted-unreachable', evidence: { ...evidence, reason: code } } };
  }
  if (!isObject(fetched)) {
    return {
      said: { outcome: 'unknown', code: 'hosted-unreachable', evidence: { ...evidence, reason: 'fetch-type' } },
    };
  }
  if (fetched.revoked === true && (fetched.id === undefined || sameAddress(fetched.id, address))) {
    return { said: { outcome: 'failed', code: 'revoked', evidence: { ...evidence, ...whyTakenBack(fetched) } } };
  }
  return { document: fetched };
}

function compare(copy: JsonObject, live: Live, address: string): Findings {
  const evidence: Record<string, unknown> = { address };
  if ('said' in live) {
    // That it is taken back says too that it was given.
    return { signature: { outcome: 'ok', code: 'hosted-confirmed', evidence }, status: live.said };
  }
  const confirmed = (code: Code, more = {}): Findings => ({
    signature: { outcome: 'ok', code, evidence: { ...evidence, ...more } },
    status: { outcome: 'ok', code: 'status-clear', evidence: { list: address } },
  });
  const { decisive, others } = differences(copy, live.document);
  if (live.document.id !== undefined && !sameAddress(live.document.id, address)) decisive.push('id');
  if (decisive.length > 0) {
    const members = decisive.slice(0, 10);
    return { signature: { outcome: 'failed', code: 'hosted-mismatch', evidence: { ...evidence, members } } };
  }
  return others.length > 0
    ? confirmed('hosted-changed', { members: others.slice(0, 10) })
    : confirmed('hosted-confirmed');
}

/** The words of an issuer for taking a badge back, if there are any. */
export const whyTakenBack = ({ revocationReason: reason }: JsonObject): { listReason?: string } =>
  typeof reason === 'string' ? { listReason: reason.slice(0, 500) } : {};
