import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimAward } from '../../src/credentials/index.ts';
import { sendLetters } from '../../src/jobs/index.ts';
import { createWorld } from '../support/create-world.ts';
import { createPerson } from '../support/people.ts';
import { startSmtp } from '../support/smtp.ts';
import { createSchool, exampleAchievement, exampleAward } from '../support/world.ts';

let smtp: Awaited<ReturnType<typeof startSmtp>>;
let world: ReturnType<typeof createWorld>;
let school: Awaited<ReturnType<typeof createSchool>>;
const one = (sql: string) => world.db.sqlite.prepare(sql).pluck().get();

beforeEach(async () => {
  smtp = await startSmtp();
  world = createWorld({ mailer: smtp.mailer });
});
afterEach(() => smtp.stop());

/** An award of a school whose achievement is in that language. */
async function award(language: 'nl' | 'en', recipient: object = { email: 'learner@example.org', name: 'Zoë Şahin' }) {
  const name = language === 'nl' ? 'Samenwerken in de wijk' : 'Working together';
  school = await createSchool(world, undefined, { ...exampleAchievement, language, name, suspendable: true });
  const body = exampleAward(school.achievement, { recipient });
  const { json } = await world.api('/api/v1/awards', { key: school.keys.awarder, body });
  return { id: json.id as string, claim: new URL(json.claim).pathname };
}
const does = (id: string, how: string, body?: object, method = 'POST') =>
  world.api(`/api/v1/awards/${id}/${how}`, { key: school.keys.awarder, ...(body ? { body } : {}), method });
const text = 'Het portfolio was van een ander.\nWe hebben je gebeld.';

const acts: [string, (id: string) => Promise<{ status: number }>, { nl: RegExp; en: RegExp }][] = [
  [
    'a revocation',
    id => does(id, 'revocation', { reason: 'fraud', text }),
    { nl: /Je badge is ingetrokken/, en: /Your badge was revoked/ },
  ],
  [
    'a suspension',
    id => does(id, 'suspension', { text }),
    { nl: /Je badge geldt tijdelijk niet/, en: /Your badge is suspended/ },
  ],
  [
    'a correction',
    id => does(id, 'replacement', { kind: 'correction', narrative: 'Beter.', text }),
    { nl: /nieuwe versie van je badge/, en: /new version of your badge/ },
  ],
];

describe('what the learner is told', () => {
  for (const language of ['nl', 'en'] as const)
    it.each(acts)(
      `of %s, in ${language}: text and HTML, with the words for them and a way to reply`,
      async (_, act, subject) => {
        const { id } = await award(language);
        expect((await act(id)).status).toBeLessThan(300);
        expect(await sendLetters(world.deps)).toEqual({ sent: 1, postponed: 0, givenUp: 0 });
        const [{ mail, to }] = smtp.received as [(typeof smtp.received)[0]];
        expect(to).toEqual(['learner@example.org']);
        expect(mail.subject).toMatch(subject[language]);
        for (const part of [mail.text!, mail.html!.replaceAll('<br>', '\n')]) {
          expect(part).toContain('Zoë Şahin');
          expect(part).toContain(text);
          expect(part).toMatch(language === 'nl' ? /niet mee eens/ : /disagree/);
          expect(part).toMatch(/\/claim\/[\w-]{22}/);
        }
        expect(mail.html).toContain(`<html lang="${language}">`);
        expect(one('select letter from outbox')).toBeNull();
      },
    );

  it('of the end of a suspension too', async () => {
    const { id } = await award('nl');
    await does(id, 'suspension', {});
    await does(id, 'suspension', undefined, 'DELETE');
    await sendLetters(world.deps);
    expect(smtp.received.map(r => r.mail.subject).sort()).toEqual([
      'Je badge geldt tijdelijk niet: Samenwerken in de wijk',
      'Je badge geldt weer: Samenwerken in de wijk',
    ]);
  });

  it('stands in the commit of what it tells: without the one there is not the other', async () => {
    const { id } = await award('nl');
    world.db.sqlite.exec("create trigger broken before insert on outbox begin select raise(abort, 'no'); end");
    expect((await does(id, 'revocation', { reason: 'error' })).status).toBe(500);
    expect([one('select state from awards'), one('select max(bits_set) from status_list_versions')]).toEqual([
      'released',
      0,
    ]);
    world.db.sqlite.exec('drop trigger broken');
    world.db.sqlite.exec("create trigger broken before update on awards begin select raise(abort, 'no'); end");
    expect((await does(id, 'revocation', { reason: 'error' })).status).toBe(500);
    expect(one('select count(*) from outbox')).toBe(0);
  });

  it('goes to an address that the owner proved, in their language, and never to one that they did not', async () => {
    const { id, claim } = await award('nl');
    await claimAward(world.deps, claim.split('/').at(-1)!);
    const owner = await createPerson(world, { email: 'mine@example.org' });
    world.db.sqlite.prepare("update people set language = 'en'").run();
    world.db.sqlite.prepare('update awards set person_id = ?').run(owner.id);
    await does(id, 'suspension', {});
    await sendLetters(world.deps);
    expect(smtp.received[0]!.to).toEqual(['mine@example.org']);
    expect(smtp.received[0]!.mail.subject).toContain('Your badge is suspended');
    expect(smtp.received[0]!.mail.text).toContain(`${world.origin}/badges/${id}`);
    world.db.sqlite.prepare('update identities set email = null').run();
    await does(id, 'suspension', undefined, 'DELETE');
    expect(one('select count(*) from outbox')).toBe(1);
  });

  it('is nothing where no address is known, and the act goes through', async () => {
    const { id } = await award('nl', { eppn: 's1@school.nl' });
    expect((await does(id, 'revocation', { reason: 'error' })).status).toBe(200);
    expect(one('select count(*) from outbox')).toBe(0);
  });

  it('holds words of the institution as text', async () => {
    const { id } = await award('nl');
    await does(id, 'revocation', { reason: 'other', text: '<a href="https://evil.example">klik</a>' });
    await sendLetters(world.deps);
    expect(smtp.received[0]!.mail.html).not.toContain('href="https://evil');
  });
});
