import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeTransport, isPublicAddress } from '../../src/platform/fetch-node.ts';
import { badge, keySigner, signAny, webSigner } from '../support/badges.ts';
import { entry } from '../support/check-world.ts';
import { createWorld } from '../support/create-world.ts';

describe('a canary on the inside, seen from the front door', () => {
  let canary: Server;
  let port: number;
  let bytes = 0;
  let asked: string[] = [];
  // Names of the inside resolve, as they would where the service runs; nothing resolves to anywhere else.
  const transport = createNodeTransport({
    lookup: async host => {
      asked.push(host);
      return host.startsWith('public') ? ['192.0.2.1'] : ['127.0.0.1', '::1'];
    },
    allow: isPublicAddress,
  });
  const world = createWorld({ transport, origin: 'https://waarmerk.example' });

  beforeAll(async () => {
    canary = createServer(socket => {
      socket.on('error', () => {}).on('data', data => (bytes += data.length));
    });
    await new Promise<void>(done => canary.listen(0, done));
    port = (canary.address() as AddressInfo).port;
  });
  afterAll(() => canary.close());

  const inside = () => [
    ...['127.0.0.1', '0x7f.1', '2130706433', '0177.0.0.1', '127.1', '[::ffff:127.0.0.1]', '[::1]', '0.0.0.0'],
    ...[
      '169.254.169.254',
      '100.64.0.1',
      '[fd00::1]',
      '[64:ff9b::7f00:1]',
      '127。0。0。1',
      'localhost',
      'rebound.example',
    ],
  ];
  const urls = () =>
    inside().flatMap(host => [
      ...['https', 'http'].flatMap(scheme => [`${scheme}://${host}/x`, `${scheme}://${host}:${port}/x`]),
      ...[`https://user@${host}:${port}/`, `ftp://${host}:${port}/`, `gopher://${host}:${port}/`],
    ]);
  const check = async (body: unknown) => {
    const answer = await world.api('/api/v1/verifications', { body });
    return answer.json.verdict ?? answer.json.code;
  };

  it('F1 F4: the address of a badge leads nowhere on the inside', async () => {
    for (const url of [...urls(), 'file:///etc/passwd', 'data:application/json,{}'])
      expect([url, await check({ url })]).toEqual([url, 'credential-unreachable']);
  });

  it('F1 F5: a DID leads nowhere on the inside', async () => {
    const dids = [
      ...inside().flatMap(host => [`did:web:${host}`, `did:web:${host}%3A${port}`]),
      ...[`did:web:user%40127.0.0.1%3A${port}`, `did:web:a.example%2F..%2F:x`, 'did:web:%5B%3A%3A1%5D', 'did:web:..'],
    ];
    for (const did of dids) {
      const signed = await signAny(badge(did), await webSigner(did, 31)).catch(() => undefined);
      // What is no IRI cannot even be signed; it can be sent.
      const credential = signed ?? { ...badge(did), proof: { type: 'DataIntegrityProof' } };
      expect([did, await check({ credential })]).toEqual([did, expect.stringMatching(/^(invalid|indeterminate)$/)]);
    }
  });

  it('F1 F4: a status list leads nowhere on the inside', async () => {
    const signer = await keySigner(31);
    for (const statusListCredential of urls().filter(url => URL.canParse(url))) {
      const credentialStatus = entry({ statusListCredential });
      const credential = await signAny(badge(signer.controller, { credentialStatus }), signer);
      expect([statusListCredential, await check({ credential })]).toEqual([
        statusListCredential,
        expect.stringMatching(/^(invalid|indeterminate)$/),
      ]);
    }
  });

  it('F10: nothing else that a badge names is asked for at all', async () => {
    const signer = await keySigner(31);
    const url = 'https://tracker.example/pixel.png';
    const credential = await signAny(
      badge(signer.controller, {
        image: { id: url, type: 'Image' },
        evidence: [{ id: url, type: ['Evidence'] }],
        termsOfUse: [{ id: url, type: 'urn:x:terms' }],
        credentialSchema: [{ id: url, type: 'JsonSchema' }],
        refreshService: { id: url, type: 'urn:x:refresh' },
      }),
      signer,
    );
    asked = [];
    expect(await check({ credential })).toBe('valid');
    expect(asked).toEqual([]);
  });

  it('F1 F2 F3 F4 F5: the canary received 0 bytes', async () => {
    await new Promise(done => setTimeout(done, 100));
    console.log(`canary: ${bytes} bytes`);
    expect(bytes).toBe(0);
  });
});
