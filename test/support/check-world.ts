// A small world to check badges in: an institution with a did:web, a status list of its own, and a network of answers.
import { didDocument } from '../../src/vc/did.ts';
import type { Signer } from '../../src/vc/signer.ts';
import { emptyBits, encodeList, setBit, statusListCredential } from '../../src/vc/status-list.ts';
import { readCandidate } from '../../src/verifier/read.ts';
import type { Report } from '../../src/verifier/report.ts';
import { type VerifyDeps, verify } from '../../src/verifier/verify.ts';
import { badge, type Json, minutes, NOW, network, type SignOptions, signAny, webSigner } from './badges.ts';

export const DID = 'did:web:linde.example';
export const DID_URL = 'https://linde.example/.well-known/did.json';
export const LIST_URL = 'https://linde.example/status/1';

/** The document of `DID`, with its one key changed or the whole replaced. */
export const issuerDocument = (signer: Signer, key: Json = {}, changes: Json = {}): Json => {
  const document = didDocument({
    did: DID,
    keys: [{ id: 'key-1', publicKeyMultibase: signer.publicKeyMultibase, state: 'active' }],
  });
  return { ...document, verificationMethod: [{ ...(document.verificationMethod as Json[])[0], ...key }], ...changes };
};

export const entry = (changes: Json = {}): Json => ({
  id: `${LIST_URL}#5`,
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '5',
  statusListCredential: LIST_URL,
  ...changes,
});

export type ListOptions = {
  bits?: Uint8Array;
  set?: number[];
  signer?: Signer;
  changes?: Json;
  subject?: Json;
} & SignOptions;

export async function world(answers: Json = {}) {
  const signer = await webSigner(DID, 11);
  const stranger = await webSigner('did:web:vreemd.example', 12);
  const net = network({ [DID_URL]: issuerDocument(signer), ...answers });

  /** A signed status list at `LIST_URL`, in which the given places are set. */
  const list = async ({ bits = emptyBits(), set = [], changes = {}, subject = {}, ...options }: ListOptions = {}) => {
    let filled = bits;
    for (const index of set) filled = setBit(filled, index, true);
    const credential: Json = statusListCredential({
      id: LIST_URL,
      issuer: DID,
      purpose: 'revocation',
      encodedList: await encodeList(filled),
      validFrom: minutes(-30),
      validUntil: minutes(24 * 60),
      ttlMs: 300_000,
    });
    const credentialSubject = { ...(credential.credentialSubject as Json), ...subject };
    return signAny({ ...credential, credentialSubject, ...changes }, options.signer ?? signer, options);
  };

  const issue = (changes: Json = {}, options: SignOptions = {}) => signAny(badge(DID, changes), signer, options);

  const check = (document: unknown, deps: Partial<VerifyDeps> = {}): Promise<Report> =>
    verify(readCandidate(document), { now: NOW, fetchJson: net.fetchJson, ...deps });

  /** The verdict and the code that decided it, as in `invalid revoked`. */
  const verdict = async (document: unknown, deps: Partial<VerifyDeps> = {}) => {
    const { verdict, code } = await check(document, deps);
    return verdict === code ? verdict : `${verdict} ${code}`;
  };

  return { signer, stranger, ...net, list, issue, check, verdict };
}

export const line = (report: Report, id: string) => report.checks.find(check => check.id === id)!;
