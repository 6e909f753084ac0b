import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { awardDecided, awardsOf, type DecisionDocument } from '../../src/credentials/index.ts';
import { decisionDocuments, dossierAwards } from '../../src/dossiers/schema.ts';
import { compromiseKey, listKeys } from '../../src/institutions/index.ts';
import { runJobs } from '../../src/jobs/index.ts';
import { auditLog } from '../../src/platform/schema.ts';
import { erasePerson } from '../../src/privacy/index.ts';
import { createWorld } from '../support/create-world.ts';
import { createOffice } from '../support/dossiers.ts';
import { exampleAchievement } from '../support/world.ts';

const world = createWorld();
const { deps } = world;

/** A dossier that the board exempted on, as a learner finds it. */
async function exempted() {
  const office = await createOffice(world, { ...exampleAchievement, name: 'Vrij van taal' });
  const learner = await office.learner();
  const dossier = await office.begin(learner);
  await dossier.judged('board');
  const { event } = await dossier.decided('exemption');
  const base = `/validations/${dossier.id}/decisions/${event!.seq}`;
  const read = (path: string, headers: Record<string, string> = learner.headers) => world.request(path, { headers });
  return { ...office, learner, dossier, seq: event!.seq, base, read };
}

const check = async (credential: unknown) => {
  const form = new FormData();
  form.set('text', typeof credential === 'string' ? credential : JSON.stringify(credential));
  return (await world.request('/verify', { method: 'POST', body: form })).text();
};
const checkFile = async (bytes: Uint8Array<ArrayBuffer>) => {
  const form = new FormData();
  form.set('file', new File([bytes], 'decision.pdf', { type: 'application/pdf' }));
  return (await world.request('/verify', { method: 'POST', body: form })).text();
};
const rowsOf = (id: string) =>
  deps.db.query.select().from(decisionDocuments).where(eq(decisionDocuments.dossierId, id));

describe('an exemption', () => {
  it('yields a document that its institution signed, and no badge', async () => {
    const { dossier, learner, read, base, institution } = await exempted();
    await awardDecided(deps, dossier.id);
    expect(await awardsOf(deps, learner.id)).toEqual([]);
    const made = await deps.db.query.select().from(dossierAwards).where(eq(dossierAwards.dossierId, dossier.id));
    expect(made).toEqual([]);
    const response = await read(`${base}.json`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const json = (await response.json()) as DecisionDocument;
    expect(json).toMatchObject({
      type: 'ValidationDecision',
      issuer: { id: institution.did, name: 'Proefschool' },
      holder: { name: 'Sam de Vries' },
      decision: { basis: 'exemption', decidedBy: 'board', body: 'examencommissie', waived: [] },
      results: [{ title: 'Vrij van taal', outcome: 'awarded' }],
      recourse: { appeal: expect.stringContaining('Commissie van Beroep') },
    });
    expect(json.recourse.reconsideration).toBeUndefined();
  });

  it('is told by the check page as a decision and not as a badge, as data and on paper', async () => {
    const { base, read } = await exempted();
    const page = await check(await (await read(`${base}.json`)).text());
    expect(page).toContain('Dit is een besluit van Proefschool, en er is niets aan veranderd');
    expect(page).toContain('Het is een besluit en geen badge.');
    const paper = new Uint8Array(await (await read(`${base}.pdf`)).arrayBuffer());
    expect(String.fromCharCode(...paper.subarray(0, 5))).toBe('%PDF-');
    expect(await checkFile(paper)).toContain('Dit is een besluit van Proefschool, en er is niets aan veranderd');
  });

  it('that was changed, that has a member more, or whose key was compromised is not believed', async () => {
    const { base, read, institution } = await exempted();
    const json = (await (await read(`${base}.json`)).json()) as DecisionDocument;
    const changed = { ...json, decision: { ...json.decision, decidedOn: '2020-01-01T00:00:00.000Z' } };
    expect(await check(changed)).toContain('De handtekening klopt niet.');
    expect(await check({ ...json, grade: 10 })).toContain('Er is iets aan toegevoegd of weggelaten.');
    expect(await check({ ...json, proof: { ...json.proof, proofValue: 'z0' } })).toContain(
      'De handtekening klopt niet.',
    );
    expect(await check({ ...json, issuer: { ...json.issuer, id: 'did:web:elders.example' } })).toContain(
      'Dit is een besluit van elders, en geen badge',
    );
    const [key] = await listKeys(deps, institution.id);
    await compromiseKey(deps, institution, { kind: 'operator' }, key!.id);
    expect(await check(json)).toContain('een sleutel die de instelling heeft ingetrokken');
  });

  it('on pages that we did not make is told apart from the data in it', async () => {
    const { base, read } = await exempted();
    const paper = new Uint8Array(await (await read(`${base}.pdf`)).arrayBuffer());
    const other = new Uint8Array([...paper, 10]);
    expect(await checkFile(other)).toContain('de bladzijden kunnen veranderd zijn');
  });

  it('is signed once, however much at once it is asked, and by the timer when nobody asks', async () => {
    const { dossier, read, base, seq } = await exempted();
    expect(await rowsOf(dossier.id)).toMatchObject([{ document: '' }]);
    const other = await exempted();
    await runJobs(deps);
    expect(JSON.parse((await rowsOf(other.dossier.id))[0]!.document)).toMatchObject({ type: 'ValidationDecision' });
    await Promise.all([awardDecided(deps, dossier.id), ...Array.from({ length: 4 }, () => read(`${base}.json`))]);
    const [row, ...more] = await rowsOf(dossier.id);
    expect(more).toEqual([]);
    expect(await (await read(`${base}.json`)).text()).toBe(row!.document);
    const signed = await deps.db.query
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.action, 'decision.sign'), eq(auditLog.subject, dossier.id)));
    expect(signed).toHaveLength(1);
    expect(row!.decision).toBe(seq);
  });

  it('is gone from the database once its learner was erased, and is not made again', async () => {
    const { dossier, learner, staff, institution, base, read, seq } = await exempted();
    await read(`${base}.json`);
    await erasePerson(deps, learner.id, { kind: 'operator' });
    expect(await rowsOf(dossier.id)).toEqual([]);
    const staffPath = `/console/${institution.slug}/dossiers/${dossier.id}/decisions/${seq}.json`;
    expect((await read(staffPath, staff.board.headers)).status).toBe(404);
    await runJobs(deps);
    expect(await rowsOf(dossier.id)).toEqual([]);
  });
});

describe('the document of any decision', () => {
  it('is for its learner and staff of the institution, and a 404 for everyone else', async () => {
    const office = await createOffice(world);
    const learner = await office.learner();
    const dossier = await office.begin(learner);
    await dossier.judged();
    const notYet = { outcome: 'not-yet' as const, ways: 1 };
    const way = 'Laat het me zien op je werk.';
    const { event } = await dossier.decided(
      'assessment',
      [{ achievement: office.achievement, version: 1, stands: [], ...notYet }],
      { [office.achievement]: way },
    );
    const own = `/validations/${dossier.id}`;
    const staffs = `/console/${office.institution.slug}/dossiers/${dossier.id}`;
    const status = async (path: string, headers?: Record<string, string>) =>
      (await world.request(path, headers ? { headers } : {})).status;
    const response = await world.request(`${own}/decisions/${event!.seq}.json`, { headers: learner.headers });
    const json = (await response.json()) as DecisionDocument;
    expect(json.results).toMatchObject([{ outcome: 'not-yet', ways: way }]);
    expect(json.recourse).toMatchObject({ reconsideration: expect.any(String), reconsiderUntil: expect.any(String) });
    expect(await status(`${staffs}/decisions/${event!.seq}.pdf`, office.staff.assessor.headers)).toBe(200);
    expect(await status(`${own}/report.pdf`, learner.headers)).toBe(200);
    expect(await status(`${staffs}/report.pdf`, office.staff.examiner.headers)).toBe(200);

    const stranger = await office.learner('Iemand Anders');
    const elsewhere = await createOffice(world);
    const foreign = `/console/${elsewhere.institution.slug}/dossiers/${dossier.id}`;
    for (const what of [`decisions/${event!.seq}.json`, `decisions/${event!.seq}.pdf`, 'report.pdf']) {
      expect(await status(`${own}/${what}`, stranger.headers)).toBe(404);
      expect(await status(`${foreign}/${what}`, elsewhere.staff.examiner.headers)).toBe(404);
      expect(await status(`${own}/${what}`)).not.toBe(200);
    }
    expect(await status(`${own}/decisions/${event!.seq - 1}.json`, learner.headers)).toBe(404);
  });
});
