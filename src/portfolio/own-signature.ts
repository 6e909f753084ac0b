/**
 * Whether a document that someone signed with a key of their own is what they were given to sign. Pure, but for the
 * check.
 */
import { DomainError } from '../platform/errors.ts';
import { fromBase64url } from '../platform/ids.ts';
import { canonicalJson, parseJson } from '../platform/json.ts';
import { endorsementCredential } from '../vc/endorsement.ts';
import { COMPACT_JWS } from '../vc/jws.ts';

/** What the verifier says of a document. */
export interface Verdict {
  verdict: 'valid' | 'invalid' | 'indeterminate';
  credential: Record<string, unknown> | null;
}

/** Why it is not taken. */
export const ownSignatureFaults = [
  'unreadable',
  'invalid',
  'unsure',
  'another',
  'words',
  'added',
  'issuer',
  'signed',
] as const;
export type OwnSignatureFault = (typeof ownSignatureFaults)[number];

const sentences: Record<OwnSignatureFault, string> = {
  unreadable: 'This is no signed JSON document and no JWT.',
  invalid: 'The signature does not hold.',
  unsure: 'The signature could not be checked: the key of its issuer cannot be reached.',
  another: 'This is not the document that was given to sign.',
  words: 'The words in it are not those that were said.',
  added: 'Something was added to the document that was given to sign, or taken from it.',
  issuer: 'Sign with a key of a did:key, did:web or did:jwk.',
  signed: 'This was signed before.',
};

export const refuseOwn = (fault: OwnSignatureFault, cause?: unknown): DomainError =>
  new DomainError('endorsement-refused', sentences[fault], { cause, extensions: { fault } });

/** DIDs that say where their key is. */
export const OWN_DID = /^did:(key|web|jwk):[A-Za-z0-9._:%-]{1,2000}$/;

/** Characters that a document may have. */
const MOST = 100_000;

type Unsigned = Omit<Parameters<typeof endorsementCredential>[0], 'issuer'>;

/**
 * The document as it is kept: in JSON or a JWT, signed by its issuer, and otherwise as it was given, in one of the
 * languages that it was given in.
 * @throws DomainError `endorsement-refused` with the fault
 */
export async function judgeOwnSignature(
  sent: string,
  wanted: readonly Unsigned[],
  check: (document: string) => Promise<Verdict>,
): Promise<string> {
  const document = sent.trim();
  if (document.length > MOST || !(document.startsWith('{') || COMPACT_JWS.test(document)))
    throw refuseOwn('unreadable');
  const { verdict, credential } = await check(document).catch(cause => {
    if (cause instanceof DomainError) throw refuseOwn('unreadable', cause);
    throw cause;
  });
  if (verdict === 'invalid' || !credential) throw refuseOwn('invalid');
  const issuer = issuerOf(document);
  if (issuer === null || issuer !== idOf(credential.issuer) || !OWN_DID.test(issuer)) throw refuseOwn('issuer');
  const fault = faultOf(credential, wanted) ?? (endsByItself(document) ? 'added' : undefined);
  if (fault) throw refuseOwn(fault);
  if (verdict !== 'valid') throw refuseOwn('unsure');
  return document;
}

function faultOf(credential: Record<string, unknown>, wanted: readonly Unsigned[]): OwnSignatureFault | undefined {
  const subject = credential.credentialSubject as Record<string, unknown> | undefined;
  const mine = wanted.filter(({ id, about }) => credential.id === id && subject?.id === about);
  if (!mine.length) return 'another';
  if (!mine.some(({ comment }) => subject?.endorsementComment === comment)) return 'words';
  const rest = canonicalJson(withoutOwn(credential));
  return mine.some(unsigned => canonicalJson(withoutOwn(asGiven(unsigned))) === rest) ? undefined : 'added';
}

const asGiven = (unsigned: Unsigned): Record<string, unknown> =>
  endorsementCredential({ ...unsigned, issuer: { id: '', type: ['Profile'], name: '' } });

/** Who signs puts in who they are, when, how, and the words that their proof is written in; all else is as it was. */
const withoutOwn = ({
  '@context': _context,
  issuer: _issuer,
  validFrom: _from,
  proof: _proof,
  ...rest
}: Record<string, unknown>) => rest;

const idOf = (node: unknown): unknown =>
  typeof node === 'object' && node !== null ? (node as Record<string, unknown>).id : node;

/** Who signed a document that was kept; null where it does not say. */
export function issuerOf(document: string): string | null {
  try {
    const { issuer, iss } = (document.startsWith('{') ? parseJson(document) : claimsOf(document)) as Named;
    const id = idOf(issuer ?? iss);
    return typeof id === 'string' ? id : null;
  } catch (error) {
    if (error instanceof DomainError || error instanceof TypeError) return null;
    throw error;
  }
}

/** A JWT can have an end of its own, or a place in a list, beside the document (RFC 7519 §4.1.4). */
const endsByItself = (document: string): boolean =>
  !document.startsWith('{') && ['exp', 'status'].some(claim => claim in (claimsOf(document) as object));

type Named = { issuer?: unknown; iss?: unknown };

const claimsOf = (jwt: string) => parseJson(new TextDecoder().decode(fromBase64url(jwt.split('.')[1] ?? '')));
