import { describe, expect, it } from 'vitest';
import { concat, decodeBase58, encodeBase58, hex, sha256 } from '../../src/vc/bytes.ts';
import { canonize } from '../../src/vc/canonize.ts';
import { contextLoader } from '../../src/vc/contexts.ts';
import { publicKeyFromSeed, signEd25519, verifyEd25519 } from '../../src/vc/ed25519.ts';
import { decodeMultikey, encodeMultikey } from '../../src/vc/multikey.ts';
import { verifyProofs } from '../../src/vc/verify-proofs.ts';
import { fixture, fixtureText, haveFixtures } from '../support/shared.ts';

const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2';
// The vectors use a context that defines every term. It has no place in the product, nor in jsonld's cache.
const loader = async (url: string) => {
  if (url !== EXAMPLES) return { ...(await contextLoader(url)), tag: undefined };
  const document = { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } };
  return { contextUrl: null, documentUrl: url, document } as const;
};
const vector = (name: string) => fixtureText(`vectors/eddsa-rdfc-2022/${name}.txt`);

describe.skipIf(!haveFixtures)('W3C vectors of eddsa-rdfc-2022', () => {
  const read = (name: string) => fixture(`vectors/eddsa-rdfc-2022/${name}.json`);

  it('canonical document, proof configuration and hashes are equal to the byte', async () => {
    const document = await canonize(read('unsigned'), loader);
    const config = await canonize(read('proofConfigDataInt'), loader);
    expect(document).toBe(vector('canonDocDataInt'));
    expect(config).toBe(vector('proofCanonDataInt'));
    expect(hex(await sha256(document))).toBe(vector('docHashDataInt').trim());
    expect(hex(await sha256(config))).toBe(vector('proofHashDataInt').trim());
    expect(hex(concat(await sha256(config), await sha256(document)))).toBe(vector('combinedHashDataInt').trim());
  });

  it('the signature is equal to the byte, and verifies', async () => {
    const { publicKeyMultibase, privateKeyMultibase } = read('keyPair') as Record<string, string>;
    const seed = decodeBase58(privateKeyMultibase!.slice(1)).slice(2);
    expect(encodeMultikey(await publicKeyFromSeed(seed))).toBe(publicKeyMultibase);
    const message = Uint8Array.from(vector('combinedHashDataInt').trim().match(/../g)!, byte => Number(`0x${byte}`));
    const signature = await signEd25519(seed, message);
    expect(hex(signature)).toBe(vector('sigHexDataInt').trim());
    expect(`z${encodeBase58(signature)}`).toBe(vector('sigBTC58DataInt').trim());
    expect(await verifyEd25519(decodeMultikey(publicKeyMultibase).publicKey, message, signature)).toBe(true);
  });

  it('the signed document verifies, and a change in it does not', async () => {
    const key = decodeMultikey((read('keyPair') as Record<string, string>).publicKeyMultibase);
    const options = { keyFor: async () => ({ key }), now: new Date('2026-01-01T00:00:00Z'), loader };
    const signed = read('signedDataInt');
    expect(await verifyProofs(signed, options)).toMatchObject([{ outcome: 'ok', code: 'signature-valid' }]);
    expect(await verifyProofs({ ...signed, name: 'Else' }, options)).toMatchObject([{ code: 'signature-invalid' }]);
  });
});
