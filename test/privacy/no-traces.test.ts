// One story with everybody in it, after which neither the log nor the audit tables know anyone.
import { describe, expect, it } from 'vitest';
import { runJobs, sendLetters } from '../../src/jobs/index.ts';
import { addMember } from '../../src/institutions/index.ts';
import { identities } from '../../src/people/schema.ts';
import { auditHeads, auditLog, outbox } from '../../src/platform/schema.ts';
import type { Letter } from '../../src/platform/mail.ts';
import { createWorld } from '../support/create-world.ts';
import { claimable, submit } from '../support/offers.ts';
import { rogueProvider } from '../support/rogue-provider.ts';
import { jar, loginAt } from '../support/sign-in.ts';
import { createSchool, exampleAward } from '../support/world.ts';

const EMAIL = 'tirza.uniekzaam@zeldzaam.example';
const SECOND = 'tirza.privé@zeldzaam.example';
const PERSONAL = {
  email: /uniekzaam|zeldzaam\.example|tirza/i,
  name: /Tirza|Uniekzaam/,
  eduid: /9f0c-eduid-tirza/,
  eppn: /s314159/,
  narrative: /Honderd taarten/,
  token: /login\/link\/|claim\/[\w-]{22}|__Host-session|eyJ/,
};

describe('after a whole story', () => {
  it('neither the log nor the audit tables hold anything personal', async () => {
    const letters: Letter[] = [];
    const rogue = await rogueProvider();
    const world = createWorld({
      providers: [rogue.config],
      providerFetch: rogue.fetch,
      mailer: { send: async letter => void letters.push(letter) },
    });
    Object.assign(rogue.person, {
      eduid: '9f0c-eduid-tirza',
      email: EMAIL,
      given_name: 'Tirza',
      family_name: 'Uniekzaam',
      name: 'Tirza Uniekzaam',
    });
    rogue.links = [{ eppn: 's314159@hu.nl', schac_home_organization: 'hu.nl', preferred: true }];
    const school = await createSchool(world, 'school', claimable());
    const give = (recipient: object, headers = {}) =>
      world.api('/api/v1/awards', {
        key: school.keys.awarder,
        headers,
        body: exampleAward(school.achievement, {
          recipient: { ...recipient, name: 'Tirza Uniekzaam' },
          narrative: 'Honderd taarten gebakken.',
        }),
      });
    // Offers by every kind of address, one twice, one that is wrong.
    const offered = await give({ eduid: '9f0c-eduid-tirza' });
    expect(offered.status).toBe(201);
    await give({ email: EMAIL }, { 'idempotency-key': 'k' });
    await give({ email: EMAIL });
    await give({ eppn: 's314159@hu.nl' });
    await give({ email: 'Tirza Uniekzaam' });
    await sendLetters(world.deps);

    // A login that fails, one that succeeds, a claim, an address more, a role, a language.
    const failing = jar();
    await world.request('/login/eduid/callback?error=access_denied&error_description=Tirza+Uniekzaam', {
      headers: { cookie: failing.header },
    });
    const browser = jar();
    expect((await loginAt(world, rogue, { browser })).response.status).toBe(303);
    const headers = { cookie: browser.header };
    const claim = new URL(offered.json.claim).pathname;
    expect((await submit(world, claim, headers)).status).toBe(303);
    expect((await submit(world, '/account/email', headers, { email: SECOND })).status).toBe(303);
    await sendLetters(world.deps);
    const token = /\/login\/link\/([\w-]+)/.exec(letters.at(-1)!.text)![1]!;
    await world.request(`/login/link/${token}`, { headers });
    expect((await submit(world, '/login/link', headers, { token })).status).toBe(303);
    expect((await submit(world, '/login/link', headers, { token })).status).toBe(410);
    const ties = await world.db.query.select().from(identities);
    expect(ties).toHaveLength(2);
    const [{ personId } = { personId: '' }] = ties;
    await addMember(world.deps, school.institution, personId, 'assessor', { kind: 'operator' });
    await submit(world, '/account/language', headers, { language: 'en' });
    await world.request('/account/data.zip', { headers });
    await world.request(`/niets/${EMAIL}`, { headers });

    // A letter that is not taken, a badge that is revoked with words, the jobs, and an end.
    world.deps.mailer = { send: () => Promise.reject(new Error(`550 no such user ${EMAIL}`)) };
    await world.api(`/api/v1/awards/${offered.json.id}/revocation`, {
      key: school.keys.awarder,
      body: { reason: 'error', text: 'Tirza Uniekzaam had het niet gedaan.' },
    });
    await sendLetters(world.deps);
    await runJobs(world.deps);
    expect((await submit(world, '/account/erase', headers, { word: 'wissen' })).status).toBe(200);

    const audit = await world.db.query.select().from(auditLog);
    const told = {
      log: world.lines.join('\n'),
      audit: JSON.stringify([audit, await world.db.query.select().from(auditHeads)]),
      outbox: JSON.stringify(await world.db.query.select().from(outbox)),
    };
    expect(letters.map(letter => letter.to)).toEqual([EMAIL, expect.stringMatching(/^tirza\.priv/)]);
    expect(told.log).toContain('letter.not-taken');
    expect(new Set(audit.map(row => row.action)).size).toBeGreaterThan(10);
    for (const [where, text] of Object.entries(told))
      for (const [what, pattern] of Object.entries(PERSONAL))
        expect(pattern.exec(text)?.[0], `${what} in ${where}`).toBeUndefined();
  }, 30_000);
});
