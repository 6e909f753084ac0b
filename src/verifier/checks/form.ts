import { compact, type Dataset, toDataset } from '../../vc/canonize.ts';
import { contextLoader, contexts, VC1_CONTEXT, VC2_CONTEXT } from '../../vc/contexts.ts';
import { cryptosuiteOf } from '../../vc/cryptosuites.ts';
import { credentialDefect, isUrl } from '../../vc/data-model.ts';
import { VcError } from '../../vc/errors.ts';
import { CREDENTIAL_TYPE, type SignedMeaning, signedMeaning } from '../../vc/signed-meaning.ts';
import { proofsOf, type Verified, withoutProof } from '../../vc/verify-proofs.ts';
import type { Code } from '../codes.ts';
import { type Policy, PRODUCT } from '../policy.ts';
import { assertLimits, type Candidate } from '../read.ts';
import type { Envelope } from '../read-jwt.ts';
import { openSelective } from '../read-sd-jwt.ts';
import type { Finding } from '../report.ts';
import { checkClaims } from './form-claims.ts';

/** A document whose statements could be read in full: from here on only `meaning` is judged, not the spelling. */
export type Sound = {
  document: JsonObject;
  /** The JWT that the document came in. */
  envelope?: Envelope;
  dataset: Dataset;
  meaning: SignedMeaning;
  issuerId: string;
  /** For a credential that is no badge and no list: whether it may say nothing of when it begins. */
  mayLackDates?: boolean;
  loader: DocumentLoader;
  /** Of a document that is judged again and again: the signatures that were verified before. */
  verified?: Verified;
};

/**
 * Reads a credential, badge or status list, as what it says: no keyword that hides a statement, no context but the
 * bundled ones, no term that would be dropped, one id and one issuer. `types` are the types it must have; without any,
 * it may be any credential that follows the data model.
 */
export async function checkForm(
  candidate: Candidate,
  types: string[],
  policy: Policy = PRODUCT,
): Promise<{ finding: Finding; sound?: Sound }> {
  const { envelope } = candidate;
  if (!envelope?.selective) return checkStatements(candidate, types, policy);
  // An SD-JWT: what was disclosed is put in its place before anything is read of it.
  const failed = (code: Code, reason: string) =>
    ({ finding: { outcome: 'failed', code, evidence: { reason } } }) as const;
  let opened: Candidate | undefined;
  try {
    opened = await openSelective({ ...envelope, selective: envelope.selective });
  } catch (error) {
    if (!(error instanceof VcError)) throw error;
    return failed('disclosure-invalid', error.message);
  }
  if (!opened) return failed('malformed', 'claims');
  assertLimits(opened.document);
  return opened.envelope?.selective?.plain ? checkClaims(opened, types) : checkStatements(opened, types, policy);
}

async function checkStatements(
  { document, envelope }: Candidate,
  types: string[],
  policy: Policy,
): Promise<{ finding: Finding; sound?: Sound }> {
  const fail = (code: Code, evidence?: Finding['evidence'], outcome: 'failed' | 'unknown' = 'failed') => ({
    finding: { outcome, code, evidence } as Finding,
  });

  const keyword = findKeyword(document);
  if (keyword) return fail('keyword-not-allowed', { keyword });
  const context = judgeContext(document['@context'], policy);
  if (context) return context;

  if (envelope?.conflict) return fail('malformed', { claim: envelope.conflict });

  const anyCredential = types.length === 0;
  const issuerId = idOf(document.issuer);
  const defect = anyCredential ? credentialDefect(document) : typeof document.id === 'string' ? undefined : 'id';
  if (defect || issuerId === undefined) return fail('malformed', { member: issuerId ? defect : 'issuer' });

  const loader = loaderFor(policy);
  let dataset: Dataset;
  let meaning: SignedMeaning;
  try {
    dataset = await toDataset(withoutProof(document), loader);
    // Who has no id is given one for as long as it takes to read the statements about it.
    meaning = signedMeaning(
      dataset.root === undefined && anyCredential
        ? await toDataset({ ...withoutProof(document), id: `urn:uuid:${crypto.randomUUID()}` }, loader)
        : dataset,
    );
  } catch (error) {
    if (!(error instanceof VcError)) throw error;
    return fail(readingCode(error), { reason: error.message });
  }
  // VC-DATA-MODEL-2.0 §4.5: a type is a URL, also where a context of the document's own says which.
  if (anyCredential && meaning.types.some(type => !isUrl(type))) return fail('malformed', { member: 'type' });
  if (dataset.root !== document.id) return fail('malformed', { member: 'id' });
  if (meaning.issuerIds.length !== 1 || meaning.issuerIds[0] !== issuerId)
    return fail('malformed', { member: 'issuer' });

  // VC-DATA-MODEL 1.1 §4.6, where this date is what a credential cannot do without.
  if ([document['@context']].flat()[0] === VC1_CONTEXT && meaning.issuanceDate.length === 0)
    return fail('malformed', { member: 'issuanceDate' });

  // Of a list nothing may have been left out: when it ends, for one.
  const isPart = mayLeaveOut(document, envelope);
  if (isPart && meaning.lists.some(list => list.encodedLists.length > 0)) return fail('malformed', { member: 'proof' });

  if (envelope?.status) meaning.statuses.push(envelope.status);
  const sound = {
    document,
    envelope,
    dataset,
    meaning,
    issuerId,
    mayLackDates: anyCredential || isPart,
    loader,
  };
  const missing = [CREDENTIAL_TYPE, ...types].filter(type => !meaning.types.includes(type));
  if (missing.length > 0) return { ...fail('not-an-open-badge', { missing }), sound };
  return { finding: { outcome: 'ok', code: 'form-sound' }, sound };
}

/** Whether what is shown may be a part of what was signed: then what is not there may only have been left out. */
export const mayLeaveOut = (document: JsonObject, envelope: Envelope | undefined): boolean =>
  (envelope?.selective?.hidden?.size ?? 0) > 0 ||
  proofsOf(document).some(proof => (proof as JsonObject | null)?.cryptosuite === 'ecdsa-sd-2023');

/** The bundled contexts, and those that a policy adds. */
export function loaderFor({ contexts: added }: Policy): DocumentLoader {
  if (added.size === 0) return contextLoader;
  return async url => {
    const document = added.get(url);
    return document ? { contextUrl: null, documentUrl: url, document } : contextLoader(url);
  };
}

/** Judges the root's `@context`; nothing is the answer when it is sound. */
export function judgeContext(context: unknown, policy: Policy): { finding: Finding } | undefined {
  const list = Array.isArray(context) ? context : [context];
  const finding = (outcome: 'failed' | 'unknown', code: Code, evidence = {}) => ({
    finding: { outcome, code, evidence },
  });
  // A definition of its own can give any word any meaning; a URL that we lack could be harmless.
  const isInline = (entry: unknown) => typeof entry === 'object' && entry !== null;
  if (!policy.inlineContexts && list.some(isInline)) {
    return finding('failed', 'context-not-allowed', { context: 'inline' });
  }
  const urls = list.filter(entry => !isInline(entry));
  if (urls.some(entry => typeof entry !== 'string')) return finding('failed', 'malformed', { member: '@context' });
  const unknown = (urls as string[]).filter(url => !contexts.has(url) && !policy.contexts.has(url));
  if (unknown.length > 0) {
    return finding('unknown', 'context-not-allowed', { context: unknown[0], contexts: [...new Set(unknown)] });
  }
  // VC-DATA-MODEL-2.0 §4.3, VC-DATA-MODEL 1.1 §4.1: the first item is the base context.
  if (list[0] !== VC2_CONTEXT && list[0] !== VC1_CONTEXT) return finding('failed', 'malformed', { member: '@context' });
  return undefined;
}

/** The first `@` key that stands where none may stand. The walk is bounded: a candidate is at most 32 levels deep. */
export function findKeyword(document: JsonObject): string | undefined {
  const rootContexts = [document['@context']].flat();
  const visit = (value: unknown, name: string): string | undefined => {
    if (Array.isArray(value)) return firstOf(value, item => visit(item, name));
    if (typeof value !== 'object' || value === null || isLanguageValue(value)) return undefined;
    return firstOf(Object.entries(value), ([key, member]) => {
      if (!key.startsWith('@')) return visit(member, key);
      // OB 3.0 §B.1.11 has an embedded endorsement repeat the contexts, and VC-DI-EDDSA §3.3.1 a proof over JSON; what
      // only repeats changes no meaning.
      const mayRepeat =
        name === 'endorsement' || (name === 'proof' && cryptosuiteOf(value as JsonObject)?.signs === 'json');
      const repeats = mayRepeat && key === '@context' && [member].flat().every(c => rootContexts.includes(c));
      return repeats ? undefined : key;
    });
  };
  return firstOf(Object.entries(document), ([key, member]) => {
    if (key === '@context') return undefined;
    return key.startsWith('@') ? key : visit(member, key);
  });
}

function firstOf<T, R>(items: T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `{"@value": "…", "@language": "nl"}`: a text, and the one use of `@` keys that hides nothing. */
function isLanguageValue(value: object): boolean {
  const members = Object.entries(value);
  return (
    '@value' in value &&
    members.every(([key, member]) => ['@value', '@language', '@direction'].includes(key) && typeof member === 'string')
  );
}

/** The id of a node that is written as one id: a string, or an object with a string `id`. */
export function idOf(node: unknown): string | undefined {
  const id = typeof node === 'object' && node !== null && !Array.isArray(node) ? (node as JsonObject).id : node;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/**
 * The document, fit to show: no members that are null and, where it was signed, none under a full IRI. What nobody signed
 * is not worth the work of bringing back to its terms.
 */
export async function display({ document, envelope }: Sound, signed: boolean): Promise<JsonObject> {
  const shown = withoutNulls(document) as JsonObject;
  return signed && !envelope?.selective?.plain && hasFullIri(shown) ? compact(shown) : shown;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(item => item !== null).map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutNulls(member)]));
}

function hasFullIri(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasFullIri);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, member]) => key.includes(':') || hasFullIri(member));
}

/** What a document that could not be read as statements is told by. */
export const readingCode = ({ code }: VcError): Code =>
  code === 'undefined-term' || code === 'data-loss' || code === 'too-complex' ? code : 'malformed';
