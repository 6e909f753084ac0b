import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue, verifyCredential } from '@digitalbazaar/vc';
import { concat, sha256 } from '../../src/vc/bytes.ts';
import { canonizeDataset, toDatasetByLibrary } from '../../src/vc/canonize.ts';
import { contextLoader, MULTIKEY_CONTEXT } from '../../src/vc/contexts.ts';
import { didKeyDocument } from '../../src/vc/did.ts';
import { decodeMultikey } from '../../src/vc/multikey.ts';
import { sign } from '../../src/vc/proof.ts';
import { verifyProofs } from '../../src/vc/verify-proofs.ts';
import { readFetched } from '../../src/verifier/fetched.ts';
import { readCandidate } from '../../src/verifier/read.ts';
import { type FetchJson, verify } from '../../src/verifier/verify.ts';
import { badge, keySigner, NOW } from '../support/badges.ts';
import { DID_URL, entry, LIST_URL, world as checkWorld } from '../support/check-world.ts';
import { createWorld } from '../support/create-world.ts';

export interface Rate {
  what: string;
  perSecond: number;
  /** How many times what the reference library does. */
  ratio: number;
}

const MS = 3_000;

/** Runs one thing after another for a while; resolves to how many it did in a second. */
async function rate(run: (i: number) => Promise<unknown>): Promise<number> {
  for (let i = 0; i < 20; i++) await run(i);
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < MS) await run(done++);
  return (done * 1000) / (performance.now() - start);
}

/**
 * Runs several things in turn, fifty times each, so that whatever else the machine does falls on all and the garbage of
 * one on itself; resolves to how many it did of each in a second.
 */
async function ratesInTurn(runs: ((i: number) => Promise<unknown>)[]): Promise<number[]> {
  for (const run of runs) for (let i = 0; i < 100; i++) await run(i);
  const spent = runs.map(() => 0);
  let done = 0;
  for (const end = performance.now() + MS * runs.length; performance.now() < end; done += 50)
    for (const [which, run] of runs.entries()) {
      const start = performance.now();
      for (let i = 0; i < 50; i++) await run(i);
      spent[which]! += performance.now() - start;
    }
  return spent.map(ms => (done * 1000) / ms);
}

/**
 * A whole check of badges with a did:web and a status list, all that it asks for at hand; and what the library does of
 * it.
 */
export async function measureCheck(): Promise<Rate[]> {
  const { signer, list, ...world } = await checkWorld();
  const network = new Map(
    Object.entries({ ...world.answers, [LIST_URL]: await list({}) }).map(([url, answer]) => [
      url,
      JSON.stringify(answer),
    ]),
  );
  const { fetcher } = createWorld({ network, now: () => NOW }).deps;
  const badges = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      world.issue({ id: `urn:uuid:00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, credentialStatus: entry() }),
    ),
  );
  const did = JSON.parse(network.get(DID_URL)!) as { verificationMethod: object[] };
  const documentLoader: DocumentLoader = async url => {
    if (!url.startsWith('did:')) return contextLoader(url);
    const document = url.includes('#') ? { '@context': MULTIKEY_CONTEXT, ...did.verificationMethod[0] } : did;
    return { contextUrl: null, documentUrl: url, document };
  };
  const checkStatus = async () => ({ verified: true });
  const theirs = async (i: number) => {
    const suite = new DataIntegrityProof({ cryptosuite });
    const answer = await verifyCredential({
      credential: badges[i % 50]!,
      suite,
      documentLoader,
      checkStatus,
      now: NOW,
    });
    if (!answer.verified) throw new Error('The library refuses a good badge.', { cause: answer.error });
  };
  const ours = async (i: number) => {
    const session = fetcher.session();
    const fetchDocument: FetchJson = async (url, options) => readFetched(await session.get(url, options));
    const deps = { now: NOW, fetchJson: session.json, fetchDocument };
    const { verdict, code } = await verify(readCandidate(badges[i % 50]!), deps);
    if (verdict !== 'valid') throw new Error(`A good badge is ${verdict}: ${code}.`);
  };
  const [library, whole] = (await ratesInTurn([theirs, ours])) as [number, number];
  return [
    { what: 'verify in turn with the next, @digitalbazaar/vc without the status', perSecond: library, ratio: 1 },
    { what: 'check with everything cached, ours, with key and status list', perSecond: whole, ratio: whole / library },
  ];
}

/**
 * Signing and verifying one badge at a time, by us, by the reference library, and by the bare steps nobody can leave
 * out.
 */
export async function measureLibrary(): Promise<Rate[]> {
  const signer = await keySigner(1);
  const created = new Date();
  const make = (i: number) =>
    badge(signer.controller, {
      id: `urn:uuid:00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      validFrom: '2026-01-01T00:00:00Z',
    });
  const suite = () =>
    new DataIntegrityProof({
      cryptosuite,
      signer: { id: signer.id, algorithm: 'Ed25519', sign: ({ data }: { data: Uint8Array }) => signer.sign(data) },
    });
  const documentLoader: DocumentLoader = async url => {
    if (!url.startsWith('did:')) return contextLoader(url);
    const whole = didKeyDocument(url.split('#')[0]!);
    return {
      contextUrl: null,
      documentUrl: url,
      document: url.includes('#') ? (whole.verificationMethod as object[])[0]! : whole,
    };
  };

  const issued = await rate(i => issue({ credential: make(i), suite: suite(), documentLoader }));
  const signed = await rate(i => sign(make(i), signer, { created }));
  const dataset = await toDatasetByLibrary(make(0));
  const floor = await rate(async () =>
    signer.sign(concat(await sha256(await canonizeDataset(dataset)), await sha256('proof'))),
  );

  const badges = await Promise.all(Array.from({ length: 50 }, (_, i) => sign(make(i), signer, { created })));
  const key = decodeMultikey(signer.publicKeyMultibase);
  const theirs = await rate(i =>
    verifyCredential({ credential: badges[i % 50]!, suite: new DataIntegrityProof({ cryptosuite }), documentLoader }),
  );
  const ours = await rate(i => verifyProofs(badges[i % 50]!, { now: created, keyFor: async () => ({ key }) }));

  return [
    { what: 'sign, @digitalbazaar/vc', perSecond: issued, ratio: 1 },
    { what: 'sign, ours', perSecond: signed, ratio: signed / issued },
    { what: 'sign, the limit (canonicalise, hash, sign)', perSecond: floor, ratio: floor / issued },
    { what: 'verify, @digitalbazaar/vc', perSecond: theirs, ratio: 1 },
    { what: 'verify a proof, ours', perSecond: ours, ratio: ours / theirs },
    ...(await measureCheck()),
  ];
}
