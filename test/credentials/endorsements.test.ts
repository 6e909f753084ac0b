import { beforeAll, describe, expect, it } from 'vitest';
import { signEndorsement } from '../../src/credentials/sign.ts';
import { erasePerson, exportJson } from '../../src/privacy/index.ts';
import { base64url } from '../../src/platform/ids.ts';
import { verifyAudit } from '../../src/platform/audit.ts';
import { endorsementCredential } from '../../src/vc/endorsement.ts';
import { checkCredential } from '../../src/verifier/index.ts';
import { type Json, keySigner, signAny } from '../support/badges.ts';
import { createWorld } from '../support/create-world.ts';
import { jwt, jwtKey } from '../support/jwts.ts';
import { createMember, createPerson } from '../support/people.ts';
import { createSchool } from '../support/world.ts';

const world = createWorld({ mailer: { send: async () => {} } });
const { deps } = world;
type School = Awaited<ReturnType<typeof createSchool>>;
type Who = { headers: Record<string, string> };
let school: School;
let other: School;
let coordinator: Who;
let neighbour: Who;
beforeAll(async () => {
  [school, other] = [await createSchool(world), await createSchool(world)];
  world.db.sqlite.exec(`update institutions set profile = json_set(profile, '$.email', 'info@school.example')`);
  coordinator = await createMember(world, school.institution, ['coordinator']);
  neighbour = await createMember(world, other.institution, ['admin']);
});

const get = async (path: string, who?: Who, accept = 'text/html') => {
  const response = await world.request(path, { headers: { accept, ...who?.headers } });
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const post = async (path: string, who: Who | undefined, fields: Record<string, string> = {}) => {
  const response = await world.request(path, {
    method: 'POST',
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', ...who?.headers },
    body: new URLSearchParams(fields).toString(),
  });
  return { status: response.status, text: await response.text(), to: response.headers.get('location') };
};
const rows = (sql: string, ...values: unknown[]) =>
  world.db.sqlite.prepare(sql).all(...values) as Record<string, string>[];

const page = () => `/i/${school.institution.slug}`;
const achievementPage = () => `${page()}/achievements/${school.achievement}`;
const room = () => `/console/${school.institution.slug}/endorsements`;
let count = 0;
/** Says something, and tells under which id it was kept. */
async function say(who: Who, path: string, over: Record<string, string> = {}) {
  const form = (await get(`${path}/endorse`, who)).text;
  const nonce = /name="nonce" value="([\w-]+)"/.exec(form)?.[1] ?? '';
  const fields = { nonce, words: `Wij zien dat het klopt ${++count}.`, name: 'Anna de Boer', ...over };
  const answer = await post(`${path}/endorse`, who, fields);
  const [row] = rows(`select id from endorsements where json_extract(document, '$.words') = ?`, fields.words);
  return { ...answer, words: fields.words, id: row?.id ?? '', fields };
}
const accept = (id: string, who = coordinator) => post(`${room()}/${id}/accept`, who);
const refuse = (id: string, who = coordinator) => post(`${room()}/${id}/refusal`, who);
const document = (id: string) => get(`${page()}/endorsements/${id}`, undefined, '*/*');

describe('an endorsement by a person', () => {
  it('is signed after a login, waits, is accepted, stands on the page, and is sound by itself', async () => {
    const anna = await createPerson(world);
    expect((await get(`${page()}/endorse`)).status).toBe(303);
    const { id, to, words } = await say(anna, page(), { onBehalfOf: 'Bakkerij Zon' });
    expect(to).toBe('/account/endorsements?done=given');
    expect((await get('/account/endorsements', anna)).text).toContain('Wacht tot de instelling');
    expect((await get(page())).text).not.toContain(words);
    expect((await document(id)).status).toBe(404);
    const [letter, ...more] = rows(`select letter from outbox where key like 'endorsement:%'`);
    expect(more, 'one a day, however much is said').toEqual([]);
    expect(letter!.letter).toContain(`${deps.config.origin}${room()}`);
    expect(letter!.letter).not.toContain(words);

    expect((await get(room(), coordinator)).text).toContain(words);
    expect((await accept(id)).to).toContain('done=endorsement-shown');
    const shown = (await get(page())).text;
    for (const part of [words, 'Anna de Boer', 'namens Bakkerij Zon', 'logde op', 'eduID'])
      expect(shown).toContain(part);

    const signed = await document(id);
    expect(signed.headers.get('content-type')).toBe('application/vc');
    const credential = JSON.parse(signed.text) as Json;
    expect(credential).toMatchObject({
      id: `${deps.config.origin}${page()}/endorsements/${id}`,
      type: ['VerifiableCredential', 'EndorsementCredential'],
      credentialSubject: { id: school.institution.did, endorsementComment: words },
    });
    expect((await checkCredential(deps, { credential: signed.text })).verdict).toBe('valid');
    const answer = await get(`/verify?url=${encodeURIComponent(String(credential.id))}`);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('geen badge');
  });

  it('of an achievement is about the version that is current, and stands on the page of each version', async () => {
    const anna = await createPerson(world);
    const { id, words } = await say(anna, achievementPage());
    await accept(id);
    const credential = JSON.parse((await document(id)).text);
    expect(credential.credentialSubject.id).toBe(`${deps.config.origin}${achievementPage()}/versions/1`);
    for (const path of ['', '/versions/1']) expect((await get(achievementPage() + path)).text).toContain(words);
    expect((await get(page())).text).not.toContain(words);
    const { slug } = school.institution;
    const of = (query: string) => world.api(`/api/v1/catalogue/endorsements?institution=${slug}${query}`);
    const { json, headers } = await of(`&achievement=${school.achievement}`);
    expect(json.items).toMatchObject([
      { id: credential.id, way: 'login', words, version: 1, about: { kind: 'achievement' } },
    ]);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect((await of('')).json.items.map((one: Json) => one.words)).toContain(words);
    expect((await of('&achievement=none')).status).toBe(404);
  });

  it('is kept once when the form is sent twice, and asks for a name and words', async () => {
    const anna = await createPerson(world);
    const { fields } = await say(anna, page());
    const again = { ...fields, nonce: 'another-nonce-of-a-form', words: 'Twee tegelijk.' };
    const pressed = await Promise.all([fields, again, again].map(sent => post(`${page()}/endorse`, anna, sent)));
    expect(pressed.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(rows(`select id from endorsements where person_id = ?`, anna.id)).toHaveLength(2);
    expect(rows(`select id from endorsements where json_extract(document, '$.words') = ?`, fields.words)).toHaveLength(
      1,
    );
    for (const over of <Record<string, string>[]>[
      { words: '' },
      { name: '' },
      { words: 'x'.repeat(2001) },
      { nonce: '' },
    ])
      expect((await say(anna, page(), over)).status).toBe(400);
    expect((await post(`${page()}/endorse`, undefined, fields)).status).toBe(401);
  });

  it('is withdrawn at once: gone from the page, its document answers 410, and nothing of it is kept', async () => {
    const anna = await createPerson(world);
    const [shown, waiting] = [await say(anna, page()), await say(anna, page())];
    await accept(shown.id);
    expect((await post(`/account/endorsements/${shown.id}/withdraw`, coordinator)).status).toBe(404);
    for (const { id } of [shown, waiting])
      expect((await post(`/account/endorsements/${id}/withdraw`, anna)).status).toBe(303);
    expect((await get(page())).text).not.toContain(shown.words);
    expect([(await document(shown.id)).status, (await document(waiting.id)).status]).toEqual([410, 404]);
    expect(rows('select document, person_id from endorsements where id in (?, ?)', shown.id, waiting.id)).toEqual([
      { document: '{}', person_id: null },
    ]);
    expect((await accept(waiting.id)).status).toBe(404);
    expect((await get('/account/endorsements', anna)).text).toContain('nog niets onderschreven');
  });
});

describe('who decides about an endorsement', () => {
  it('declining leaves no trace: no row, and nothing in the log of the institution', async () => {
    const { id } = await say(await createPerson(world), page());
    const before = rows('select seq from audit_log where institution = ?', school.institution.id).length;
    await refuse(id);
    expect(rows('select id from endorsements where id = ?', id)).toEqual([]);
    expect(rows('select seq from audit_log where institution = ?', school.institution.id)).toHaveLength(before);
    expect((await document(id)).status).toBe(404);
  });

  it('takes down what was shown; another institution and another role see and decide nothing', async () => {
    const { id, words } = await say(await createPerson(world), page());
    const assessor = await createMember(world, school.institution, ['assessor']);
    expect([(await accept(id, assessor)).status, (await get(room(), assessor)).status]).toEqual([403, 403]);
    const next = `/console/${other.institution.slug}/endorsements`;
    expect((await post(`${next}/${id}/accept`, neighbour)).status).toBe(404);
    expect((await get(next, neighbour)).text).not.toContain(words);
    await accept(id);
    expect((await refuse(id)).to).toContain('endorsement-gone');
    expect((await document(id)).status).toBe(410);
    expect((await verifyAudit(world.db)).filter(chain => chain.firstBad)).toEqual([]);
  });

  it('an institution does not endorse itself, in any of the three ways', async () => {
    for (const over of <Record<string, string>[]>[
      {},
      { as: school.institution.slug },
      { as: other.institution.slug },
    ]) {
      const refused = await say(coordinator, page(), { nonce: 'n'.repeat(16), ...over });
      expect([refused.status, refused.id]).toEqual([409, '']);
    }
    expect((await get(`${page()}/endorse`, coordinator)).text).not.toContain('name="words"');
  });

  it('who came to work there later does not accept their own words', async () => {
    const anna = await createPerson(world);
    const { id } = await say(anna, page());
    const at = deps.clock().toISOString();
    world.db.sqlite
      .prepare(`insert into members (id, institution_id, person_id, role, since) values (?, ?, ?, 'admin', ?)`)
      .run(crypto.randomUUID(), school.institution.id, anna.id, at);
    expect((await accept(id, anna)).status).toBe(403);
  });

  it('has at most twenty of one giver waiting', async () => {
    const anna = await createPerson(world);
    const row = world.db.sqlite.prepare(
      `insert into endorsements (id, subject_kind, subject_id, document, person_id, created_at) values (?, 'institution', ?, '{"words":"x","by":"Anna","way":"login","language":"nl"}', ?, ?)`,
    );
    for (let i = 0; i < 20; i++) row.run(`full-${i}`, other.institution.id, anna.id, deps.clock().toISOString());
    const { status, text } = await say(anna, page());
    expect(status).toBe(422);
    expect(text).toContain('Er wachten al 20');
  });
});

describe('an endorsement by an institution of the service', () => {
  it('is signed with its own key by who may speak for it, and it takes it back', async () => {
    expect((await get(`${page()}/endorse`, neighbour)).text).toContain(`value="${other.institution.slug}"`);
    const { id, to, words } = await say(neighbour, page(), { as: other.institution.slug, name: '' });
    expect(to).toContain(`/console/${other.institution.slug}/endorsements`);
    await accept(id);
    const credential = JSON.parse((await document(id)).text);
    expect(credential.issuer.id).toBe(other.institution.did);
    expect((await checkCredential(deps, { credential })).verdict).toBe('valid');
    const own = `/console/${other.institution.slug}/endorsements`;
    expect((await get(own, neighbour)).text).toContain(words);
    const elsewhere = await createMember(world, (await createSchool(world)).institution, ['admin']);
    expect((await post(`${own}/${id}/withdrawal`, elsewhere)).status).toBe(404);
    expect((await post(`${own}/${id}/withdrawal`, neighbour)).status).toBe(303);
    expect((await document(id)).status).toBe(410);
  });

  it('is refused to a stranger and to another role', async () => {
    const assessor = await createMember(world, other.institution, ['assessor']);
    for (const who of [await createPerson(world), assessor])
      for (const as of [other.institution.slug, 'nergens']) expect((await say(who, page(), { as })).status).toBe(403);
  });
});

describe('an endorsement with a key of one’s own', () => {
  const draft = async (about: string, changes: Json = {}) => {
    const signer = await keySigner(41);
    const issuer = { id: signer.controller, type: ['Profile'] as ['Profile'], name: 'Bakkerij Zon' };
    const unsigned = endorsementCredential({
      id: `urn:uuid:${crypto.randomUUID()}`,
      issuer,
      at: new Date(deps.clock().getTime() - 60_000),
      name: 'Onderschrijving',
      description: 'Van ons',
      about,
      comment: `Ze kunnen bakken ${++count}.`,
    });
    return { unsigned: { ...unsigned, ...changes } as Json, signer };
  };
  const signed = async (about: string, changes: Json = {}) => {
    const { unsigned, signer } = await draft(about, changes);
    return JSON.stringify(await signAny(unsigned, signer, { created: new Date(deps.clock().getTime() - 60_000) }));
  };
  const bring = async (who: Who, text: string, path = page()) => {
    const body = new FormData();
    body.append('text', text);
    const response = await world.request(`${path}/endorse/signed`, {
      method: 'POST',
      headers: { accept: 'text/html', ...who.headers },
      body,
    });
    return { status: response.status, text: await response.text() };
  };

  it('is checked, kept as it came with its verdict, and shown once accepted', async () => {
    const anna = await createPerson(world);
    const version = `${deps.config.origin}${achievementPage()}/versions/1`;
    const text = await signed(version);
    expect((await bring(anna, text, achievementPage())).status).toBe(303);
    expect((await bring(anna, text, achievementPage())).status).toBe(303);
    const found = rows(`select id, document from endorsements where person_id = ?`, anna.id);
    expect(found).toHaveLength(1);
    expect(JSON.parse(found[0]!.document!)).toMatchObject({
      way: 'elsewhere',
      document: text,
      by: 'Bakkerij Zon',
      checked: { verdict: 'valid' },
    });
    await accept(found[0]!.id!);
    expect((await document(found[0]!.id!)).text).toBe(text);
    expect((await get(achievementPage())).text).toContain('Ondertekend met een eigen sleutel');
  });

  it('is taken as a JWT too', async () => {
    const anna = await createPerson(world);
    const key = await jwtKey('ES256');
    const did = `did:jwk:${base64url(new TextEncoder().encode(JSON.stringify(key.jwk)))}`;
    const { unsigned } = await draft(school.institution.did, { issuer: { id: did, type: ['Profile'], name: 'Zon' } });
    const token = await jwt(key, { alg: 'ES256', typ: 'vc+jwt', kid: `${did}#0` }, { ...unsigned, iss: did });
    expect((await bring(anna, token)).status).toBe(303);
    const [{ id }] = rows('select id from endorsements where person_id = ?', anna.id) as [{ id: string }];
    await accept(id);
    expect((await document(id)).headers.get('content-type')).toBe('application/vc+jwt');
  });

  it('is refused when it is about something else, changed, expired, a badge, or nothing at all', async () => {
    const anna = await createPerson(world);
    const { did } = school.institution;
    const about = 'Dit bestand gaat over iets anders';
    const unsound = 'niet geldig';
    const cases: [string, string][] = [
      [await signed(other.institution.did), about],
      [await signed(`${deps.config.origin}${achievementPage()}/versions/2`), about],
      [(await signed(did)).replace('kunnen bakken', 'kunnen alles'), unsound],
      [await signed(did, { validUntil: '2020-01-01T00:00:00Z', validFrom: '2019-01-01T00:00:00Z' }), unsound],
      [await signed(did, { type: ['VerifiableCredential'] }), 'geen EndorsementCredential'],
      ['zomaar wat', 'geen EndorsementCredential'],
      ['', 'geen EndorsementCredential'],
      ['{', 'niet lezen'],
      [`{"a":"${'x'.repeat(100_000)}"}`, 'niet lezen'],
    ];
    for (const [text, why] of cases) {
      const answer = await bring(anna, text);
      expect([answer.status, answer.text.includes(why)], text.slice(0, 80)).toEqual([422, true]);
    }
    expect(rows('select id from endorsements where person_id = ?', anna.id)).toEqual([]);
  });

  it('that was signed here and withdrawn is not brought again by another', async () => {
    const anna = await createPerson(world);
    const { id, words } = await say(anna, page());
    await accept(id);
    const { text } = await document(id);
    expect((await post(`/account/endorsements/${id}/withdraw`, anna)).status).toBe(303);
    for (const who of [anna, await createPerson(world)]) {
      const answer = await bring(who, text);
      expect([answer.status, answer.text.includes('Dit is bij ons ondertekend')]).toEqual([422, true]);
    }
    expect(rows('select id from endorsements where document like ?', `%${words}%`)).toEqual([]);
  });

  it('that somebody else brought before is one’s own too, and once withdrawn it stays so', async () => {
    const [anna, bram] = [await createPerson(world), await createPerson(world)];
    const text = await signed(school.institution.did);
    for (const who of [bram, anna]) expect((await bring(who, text)).status).toBe(303);
    const [{ id }] = rows('select id from endorsements where person_id = ?', anna.id) as [{ id: string }];
    await accept(id);
    expect((await post(`/account/endorsements/${id}/withdraw`, anna)).status).toBe(303);
    expect((await bring(anna, text)).text).toContain('Je hebt precies dit al eens teruggenomen');
  });

  it('is shown whole: too many words, or several comments, are refused', async () => {
    const anna = await createPerson(world);
    const { did } = school.institution;
    const subject = { id: did, type: ['EndorsementSubject'] };
    const long = { credentialSubject: { ...subject, endorsementComment: 'woord '.repeat(1_000) } };
    const several = { credentialSubject: { ...subject, endorsementComment: ['een', 'twee'] } };
    expect((await bring(anna, await signed(did, long))).text).toContain('te lang');
    expect((await bring(anna, await signed(did, several))).status).toBe(422);
    expect(rows('select id from endorsements where person_id = ?', anna.id)).toEqual([]);
  });

  it('of the institution itself is refused, whoever brings it', async () => {
    const { unsigned } = await draft(school.institution.did);
    const own = { ...unsigned, issuer: { id: school.institution.did, type: ['Profile'], name: 'Wij' } };
    const { document } = await signEndorsement(deps, school.institution, own as never, deps.clock());
    expect((await bring(await createPerson(world), JSON.stringify(document))).status).toBe(409);
  });
});

describe('the data of who endorsed', () => {
  it('is told to them, and goes with them', async () => {
    const anna = await createPerson(world);
    const [shown, waiting] = [await say(anna, page()), await say(anna, achievementPage())];
    await accept(shown.id);
    const held = JSON.stringify(await exportJson(deps, anna.id));
    const seen = (await get('/account/data', anna)).text;
    for (const { words } of [shown, waiting])
      expect([held.includes(words), seen.includes(words)]).toEqual([true, true]);
    await erasePerson(deps, anna.id, { kind: 'operator' });
    expect((await document(shown.id)).status).toBe(410);
    expect((await get(room(), coordinator)).text).not.toContain(waiting.words);
    expect(rows('select id from endorsements where id = ?', waiting.id)).toEqual([]);
  });
});
