import { readdirSync } from 'node:fs';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import Ajv2019 from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { contexts } from '../../src/vc/contexts.ts';
import { createWorld } from '../support/create-world.ts';
import { fixture, haveFixtures } from '../support/shared.ts';
import { createSchool, exampleAward } from '../support/world.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- published examples, as they are.
type Json = Record<string, any>;
const folder = new URL('../../../shared/fixtures/educredentials/', import.meta.url);
const files = haveFixtures ? readdirSync(folder).filter(f => f !== 'context.json') : [];

/** Where each European element of an example went: what the badge says of it. */
function elements(badge: Json) {
  const { achievement } = badge.credentialSubject;
  const aligned = (type: string) =>
    (achievement.alignment ?? [])
      .filter((a: Json) => a.targetType === type)
      .map((a: Json) => a.targetCode ?? a.targetName);
  return {
    learner: badge.credentialSubject.id.startsWith('urn:uuid:') && badge.credentialSubject.identifier[0].identityHash,
    title: achievement.name,
    country: badge.issuer.address.addressCountryCode,
    awardingBody: badge.issuer.id,
    date: badge.awardedDate,
    outcomes: achievement.criteria.narrative,
    workload: achievement.creditsAvailable ?? aligned('ext:SBU')[0],
    level: aligned('ext:EQF')[0],
    assessment: aligned('ext:AssessmentType'),
    participation: aligned('ext:Participation'),
    qualityAssurance: aligned('ext:QualityAssurance').length,
    supervision: aligned('ext:Supervision'),
    grade: achievement.resultDescription?.[0]?.name,
  };
}

describe.skipIf(!haveFixtures)('the Dutch educredentials examples', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  addFormats(ajv);
  const schemas = haveFixtures
    ? ['formal.', ''].map(kind =>
        ajv.compile({ ...fixture(`schemas/ob_v3p0_achievementcredential_schema.${kind}json`), $id: `x:${kind}` }),
      )
    : [];

  beforeAll(async () => {
    world = createWorld();
    school = await createSchool(world);
  });

  async function issue(file: string) {
    const source = fixture(`educredentials/${file}`) as Json;
    const imported = await world.api('/api/v1/achievement-imports', { key: school.keys.coordinator, body: source });
    expect(imported.status).toBe(201);
    const published = await world.api(`/api/v1/achievements/${imported.json.id}/publication`, {
      key: school.keys.coordinator,
      body: {},
    });
    expect([published.status, published.json.missing]).toEqual([201, []]);
    const made = await world.api('/api/v1/awards', { key: school.keys.awarder, body: exampleAward(imported.json.id) });
    expect(made.status).toBe(201);
    const badge = (await world.api(new URL(made.json.credential).pathname, { key: school.keys.awarder })).json as Json;
    return { source, imported: imported.json, badge };
  }

  it('there are eight', () => expect(files.length).toBe(8));

  describe.each(files)('%s', file => {
    let source: Json;
    let badge: Json;
    beforeAll(async () => {
      ({ source, badge } = await issue(file));
    });

    it('becomes a badge that passes both of 1EdTech’s schemas', () => {
      for (const schema of schemas) expect([schema(badge), schema.errors]).toEqual([true, null]);
    });

    it('is accepted by @digitalbazaar/vc on its own, in JSON-LD safe mode', async () => {
      const did = (await world.api(`/i/${school.institution.slug}/did.json`)).json as Json;
      const method = did.verificationMethod[0];
      const documents = new Map<string, object>([
        ...contexts,
        [did.id, did],
        [method.id, { '@context': 'https://w3id.org/security/multikey/v1', ...method }],
      ]);
      const documentLoader = async (url: string) => {
        if (!documents.has(url)) throw new Error(`not loaded: ${url}`);
        return { contextUrl: null, documentUrl: url, document: structuredClone(documents.get(url)!) };
      };
      const result = await vc.verifyCredential({
        credential: badge,
        suite: new DataIntegrityProof({ cryptosuite }),
        documentLoader,
        checkStatus: async () => ({ verified: true }),
      });
      expect([result.verified, result.error]).toEqual([true, undefined]);
    });

    it('checks valid here', async () => {
      const report = await world.api('/api/v1/verifications', { body: { credential: badge } });
      expect(report.json).toMatchObject({ verdict: 'valid' });
    });

    it('carries each European element', () => {
      const was = source.credentialSubject.achievement;
      const words: Record<string, string[]> = {
        testing: ['testing'],
        'application of a skill': ['application-of-a-skill'],
        online: ['online'],
        'onsite or blended': ['onsite', 'blended'],
        'onsite with identity verification': ['onsite-identity'],
        'supervised online': ['supervised-online'],
      };
      expect(elements(badge)).toMatchObject({
        learner: 'Sam de Vries',
        title: was.name.trim(),
        country: 'NL',
        awardingBody: school.institution.did,
        date: '2026-11-01T00:00:00+01:00',
        outcomes: was.criteria.narrative.trim(),
        workload: was.ECTS ?? (was.SBU === undefined ? undefined : String(was.SBU)),
        level: was.alignment.find((a: Json) => a.targetType === 'ext:EQF').targetCode,
        assessment: words[was.assessmentType],
        participation: words[was.participationType],
        qualityAssurance: Math.max(
          1,
          was.alignment.filter((a: Json) => a.targetType === 'ext:QualityAssurance').length,
        ),
        supervision: [...words[was.supervisionType]!, ...(was.identityChecked ? ['identity-verification'] : [])],
        grade: was.resultDescription?.[0]?.name,
      });
    });

    it('leaves behind what was about someone else', () => {
      const text = JSON.stringify(badge);
      expect(text).not.toContain('educredential.json');
      expect(text).not.toContain(source.credentialSubject.id);
      expect(badge.issuer.name).toBe('Proefschool');
      expect(badge.validUntil).toBeUndefined();
      expect(badge.credentialSubject.result).toBeUndefined();
    });
  });

  it('the same file again is the same achievement', async () => {
    const source = fixture(`educredentials/${files[0]}`);
    const again = await world.api('/api/v1/achievement-imports', { key: school.keys.coordinator, body: source });
    expect(again.status).toBe(200);
    const list = await world.api('/api/v1/achievements?limit=200', { key: school.keys.coordinator });
    expect(list.json.items.length).toBe(9);
  });
});
