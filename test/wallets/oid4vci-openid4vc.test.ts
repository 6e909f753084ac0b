// A wallet on the library of the OpenWallet Foundation, which knows 1.0: its schemas judge all that we answer.
import { clientAuthenticationNone, type CallbackContext } from '@openid4vc/oauth2';
import { Openid4vciClient } from '@openid4vc/openid4vci';
import { eq } from 'drizzle-orm';
import { SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { awards, type AwardState } from '../../src/credentials/schema.ts';
import { offerBadge, offerBySignIn } from '../../src/wallets/index.ts';
import { createCopies } from '../support/copies.ts';
import { createWorld } from '../support/create-world.ts';
import { CLIENT, REDIRECT, walletKey, type WalletKey, walletOn } from '../support/wallet.ts';

describe('OpenID4VCI with the wallet library of the OpenWallet Foundation', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createCopies>>;

  beforeAll(async () => {
    // The library takes https alone.
    world = createWorld({ origin: 'https://waarmerk.example' });
    school = await createCopies(world);
  });

  function walletWith(key: WalletKey) {
    const callbacks: Omit<CallbackContext, 'verifyJwt' | 'decryptJwe' | 'encryptJwe'> = {
      fetch: ((url: string | URL, init?: RequestInit) => world.request(String(url), init)) as typeof fetch,
      hash: async data => new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(data))),
      generateRandom: length => crypto.getRandomValues(new Uint8Array(length)),
      clientAuthentication: clientAuthenticationNone({ clientId: CLIENT }),
      signJwt: async (_, { header, payload }) => ({
        jwt: await new SignJWT({ ...payload }).setProtectedHeader(header as never).sign(key.privateKey),
        signerJwk: key.jwk as never,
      }),
    };
    return new Openid4vciClient({ callbacks });
  }
  const signerOf = (key: WalletKey) => ({ method: 'jwk' as const, alg: key.alg, publicJwk: key.jwk as never });
  type Client = Openid4vciClient;
  type Metadata = Awaited<ReturnType<Client['resolveIssuerMetadata']>>;
  type Tokens = { accessTokenResponse: { access_token: string }; dpop?: never };

  /** Asks for a badge with a token, and says that it came. */
  async function fetchBadge(client: Client, key: WalletKey, issuerMetadata: Metadata, tokens: Tokens, name: string) {
    const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata });
    const { jwt } = await client.createCredentialRequestJwtProof({
      issuerMetadata,
      credentialConfigurationId: name,
      signer: signerOf(key),
      nonce,
      clientId: CLIENT,
    });
    return client.retrieveCredentials({
      issuerMetadata,
      credentialConfigurationId: name,
      proofs: { jwt: [jwt] },
      accessToken: tokens.accessTokenResponse.access_token,
      dpop: tokens.dpop,
    });
  }

  async function judge(credential: unknown) {
    const text = typeof credential === 'string' ? credential : JSON.stringify(credential);
    expect((await school.verdict(text)).verdict).toBe('valid');
  }

  it.each(['badge', 'badge-jwt', 'badge-sd-jwt'])('receives %s for a code, and says so', async name => {
    const awardId = await school.give();
    const offered = await offerBadge(world.deps, { awardId, personId: school.person.id, language: 'en' });
    for (const link of [offered.byValue, offered.link]) {
      const key = await walletKey();
      const client = walletWith(key);
      const credentialOffer = await client.resolveCredentialOffer(link);
      const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
      expect(issuerMetadata.originalDraftVersion).toBe('V1');
      if (link === offered.byValue) continue;
      const tokens = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
        credentialOffer,
        issuerMetadata,
        txCode: offered.txCode,
        dpop: { signer: signerOf(key) },
      });
      const answer = await fetchBadge(client, key, issuerMetadata, tokens as never, name);
      const { credentials, notification_id } = answer.credentialResponse;
      await judge((credentials![0] as { credential: unknown }).credential);
      await client.sendNotification({
        issuerMetadata,
        notification: { notificationId: notification_id!, event: 'credential_accepted' },
        accessToken: tokens.accessTokenResponse.access_token,
        dpop: tokens.dpop,
      });
    }
  });

  it.each(['badge', 'badge-jwt', 'badge-sd-jwt'])(
    'receives %s by signing in, later where it is not signed yet',
    async name => {
      const awardId = await school.give();
      const put = (state: AwardState) =>
        world.db.batch([world.db.query.update(awards).set({ state }).where(eq(awards.id, awardId))]);
      await put('reserved');
      const { link } = await offerBySignIn(world.deps, { awardId, personId: school.person.id, language: 'en' });
      const key = await walletKey();
      const client = walletWith(key);
      const credentialOffer = await client.resolveCredentialOffer(link);
      const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
      const asked = await client.initiateAuthorization({
        credentialOffer,
        issuerMetadata,
        clientId: CLIENT,
        redirectUri: REDIRECT,
        scope: name,
        dpop: { signer: signerOf(key) },
      });
      if (!('authorizationRequestUrl' in asked)) throw new Error('The wallet was not sent to a browser.');
      expect(asked.authorizationRequestUrl).toContain('request_uri=urn');
      const { headers } = school.person;
      const { to } = await walletOn(world).answerIn(headers, asked.authorizationRequestUrl, 'allow');
      const response = client.parseAndVerifyAuthorizationResponseRedirectUrl({
        url: to!.href,
        authorizationServerMetadata: issuerMetadata.authorizationServers[0]!,
      });
      const tokens = await client.retrieveAuthorizationCodeAccessTokenFromOffer({
        issuerMetadata,
        credentialOffer,
        authorizationCode: response.code!,
        pkceCodeVerifier: asked.pkce!.codeVerifier,
        redirectUri: REDIRECT,
        dpop: { signer: signerOf(key) },
      });
      const first = await fetchBadge(client, key, issuerMetadata, tokens as never, name);
      const waits = {
        issuerMetadata,
        accessToken: tokens.accessTokenResponse.access_token,
        transactionId: first.credentialResponse.transaction_id!,
        dpop: tokens.dpop,
      };
      const again = await client.retrieveDeferredCredentials(waits);
      expect(again.deferredCredentialResponse).toMatchObject({ transaction_id: waits.transactionId, interval: 5 });
      await put('claimed');
      const ready = await client.retrieveDeferredCredentials(waits);
      await judge((ready.deferredCredentialResponse.credentials![0] as { credential: unknown }).credential);
    },
  );
});
