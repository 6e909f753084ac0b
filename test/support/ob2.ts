// Badges of Open Badges 2.0, with the extensions of edubadges, at addresses of a school that exists nowhere.
import { type Json, network } from './badges.ts';
import { type JwtKey, jwt } from './jwts.ts';

export const SITE = 'https://badges.linde.example';
export const ASSERTION = `${SITE}/public/assertions/vX1`;
export const CLASS = `${SITE}/public/badges/kl2`;
export const ISSUER = `${SITE}/public/issuers/is3`;
export const KEY = `${SITE}/public/keys/k1`;
export const REVOKED = `${SITE}/public/issuers/is3/revoked`;
const OB2 = 'https://w3id.org/openbadges/v2';

const extension = (name: string, value: unknown) => ({
  [`extensions:${name}Extension`]: {
    '@context': `${SITE}/static/extensions/${name}Extension/context.json`,
    type: ['Extension', `extensions:${name}Extension`],
    [name]: value,
  },
});

export const assertion = (changes: Json = {}): Json => ({
  '@context': OB2,
  type: 'Assertion',
  id: ASSERTION,
  recipient: {
    type: 'email',
    hashed: true,
    salt: 'deadsea',
    // sha256("sam@example.org" + "deadsea")
    identity: 'sha256$ebdbbfb6d2ad5f2dc51794505e48013953bc93a16c6ec45e79b88bf42085887d',
  },
  image: `${SITE}/media/vX1.png`,
  evidence: 'https://elders.example/werk.html',
  issuedOn: '2024-05-01T10:00:00+00:00',
  badge: CLASS,
  verification: { type: 'HostedBadge' },
  ...changes,
});

export const badgeClass = (changes: Json = {}): Json => ({
  '@context': OB2,
  type: 'BadgeClass',
  id: CLASS,
  name: 'Valpreventie in de thuiszorg',
  description: 'Herkent valrisico en bespreekt maatregelen.',
  image: `${SITE}/media/kl2.png`,
  criteria: { narrative: 'Beoordeeld op een portfolio en een gesprek.' },
  issuer: ISSUER,
  alignment: [
    {
      targetName: 'Zorg dragen voor anderen',
      targetUrl: 'http://data.europa.eu/esco/skill/60c78287-22eb-4103-9c8c-28deaa460da0',
      targetFramework: 'ESCO',
      targetCode: 'S3.1',
    },
  ],
  ...extension('ECTS', 2.5),
  ...extension('StudyLoad', 70),
  ...extension('EQF', 5),
  ...extension('Language', 'nl_NL'),
  ...extension('LearningOutcome', 'Signaleert valrisico in de thuissituatie.'),
  ...extension('EducationProgramIdentifier', [56613, 59280]),
  ...changes,
});

export const issuer = (changes: Json = {}): Json => ({
  '@context': OB2,
  type: 'Issuer',
  id: ISSUER,
  name: 'Zorgcollege De Linde',
  url: 'https://linde.example/',
  email: 'badges@linde.example',
  ...extension('InstitutionName', 'Zorgcollege De Linde'),
  ...extension('InstitutionIdentifier', '99ZZ'),
  ...changes,
});

/** The site, on which every part answers at its own address. */
export const site = (answers: Json = {}) =>
  network({ [ASSERTION]: assertion(), [CLASS]: badgeClass(), [ISSUER]: issuer(), ...answers });

/** A signed assertion, and the site with the key that signed it. */
export async function signedBadge(key: JwtKey, pem: string, changes: Json = {}) {
  const document = assertion({
    id: 'urn:uuid:1b7e2c50-7f0e-4c3b-9f57-3f0ef1a5b3a1',
    verification: { type: 'SignedBadge', creator: KEY },
    ...changes,
  });
  const answers = {
    [CLASS]: badgeClass(),
    [ISSUER]: issuer({ publicKey: KEY, revocationList: REVOKED }),
    [KEY]: { '@context': OB2, type: 'CryptographicKey', id: KEY, owner: ISSUER, publicKeyPem: pem },
    [REVOKED]: {
      '@context': OB2,
      type: 'RevocationList',
      id: REVOKED,
      issuer: ISSUER,
      revokedAssertions: [] as unknown[],
    },
  };
  return { document, badge: await jwt(key, { typ: 'JWT' }, document), ...network(answers) };
}

/** The public half of a key as a site publishes it. */
export async function pemOf({ jwk, alg }: JwtKey): Promise<string> {
  const algorithm =
    alg === 'RS256' ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await crypto.subtle.importKey('jwk', jwk as never, algorithm, true, ['verify']);
  const spki = new Uint8Array((await crypto.subtle.exportKey('spki', key)) as ArrayBuffer);
  const lines = btoa(String.fromCharCode(...spki)).match(/.{1,64}/g)!;
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`;
}
