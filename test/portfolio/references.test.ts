import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { files } from '../../src/platform/schema.ts';
import { readServiceDidDocument } from '../../src/institutions/index.ts';
import { subjectOf } from '../../src/portfolio/sign-reference.ts';
import { erasePerson, exportJson, retain } from '../../src/privacy/index.ts';
import { objectionOf } from '../../src/vc/reference.ts';
import { checkCredential } from '../../src/verifier/index.ts';
import { createWorld } from '../support/create-world.ts';
import * as sample from '../support/files.ts';
import { browserOf, type Browser } from '../support/notebook.ts';
import { createPerson } from '../support/people.ts';
import { countOf, rowsOf } from '../support/rows-of.ts';

const DAY = 24 * 3_600_000;
const voice = { name: 'x.wav', bytes: sample.wav() };
const EMPTY = '1 ervaring, geen woorden';

describe('words of others', () => {
  let now = Date.now();
  const world = createWorld({ now: () => new Date(now), mailer: { send: async () => {} } });
  const { deps } = world;
  const rows = (text: string, ...values: unknown[]) => rowsOf(world, text, ...values);
  const someone = async (identity = {}) => {
    const person = await createPerson(world, identity);
    return Object.assign(browserOf(world, person.headers), { person });
  };
  const nobody = () => browserOf(world);
  const tell = async (browser: Browser) => {
    const { location } = await browser.upload('/portfolio/new', { title: 'Kookte voor zestig', story: EMPTY });
    return /experiences\/([0-9a-f-]{36})/.exec(location)![1]!;
  };
  const ask = async (browser: Browser, over: Record<string, string> = {}) => {
    const form = { name: 'Fatima', relation: 'neighbour', as: 'Sam', message: 'Weet je nog?', experience: '', ...over };
    const page = await browser.post('/portfolio/references/new', form);
    return { ...page, token: /\/r\/([\w-]{22})/.exec(page.text)?.[1] ?? '' };
  };
  const learner = async () => {
    const sam = await someone();
    const experience = await tell(sam);
    return Object.assign(sam, { experience, path: `/portfolio/experiences/${experience}` });
  };
  const answerOf = (who: Browser, token: string, over = {}) =>
    who.upload(`/r/${token}`, { name: 'Fatima', words: 'Ze kookt voor iedereen.', ...over });
  const idOf = (page: string) => /references\/([0-9a-f-]{36})\/hide/.exec(page)![1]!;

  it('someone without an account answers in words and by voice; the learner reads it, and it counts', async () => {
    const sam = await learner();
    const { token } = await ask(sam, { experience: sam.experience });
    const page = await nobody().get(`/r/${token}`);
    for (const part of ['Sam vraagt jou iets', 'Kookte voor zestig', 'Weet je nog?']) expect(page.text).toContain(part);
    expect(page.text).not.toContain(EMPTY);
    expect([page.headers.get('cache-control'), page.headers.get('x-robots-tag')]).toEqual(['no-store', 'noindex']);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect((await sam.get(sam.path)).text).toContain('Door jou verteld');
    expect((await answerOf(nobody(), token, { voice })).location).toBe(`/r/${token}`);
    const seen = (await sam.get(sam.path)).text;
    for (const part of ['Ze kookt voor iedereen.', 'Herkend door iemand met naam', 'Luister naar Fatima'])
      expect(seen).toContain(part);
    const file = /src="(\/portfolio\/files\/[0-9a-f-]{36})" aria-label="Luister naar Fatima/.exec(seen)![1]!;
    expect((await sam.get(file)).bytes).toEqual(voice.bytes);
    expect((await nobody().get(`/r/${token}/voice`)).bytes).toEqual(voice.bytes);
    expect((await (await someone()).get(file)).status).toBe(404);
  });

  it('an answer is given once, also when it is sent twice at the same moment, and leaves no second recording', async () => {
    const sam = await learner();
    const { token } = await ask(sam);
    const before = (await rows('select id from files')).length;
    await Promise.all([1, 2, 3].map(() => answerOf(nobody(), token, { voice })));
    expect(
      await rows(
        'select id from reference_answers where portfolio_id in (select id from portfolios where person_id = ?)',
        sam.person.id,
      ),
    ).toHaveLength(1);
    expect((await rows('select id from files')).length).toBe(before + 1);
    let bytes = 0;
    for await (const _ of deps.files.list()) bytes++;
    expect(bytes).toBe((await rows('select id from files')).length);
  });

  it('several answers to the same questions stand beside each other', async () => {
    const sam = await learner();
    for (const [name, said] of [
      ['Ali', 'Koken'],
      ['Bo', 'Luisteren'],
    ]) {
      now += 1_000;
      const { token } = await ask(sam, { name: name! });
      await nobody().upload(`/r/${token}`, { name: name!, words: '', 'good-at': said! });
    }
    expect((await sam.get('/portfolio/references')).text).toMatch(
      /Waar is deze persoon goed in[^]*Ali[^]*Koken[^]*Bo[^]*Luisteren/,
    );
  });

  it('declining leaves no trace: no row, no letter, nothing in the log, nobody told', async () => {
    const sam = await learner();
    const asked = await rows('select * from reference_requests');
    const { token } = await ask(sam, { email: 'fatima@example.org' });
    const log = () => countOf(world, 'audit_log');
    expect(JSON.stringify(await rows("select letter from outbox where kind = 'reference'"))).toContain(
      'fatima@example.org',
    );
    const before = await log();
    expect((await nobody().post(`/r/${token}/decline`)).text).toContain('De vraag is weg');
    expect([await log(), await rows("select id from outbox where kind = 'reference'")]).toEqual([before, []]);
    expect(await rows('select * from reference_requests')).toEqual(asked);
    expect((await sam.get('/portfolio/references')).text).toContain('Nog niemand heeft iets gezegd');
    expect((await nobody().get(`/r/${token}`)).status).toBe(404);
  });

  it('the letter tells who asks and a link, and never what the learner typed; the address is nowhere else', async () => {
    const sam = await learner();
    await ask(sam, { email: 'buur@example.org', message: 'Klik op https://kwaad.example' });
    const [row] = await rows("select letter from outbox where kind = 'reference'");
    const letter = String(row!.letter);
    expect([letter.includes('Sam vraagt je'), letter.includes('kwaad')]).toEqual([true, false]);
    const dump = (await rows('select * from reference_requests')).concat(
      await rows('select * from audit_log'),
      await rows('select * from spent'),
    );
    expect(JSON.stringify(dump)).not.toContain('buur@example.org');
    expect((await ask(sam, { email: 'Buur@example.org' })).status).toBe(400);
    for (const as of ['https://kwaad.example', 'kwaad.example', 'a@b.nl', ''])
      expect((await ask(sam, { as })).status).toBe(400);
    expect((await ask(sam, { email: 'geen adres' })).text).toContain('Dit adres klopt niet');
  });

  it('after 60 days the link has ended, with the name of who was asked; what was said stays', async () => {
    const sam = await learner();
    const [open, answered] = [await ask(sam), await ask(sam)];
    await answerOf(nobody(), answered.token);
    now += 60 * DAY - 60_000;
    expect((await nobody().get(`/r/${open.token}`)).status).toBe(200);
    now += 120_000;
    for (const { token } of [open, answered]) expect((await nobody().get(`/r/${token}`)).status).toBe(404);
    await retain(deps);
    expect(await rows('select id from reference_requests')).toEqual([]);
    const later = Object.assign(browserOf(world, (await createPerson(world)).headers));
    expect((await later.get('/portfolio')).status).toBe(200);
    expect(
      await rows(
        'select id from reference_answers where portfolio_id in (select id from portfolios where person_id = ?)',
        sam.person.id,
      ),
    ).toHaveLength(1);
  });

  describe('further than a name', () => {
    const given = async () => {
      const sam = await learner();
      const { token } = await ask(sam, { experience: sam.experience });
      await answerOf(nobody(), token);
      const fatima = await someone({
        kind: 'eduid',
        name: 'Fatima Yilmaz',
        nameSource: 'institution',
        acr: 'https://eduid.nl/trust/validate-names',
      });
      return { sam, token, fatima };
    };

    it('with a login it is confirmed, and signed it is checked by our own verifier and by the reference library', async () => {
      const { sam, token, fatima } = await given();
      expect((await nobody().get(`/r/${token}`)).text).toContain(`/login?return=${encodeURIComponent(`/r/${token}`)}`);
      await fatima.post(`/r/${token}/confirm`);
      expect((await sam.get(sam.path)).text).toContain('Bevestigd door iemand die inlogde');
      await Promise.all([fatima.post(`/r/${token}/sign`), fatima.post(`/r/${token}/sign`)]);
      const page = (await sam.get(sam.path)).text;
      expect(page).toContain('Aanbevolen, met handtekening');
      const document = (await sam.get(`/portfolio/references/${idOf(page)}/document`)).text;
      const credential = JSON.parse(document);
      expect(credential.type).toEqual(['VerifiableCredential', 'EndorsementCredential']);
      expect(credential.credentialSubject.endorsementComment).toBe('Ze kookt voor iedereen.');
      for (const part of ['Fatima (buur)', 'eduID', 'Die naam is: Fatima Yilmaz.'])
        expect(credential.description).toContain(part);
      expect(document).not.toContain('zestig');
      const [experience] = await rows(
        'select kind, context, title, period_from as periodFrom, period_to as periodTo, story from experiences where id = ?',
        sam.experience,
      );
      expect(credential.credentialSubject.id).toBe(await subjectOf(credential.id, experience as never));
      const did = await readServiceDidDocument(deps);
      const [method] = did.verificationMethod as { id: string; publicKeyMultibase: string }[];
      const key = { ...method!, controller: String(did.id) };
      expect(await objectionOf(credential, key, new Date(now))).toBeUndefined();
      const report = await checkCredential(deps, { credential: document });
      expect([report.verdict, report.code]).toEqual(['valid', 'valid']);
      const changed = document.replace('iedereen', 'niemand');
      expect((await checkCredential(deps, { credential: changed })).verdict).toBe('invalid');
    });

    it('nobody vouches for themselves, and nobody takes over what another login stands behind', async () => {
      const { sam, token, fatima } = await given();
      const own = await ask(sam);
      expect((await answerOf(sam, own.token)).text).toContain('Dit is jouw eigen vraag');
      for (const step of ['confirm', 'sign']) expect((await sam.post(`/r/${token}/${step}`)).status).toBe(403);
      await fatima.post(`/r/${token}/confirm`);
      expect((await (await someone()).post(`/r/${token}/sign`)).status).toBe(403);
      expect((await nobody().post(`/r/${token}/sign`)).status).toBe(401);
    });

    it('who said it takes it back, from the link or the account, and only their own', async () => {
      const { sam, token, fatima } = await given();
      await fatima.post(`/r/${token}/confirm`);
      const [, id] = /account\/references\/([0-9a-f-]{36})/.exec((await fatima.get('/account/references')).text)!;
      expect((await (await someone()).post(`/account/references/${id}/withdraw`)).status).toBe(404);
      await fatima.post(`/account/references/${id}/withdraw`);
      expect((await sam.get(sam.path)).text).toContain('Door jou verteld');
      const other = await given();
      await nobody().post(`/r/${other.token}/decline`);
      expect((await other.sam.get(other.sam.path)).text).not.toContain('Ze kookt');
    });

    it('what someone erased said of others stays, tied to nobody; it was in what they could take along', async () => {
      const { sam, token, fatima } = await given();
      await fatima.post(`/r/${token}/confirm`);
      expect(JSON.stringify(await exportJson(deps, fatima.person.id))).toContain('Ze kookt voor iedereen.');
      await erasePerson(deps, fatima.person.id, { kind: 'operator' });
      expect((await sam.get(sam.path)).text).toContain('Ze kookt voor iedereen.');
      const stranger = await someone();
      for (const step of ['sign', 'decline']) expect((await stranger.post(`/r/${token}/${step}`)).status).toBe(403);
      await erasePerson(deps, sam.person.id, { kind: 'operator' });
      expect(
        await rows('select id from reference_answers where portfolio_id not in (select id from portfolios)'),
      ).toEqual([]);
    });
  });

  it('the learner hides it, shows it, takes it away; taking a question back works at once', async () => {
    const sam = await learner();
    const { token } = await ask(sam, { experience: sam.experience });
    await answerOf(nobody(), token, { voice });
    const id = idOf((await sam.get(sam.path)).text);
    await sam.post(`/portfolio/references/${id}/hide`);
    expect((await sam.get(sam.path)).text).toContain('Door jou verteld');
    await sam.post(`/portfolio/references/${id}/show`);
    expect((await sam.get(sam.path)).text).toContain('Herkend door iemand met naam');
    const stranger = await learner();
    for (const verb of ['hide', 'show', 'remove'])
      expect((await stranger.post(`/portfolio/references/${id}/${verb}`)).status).toBe(404);
    const before = (await rows('select id from files')).length;
    await sam.post(`/portfolio/references/${id}/remove`);
    expect((await rows('select id from files')).length).toBe(before - 1);
    expect((await nobody().get(`/r/${token}`)).status).toBe(404);
    const open = await ask(sam);
    const [, asked] = /asked\/([0-9a-f]{64})\/take-back/.exec((await sam.get('/portfolio/references')).text)!;
    expect((await stranger.post(`/portfolio/references/asked/${asked}/take-back`)).status).toBe(404);
    await sam.post(`/portfolio/references/asked/${asked}/take-back`);
    expect((await answerOf(nobody(), open.token)).status).toBe(404);
  });

  it('nothing said, no name, a file that is no sound: told, and what was typed comes back', async () => {
    const sam = await learner();
    const { token } = await ask(sam);
    expect((await answerOf(nobody(), token, { words: '' })).status).toBe(400);
    expect((await answerOf(nobody(), token, { name: ' ' })).text).toContain('Ze kookt voor iedereen.');
    const bad = await answerOf(nobody(), token, { voice: { name: 'x.wav', bytes: sample.png() } });
    expect([bad.status, bad.text.includes('Deze opname kunnen we niet bewaren')]).toEqual([400, true]);
    const answered = 'select * from reference_requests r join reference_answers a on a.request_id = r.id';
    expect(await rows(`${answered} where r.id = ?`, createHash('sha256').update(token).digest('hex'))).toEqual([]);
  });

  it('a recording counts to the room of the portfolio: where that is full, words are kept and no sound', async () => {
    const sam = await learner();
    const { token } = await ask(sam);
    const portfolio = (await rows('select id from portfolios where person_id = ?', sam.person.id))[0]!.id as string;
    const at = new Date(now).toISOString();
    const film = {
      id: newId(new Date(now)),
      name: 'film',
      mediaType: 'video/mp4',
      sha256: '0'.repeat(64),
      createdAt: at,
    };
    await deps.db.query.insert(files).values({ ...film, scope: `portfolio:${portfolio}`, size: 1_500_000_000 });
    const full = await answerOf(nobody(), token, { voice });
    expect([full.status, full.text.includes('Deze opname kunnen we niet bewaren')]).toEqual([400, true]);
    expect((await answerOf(nobody(), token)).status).toBe(303);
  });

  it('W1: what someone typed runs nowhere', async () => {
    const sam = await learner();
    const evil = '<img src=x onerror=alert(1)>"\'';
    const { token } = await ask(sam, { name: evil, message: evil, experience: sam.experience });
    expect((await nobody().get(`/r/${token}`)).text).not.toContain('<img src=x');
    await answerOf(nobody(), token, { name: evil, words: evil });
    for (const path of [sam.path, '/portfolio/references'])
      expect((await sam.get(path)).text).not.toContain('<img src=x');
    expect((await nobody().get(`/r/${token}`)).text).not.toContain('<img src=x');
  });

  it('W6: links that are guessed are a 404, all alike, and the database holds no link', async () => {
    const sam = await learner();
    const { token } = await ask(sam);
    const told = new Set<string>();
    for (let n = 0; n < 20; n++) {
      const { status, text } = await nobody().get(`/r/${Buffer.alloc(16, n).toString('base64url')}`);
      told.add(`${status} ${text.replaceAll(/r(\/|%2F)[\w-]+/g, '').length}`);
    }
    expect([...told]).toEqual([expect.stringMatching(/^404 /)]);
    expect(JSON.stringify(await rows('select * from reference_requests'))).not.toContain(token);
  });
});
