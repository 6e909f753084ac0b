import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  claimAward,
  claimOffer,
  eraseAward,
  keepBadge,
  makeShareLink,
  recheckBadges,
  revokeAward,
  wasErased,
} from '../../src/credentials/index.ts';
import { awards, credentials, offers, shareLinks, shareUses } from '../../src/credentials/schema.ts';
import { members } from '../../src/institutions/schema.ts';
import { identities, people, sessions } from '../../src/people/schema.ts';
import { backupDatabase } from '../../src/platform/backup-node.ts';
import type { SignedIn } from '../../src/platform/context.ts';
import { auditLog, outbox } from '../../src/platform/schema.ts';
import { verifyAudit } from '../../src/platform/audit.ts';
import { erasePerson, heldAbout, retain } from '../../src/privacy/index.ts';
import { importBadge } from '../../src/wallets/index.ts';
import { importedBadges } from '../../src/wallets/schema.ts';
import { createWorld } from '../support/create-world.ts';
import { claimable, idleMailer } from '../support/offers.ts';
import { createMember, createPerson } from '../support/people.ts';
import { createSchool, exampleAward, operatorOf } from '../support/world.ts';

const EMAIL = 'rosalinde.kwakkelstein@zeldzaam.example';
const NAME = 'Rosalinde Kwakkelstein';
const EDUID = '5d0e7a52-uniek-9e4c-eduid-3b1fd0c1a7aa';
const NARRATIVE = 'Ze leidde het wijkfeest met negentig vrijwilligers.';
const PURPOSE = 'sollicitatie bij bakkerij Zeldzaamkorst';
const ELSEWHERE = 'urn:elders:kwartelbadge';
const REASON = 'De beoordeling was van een naamgenoot.';
/** What must be nowhere once it was erased. */
const SECRETS = [
  EMAIL,
  NAME,
  'Kwakkelstein',
  EDUID,
  NARRATIVE,
  'wijkfeest',
  REASON,
  'STUDENT-314159',
  'naamgenoot',
  PURPOSE,
  ELSEWHERE,
];

describe('erasure', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waarmerk-erase-'));
  const file = join(folder, 'data.db');
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  let claimed: Awaited<ReturnType<typeof createSchool>>;
  let kept: string;
  let revoked: string;
  let signed: string;
  let share: string;
  let shared: string;
  let listBefore: string;
  let listPath: string;
  let sam: Awaited<ReturnType<typeof createPerson>>;
  let session: SignedIn;

  /** Files of the database in which a text stands. */
  const hits = (texts = SECRETS) =>
    readdirSync(folder).flatMap(name => {
      const bytes = readFileSync(join(folder, name));
      return texts.filter(text => bytes.includes(text)).map(text => `${name}: ${text}`);
    });

  beforeAll(async () => {
    world = createWorld({ file, mailer: idleMailer });
    school = await createSchool(world, 'proefschool');
    claimed = await createSchool(world, 'claimschool', claimable());
    sam = await createPerson(world, { subject: EDUID, email: EMAIL, label: EMAIL, name: NAME });
    session = {
      id: sam.sessionId,
      person: sam.id,
      identity: sam.identityId,
      provider: 'eduid',
      provenAt: new Date().toISOString(),
      language: 'nl',
    };
    // Company, so that pages are shared and split.
    for (let i = 0; i < 40; i++)
      await world.api('/api/v1/awards', {
        key: school.keys.awarder,
        body: exampleAward(school.achievement, {
          recipient: { email: `other${i}@example.org` },
          narrative: 'x'.repeat(1 + i * 90),
        }),
      });
    const award = async (of: typeof school, over: object, headers = {}) =>
      world.api('/api/v1/awards', { key: of.keys.awarder, headers, body: exampleAward(of.achievement, over) });

    const bearer = await award(
      school,
      {
        recipient: { email: EMAIL, name: NAME },
        decision: { basis: 'assessment', decidedBy: 'A. B.', decidedOn: '2026-11-01', reference: 'STUDENT-314159' },
        narrative: NARRATIVE,
        evidence: [{ name: 'Foto', narrative: NARRATIVE }],
      },
      { 'idempotency-key': 'erase-me' },
    );
    const token = new URL(bearer.json.claim).pathname.split('/').at(-1)!;
    share = `/c/${(await claimAward(world.deps, token)).shareToken}`;
    await keepBadge(world.deps, session, token);
    kept = bearer.json.id;
    const link = { purpose: PURPOSE, readers: 'many', term: 'none' } as const;
    shared = `/c/${await makeShareLink(world.deps, session, kept, { ...link, without: [] })}`;
    expect((await world.request(shared)).status).toBe(200);
    await importBadge(world.deps, session, { document: JSON.stringify({ id: ELSEWHERE }), source: 'text' });
    signed =
      (await world.request(`${share}.json`)).status === 200 ? await (await world.request(`${share}.json`)).text() : '';

    const offered = await award(claimed, {
      recipient: { eduid: EDUID, email: EMAIL, name: NAME },
      narrative: NARRATIVE,
    });
    const { awardId } = await claimOffer(world.deps, session, new URL(offered.json.claim).pathname.split('/').at(-1)!);
    revoked = awardId;
    await revokeAward(operatorOf(world.deps, claimed.institution), revoked, { reason: 'error', text: REASON });
    // Never picked up, and never taken into the account; and an offer that waits.
    await award(school, {
      recipient: { email: EMAIL, name: NAME },
      decision: { basis: 'assessment', decidedBy: 'A', decidedOn: '2026-11-02' },
    });
    await award(claimed, {
      recipient: { email: EMAIL, name: NAME },
      decision: { basis: 'assessment', decidedBy: 'A', decidedOn: '2026-11-02' },
      narrative: NARRATIVE,
    });
    await world.db.query.insert(members).values({
      id: 'member-1',
      institutionId: school.institution.id,
      personId: sam.id,
      role: 'examiner',
      since: new Date().toISOString(),
    });
    listPath = new URL(
      (JSON.parse(signed) as { credentialStatus: { statusListCredential: string } }).credentialStatus
        .statusListCredential,
    ).pathname;
    listBefore = await (await world.request(listPath)).text();
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('begins with all that is held, also what waits and what was said', async () => {
    const held = await heldAbout(world.deps, sam.id);
    expect(held.awards.map(a => a.state).sort()).toEqual(['claimed', 'released', 'revoked']);
    expect(held.offers).toHaveLength(1);
    expect(held.roles).toMatchObject([{ institution: 'proefschool', role: 'examiner' }]);
    expect(held.awards.flatMap(award => award.shareLinks)).toMatchObject([{ purpose: PURPOSE, uses: 1 }]);
    expect(held.imported).toMatchObject([{ credentialId: ELSEWHERE }]);
    expect(held.letters.length).toBeGreaterThan(0);
    expect(JSON.stringify(held)).toContain(REASON);
    expect(new Set(hits().map(hit => hit.split(': ')[1]))).toEqual(new Set(SECRETS));
  });

  it('W12: afterwards nothing personal is left in the database, its log, its index, or a copy made after it', async () => {
    await erasePerson(world.deps, sam.id, { kind: 'person', person: sam.id });
    await backupDatabase(world.db, join(folder, 'copy.db'));
    expect(readdirSync(folder).sort()).toEqual(['copy.db', 'data.db', 'data.db-shm', 'data.db-wal']);
    expect(hits()).toEqual([]);
    // The search finds what is there: the company is.
    expect(hits(['other7@example.org']).length).toBeGreaterThan(0);
    for (const table of [people, identities, sessions, members, offers, shareLinks, shareUses, importedBadges])
      expect(await world.db.query.select().from(table)).toEqual([]);
  });

  it('W12: lists are as they were, and a copy that was downloaded is valid as before', async () => {
    expect(await (await world.request(listPath)).text()).toBe(listBefore);
    const checked = await world.api('/api/v1/verifications', { body: { credential: JSON.parse(signed) } });
    expect(checked.json).toMatchObject({ verdict: 'valid' });
  });

  it('its pages are gone, its status is not', async () => {
    expect((await world.request(share)).status).toBe(404);
    expect((await world.request(shared)).status).toBe(404);
    expect((await world.request(`${share}.json`)).status).toBe(404);
    const key = school.keys.awarder;
    expect((await world.api(`/api/v1/awards/${kept}`, { key })).json).toMatchObject({ state: 'claimed', claim: null });
    const gone = await world.api(`/api/v1/awards/${kept}/credential`, { key });
    expect([gone.status, gone.json.code]).toEqual([410, 'award-erased']);
    expect((await world.api('/api/v1/awards', { key })).status).toBe(200);
    const again = await world.api(`/api/v1/awards/${kept}/replacement`, {
      key,
      body: { kind: 'correction', recipient: { name: 'X' } },
    });
    expect(again.status, again.text).toBe(410);
    // It can still be revoked, for instance since it turns out to be fraud.
    const [row] = await world.db.query.select().from(awards).where(eq(awards.id, kept));
    expect(row).toMatchObject({ recipientKey: `erased:${kept}`, personId: null, reference: '', subjectId: '' });
  });

  it('what is left recognises the copy that its holder has, and no other', async () => {
    const [row] = await world.db.query.select().from(credentials).where(eq(credentials.awardId, kept));
    expect(row!.verificationMethod).toMatch(/^did:web:/);
    expect(await wasErased(row!.document, signed)).toBe(true);
    expect(await wasErased(row!.document, `${signed} `)).toBe(false);
  });

  it('the audit chains are whole and hold no word of it', async () => {
    expect((await verifyAudit(world.db)).filter(finding => finding.firstBad)).toEqual([]);
    const log = await world.db.query.select().from(auditLog);
    expect(log.filter(row => row.action === 'award.erase')).toHaveLength(3);
    expect(log.find(row => row.action === 'person.erase')).toMatchObject({ subject: sam.id, institution: '' });
  });

  it('whoever rechecks what was issued goes by what was erased', async () => {
    const found = await recheckBadges(world.deps, new Date(0));
    expect(found.bad).toEqual([]);
    expect(found.checked).toBe(40);
  });

  it('the same request once more is another request now', async () => {
    const replayed = await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      headers: { 'idempotency-key': 'erase-me' },
      body: exampleAward(school.achievement, { recipient: { email: 'x@example.org' } }),
    });
    expect(replayed.json.code).toBe('idempotency-key-reused');
  });

  it('is done again without harm, and goes on where it was cut off', async () => {
    await expect(erasePerson(world.deps, sam.id, { kind: 'operator' })).rejects.toMatchObject({ code: 'not-found' });
    const kim = await createPerson(world, { email: 'kim@example.org', label: 'kim@example.org' });
    for (let day = 1; day < 26; day++)
      await world.api('/api/v1/awards', {
        key: school.keys.awarder,
        body: exampleAward(school.achievement, {
          recipient: { email: 'kim@example.org' },
          decision: { basis: 'assessment', decidedBy: 'A', decidedOn: `2026-10-${String(day).padStart(2, '0')}` },
        }),
      });
    const { batch } = world.db;
    let left = 1;
    world.db.batch = statements => (left-- > 0 ? batch(statements) : Promise.reject(new Error('the machine stopped')));
    await expect(erasePerson(world.deps, kim.id, { kind: 'operator' })).rejects.toThrow('the machine stopped');
    world.db.batch = batch;
    const halfway = await heldAbout(world.deps, kim.id);
    expect(halfway.awards).toHaveLength(5);
    await erasePerson(world.deps, kim.id, { kind: 'operator' });
    expect(hits(['kim@example.org'])).toEqual([]);
  });

  it('an institution erases an award of someone without an account; only its admin, and nobody their own', async () => {
    const made = await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement, { recipient: { email: 'no.account@zeldzaam.example', name: NAME } }),
    });
    const id = made.json.id as string;
    const ctx = operatorOf(world.deps, school.institution);
    const admin = await createMember(world, school.institution, ['admin']);
    const as = (role: 'awarder' | 'admin', person = admin.id) => ({
      ...ctx,
      actor: { kind: 'member' as const, person, roles: [{ role, achievements: null }] },
    });
    await expect(eraseAward(as('awarder'), id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(eraseAward(operatorOf(world.deps, claimed.institution), id)).rejects.toMatchObject({
      code: 'not-found',
    });
    await world.db.query.update(awards).set({ personId: admin.id }).where(eq(awards.id, id));
    await expect(eraseAward(as('admin'), id)).rejects.toMatchObject({ code: 'forbidden' });
    await world.db.query.update(awards).set({ personId: null }).where(eq(awards.id, id));
    const path = `/api/v1/awards/${id}/erasure`;
    expect((await world.api(path, { key: school.keys.awarder, method: 'POST' })).status).toBe(403);
    expect((await world.api(path, { key: claimed.keys.admin, method: 'POST' })).status).toBe(404);
    expect((await world.api(path, { key: school.keys.admin, method: 'POST' })).status).toBe(204);
    await expect(eraseAward(as('admin'), id)).rejects.toMatchObject({ code: 'award-erased' });
    expect(hits(['no.account@zeldzaam.example', NAME])).toEqual([]);
  });

  it('words that come after an erasure go at the next sweep', async () => {
    const ctx = operatorOf(world.deps, school.institution);
    await revokeAward(ctx, kept, { reason: 'fraud', text: NARRATIVE });
    await retain(world.deps);
    expect(hits([NARRATIVE])).toEqual([]);
    expect(await world.db.query.select().from(outbox)).toEqual([]);
  });
});
