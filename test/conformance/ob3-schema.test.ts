import Ajv2019 from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { issuedBadge } from '../../src/vc/open-badge.ts';
import { readBadge } from '../../src/vc/read-badge.ts';
import { badge, type Json } from '../support/badges.ts';
import { fixture, haveFixtures } from '../support/shared.ts';

const profile = {
  id: 'https://linde.example/i/linde',
  type: ['Profile'],
  name: 'De Linde',
  url: 'https://linde.example',
  email: 'post@linde.example',
  phone: '+31301234567',
  description: 'School',
  official: 'De Linde',
  image: { id: 'https://linde.example/logo.png', type: 'Image', caption: 'Logo' },
  address: {
    type: ['Address'],
    addressCountry: 'Nederland',
    addressCountryCode: 'NL',
    addressRegion: 'Utrecht',
    addressLocality: 'Utrecht',
    streetAddress: 'Dorpsstraat 1',
    postOfficeBoxNumber: '1',
    postalCode: '3500 AA',
  },
  otherIdentifier: [{ type: 'IdentifierEntry', identifier: '99XX', identifierType: 'ext:BRIN' }],
};
const alignment = {
  type: ['Alignment'],
  targetName: 'EQF 4',
  targetUrl: 'http://data.europa.eu/snb/eqf/4',
  targetCode: '4',
  targetDescription: 'Niveau 4',
  targetFramework: 'EQF',
  targetType: 'ext:EQF',
};

/** A badge with every member that we can issue. */
const full = (): Json =>
  badge('did:web:linde.example', {
    issuer: { ...profile, id: 'did:web:linde.example', parentOrg: profile },
    description: 'Een microcredential',
    image: profile.image,
    awardedDate: '2026-09-30T22:00:00Z',
    validUntil: '2031-10-01T00:00:00+02:00',
    credentialSubject: {
      id: 'did:key:z6MkvDqGT54cXesYGvABpF1UapVNwjCqRcafi4Px6Thv5T3Z',
      type: ['AchievementSubject'],
      activityStartDate: '2026-01-01T00:00:00Z',
      activityEndDate: '2026-06-01T00:00:00Z',
      creditsEarned: 5,
      identifier: [
        { type: 'IdentityObject', hashed: true, identityHash: 'sha256$ab', identityType: 'emailAddress', salt: 'zout' },
        { type: 'IdentityObject', hashed: false, identityHash: 'Noor Jansen', identityType: 'name' },
      ],
      image: profile.image,
      licenseNumber: '1',
      narrative: 'Gezien op de werkvloer.',
      role: 'deelnemer',
      source: profile,
      term: '2026',
      result: [
        {
          type: ['Result'],
          alignment: [alignment],
          resultDescription: 'urn:uuid:0e1d2c3b-4a59-4867-9756-453423120101',
          achievedLevel: 'urn:uuid:0e1d2c3b-4a59-4867-9756-453423120102',
          status: 'Completed',
          value: '8',
        },
      ],
      achievement: {
        id: 'https://linde.example/achievements/1/versions/1',
        type: ['Achievement'],
        name: 'Valpreventie',
        description: 'Herkent valrisico.',
        criteria: { id: 'https://linde.example/criteria', narrative: 'Portfolio en gesprek.' },
        achievementType: 'MicroCredential',
        alignment: [alignment],
        creator: profile,
        creditsAvailable: 5,
        fieldOfStudy: 'Zorg',
        humanCode: 'VP-1',
        image: profile.image,
        inLanguage: 'nl-NL',
        otherIdentifier: profile.otherIdentifier,
        related: [{ id: 'https://linde.example/achievements/2', type: ['Related'], inLanguage: 'nl', version: '1' }],
        resultDescription: [
          {
            id: 'urn:uuid:0e1d2c3b-4a59-4867-9756-453423120101',
            type: ['ResultDescription'],
            name: 'Oordeel',
            resultType: 'RubricCriterionLevel',
            alignment: [alignment],
            allowedValue: ['onvoldoende', 'voldoende'],
            requiredLevel: 'urn:uuid:0e1d2c3b-4a59-4867-9756-453423120102',
            requiredValue: '6',
            valueMin: '1',
            valueMax: '10',
            rubricCriterionLevel: [
              {
                id: 'urn:uuid:0e1d2c3b-4a59-4867-9756-453423120102',
                type: ['RubricCriterionLevel'],
                name: 'Voldoende',
                description: 'Laat het zien',
                level: '2',
                points: '6',
                alignment: [alignment],
              },
            ],
          },
        ],
        specialization: 'thuiszorg',
        tag: ['zorg'],
        version: '1',
      },
    },
    credentialSchema: [{ id: 'https://linde.example/schema', type: '1EdTechJsonSchemaValidator2019' }],
    credentialStatus: {
      id: 'https://linde.example/status/1#5',
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '5',
      statusListCredential: 'https://linde.example/status/1',
    },
    evidence: [
      {
        id: 'https://linde.example/e/1',
        type: ['Evidence'],
        name: 'Besluit',
        narrative: 'Beoordeling',
        description: 'Besluit van de examencommissie',
        genre: 'Decision',
        audience: 'werkgevers',
      },
    ],
    proof: [
      {
        type: 'DataIntegrityProof',
        cryptosuite: 'eddsa-rdfc-2022',
        created: '2026-10-01T09:00:00Z',
        verificationMethod: 'did:web:linde.example#key-1',
        proofPurpose: 'assertionMethod',
        proofValue: 'z4LJ1zpW863sdY9bTpmxr5WGnYq4o4bxZaXerJhJXwNUeQRL7JXL2FSmD5TM8TPkDbrwv33RV5m6oRCEcnLmZBUXT',
      },
    ],
  });

/** The same, and what only others issue: endorsements, people, places, terms, languages. */
const foreign = (): Json => {
  const document = full();
  const endorsement = {
    '@context': document['@context'],
    id: 'urn:uuid:1',
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'Aanbeveling',
    issuer: 'did:web:werk.example',
    validFrom: '2026-10-01T09:00:00Z',
    credentialSubject: { id: 'urn:uuid:2', type: ['EndorsementSubject'], endorsementComment: 'Goed' },
    proof: { type: 'DataIntegrityProof', challenge: 'c', domain: 'd', nonce: 'n' },
  };
  const person = {
    id: 'urn:uuid:3',
    type: ['Profile'],
    familyName: 'Jansen',
    givenName: 'Noor',
    additionalName: 'A',
    patronymicName: 'B',
    honorificPrefix: 'dr.',
    honorificSuffix: 'MSc',
    familyNamePrefix: 'de',
    dateOfBirth: '1990-02-28',
    endorsement: [endorsement],
    endorsementJwt: ['a.b.c'],
    address: { type: ['Address'], geo: { type: 'GeoCoordinates', latitude: 52.1, longitude: 5.1 } },
  };
  const subject = document.credentialSubject as Json;
  return {
    ...document,
    name: { nl: 'Valpreventie', 'en-GB': 'Fall prevention' },
    endorsement,
    endorsementJwt: 'a..c',
    refreshService: { id: 'https://linde.example/refresh', type: '1EdTechCredentialRefresh' },
    termsOfUse: [{ id: 'https://linde.example/terms', type: 'Terms' }],
    proof: (document.proof as Json[])[0],
    credentialSubject: {
      ...subject,
      source: person,
      achievement: {
        ...(subject.achievement as Json),
        endorsement: [endorsement],
        endorsementJwt: 'a.b.c',
        tag: 'zorg',
      },
    },
  };
};

const STRAY = [null, 5, true, '', 'x', [], ['x'], {}, { nl: 'x' }, { nl: 5 }, { x: 'x' }, [{}], [null]];
const DATES = [
  '2026-02-30T00:00:00Z',
  '2016-12-31T23:59:60Z',
  '2026-01-01T00:00:00',
  '2026-01-01',
  '2026-12-31T12:00:60Z',
];

/** Every badge that differs from this one in one place: a member gone, of another type, or added. */
function* mutations(value: unknown, path = ''): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) return;
  const put = (key: string, member: unknown) =>
    Array.isArray(value) ? value.map((old, i) => (String(i) === key ? member : old)) : { ...value, [key]: member };
  for (const [key, member] of Object.entries(value)) {
    const at = `${path}/${key}`;
    const { [key]: _, ...without } = value as Json;
    yield [`${at} gone`, Array.isArray(value) ? value.filter((_, i) => String(i) !== key) : without];
    for (const stray of STRAY) yield [`${at} = ${JSON.stringify(stray)}`, put(key, stray)];
    if (!Array.isArray(value)) yield [`${at} in a list`, put(key, [member])];
    if (Array.isArray(member)) yield [`${at} on its own`, put(key, member[0])];
    if (typeof member === 'string') yield [`${at} in a language`, put(key, { nl: member })];
    if (typeof member === 'string') yield [`${at} ext`, put(key, 'ext:Other')];
    if (/Date$|From$|Until$|created$|Birth$/.test(key))
      for (const date of DATES) yield [`${at} = ${date}`, put(key, date)];
    for (const [name, changed] of mutations(member, at)) yield [name, put(key, changed)];
  }
  if (!Array.isArray(value)) yield [`${path} + extra`, { ...value, extra: 'x' }];
}

const judge = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe.skipIf(!haveFixtures)('1EdTech’s schemas', () => {
  const compile = (name: string) => {
    const ajv = new Ajv2019({ strict: false });
    addFormats(ajv);
    return ajv.compile(fixture(`schemas/${name}.json`));
  };
  const jsonLd = haveFixtures ? compile('ob_v3p0_achievementcredential_schema') : () => false;
  const formal = haveFixtures ? compile('ob_v3p0_achievementcredential_schema.formal') : () => false;

  it('the fullest badge that we can issue passes ours and both of theirs', () => {
    expect(issuedBadge.safeParse(full()).error).toBeUndefined();
    expect(jsonLd(full())).toBe(true);
    expect(formal(full())).toBe(true);
    expect(readBadge.safeParse(full()).error).toBeUndefined();
    expect(readBadge.safeParse(foreign()).error).toBeUndefined();
    expect(jsonLd(foreign())).toBe(true);
  });

  it('whatever issuedBadge lets pass, both of theirs let pass', () => {
    let [passed, refused] = [0, 0];
    for (const [name, mutant] of mutations(full())) {
      if (judge(issuedBadge, mutant)) {
        passed++;
        expect([name, jsonLd(mutant), formal(mutant)]).toEqual([name, true, true]);
      } else refused++;
    }
    expect(passed).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(2000);
  }, 30_000);

  it('issuedBadge refuses every unknown member', () => {
    for (const [name, mutant] of mutations(full())) {
      if (name.endsWith('+ extra')) expect([name, judge(issuedBadge, mutant)]).toEqual([name, false]);
    }
  });

  it('readBadge gives the verdict of the JSON-LD schema on every mutation, good and bad', () => {
    const differences: string[] = [];
    let [good, bad] = [0, 0];
    for (const document of [full(), foreign(), badge('did:web:linde.example')]) {
      for (const [name, mutant] of mutations(document)) {
        const theirs = jsonLd(mutant);
        if (theirs) good++;
        else bad++;
        if (judge(readBadge, mutant) !== theirs) differences.push(`${name}: theirs ${theirs}`);
      }
    }
    expect(differences).toEqual([]);
    expect(good).toBeGreaterThan(1000);
    expect(bad).toBeGreaterThan(4000);
  }, 60_000);

  it('differs in one thing: JSON Schema’s date-time is RFC 3339, where ajv-formats is looser', () => {
    for (const validFrom of ['2026-01-01T00:00:00+01', '2026-01-01T00:00:00+0100', '2026-01-01 00:00:00Z']) {
      expect([validFrom, jsonLd(badge('did:web:x.example', { validFrom }))]).toEqual([validFrom, true]);
      expect(judge(readBadge, badge('did:web:x.example', { validFrom }))).toBe(false);
    }
  });
});
