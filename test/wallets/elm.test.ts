// The export in the European Learning Model: what a reader of it finds, and that it never passes for a badge.
import { beforeAll, describe, expect, it } from 'vitest';
import { claimBadge, verdictOf } from '../support/claimed.ts';
import { createWorld } from '../support/create-world.ts';
import { createOffers } from '../support/offers.ts';
import { createPerson } from '../support/people.ts';
import { exampleAchievement } from '../support/world.ts';

describe('a badge in the European model', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createOffers>>;

  beforeAll(async () => {
    world = createWorld();
    const over = {
      ...exampleAchievement,
      claim: { assurance: 'login' },
      workload: { sbu: 240, ects: 8.5 },
      level: { eqf: 4, nlqf: '4' },
      participation: ['work-experience', 'online'],
      identityChecked: true,
      results: [{ name: 'Cijfer', type: 'RawScore', min: '1', max: '10', required: '6' }],
    };
    school = await createOffers(world, {}, over);
  });

  const elmOf = async (id: string, headers: Record<string, string>) => {
    const response = await world.request(`/badges/${id}/badge.elm.json`, { headers });
    const text = await response.text();
    return { response, text, elm: response.status === 200 ? JSON.parse(text) : undefined };
  };
  const claimed = () => claimBadge(world, school, 'Zoë de Vries', { results: [{ value: '8,5' }] });

  it('says every element by the concepts of the EU', async () => {
    const { id, owner, document } = await claimed();
    const badge = JSON.parse(document);
    const { response, elm } = await elmOf(id, owner.headers);
    expect(response.headers.get('content-type')).toBe('application/ld+json');
    expect(elm.type).toEqual(['VerifiableCredential', 'EuropeanDigitalCredential']);
    expect(elm.issuer).toMatchObject({
      id: badge.issuer.id,
      type: 'Organisation',
      legalName: { nl: ['Proefschool'] },
      identifier: [{ notation: '99ZZ', schemeName: 'BRIN' }],
      location: [
        { address: [{ countryCode: { id: 'http://publications.europa.eu/resource/authority/country/NLD' } }] },
      ],
    });
    expect(elm.credentialSubject).toMatchObject({ type: 'Person', fullName: { nl: ['Zoë de Vries'] } });
    const [claim] = elm.credentialSubject.hasClaim;
    expect(claim).toMatchObject({
      id: badge.credentialSubject.achievement.id,
      type: 'LearningAchievement',
      title: { nl: ['Samenwerken'] },
      awardedBy: { awardingBody: [{ id: badge.issuer.id }], awardingDate: badge.awardedDate },
      provenBy: [
        {
          type: 'LearningAssessment',
          grade: { noteLiteral: { nl: ['Cijfer: 8,5'] } },
          idVerification: { id: 'http://data.europa.eu/snb/supervision-verification/44314532f9' },
          specifiedBy: { dcType: { id: 'http://data.europa.eu/snb/assessment/4f03b91c0e' } },
        },
      ],
      influencedBy: [{ specifiedBy: { dcType: [{ id: 'http://data.europa.eu/snb/learning-activity/4357e0e681' }] } }],
      specifiedBy: {
        type: 'Qualification',
        eqfLevel: { id: 'http://data.europa.eu/snb/eqf/4', inScheme: { id: 'http://data.europa.eu/snb/eqf/25831c2' } },
        isPartialQualification: true,
        creditPoint: [{ framework: { id: 'http://data.europa.eu/snb/education-credit/6fcec5c5af' }, point: '8.5' }],
        volumeOfLearning: 'PT240H',
        mode: [{ id: 'http://data.europa.eu/snb/learning-assessment/920fbb3cbe' }],
        learningOutcomeSummary: { noteLiteral: { nl: ['Portfolio en gesprek.'] } },
        learningOutcome: [{ title: { nl: ['Werkt samen'] }, relatedESCOSkill: [{ type: 'Concept' }] }],
      },
    });
    const notes = JSON.stringify(claim.specifiedBy.additionalNote);
    expect(notes).toContain('NLQF 4');
    expect(notes).toContain('Kwaliteitskader');
  });

  it('names each node once', async () => {
    const { id, owner } = await claimed();
    const { text } = await elmOf(id, owner.headers);
    const ids = [...text.matchAll(/"id":"(urn:epass:[^"]+)"/g)].map(match => match[1]);
    expect(ids.length).toBeGreaterThan(8);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says in itself and in its name that it is not sealed, where the badge is checked, and is never valid itself', async () => {
    const { id, owner, token, document } = await claimed();
    const { response, text, elm } = await elmOf(id, owner.headers);
    expect(response.headers.get('content-disposition')).toContain('unsealed');
    expect(elm.displayParameter.description.nl[0]).toContain('Niet verzegeld');
    expect(elm.displayParameter.description.nl[0]).toContain(`${world.origin}/c/${token}`);
    expect(elm.id).not.toBe(JSON.parse(document).id);
    expect(elm).not.toHaveProperty('proof');
    expect(elm).not.toHaveProperty('credentialStatus');
    expect(await verdictOf(world, text)).not.toBe('valid');
  });

  it('is for its owner alone', async () => {
    const { id } = await claimed();
    expect((await elmOf(id, (await createPerson(world)).headers)).response.status).toBe(404);
    expect((await elmOf(id, {})).response.status).toBe(303);
  });
});
