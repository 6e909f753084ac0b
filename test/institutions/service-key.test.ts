import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { carryInstitutions } from '../../src/institutions/after-restore.ts';
import {
  addServiceKey,
  compromiseServiceKey,
  listServiceKeys,
  rotateServiceKey,
  serviceSigner,
  serviceTokenSigner,
} from '../../src/institutions/index.ts';
import { assertOnlySealed } from '../../src/institutions/sealed.ts';
import { serviceKeys } from '../../src/institutions/schema.ts';
import { openDatabase } from '../../src/platform/database-node.ts';
import { worldOn } from '../support/world.ts';
import { createWorld } from '../support/create-world.ts';

const operator = { kind: 'operator' } as const;

describe('the key of the service itself', () => {
  it('is made once by whoever needs it first, also by many at once in two processes', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'service-key-')), 'w.db');
    const here = createWorld({ file });
    const db = openDatabase(file);
    const there = worldOn(db);
    const signers = await Promise.all([here, there, here, there].map(({ deps }) => serviceSigner(deps)));
    expect(new Set(signers.map(signer => signer.publicKeyMultibase)).size).toBe(1);
    expect(signers[0]).toMatchObject({
      id: 'did:web:localhost%3A8787#key-1',
      controller: 'did:web:localhost%3A8787',
      algorithm: 'Ed25519',
    });
    expect(await listServiceKeys(here.deps)).toHaveLength(1);
    db.close();
  });

  it('stands in the DID document of the host, which is never without a key', async () => {
    const world = createWorld({ origin: 'https://badges.example' });
    const answer = await world.api('/.well-known/did.json');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/did+json');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const signer = await serviceSigner(world.deps);
    expect(answer.json).toMatchObject({
      id: 'did:web:badges.example',
      verificationMethod: [
        { id: 'did:web:badges.example#key-1', publicKeyMultibase: signer.publicKeyMultibase },
        { id: 'did:web:badges.example#key-es256-1', publicKeyJwk: { kty: 'EC', crv: 'P-256', alg: 'ES256' } },
      ],
      assertionMethod: ['did:web:badges.example#key-1', 'did:web:badges.example#key-es256-1'],
    });
  });

  it('is rotated: what the old one signed stays good, and a signer that someone held on to does not sign', async () => {
    const { deps } = createWorld();
    const old = await serviceSigner(deps);
    await addServiceKey(deps, operator);
    await rotateServiceKey(deps, operator);
    expect((await serviceSigner(deps)).id).toBe('did:web:localhost%3A8787#key-2');
    await expect(old.sign(new Uint8Array(64))).rejects.toMatchObject({ code: 'key-state' });
    await rotateServiceKey(deps, operator);
    expect((await listServiceKeys(deps)).map(key => key.state)).toEqual(['retired', 'retired', 'active']);
  });

  it('leaves assertionMethod when it was compromised, and another takes its place', async () => {
    const world = createWorld();
    await serviceSigner(world.deps);
    await compromiseServiceKey(world.deps, operator, 'key-1');
    const { json } = await world.api('/.well-known/did.json');
    expect(json.assertionMethod).toEqual(['did:web:localhost%3A8787#key-2', 'did:web:localhost%3A8787#key-es256-1']);
    expect(json.verificationMethod[0]).toMatchObject({ revoked: expect.any(String) });
    await expect(compromiseServiceKey(world.deps, operator, 'key-1')).rejects.toMatchObject({ code: 'key-state' });
    await expect(compromiseServiceKey(world.deps, operator, 'key-9')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes turns with those of its own algorithm alone', async () => {
    const { deps } = createWorld();
    const first = await serviceTokenSigner(deps, 'ES256');
    await serviceSigner(deps);
    await addServiceKey(deps, operator, 'ES256');
    await rotateServiceKey(deps, operator, 'ES256');
    await compromiseServiceKey(deps, operator, 'key-es256-2');
    expect((await serviceTokenSigner(deps, 'ES256')).id).toBe('did:web:localhost%3A8787#key-es256-3');
    expect(first.id).toBe('did:web:localhost%3A8787#key-es256-1');
    const states = Object.fromEntries((await listServiceKeys(deps)).map(key => [key.id, key.state]));
    expect(states).toEqual({
      'key-1': 'active',
      'key-es256-1': 'retired',
      'key-es256-2': 'compromised',
      'key-es256-3': 'active',
    });
  });

  it('K1: is sealed, does not open under another key-encryption key, and a bare one is never copied', async () => {
    const world = createWorld();
    await serviceSigner(world.deps);
    await serviceTokenSigner(world.deps, 'ES256');
    await assertOnlySealed(world.db);
    const elsewhere = { ...world.deps, config: { ...world.deps.config, keyEncryptionKey: new Uint8Array(32).fill(1) } };
    await expect(serviceSigner(elsewhere)).rejects.toMatchObject({ code: 'key-not-opened' });
    await world.db.query.update(serviceKeys).set({ sealed: 'A'.repeat(43) });
    await expect(assertOnlySealed(world.db)).rejects.toMatchObject({ code: 'database-unusable' });
  });

  it('comes along in a restore, so what it signed since the copy stays good and a withdrawal stands', async () => {
    const before = createWorld();
    const copy = createWorld();
    await serviceSigner(before.deps);
    await copy.db.query.insert(serviceKeys).values(await listServiceKeys(before.deps));
    await compromiseServiceKey(before.deps, operator, 'key-1');
    await rotateServiceKey(before.deps, operator);
    const { statements, counts } = await carryInstitutions(copy.deps, before.db);
    await copy.db.batch(statements);
    expect(counts.keys).toBe(3);
    expect(await listServiceKeys(copy.deps)).toEqual(await listServiceKeys(before.deps));
    expect((await serviceSigner(copy.deps)).id).toMatch(/#key-3$/);
  });
});
