import { type Dataset, toDataset } from '../vc/canonize.ts';
import { presentationDefect } from '../vc/data-model.ts';
import { VcError } from '../vc/errors.ts';
import { isSameHolder } from '../vc/holder-key.ts';
import { COMPACT_JWS } from '../vc/jws.ts';
import { proofsOf, withoutProof } from '../vc/verify-proofs.ts';
import { checkForm, findKeyword, idOf, judgeContext, loaderFor, readingCode } from './checks/form.ts';
import { keyringOf } from './checks/key.ts';
import { checkSignature } from './checks/signature.ts';
import type { Code } from './codes.ts';
import { type Policy, PRODUCT } from './policy.ts';
import { type Candidate, limitBroken, readCandidate } from './read.ts';
import type { Finding, Report, Verdict } from './report.ts';
import { type VerifyDeps, verify } from './verify.ts';

/** What a presentation was asked for, so that one that was made for another occasion is worth nothing here. */
export type Asked = { challenge?: string; domain?: string };

type PresentationReport = {
  verdict: Verdict;
  /** `valid`, or the code of what decided. */
  code: Code;
  findings: Record<'form' | 'signature' | 'key' | 'asked' | 'holder', Finding>;
  /** One for each credential that was shown, in their order. */
  credentials: Report[];
};

const MAX_CREDENTIALS = 10;
const HOLDER = 'https://www.w3.org/2018/credentials#holder';
const SHOWN = 'https://www.w3.org/2018/credentials#verifiableCredential';
const skipped: Finding = { outcome: 'skipped', code: 'skipped' };

/**
 * Checks a presentation (VC-DATA-MODEL-2.0 §4.13): its form, every proof, whether it was made for who asks, every
 * credential in it, and whether those are about the one who shows them.
 * @throws DomainError `limit-broken`, and what `readCandidate` throws for a credential that cannot be read
 */
export async function verifyPresentation(
  candidate: Candidate,
  asked: Asked,
  deps: VerifyDeps,
): Promise<PresentationReport> {
  const { now, fetchJson, policy = PRODUCT } = deps;
  const findings = { form: skipped, signature: skipped, key: skipped, asked: skipped, holder: skipped };
  const { document, envelope } = candidate;

  const shown = shownBy(document);
  if (shown.length > MAX_CREDENTIALS) throw limitBroken(`more than ${MAX_CREDENTIALS} credentials`);

  // 1. Form.
  const loader = loaderFor(policy);
  const read = await readForm(candidate, policy, loader);
  findings.form = read.finding;
  if (!read.dataset) return judged(findings, []);
  const credentials = shown.map(credential => readCandidate(credential));

  // 2. Whoever shows it signs it. Without a holder, that is whoever signed.
  const holder = idOf(document.holder) ?? signerOf(candidate);
  const signers = policy.signers === 'issuer' ? 'issuer' : 'anyone';
  const holderPolicy: Policy = { ...policy, signers };
  const keyring = keyringOf(holder, { fetchJson, now, purpose: 'authentication', policy: holderPolicy });
  const signed = { document, envelope, dataset: read.dataset, loader };
  const { signature, key } = await checkSignature(signed, keyring, now, 'authentication');
  Object.assign(findings, { signature, key });
  findings.asked = checkAsked(candidate, asked, policy.unasked);
  if ([signature, key, findings.asked].some(({ outcome }) => outcome === 'failed')) return judged(findings, []);

  // 3. What is shown, and about whom it is.
  const reports = await Promise.all(credentials.map(shownOne => verify(shownOne, { kind: 'any', ...deps })));
  findings.holder = policy.otherSubjects
    ? { outcome: 'not-applicable', code: 'skipped' }
    : await checkHolder(holder, credentials, policy);
  return judged(findings, reports);
}

async function readForm(
  { document, envelope }: Candidate,
  policy: NonNullable<VerifyDeps['policy']>,
  loader: DocumentLoader,
): Promise<{ finding: Finding; dataset?: Dataset }> {
  const failed = (code: Code, evidence: Record<string, unknown>) => ({
    finding: { outcome: 'failed', code, evidence } as Finding,
  });
  // Each credential brings its own contexts, and is judged on its own.
  const { verifiableCredential: _, ...around } = document;
  const keyword = findKeyword(around);
  if (keyword) return failed('keyword-not-allowed', { keyword });
  const context = judgeContext(document['@context'], policy);
  if (context) return context;
  // VC-DATA-MODEL 1.1 §6.3.1: a JWT may hold JWTs as they are, which say nothing that a graph could.
  const isJwt = (credential: unknown) =>
    envelope !== undefined && typeof credential === 'string' && COMPACT_JWS.test(credential);
  const nodes = shownBy(document).filter(credential => !isJwt(credential));
  const statements = { ...around, ...(nodes.length > 0 ? { verifiableCredential: nodes } : {}) };
  const member = envelope?.conflict ?? presentationDefect(statements);
  if (member) return failed('malformed', { member });
  let dataset: Dataset;
  try {
    dataset = await toDataset(withoutProof(statements), loader);
  } catch (error) {
    if (!(error instanceof VcError)) throw error;
    const code = readingCode(error);
    return failed(code, { reason: error.message });
  }
  // A holder or a credential that is spelled in another way would go by unseen.
  const said = (predicate: string) =>
    dataset.quads.filter(quad => quad.predicate.value === predicate && quad.graph.termType === 'DefaultGraph');
  const holder = idOf(document.holder);
  if (said(HOLDER).some(({ object }) => object.value !== holder)) return failed('malformed', { member: 'holder' });
  if (said(SHOWN).length !== nodes.length) return failed('malformed', { member: 'verifiableCredential' });
  return { finding: { outcome: 'ok', code: 'form-sound' }, dataset };
}

const shownBy = ({ verifiableCredential: shown }: JsonObject): unknown[] => (shown === undefined ? [] : [shown].flat());

/** The DID whose method the first proof names. */
function signerOf({ document, envelope }: Candidate): string {
  const [proof] = proofsOf(document);
  const method = envelope
    ? envelope.jws.header.kid
    : (proof as { verificationMethod?: unknown } | null)?.verificationMethod;
  return typeof method === 'string' ? method.split('#', 1)[0]! : '';
}

/** VC-DATA-INTEGRITY §2.1 (challenge, domain); OpenID4VP names them nonce and aud in a JWT. */
function checkAsked({ document, envelope }: Candidate, { challenge, domain }: Asked, unasked: boolean): Finding {
  const answers = envelope
    ? [{ challenge: envelope.nonce, domains: envelope.audience }]
    : (proofsOf(document) as JsonObject[]).map(proof => ({
        challenge: proof?.challenge,
        domains: [proof?.domain ?? []].flat(),
      }));
  const wrong = (code: Code): Finding => ({ outcome: 'failed', code });
  // Without a challenge of today, it may be a copy of what was shown to another.
  if (challenge === undefined && !unasked) return wrong('challenge-mismatch');
  if (challenge !== undefined && answers.some(answer => answer.challenge !== challenge))
    return wrong('challenge-mismatch');
  if (domain !== undefined && answers.some(answer => !answer.domains.includes(domain))) return wrong('domain-mismatch');
  return { outcome: 'ok', code: 'presentation-asked' };
}

/** A credential about a DID may be shown by that DID; one that names nobody in that way, by whoever has it. */
async function checkHolder(holder: string, credentials: Candidate[], policy: Policy): Promise<Finding> {
  // What was signed, and not how it is spelled here: a subject under a full IRI is a subject.
  const read = await Promise.all(credentials.map(credential => checkForm(credential, [], policy)));
  const subjects = read.flatMap(({ sound }) => sound?.meaning.subjectIds ?? []);
  const other = subjects.find(subject => subject?.startsWith('did:') && !isSameHolder(subject, holder));
  return other
    ? { outcome: 'failed', code: 'holder-mismatch', evidence: { holder, subject: other } }
    : { outcome: 'ok', code: 'holder-match', evidence: { holder } };
}

function judged(findings: PresentationReport['findings'], credentials: Report[]): PresentationReport {
  const all = [
    ...Object.values(findings),
    ...credentials.map(({ verdict, code }) => ({ outcome: OUTCOMES[verdict], code })),
  ];
  const failed = all.find(({ outcome }) => outcome === 'failed');
  const unknown = all.find(({ outcome }) => outcome === 'unknown' || outcome === 'skipped');
  const verdict = failed ? 'invalid' : unknown ? 'indeterminate' : 'valid';
  return { verdict, code: (failed ?? unknown)?.code ?? 'valid', findings, credentials };
}

const OUTCOMES = { valid: 'ok', invalid: 'failed', indeterminate: 'unknown' } as const;
