// Our did:web document beside the rules of DID-CORE and did:web.
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../support/create-world.ts';
import { createSchool } from '../support/world.ts';

const DID = /^did:[a-z0-9]+:(?:[A-Za-z0-9._-]|%[0-9A-F]{2})+(?::(?:[A-Za-z0-9._-]|%[0-9A-F]{2})+)*$/;
const METHOD_MEMBERS = ['id', 'type', 'controller', 'publicKeyMultibase', 'publicKeyJwk', 'revoked', 'expires'];

describe('the DID document of an institution', () => {
  let answer: Awaited<ReturnType<ReturnType<typeof createWorld>['api']>>;
  let did: string;
  beforeAll(async () => {
    const world = createWorld();
    const { institution } = await createSchool(world);
    did = `did:web:${encodeURIComponent(new URL(world.origin).host)}:i:${institution.slug}`;
    answer = await world.api(`/i/${institution.slug}/did.json`);
  });

  it('is JSON-LD that any origin may read (did:web §2.5.2, DID-CORE §6.3)', () => {
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/(did\+ld\+json|did\+json|json)/);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    // DID-CORE §6.3.1: the first value is this one.
    expect(answer.json['@context'][0]).toBe('https://www.w3.org/ns/did/v1');
  });

  it('is about the DID that leads to it (DID-CORE §5.1.1, §3.1)', () => {
    expect(answer.json.id).toBe(did);
    expect(answer.json.id).toMatch(DID);
  });

  it('has verification methods with an id, a type and a controller, each once (DID-CORE §5.2)', () => {
    const methods = answer.json.verificationMethod;
    expect(methods.length).toBeGreaterThan(0);
    for (const method of methods) {
      expect(method.id).toMatch(new RegExp(`^${did.replaceAll('.', '\\.')}#[\\w-]+$`));
      expect(method.controller).toMatch(DID);
      // A key for badges, and one for tokens.
      if (method.type === 'Multikey') expect(method.publicKeyMultibase).toMatch(/^z6Mk[1-9A-HJ-NP-Za-km-z]+$/);
      else
        expect([method.type, method.publicKeyJwk.kty, 'd' in method.publicKeyJwk]).toEqual(['JsonWebKey', 'EC', false]);
      // §5.2: no private key, and nothing that nobody registered.
      expect(Object.keys(method).filter(name => !METHOD_MEMBERS.includes(name))).toEqual([]);
    }
    const ids = methods.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names in assertionMethod only methods that it has (DID-CORE §5.3)', () => {
    const ids = answer.json.verificationMethod.map(({ id }: { id: string }) => id);
    expect(answer.json.assertionMethod.length).toBeGreaterThan(0);
    for (const id of answer.json.assertionMethod) expect(ids).toContain(id);
    expect(new Set(answer.json.assertionMethod).size).toBe(answer.json.assertionMethod.length);
  });

  it('has no members but those of DID-CORE §5', () => {
    const known = [
      ...['@context', 'id', 'alsoKnownAs', 'controller', 'verificationMethod', 'authentication', 'assertionMethod'],
      ...['keyAgreement', 'capabilityInvocation', 'capabilityDelegation', 'service'],
    ];
    expect(Object.keys(answer.json).filter(name => !known.includes(name))).toEqual([]);
  });
});
