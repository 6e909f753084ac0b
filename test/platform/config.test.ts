import { describe, expect, it } from 'vitest';
import example from '../../keys.example/secrets.json';
import { readConfig } from '../../src/platform/config.ts';

const secret = (n: number) => Buffer.alloc(32, n).toString('base64url');
const production = {
  NODE_ENV: 'production',
  ORIGIN: 'https://badges.example.nl',
  KEY_ENCRYPTION_KEY: secret(1),
  SESSION_SECRET: secret(2),
};

const eduid = { OIDC_ISSUER: 'https://connect.surfconext.nl', OIDC_CLIENT_ID: 'badges', OIDC_CLIENT_SECRET: 's' };
const other = (over: object) =>
  JSON.stringify([
    {
      id: 'b',
      name: 'B',
      issuer: 'https://b.example',
      clientId: 'x',
      clientSecret: 'y',
      profile: 'oidc',
      ...over,
    },
  ]);

describe('the environment', () => {
  it('in development needs nothing', () => {
    expect(readConfig({}, example)).toMatchObject({
      production: false,
      origin: 'http://localhost:8787',
      database: 'data/waarmerk.db',
      rateLimit: true,
    });
  });

  it('in production is taken as it is given', () => {
    expect(readConfig(production, example)).toMatchObject({ production: true, origin: 'https://badges.example.nl' });
  });

  it.each([
    ['a missing key-encryption key', { KEY_ENCRYPTION_KEY: undefined }, 'KEY_ENCRYPTION_KEY is missing'],
    ['a missing session secret', { SESSION_SECRET: undefined }, 'SESSION_SECRET is missing'],
    [
      'the example key-encryption key',
      { KEY_ENCRYPTION_KEY: example.keyEncryptionKey },
      'KEY_ENCRYPTION_KEY is the example',
    ],
    ['the example session secret', { SESSION_SECRET: example.sessionSecret }, 'SESSION_SECRET is the example'],
    ['a short secret', { SESSION_SECRET: 'c2hvcnQ' }, 'SESSION_SECRET is not 32 bytes'],
    ['one secret for both', { SESSION_SECRET: secret(1) }, 'SESSION_SECRET is the same'],
    ['an http origin', { ORIGIN: 'http://badges.example.nl' }, 'ORIGIN is not https'],
    ['no origin', { ORIGIN: undefined }, 'ORIGIN is missing'],
    ['an origin with a path', { ORIGIN: 'https://badges.example.nl/x' }, 'ORIGIN is not a base URL'],
    ['a stand-in for the network', { FETCH_MAP: 'map.json' }, 'FETCH_MAP is for development'],
    ['a port that is none', { PORT: 'http' }, 'PORT is not a port number'],
    ['a log level that is none', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL is not'],
    ['a database that is none', { DATABASE: 'postgres://x' }, 'DATABASE is not'],
    ['half a sign-in provider', { OIDC_ISSUER: 'https://idp.example' }, 'do not make a provider together'],
    ['an http sign-in provider', { ...eduid, OIDC_ISSUER: 'http://idp.example' }, 'eduid is not https'],
    ['links told over http', { ...eduid, OIDC_LINKS_URL: 'http://idp.example/links' }, 'eduid is not https'],
    ['the local sign-in provider', { ...eduid, OIDC_ISSUER: `${production.ORIGIN}/dev/idp` }, 'is the local sign-in'],
    ['a provider where a page is', { OIDC_PROVIDERS: other({ id: 'email' }) }, 'OIDC_PROVIDERS is not'],
    ['two providers of one name', { ...eduid, OIDC_PROVIDERS: other({ id: 'eduid' }) }, 'have the same id'],
    ['a term that is none', { RETENTION: '{"lapsedOffers":0}' }, 'RETENTION is not'],
    ['a term for what nobody keeps', { RETENTION: '{"letters":1}' }, 'RETENTION is not'],
  ])('D12: %s is refused by name', (_, over, said) => {
    expect(() => readConfig({ ...production, ...over }, example)).toThrow(said);
  });

  it('takes any number of sign-in providers, that of OIDC_ISSUER first', () => {
    const { providers } = readConfig({ ...production, ...eduid, OIDC_PROVIDERS: other({}) }, example);
    expect(providers.map(({ id, name, profile }) => [id, name, profile])).toEqual([
      ['eduid', 'eduID', 'surfconext'],
      ['b', 'B', 'oidc'],
    ]);
  });

  it('takes terms of retention, and the standard ones for the rest', () => {
    const { retention } = readConfig({ RETENTION: '{"lapsedOffers":7}' }, example);
    expect(retention).toMatchObject({ lapsedOffers: 7, sentLetters: 30 });
  });

  it('D12: everything that is wrong is said at once', () => {
    expect(() => readConfig({ NODE_ENV: 'production' }, example)).toThrow(
      /KEY_ENCRYPTION_KEY.*SESSION_SECRET.*ORIGIN/s,
    );
  });
});
