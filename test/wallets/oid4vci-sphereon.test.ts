// A wallet of others against the service on a real port. It knows draft 15 and speaks to http where it is told so.
import { serve } from '@hono/node-server';
import { OpenID4VCIClientV1_0_15 } from '@sphereon/oid4vci-client';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offerBadge } from '../../src/wallets/index.ts';
import { createCopies } from '../support/copies.ts';
import { createWorld } from '../support/create-world.ts';
import { freePort } from '../support/free-port.ts';
import { didKeyOf, walletKey } from '../support/wallet.ts';

describe('OpenID4VCI with the wallet library of Sphereon', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createCopies>>;
  let server: ReturnType<typeof serve>;

  beforeAll(async () => {
    const port = await freePort();
    world = createWorld({ origin: `http://localhost:${port}` });
    school = await createCopies(world);
    server = serve({ fetch: world.app.fetch, port });
  });
  afterAll(() => server.close());

  it.each([
    ['badge', 'ldp_vc', 'by reference'],
    ['badge-jwt', 'jwt_vc_json', 'by reference'],
    ['badge-sd-jwt', 'dc+sd-jwt', 'by reference'],
    ['badge', 'ldp_vc', 'by value'],
  ] as const)('receives %s (%s) from an offer %s', async (configuration, format, how) => {
    const awardId = await school.give();
    const { link, txCode } = await offerBadge(world.deps, { awardId, personId: school.person.id, language: 'en' });
    const key = await walletKey('ES256');
    const did = didKeyOf(key.jwk);
    const kid = `${did}#${did.slice(8)}`;
    const uri = how === 'by value' ? await byValue(link) : link;
    const client = await OpenID4VCIClientV1_0_15.fromURI({ uri, kid, alg: 'ES256' });
    await client.acquireAccessToken({ pin: txCode });
    const answer = await client.acquireCredentials({
      credentialConfigurationId: configuration,
      format,
      kid,
      alg: 'ES256',
      proofCallbacks: {
        signCallback: ({ header, payload }) =>
          new SignJWT({ ...payload })
            .setProtectedHeader({ ...header, alg: 'ES256', kid } as never)
            .sign(key.privateKey),
      },
    });
    const { credential } = answer.credentials![0]!;
    const text = typeof credential === 'string' ? credential : JSON.stringify(credential);
    expect((await school.verdict(text)).verdict).toBe('valid');
    expect(text.length).toBeGreaterThan(500);
  });

  async function byValue(link: string): Promise<string> {
    const offer = await (await fetch(new URL(link).searchParams.get('credential_offer_uri')!)).text();
    return `openid-credential-offer://?credential_offer=${encodeURIComponent(offer)}`;
  }
});
