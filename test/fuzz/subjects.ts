import { didDocument } from '../../src/vc/did.ts';
import { sign } from '../../src/vc/proof.ts';
import { emptyBits, encodeList, setBit, statusListCredential } from '../../src/vc/status-list.ts';
import { badge, type Json, keySigner, signAny, webSigner } from '../support/badges.ts';
import { entry } from '../support/check-world.ts';
import type { createWorld } from '../support/create-world.ts';
import { derive, selectiveKey, signBase, signJson } from '../support/proofs.ts';
import { createSchool, exampleAward } from '../support/world.ts';

/** A signed document to change, and whether it is good as it stands; one that is not may never be made to look so. */
export type Subject = { name: string; document: Json; good: boolean };

const DID = 'did:web:fuzz.example';
const PARTS = 'did:web:delen.example';
const HOUR = 3_600_000;
const PAST = '2020-01-01T00:00:00Z';

/** Badges, good and bad, by the service and by the reference library, in several spellings. */
export async function badgesOf(world: ReturnType<typeof createWorld>): Promise<Subject[]> {
  const school = await createSchool(world);
  const made = await world.api('/api/v1/awards', { key: school.keys.awarder, body: exampleAward(school.achievement) });
  const ours: Json = (await world.api(made.json.credential, { key: school.keys.awarder })).json;

  const signer = await keySigner(21);
  const issue = (changes: Json = {}, proof: Json = {}) =>
    signAny(badge(signer.controller, changes), signer, { created: new Date(Date.now() - HOUR), proof });
  const rich = {
    name: { '@value': 'Valpreventie', '@language': 'nl' },
    evidence: [
      { id: 'https://a.example/1', type: ['Evidence'], name: 'Portfolio', narrative: 'Een portfolio.' },
      { id: 'https://a.example/2', type: ['Evidence'], name: 'Gesprek' },
    ],
    validUntil: new Date(Date.now() + 24 * HOUR).toISOString(),
  };
  return [
    { name: 'award', document: ours, good: true },
    { name: 'plain', document: await issue(), good: true },
    { name: 'rich', document: await issue(rich), good: true },
    {
      name: 'proof with id',
      document: await issue({}, { id: 'urn:uuid:proof', expires: rich.validUntil }),
      good: true,
    },
    { name: 'expired', document: await issue({ validUntil: PAST.replace('2020', '2026') }), good: false },
    { name: 'proof expired', document: await issue({}, { expires: PAST }), good: false },
    { name: 'status out of reach', document: await issue({ credentialStatus: entry() }), good: false },
  ];
}

/**
 * Badges with a proof over JSON, and badges of which a part was left out; with what the network has to answer for them.
 */
export async function otherProofs(): Promise<{ subjects: Subject[]; answers: [string, string][] }> {
  const signer = await keySigner(23);
  const key = await selectiveKey(PARTS);
  const plain = badge(signer.controller, { validUntil: new Date(Date.now() + 24 * HOUR).toISOString() });
  const json = await signJson(plain, signer);
  const { proof: statements } = await signAny(plain, signer, { created: new Date(Date.now() - HOUR) });

  const url = 'https://delen.example/status/1';
  const status = entry({ id: `${url}#5`, statusListCredential: url });
  const whole = badge(PARTS, { credentialStatus: status, validUntil: plain.validUntil, description: 'Een badge.' });
  const always = ['/id', '/issuer', '/validFrom', '/validUntil', '/credentialStatus'];
  const part = await derive(await signBase(whole, key, always), ['/name', '/credentialSubject']);
  const noStatus = await derive(await signBase(whole, key, always.slice(0, 3)), ['/name', '/credentialSubject']);

  const { list, document } = await keptBy(PARTS, url, key.pair.publicKeyMultibase);
  return {
    subjects: [
      { name: 'json proof', document: json, good: true },
      { name: 'json and statements', document: { ...json, proof: [json.proof, statements] }, good: true },
      { name: 'json proof expired', document: await signJson({ ...plain, validUntil: PAST }, signer), good: false },
      { name: 'part', document: part, good: true },
      // Nothing shows that there is more of it (docs/decisions/0010), so that it is as good as it says.
      { name: 'part without its status', document: noStatus, good: true },
    ],
    answers: [
      [url, JSON.stringify(list)],
      ['https://delen.example/.well-known/did.json', JSON.stringify(document)],
    ],
  };
}

/** A clear list of an issuer, and the document with its keys: one for lists and one for badges. */
async function keptBy(did: string, url: string, publicKeyMultibase: string) {
  const signer = await webSigner(did, 24);
  const now = Date.now();
  const list = await sign(
    statusListCredential({
      id: url,
      issuer: did,
      purpose: 'revocation',
      encodedList: await encodeList(emptyBits()),
      validFrom: new Date(now - HOUR),
      validUntil: new Date(now + 12 * HOUR),
      ttlMs: 300_000,
    }),
    signer,
    { created: new Date(now - HOUR) },
  );
  const keys = [
    { id: 'key-1', publicKeyMultibase: signer.publicKeyMultibase, state: 'active' as const },
    { id: publicKeyMultibase, publicKeyMultibase, state: 'active' as const },
  ];
  return { list, document: didDocument({ did, keys }) };
}

/** A status list and the badge that leans on it, each at an address of its own, so that nothing remembers another. */
export async function listOf(number: number, revoked: boolean) {
  const signer = await webSigner(DID, 22);
  const url = `https://fuzz.example/status/${number}`;
  const now = Date.now();
  const bits = revoked ? setBit(emptyBits(), 5, true) : emptyBits();
  const list = await sign(
    statusListCredential({
      id: url,
      issuer: DID,
      purpose: 'revocation',
      encodedList: await encodeList(bits),
      validFrom: new Date(now - HOUR),
      validUntil: new Date(now + 12 * HOUR),
      ttlMs: 300_000,
    }),
    signer,
    { created: new Date(now - HOUR) },
  );
  const status = entry({ id: `${url}#5`, statusListCredential: url });
  const leaning = await sign(badge(DID, { credentialStatus: status }), signer, { created: new Date(now - HOUR) });
  return { url, list: list as unknown as Json, badge: leaning as Json };
}

/** The address and the document of the issuer of those lists. */
export async function issuerOfLists(): Promise<[string, string]> {
  const { publicKeyMultibase } = await webSigner(DID, 22);
  const document = didDocument({ did: DID, keys: [{ id: 'key-1', publicKeyMultibase, state: 'active' }] });
  return ['https://fuzz.example/.well-known/did.json', JSON.stringify(document)];
}
