import { describe, expect, it } from 'vitest';
import { messages } from '../../src/web/messages.ts';
import { readBadgeView } from '../../src/web/badge-view.ts';
import { createWorld } from '../support/create-world.ts';
import { assertion, badgeClass, issuer, site } from '../support/ob2.ts';
import { NOW } from '../support/badges.ts';

const whole = (changes = {}) => assertion({ badge: { ...badgeClass(changes), issuer: issuer() } });

describe('a badge of Open Badges 2.0 for people', () => {
  it('has the facts of its class, its issuer and the extensions of edubadges', () => {
    expect(readBadgeView(whole(), 'nl')).toMatchObject({
      title: 'Valpreventie in de thuiszorg',
      language: 'nl-NL',
      criteria: 'Beoordeeld op een portfolio en een gesprek.',
      ects: 2.5,
      sbu: '70',
      eqf: '5',
      programmes: ['56613', '59280'],
      issuer: {
        domain: 'badges.linde.example',
        name: 'Zorgcollege De Linde',
        identifiers: [{ type: 'ext:BRIN', identifier: '99ZZ' }],
      },
      validFrom: '2024-05-01T10:00:00+00:00',
      evidence: [{ url: 'https://elders.example/werk.html' }],
    });
    const { outcomes } = readBadgeView(whole(), 'nl');
    expect(outcomes.map(({ name }) => name)).toEqual([
      'Signaleert valrisico in de thuissituatie.',
      'Zorg dragen voor anderen',
    ]);
  });

  it('splits outcomes that stand in a list, and leaves out what it does not understand', () => {
    const blob = '- Kijkt om zich heen.\n* Luistert.\n\n2) Vraagt door.';
    const learning = { 'extensions:LearningOutcomeExtension': { LearningOutcome: blob } };
    const odd = {
      alignment: ['x', null, { name: 'Oud', url: 'https://oud.example/' }],
      criteria: 'https://c.example/',
    };
    const view = readBadgeView(whole({ ...learning, ...odd, 'extensions:ECTSExtension': { ECTS: 'veel' } }), 'nl');
    expect(view.outcomes.map(({ name }) => name)).toEqual(['Kijkt om zich heen.', 'Luistert.', 'Vraagt door.', 'Oud']);
    expect([view.ects, view.criteriaUrl]).toEqual([undefined, 'https://c.example/']);
    for (const wrong of [{ type: 'Assertion' }, { type: 'Assertion', badge: 5, evidence: [null, 5] }])
      expect(() => readBadgeView(wrong, 'nl')).not.toThrow();
  });

  it('is answered on a page that says what it rests on', async () => {
    const network = new Map(Object.entries(site().answers).map(([url, part]) => [url, JSON.stringify(part)]));
    const service = createWorld({ network, now: () => NOW });
    const form = new FormData();
    form.set('text', JSON.stringify(assertion()));
    form.set('email', 'sam@example.org');
    const response = await service.request('/verify', {
      method: 'POST',
      body: form,
      headers: { accept: 'text/html', 'sec-fetch-site': 'same-origin' },
    });
    const page = await response.text();
    expect(response.status).toBe(200);
    for (const said of [
      'Valpreventie in de thuiszorg',
      'badges.linde.example',
      'hosted-confirmed',
      '56613',
      'recipient-match',
    ])
      expect(page).toContain(said);
    expect(page).toContain(messages.nl.verdict.unknownIssuer);
    // W10: what was given to compare does not come back.
    expect(page).not.toContain('sam@example.org');
    // Pictures of others are never put in the page.
    expect(page).not.toMatch(/<img[^>]+linde\.example/);
  });
});
